/* The inner loops of the signal chain: one call for each chunk, whatever it holds.
 *
 * Samples come and go as rows of all channels, in uV. Everything runs sample by sample, so results
 * are equal to the last bit for every cut of the stream; they are also equal on every processor,
 * for nothing is added up in another order or contracted into one rounding.
 *
 * Nothing here allocates, but for the `_new` functions, which return NULL when there is no memory.
 */
#ifndef QUIETFACE_CHAIN_H
#define QUIETFACE_CHAIN_H

#include <stdint.h>

#if defined(_WIN32)
#define QF_API __declspec(dllexport)
#else
#define QF_API __attribute__((visibility("default")))
#endif

/* `host.chain.quality.Flaw` */
enum { LOST = 1, RAILED = 2, FLAT = 4, ARTEFACT = 8, SETTLING = 16, HUMMING = 32 };
enum { UNSOUND = RAILED | FLAT };
/* `host.chain.quality.Quality` */
enum { GOOD = 0, HUM = 1, UNSETTLED = 2, DISTURBED = 3, GAP = 4, LOOSE = 5, STILL = 6, AT_RAIL = 7 };

/* Names the sources that this was built from. */
QF_API const char *sources(void);

/* ---- From raw samples to the EMG band: `host.chain.conditioning` says what and why. */

typedef struct {
    double rail_uv;
    double artefact_uv;
    double glitch_floor_uv;
    double glitch_level_ratio;
    double glitch_near_share;
    double glitch_near_ratio;
    double glitch_echo;
    double hum_rise;
    double hum_floor_uv;
    double hum_ceiling_uv;
    int64_t flat_run;
    int64_t settle;
    int64_t artefact_hold;
    int64_t hum_hold;
    int64_t per_second;
} ConditioningLimits;

typedef struct {
    const double *sections; /* (count, 6) */
    const double *step;     /* (count, 2): the state after a constant 1 */
    int64_t count;
} SectionsDesign;

typedef struct Conditioner Conditioner;

/* Where conditioned rows are written: room for one more row than was pushed. */
typedef struct {
    double *data;
    double *hum;
    uint8_t *flaws;
} ConditionedRows;

QF_API Conditioner *conditioner_new(
    int64_t channels, const ConditioningLimits *limits, const SectionsDesign *mains,
    const SectionsDesign *band);
QF_API void conditioner_free(Conditioner *self);
/* Return how many bytes it remembers, and where. They can be given to another of the same design. */
QF_API int64_t conditioner_memory(Conditioner *self, char **base);
/* Take rows that follow on the last ones; `start` is the index of the first row that comes out. */
QF_API int64_t conditioner_push(
    Conditioner *self, const double *raw, int64_t rows, int64_t start, const ConditionedRows *out);
/* Give out the row that waits for its successor: there will be none. */
QF_API int64_t conditioner_close(Conditioner *self, int64_t start, const ConditionedRows *out);
/* Behind `close`: put in place of lost rows what the filters expect. */
QF_API int64_t conditioner_bridge(
    Conditioner *self, int64_t rows, int64_t start, const ConditionedRows *out);
/* Behind `close`: start the filters anew with the next row. */
QF_API void conditioner_break(Conditioner *self);

/* ---- Quality of each channel, hop by hop: `host.chain.metering`. */

typedef struct {
    double valid_share;
    double hum_uv;
    double apart;
    double apart_floor_uv;
    int64_t hop;   /* samples */
    int64_t hops;  /* of a window */
} MeterLimits;

/* ---- Levels over the longest window that nothing speaks against: `host.chain.adaptive`. */

typedef struct {
    const double *taps;      /* (channels, taps), whole numbers of 2^-16; the newest first */
    int64_t tap_count;
    int64_t stride;
    const int64_t *lengths;  /* (windows) */
    int64_t windows;
    const int64_t *newer;    /* (trials) */
    const int64_t *whole;    /* (trials) */
    const int64_t *taken;    /* (trials + 1) */
    int64_t trials;
    const double *bounds;    /* (2, 2, trials, channels): least and largest; effort and rest */
    const double *rest;      /* (channels), in 2^-16 uV^2 a sample */
    const double *freedoms;  /* (windows, 2, channels), a sample: effort and rest */
} AdaptiveDesign;

typedef struct Meter Meter;

/* Where levels are written, rows of all channels: room for `rows / hop + 1`. */
typedef struct {
    double *rms_uv;
    double *freedom;
    double *hop_power_uv2;
    uint8_t *quality;
    int64_t *lost;
} MeterRows;

/* Without a design: RMS over the quality's window, with `freedom_per_sample`. */
QF_API Meter *meter_new(
    int64_t channels, const MeterLimits *limits, const AdaptiveDesign *design,
    double freedom_per_sample);
QF_API void meter_free(Meter *self);
QF_API int64_t meter_memory(Meter *self, char **base);
/* Begin at the first hop that lies wholly behind this sample. */
QF_API void meter_restart(Meter *self, int64_t start);
/* Return how many hops are complete. */
QF_API int64_t meter_push(
    Meter *self, const double *data, const double *hum, const uint8_t *flaws, int64_t rows,
    const MeterRows *out);

/* ---- What leaks from driven muscles: `host.chain.separation`. */

/* out[t, c] = sum over k, j of weights[k, j, c] * in[t + k * step, columns[j]]: the earliest lag
 * first. `out` is replaced, or with `subtract` diminished. */
QF_API void mix(
    const double *in, int64_t channels, const int64_t *columns, int64_t column_count,
    const double *weights, int64_t lags, int64_t step, double *out, int64_t rows, int subtract);
/* Mean over each hop of the squares of all lags, times what each driver's may still leak:
 * out[h, c] = sum over j of doubts[j, c] * mean over the hop of sum over k of in[t + k * step, j]^2 */
QF_API void mix_powers(
    const double *in, int64_t channels, const int64_t *columns, int64_t column_count,
    const double *doubts, int64_t lags, int64_t step, double *out, int64_t hops, int64_t hop);

#endif
