/* Which samples cannot be believed, for what they are or for what went before. */
#include "conditioner.h"

#include <math.h>

uint8_t screened(const ConditioningLimits *limits, Channel *of, double raw) {
    uint8_t flaws = fabs(raw) >= limits->rail_uv ? RAILED : 0;
    of->run = raw == of->last_raw ? of->run + 1 : 0;
    of->last_raw = raw;
    if (of->run >= limits->flat_run) flaws |= FLAT;
    return flaws;
}

/* Carry a mark on for some samples: `since` counts from the last one. */
static int held(int64_t *since, int64_t samples, int marked) {
    if (marked)
        *since = 0;
    else if (*since < samples)
        ++*since;
    return *since < samples;
}

/* Learn from a second in which nothing was wrong. */
static void close_second(const ConditioningLimits *limits, Channel *of) {
    if (of->whole == limits->per_second && of->peak_hum_uv < of->usual_hum_uv)
        of->usual_hum_uv = of->peak_hum_uv;
    const double risen = fmax(of->usual_hum_uv * limits->hum_rise, limits->hum_floor_uv);
    of->hum_limit_uv = fmin(risen, limits->hum_ceiling_uv);
    of->peak_hum_uv = 0.0;
    of->whole = 0;
}

/* Compare the mains with the channel's own past, second by second of the sample index. */
static int humming(
    const ConditioningLimits *limits, Channel *of, double size_uv, int sound, int64_t index) {
    const int hums = held(&of->since_hum, limits->hum_hold, size_uv > of->hum_limit_uv);
    if (sound && !hums) {
        of->peak_hum_uv = fmax(of->peak_hum_uv, size_uv);
        of->whole++;
    }
    if ((index + 1) % limits->per_second == 0) close_second(limits, of);
    return hums;
}

uint8_t doubted(
    const ConditioningLimits *limits, Channel *of, double data, double hum, uint8_t flaws,
    int64_t index) {
    const int unsettled = (flaws & UNSOUND) || of->age == 1;
    if (held(&of->since_unsound, limits->settle, unsettled)) flaws |= SETTLING;
    const int loud = fabs(data) > limits->artefact_uv && !flaws;
    if (held(&of->since_loud, limits->artefact_hold, loud)) flaws |= ARTEFACT;
    if (humming(limits, of, fabs(hum), !flaws, index)) flaws |= HUMMING;
    return flaws;
}
