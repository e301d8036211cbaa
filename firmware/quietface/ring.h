#ifndef RING_H
#define RING_H

/* 256 bytes between an interrupt and the main loop: one side puts, the other takes.
 * Indices are one byte and wrap by themselves, so that neither side needs to lock. */

#include <stdbool.h>
#include <stdint.h>

#define RING_BYTES 256u

struct ring {
    volatile uint8_t head; /* written by the side that puts */
    volatile uint8_t tail; /* written by the side that takes */
    uint8_t bytes[RING_BYTES];
};

_Static_assert(RING_BYTES == 1u + UINT8_MAX, "indices wrap at the ring's end");

/* Bytes that still fit. One place stays free, to tell full from empty. */
static inline uint8_t ring_room(const struct ring *ring)
{
    return (uint8_t)(ring->tail - ring->head - 1u);
}

static inline uint8_t ring_count(const struct ring *ring)
{
    return (uint8_t)(ring->head - ring->tail);
}

/* Put one byte; a full ring drops it. */
static inline void ring_put(struct ring *ring, uint8_t byte)
{
    uint8_t head = ring->head;
    if ((uint8_t)(head + 1u) != ring->tail) {
        ring->bytes[head] = byte;
        ring->head = (uint8_t)(head + 1u);
    }
}

/* Take one byte of a ring that is not empty. */
static inline uint8_t ring_take(struct ring *ring)
{
    uint8_t tail = ring->tail;
    uint8_t byte = ring->bytes[tail];
    ring->tail = (uint8_t)(tail + 1u);
    return byte;
}

/* Put all of them or none. */
bool ring_put_all(struct ring *ring, const uint8_t *bytes, uint8_t count);

#endif
