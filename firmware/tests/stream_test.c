/* Samples in, packets out: numbers, losses, wrap-arounds. */

#include <string.h>

#include "check.h"
#include "stream.h"

static struct stream stream;
static struct settings settings;
static struct ring ring;

static void begin(uint16_t rate, uint8_t channels, bool packed)
{
    settings_factory(&settings, channels);
    settings.rate = rate;
    settings.packed = packed;
    memset(&ring, 0, sizeof ring);
    stream_defaults(&stream, &settings, 0);
    stream_begin(&stream, &settings);
}

/* Take the next packet out of the ring; false where there is none. */
static bool take(uint8_t bytes[PACKET_BYTES])
{
    if (ring_count(&ring) < PACKET_BYTES) {
        CHECK_EQUAL(ring_count(&ring), 0);
        return false;
    }
    for (unsigned i = 0; i < PACKET_BYTES; i++) {
        bytes[i] = ring_take(&ring);
    }
    CHECK_EQUAL(bytes[0], PACKET_START);
    CHECK_EQUAL(bytes[PACKET_BYTES - 1], PACKET_END);
    return true;
}

static uint32_t counter_of(const uint8_t *bytes)
{
    return (uint32_t)bytes[26] << 24 | (uint32_t)bytes[27] << 16 | (uint32_t)bytes[28] << 8 | bytes[29];
}

static unsigned status_of(const uint8_t *bytes)
{
    return (unsigned)bytes[30] << 8 | bytes[31];
}

static int32_t slot_of(const uint8_t *bytes, unsigned slot)
{
    const uint8_t *at = bytes + 2 + 3 * slot;
    int32_t code = (int32_t)at[0] << 16 | (int32_t)at[1] << 8 | at[2];
    return (code ^ 0x800000) - 0x800000;
}

static void push(int16_t first)
{
    int16_t readings[PACKET_SLOTS];
    for (unsigned i = 0; i < PACKET_SLOTS; i++) {
        readings[i] = (int16_t)(first + 1000 * (int)i);
    }
    stream_push(&stream, readings, &ring);
}

static void sequence_and_counter_wrap_by_themselves(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 8, false);
    stream.counter = 0xFFFFFF00u;
    for (unsigned n = 0; n < 600; n++) {
        push(0);
        CHECK(take(bytes));
        CHECK_EQUAL(bytes[1], n % 256);
        CHECK_EQUAL(counter_of(bytes), (uint32_t)(0xFFFFFF00u + n));
    }
}

static void a_full_ring_drops_whole_packets_and_counts_them(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 8, false);
    for (unsigned n = 0; n < 100; n++) {
        push(0);
    }
    for (unsigned n = 0; n < 7; n++) {
        CHECK(take(bytes));
        CHECK_EQUAL(counter_of(bytes), n);
        CHECK_EQUAL(status_of(bytes), 0);
    }
    CHECK(!take(bytes));
    push(0);
    CHECK(take(bytes));
    CHECK_EQUAL(counter_of(bytes), 100);
    CHECK_EQUAL(bytes[1], 100);
    CHECK_EQUAL(status_of(bytes), 93);
}

static void the_count_of_dropped_packets_stays_at_its_top(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 8, false);
    stream.flags = PACKET_WATCHDOG;
    for (unsigned n = 0; n < 5000; n++) {
        push(0);
    }
    while (take(bytes)) {
    }
    push(0);
    CHECK(take(bytes));
    CHECK_EQUAL(status_of(bytes), 0x8FFF);
}

static void packed_packets_hold_two_samples_of_eight_channels(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(500, 8, true);
    push(-3200);
    CHECK(!take(bytes));
    push(1600);
    CHECK(take(bytes));
    CHECK_EQUAL(status_of(bytes), PACKET_PACKED);
    for (unsigned i = 0; i < 8; i++) {
        int32_t slot = slot_of(bytes, i) & 0xFFFFFF;
        CHECK_EQUAL(((slot >> 12) ^ 0x800) - 0x800, (-3200 + 1000 * (int)i + 8) >> 4);
        CHECK_EQUAL(((slot & 0xFFF) ^ 0x800) - 0x800, (1600 + 1000 * (int)i + 8) >> 4);
    }
}

