/* What the parts of the meter share: hops that are complete, and what is kept of them. */
#ifndef QUIETFACE_METER_H
#define QUIETFACE_METER_H

#include "chain.h"

/* The hop that is filling up, one entry a channel. */
typedef struct {
    double *power, *hum;
    int64_t *good, *lost;
    uint8_t *flaws;
} Hop;

/* The last hops of a quality's window: a ring of `hops` rows of all channels. */
typedef struct {
    MeterLimits limits;
    int64_t channels, next;
    int64_t calm; /* hops up to the newest without a flaw, or any hum to speak of */
    double *power, *hum;
    int64_t *good;
    uint8_t *flaws;
    double *hum_uv; /* RMS over the window, (channels) */
    double *sorted; /* room for a median */
} Judge;

typedef struct Adaptive Adaptive;

/* judge.c */
int judge_new(Judge *self, int64_t channels, const MeterLimits *limits);
void judge_free(Judge *self);
void judge_restart(Judge *self);
void judge_push(Judge *self, const Hop *hop, uint8_t *quality);
/* Sums over the window of one channel: its power, and how many samples are good. */
double judge_power(const Judge *self, int64_t channel);
int64_t judge_good(const Judge *self, int64_t channel);

/* adaptive.c */
Adaptive *adaptive_new(int64_t channels, int64_t hop, const AdaptiveDesign *design);
void adaptive_free(Adaptive *self);
void adaptive_restart(Adaptive *self);
/* Take one sample of a channel, the `place`-th of its hop, counted from 1. */
void adaptive_take(Adaptive *self, int64_t channel, int64_t place, double uv, int sound);
/* Write a row of `out` at the end of a hop, as if everything were usable. */
void adaptive_push(Adaptive *self, const MeterRows *out, int64_t row);

#endif
