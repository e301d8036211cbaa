/* Runs the chain's loops on what no converter should give, and without memory, for a sanitizer to
 * watch. All arrays are as short as `chain.h` allows. */
#undef malloc
#undef calloc
#include "chain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(what) \
    do { \
        if (!(what)) { \
            fprintf(stderr, "line %d: %s\n", __LINE__, #what); \
            exit(1); \
        } \
    } while (0)

enum { MOST_ROWS = 60, TURNS = 500, TAPS = 3, WINDOWS = 4, TRIALS = 5 };

/* ---- Memory that is refused once: what the loops allocate comes from here. */

static int64_t asked, refused = -1;

void *scarce_malloc(size_t size) { return asked++ == refused ? NULL : malloc(size); }
void *scarce_calloc(size_t count, size_t size) {
    return asked++ == refused ? NULL : calloc(count, size);
}

/* ---- Numbers by chance, the same in each run. */

static uint64_t seed = 4711;

static int64_t chance(int64_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((seed >> 33) % (uint64_t)below);
}

static double noise(void) { return (double)chance(20001) / 1000.0 - 10.0; }

/* Noise, mains, rails, spikes, flats and the smallest numbers; `wild` ones are no numbers. */
static double sample(double last, int wild) {
    switch (chance(wild ? 24 : 20)) {
    case 0: return 187500.0;
    case 1: return -187500.0;
    case 2: return 5000.0 * noise();
    case 3: return -0.0;
    case 4: return 4.9e-324;
    case 5: case 6: case 7: case 8: case 9: return last;
    case 20: return NAN;
    case 21: return -INFINITY;
    case 22: return 1e308;
    case 23: return INFINITY;
    default: return 3000.0 + noise();
    }
}

static double *numbers(int64_t count) {
    double *made = calloc((size_t)count, sizeof *made);
    CHECK(made);
    return made;
}

static void fill(double *to, int64_t count, int wild) {
    for (int64_t k = 0; k < count; k++) to[k] = sample(k ? to[k - 1] : 0.0, wild);
}

/* ---- From raw samples to the EMG band. */

static const ConditioningLimits LIMITS = {
    .rail_uv = 186562.5, .artefact_uv = 1500.0, .glitch_floor_uv = 12.0, .glitch_level_ratio = 8.0,
    .glitch_near_share = 0.25, .glitch_near_ratio = 2.5, .glitch_echo = -0.3, .hum_rise = 8.0,
    .hum_floor_uv = 400.0, .hum_ceiling_uv = 12000.0, .flat_run = 3, .settle = 20,
    .artefact_hold = 10, .hum_hold = 20, .per_second = 25};

static const double STOPS[] = {1.0, -0.6, 1.0, 1.0, -0.5, 0.8, 0.9, 0.6, 0.9, 1.0, 0.5, 0.8};
static const double STEP[] = {0.1, -0.2, 0.1, 0.2};
static const SectionsDesign MAINS = {STOPS, STEP, 2}, BAND = {STOPS + 6, STEP + 2, 1};

static int64_t conditioned(
    Conditioner *of, int64_t channels, int64_t rows, int64_t start, int64_t act, int wild) {
    const int64_t size = channels * (act ? (rows ? rows : 1) : rows + 1);
    double *raw = numbers(channels * rows), *data = numbers(size), *hum = numbers(size);
    uint8_t *flaws = malloc((size_t)size);
    CHECK(flaws);
    const ConditionedRows out = {data, hum, flaws};
    fill(raw, channels * rows, wild);
    const int64_t done = act == 0   ? conditioner_push(of, raw, rows, start, &out)
                         : act == 1 ? conditioner_close(of, start, &out)
                                    : conditioner_bridge(of, rows, start, &out);
    CHECK(done >= 0 && done * channels <= size);
    free(raw);
    free(data);
    free(hum);
    free(flaws);
    return done;
}

static void condition(int64_t channels, int wild) {
    Conditioner *of = conditioner_new(channels, &LIMITS, &MAINS, &BAND);
    int64_t start = 1;
    CHECK(of);
    for (int turn = 0; turn < TURNS; turn++) {
        start += conditioned(of, channels, chance(MOST_ROWS), start, 0, wild);
        if (chance(8)) continue;
        start += conditioned(of, channels, 0, start, 1, wild);
        if (chance(2))
            start += conditioned(of, channels, chance(12), start, 2, wild);
        else
            conditioner_break(of);
    }
    conditioner_free(of);
}

/* ---- Levels. */

static const int64_t LENGTHS[WINDOWS] = {1, 2, 4, 8};
static const int64_t NEWER[TRIALS] = {0, 0, 1, 1, 2}, WHOLE[TRIALS] = {1, 2, 2, 3, 3};
static const int64_t TAKEN[TRIALS + 1] = {0, 0, 0, 1, 1, 3};

static AdaptiveDesign designed(int64_t channels, int64_t stride) {
    double *taps = numbers(channels * TAPS), *bounds = numbers(4 * TRIALS * channels);
    double *rest = numbers(channels), *freedoms = numbers(2 * WINDOWS * channels);
    for (int64_t k = 0; k < channels * TAPS; k++) taps[k] = rint(noise() * 65536.0);
    for (int64_t k = 0; k < 4 * TRIALS * channels; k++)
        bounds[k] = k < 2 * TRIALS * channels ? 0.2 : 5.0;
    for (int64_t k = 0; k < channels; k++) rest[k] = 262144.0;
    for (int64_t k = 0; k < 2 * WINDOWS * channels; k++) freedoms[k] = 0.7;
    return (AdaptiveDesign){taps, TAPS, stride, LENGTHS, WINDOWS, NEWER, WHOLE, TAKEN, TRIALS,
                            bounds, rest, freedoms};
}

static void forget(const AdaptiveDesign *design) {
    free((void *)design->taps);
    free((void *)design->bounds);
    free((void *)design->rest);
    free((void *)design->freedoms);
}

static void metered(Meter *of, int64_t channels, int64_t hop, int wild) {
    const int64_t rows = chance(MOST_ROWS), most = channels * (rows / hop + 1);
    double *data = numbers(channels * rows), *hum = numbers(channels * rows);
    double *rms = numbers(most), *freedom = numbers(most), *power = numbers(most);
    uint8_t *flaws = calloc((size_t)(channels * rows), 1), *quality = malloc((size_t)most);
    int64_t *lost = malloc((size_t)most * sizeof *lost);
    CHECK(flaws && quality && lost);
    const MeterRows out = {rms, freedom, power, quality, lost};
    fill(data, channels * rows, wild);
    fill(hum, channels * rows, wild);
    for (int64_t k = 0; k < channels * rows; k++)
        if (!chance(9)) flaws[k] = (uint8_t)chance(64);
    const int64_t done = meter_push(of, data, hum, flaws, rows, &out);
    CHECK(done >= 0 && done * channels <= most);
    for (int64_t k = 0; k < done * channels; k++) CHECK(quality[k] <= AT_RAIL && lost[k] <= hop);
    double *const all[] = {data, hum, rms, freedom, power};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) free(all[k]);
    free(flaws);
    free(quality);
    free(lost);
}

