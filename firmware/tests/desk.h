#ifndef DESK_H
#define DESK_H

/* A whole board on a desk: what goes in and out of its port, and its inputs. */

#include "board.h"

#define BANNER "Quietface 1.0 board=nano channels=8\r\nSpeaks the protocol of the OpenBCI Cyton\r\n$$$"

extern struct board board;
/* What came out of the port since it was last asked, ended by a zero. */
extern char said[8192];
extern unsigned said_bytes;

/* Switch on another board, whose EEPROM was never written. */
void power_on(void);
/* Start the board anew, with the EEPROM it has; returns what it said. */
const char *boot(void);
/* Send commands and let the board come to rest; returns what it said. */
const char *ask(const char *commands);
/* Whether it said just this, or this among others; else what it said is told. */
bool says(const char *commands, const char *expected);
bool mentions(const char *commands, const char *expected);
/* Let the ADC convert for so many samples of the present rate, each input its own number. */
void sample(unsigned samples);

#endif
