/* Mains out, gaps bridged, garbled samples left out: one row behind, for it takes the next one to
 * know a garbled one. */
#include "conditioner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct Conditioner {
    int64_t channels;
    ConditioningLimits limits;
    Sections mains, band;
    Memory memory; /* of all that follows */
    int64_t *waiting; /* whether a row waits for its successor */
    Channel *each;
    /* States of the mains removal: before the waiting row, behind it, and one row later. */
    double *before, *now, *next;
    double *band_state;
    double *ahead; /* the newest row, free of mains as far as is known */
    double *raw, *clean; /* the row that is being settled */
    uint8_t *flaws, *fresh_flaws;
};

static Sections keep_sections(Memory *memory, const SectionsDesign *design) {
    const double *sections = memory_keep(memory, design->sections, 6 * design->count, 8);
    const double *step = memory_keep(memory, design->step, 2 * design->count, 8);
    return (Sections){sections, step, design->count};
}

static void lay_out(Conditioner *self, const SectionsDesign *mains, const SectionsDesign *band) {
    Memory *memory = &self->memory;
    const int64_t channels = self->channels, states = 2 * mains->count * channels;
    self->mains = keep_sections(memory, mains);
    self->band = keep_sections(memory, band);
    self->waiting = memory_take(memory, 1, sizeof *self->waiting);
    self->each = memory_take(memory, channels, sizeof *self->each);
    self->before = memory_take(memory, states, sizeof(double));
    self->now = memory_take(memory, states, sizeof(double));
    self->next = memory_take(memory, states, sizeof(double));
    self->band_state = memory_take(memory, 2 * band->count * channels, sizeof(double));
    self->ahead = memory_take(memory, channels, sizeof(double));
    self->raw = memory_take(memory, channels, sizeof(double));
    self->clean = memory_take(memory, channels, sizeof(double));
    self->flaws = memory_take(memory, channels, 1);
    self->fresh_flaws = memory_take(memory, channels, 1);
}

static void begin_channel(Channel *self, const ConditioningLimits *limits) {
    self->last_raw = NAN;
    self->unsound = 1;
    self->since_unsound = limits->settle;
    self->since_loud = limits->artefact_hold;
    self->since_hum = limits->hum_hold;
    self->usual_hum_uv = INFINITY;
    self->hum_limit_uv = limits->hum_ceiling_uv;
}

Conditioner *conditioner_new(
    int64_t channels, const ConditioningLimits *limits, const SectionsDesign *mains,
    const SectionsDesign *band) {
    Conditioner *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->channels = channels;
    self->limits = *limits;
    lay_out(self, mains, band);
    if (!memory_get(&self->memory)) {
        conditioner_free(self);
        return NULL;
    }
    lay_out(self, mains, band);
    for (int64_t c = 0; c < channels; c++) begin_channel(self->each + c, limits);
    return self;
}

void conditioner_free(Conditioner *self) {
    if (!self) return;
    free(self->memory.base);
    free(self);
}

int64_t conditioner_memory(Conditioner *self, char **base) {
    *base = self->memory.base;
    return (int64_t)self->memory.used;
}

/* Take `raw`, `clean` and `flaws` as settled: band-pass them and mark what cannot be believed. */
static void settle(Conditioner *self, int64_t index, const ConditionedRows *out, int64_t row) {
    const int64_t channels = self->channels;
    double *const data = out->data + row * channels, *const hum = out->hum + row * channels;
    uint8_t *const flaws = out->flaws + row * channels;
    memcpy(data, self->clean, (size_t)channels * sizeof(double));
    sections_run(&self->band, self->band_state, data, channels);
    for (int64_t c = 0; c < channels; c++) {
        Channel *of = self->each + c;
        history_follow(&of->history, self->clean[c]);
        of->age++;
        hum[c] = self->raw[c] - self->clean[c];
        flaws[c] = doubted(&self->limits, of, data[c], hum[c], self->flaws[c], index);
    }
}

/* Put in place of a sample what makes the next one free of mains equal to the last; `state` is
 * that before the sample, and then that behind it. */
static void guess(Conditioner *self, double *state, int64_t c) {
    const double last = history_last(&self->each[c].history);
    self->raw[c] = sections_expected(&self->mains, state, last, self->channels, c);
    self->clean[c] = sections_run_one(&self->mains, state, self->raw[c], self->channels, c);
    self->flaws[c] |= LOST;
}

