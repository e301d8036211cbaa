/* The only file with registers: ATmega328P, ATmega2560, ATmega32U4 at 16 MHz. */

#include "hal.h"

#ifdef __AVR__

#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "hal_usb.h"

#if F_CPU != 16000000UL
#error "the sampling and the baud rate are worked out for 16 MHz"
#endif
#define TIMER_TICKS (F_CPU / SAMPLER_CONVERSIONS_HZ)
_Static_assert(TIMER_TICKS * SAMPLER_CONVERSIONS_HZ == F_CPU, "the timer hits the rate exactly");
/* A conversion takes 13 cycles of the ADC's clock and up to one to begin. */
#define ADC_PRESCALER 32u
#define ADC_PRESCALER_BITS ((1 << ADPS2) | (1 << ADPS0))
_Static_assert(14u * ADC_PRESCALER < TIMER_TICKS, "a conversion ends before the next begins");

#if defined(__AVR_ATmega328P__)
#if defined(ARDUINO_AVR_NANO)
static const struct hal_board BOARD = {"nano", 8, false};
#else
static const struct hal_board BOARD = {"uno", 6, false};
#endif
#define RECEIVED_vect USART_RX_vect
#define MAY_SEND_vect USART_UDRE_vect
/* ADC channel of A0 to A7. */
static const uint8_t CHANNELS[SAMPLER_SLOTS] = {0, 1, 2, 3, 4, 5, 6, 7};
#elif defined(__AVR_ATmega2560__)
static const struct hal_board BOARD = {"mega", 8, false};
#define RECEIVED_vect USART0_RX_vect
#define MAY_SEND_vect USART0_UDRE_vect
static const uint8_t CHANNELS[SAMPLER_SLOTS] = {0, 1, 2, 3, 4, 5, 6, 7};
#elif defined(__AVR_ATmega32U4__)
#if defined(ARDUINO_AVR_MICRO)
static const struct hal_board BOARD = {"micro", 8, true};
#else
static const struct hal_board BOARD = {"leonardo", 8, true};
#endif
static const uint8_t CHANNELS[SAMPLER_SLOTS] = {7, 6, 5, 4, 1, 0, 8, 9};
#define MUX_HIGH_BIT (1 << MUX5) /* in ADCSRB, of channels from 8 on */
#else
#error "no registers are known for this chip"
#endif

static struct ring *hal_received;
static struct ring *hal_to_send;
static struct sampler *hal_sampler;
static uint8_t hal_mux[SAMPLER_SLOTS]; /* ADMUX by slot */
#if defined(MUX_HIGH_BIT)
static uint8_t hal_mux_high[SAMPLER_SLOTS]; /* ADCSRB by slot */
#endif

/* Why the chip started. Optiboot clears MCUSR and leaves a copy in r2. */
static uint8_t hal_from_bootloader __attribute__((section(".noinit")));
static uint8_t hal_reset_flags __attribute__((section(".noinit")));

void hal_save_r2(void) __attribute__((naked, used, section(".init0")));
void hal_save_r2(void)
{
    __asm__ volatile("sts %0, r2" ::"i"(&hal_from_bootloader));
}

/* After a reset by the watchdog it still runs, and fast: off before anything takes time. */
void hal_tame_watchdog(void) __attribute__((naked, used, section(".init3")));
void hal_tame_watchdog(void)
{
    hal_reset_flags = MCUSR;
    MCUSR = 0;
    wdt_disable();
}

enum hal_boot hal_boot(void)
{
    uint8_t flags = hal_reset_flags;
    if (flags == 0u && (hal_from_bootloader & 0xF0u) == 0u) {
        flags = hal_from_bootloader;
    }
    if (flags & (1 << WDRF)) {
        return HAL_BOOT_WATCHDOG;
    }
    if (flags & (1 << PORF)) {
        return HAL_BOOT_POWER; /* comes with a brown-out */
    }
    if (flags & (1 << BORF)) {
        return HAL_BOOT_BROWNOUT;
    }
    return flags & (1 << EXTRF) ? HAL_BOOT_BUTTON : HAL_BOOT_UNKNOWN;
}

const struct hal_board *hal_board(void)
{
    return &BOARD;
}

#if defined(USBCON)

static void hal_link_init(void)
{
    hal_usb_begin();
}

void hal_link_step(void)
{
    uint8_t byte;
    while (ring_room(hal_received) > 0u && hal_usb_read(&byte)) {
        ring_put(hal_received, byte);
    }
    uint8_t room = hal_usb_room();
    while (room-- > 0u && ring_count(hal_to_send) > 0u) {
        hal_usb_write(ring_take(hal_to_send));
    }
}

