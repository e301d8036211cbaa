/* A board that streams: what it sends, what stops it, what it says of a reset. */

#include "check.h"
#include "desk.h"
#include "hal_fake.h"

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

const struct test streaming_tests[] = {
    TEST(it_streams_from_b_to_s_and_answers_nothing_meanwhile),
    TEST(the_order_says_which_input_is_in_which_slot),
    TEST(v_and_s_get_through_a_command_that_was_cut_off),
    TEST(the_watchdog_is_fed_by_samples_only_while_there_must_be_some),
    TEST(a_reset_by_the_watchdog_is_in_every_packet),
    TEST(a_line_that_takes_nothing_loses_whole_packets_and_s_still_stops),
    {NULL, NULL},
};
