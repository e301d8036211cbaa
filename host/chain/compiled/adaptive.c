/* Whiten each channel, and take the longest window in which no part speaks against another.
 *
 * Powers are whole numbers of a small step, so their running sums are exact: a window's sum does
 * not depend on where they began. */
#include "meter.h"

#include <math.h>
#include <string.h>

static const double STEPS_PER_UV = 1024.0;               /* 2^10 */
static const double MOST_STEPS = 8192.0 * 1024.0;        /* 2^13 uV */
static const double FILTER_SCALE = 1.0 / 262144.0;       /* 2^-10 2^-16 / (2^-16)^0.5 */
static const double POWER_STEP = 1.0 / 65536.0;          /* uV^2 */
static const double MOST_POWER = 1073741824.0 * 65536.0; /* 2^30 uV^2 */

static void keep_design(Adaptive *self, const AdaptiveDesign *from, Memory *memory) {
    const int64_t channels = self->channels, windows = from->windows, trials = from->trials;
    self->stride = from->stride;
    self->taps = from->tap_count;
    self->windows = windows;
    self->trials = trials;
    self->longest = from->lengths[windows - 1];
    self->tap = memory_keep(memory, from->taps, channels * self->taps, sizeof(double));
    self->lengths = memory_keep(memory, from->lengths, windows, sizeof(int64_t));
    self->newer = memory_keep(memory, from->newer, trials, sizeof(int64_t));
    self->whole = memory_keep(memory, from->whole, trials, sizeof(int64_t));
    self->taken = memory_keep(memory, from->taken, trials + 1, sizeof(int64_t));
    self->bounds = memory_keep(memory, from->bounds, 4 * trials * channels, sizeof(double));
    self->rest = memory_keep(memory, from->rest, channels, sizeof(double));
    self->freedoms = memory_keep(memory, from->freedoms, 2 * windows * channels, sizeof(double));
}

void adaptive_lay_out(
    Adaptive *self, int64_t channels, const AdaptiveDesign *design, Memory *memory) {
    self->channels = channels;
    keep_design(self, design, memory);
    const int64_t sums = channels * (self->longest + 1);
    self->carried = memory_take(memory, 2 * channels * self->taps, sizeof(double));
    self->newest = memory_take(memory, channels, sizeof(int64_t));
    self->powers = memory_take(memory, channels, sizeof(int64_t));
    self->weights = memory_take(memory, channels, sizeof(int64_t));
    self->power_sums = memory_take(memory, sums, sizeof(uint64_t));
    self->weight_sums = memory_take(memory, sums, sizeof(uint64_t));
    self->at = memory_take(memory, 1, sizeof *self->at);
    self->power = memory_take(memory, self->windows, sizeof(double));
    self->weight = memory_take(memory, self->windows, sizeof(double));
}

void adaptive_restart(Adaptive *self) {
    const size_t each = (size_t)self->channels, sums = each * (size_t)(self->longest + 1);
    memset(self->carried, 0, 2 * each * (size_t)self->taps * sizeof(double));
    memset(self->powers, 0, each * sizeof(int64_t));
    memset(self->weights, 0, each * sizeof(int64_t));
    memset(self->power_sums, 0, sums * sizeof(int64_t));
    memset(self->weight_sums, 0, sums * sizeof(int64_t));
    *self->at = 0;
}

/* Keep a sample, and return where it and all before it begin, the newest first. */
static const double *carry(Adaptive *self, int64_t channel, double steps) {
    double *ring = self->carried + channel * 2 * self->taps;
    int64_t *newest = self->newest + channel;
    *newest = (*newest ? *newest : self->taps) - 1;
    ring[*newest] = ring[*newest + self->taps] = steps;
    return ring + *newest;
}

/* The filter's output. Sums are exact, so that four at a time give the same. */
static double filtered(const double *tap, const double *samples, int64_t taps) {
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    int64_t k = 0;
    for (; k + 4 <= taps; k += 4)
        for (int64_t j = 0; j < 4; j++) sums[j] += tap[k + j] * samples[k + j];
    for (; k < taps; k++) sums[0] += tap[k] * samples[k];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

void adaptive_take(Adaptive *self, int64_t channel, int64_t place, double uv, int sound) {
    const double steps = fmax(fmin(rint(uv * STEPS_PER_UV), MOST_STEPS), -MOST_STEPS);
    const double *samples = carry(self, channel, steps);
    if (place % self->stride || !sound) return;
    const double out =
        filtered(self->tap + channel * self->taps, samples, self->taps) * FILTER_SCALE;
    /* No sample has no power: one that rounds to it would count as evidence without limit. */
    self->powers[channel] += (int64_t)fmax(rint(fmin(out * out, MOST_POWER)), 1.0);
    self->weights[channel]++;
}

/* Fill in power and number of samples of one channel in every window. */
static void sum_windows(Adaptive *self, int64_t channel) {
    const int64_t ring = self->longest + 1;
    const uint64_t *power = self->power_sums + channel * ring;
    const uint64_t *weight = self->weight_sums + channel * ring;
    for (int64_t w = 0; w < self->windows; w++) {
        int64_t before = *self->at - self->lengths[w];
        if (before < 0) before += ring;
        self->power[w] = (double)(power[*self->at] - power[before]);
        self->weight[w] = (double)(weight[*self->at] - weight[before]);
    }
}

/* Whether the newer part of a window and its rest may come from one level; an empty part may. */
static int stands(const Adaptive *self, int64_t trial, int64_t channel) {
    const int64_t newer = self->newer[trial], whole = self->whole[trial];
    const int rests = self->power[whole] < self->rest[channel] * self->weight[whole];
    const int64_t per_kind = self->trials * self->channels;
    const double *least = self->bounds + rests * per_kind + trial * self->channels + channel;
    const double *most = least + 2 * per_kind;
    const double older = (self->power[whole] - self->power[newer]) * self->weight[newer];
    const double now = self->power[newer] * (self->weight[whole] - self->weight[newer]);
    return now >= *least * older && now <= *most * older;
}

static int64_t chosen(const Adaptive *self, int64_t channel) {
    int64_t trial = 0;
    while (trial < self->trials && stands(self, trial, channel)) trial++;
    return self->taken[trial];
}

/* Go on with the running sums by the hop that is complete. */
static void close_hop(Adaptive *self) {
    const int64_t ring = self->longest + 1, next = (*self->at + 1) % ring;
    for (int64_t c = 0; c < self->channels; c++) {
        uint64_t *power = self->power_sums + c * ring, *weight = self->weight_sums + c * ring;
        power[next] = power[*self->at] + (uint64_t)self->powers[c];
        weight[next] = weight[*self->at] + (uint64_t)self->weights[c];
    }
    *self->at = next;
}

void adaptive_push(Adaptive *self, const MeterRows *out, int64_t row) {
    close_hop(self);
    for (int64_t c = 0; c < self->channels; c++) {
        const int64_t at = row * self->channels + c;
        sum_windows(self, c);
        const int64_t window = chosen(self, c);
        const double weight = self->weight[window], power = self->power[window];
        const int rests = power < self->rest[c] * weight;
        out->freedom[at] =
            weight * self->freedoms[(2 * window + rests) * self->channels + c];
        out->rms_uv[at] = sqrt(power / fmax(weight, 1.0) * POWER_STEP);
        out->hop_power_uv2[at] = self->weights[c]
            ? (double)self->powers[c] * POWER_STEP / (double)self->weights[c] : NAN;
        self->powers[c] = self->weights[c] = 0;
    }
}
