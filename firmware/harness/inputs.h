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
    int frames; /* descriptor of the frames' file or pipe, -1 without one */
    bool waited_for; /* a pipe: whoever writes into it may be late */
    double frame_rate_hz;
    uint16_t frame[INPUTS];
    uint64_t frame_number;
    uint8_t partial[2 * INPUTS]; /* of a frame that has come in part */
    unsigned partial_bytes;
    uint64_t frames_came;   /* how many were there when they were due */
    uint64_t frames_missed; /* and how many were not, since the first came */
};

/* All at half the supply. */
void inputs_init(struct inputs *inputs);
/* Take frames (8 little-endian 16-bit millivolts) from a file or pipe, so many per second. */
bool inputs_frames(struct inputs *inputs, const char *path, double rate_hz);
/* Whether all frames up to this moment are there, or will never come: else the chip has to wait. */
bool inputs_ready(const struct inputs *inputs, double seconds);
/* Millivolts of one input. Time never goes back. */
uint32_t inputs_at(struct inputs *inputs, unsigned input, double seconds);

#endif
