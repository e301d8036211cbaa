#ifndef QUERY_H
#define QUERY_H

/* The board's own commands, `Q` to `!`. */

#include <stdint.h>

struct board;

/* The characters between the letter and `!`. */
struct value {
    const char *text;
    uint8_t length;
};

/* Obey the complete command in `board->command`. */
void query_obey(struct board *board);
/* Say the next piece of the answer to `Q?!`. */
void query_describe(struct board *board);
/* `Qw!` and `Qwk!`; `Qz!`. */
void query_keep(struct board *board, struct value value);
void query_forget(struct board *board, struct value value);
/* Answer to them, once the EEPROM is written. */
void query_stored(struct board *board);

#endif
