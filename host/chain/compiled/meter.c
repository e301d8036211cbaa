/* Cut samples into hops on the grid of the global sample index, and measure each. */
#include "meter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct Meter {
    int64_t channels, hop;
    double freedom_per_sample;
    int plain;
    Memory memory; /* of all that follows */
    int64_t *skip;   /* samples before the first whole hop */
    int64_t *filled; /* samples of the hop that is filling up */
    Hop filling;
    Judge judge;
    Adaptive adaptive; /* not in the plain mode */
};

static void lay_out(Meter *self, const MeterLimits *limits, const AdaptiveDesign *design) {
    Memory *memory = &self->memory;
    Hop *hop = &self->filling;
    self->skip = memory_take(memory, 1, sizeof *self->skip);
    self->filled = memory_take(memory, 1, sizeof *self->filled);
    hop->power = memory_take(memory, self->channels, sizeof(double));
    hop->hum = memory_take(memory, self->channels, sizeof(double));
    hop->good = memory_take(memory, self->channels, sizeof(int64_t));
    hop->lost = memory_take(memory, self->channels, sizeof(int64_t));
    hop->flaws = memory_take(memory, self->channels, 1);
    judge_lay_out(&self->judge, self->channels, limits, memory);
    if (design) adaptive_lay_out(&self->adaptive, self->channels, design, memory);
}

static void hop_empty(Hop *self, size_t channels) {
    memset(self->power, 0, channels * sizeof(double));
    memset(self->hum, 0, channels * sizeof(double));
    memset(self->good, 0, channels * sizeof(int64_t));
    memset(self->lost, 0, channels * sizeof(int64_t));
    memset(self->flaws, 0, channels);
}

Meter *meter_new(
    int64_t channels, const MeterLimits *limits, const AdaptiveDesign *design,
    double freedom_per_sample) {
    Meter *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->channels = channels;
    self->hop = limits->hop;
    self->freedom_per_sample = freedom_per_sample;
    self->plain = !design;
    lay_out(self, limits, design);
    if (!memory_get(&self->memory)) {
        meter_free(self);
        return NULL;
    }
    lay_out(self, limits, design);
    return self;
}

void meter_free(Meter *self) {
    if (!self) return;
    free(self->memory.base);
    free(self);
}

int64_t meter_memory(Meter *self, char **base) {
    *base = self->memory.base;
    return (int64_t)self->memory.used;
}

void meter_restart(Meter *self, int64_t start) {
    *self->skip = (self->hop - start % self->hop) % self->hop;
    *self->filled = 0;
    hop_empty(&self->filling, (size_t)self->channels);
    judge_restart(&self->judge);
    if (!self->plain) adaptive_restart(&self->adaptive);
}

static void take(Meter *self, int64_t c, double data, double hum, uint8_t flaws) {
    Hop *hop = &self->filling;
    hop->hum[c] += hum * hum;
    hop->flaws[c] |= flaws;
    hop->good[c] += !flaws;
    hop->lost[c] += flaws & LOST;
    if (!flaws) hop->power[c] += data * data;
    if (!self->plain) adaptive_take(&self->adaptive, c, *self->filled, data, !flaws);
}

/* RMS over the window of the quality, of the samples that can be believed. */
static void measure_plainly(Meter *self, const MeterRows *out, int64_t row) {
    for (int64_t c = 0; c < self->channels; c++) {
        const int64_t good = judge_good(&self->judge, c), at = row * self->channels + c;
        const int64_t here = self->filling.good[c];
        out->rms_uv[at] = sqrt(judge_power(&self->judge, c) / (good ? (double)good : 1.0));
        out->freedom[at] = (double)good * self->freedom_per_sample;
        out->hop_power_uv2[at] = here ? self->filling.power[c] / (double)here : NAN;
    }
}

static void finish_hop(Meter *self, const MeterRows *out, int64_t row) {
    const int64_t begin = row * self->channels;
    judge_push(&self->judge, &self->filling, out->quality + begin);
    if (self->plain)
        measure_plainly(self, out, row);
    else
        adaptive_push(&self->adaptive, out, row);
    for (int64_t at = begin; at < begin + self->channels; at++) {
        out->lost[at] = self->filling.lost[at - begin];
        if (out->quality[at] <= HUM) continue;
        out->rms_uv[at] = out->hop_power_uv2[at] = NAN;
        if (!self->plain) out->freedom[at] = 0.0;
    }
    hop_empty(&self->filling, (size_t)self->channels);
    *self->filled = 0;
}

int64_t meter_push(
    Meter *self, const double *data, const double *hum, const uint8_t *flaws, int64_t rows,
    const MeterRows *out) {
    int64_t done = 0;
    for (int64_t row = 0; row < rows; row++) {
        if (*self->skip) {
            --*self->skip;
            continue;
        }
        ++*self->filled;
        for (int64_t c = 0; c < self->channels; c++) {
            const int64_t at = row * self->channels + c;
            take(self, c, data[at], hum[at], flaws[at]);
        }
        if (*self->filled == self->hop) finish_hop(self, out, done++);
    }
    return done;
}
