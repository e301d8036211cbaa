/* Test signals: ground, squares, a constant. */

#include "testsignal.h"

#define SLOW_HALF 128u /* 1.024 s; the ADS1299's is fCLK / 2^21, 1.024 s at 2.048 MHz */
#define FAST_HALF 64u

_Static_assert((SLOW_HALF & (SLOW_HALF - 1u)) == 0u && (FAST_HALF & (FAST_HALF - 1u)) == 0u,
               "one bit of the sample's number tells the half");

bool testsignal_choose(struct testsignal *signal, char command)
{
    struct testsignal chosen = {.on = true, .half_period = 0, .microvolts = 0};
    switch (command) {
    case '0':
        break;
    case 'p':
        chosen.microvolts = 2 * TESTSIGNAL_MICROVOLTS;
        break;
    case '-':
    case '[':
        chosen.half_period = SLOW_HALF;
        break;
    case '=':
    case ']':
        chosen.half_period = FAST_HALF;
        break;
    default:
        return false;
    }
    if (chosen.half_period > 0u) {
        bool twice = command == '[' || command == ']';
        chosen.microvolts = twice ? 2 * TESTSIGNAL_MICROVOLTS : TESTSIGNAL_MICROVOLTS;
    }
    *signal = chosen;
    return true;
}

bool testsignal_upper(const struct testsignal *signal, uint32_t sample, uint16_t rate)
{
    uint16_t half = (uint16_t)(signal->half_period * (rate / 250u));
    return (sample & half) == 0u;
}
