/* Packets, scales, rings, test signals, samplers: known answers. */

#include <math.h>
#include <string.h>

#include "check.h"
#include "packet.h"
#include "ring.h"
#include "sampler.h"
#include "scale.h"
#include "testsignal.h"

static void a_packet_has_the_bytes_of_the_table(void)
{
    struct packet packet = {.slots = {1, -1, SCALE_INT24_MAX, SCALE_INT24_MIN, 0x123456, 0, 0, -2},
                            .counter = 0xDEADBEEFu,
                            .status = PACKET_TEST | 0x123u,
                            .sequence = 0xFE};
    static const uint8_t expected[PACKET_BYTES] = {
        0xA0, 0xFE, 0, 0, 1,    0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0x80, 0,    0,    0x12, 0x34, 0x56,
        0,    0,    0, 0, 0,    0,    0xFF, 0xFF, 0xFE, 0xDE, 0xAD, 0xBE, 0xEF, 0x21, 0x23, 0xC5};
    uint8_t bytes[PACKET_BYTES];
    packet_encode(&packet, bytes);
    CHECK(memcmp(bytes, expected, PACKET_BYTES) == 0);
}

static void two_samples_share_a_slot_and_come_back(void)
{
    for (int earlier = SCALE_INT12_MIN; earlier <= SCALE_INT12_MAX; earlier += 13) {
        for (int later = SCALE_INT12_MIN; later <= SCALE_INT12_MAX; later += 17) {
            int32_t pair = packet_pair((int16_t)earlier, (int16_t)later);
            CHECK_EQUAL(((pair >> 12) ^ 0x800) - 0x800, earlier);
            CHECK_EQUAL(((pair & 0xFFF) ^ 0x800) - 0x800, later);
            CHECK(pair >= 0 && pair <= 0xFFFFFF);
        }
    }
}

static void the_scale_gives_an_ads1299s_counts_of_microvolts_at_the_skin(void)
{
    static const uint32_t gains[] = {100, 1234, 20000, 20100, 110000, 500000, 5000000};
    static const uint8_t host_gains[] = {1, 2, 4, 6, 8, 12, 24};
    for (unsigned g = 0; g < sizeof gains / sizeof gains[0]; g++) {
        for (unsigned h = 0; h < sizeof host_gains; h++) {
            struct scale scale = scale_make(3300, gains[g], host_gains[h]);
            CHECK(scale.mantissa < 32768u);
            for (int reading = -32600; reading < 32600; reading += 101) {
                double skin_uv = reading / 65536.0 * 3.3e6 / (gains[g] / 100.0);
                double counts = skin_uv / (4.5e6 / 8388607.0 / host_gains[h]);
                counts = fmin(fmax(counts, SCALE_INT24_MIN), SCALE_INT24_MAX);
                double error = fabs(scale_int24(scale, (int16_t)reading) - counts);
                CHECK(error <= 0.5 + fabs(counts) / 32768.0);
            }
        }
    }
}

static void a_railed_adc_is_full_scale_whatever_the_gain(void)
{
    struct scale scale = scale_make(5000, 5000000, 24);
    CHECK_EQUAL(scale_int24(scale, INT16_MIN), SCALE_INT24_MIN);
    CHECK_EQUAL(scale_int24(scale, 1023 * 64 - 32768), SCALE_INT24_MAX);
    CHECK_EQUAL(scale_int12(INT16_MIN), SCALE_INT12_MIN);
    CHECK_EQUAL(scale_int12(1023 * 64 - 32768), SCALE_INT12_MAX);
    CHECK(scale_int24(scale, 1022 * 64 - 32768) < 100000); /* one step of the ADC inside */
    CHECK_EQUAL(scale_int12(64 - 32768), -2044);
}

static void microvolts_and_readings_are_inverse(void)
{
    for (int microvolts = -3750; microvolts <= 3750; microvolts += 75) {
        int16_t reading = scale_reading((int16_t)microvolts, 5000, 20000);
        CHECK(fabs(reading * 5e6 / 65536.0 / 200.0 - microvolts) < 0.2);
    }
    CHECK_EQUAL(scale_reading(3750, 5000, 5000000), INT16_MAX);
    CHECK_EQUAL(scale_reading(-3750, 5000, 5000000), -INT16_MAX);
}

