#ifndef COMMAND_H
#define COMMAND_H

/* Characters in, whole commands out. What they mean is decided in cyton.c and query.c. */

#include <stdbool.h>
#include <stdint.h>

#define COMMAND_MOST_BYTES 16u /* with the `!` of the longest `Q` command */

struct command {
    char text[COMMAND_MOST_BYTES];
    uint8_t length; /* may go beyond what `text` holds: the command is then too long */
    bool complete;
};

/* Take one character. True when it completes a command, which stays until the next call. */
bool command_push(struct command *command, char character);
bool command_too_long(const struct command *command);

#endif
