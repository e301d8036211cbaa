/* One piece of memory for each object. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { ALIGNED = 16, APART = 64 }; /* what lies between two things is nobody's */
#else
#define ASAN_POISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
enum { ALIGNED = 16, APART = 0 };
#endif

void *memory_take(Memory *self, int64_t count, size_t size) {
    void *const taken = self->base ? self->base + self->used : NULL;
    const size_t bytes = (size_t)count * size;
    const size_t room = (bytes + ALIGNED - 1) / ALIGNED * ALIGNED + APART;
    if (taken) ASAN_POISON_MEMORY_REGION((char *)taken + bytes, room - bytes);
    self->used += room;
    return taken;
}

void *memory_keep(Memory *self, const void *from, int64_t count, size_t size) {
    void *const taken = memory_take(self, count, size);
    if (taken && count) memcpy(taken, from, (size_t)count * size);
    return taken;
}

int memory_get(Memory *self) {
    self->base = calloc(1, self->used);
    self->used = 0;
    return self->base != NULL;
}
