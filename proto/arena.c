/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"

#define ALIGNMENT 16u

int arena_new(struct arena *ret, size_t size)
{
        size_t whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

        *ret = (struct arena) { 0 };
        if (whole < size)
                return -ENOMEM;
        ret->data = aligned_alloc(ALIGNMENT, whole ? whole : ALIGNMENT);
        if (!ret->data)
                return -ENOMEM;
        ret->size = whole;
        return 0;
}

void arena_free(struct arena *arena)
{
        free(arena->data);
        *arena = (struct arena) { 0 };
}

void arena_reset(struct arena *arena)
{
        arena->used = 0;
}

/* Zeroed here, not at reset: what is never taken is never touched. */
void *arena_take(struct arena *arena, size_t size)
{
        size_t whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        uint8_t *taken = arena->data + arena->used;

        assert(arena->used <= arena->size);
        if (whole < size || whole > arena->size - arena->used)
                return NULL;
        arena->used += whole;
        return memset(taken, 0, whole);
}

void arena_cleanup(struct arena *arena)
{
        arena_free(arena);
}

int sink_new(struct sink *ret, size_t capacity, size_t most)
{
        *ret = (struct sink) { 0 };
        ret->data = malloc(capacity ? capacity : 1);
        if (!ret->data)
                return -ENOMEM;
        ret->capacity = capacity;
        ret->most = most > capacity ? most : capacity;
        return 0;
}

struct sink sink_on(void *data, size_t capacity)
{
        return (struct sink) { .data = data, .capacity = capacity, .most = capacity };
}

void sink_free(struct sink *sink)
{
        free(sink->data);
        *sink = (struct sink) { 0 };
}

void sink_reset(struct sink *sink)
{
        sink->size = 0;
}

/* Doubles, so that a long row of small puts stays linear. */
static int make_room(struct sink *sink, size_t size)
{
        size_t capacity = sink->capacity;
        uint8_t *data;

        if (size <= capacity - sink->size)
                return 0;
        if (size > sink->most - sink->size)
                return -ENOBUFS;
        capacity = capacity > sink->most / 2 ? sink->most : 2 * capacity;
        if (capacity < sink->size + size)
                capacity = sink->size + size;
        data = realloc(sink->data, capacity);
        if (!data)
                return -ENOMEM;
        sink->data = data;
        sink->capacity = capacity;
        return 0;
}

uint8_t *sink_room(struct sink *sink, size_t size)
{
        return make_room(sink, size) ? NULL : sink->data + sink->size;
}

void sink_grow(struct sink *sink, size_t size)
{
        assert(size <= sink->capacity - sink->size);
        sink->size += size;
}

int sink_put(struct sink *sink, struct bytes bytes)
{
        int r = make_room(sink, bytes.size);

        if (r)
                return r;
        if (bytes.size)
                memcpy(sink->data + sink->size, bytes.data, bytes.size);
        sink->size += bytes.size;
        return 0;
}

void sink_cleanup(struct sink *sink)
{
        sink_free(sink);
}
