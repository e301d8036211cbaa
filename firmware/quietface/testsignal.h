#ifndef TESTSIGNAL_H
#define TESTSIGNAL_H

/* Signals that are made on the chip, in the shapes of the Cyton's test commands. */

#include <stdbool.h>
#include <stdint.h>

#define TESTSIGNAL_MICROVOLTS 1875 /* 4.5 V / 2400, as the ADS1299's */

struct testsignal {
    bool on;
    uint16_t half_period; /* samples at 250 per second; 0 is constant */
    int16_t microvolts;   /* of the upper half, at the skin */
};

/* Choose by the Cyton's character; false where it is none of `0-=p[]`. */
bool testsignal_choose(struct testsignal *signal, char command);
/* Whether a sample, counted from the start of the stream, is in the upper half of a period; the
 * lower half is the same below zero. A constant is always in the upper one. */
bool testsignal_upper(const struct testsignal *signal, uint32_t sample, uint16_t rate);

#endif
