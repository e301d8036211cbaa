#ifndef PACKET_H
#define PACKET_H

/* One packet as it goes over the wire (docs/protocol.md):
 *
 *   0      A0
 *   1      sequence
 *   2-25   8 slots of 24 bits, two's complement, big-endian
 *   26-29  counter: number of the packet's first sample, big-endian
 *   30-31  status: 4 flags and 12 bits of dropped packets, big-endian
 *   32     C5 */

#include <stdint.h>

#define PACKET_BYTES 33u
#define PACKET_SLOTS 8u
#define PACKET_START 0xA0u
#define PACKET_END 0xC5u
#define PACKET_MOST_DROPPED 0x0FFFu

enum packet_flag {
    PACKET_WATCHDOG = 0x8000,
    PACKET_PACKED = 0x4000,
    PACKET_TEST = 0x2000,
    PACKET_BROWNOUT = 0x1000
};

struct packet {
    int32_t slots[PACKET_SLOTS];
    uint32_t counter;
    uint16_t status;
    uint8_t sequence;
};

_Static_assert(1u + 1u + 3u * PACKET_SLOTS + 4u + 2u + 1u == PACKET_BYTES, "the table adds up");
_Static_assert(((PACKET_WATCHDOG | PACKET_PACKED | PACKET_TEST | PACKET_BROWNOUT) ^
                PACKET_MOST_DROPPED) == 0xFFFF,
               "flags and count share the status word");

void packet_encode(const struct packet *packet, uint8_t bytes[PACKET_BYTES]);
/* Two 12-bit samples as one slot, the earlier in the high half. */
int32_t packet_pair(int16_t earlier, int16_t later);

#endif
