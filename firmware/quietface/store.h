#ifndef STORE_H
#define STORE_H

/* Writes settings to the EEPROM, one byte a step, because a byte takes 3.4 ms. */

#include <stdbool.h>
#include <stdint.h>

#include "settings.h"

struct store {
    uint8_t image[SETTINGS_IMAGE_BYTES];
    uint8_t remaining; /* bytes still to be written; 0 is idle */
};

void store_settings(struct store *store, const struct settings *settings);
/* Back to an EEPROM that was never written. */
void store_nothing(struct store *store);
bool store_busy(const struct store *store);
/* Go on; true once, when all is written. */
bool store_step(struct store *store);
/* Whether the EEPROM holds what was written. */
bool store_verified(const struct store *store);

#endif