static void a_ring_keeps_order_over_its_end_and_never_splits_a_packet(void)
{
    struct ring ring = {.head = 250, .tail = 250};
    uint8_t bytes[PACKET_BYTES];
    memset(bytes, 7, sizeof bytes);
    for (unsigned packets = 0; packets < 7; packets++) {
        CHECK(ring_put_all(&ring, bytes, PACKET_BYTES));
    }
    CHECK(!ring_put_all(&ring, bytes, PACKET_BYTES));
    CHECK_EQUAL(ring_count(&ring), 7 * PACKET_BYTES);
    CHECK_EQUAL(ring_room(&ring), 255 - 7 * PACKET_BYTES);
    while (ring_count(&ring) > 0) {
        CHECK_EQUAL(ring_take(&ring), 7);
    }
    for (unsigned i = 0; i < 300; i++) {
        ring_put(&ring, (uint8_t)i);
    }
    CHECK_EQUAL(ring_count(&ring), 255);
    CHECK_EQUAL(ring_take(&ring), 0);
}

static void test_signals_have_the_cytons_periods_at_every_rate(void)
{
    static const uint16_t rates[] = {250, 500, 1000};
    struct testsignal slow, twice, constant;
    CHECK(testsignal_choose(&slow, '-') && testsignal_choose(&twice, ']'));
    CHECK(testsignal_choose(&constant, 'p'));
    CHECK(!testsignal_choose(&slow, 'a'));
    CHECK_EQUAL(slow.microvolts, 1875);
    CHECK_EQUAL(twice.microvolts, 3750);
    for (unsigned r = 0; r < 3; r++) {
        unsigned slow_half = 128u * rates[r] / 250u, steps = 0;
        for (uint32_t n = 0; n < 8u * slow_half; n++) {
            CHECK_EQUAL(testsignal_upper(&slow, n, rates[r]), n / slow_half % 2u == 0u);
            steps += testsignal_upper(&twice, n, rates[r]) != testsignal_upper(&twice, n + 1, rates[r]);
            CHECK(testsignal_upper(&constant, n, rates[r]));
        }
        CHECK_EQUAL(steps, 16);
    }
}

static void every_rate_uses_all_conversions(void)
{
    for (uint8_t channels = 1; channels <= 8; channels++) {
        for (uint16_t rate = 250; rate <= 1000; rate = (uint16_t)(2 * rate)) {
            uint8_t slots = sampler_slots(channels), turns = sampler_turns(rate, slots);
            CHECK(slots >= channels && turns <= SAMPLER_MOST_TURNS);
            CHECK_EQUAL((uint32_t)rate * slots * turns, SAMPLER_CONVERSIONS_HZ);
        }
    }
}

static void a_sample_is_the_mean_of_its_conversions_and_late_ones_are_counted(void)
{
    struct sampler sampler;
    int16_t readings[SAMPLER_SLOTS];
    sampler_start(&sampler, 250, 8);
    CHECK_EQUAL(sampler_take(&sampler, readings), 0);
    for (unsigned n = 0; n < 128; n++) {
        uint16_t conversion = (uint16_t)(100u * (n % 8u) + n / 8u % 2u);
        CHECK_EQUAL(sampler_store(&sampler, conversion), (n + 1) % 8);
    }
    CHECK_EQUAL(sampler_take(&sampler, readings), 1);
    for (int i = 0; i < 8; i++) {
        CHECK_EQUAL(readings[i], 6400 * i + 32 - 32768);
    }
    for (unsigned n = 0; n < 3 * 128; n++) {
        sampler_store(&sampler, (uint16_t)(n / 128u));
    }
    CHECK_EQUAL(sampler_take(&sampler, readings), 3);
    CHECK_EQUAL(readings[7], 2 * 64 - 32768);
    CHECK_EQUAL(sampler_take(&sampler, readings), 0);
}

const struct test codec_tests[] = {
    TEST(a_packet_has_the_bytes_of_the_table),
    TEST(two_samples_share_a_slot_and_come_back),
    TEST(the_scale_gives_an_ads1299s_counts_of_microvolts_at_the_skin),
    TEST(a_railed_adc_is_full_scale_whatever_the_gain),
    TEST(microvolts_and_readings_are_inverse),
    TEST(a_ring_keeps_order_over_its_end_and_never_splits_a_packet),
    TEST(test_signals_have_the_cytons_periods_at_every_rate),
    TEST(every_rate_uses_all_conversions),
    TEST(a_sample_is_the_mean_of_its_conversions_and_late_ones_are_counted),
    {NULL, NULL},
};
