/* The quality of each channel over the last hops: `host.chain.metering` says what each means. */
#include "meter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ENOUGH_CHANNELS = 4 };

void judge_lay_out(Judge *self, int64_t channels, const MeterLimits *limits, Memory *memory) {
    const int64_t size = channels * limits->hops;
    self->limits = *limits;
    self->channels = channels;
    self->next = memory_take(memory, 1, sizeof *self->next);
    self->calm = memory_take(memory, 1, sizeof *self->calm);
    self->power = memory_take(memory, size, sizeof(double));
    self->hum = memory_take(memory, size, sizeof(double));
    self->good = memory_take(memory, size, sizeof(int64_t));
    self->flaws = memory_take(memory, size, 1);
    self->hum_uv = memory_take(memory, channels, sizeof(double));
    self->sorted = memory_take(memory, channels, sizeof(double));
}

void judge_restart(Judge *self) {
    const size_t size = (size_t)(self->channels * self->limits.hops);
    memset(self->power, 0, size * sizeof(double));
    memset(self->hum, 0, size * sizeof(double));
    memset(self->good, 0, size * sizeof(int64_t));
    memset(self->flaws, 0, size);
    *self->next = *self->calm = 0;
}

/* Where the hop stands that came `age` hops after the oldest. */
static int64_t place(const Judge *self, int64_t age, int64_t channel) {
    return (*self->next + age) % self->limits.hops * self->channels + channel;
}

/* Pairs are added to runs of four and so on: equal to the last bit wherever the window lies. */
static double run_sum(const Judge *self, const double *of, int64_t age, int64_t length, int64_t c) {
    if (length == 1) return of[place(self, age, c)];
    const int64_t half = length / 2;
    return run_sum(self, of, age, half, c) + run_sum(self, of, age + half, half, c);
}

static double window_sum(const Judge *self, const double *of, int64_t channel) {
    double total = 0.0;
    int64_t done = 0;
    for (int64_t length = 1; done < self->limits.hops; length *= 2)
        if (self->limits.hops & length) {
            total += run_sum(self, of, done, length, channel);
            done += length;
        }
    return total;
}

double judge_power(const Judge *self, int64_t channel) {
    return window_sum(self, self->power, channel);
}

int64_t judge_good(const Judge *self, int64_t channel) {
    int64_t good = 0;
    for (int64_t hop = 0; hop < self->limits.hops; hop++)
        good += self->good[hop * self->channels + channel];
    return good;
}

/* One such sample in a window is enough; the later ones outdo the earlier. */
static uint8_t worst(uint8_t flaws, uint8_t quality) {
    if (flaws & SETTLING) quality = UNSETTLED;
    if (flaws & ARTEFACT) quality = DISTURBED;
    if (flaws & HUMMING) quality = LOOSE;
    if (flaws & FLAT) quality = STILL;
    if (flaws & RAILED) quality = AT_RAIL;
    return quality;
}

static uint8_t quality_of(const Judge *self, int64_t channel, double hum) {
    const double samples = (double)(self->limits.hops * self->limits.hop);
    uint8_t flaws = 0, quality = GOOD;
    for (int64_t hop = 0; hop < self->limits.hops; hop++)
        flaws |= self->flaws[hop * self->channels + channel];
    if (hum > samples * (self->limits.hum_uv * self->limits.hum_uv)) quality = HUM;
    if ((double)judge_good(self, channel) < self->limits.valid_share * samples) quality = GAP;
    return worst(flaws, quality);
}

static int by_size(const void *one, const void *other) {
    const double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* A channel that hums far more than the others is off too, if nobody can say since when. */
static void mark_apart(Judge *self, uint8_t *quality) {
    const double *hum_uv = self->hum_uv;
    int64_t usable = 0;
    int suspect = 0;
    for (int64_t c = 0; c < self->channels; c++)
        if (quality[c] <= HUM) {
            self->sorted[usable++] = hum_uv[c];
            suspect |= hum_uv[c] > self->limits.apart_floor_uv;
        }
    if (!suspect || usable < ENOUGH_CHANNELS) return;
    qsort(self->sorted, (size_t)usable, sizeof(double), by_size);
    const double low = self->sorted[(usable - 1) / 2], high = self->sorted[usable / 2];
    const double middle = low == high ? low : (low + high) / 2.0;
    const double limit = fmax(self->limits.apart * middle, self->limits.apart_floor_uv);
    for (int64_t c = 0; c < self->channels; c++)
        if (quality[c] <= HUM && hum_uv[c] > limit) quality[c] = LOOSE;
}

/* Whether nothing of this hop can make a window worse than good. */
static int is_calm(const Judge *self, const Hop *hop) {
    const double least_uv = fmin(self->limits.hum_uv, self->limits.apart_floor_uv);
    const double most = (double)self->limits.hop * (least_uv * least_uv);
    for (int64_t c = 0; c < self->channels; c++)
        if (hop->flaws[c] || hop->hum[c] > most) return 0;
    return 1;
}

static void keep(Judge *self, const Hop *hop) {
    const int64_t row = *self->next * self->channels;
    const size_t channels = (size_t)self->channels;
    memcpy(self->power + row, hop->power, channels * sizeof(double));
    memcpy(self->hum + row, hop->hum, channels * sizeof(double));
    memcpy(self->good + row, hop->good, channels * sizeof(int64_t));
    memcpy(self->flaws + row, hop->flaws, channels);
    *self->next = (*self->next + 1) % self->limits.hops;
    *self->calm = is_calm(self, hop) ? *self->calm + 1 : 0;
}

void judge_push(Judge *self, const Hop *hop, uint8_t *quality) {
    const double samples = (double)(self->limits.hops * self->limits.hop);
    keep(self, hop);
    memset(quality, GOOD, (size_t)self->channels);
    if (*self->calm >= self->limits.hops) return;
    for (int64_t c = 0; c < self->channels; c++) {
        const double hum = window_sum(self, self->hum, c);
        quality[c] = quality_of(self, c, hum);
        self->hum_uv[c] = sqrt(hum / samples);
    }
    mark_apart(self, quality);
}
