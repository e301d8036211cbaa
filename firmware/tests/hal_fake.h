#ifndef HAL_FAKE_H
#define HAL_FAKE_H

/* A chip that exists in memory only. */

#include "hal.h"

struct hal_fake {
    struct hal_board board;
    enum hal_boot boot;
    uint8_t eeprom[64];
    bool eeprom_broken; /* writes are lost */
    bool eeprom_slow;   /* every other write is refused: the one before is not done */
    unsigned eeprom_writes;
    unsigned fed; /* how often the watchdog was fed */
    struct ring *received, *to_send;
    struct sampler *sampler; /* NULL while nothing is sampled */
    uint8_t inputs[SAMPLER_SLOTS];
    bool reference_pin;
    uint8_t slot; /* the one being converted */
};

extern struct hal_fake hal_fake;

/* A nano with an EEPROM that was never written. */
void hal_fake_reset(void);
/* One conversion is done; it gave this. */
void hal_fake_convert(uint16_t conversion);

#endif
