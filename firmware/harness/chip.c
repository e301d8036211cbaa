/* An emulated AVR: simavr's chip, with voltages, a line and faults. */

#include "chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <avr_adc.h>
#include <sim_elf.h>
#include <sim_time.h>

#define SUPPLY_MV 5000
#define STARVED_BYTE_CYCLES (CHIP_HZ / 50u) /* a byte in 20 ms is as good as none */
#define TIMSK1_ADDRESS 0x6F /* the same on ATmega328P and ATmega2560 */

/* The ADC has begun a conversion: put the voltage of this moment on its input. */
static void chip_converts(struct avr_irq_t *irq, uint32_t value, void *parameter)
{
    (void)irq;
    struct chip *chip = parameter;
    union {
        avr_adc_mux_t mux;
        uint32_t value;
    } asked = {.value = value};
    if (asked.mux.kind != ADC_MUX_SINGLE || asked.mux.src >= INPUTS) {
        return;
    }
    double seconds = (double)chip->avr->cycle / CHIP_HZ;
    avr_raise_irq(avr_io_getirq(chip->avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0 + asked.mux.src),
                  inputs_at(chip->inputs, asked.mux.src, seconds));
}

/* Know which samples are on their way. What looked like a packet and does not end as one is searched
 * for the next that may begin there: `v` stops in the midst of one. */
static void chip_notes_packet(struct chip *chip, uint8_t byte)
{
    uint8_t *packet = chip->packet;
    packet[chip->packet_bytes++] = byte;
    if (chip->packet_bytes == PACKET_BYTES && packet[0] == 0xA0u && byte == 0xC5u) {
        chip->counter = (uint32_t)packet[26] << 24 | (uint32_t)packet[27] << 16 |
                        (uint32_t)packet[28] << 8 | packet[29];
        chip->packet_bytes = 0;
    } else if (chip->packet_bytes == PACKET_BYTES || packet[0] != 0xA0u) {
        unsigned next = 1;
        while (next < chip->packet_bytes && packet[next] != 0xA0u) {
            next++;
        }
        chip->packet_bytes -= next;
        memmove(packet, packet + next, chip->packet_bytes);
    }
}

static void chip_sends(struct avr_irq_t *irq, uint32_t value, void *parameter)
{
    (void)irq;
    struct chip *chip = parameter;
    chip->sent++;
    chip_notes_packet(chip, (uint8_t)value);
    if (chip->answered < sizeof chip->answers) {
        chip->answers[chip->answered++] = (uint8_t)value;
    }
}

static avr_cycle_count_t slept;

/* Real time is kept by the main loop, not by naps whenever the chip sleeps. */
static void chip_sleeps(avr_t *avr, avr_cycle_count_t how_long)
{
    (void)avr;
    slept += how_long;
}

/* Nothing of the emulator's own may come between the answers; only errors are of interest. */
static void chip_log(avr_t *avr, const int level, const char *format, va_list arguments)
{
    (void)avr;
    if (level <= LOG_ERROR) {
        vfprintf(stderr, format, arguments);
    }
}

static avr_uart_t *chip_find_uart(avr_t *avr)
{
    for (avr_io_t *io = avr->io_port; io != NULL; io = io->next) {
        if (strcmp(io->kind, "uart") == 0 && ((avr_uart_t *)io)->name == '0') {
            return (avr_uart_t *)io;
        }
    }
    return NULL;
}

bool chip_load(struct chip *chip, const char *mcu, const char *elf, struct inputs *inputs,
               struct port *port)
{
    elf_firmware_t firmware;
    memset(&firmware, 0, sizeof firmware);
    memset(chip, 0, sizeof *chip);
    avr_global_logger_set(chip_log);
    chip->inputs = inputs;
    chip->port = port;
    chip->avr = avr_make_mcu_by_name(mcu);
    if (chip->avr == NULL || elf_read_firmware(elf, &firmware) != 0) {
        fprintf(stderr, "cannot run %s on %s\n", elf, mcu);
        return false;
    }
    avr_init(chip->avr);
    chip->avr->log = LOG_ERROR;
    firmware.frequency = CHIP_HZ;
    firmware.vcc = firmware.avcc = firmware.aref = SUPPLY_MV;
    avr_load_firmware(chip->avr, &firmware);
    chip->avr->sleep = chip_sleeps;
    chip->avr->run_cycle_limit = 400; /* instructions between looks at the timers: a half less work */
    chip->uart = chip_find_uart(chip->avr);
    uint32_t no_flags = 0;
    avr_ioctl(chip->avr, AVR_IOCTL_UART_SET_FLAGS('0'), &no_flags);
    avr_irq_register_notify(
        avr_io_getirq(chip->avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_OUT_TRIGGER), chip_converts, chip);
    avr_irq_register_notify(avr_io_getirq(chip->avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT),
                            chip_sends, chip);
    avr_regbit_set(chip->avr, chip->avr->reset_flags.porf);
    return chip->uart != NULL;
}

/* Bring the chip the next byte of a command, no faster than the line could. */
static void chip_bring(struct chip *chip)
{
    chip->next_command = chip->avr->cycle + CHIP_HZ / 11520u;
    if (chip->commands_at < chip->commands_end) {
        avr_raise_irq(avr_io_getirq(chip->avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT),
                      chip->commands[chip->commands_at++]);
    }
}

/* Exchange bytes with the program at the port. */
static void chip_exchange(struct chip *chip)
{
    port_write(chip->port, chip->answers, chip->answered);
    chip->answered = 0;
    if (chip->commands_at == chip->commands_end) {
        chip->commands_at = 0;
        chip->commands_end =
            (unsigned)port_read(chip->port, chip->commands, sizeof chip->commands);
    }
}

static void chip_feed_line(struct chip *chip)
{
    if (chip->starved_until > 0u && chip->avr->cycle >= chip->starved_until) {
        chip->uart->cycles_per_byte = chip->byte_cycles;
        chip->starved_until = 0;
    }
}

double chip_awake(const struct chip *chip)
{
    return 1.0 - (double)slept / (double)chip->avr->cycle;
}

bool chip_run(struct chip *chip, avr_cycle_count_t until)
{
    while (chip->avr->cycle < until) {
        int state = avr_run(chip->avr);
        if (state == cpu_Done || state == cpu_Crashed) {
            return false;
        }
        if (chip->avr->cycle >= chip->next_command) {
            chip_bring(chip);
            chip_feed_line(chip);
        }
    }
    chip_exchange(chip);
    return true;
}

void chip_reset(struct chip *chip)
{
    avr_reset(chip->avr);
    avr_regbit_set(chip->avr, chip->avr->reset_flags.extrf);
}

void chip_starve(struct chip *chip, double seconds)
{
    if (chip->starved_until == 0u) {
        chip->byte_cycles = chip->uart->cycles_per_byte;
    }
    chip->uart->cycles_per_byte = STARVED_BYTE_CYCLES;
    chip->starved_until = chip->avr->cycle + (avr_cycle_count_t)(seconds * CHIP_HZ);
}

void chip_hang(struct chip *chip)
{
    chip->avr->data[TIMSK1_ADDRESS] = 0;
}
