/* Bytes between an interrupt and the main loop. */

#include "ring.h"

bool ring_put_all(struct ring *ring, const uint8_t *bytes, uint8_t count)
{
    if (ring_room(ring) < count) {
        return false;
    }
    uint8_t head = ring->head;
    for (uint8_t i = 0; i < count; i++) {
        ring->bytes[(uint8_t)(head + i)] = bytes[i];
    }
    ring->head = (uint8_t)(head + count); /* last: now the other side may take them */
    return true;
}