static void packed_packets_hold_four_samples_of_four_channels(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(1000, 3, true);
    for (int n = 0; n < 8; n++) {
        push((int16_t)(160 * n));
    }
    for (int packet = 0; packet < 2; packet++) {
        CHECK(take(bytes));
        CHECK_EQUAL(counter_of(bytes), 4 * packet);
        for (int n = 0; n < 4; n++) {
            for (int channel = 0; channel < 4; channel++) {
                int32_t slot = slot_of(bytes, (unsigned)(2 * channel + n / 2));
                int32_t sample = n % 2 == 0 ? slot >> 12 & 0xFFF : slot & 0xFFF;
                int32_t expected = (160 * (4 * packet + n) + 1000 * channel + 8) >> 4;
                CHECK_EQUAL(sample, channel < 3 ? expected : 0);
            }
        }
    }
}

static void a_missed_sample_costs_its_packet_and_no_other(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(500, 8, true);
    for (int n = 0; n < 6; n++) {
        if (n == 3) {
            stream_miss(&stream, &ring);
        } else {
            push(0);
        }
    }
    CHECK(take(bytes));
    CHECK_EQUAL(counter_of(bytes), 0);
    CHECK(take(bytes));
    CHECK_EQUAL(counter_of(bytes), 4);
    CHECK_EQUAL(bytes[1], 2);
    CHECK_EQUAL(status_of(bytes), PACKET_PACKED | 1);
}

static void a_channel_that_is_off_or_absent_is_zero(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 6, false);
    stream_power(&stream, 2, false);
    push(5000);
    CHECK(take(bytes));
    for (unsigned i = 0; i < 8; i++) {
        CHECK_EQUAL(slot_of(bytes, i) == 0, i == 2 || i >= 6);
    }
    stream_power(&stream, 2, true);
    push(5000);
    CHECK(take(bytes));
    CHECK(slot_of(bytes, 2) != 0);
}

static void a_test_signal_takes_the_inputs_place_and_says_so(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 8, false);
    CHECK(stream_test(&stream, '-', &settings));
    for (unsigned n = 0; n < 256; n++) {
        push(20000);
        CHECK(take(bytes));
        CHECK_EQUAL(status_of(bytes), PACKET_TEST);
        int32_t expected = n < 128 ? 83886 : -83886; /* 1875 uV / 0.0223517 uV */
        CHECK(abs(slot_of(bytes, 5) - expected) < 12); /* half a unit of the reading */
    }
}

static void the_numbers_follow_the_gain_that_the_host_divides_by(void)
{
    uint8_t bytes[PACKET_BYTES];
    begin(250, 8, false);
    stream_host_gain(&stream, 1, 6, &settings);
    stream_host_gain(&stream, 2, 12, &settings);
    push(0);
    CHECK(take(bytes));
    CHECK(abs(4 * slot_of(bytes, 1) - 17067) < 4);
    CHECK(abs(2 * slot_of(bytes, 2) - 2 * 17067) < 4);
    CHECK(abs(slot_of(bytes, 3) - 3 * 17067) < 4);
}

const struct test stream_tests[] = {
    TEST(sequence_and_counter_wrap_by_themselves),
    TEST(a_full_ring_drops_whole_packets_and_counts_them),
    TEST(the_count_of_dropped_packets_stays_at_its_top),
    TEST(packed_packets_hold_two_samples_of_eight_channels),
    TEST(packed_packets_hold_four_samples_of_four_channels),
    TEST(a_missed_sample_costs_its_packet_and_no_other),
    TEST(a_channel_that_is_off_or_absent_is_zero),
    TEST(a_test_signal_takes_the_inputs_place_and_says_so),
    TEST(the_numbers_follow_the_gain_that_the_host_divides_by),
    {NULL, NULL},
};
