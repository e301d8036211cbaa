/* From conversions to readings, one for each channel and sample. */

#include "sampler.h"

#include <string.h>

uint8_t sampler_slots(uint8_t channels)
{
    return channels <= SAMPLER_SLOTS / 2u ? SAMPLER_SLOTS / 2u : SAMPLER_SLOTS;
}

uint8_t sampler_turns(uint16_t rate, uint8_t slots)
{
    return (uint8_t)(SAMPLER_CONVERSIONS_HZ / ((uint32_t)rate * slots));
}

void sampler_start(struct sampler *sampler, uint16_t rate, uint8_t channels)
{
    memset(sampler, 0, sizeof *sampler);
    sampler->slots = sampler_slots(channels);
    sampler->turns = sampler_turns(rate, sampler->slots);
    sampler->sum = sampler->sums[0];
}

/* Scale a sum of `turns` conversions to the ADC's whole range in 16 bits, around its middle. */
static int16_t sampler_reading(uint16_t sum, uint8_t turns)
{
    uint16_t scaled = (uint16_t)(sum * (uint16_t)(SAMPLER_MOST_TURNS / turns));
    return (int16_t)((int32_t)scaled - 32768);
}

uint8_t sampler_take(struct sampler *sampler, int16_t readings[SAMPLER_SLOTS])
{
    uint8_t completed = sampler->completed;
    if (completed == sampler->taken) {
        return 0;
    }
    uint8_t seen;
    do {
        seen = completed;
        volatile const uint16_t *sums = sampler->sums[(seen + 1u) % 2u];
        for (uint8_t i = 0; i < sampler->slots; i++) {
            readings[i] = sampler_reading(sums[i], sampler->turns);
        }
        completed = sampler->completed; /* the banks changed meanwhile: read the newer one */
    } while (completed != seen);
    uint8_t count = (uint8_t)(completed - sampler->taken);
    sampler->taken = completed;
    return count;
}
