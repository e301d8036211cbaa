/* For computers without clang: the fuzzing target on so many inputs made of commands and noise. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const PIECES[] = {"b",     "s",    "v",      "d",   "Q?!",   "Qk1!", "Qk0!",
                                     "Qr500!", "Qn4!", "Qo3210!", "Qw!", "Qwk!",  "Qz!",  "x1060110X",
                                     "x3120110X", "~5", "/2",     "-",   "Qg1234!", "Q",   "!"};

static uint64_t state = 1;

static unsigned random_below(unsigned bound)
{
    state = state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return (unsigned)(state >> 33) % bound;
}

static size_t make_input(uint8_t *data, size_t most)
{
    size_t size = 0;
    data[size++] = (uint8_t)random_below(256);
    unsigned pieces = random_below(40);
    while (pieces-- > 0 && size + 16 < most) {
        if (random_below(3) == 0) {
            data[size++] = (uint8_t)random_below(256);
        } else {
            const char *piece = PIECES[random_below(sizeof PIECES / sizeof PIECES[0])];
            memcpy(data + size, piece, strlen(piece));
            size += strlen(piece);
        }
    }
    return size;
}

int main(int count, char **arguments)
{
    uint8_t data[300];
    long runs = count > 1 ? atol(arguments[1]) : 10000;
    for (long n = 0; n < runs; n++) {
        LLVMFuzzerTestOneInput(data, make_input(data, sizeof data));
    }
    printf("%ld seeded inputs, no complaint\n", runs);
    return 0;
}
