#ifndef BOARD_H
#define BOARD_H

/* The whole board: everything that has a state, and the steps of the main loop. */

#include <stdbool.h>
#include <stdint.h>

#include "command.h"
#include "ring.h"
#include "sampler.h"
#include "settings.h"
#include "store.h"
#include "stream.h"

#define BOARD_VERSION "1.0"
#define BOARD_PROTOCOL 1u

struct board {
    struct ring received; /* from the host; filled by an interrupt */
    struct ring to_send;  /* to the host; emptied by an interrupt */
    struct sampler sampler;
    struct settings settings;
    enum settings_origin origin;
    struct stream stream;
    struct command command;
    struct store store;
    bool banner_due;
    uint8_t describing; /* next piece of the answer to `Q?!`; 0 is none */
};

/* Set up after a reset of the chip. */
void board_start(struct board *board);
/* Do what there is to do, without waiting. False where there was nothing. */
bool board_step(struct board *board);

/* As after a reset: nothing streams, only what was kept is set. */
void board_defaults(struct board *board);
void board_begin(struct board *board);
void board_end(struct board *board);
/* Answer with text in flash and `$$$`; not among packets. */
void board_answer(struct board *board, const char *flash);

#endif
