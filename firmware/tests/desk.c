/* A whole board on a desk: sends commands, keeps the answers, feeds the inputs. */

#include "desk.h"

#include <string.h>

#include "check.h"
#include "hal_fake.h"

struct board board;
char said[8192];
unsigned said_bytes;

static void drain(void)
{
    while (ring_count(&board.to_send) > 0 && said_bytes < sizeof said - 1) {
        said[said_bytes++] = (char)ring_take(&board.to_send);
    }
    said[said_bytes] = '\0';
}

const char *ask(const char *commands)
{
    said_bytes = 0;
    do {
        if (*commands != '\0') {
            ring_put(&board.received, (uint8_t)*commands++);
        }
        for (unsigned i = 0; i < 100; i++) {
            board_step(&board);
            drain();
        }
    } while (*commands != '\0');
    return said;
}

const char *boot(void)
{
    board_start(&board);
    return ask("");
}

void power_on(void)
{
    hal_fake_reset();
    boot();
}

bool says(const char *commands, const char *expected)
{
    if (strcmp(ask(commands), expected) == 0) {
        return true;
    }
    fprintf(stderr, "%s: \"%s\", not \"%s\"\n", commands, said, expected);
    return false;
}

bool mentions(const char *commands, const char *expected)
{
    if (strstr(ask(commands), expected) != NULL) {
        return true;
    }
    fprintf(stderr, "%s: \"%s\" without \"%s\"\n", commands, said, expected);
    return false;
}

void sample(unsigned samples)
{
    for (unsigned n = 0; n < samples; n++) {
        CHECK(hal_fake.sampler != NULL);
        for (unsigned i = 0; i < board.sampler.turns * board.sampler.slots; i++) {
            hal_fake_convert((uint16_t)(400u + 30u * hal_fake.inputs[hal_fake.slot]));
        }
        while (board_step(&board)) {
        }
    }
    drain();
}
