/* Tell a garbled sample from muscle: `host.chain.glitch` says how. */
#include "conditioner.h"

#include <math.h>
#include <string.h>

void history_start(History *self, double clean) {
    memset(self, 0, sizeof *self);
    for (int k = 0; k < 4; k++) self->clean[k] = clean;
}

double history_last(const History *self) { return self->clean[0]; }

/* How far the middle one stands out from its two neighbours. */
static double size_of(double before, double middle, double after) {
    return fabs(middle - (before + after) * 0.5);
}

void history_follow(History *self, double clean) {
    memmove(self->sizes + 1, self->sizes, (SIZES - 1) * sizeof(double));
    self->sizes[0] = size_of(self->clean[1], self->clean[0], clean);
    memmove(self->clean + 1, self->clean, 3 * sizeof(double));
    self->clean[0] = clean;
}

/* sizes[0] is the last settled sample's but one: each takes a neighbour on both sides. */
static double usual_size(const History *self) {
    double power = 0.0;
    for (int k = 0; k < SIZES; k++) power += self->sizes[k] * self->sizes[k];
    return sqrt(power / 8);
}

int garbled(
    const ConditioningLimits *limits, const History *history, double here, const double *after) {
    const double *old = history->clean;
    const double peak = after ? size_of(old[0], here, *after) : fabs(here - old[0]);
    if (!(peak > limits->glitch_floor_uv)) return 0;
    const double level = usual_size(history);
    if (!(peak > limits->glitch_level_ratio * level)) return 0;
    const double near = fmax(limits->glitch_near_share * peak, limits->glitch_near_ratio * level);
    /* Where the signal was: the mean of the three rows before each. */
    const double was = (old[0] + old[1] + old[2]) / 3.0;
    const double was_before = (old[1] + old[2] + old[3]) / 3.0;
    if (!(fabs(old[0] - was_before) <= near)) return 0;
    if (!after) return 1;
    const double echo = limits->glitch_echo * (here - was);
    return fabs(*after - echo - was) <= near;
}
