/* Answers in words. */

#include "text.h"

#include "hal.h"

void text_put(struct ring *ring, const char *flash)
{
    for (char c = HAL_TEXT_CHARACTER(flash); c != '\0'; c = HAL_TEXT_CHARACTER(flash)) {
        ring_put(ring, (uint8_t)c);
        flash++;
    }
}

void text_put_number(struct ring *ring, uint32_t number)
{
    uint8_t digits[10];
    uint8_t count = 0;
    do {
        digits[count++] = (uint8_t)('0' + number % 10u);
        number /= 10u;
    } while (number > 0u);
    while (count > 0u) {
        ring_put(ring, digits[--count]);
    }
}

void text_put_pair(struct ring *ring, const char *flash_key, uint32_t number)
{
    ring_put(ring, ' ');
    text_put(ring, flash_key);
    ring_put(ring, '=');
    text_put_number(ring, number);
}

void text_end(struct ring *ring)
{
    text_put(ring, HAL_TEXT("$$$"));
}

void text_answer(struct ring *ring, const char *flash)
{
    text_put(ring, flash);
    text_end(ring);
}
