/* Settings and what the EEPROM may hold after years. */

#include <string.h>

#include "check.h"
#include "settings.h"

static struct settings unusual(void)
{
    struct settings settings;
    settings_factory(&settings, 4);
    settings.gain = 110050;
    settings.vref = 3290;
    settings.rate = 1000;
    settings.packed = true;
    settings.reference_pin = true;
    settings.frontend = 3;
    CHECK(settings_set_order(&settings, "7351", 4));
    return settings;
}

static void settings_come_back_from_their_image(void)
{
    struct settings settings = unusual(), back;
    uint8_t image[SETTINGS_IMAGE_BYTES], again[SETTINGS_IMAGE_BYTES];
    settings_encode(&settings, image);
    CHECK_EQUAL(settings_decode(&back, image, 8, false), SETTINGS_KEPT);
    settings_encode(&back, again);
    CHECK(memcmp(image, again, sizeof image) == 0);
    CHECK(back.gain == 110050 && back.vref == 3290 && back.packed && back.channels == 4);
    CHECK(back.order[0] == 7 && back.order[3] == 1 && back.order[4] == 0);
}

static void an_eeprom_that_was_never_written_is_the_factorys(void)
{
    struct settings settings;
    uint8_t image[SETTINGS_IMAGE_BYTES];
    memset(image, 0xFF, sizeof image);
    CHECK_EQUAL(settings_decode(&settings, image, 6, false), SETTINGS_FACTORY);
    CHECK_EQUAL(settings.channels, 6);
    CHECK_EQUAL(settings.rate, 250);
    CHECK(!settings.packed);
}

static void any_damaged_bit_is_noticed_and_gives_the_factorys_settings(void)
{
    struct settings settings = unusual(), back;
    uint8_t image[SETTINGS_IMAGE_BYTES];
    settings_encode(&settings, image);
    for (unsigned bit = 0; bit < 8 * SETTINGS_IMAGE_BYTES; bit++) {
        image[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK_EQUAL(settings_decode(&back, image, 8, false), SETTINGS_DAMAGED);
        CHECK(back.gain == 20000 && back.channels == 8 && !back.packed);
        image[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQUAL(settings_decode(&back, image, 8, false), SETTINGS_KEPT);
}

static void a_write_that_was_cut_off_is_noticed(void)
{
    struct settings settings = unusual(), back;
    uint8_t image[SETTINGS_IMAGE_BYTES];
    for (unsigned written = 1; written < SETTINGS_IMAGE_BYTES; written++) {
        uint8_t cut[SETTINGS_IMAGE_BYTES];
        memset(cut, 0xFF, sizeof cut);
        settings_encode(&settings, image);
        memcpy(cut, image, written);
        CHECK_EQUAL(settings_decode(&back, cut, 8, false), SETTINGS_DAMAGED);
    }
}

static void sound_bytes_of_another_board_are_refused(void)
{
    struct settings settings = unusual(), back;
    uint8_t image[SETTINGS_IMAGE_BYTES];
    settings.channels = 8; /* 1000 per second, packed, is for 4 */
    settings_encode(&settings, image);
    CHECK_EQUAL(settings_decode(&back, image, 8, true), SETTINGS_DAMAGED);
    settings = unusual();
    settings.packed = false; /* 1000 per second, plain: native USB only */
    settings_encode(&settings, image);
    CHECK_EQUAL(settings_decode(&back, image, 8, false), SETTINGS_DAMAGED);
    CHECK_EQUAL(settings_decode(&back, image, 8, true), SETTINGS_KEPT);
    settings.gain = 99;
    settings_encode(&settings, image);
    CHECK_EQUAL(settings_decode(&back, image, 8, true), SETTINGS_DAMAGED);
}

static void an_order_names_each_input_once_and_the_others_follow(void)
{
    struct settings settings;
    settings_factory(&settings, 8);
    CHECK(settings_set_order(&settings, "31", 2));
    static const uint8_t expected[] = {3, 1, 0, 2, 4, 5, 6, 7};
    CHECK(memcmp(settings.order, expected, 8) == 0);
    CHECK(!settings_set_order(&settings, "", 0));
    CHECK(!settings_set_order(&settings, "33", 2));
    CHECK(!settings_set_order(&settings, "8", 1));
    CHECK(!settings_set_order(&settings, "0/", 2));
    CHECK(!settings_set_order(&settings, "012345670", 9));
    CHECK(memcmp(settings.order, expected, 8) == 0);
}

static void rates_fit_what_the_link_carries(void)
{
    CHECK(settings_rate_fits(250, 8, false, false) && !settings_rate_fits(500, 8, false, false));
    CHECK(settings_rate_fits(500, 8, true, false) && !settings_rate_fits(1000, 8, true, false));
    CHECK(settings_rate_fits(1000, 4, true, false) && !settings_rate_fits(1000, 5, true, false));
    CHECK(settings_rate_fits(1000, 8, false, true) && !settings_rate_fits(250, 8, true, true));
    CHECK(!settings_rate_fits(0, 8, false, true) && !settings_rate_fits(2000, 1, false, true));
}

const struct test settings_tests[] = {
    TEST(settings_come_back_from_their_image),
    TEST(an_eeprom_that_was_never_written_is_the_factorys),
    TEST(any_damaged_bit_is_noticed_and_gives_the_factorys_settings),
    TEST(a_write_that_was_cut_off_is_noticed),
    TEST(sound_bytes_of_another_board_are_refused),
    TEST(an_order_names_each_input_once_and_the_others_follow),
    TEST(rates_fit_what_the_link_carries),
    {NULL, NULL},
};
