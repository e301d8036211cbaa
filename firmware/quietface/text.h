#ifndef TEXT_H
#define TEXT_H

/* Answers in words. Text lies in flash (HAL_TEXT); it goes straight into the ring. */

#include <stdint.h>

#include "ring.h"

/* An answer of one piece is never longer; commands wait until there is room for it. */
#define TEXT_MOST_BYTES 120u

void text_put(struct ring *ring, const char *flash);
void text_put_number(struct ring *ring, uint32_t number);
/* ` key=number` */
void text_put_pair(struct ring *ring, const char *flash_key, uint32_t number);
/* `$$$` */
void text_end(struct ring *ring);
/* Text and `$$$`. */
void text_answer(struct ring *ring, const char *flash);

#endif
