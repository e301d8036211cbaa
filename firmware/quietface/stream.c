/* From samples to packets. */

#include "stream.h"

#include <string.h>

void stream_defaults(struct stream *stream, const struct settings *settings, uint16_t flags)
{
    stream->running = false;
    stream->flags = flags;
    stream->powered = 0xFFu;
    memset(stream->host_gains, SCALE_FULL_GAIN, sizeof stream->host_gains);
    memset(&stream->test, 0, sizeof stream->test);
    stream_rescale(stream, settings);
}

static void stream_rescale_test(struct stream *stream, const struct settings *settings)
{
    stream->test_reading =
        scale_reading(stream->test.microvolts, settings->vref, settings->gain);
}

void stream_rescale(struct stream *stream, const struct settings *settings)
{
    for (uint8_t i = 0; i < PACKET_SLOTS; i++) {
        stream_host_gain(stream, i, stream->host_gains[i], settings);
    }
    stream_rescale_test(stream, settings);
}

void stream_host_gain(struct stream *stream, uint8_t channel, uint8_t gain,
                      const struct settings *settings)
{
    stream->host_gains[channel] = gain;
    stream->scales[channel] = scale_make(settings->vref, settings->gain, gain);
}

bool stream_test(struct stream *stream, char command, const struct settings *settings)
{
    if (!testsignal_choose(&stream->test, command)) {
        return false;
    }
    stream_rescale_test(stream, settings);
    return true;
}

void stream_power(struct stream *stream, uint8_t channel, bool on)
{
    uint8_t bit = (uint8_t)(1u << channel);
    stream->powered = (uint8_t)(on ? stream->powered | bit : stream->powered & ~bit);
}

static void stream_empty(struct stream *stream)
{
    memset(stream->packet.slots, 0, sizeof stream->packet.slots);
    stream->filled = 0;
    stream->whole = true;
}

void stream_begin(struct stream *stream, const struct settings *settings)
{
    stream->rate = settings->rate;
    stream->channels = settings->channels;
    stream->packed = settings->packed;
    stream->samples_per_packet = settings_samples_per_packet(settings);
    stream->dropped = 0;
    stream->counter = 0;
    stream->packet.sequence = 0;
    stream_empty(stream);
    stream->running = true;
}

/* Put one sample of a channel where it belongs in the packet. */
static void stream_place(struct stream *stream, uint8_t channel, int16_t reading)
{
    int32_t *slots = stream->packet.slots;
    if (!stream->packed) {
        slots[channel] = scale_int24(stream->scales[channel], reading);
        return;
    }
    uint8_t slot = (uint8_t)(channel * (stream->samples_per_packet / 2u) + stream->filled / 2u);
    int16_t value = scale_int12(reading);
    slots[slot] |= stream->filled % 2u == 0u ? packet_pair(value, 0) : packet_pair(0, value);
}

static int16_t stream_test_now(const struct stream *stream)
{
    bool upper = testsignal_upper(&stream->test, stream->counter, stream->rate);
    return (int16_t)(upper ? stream->test_reading : -stream->test_reading);
}

static void stream_fill(struct stream *stream, const int16_t readings[PACKET_SLOTS])
{
    int16_t test = stream_test_now(stream);
    for (uint8_t i = 0; i < stream->channels; i++) {
        if (stream->powered & (1u << i)) {
            stream_place(stream, i, stream->test.on ? test : readings[i]);
        }
    }
}

static uint16_t stream_status(const struct stream *stream)
{
    uint16_t flags = stream->flags;
    flags |= stream->packed ? PACKET_PACKED : 0u;
    flags |= stream->test.on ? PACKET_TEST : 0u;
    return (uint16_t)(flags | stream->dropped);
}

/* Count a sample, and send the packet that it completes. */
static void stream_advance(struct stream *stream, struct ring *ring)
{
    stream->counter++;
    stream->filled++;
    if (stream->filled < stream->samples_per_packet) {
        return;
    }
    bool sent = false;
    if (stream->whole && ring_room(ring) >= PACKET_BYTES) {
        uint8_t bytes[PACKET_BYTES];
        stream->packet.counter = stream->counter - stream->samples_per_packet;
        stream->packet.status = stream_status(stream);
        packet_encode(&stream->packet, bytes);
        sent = ring_put_all(ring, bytes, PACKET_BYTES);
    }
    if (!sent && stream->dropped < PACKET_MOST_DROPPED) {
        stream->dropped++;
    }
    stream->packet.sequence++;
    stream_empty(stream);
}

void stream_push(struct stream *stream, const int16_t readings[PACKET_SLOTS], struct ring *ring)
{
    stream_fill(stream, readings);
    stream_advance(stream, ring);
}

void stream_miss(struct stream *stream, struct ring *ring)
{
    stream->whole = false;
    stream_advance(stream, ring);
}