static void meter(int64_t channels, int64_t hop, int64_t hops, int64_t stride, int wild) {
    const MeterLimits limits = {0.5, 2000.0, 10.0, 400.0, hop, hops};
    const AdaptiveDesign design = designed(channels, stride ? stride : 1);
    Meter *of = meter_new(channels, &limits, stride ? &design : NULL, 0.5);
    forget(&design); /* what it needs it has copied */
    CHECK(of);
    for (int turn = 0; turn < TURNS; turn++) {
        if (!chance(20)) meter_restart(of, chance(1000));
        char *base;
        CHECK(meter_memory(of, &base) > channels && base);
        metered(of, channels, hop, wild);
    }
    meter_free(of);
}

/* ---- What leaks. */

static void mixtures(int64_t channels, int64_t count, int64_t lags, int64_t step) {
    enum { HOP = 4, HOPS = 5 };
    const int64_t rows = HOP * HOPS, columns[] = {channels - 1, 0};
    double *in = numbers((rows + (lags - 1) * step) * channels), *out = numbers(rows * channels);
    double *weights = numbers(lags * count * channels), *powers = numbers(HOPS * channels);
    fill(in, (rows + (lags - 1) * step) * channels, 0);
    fill(weights, lags * count * channels, 0);
    mix(in, channels, columns, count, weights, lags, step, out, rows, 0);
    mix(in, channels, columns, count, weights, lags, step, out, rows, 1);
    for (int64_t k = 0; k < rows * channels; k++) CHECK(out[k] == 0.0);
    mix_powers(in, channels, columns, count, weights, lags, step, powers, HOPS, HOP);
    free(in);
    free(out);
    free(weights);
    free(powers);
}

/* ---- Without any part of the memory nothing is made, and nothing is left behind. */

static int made_without(int64_t one_of_them, int kind, const AdaptiveDesign *design) {
    const MeterLimits limits = {0.5, 2000.0, 10.0, 400.0, 4, 5};
    asked = 0;
    refused = one_of_them;
    Conditioner *one = kind == 0 ? conditioner_new(3, &LIMITS, &MAINS, &BAND) : NULL;
    Meter *other = kind ? meter_new(3, &limits, kind == 2 ? design : NULL, 0.5) : NULL;
    refused = -1;
    conditioner_free(one);
    meter_free(other);
    return one || other;
}

static void run_out(void) {
    const AdaptiveDesign design = designed(3, 2);
    for (int kind = 0; kind < 3; kind++) {
        CHECK(made_without(-1, kind, &design));
        const int64_t wanted = asked;
        CHECK(wanted == 2); /* what it is, and all that it remembers */
        for (int64_t one = 0; one < wanted; one++) CHECK(!made_without(one, kind, &design));
    }
    forget(&design);
}

int main(void) {
    CHECK(strlen(sources()));
    for (int wild = 0; wild < 2; wild++)
        for (int64_t channels = 1; channels <= 5; channels += 4) {
            condition(channels, wild);
            meter(channels, 1, 1, 0, wild);
            meter(channels, 4, 45, 0, wild);
            meter(channels, 4, 7, 1, wild);
            meter(channels, 6, 3, 3, wild);
        }
    mixtures(3, 2, 3, 2);
    mixtures(1, 1, 1, 1);
    mixtures(4, 0, 2, 1);
    mixtures(33, 2, 5, 3);
    run_out();
    return 0;
}
