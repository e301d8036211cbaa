/* Constant, tone or a stream of frames. */

#include "inputs.h"

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUPPLY_MV 5000.0

void inputs_init(struct inputs *inputs)
{
    memset(inputs, 0, sizeof *inputs);
    inputs->frames = -1;
    for (unsigned i = 0; i < INPUTS; i++) {
        inputs->each[i].centre_mv = SUPPLY_MV / 2.0;
        inputs->frame[i] = (uint16_t)(SUPPLY_MV / 2.0);
    }
}

bool inputs_frames(struct inputs *inputs, const char *path, double rate_hz)
{
    inputs->frames = open(path, O_RDONLY | O_NONBLOCK);
    inputs->frame_rate_hz = rate_hz;
    struct stat kind;
    if (inputs->frames < 0 || fstat(inputs->frames, &kind) != 0) {
        return false;
    }
    inputs->waited_for = S_ISFIFO(kind.st_mode);
    return rate_hz > 0.0;
}

/* How many frames must have been taken at a moment. */
static uint64_t inputs_due(const struct inputs *inputs, double seconds)
{
    return (uint64_t)(seconds * inputs->frame_rate_hz) + 1u;
}

bool inputs_ready(const struct inputs *inputs, double seconds)
{
    uint64_t due = inputs_due(inputs, seconds);
    if (!inputs->waited_for || inputs->frames_came == 0u || due <= inputs->frame_number) {
        return true;
    }
    struct pollfd pipe = {.fd = inputs->frames, .events = POLLIN};
    int there = 0;
    if (poll(&pipe, 1, 0) < 0 || (pipe.revents & POLLHUP) || ioctl(pipe.fd, FIONREAD, &there) != 0) {
        return true;
    }
    return (uint64_t)there + inputs->partial_bytes >=
           (due - inputs->frame_number) * sizeof inputs->partial;
}

/* One more frame; the last one stays where none has come. */
static void inputs_next_frame(struct inputs *inputs)
{
    ssize_t got = read(inputs->frames, inputs->partial + inputs->partial_bytes,
                       sizeof inputs->partial - inputs->partial_bytes);
    inputs->partial_bytes += got > 0 ? (unsigned)got : 0u;
    if (inputs->partial_bytes == sizeof inputs->partial) {
        for (unsigned i = 0; i < INPUTS; i++) {
            inputs->frame[i] =
                (uint16_t)(inputs->partial[2 * i] | inputs->partial[2 * i + 1] << 8);
        }
        inputs->partial_bytes = 0;
        inputs->frames_came++;
    } else if (inputs->frames_came > 0u) {
        inputs->frames_missed++;
    }
}

static double inputs_tone(const struct input *input, double seconds)
{
    double swell = 0.5 - 0.5 * cos(2.0 * M_PI * input->swell_hz * seconds);
    double amplitude_mv = input->amplitude_mv * (input->swell_hz > 0.0 ? swell : 1.0);
    return input->centre_mv + amplitude_mv * sin(2.0 * M_PI * input->hz * seconds);
}

uint32_t inputs_at(struct inputs *inputs, unsigned input, double seconds)
{
    double mv;
    if (inputs->frames >= 0) {
        uint64_t due = inputs_due(inputs, seconds);
        while (inputs->frame_number < due) {
            inputs_next_frame(inputs);
            inputs->frame_number++;
        }
        mv = inputs->frame[input];
    } else {
        mv = inputs_tone(&inputs->each[input], seconds);
    }
    return (uint32_t)lround(fmin(fmax(mv, 0.0), SUPPLY_MV));
}
