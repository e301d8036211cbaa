/* Fixed-point arithmetic of the two scales: microvolts as an ADS1299 counts them, and 12 bits. */

#include "scale.h"

#define ADC_STEP 64 /* of the 16-bit reading: one step of the 10-bit ADC */
#define TOP_READING ((int16_t)(1022L * 64 - 32768L))

struct scale scale_make(uint16_t vref, uint32_t gain, uint8_t host_gain)
{
    /* One unit of a reading is vref / 65536 / gain at the skin; one count of an ADS1299 is
     * 4.5 V / (2^23 - 1) / host_gain. With vref in mV and gain in hundredths the ratio is
     * vref * host_gain * 8388607 / (2949120 * gain). */
    uint64_t above = (uint64_t)vref * host_gain * 8388607UL;
    uint64_t below = (uint64_t)gain * 2949120UL;
    struct scale scale = {.mantissa = 0, .shift = 0};
    uint64_t least = below << 14;
    while (scale.shift < 30u && above < least) {
        above <<= 1;
        scale.shift++;
    }
    uint64_t mantissa = (above + below / 2u) / below;
    scale.mantissa = (uint16_t)(mantissa > 32767u ? 32767u : mantissa);
    return scale;
}

bool scale_clipped(int16_t reading)
{
    return reading < INT16_MIN + ADC_STEP || reading > TOP_READING;
}

int32_t scale_int24(struct scale scale, int16_t reading)
{
    if (scale_clipped(reading)) {
        return reading < 0 ? SCALE_INT24_MIN : SCALE_INT24_MAX;
    }
    int32_t product = (int32_t)reading * scale.mantissa;
    if (scale.shift > 0u) {
        product = (product + (INT32_C(1) << (scale.shift - 1u))) >> scale.shift;
    }
    if (product > SCALE_INT24_MAX) {
        return SCALE_INT24_MAX;
    }
    return product < SCALE_INT24_MIN ? SCALE_INT24_MIN : product;
}

int16_t scale_int12(int16_t reading)
{
    if (scale_clipped(reading)) {
        return reading < 0 ? SCALE_INT12_MIN : SCALE_INT12_MAX;
    }
    return (int16_t)((reading + 8) >> 4);
}

int16_t scale_reading(int16_t microvolts, uint16_t vref, uint32_t gain)
{
    /* reading = microvolts * gain * 65536 / vref, in units of 10^-5 for hundredths and mV */
    int64_t above = (int64_t)microvolts * (int64_t)gain * 65536;
    int64_t below = (int64_t)vref * 100000;
    int64_t reading = (above + (above < 0 ? -below : below) / 2) / below;
    if (reading > INT16_MAX) {
        return INT16_MAX;
    }
    return (int16_t)(reading < -INT16_MAX ? -INT16_MAX : reading);
}
