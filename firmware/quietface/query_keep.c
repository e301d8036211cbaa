/* `Qw!`, `Qwk!`, `Qz!`: what is kept in the EEPROM, and forgotten. */

#include "board.h"
#include "hal.h"
#include "query.h"
#include "text.h"

void query_keep(struct board *board, struct value value)
{
    struct settings kept = board->settings;
    bool with_rate = value.length == 1u && value.text[0] == 'k';
    if (value.length > 0u && !with_rate) {
        board_answer(board, HAL_TEXT("Failure: it is Qw! or Qwk!."));
        return;
    }
    if (!with_rate) {
        kept.rate = SETTINGS_BOOT_RATE;
        kept.packed = false;
    }
    store_settings(&board->store, &kept);
}

void query_forget(struct board *board, struct value value)
{
    if (value.length > 0u) {
        board_answer(board, HAL_TEXT("Failure: it is Qz!."));
        return;
    }
    store_nothing(&board->store);
    settings_factory(&board->settings, hal_board()->inputs);
    stream_defaults(&board->stream, &board->settings, board->stream.flags);
}

void query_stored(struct board *board)
{
    if (!store_verified(&board->store)) {
        board->origin = SETTINGS_DAMAGED;
        board_answer(board, HAL_TEXT("Failure: the EEPROM did not keep it."));
        return;
    }
    bool factory = board->store.image[0] == 0xFFu;
    board->origin = factory ? SETTINGS_FACTORY : SETTINGS_KEPT;
    board_answer(board, factory ? HAL_TEXT("Success: settings=factory")
                                : HAL_TEXT("Success: settings=kept"));
}
