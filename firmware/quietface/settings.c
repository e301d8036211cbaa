/* Settings: factory's values, rules, and the image that is kept. */

#include "settings.h"

#include <string.h>

enum { FLAG_PACKED = 1, FLAG_REFERENCE_PIN = 2 };

_Static_assert(14u + SAMPLER_SLOTS + 2u == SETTINGS_IMAGE_BYTES, "the checksum ends the image");

void settings_factory(struct settings *settings, uint8_t channels)
{
    settings->gain = 20000u; /* 200.00, a MyoWare 2.0's raw output */
    settings->vref = 5000u;
    settings->rate = SETTINGS_BOOT_RATE;
    settings->packed = false;
    settings->reference_pin = false;
    settings->frontend = 0;
    settings->channels = channels;
    for (uint8_t i = 0; i < SAMPLER_SLOTS; i++) {
        settings->order[i] = i;
    }
}

static uint16_t settings_crc(const uint8_t *bytes, uint8_t count)
{
    uint16_t crc = 0xFFFFu;
    for (uint8_t i = 0; i < count; i++) {
        crc ^= (uint16_t)((uint16_t)bytes[i] << 8);
        for (uint8_t bit = 0; bit < 8u; bit++) {
            uint16_t carry = (crc & 0x8000u) != 0u ? 0x1021u : 0u;
            crc = (uint16_t)((uint16_t)(crc << 1) ^ carry);
        }
    }
    return crc;
}

static void settings_put(uint8_t *bytes, uint32_t value, uint8_t count)
{
    for (uint8_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(value >> (8u * i));
    }
}

static uint32_t settings_get(const uint8_t *bytes, uint8_t count)
{
    uint32_t value = 0;
    for (uint8_t i = 0; i < count; i++) {
        value |= (uint32_t)bytes[i] << (8u * i);
    }
    return value;
}

void settings_encode(const struct settings *settings, uint8_t image[SETTINGS_IMAGE_BYTES])
{
    image[0] = 'Q';
    image[1] = 'F';
    image[2] = SETTINGS_LAYOUT;
    image[3] = (uint8_t)((settings->packed ? FLAG_PACKED : 0) |
                         (settings->reference_pin ? FLAG_REFERENCE_PIN : 0));
    image[4] = settings->channels;
    image[5] = settings->frontend;
    settings_put(image + 6, settings->gain, 4);
    settings_put(image + 10, settings->vref, 2);
    settings_put(image + 12, settings->rate, 2);
    memcpy(image + 14, settings->order, SAMPLER_SLOTS);
    settings_put(image + 22, settings_crc(image, 22), 2);
}

uint16_t settings_best_rate(uint8_t channels, bool packed, bool usb)
{
    if (packed) {
        return channels <= SAMPLER_SLOTS / 2u ? 1000u : 500u;
    }
    return usb ? 1000u : 250u;
}

bool settings_rate_fits(uint16_t rate, uint8_t channels, bool packed, bool usb)
{
    bool known = rate == 250u || rate == 500u || rate == 1000u;
    return known && rate <= settings_best_rate(channels, packed, usb) &&
           !(packed && rate == SETTINGS_PACKED_PACKETS);
}

uint8_t settings_samples_per_packet(const struct settings *settings)
{
    return settings->packed ? (uint8_t)(settings->rate / SETTINGS_PACKED_PACKETS) : 1u;
}

bool settings_set_order(struct settings *settings, const char *digits, uint8_t count)
{
    uint8_t order[SAMPLER_SLOTS];
    uint8_t used = 0; /* one bit for each input */
    if (count == 0 || count > SAMPLER_SLOTS) {
        return false;
    }
    for (uint8_t i = 0; i < count; i++) {
        uint8_t input = (uint8_t)(digits[i] - '0');
        if (input >= SAMPLER_SLOTS || (used & (1u << input))) {
            return false;
        }
        used |= (uint8_t)(1u << input);
        order[i] = input;
    }
    for (uint8_t input = 0; input < SAMPLER_SLOTS; input++) {
        if (!(used & (1u << input))) {
            order[count++] = input;
        }
    }
    memcpy(settings->order, order, SAMPLER_SLOTS);
    return true;
}

/* The checksum can be right and the values still those of another board or firmware. */
static bool settings_sound(const struct settings *settings, uint8_t inputs, bool usb)
{
    uint8_t used = 0;
    for (uint8_t i = 0; i < SAMPLER_SLOTS; i++) {
        if (settings->order[i] < SAMPLER_SLOTS) {
            used |= (uint8_t)(1u << settings->order[i]);
        }
    }
    return used == 0xFFu && settings->channels >= 1u && settings->channels <= inputs &&
           settings->gain >= SETTINGS_LEAST_GAIN && settings->gain <= SETTINGS_MOST_GAIN &&
           settings->vref >= SETTINGS_LEAST_VREF && settings->vref <= SETTINGS_MOST_VREF &&
           settings->frontend <= 9u &&
           settings_rate_fits(settings->rate, settings->channels, settings->packed, usb);
}

static bool settings_blank(const uint8_t image[SETTINGS_IMAGE_BYTES])
{
    for (uint8_t i = 0; i < SETTINGS_IMAGE_BYTES; i++) {
        if (image[i] != 0xFFu) {
            return false;
        }
    }
    return true;
}

enum settings_origin settings_decode(struct settings *settings,
                                     const uint8_t image[SETTINGS_IMAGE_BYTES], uint8_t inputs,
                                     bool usb)
{
    settings_factory(settings, inputs);
    if (settings_blank(image)) {
        return SETTINGS_FACTORY;
    }
    if (image[0] != 'Q' || image[1] != 'F' || image[2] != SETTINGS_LAYOUT ||
        settings_get(image + 22, 2) != settings_crc(image, 22)) {
        return SETTINGS_DAMAGED;
    }
    struct settings kept;
    kept.packed = (image[3] & FLAG_PACKED) != 0;
    kept.reference_pin = (image[3] & FLAG_REFERENCE_PIN) != 0;
    kept.channels = image[4];
    kept.frontend = image[5];
    kept.gain = settings_get(image + 6, 4);
    kept.vref = (uint16_t)settings_get(image + 10, 2);
    kept.rate = (uint16_t)settings_get(image + 12, 2);
    memcpy(kept.order, image + 14, SAMPLER_SLOTS);
    if (!settings_sound(&kept, inputs, usb)) {
        return SETTINGS_DAMAGED;
    }
    *settings = kept;
    return SETTINGS_KEPT;
}
