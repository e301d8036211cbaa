/* The Cyton's own commands. */

#include "cyton.h"

#include "board.h"
#include "hal.h"
#include "text.h"

static const uint8_t GAINS[] = {1, 2, 4, 6, 8, 12, 24}; /* by the digit of a channel setting */

static void cyton_registers(struct board *board)
{
    if (board->stream.running) {
        return;
    }
    struct ring *ring = &board->to_send;
    text_put(ring, HAL_TEXT("Board ADS Registers\r\nGains:"));
    for (uint8_t i = 0; i < PACKET_SLOTS; i++) {
        bool on = (board->stream.powered & (1u << i)) != 0u;
        ring_put(ring, ' ');
        text_put_number(ring, on ? board->stream.host_gains[i] : 0u);
    }
    text_answer(ring, HAL_TEXT("\r\n"));
}

/* The digits between channel and `X`: power-down, gain, input, bias, SRB2, SRB1. */
static bool cyton_setting_valid(const char *digits)
{
    static const char most[] = {'1', '6', '7', '1', '1', '1'};
    for (uint8_t i = 0; i < sizeof most; i++) {
        if (digits[i] < '0' || digits[i] > most[i]) {
            return false;
        }
    }
    return true;
}

static void cyton_set_channel(struct board *board, const char *text)
{
    uint8_t channel = (uint8_t)(text[1] - '1');
    if (channel >= PACKET_SLOTS) {
        board_answer(board, HAL_TEXT("Failure: Invalid channel number"));
        return;
    }
    if (text[8] != 'X') {
        board_answer(board, HAL_TEXT("Failure: Err: 9th char not X"));
        return;
    }
    if (!cyton_setting_valid(text + 2)) {
        board_answer(board, HAL_TEXT("Failure: Invalid setting"));
        return;
    }
    uint8_t gain = GAINS[(uint8_t)(text[3] - '0')];
    stream_power(&board->stream, channel, text[2] == '0');
    stream_host_gain(&board->stream, channel, gain, &board->settings);
    if (!board->stream.running) {
        text_put(&board->to_send, HAL_TEXT("Success: Channel set for "));
        text_put_number(&board->to_send, channel + 1u);
    }
    board_answer(board, gain == SCALE_FULL_GAIN
                            ? HAL_TEXT("")
                            : HAL_TEXT("; the amplifier's gain is fixed, the numbers follow"));
}

static void cyton_sample_rate(struct board *board, char digit)
{
    static const uint16_t rates[] = {1000, 500, 250}; /* `4`, `5`, `6` */
    if (digit != '~' && (digit < '0' || digit > '6')) {
        board_answer(board, HAL_TEXT("Failure: sample value out of bounds"));
        return;
    }
    if (board->stream.running) {
        return;
    }
    struct settings *settings = &board->settings;
    if (digit >= '4' && digit <= '6' && !settings->packed) {
        uint16_t rate = rates[digit - '4'];
        if (settings_rate_fits(rate, settings->channels, false, hal_board()->usb)) {
            settings->rate = rate;
        }
    }
    text_put(&board->to_send, HAL_TEXT("Success: Sample rate is "));
    text_put_number(&board->to_send, settings->rate);
    text_answer(&board->to_send, HAL_TEXT("Hz"));
}

static void cyton_board_mode(struct board *board, char digit)
{
    switch (digit) {
    case '/':
    case '0':
        board_answer(board, HAL_TEXT("Success: default"));
        break;
    case '1':
        board_answer(board, HAL_TEXT("Success: debug"));
        break;
    case '2':
        board_answer(board, HAL_TEXT("Success: analog"));
        break;
    case '3':
        board_answer(board, HAL_TEXT("Success: digital"));
        break;
    case '4':
        board_answer(board, HAL_TEXT("Success: marker"));
        break;
    default:
        board_answer(board, HAL_TEXT("Failure: board mode value out of bounds"));
    }
}

/* `1` to `8` and what shift makes of them on an American keyboard. */
static bool cyton_power(struct board *board, char character)
{
    static const char on[] = {'!', '@', '#', '$', '%', '^', '&', '*'};
    for (uint8_t i = 0; i < PACKET_SLOTS; i++) {
        if (character == on[i] || character == (char)('1' + i)) {
            stream_power(&board->stream, i, character == on[i]);
            return true;
        }
    }
    return false;
}

static void cyton_test_signal(struct board *board, char character)
{
    if (stream_test(&board->stream, character, &board->settings)) {
        board_answer(board, HAL_TEXT("Success: Configured internal test signal."));
    }
}

static void cyton_one_character(struct board *board, char character)
{
    switch (character) {
    case 'b':
        board_begin(board);
        break;
    case 's':
        board_end(board);
        break;
    case 'd':
        if (!board->stream.running) {
            board_defaults(board);
            board_answer(board, HAL_TEXT("updating channel settings to default"));
        }
        break;
    case 'D':
        board_answer(board, HAL_TEXT("060110"));
        break;
    case 'V':
        board_answer(board, HAL_TEXT("v3.1.2"));
        break;
    case 'C':
        board_answer(board, HAL_TEXT("no daisy to attach!8"));
        break;
    case '?':
        cyton_registers(board);
        break;
    case '<':
    case '>':
        board_answer(board, HAL_TEXT("Failure: there are no time stamps, "
                                     "every packet carries a sample counter"));
        break;
    default:
        if (!cyton_power(board, character)) {
            cyton_test_signal(board, character);
        }
    }
}

void cyton_obey(struct board *board)
{
    const char *text = board->command.text;
    switch (text[0]) {
    case 'x':
        cyton_set_channel(board, text);
        break;
    case 'z':
        board_answer(board, HAL_TEXT("Failure: lead-off detection is not available"));
        break;
    case '~':
        cyton_sample_rate(board, text[1]);
        break;
    case '/':
        cyton_board_mode(board, text[1]);
        break;
    default:
        cyton_one_character(board, text[0]);
    }
}
