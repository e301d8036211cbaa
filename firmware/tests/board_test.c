/* The whole board by what goes in and out of its port. */

#include <string.h>

#include "board.h"
#include "check.h"
#include "hal_fake.h"

static struct board board;
static char said[8192];
static unsigned said_bytes;

static void drain(void)
{
    while (ring_count(&board.to_send) > 0 && said_bytes < sizeof said - 1) {
        said[said_bytes++] = (char)ring_take(&board.to_send);
    }
    said[said_bytes] = '\0';
}

/* Send commands and let the board come to rest; returns what it said. */
static const char *ask(const char *commands)
{
    said_bytes = 0;
    do {
        if (*commands != '\0') {
            ring_put(&board.received, (uint8_t)*commands++);
        }
        for (unsigned i = 0; i < 100; i++) {
            board_step(&board);
            drain();
        }
    } while (*commands != '\0');
    return said;
}

static const char *boot(void)
{
    board_start(&board);
    return ask("");
}

static void power_on(void)
{
    hal_fake_reset();
    boot();
}

static bool says(const char *commands, const char *expected)
{
    if (strcmp(ask(commands), expected) == 0) {
        return true;
    }
    fprintf(stderr, "%s: \"%s\", not \"%s\"\n", commands, said, expected);
    return false;
}

static bool mentions(const char *commands, const char *expected)
{
    if (strstr(ask(commands), expected) != NULL) {
        return true;
    }
    fprintf(stderr, "%s: \"%s\" without \"%s\"\n", commands, said, expected);
    return false;
}

/* Let the ADC convert for so many samples of the present rate, each input its own number. */
static void sample(unsigned samples)
{
    for (unsigned n = 0; n < samples; n++) {
        CHECK(hal_fake.sampler != NULL);
        for (unsigned i = 0; i < board.sampler.turns * board.sampler.slots; i++) {
            hal_fake_convert((uint16_t)(400u + 30u * hal_fake.inputs[hal_fake.slot]));
        }
        while (board_step(&board)) {
        }
    }
    drain();
}

#define BANNER "Quietface 1.0 board=nano channels=8\r\nSpeaks the protocol of the OpenBCI Cyton\r\n$$$"

static void the_banner_comes_at_boot_and_on_v(void)
{
    hal_fake_reset();
    CHECK(strcmp(boot(), BANNER) == 0);
    CHECK(says("v", BANNER));
    CHECK(sizeof BANNER < 500);
}

static void it_answers_as_a_cyton_does(void)
{
    power_on();
    CHECK(says("d", "updating channel settings to default$$$"));
    CHECK(says("D", "060110$$$"));
    CHECK(says("V", "v3.1.2$$$"));
    CHECK(says("c", ""));
    CHECK(says("C", "no daisy to attach!8$$$"));
    CHECK(says("~~", "Success: Sample rate is 250Hz$$$"));
    CHECK(says("~5", "Success: Sample rate is 250Hz$$$"));
    CHECK(says("~9", "Failure: sample value out of bounds$$$"));
    CHECK(says("/2", "Success: analog$$$"));
    CHECK(says("/9", "Failure: board mode value out of bounds$$$"));
    CHECK(says("x1060110X", "Success: Channel set for 1$$$"));
    CHECK(says("xQ060110X", "Failure: Invalid channel number$$$"));
    CHECK(says("x1070110X", "Failure: Invalid setting$$$"));
    CHECK(says("x1060110Y", "Failure: Err: 9th char not X$$$"));
    CHECK(says("z110Z", "Failure: lead-off detection is not available$$$"));
    CHECK(says("1!", ""));
    CHECK(says("=", "Success: Configured internal test signal.$$$"));
    CHECK(mentions("x4120110X", "gain is fixed"));
    CHECK(says("?", "Board ADS Registers\r\nGains: 24 24 24 0 24 24 24 24\r\n$$$"));
    CHECK(mentions("<", "Failure"));
    CHECK(says("\r\nyG", ""));
}

static void it_describes_itself(void)
{
    power_on();
    CHECK(says("Q?!", "Quietface version=1.0 protocol=1 board=nano link=uart channels=8 adc=10 "
                      "bits=12 oversampling=16 rate=250 packed=0 plain_best=250 packed_best=500 "
                      "frontend=0 gain=20000 vref=5000 reference=0 order=01234567 overruns=0 "
                      "boot=power settings=factory$$$"));
}

