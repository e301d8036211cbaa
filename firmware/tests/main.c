/* Runs every unit test; the first that fails ends it. */

#include "check.h"

static unsigned run_all(const struct test *tests)
{
    unsigned count = 0;
    for (; tests[count].run != NULL; count++) {
        fprintf(stderr, "%s\n", tests[count].name);
        tests[count].run();
    }
    return count;
}

int main(void)
{
    unsigned count = run_all(codec_tests) + run_all(settings_tests) + run_all(stream_tests) +
                     run_all(board_tests) + run_all(streaming_tests);
    printf("%u tests of the core passed\n", count);
    return 0;
}
