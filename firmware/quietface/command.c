/* Where a command ends: most have one character, some a fixed number, `Q` ends in `!`. */

#include "command.h"

/* Characters of a command that begins so. */
static uint8_t command_length(char first)
{
    switch (first) {
    case 'x':
        return 9;
    case 'z':
        return 5;
    case '~':
    case '/':
        return 2;
    default:
        return 1;
    }
}

static bool command_ends(const struct command *command, char last)
{
    if (command->text[0] == 'Q') {
        return last == '!';
    }
    return command->length >= command_length(command->text[0]);
}

bool command_push(struct command *command, char character)
{
    /* No command has them inside, so they get through even when the one before was cut off. */
    bool urgent = character == 'v' || character == 's';
    if (urgent || command->complete) {
        command->length = 0;
    }
    if (command->length < COMMAND_MOST_BYTES) {
        command->text[command->length] = character;
    }
    if (command->length < UINT8_MAX) {
        command->length++;
    }
    command->complete = command_ends(command, character);
    return command->complete;
}

bool command_too_long(const struct command *command)
{
    return command->length > COMMAND_MOST_BYTES;
}
