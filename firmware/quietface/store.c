/* Writes settings to the EEPROM. */

#include "store.h"

#include <string.h>

#include "hal.h"

void store_settings(struct store *store, const struct settings *settings)
{
    settings_encode(settings, store->image);
    store->remaining = SETTINGS_IMAGE_BYTES;
}

void store_nothing(struct store *store)
{
    memset(store->image, 0xFF, sizeof store->image);
    store->remaining = SETTINGS_IMAGE_BYTES;
}

bool store_busy(const struct store *store)
{
    return store->remaining > 0u;
}

bool store_step(struct store *store)
{
    uint8_t address = (uint8_t)(SETTINGS_IMAGE_BYTES - store->remaining);
    if (hal_eeprom_write(address, store->image[address])) {
        store->remaining--;
    }
    return store->remaining == 0u;
}

bool store_verified(const struct store *store)
{
    uint8_t image[SETTINGS_IMAGE_BYTES];
    hal_eeprom_read(image, SETTINGS_IMAGE_BYTES);
    return memcmp(image, store->image, SETTINGS_IMAGE_BYTES) == 0;
}
