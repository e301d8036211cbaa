/* The steps of the main loop. */

#include "board.h"

#include <string.h>

#include "cyton.h"
#include "hal.h"
#include "query.h"
#include "text.h"

static uint16_t board_flags(void)
{
    switch (hal_boot()) {
    case HAL_BOOT_WATCHDOG:
        return PACKET_WATCHDOG;
    case HAL_BOOT_BROWNOUT:
        return PACKET_BROWNOUT;
    default:
        return 0;
    }
}

void board_defaults(struct board *board)
{
    uint8_t image[SETTINGS_IMAGE_BYTES];
    board_end(board);
    hal_eeprom_read(image, SETTINGS_IMAGE_BYTES);
    board->origin =
        settings_decode(&board->settings, image, hal_board()->inputs, hal_board()->usb);
    stream_defaults(&board->stream, &board->settings, board_flags());
}

void board_start(struct board *board)
{
    memset(board, 0, sizeof *board);
    hal_init(&board->received, &board->to_send);
    board_defaults(board);
    board->banner_due = true;
}

void board_begin(struct board *board)
{
    const struct settings *settings = &board->settings;
    if (board->stream.running) {
        return;
    }
    stream_begin(&board->stream, settings);
    sampler_start(&board->sampler, settings->rate, settings->channels);
    hal_sampling_start(&board->sampler, settings->order, settings->reference_pin);
}

void board_end(struct board *board)
{
    hal_sampling_stop();
    board->stream.running = false;
}

void board_answer(struct board *board, const char *flash)
{
    if (!board->stream.running) {
        text_answer(&board->to_send, flash);
    }
}

/* Send what was sampled. The watchdog is fed by samples while there must be some. */
static bool board_sample(struct board *board)
{
    if (!board->stream.running) {
        hal_watchdog_feed();
        return false;
    }
    int16_t readings[SAMPLER_SLOTS];
    uint8_t count = sampler_take(&board->sampler, readings);
    if (count == 0u) {
        return false;
    }
    hal_watchdog_feed();
    while (--count > 0u) {
        stream_miss(&board->stream, &board->to_send);
    }
    stream_push(&board->stream, readings, &board->to_send);
    return true;
}

static void board_banner(struct board *board)
{
    struct ring *ring = &board->to_send;
    text_put(ring, HAL_TEXT("Quietface " BOARD_VERSION " board="));
    for (const char *c = hal_board()->name; *c != '\0'; c++) {
        ring_put(ring, (uint8_t)*c);
    }
    text_put_pair(ring, HAL_TEXT("channels"), board->settings.channels);
    text_answer(ring, HAL_TEXT("\r\nSpeaks the protocol of the OpenBCI Cyton\r\n"));
}

/* Go on with an answer that takes more than one step; false where none is due. */
static bool board_speak(struct board *board)
{
    bool due = board->banner_due || board->describing > 0u || store_busy(&board->store);
    if (!due || ring_room(&board->to_send) < TEXT_MOST_BYTES) {
        return due;
    }
    if (board->banner_due) {
        board->banner_due = false;
        board_banner(board);
    } else if (board->describing > 0u) {
        query_describe(board);
    } else if (store_step(&board->store)) {
        query_stored(board);
    }
    return true;
}

static bool board_listen(struct board *board)
{
    bool speechless = !board->stream.running && ring_room(&board->to_send) < TEXT_MOST_BYTES;
    if (speechless || ring_count(&board->received) == 0u) {
        return false;
    }
    char character = (char)ring_take(&board->received);
    if (command_push(&board->command, character)) {
        if (character == 'v') {
            board_defaults(board);
            board->banner_due = true;
        } else if (board->command.text[0] == 'Q') {
            query_obey(board);
        } else {
            cyton_obey(board);
        }
    }
    return true;
}

bool board_step(struct board *board)
{
    hal_link_step();
    bool busy = board_sample(board);
    if (board_speak(board)) {
        return busy;
    }
    return board_listen(board) || busy;
}
