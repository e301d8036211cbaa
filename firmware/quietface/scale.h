#ifndef SCALE_H
#define SCALE_H

/* From the ADC's reading to the numbers on the wire. A reading is a share of the ADC's range
 * around its middle, -32768 to 32767 (see sampler.h). */

#include <stdbool.h>
#include <stdint.h>

#define SCALE_INT24_MAX 8388607L
#define SCALE_INT24_MIN (-8388608L)
#define SCALE_INT12_MAX 2047
#define SCALE_INT12_MIN (-2048)
#define SCALE_FULL_GAIN 24u /* what a host divides by that was told nothing else */

/* counts = reading * mantissa / 2^shift */
struct scale {
    uint16_t mantissa; /* below 2^15 */
    uint8_t shift;
};

/* `vref` in millivolts, `gain` in hundredths, `host_gain` the one that the host divides by. */
struct scale scale_make(uint16_t vref, uint32_t gain, uint8_t host_gain);
/* Whether the ADC was within one of its steps of either end. */
bool scale_clipped(int16_t reading);
/* Counts of an ADS1299 that would have seen the same microvolts; full scale where clipped. */
int32_t scale_int24(struct scale scale, int16_t reading);
int16_t scale_int12(int16_t reading);
/* The reading that so many microvolts at the skin give; cut off at the ends of the range. */
int16_t scale_reading(int16_t microvolts, uint16_t vref, uint32_t gain);

#endif