#else

static void hal_link_init(void)
{
    UCSR0A = (1 << U2X0); /* before UBRR0: 117647 baud, 2.1 % fast, as Arduino's own */
    UBRR0 = 16;
    UCSR0C = (1 << UCSZ01) | (1 << UCSZ00);
    UCSR0B = (1 << RXEN0) | (1 << TXEN0) | (1 << RXCIE0);
}

void hal_link_step(void)
{
    if (ring_count(hal_to_send) > 0u) {
        cli();
        UCSR0B |= (1 << UDRIE0);
        sei();
    }
}

ISR(RECEIVED_vect)
{
    ring_put(hal_received, UDR0);
}

ISR(MAY_SEND_vect)
{
    if (ring_count(hal_to_send) > 0u) {
        UDR0 = ring_take(hal_to_send);
    } else {
        UCSR0B &= (uint8_t)~(1 << UDRIE0);
    }
}

#endif

void hal_init(struct ring *received, struct ring *to_send)
{
    hal_received = received;
    hal_to_send = to_send;
    hal_link_init();
    /* Arduino has set the timer up for PWM. Now: count to the top, no prescaler, no interrupt. */
    TIMSK1 = 0;
    TCCR1A = 0;
    TCCR1B = (1 << WGM12) | (1 << CS10);
    OCR1A = TIMER_TICKS - 1u;
    DIDR0 = 0xFF; /* no digital input buffers on A0 to A5 */
    ADMUX = 0; /* AREF: does no harm, whatever is or is not connected there */
    ADCSRA = (1 << ADEN) | (1 << ADSC) | ADC_PRESCALER_BITS; /* the first takes longer */
    set_sleep_mode(SLEEP_MODE_IDLE);
    wdt_enable(WDTO_500MS);
}

void hal_sampling_start(struct sampler *sampler, const uint8_t inputs[SAMPLER_SLOTS],
                        bool reference_pin)
{
    uint8_t reference = reference_pin ? 0u : (uint8_t)(1 << REFS0);
    for (uint8_t i = 0; i < SAMPLER_SLOTS; i++) {
        uint8_t channel = CHANNELS[inputs[i]];
        hal_mux[i] = (uint8_t)(reference | (channel & 7u));
#if defined(MUX_HIGH_BIT)
        hal_mux_high[i] = channel > 7u ? MUX_HIGH_BIT : 0;
#endif
    }
    hal_sampler = sampler;
    ADMUX = hal_mux[0];
#if defined(MUX_HIGH_BIT)
    ADCSRB = hal_mux_high[0];
#endif
    ADCSRA = (1 << ADEN) | (1 << ADSC) | ADC_PRESCALER_BITS;
    TCNT1 = 0;
    TIFR1 = (1 << OCF1A);
    TIMSK1 = (1 << OCIE1A);
}

void hal_sampling_stop(void)
{
    TIMSK1 = 0;
    /* A conversion that is under way ends unheard. */
}

/* One interrupt for each conversion: fetch the one before, begin the next. (With an interrupt of
 * the ADC's own, that of the timer could come first and begin a conversion of the old input.) */
ISR(TIMER1_COMPA_vect)
{
    while (ADCSRA & (1 << ADSC)) {
        /* A moment at most, where another interrupt had held up the one before. */
    }
    uint8_t next = sampler_store(hal_sampler, ADC);
    ADMUX = hal_mux[next];
#if defined(MUX_HIGH_BIT)
    ADCSRB = hal_mux_high[next];
#endif
    ADCSRA = (1 << ADEN) | (1 << ADSC) | ADC_PRESCALER_BITS;
}

void hal_eeprom_read(uint8_t *bytes, uint8_t count)
{
    eeprom_read_block(bytes, (const void *)0, count);
}

bool hal_eeprom_write(uint8_t address, uint8_t byte)
{
    if (!eeprom_is_ready()) {
        return false;
    }
    eeprom_update_byte((uint8_t *)(uint16_t)address, byte);
    return true;
}

void hal_watchdog_feed(void)
{
#if defined(USBCON)
    if (hal_usb_upload_due()) {
        return;
    }
#endif
    wdt_reset();
}

void hal_sleep(void)
{
    if (TIMSK1 == 0u) {
        sleep_mode();
        return;
    }
    /* Most interrupts are conversions, which are no news before they are a sample. */
    uint8_t before = hal_sampler->completed;
    for (uint8_t naps = 0; naps < SAMPLER_CONVERSIONS_HZ / 1000u; naps++) {
        sleep_mode();
        if (hal_sampler->completed != before || ring_count(hal_received) > 0u) {
            return;
        }
    }
}

#endif
