/* The chip's part in tests on this computer. */

#include "hal_fake.h"

#include <string.h>

struct hal_fake hal_fake;

void hal_fake_reset(void)
{
    memset(&hal_fake, 0, sizeof hal_fake);
    memset(hal_fake.eeprom, 0xFF, sizeof hal_fake.eeprom);
    strcpy(hal_fake.board.name, "nano");
    hal_fake.board.inputs = 8;
    hal_fake.boot = HAL_BOOT_POWER;
}

void hal_fake_convert(uint16_t conversion)
{
    if (hal_fake.sampler != NULL) {
        hal_fake.slot = sampler_store(hal_fake.sampler, conversion);
    }
}

void hal_init(struct ring *received, struct ring *to_send)
{
    hal_fake.received = received;
    hal_fake.to_send = to_send;
}

const struct hal_board *hal_board(void)
{
    return &hal_fake.board;
}

enum hal_boot hal_boot(void)
{
    return hal_fake.boot;
}

void hal_sampling_start(struct sampler *sampler, const uint8_t inputs[SAMPLER_SLOTS],
                        bool reference_pin)
{
    hal_fake.sampler = sampler;
    memcpy(hal_fake.inputs, inputs, SAMPLER_SLOTS);
    hal_fake.reference_pin = reference_pin;
    hal_fake.slot = 0;
}

void hal_sampling_stop(void)
{
    hal_fake.sampler = NULL;
}

void hal_link_step(void)
{
}

void hal_eeprom_read(uint8_t *bytes, uint8_t count)
{
    memcpy(bytes, hal_fake.eeprom, count);
}

bool hal_eeprom_write(uint8_t address, uint8_t byte)
{
    hal_fake.eeprom_writes++;
    if (hal_fake.eeprom_slow && hal_fake.eeprom_writes % 2u == 1u) {
        return false;
    }
    if (!hal_fake.eeprom_broken) {
        hal_fake.eeprom[address] = byte;
    }
    return true;
}

void hal_watchdog_feed(void)
{
    hal_fake.fed++;
}

void hal_sleep(void)
{
}
