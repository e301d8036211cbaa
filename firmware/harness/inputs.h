#ifndef INPUTS_H
#define INPUTS_H

/* Millivolts at the analogue inputs, at any moment of the chip's time. */

#include <stdbool.h>
#include <stdint.h>

#define INPUTS 8

struct input {
    double centre_mv;
    double amplitude_mv;
    double hz;
    double swell_hz; /* 0: steady; else the amplitude swells and fades so often */
};

struct inputs {
    struct input each[INPUTS];
    int frames; /* descriptor of the frames' pipe, -1 without one */
    double frame_rate_hz;
    uint16_t frame[INPUTS];
    uint64_t frame_number;
    uint8_t partial[2 * INPUTS]; /* of a frame that has come in part */
    unsigned partial_bytes;
};

/* All at half the supply. */
void inputs_init(struct inputs *inputs);
/* Take frames (8 little-endian 16-bit millivolts) from a file or pipe, so many per second. */
bool inputs_frames(struct inputs *inputs, const char *path, double rate_hz);
/* Millivolts of one input. Time never goes back. */
uint32_t inputs_at(struct inputs *inputs, unsigned input, double seconds);

#endif
