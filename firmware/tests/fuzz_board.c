/* Any bytes on the command input, with conversions in between: no sanitizer may find anything, the
 * board must still answer afterwards, and what streams must be whole packets. libFuzzer's entry
 * point; fuzz_seeded.c calls it where there is no clang. */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "hal_fake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct board board;

static void must(bool condition)
{
    if (!condition) {
        abort();
    }
}

/* Take what was sent; while packets are expected it must be nothing but packets. */
static void drain(bool packets_only)
{
    must(!packets_only || ring_count(&board.to_send) % PACKET_BYTES == 0);
    while (ring_count(&board.to_send) > 0) {
        uint8_t first = ring_take(&board.to_send);
        for (unsigned i = 1; packets_only && i < PACKET_BYTES; i++) {
            uint8_t byte = ring_take(&board.to_send);
            must(i < PACKET_BYTES - 1 || (first == PACKET_START && byte == PACKET_END));
        }
    }
}

static void rest(void)
{
    for (unsigned i = 0; i < 60; i++) {
        board_step(&board);
        if (!board.stream.running) {
            drain(false);
        }
    }
}

static void must_still_answer(void)
{
    static const char expected[] = "Quietface 1.0";
    ring_put(&board.received, 's');
    rest();
    drain(false);
    ring_put(&board.received, 'v');
    while (ring_count(&board.to_send) == 0) {
        board_step(&board);
    }
    for (unsigned i = 0; i < sizeof expected - 1; i++) {
        must(ring_take(&board.to_send) == (uint8_t)expected[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hal_fake_reset();
    if (size > 0) {
        hal_fake.board.usb = data[0] & 1;
        hal_fake.board.inputs = data[0] & 2 ? 8 : 6;
        hal_fake.eeprom_broken = data[0] & 4;
        for (size_t i = 0; (data[0] & 8) && i + 1 < size && i < SETTINGS_IMAGE_BYTES; i++) {
            hal_fake.eeprom[i] = data[i + 1];
        }
    }
    board_start(&board);
    rest();
    for (size_t i = 1; i < size; i++) {
        bool streamed = board.stream.running;
        ring_put(&board.received, data[i]);
        rest();
        if (streamed && board.stream.running) {
            for (unsigned n = 0; n < 70; n++) {
                hal_fake_convert((uint16_t)(data[i] * 4u));
            }
            rest();
            drain(true);
        }
    }
    must_still_answer();
    return 0;
}
