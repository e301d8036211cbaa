#ifndef CYTON_H
#define CYTON_H

/* The Cyton's own commands, with the answers of its firmware 3.1. */

struct board;

/* Obey the complete command in `board->command`. `v` is the main loop's. */
void cyton_obey(struct board *board);

#endif