static void it_takes_what_its_link_can_carry_and_refuses_the_rest(void)
{
    power_on();
    CHECK(says("Qk1!", "Success: packed=1 rate=500$$$"));
    CHECK(mentions("Qr1000!", "Failure: "));
    CHECK(says("Qn4!", "Success: channels=4$$$"));
    CHECK(says("Qr1000!", "Success: packed=1 rate=1000$$$"));
    CHECK(mentions("Qn5!", "Failure: "));
    CHECK(says("Qk0!", "Success: packed=0 rate=250$$$"));
    CHECK(mentions("Qr500!", "Failure: "));
    hal_fake.board.usb = true;
    CHECK(says("Qr1000!", "Success: packed=0 rate=1000$$$"));
    CHECK(says("~5", "Success: Sample rate is 500Hz$$$"));
    hal_fake.board.inputs = 6;
    CHECK(says("d", "updating channel settings to default$$$"));
    CHECK(mentions("Qn7!", "Failure: "));
    CHECK(mentions("Qo67!", "Failure: "));
    CHECK(says("Qo501!", "Success: order=50123467$$$"));
}

static void bad_numbers_are_refused_and_change_nothing(void)
{
    static const char *const refused[] = {
        "Q!",     "Qg!",       "Qg99!",      "Qg5000001!", "Qg123456789!", "Qg1.5!", "Qm999!", "Qm5501!",
        "Qf10!",  "Qe2!",      "Qk2!",       "Qk!",        "Qr!",          "Qr66036!", "Qn0!", "Qn9!",
        "Qn264!", "Qo!",       "Qo11!",      "Qo8!",       "Qwx!",         "Qz1!",   "Qy!",
        "Qo012345670123456789!"};
    power_on();
    for (unsigned i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        CHECK(mentions(refused[i], "Failure: "));
        CHECK(strcmp(said + strlen(said) - 4, ".$$$") == 0);
    }
    CHECK(mentions("Q?!", "channels=8 adc=10 bits=12 oversampling=16 rate=250 packed=0"));
    CHECK(mentions("Q?!", "frontend=0 gain=20000 vref=5000 reference=0 order=01234567"));
}

static void settings_are_kept_over_a_reset_but_the_board_boots_plain(void)
{
    power_on();
    hal_fake.eeprom_slow = true;
    ask("Qk1!Qg20100!Qf2!Qm4900!Qe1!Qo76543210!");
    CHECK(says("Qw!", "Success: settings=kept$$$"));
    boot();
    CHECK(mentions("Q?!", "rate=250 packed=0"));
    CHECK(mentions("Q?!", "frontend=2 gain=20100 vref=4900 reference=1 order=76543210"));
    CHECK(mentions("Q?!", "settings=kept"));
    ask("Qk1!Qwk!");
    boot();
    CHECK(mentions("Q?!", "rate=500 packed=1"));
    CHECK(says("Qz!", "Success: settings=factory$$$"));
    CHECK(mentions("Q?!", "gain=20000"));
    boot();
    CHECK(mentions("Q?!", "rate=250 packed=0"));
    CHECK(mentions("Q?!", "settings=factory"));
}

static void what_was_not_kept_is_gone_after_v_or_d(void)
{
    power_on();
    ask("Qg1000!Qk1!");
    CHECK(mentions("vQ?!", "rate=250 packed=0"));
    CHECK(mentions("Qg1000!dQ?!", "gain=20000"));
}

static void a_damaged_or_broken_eeprom_is_said_and_survived(void)
{
    power_on();
    ask("Qg20100!Qw!");
    hal_fake.eeprom[7] ^= 0x10;
    boot();
    CHECK(mentions("Q?!", "gain=20000"));
    CHECK(mentions("Q?!", "settings=damaged"));
    hal_fake.eeprom_broken = true;
    CHECK(says("Qw!", "Failure: the EEPROM did not keep it.$$$"));
}

