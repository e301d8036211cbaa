/* Second-order sections, row by row. */
#include "conditioner.h"

void sections_run(const Sections *self, double *state, double *row, int64_t channels) {
    const double *b = self->sections;
    for (int64_t s = 0; s < self->count; s++, b += 6, state += 2 * channels) {
        double *const one = state, *const two = state + channels;
        for (int64_t c = 0; c < channels; c++) {
            const double in = row[c], out = b[0] * in + one[c];
            one[c] = b[1] * in - b[4] * out + two[c];
            two[c] = b[2] * in - b[5] * out;
            row[c] = out;
        }
    }
}

double sections_run_one(
    const Sections *self, double *state, double sample, int64_t channels, int64_t channel) {
    const double *b = self->sections;
    for (int64_t s = 0; s < self->count; s++, b += 6, state += 2 * channels) {
        double *const one = state + channel, *const two = one + channels;
        const double out = b[0] * sample + *one;
        *one = b[1] * sample - b[4] * out + *two;
        *two = b[2] * sample - b[5] * out;
        sample = out;
    }
    return sample;
}

/* Each section is y = b0 x + z0: the cascade is turned around from its last one to its first. */
double sections_expected(
    const Sections *self, const double *state, double output, int64_t channels, int64_t channel) {
    for (int64_t s = self->count - 1; s >= 0; s--)
        output = (output - state[2 * s * channels + channel]) / self->sections[6 * s];
    return output;
}

void sections_start(
    const Sections *self, double *state, double sample, int64_t channels, int64_t channel) {
    for (int64_t s = 0; s < 2 * self->count; s++)
        state[s * channels + channel] = self->step[s] * sample;
}
