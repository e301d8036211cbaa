#ifndef SAMPLER_H
#define SAMPLER_H

/* Conversions in, sums of them out. The interrupt fills one bank while the loop reads the other. */

#include <stdint.h>

#define SAMPLER_CONVERSIONS_HZ 32000UL
#define SAMPLER_SLOTS 8u
#define SAMPLER_ADC_BITS 10u
#define SAMPLER_MOST_TURNS 64u

_Static_assert(SAMPLER_MOST_TURNS * ((1UL << SAMPLER_ADC_BITS) - 1u) <= UINT16_MAX,
               "a sum fits 16 bits");

struct sampler {
    volatile uint8_t completed; /* samples so far, mod 256; even ones are in bank 0 */
    uint8_t slots;              /* inputs that take turns */
    uint8_t turns;              /* conversions of each input in one sample */
    uint8_t slot;
    uint8_t turn;
    uint8_t taken; /* by the loop: `completed` when it last looked */
    volatile uint16_t *sum; /* where the next conversion is added */
    volatile uint16_t sums[2][SAMPLER_SLOTS];
};

/* Slots that so many channels are sampled in: a power of two, so that all rates come out even. */
uint8_t sampler_slots(uint8_t channels);
/* Conversions in one sample of each channel at this rate, in samples per second. */
uint8_t sampler_turns(uint16_t rate, uint8_t slots);

void sampler_start(struct sampler *sampler, uint16_t rate, uint8_t channels);

/* Take the newest readings. Returns how many samples were completed since the last call: 0 means
 * none and `readings` is untouched; more than 1 means that all but the last of them were missed.
 * A reading is the mean as a share of the ADC's range, -32768 to 32767. */
uint8_t sampler_take(struct sampler *sampler, int16_t readings[SAMPLER_SLOTS]);

/* For the interrupt: store one conversion and return the slot to convert next. */
static inline uint8_t sampler_store(struct sampler *sampler, uint16_t conversion)
{
    volatile uint16_t *sum = sampler->sum;
    if (sampler->turn != 0u) {
        conversion = (uint16_t)(conversion + *sum);
    }
    *sum++ = conversion;
    uint8_t slot = (uint8_t)(sampler->slot + 1u);
    if (slot == sampler->slots) {
        slot = 0;
        uint8_t turn = (uint8_t)(sampler->turn + 1u);
        uint8_t completed = sampler->completed;
        if (turn == sampler->turns) {
            turn = 0;
            completed++;
            sampler->completed = completed;
        }
        sampler->turn = turn;
        sum = sampler->sums[completed % 2u];
    }
    sampler->sum = sum;
    sampler->slot = slot;
    return slot;
}

#endif
