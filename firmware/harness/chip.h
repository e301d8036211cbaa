#ifndef CHIP_H
#define CHIP_H

/* An emulated AVR that runs the firmware's ELF, with its inputs and its port. */

#include <stdbool.h>
#include <stdint.h>

#include "inputs.h"
#include "port.h"

#include <sim_avr.h>
#include <avr_uart.h>

#define CHIP_HZ 16000000u
#define PACKET_BYTES 33u

struct chip {
    avr_t *avr;
    struct inputs *inputs;
    struct port *port;
    avr_uart_t *uart;
    avr_cycle_count_t byte_cycles;  /* of the UART's line, as the firmware has set it */
    avr_cycle_count_t starved_until;
    avr_cycle_count_t next_command; /* when the line can bring the chip its next byte */
    uint8_t commands[4096];         /* on their way to the chip */
    unsigned commands_at, commands_end;
    uint8_t answers[4096]; /* on their way to the program */
    unsigned answered;
    uint8_t packet[PACKET_BYTES]; /* the one that is being sent */
    unsigned packet_bytes;
    uint32_t counter; /* of the newest packet that was sent */
    uint64_t sent;    /* bytes by the chip */
};

/* Load the ELF; false where it cannot be run. */
bool chip_load(struct chip *chip, const char *mcu, const char *elf, struct inputs *inputs,
               struct port *port);
/* Run until that cycle, and exchange bytes with the port; false when the program has crashed. */
bool chip_run(struct chip *chip, avr_cycle_count_t until);
/* Share of all cycles so far in which the core did not sleep. */
double chip_awake(const struct chip *chip);
/* Press the reset button. */
void chip_reset(struct chip *chip);
/* Let the line take next to no bytes for so long, as when a cable's other end is busy. */
void chip_starve(struct chip *chip, double seconds);
/* Stop the timer, so that the firmware gets no samples: the watchdog must notice. */
void chip_hang(struct chip *chip);

#endif
