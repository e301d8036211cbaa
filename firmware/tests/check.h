#ifndef CHECK_H
#define CHECK_H

/* Tests are functions without arguments that CHECK; main.c runs them all. */

#include <stdio.h>
#include <stdlib.h>

#define CHECK(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                                \
        }                                                                           \
    } while (0)

#define CHECK_EQUAL(left, right)                                                              \
    do {                                                                                      \
        long long left_ = (long long)(left), right_ = (long long)(right);                     \
        if (left_ != right_) {                                                                \
            fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #left, left_, \
                    right_);                                                                  \
            exit(1);                                                                          \
        }                                                                                     \
    } while (0)

struct test {
    const char *name;
    void (*run)(void);
};
#define TEST(function) {#function, function}

extern const struct test codec_tests[];
extern const struct test settings_tests[];
extern const struct test stream_tests[];
extern const struct test board_tests[];
extern const struct test streaming_tests[];

#endif
