/* SPDX-License-Identifier: Apache-2.0 */
/* Two bounded pieces of memory: an arena messages are decoded into, a sink they are written to. */
#ifndef ACCORD_PROTO_ARENA_H
#define ACCORD_PROTO_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"

/* The caller's memory; reset = free all at once. Memory handed out is zeroed and 16-aligned. */
struct arena {
        uint8_t *data;
        size_t size, used;
};

int arena_new(struct arena *ret, size_t size);          /* 0 or -ENOMEM */
void arena_free(struct arena *arena);
void arena_reset(struct arena *arena);
void *arena_take(struct arena *arena, size_t size);     /* NULL when it is full */
void arena_cleanup(struct arena *arena);                /* for own(): struct arena by value */

/* Grows only when made growable; a fixed one answers -ENOBUFS. */
struct sink {
        uint8_t *data;
        size_t size, capacity, most;    /* most: growable up to this; = capacity: fixed */
};

int sink_new(struct sink *ret, size_t capacity, size_t most);   /* 0 or -ENOMEM */
struct sink sink_on(void *data, size_t capacity);               /* fixed, on the caller's memory */
void sink_free(struct sink *sink);
void sink_reset(struct sink *sink);
int sink_put(struct sink *sink, struct bytes bytes);            /* 0 or -ENOBUFS, -ENOMEM */
/* Room for @size more bytes at ret; counts when sink_grow()n. NULL when there is none. */
uint8_t *sink_room(struct sink *sink, size_t size);
void sink_grow(struct sink *sink, size_t size);
void sink_cleanup(struct sink *sink);                   /* for own(): struct sink by value */

static inline struct bytes sink_bytes(const struct sink *sink)
{
        return (struct bytes) { sink->data, sink->size };
}

#endif
