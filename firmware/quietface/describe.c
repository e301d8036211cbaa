/* The answer to `Q?!`, piece by piece, because the ring holds no more than one. */

#include "board.h"
#include "hal.h"
#include "query.h"
#include "text.h"

static void describe_identity(struct ring *ring)
{
    text_put(ring, HAL_TEXT("Quietface version=" BOARD_VERSION));
    text_put_pair(ring, HAL_TEXT("protocol"), BOARD_PROTOCOL);
    text_put(ring, HAL_TEXT(" board="));
    for (const char *c = hal_board()->name; *c != '\0'; c++) {
        ring_put(ring, (uint8_t)*c);
    }
    text_put(ring, hal_board()->usb ? HAL_TEXT(" link=usb") : HAL_TEXT(" link=uart"));
}

static void describe_sampling(struct ring *ring, const struct settings *settings)
{
    uint8_t slots = sampler_slots(settings->channels);
    text_put_pair(ring, HAL_TEXT("channels"), settings->channels);
    text_put_pair(ring, HAL_TEXT("adc"), SAMPLER_ADC_BITS);
    text_put_pair(ring, HAL_TEXT("bits"), 12);
    text_put_pair(ring, HAL_TEXT("oversampling"), sampler_turns(settings->rate, slots));
    text_put_pair(ring, HAL_TEXT("rate"), settings->rate);
    text_put_pair(ring, HAL_TEXT("packed"), settings->packed);
}

static void describe_scale(struct ring *ring, const struct settings *settings)
{
    bool usb = hal_board()->usb;
    uint8_t channels = settings->channels;
    text_put_pair(ring, HAL_TEXT("plain_best"), settings_best_rate(channels, false, usb));
    text_put_pair(ring, HAL_TEXT("packed_best"), settings_best_rate(channels, true, usb));
    text_put_pair(ring, HAL_TEXT("frontend"), settings->frontend);
    text_put_pair(ring, HAL_TEXT("gain"), settings->gain);
    text_put_pair(ring, HAL_TEXT("vref"), settings->vref);
    text_put_pair(ring, HAL_TEXT("reference"), settings->reference_pin);
}

static const char *describe_boot(void)
{
    switch (hal_boot()) {
    case HAL_BOOT_POWER:
        return HAL_TEXT("power");
    case HAL_BOOT_BUTTON:
        return HAL_TEXT("button");
    case HAL_BOOT_BROWNOUT:
        return HAL_TEXT("brownout");
    case HAL_BOOT_WATCHDOG:
        return HAL_TEXT("watchdog");
    default:
        return HAL_TEXT("unknown");
    }
}

static const char *describe_origin(enum settings_origin origin)
{
    switch (origin) {
    case SETTINGS_KEPT:
        return HAL_TEXT("kept");
    case SETTINGS_DAMAGED:
        return HAL_TEXT("damaged");
    default:
        return HAL_TEXT("factory");
    }
}

static void describe_state(struct ring *ring, const struct board *board)
{
    text_put(ring, HAL_TEXT(" order="));
    for (uint8_t i = 0; i < SAMPLER_SLOTS; i++) {
        ring_put(ring, (uint8_t)('0' + board->settings.order[i]));
    }
    text_put_pair(ring, HAL_TEXT("overruns"), board->stream.dropped);
    text_put(ring, HAL_TEXT(" boot="));
    text_put(ring, describe_boot());
    text_put(ring, HAL_TEXT(" settings="));
    text_answer(ring, describe_origin(board->origin));
}

void query_describe(struct board *board)
{
    switch (board->describing++) {
    case 1:
        describe_identity(&board->to_send);
        break;
    case 2:
        describe_sampling(&board->to_send, &board->settings);
        break;
    case 3:
        describe_scale(&board->to_send, &board->settings);
        break;
    default:
        describe_state(&board->to_send, board);
        board->describing = 0;
    }
}
