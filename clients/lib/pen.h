/* SPDX-License-Identifier: Apache-2.0 */
/* Writing and reading the octets of a record, one field behind the other, big-endian. */
#ifndef ACCORD_CLIENTS_LIB_PEN_H
#define ACCORD_CLIENTS_LIB_PEN_H

#include <stdbool.h>
#include <string.h>

#include "core/check.h"
#include "core/ident.h"
#include "core/octets.h"

#define PEN_NAME 32                     /* octets of a struct name */

static_assert(sizeof(struct name) == PEN_NAME, "names have grown: give the files a new format");

/* A place that moves through octets as they are written or read. */
struct pen {
        uint8_t *to;
};

struct eye {
        const uint8_t *from;
};

static inline void pen_octets(struct pen *pen, const void *octets, size_t size)
{
        memcpy(pen->to, octets, size);
        pen->to += size;
}

static inline void pen_u32(struct pen *pen, uint32_t value)
{
        put_u32(pen->to, value);
        pen->to += 4;
}

static inline void pen_u64(struct pen *pen, uint64_t value)
{
        put_u64(pen->to, value);
        pen->to += 8;
}

static inline void eye_octets(struct eye *eye, void *ret, size_t size)
{
        memcpy(ret, eye->from, size);
        eye->from += size;
}

static inline uint32_t eye_u32(struct eye *eye)
{
        eye->from += 4;
        return get_u32(eye->from - 4);
}

static inline uint64_t eye_u64(struct eye *eye)
{
        eye->from += 8;
        return get_u64(eye->from - 8);
}

/* A name that does not end is no name. */
static inline bool eye_name(struct eye *eye, struct name *ret)
{
        eye_octets(eye, ret->text, PEN_NAME);
        return ret->text[PEN_NAME - 1] == '\0';
}

#endif
