/* What the parts of the conditioner share: one channel's memory, and who does what with it. */
#ifndef QUIETFACE_CONDITIONER_H
#define QUIETFACE_CONDITIONER_H

#include "chain.h"
#include "memory.h"

typedef struct {
    const double *sections;
    const double *step;
    int64_t count;
} Sections;

enum { HISTORY = 11, SIZES = 8 };

/* What a garbled sample is told by: the last samples free of mains, the newest first, and how far
 * each stood out from its neighbours. */
typedef struct {
    double clean[4];
    double sizes[SIZES];
} History;

typedef struct {
    /* Screening of the raw signal. */
    double last_raw;
    int64_t run;
    /* The sample that waits for its successor. */
    double waiting_raw, waiting_clean;
    uint8_t waiting_flaws;
    /* Whether the last settled sample was railed or flat: the filters start anew behind it. */
    int unsound;
    History history;
    /* Samples settled since the last start. */
    int64_t age;
    /* Samples since the last one that was unsound, loud, or hummed. */
    int64_t since_unsound, since_loud, since_hum;
    /* Mains of this second, and of the calmest second. */
    double peak_hum_uv, usual_hum_uv, hum_limit_uv;
    int64_t whole;
} Channel;

/* sections.c: direct form II transposed, as `scipy.signal.sosfilt` does it, to the last bit.
 *
 * States are `(count, 2, channels)`: all channels at once hide how long one waits for itself. */
void sections_run(const Sections *self, double *state, double *row, int64_t channels);
double sections_run_one(
    const Sections *self, double *state, double sample, int64_t channels, int64_t channel);
/* The input that makes the next output equal to `output`. */
double sections_expected(
    const Sections *self, const double *state, double output, int64_t channels, int64_t channel);
/* Begin anew with a sample, as if it had stood there for ever: no ringing. */
void sections_start(
    const Sections *self, double *state, double sample, int64_t channels, int64_t channel);

/* glitch.c */
void history_start(History *self, double clean);
void history_follow(History *self, double clean);
double history_last(const History *self);
/* Whether `clean` stands alone; `after` is NULL where it has no successor. */
int garbled(
    const ConditioningLimits *limits, const History *history, double clean, const double *after);

/* doubts.c */
uint8_t screened(const ConditioningLimits *limits, Channel *of, double raw);
uint8_t doubted(
    const ConditioningLimits *limits, Channel *of, double data, double hum, uint8_t flaws,
    int64_t index);

#endif
