/* The board's own commands: what is set, and what is refused. */

#include "query.h"

#include "board.h"
#include "hal.h"
#include "text.h"

#define NO_NUMBER UINT32_MAX

static uint32_t query_number(struct value value)
{
    uint32_t number = 0;
    if (value.length == 0u || value.length > 8u) {
        return NO_NUMBER;
    }
    for (uint8_t i = 0; i < value.length; i++) {
        if (value.text[i] < '0' || value.text[i] > '9') {
            return NO_NUMBER;
        }
        number = number * 10u + (uint32_t)(value.text[i] - '0');
    }
    return number;
}

static bool query_within(uint32_t number, uint32_t least, uint32_t most)
{
    return number >= least && number <= most;
}

static bool query_inputs_exist(const struct settings *settings)
{
    for (uint8_t i = 0; i < settings->channels; i++) {
        if (settings->order[i] >= hal_board()->inputs) {
            return false;
        }
    }
    return true;
}

static bool query_fits(const struct settings *settings)
{
    return settings_rate_fits(settings->rate, settings->channels, settings->packed,
                              hal_board()->usb);
}

static void query_accept(struct board *board, const struct settings *settings)
{
    board->settings = *settings;
    stream_rescale(&board->stream, settings);
    text_put(&board->to_send, HAL_TEXT("Success:"));
}

static void query_say(struct board *board, const char *flash_key, uint32_t number)
{
    text_put_pair(&board->to_send, flash_key, number);
    text_end(&board->to_send);
}

static void query_say_rate(struct board *board, const struct settings *settings)
{
    query_accept(board, settings);
    text_put_pair(&board->to_send, HAL_TEXT("packed"), settings->packed);
    query_say(board, HAL_TEXT("rate"), settings->rate);
}

static void query_refuse_rate(struct board *board, const struct settings *wanted)
{
    struct ring *ring = &board->to_send;
    bool usb = hal_board()->usb;
    text_put(ring, HAL_TEXT("Failure: this link carries 250 to "));
    text_put_number(ring, settings_best_rate(wanted->channels, false, usb));
    text_put(ring, HAL_TEXT(" samples per second of so many channels plain, 500 to "));
    text_put_number(ring, settings_best_rate(wanted->channels, true, usb));
    text_answer(ring, HAL_TEXT(" packed."));
}

static void query_set_rate(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    wanted.rate = (uint16_t)(number > UINT16_MAX ? 0u : number);
    if (query_fits(&wanted)) {
        query_say_rate(board, &wanted);
    } else {
        query_refuse_rate(board, &wanted);
    }
}

static void query_set_packed(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    if (number > 1u) {
        board_answer(board, HAL_TEXT("Failure: packed is 1, plain is 0."));
        return;
    }
    wanted.packed = number == 1u;
    if (!query_fits(&wanted)) {
        wanted.rate = settings_best_rate(wanted.channels, wanted.packed, hal_board()->usb);
    }
    query_say_rate(board, &wanted);
}

static void query_set_channels(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    wanted.channels = (uint8_t)(number > SAMPLER_SLOTS ? 0u : number);
    if (wanted.channels == 0u || !query_inputs_exist(&wanted)) {
        board_answer(board, HAL_TEXT("Failure: the board has no inputs for so many channels."));
    } else if (!query_fits(&wanted)) {
        query_refuse_rate(board, &wanted);
    } else {
        query_accept(board, &wanted);
        query_say(board, HAL_TEXT("channels"), wanted.channels);
    }
}

static void query_put_order(struct ring *ring, const struct settings *settings)
{
    text_put(ring, HAL_TEXT(" order="));
    for (uint8_t i = 0; i < SAMPLER_SLOTS; i++) {
        ring_put(ring, (uint8_t)('0' + settings->order[i]));
    }
}

static void query_set_order(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    if (!settings_set_order(&wanted, value.text, value.length) || !query_inputs_exist(&wanted)) {
        board_answer(board, HAL_TEXT("Failure: the order is the digits of inputs that the board "
                                     "has, each once."));
        return;
    }
    query_accept(board, &wanted);
    query_put_order(&board->to_send, &wanted);
    text_end(&board->to_send);
}

static void query_set_gain(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    wanted.gain = query_number(value);
    if (!query_within(wanted.gain, SETTINGS_LEAST_GAIN, SETTINGS_MOST_GAIN)) {
        board_answer(board, HAL_TEXT("Failure: the gain is 100 to 5000000 hundredths."));
        return;
    }
    query_accept(board, &wanted);
    query_say(board, HAL_TEXT("gain"), wanted.gain);
}

static void query_set_frontend(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    if (number > 9u) {
        board_answer(board, HAL_TEXT("Failure: the front-end is one digit."));
        return;
    }
    wanted.frontend = (uint8_t)number;
    query_accept(board, &wanted);
    query_say(board, HAL_TEXT("frontend"), number);
}

static void query_set_vref(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    if (!query_within(number, SETTINGS_LEAST_VREF, SETTINGS_MOST_VREF)) {
        board_answer(board, HAL_TEXT("Failure: the reference is 1000 to 5500 millivolts."));
        return;
    }
    wanted.vref = (uint16_t)number;
    query_accept(board, &wanted);
    query_say(board, HAL_TEXT("vref"), number);
}

static void query_set_reference(struct board *board, struct value value)
{
    struct settings wanted = board->settings;
    uint32_t number = query_number(value);
    if (number > 1u) {
        board_answer(board, HAL_TEXT("Failure: the reference is 0, the supply, or 1, AREF."));
        return;
    }
    wanted.reference_pin = number == 1u;
    query_accept(board, &wanted);
    query_say(board, HAL_TEXT("reference"), number);
}

static void query_dispatch(struct board *board, char letter, struct value value)
{
    switch (letter) {
    case '?':
        board->describing = 1;
        break;
    case 'r':
        query_set_rate(board, value);
        break;
    case 'k':
        query_set_packed(board, value);
        break;
    case 'n':
        query_set_channels(board, value);
        break;
    case 'o':
        query_set_order(board, value);
        break;
    case 'g':
        query_set_gain(board, value);
        break;
    case 'f':
        query_set_frontend(board, value);
        break;
    case 'm':
        query_set_vref(board, value);
        break;
    case 'e':
        query_set_reference(board, value);
        break;
    case 'w':
        query_keep(board, value);
        break;
    case 'z':
        query_forget(board, value);
        break;
    default:
        board_answer(board, HAL_TEXT("Failure: there is no such Q command."));
    }
}

void query_obey(struct board *board)
{
    const struct command *command = &board->command;
    if (board->stream.running) {
        return;
    }
    if (command_too_long(command)) {
        board_answer(board, HAL_TEXT("Failure: a Q command has 16 characters at most."));
    } else if (command->length < 3u) {
        board_answer(board, HAL_TEXT("Failure: there is no such Q command."));
    } else {
        struct value value = {command->text + 2, (uint8_t)(command->length - 3u)};
        query_dispatch(board, command->text[1], value);
    }
}
