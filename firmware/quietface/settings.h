#ifndef SETTINGS_H
#define SETTINGS_H

/* What a person can set on the board, and its image in the EEPROM. */

#include <stdbool.h>
#include <stdint.h>

#include "sampler.h"

#define SETTINGS_LEAST_GAIN 100UL /* hundredths */
#define SETTINGS_MOST_GAIN 5000000UL
#define SETTINGS_LEAST_VREF 1000u /* millivolts */
#define SETTINGS_MOST_VREF 5500u
#define SETTINGS_BOOT_RATE 250u
#define SETTINGS_PACKED_PACKETS 250u /* per second; 115200 baud carries 349 */

struct settings {
    uint32_t gain; /* hundredths, from the skin to the input */
    uint16_t vref; /* millivolts */
    uint16_t rate; /* samples per second and channel */
    bool packed;
    bool reference_pin; /* the ADC compares with AREF rather than with the supply */
    uint8_t frontend;
    uint8_t channels;
    uint8_t order[SAMPLER_SLOTS]; /* analogue inputs; the first `channels` are sent */
};

/* The EEPROM from its first byte on:
 *   0-1   'Q' 'F'
 *   2     layout version
 *   3     bit 0 packed, bit 1 reference pin
 *   4     channels
 *   5     front-end
 *   6-9   gain, little-endian
 *   10-11 vref
 *   12-13 rate
 *   14-21 order
 *   22-23 CRC-16/CCITT of bytes 0 to 21 */
#define SETTINGS_IMAGE_BYTES 24u
#define SETTINGS_LAYOUT 1u

enum settings_origin { SETTINGS_FACTORY, SETTINGS_KEPT, SETTINGS_DAMAGED };

void settings_factory(struct settings *settings, uint8_t channels);
void settings_encode(const struct settings *settings, uint8_t image[SETTINGS_IMAGE_BYTES]);
/* Read an image; what cannot be read (or was never written) gives the factory's settings. */
enum settings_origin settings_decode(struct settings *settings,
                                     const uint8_t image[SETTINGS_IMAGE_BYTES], uint8_t inputs,
                                     bool usb);

/* Highest rate of this link for so many channels. */
uint16_t settings_best_rate(uint8_t channels, bool packed, bool usb);
/* Whether the link carries it, and the sampler can make it. */
bool settings_rate_fits(uint16_t rate, uint8_t channels, bool packed, bool usb);
/* Samples of each channel in one packet. */
uint8_t settings_samples_per_packet(const struct settings *settings);
/* Take the order from digits, the inputs left out following; false where it makes no order. */
bool settings_set_order(struct settings *settings, const char *digits, uint8_t count);

#endif
