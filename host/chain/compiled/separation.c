/* Sums over a few lags of some columns: what is calibrated, or learned, to leak. */
#include "chain.h"

#include <string.h>

enum { AT_ONCE = 16 }; /* channels */

/* Add up one row for some channels, each in the order of lags and columns. */
static void sum_up(
    const double *in, int64_t channels, const int64_t *columns, int64_t column_count,
    const double *weights, int64_t lags, int64_t step, double *sums, int64_t count) {
    memset(sums, 0, (size_t)count * sizeof *sums);
    for (int64_t k = 0; k < lags; k++)
        for (int64_t j = 0; j < column_count; j++, weights += channels) {
            const double one = in[k * step * channels + columns[j]];
            for (int64_t c = 0; c < count; c++) sums[c] += weights[c] * one;
        }
}

void mix(
    const double *in, int64_t channels, const int64_t *columns, int64_t column_count,
    const double *weights, int64_t lags, int64_t step, double *out, int64_t rows, int subtract) {
    double sums[AT_ONCE];
    for (int64_t t = 0; t < rows; t++, in += channels, out += channels)
        for (int64_t begin = 0; begin < channels; begin += AT_ONCE) {
            const int64_t left = channels - begin, count = left < AT_ONCE ? left : AT_ONCE;
            sum_up(in, channels, columns, column_count, weights + begin, lags, step, sums, count);
            for (int64_t c = 0; c < count; c++)
                out[begin + c] = subtract ? out[begin + c] - sums[c] : sums[c];
        }
}

/* Power of one column and all its lags, the mean over a hop. */
static double lagged_power(
    const double *in, int64_t channels, int64_t lags, int64_t step, int64_t hop) {
    double sum = 0.0;
    for (int64_t t = 0; t < hop; t++)
        for (int64_t k = 0; k < lags; k++) {
            const double one = in[(t + k * step) * channels];
            sum += one * one;
        }
    return sum / (double)hop;
}

void mix_powers(
    const double *in, int64_t channels, const int64_t *columns, int64_t column_count,
    const double *doubts, int64_t lags, int64_t step, double *out, int64_t hops, int64_t hop) {
    for (int64_t h = 0; h < hops; h++, in += hop * channels, out += channels) {
        for (int64_t c = 0; c < channels; c++) out[c] = 0.0;
        for (int64_t j = 0; j < column_count; j++) {
            const double power = lagged_power(in + columns[j], channels, lags, step, hop);
            for (int64_t c = 0; c < channels; c++) out[c] += doubts[j * channels + c] * power;
        }
    }
}