static void it_streams_from_b_to_s_and_answers_nothing_meanwhile(void)
{
    power_on();
    CHECK(says("b", ""));
    CHECK(says("?DVQ?!Qg1000!~~x1060110Xz110Z=-", ""));
    sample(3);
    CHECK_EQUAL(said_bytes, 3 * PACKET_BYTES);
    CHECK_EQUAL((uint8_t)said[PACKET_BYTES + 1], 1);
    CHECK_EQUAL((uint8_t)said[30], PACKET_TEST >> 8);
    CHECK(says("s", ""));
    CHECK(hal_fake.sampler == NULL);
    CHECK(mentions("Q?!", "gain=20000"));
    CHECK(says("b", ""));
    sample(1);
    CHECK_EQUAL((uint8_t)said[1], 0);
    CHECK(says("v", BANNER));
    CHECK(hal_fake.sampler == NULL);
}

static void the_order_says_which_input_is_in_which_slot(void)
{
    power_on();
    ask("Qo5!");
    ask("b");
    sample(1);
    int32_t first = (int32_t)((uint8_t)said[2] << 16 | (uint8_t)said[3] << 8 | (uint8_t)said[4]);
    /* 550 of 1024 from 5 V, at gain 200 */
    CHECK(abs(first - (int32_t)((550 - 512) * 64 * 17.0667)) < 4);
}

static void v_and_s_get_through_a_command_that_was_cut_off(void)
{
    static const char *const cut[] = {"Q", "Qg123", "x1", "z", "~", "/", "Qo012345670123456789"};
    for (unsigned i = 0; i < sizeof cut / sizeof cut[0]; i++) {
        power_on();
        ask("b");
        ask(cut[i]);
        ask("s");
        CHECK(hal_fake.sampler == NULL);
        ask(cut[i]);
        CHECK(says("v", BANNER));
    }
}

static void the_watchdog_is_fed_by_samples_only_while_there_must_be_some(void)
{
    power_on();
    unsigned before = hal_fake.fed;
    ask("");
    CHECK(hal_fake.fed > before);
    ask("b");
    before = hal_fake.fed;
    ask("");
    CHECK_EQUAL(hal_fake.fed, before);
    sample(2);
    CHECK_EQUAL(hal_fake.fed, before + 2);
}

static void a_reset_by_the_watchdog_is_in_every_packet(void)
{
    power_on();
    hal_fake.boot = HAL_BOOT_WATCHDOG;
    boot();
    CHECK(mentions("Q?!", "boot=watchdog"));
    ask("b");
    sample(1);
    CHECK_EQUAL((uint8_t)said[30], PACKET_WATCHDOG >> 8);
    hal_fake.boot = HAL_BOOT_BROWNOUT;
    boot();
    ask("b");
    sample(1);
    CHECK_EQUAL((uint8_t)said[30], PACKET_BROWNOUT >> 8);
}

static void a_line_that_takes_nothing_loses_whole_packets_and_s_still_stops(void)
{
    power_on();
    ask("b");
    for (unsigned n = 0; n < 50; n++) {
        for (unsigned i = 0; i < 128; i++) {
            hal_fake_convert(512);
        }
        board_step(&board);
    }
    CHECK_EQUAL(ring_count(&board.to_send), 7 * PACKET_BYTES);
    ring_put(&board.received, 's');
    board_step(&board);
    CHECK(hal_fake.sampler == NULL);
    ask(""); /* the packets that were waiting */
    CHECK(mentions("Q?!", "overruns=43"));
}

const struct test board_tests[] = {
    TEST(the_banner_comes_at_boot_and_on_v),
    TEST(it_answers_as_a_cyton_does),
    TEST(it_describes_itself),
    TEST(it_takes_what_its_link_can_carry_and_refuses_the_rest),
    TEST(bad_numbers_are_refused_and_change_nothing),
    TEST(settings_are_kept_over_a_reset_but_the_board_boots_plain),
    TEST(what_was_not_kept_is_gone_after_v_or_d),
    TEST(a_damaged_or_broken_eeprom_is_said_and_survived),
    TEST(it_streams_from_b_to_s_and_answers_nothing_meanwhile),
    TEST(the_order_says_which_input_is_in_which_slot),
    TEST(v_and_s_get_through_a_command_that_was_cut_off),
    TEST(the_watchdog_is_fed_by_samples_only_while_there_must_be_some),
    TEST(a_reset_by_the_watchdog_is_in_every_packet),
    TEST(a_line_that_takes_nothing_loses_whole_packets_and_s_still_stops),
    {NULL, NULL},
};