static void copy_state(const Conditioner *self, const double *from, double *to, int64_t c) {
    for (int64_t s = 0; s < 2 * self->mains.count; s++)
        to[s * self->channels + c] = from[s * self->channels + c];
}

/* Filter the newest sample of one channel once more: what came before it has changed. */
static void look_again(Conditioner *self, double raw, int64_t c) {
    copy_state(self, self->now, self->next, c);
    self->ahead[c] = sections_run_one(&self->mains, self->next, raw, self->channels, c);
}

/* Settle the row that waits, now that its successor is known, or that there is none: NULL. */
static void settle_waiting(
    Conditioner *self, const double *newest, int64_t index, const ConditionedRows *out,
    int64_t row) {
    for (int64_t c = 0; c < self->channels; c++) {
        Channel *of = self->each + c;
        const double *after = newest ? self->ahead + c : NULL;
        self->raw[c] = of->waiting_raw;
        self->clean[c] = of->waiting_clean;
        self->flaws[c] = of->waiting_flaws;
        of->unsound = (of->waiting_flaws & UNSOUND) != 0;
        const int judged = !of->waiting_flaws && of->age >= HISTORY;
        if (judged && garbled(&self->limits, &of->history, of->waiting_clean, after)) {
            copy_state(self, self->before, self->now, c);
            guess(self, self->now, c);
            if (newest) look_again(self, newest[c], c);
        }
    }
    settle(self, index, out, row);
}

/* Begin anew where a channel has just become sound. */
static void start_sound(Conditioner *self, const double *newest) {
    for (int64_t c = 0; c < self->channels; c++) {
        Channel *of = self->each + c;
        if (!of->unsound || (self->fresh_flaws[c] & UNSOUND)) continue;
        sections_start(&self->mains, self->now, newest[c], self->channels, c);
        sections_start(&self->band, self->band_state, newest[c], self->channels, c);
        history_start(&of->history, newest[c]);
        of->age = 0;
        look_again(self, newest[c], c);
    }
}

/* Make the newest row the one that waits. */
static void wait_with(Conditioner *self, const double *newest) {
    for (int64_t c = 0; c < self->channels; c++) {
        self->each[c].waiting_raw = newest[c];
        self->each[c].waiting_clean = self->ahead[c];
        self->each[c].waiting_flaws = self->fresh_flaws[c];
    }
    const size_t bytes = 2 * (size_t)(self->mains.count * self->channels) * sizeof(double);
    memcpy(self->before, self->now, bytes);
    memcpy(self->now, self->next, bytes);
    *self->waiting = 1;
}

int64_t conditioner_push(
    Conditioner *self, const double *raw, int64_t rows, int64_t first, const ConditionedRows *out) {
    const size_t row_bytes = (size_t)self->channels * sizeof(double);
    int64_t done = 0;
    for (int64_t row = 0; row < rows; row++, raw += self->channels) {
        for (int64_t c = 0; c < self->channels; c++)
            self->fresh_flaws[c] = screened(&self->limits, self->each + c, raw[c]);
        memcpy(self->next, self->now, 2 * (size_t)self->mains.count * row_bytes);
        memcpy(self->ahead, raw, row_bytes);
        sections_run(&self->mains, self->next, self->ahead, self->channels);
        if (*self->waiting) {
            settle_waiting(self, raw, first + done, out, done);
            done++;
        }
        start_sound(self, raw);
        wait_with(self, raw);
    }
    return done;
}

int64_t conditioner_close(Conditioner *self, int64_t first, const ConditionedRows *out) {
    if (!*self->waiting) return 0;
    settle_waiting(self, NULL, first, out, 0);
    *self->waiting = 0;
    return 1;
}

int64_t conditioner_bridge(
    Conditioner *self, int64_t rows, int64_t first, const ConditionedRows *out) {
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t c = 0; c < self->channels; c++) {
            self->flaws[c] = 0;
            guess(self, self->now, c);
        }
        settle(self, first + row, out, row);
    }
    return rows;
}

void conditioner_break(Conditioner *self) {
    for (int64_t c = 0; c < self->channels; c++) self->each[c].unsound = 1;
}
