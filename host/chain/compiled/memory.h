/* All that an object remembers lies in one piece of memory: it can be copied as it is. */
#ifndef QUIETFACE_MEMORY_H
#define QUIETFACE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *base; /* NULL while it is found out how much is needed */
    size_t used;
} Memory;

/* Set room for `count` things aside, zero at first; NULL without a base. */
void *memory_take(Memory *self, int64_t count, size_t size);
/* The same, filled with what is given. */
void *memory_keep(Memory *self, const void *from, int64_t count, size_t size);
/* Get as much as was used, and begin anew with it; 0 where there is none. */
int memory_get(Memory *self);

#endif
