/* The 33 bytes of a packet. */

#include "packet.h"

static uint8_t *packet_put(uint8_t *at, uint32_t value, uint8_t bytes)
{
    while (bytes-- > 0u) {
        *at++ = (uint8_t)(value >> (8u * bytes));
    }
    return at;
}

void packet_encode(const struct packet *packet, uint8_t bytes[PACKET_BYTES])
{
    uint8_t *at = bytes;
    *at++ = PACKET_START;
    *at++ = packet->sequence;
    for (uint8_t i = 0; i < PACKET_SLOTS; i++) {
        at = packet_put(at, (uint32_t)packet->slots[i], 3);
    }
    at = packet_put(at, packet->counter, 4);
    at = packet_put(at, packet->status, 2);
    *at = PACKET_END;
}

int32_t packet_pair(int16_t earlier, int16_t later)
{
    return (int32_t)(((uint32_t)(earlier & 0xFFF) << 12) | (uint32_t)(later & 0xFFF));
}
