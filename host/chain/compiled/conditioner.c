/* Mains out, gaps bridged, garbled samples left out: one row behind, for it takes the next one to
 * know a garbled one. */
#include "conditioner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct Conditioner {
    int64_t channels;
    int waiting; /* whether a row waits for its successor */
    ConditioningLimits limits;
    Sections mains, band;
    Channel *each;
    /* States of the mains removal: before the waiting row, behind it, and one row later. */
    double *before, *now, *next;
    double *band_state;
    double *ahead; /* the newest row, free of mains as far as is known */
    double *raw, *clean; /* the row that is being settled */
    uint8_t *flaws, *fresh_flaws;
};

static int sections_new(Sections *self, const SectionsDesign *design) {
    const size_t count = (size_t)design->count;
    self->count = design->count;
    self->sections = malloc(count * 6 * sizeof(double));
    self->step = malloc(count * 2 * sizeof(double));
    if (!self->sections || !self->step) return 0;
    memcpy(self->sections, design->sections, count * 6 * sizeof(double));
    memcpy(self->step, design->step, count * 2 * sizeof(double));
    return 1;
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

static double *state_of(const Sections *sections, int64_t channels) {
    return calloc((size_t)(2 * sections->count * channels), sizeof(double));
}

static double *row_of(int64_t channels) { return calloc((size_t)channels, sizeof(double)); }

Conditioner *conditioner_new(
    int64_t channels, const ConditioningLimits *limits, const SectionsDesign *mains,
    const SectionsDesign *band) {
    Conditioner *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->channels = channels;
    self->limits = *limits;
    int made = sections_new(&self->mains, mains);
    made = sections_new(&self->band, band) && made;
    made = (self->each = calloc((size_t)channels, sizeof *self->each)) && made;
    made = (self->before = state_of(&self->mains, channels)) && made;
    made = (self->now = state_of(&self->mains, channels)) && made;
    made = (self->next = state_of(&self->mains, channels)) && made;
    made = (self->band_state = state_of(&self->band, channels)) && made;
    made = (self->ahead = row_of(channels)) && made;
    made = (self->raw = row_of(channels)) && made;
    made = (self->clean = row_of(channels)) && made;
    made = (self->flaws = calloc((size_t)channels, 1)) && made;
    made = (self->fresh_flaws = calloc((size_t)channels, 1)) && made;
    if (!made) {
        conditioner_free(self);
        return NULL;
    }
    for (int64_t c = 0; c < channels; c++) begin_channel(self->each + c, limits);
    return self;
}

void conditioner_free(Conditioner *self) {
    if (!self) return;
    void *const all[] = {
        self->mains.sections, self->mains.step, self->band.sections, self->band.step,
        self->each, self->before, self->now, self->next, self->band_state, self->ahead,
        self->raw, self->clean, self->flaws, self->fresh_flaws};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) free(all[k]);
    free(self);
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
    double *const free_one = self->before;
    self->before = self->now;
    self->now = self->next;
    self->next = free_one;
    self->waiting = 1;
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
        if (self->waiting) {
            settle_waiting(self, raw, first + done, out, done);
            done++;
        }
        start_sound(self, raw);
        wait_with(self, raw);
    }
    return done;
}

int64_t conditioner_close(Conditioner *self, int64_t first, const ConditionedRows *out) {
    if (!self->waiting) return 0;
    settle_waiting(self, NULL, first, out, 0);
    self->waiting = 0;
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
