#ifndef STREAM_H
#define STREAM_H

/* From samples to packets: what is in the slots, what is counted, what is dropped whole. */

#include <stdbool.h>
#include <stdint.h>

#include "packet.h"
#include "ring.h"
#include "sampler.h"
#include "scale.h"
#include "settings.h"
#include "testsignal.h"

_Static_assert(PACKET_SLOTS == SAMPLER_SLOTS, "each slot has an input");

struct stream {
    bool running;
    /* Shape of the stream, fixed from `b` to `s`. */
    uint16_t rate;
    uint8_t channels;
    bool packed;
    uint8_t samples_per_packet;
    /* What may change at any sample. */
    uint8_t powered; /* one bit for each channel */
    uint8_t host_gains[PACKET_SLOTS];
    struct scale scales[PACKET_SLOTS];
    struct testsignal test;
    int16_t test_reading; /* of the upper half of the test signal */
    /* Where it is. */
    uint16_t flags; /* of how the chip started */
    uint16_t dropped;
    uint32_t counter; /* of the next sample */
    uint8_t filled;   /* samples in the packet at work */
    bool whole;       /* none of them was missed */
    struct packet packet;
};

/* All channels on, gain 24, the inputs rather than a test signal. */
void stream_defaults(struct stream *stream, const struct settings *settings, uint16_t flags);
/* Take over a changed gain or reference. */
void stream_rescale(struct stream *stream, const struct settings *settings);
void stream_power(struct stream *stream, uint8_t channel, bool on);
/* The gain that the host will divide by. Takes less than half a millisecond. */
void stream_host_gain(struct stream *stream, uint8_t channel, uint8_t gain,
                      const struct settings *settings);
/* Replace the inputs by a test signal; false where the character names none. */
bool stream_test(struct stream *stream, char command, const struct settings *settings);
void stream_begin(struct stream *stream, const struct settings *settings);
/* One sample of all channels; a packet that is complete goes into the ring or is dropped. */
void stream_push(struct stream *stream, const int16_t readings[PACKET_SLOTS], struct ring *ring);
/* A sample that nobody took in time: its packet cannot be sent. */
void stream_miss(struct stream *stream, struct ring *ring);

#endif
