/* What the parts of the meter share: hops that are complete, and what is kept of them. */
#ifndef QUIETFACE_METER_H
#define QUIETFACE_METER_H

#include "chain.h"
#include "memory.h"

/* The hop that is filling up, one entry a channel. */
typedef struct {
    double *power, *hum;
    int64_t *good, *lost;
    uint8_t *flaws;
} Hop;

/* The last hops of a quality's window: a ring of `hops` rows of all channels. */
typedef struct {
    MeterLimits limits;
    int64_t channels;
    int64_t *next; /* row of the ring */
    int64_t *calm; /* hops up to the newest without a flaw, or any hum to speak of */
    double *power, *hum;
    int64_t *good;
    uint8_t *flaws;
    double *hum_uv; /* RMS over the window, (channels) */
    double *sorted; /* room for a median */
} Judge;

/* What is whitened, and summed up over windows of several lengths. */
typedef struct {
    int64_t channels, stride;
    int64_t taps, windows, trials, longest;
    const double *tap; /* (channels, taps) */
    const int64_t *lengths, *newer, *whole, *taken;
    const double *bounds, *rest, *freedoms;
    double *carried; /* (channels, 2 * taps): a ring, written twice so that it can be read on */
    int64_t *newest; /* (channels): place in that ring */
    int64_t *powers, *weights; /* of the hop that is filling up, (channels) */
    /* Running sums, (channels, longest + 1) rings; `at` is the newest. They may wrap around:
     * their differences stay right. */
    uint64_t *power_sums, *weight_sums;
    int64_t *at;
    double *power, *weight; /* in each window, (windows) */
} Adaptive;

/* judge.c */
void judge_lay_out(Judge *self, int64_t channels, const MeterLimits *limits, Memory *memory);
void judge_restart(Judge *self);
void judge_push(Judge *self, const Hop *hop, uint8_t *quality);
/* Sums over the window of one channel: its power, and how many samples are good. */
double judge_power(const Judge *self, int64_t channel);
int64_t judge_good(const Judge *self, int64_t channel);

/* adaptive.c */
void adaptive_lay_out(
    Adaptive *self, int64_t channels, const AdaptiveDesign *design, Memory *memory);
void adaptive_restart(Adaptive *self);
/* Take one sample of a channel, the `place`-th of its hop, counted from 1. */
void adaptive_take(Adaptive *self, int64_t channel, int64_t place, double uv, int sound);
/* Write a row of `out` at the end of a hop, as if everything were usable. */
void adaptive_push(Adaptive *self, const MeterRows *out, int64_t row);

#endif
