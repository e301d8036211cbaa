#ifndef HAL_H
#define HAL_H

/* What the firmware asks of its chip. Registers are in hal_avr.c only; tests link hal_fake.c. */

#include <stdbool.h>
#include <stdint.h>

#include "ring.h"
#include "sampler.h"

#ifdef __AVR__
#include <avr/pgmspace.h>
#define HAL_TEXT(literal) PSTR(literal) /* text that stays in flash */
#define HAL_TEXT_CHARACTER(pointer) ((char)pgm_read_byte(pointer))
#else
#define HAL_TEXT(literal) (literal)
#define HAL_TEXT_CHARACTER(pointer) (*(pointer))
#endif

enum hal_boot {
    HAL_BOOT_UNKNOWN, /* a bootloader kept it to itself */
    HAL_BOOT_POWER,
    HAL_BOOT_BUTTON, /* or the port was opened */
    HAL_BOOT_BROWNOUT,
    HAL_BOOT_WATCHDOG
};

struct hal_board {
    char name[12];
    uint8_t inputs; /* analogue inputs that are led out */
    bool usb;       /* native USB: no baud rate */
};

/* Set the chip up. The rings are shared with its interrupts from then on. */
void hal_init(struct ring *received, struct ring *to_send);
const struct hal_board *hal_board(void);
enum hal_boot hal_boot(void);

/* Convert the inputs in this order, SAMPLER_CONVERSIONS_HZ in all, until stopped. */
void hal_sampling_start(struct sampler *sampler, const uint8_t inputs[SAMPLER_SLOTS],
                        bool reference_pin);
void hal_sampling_stop(void);

/* See to it that what is in `to_send` goes out. Never waits. */
void hal_link_step(void);

void hal_eeprom_read(uint8_t *bytes, uint8_t count);
/* Begin to write one byte; false while the one before is still being written. */
bool hal_eeprom_write(uint8_t address, uint8_t byte);

void hal_watchdog_feed(void);
/* Wait for news, a millisecond at most, with the clock of the core switched off. */
void hal_sleep(void);

#endif
