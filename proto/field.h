/* SPDX-License-Identifier: Apache-2.0 */
/* One field after another, as they stand on the wire: all code that counts bytes when reading. */
#ifndef ACCORD_PROTO_FIELD_H
#define ACCORD_PROTO_FIELD_H

#include <stdint.h>

#include "core/bytes.h"

/* What the bytes themselves can have wrong; scan.c has the sentence to each. */
enum flaw {
        FLAW_NONE,
        FLAW_CUT,               /* ends within a field */
        FLAW_NUMBER,            /* over-long, or does not fit 64 bits */
        FLAW_TAG,               /* no field number, or a wire type that no message here has */
};

enum wire_type { TYPE_VARINT = 0, TYPE_FIXED64 = 1, TYPE_BYTES = 2, TYPE_FIXED32 = 5 };

struct cursor {
        const uint8_t *at, *end;
};

struct field {
        uint32_t number;
        uint32_t type;          /* enum wire_type */
        uint64_t value;         /* of a varint, as it stands */
        struct bytes span;      /* of bytes */
};

static inline struct cursor cursor_on(struct bytes bytes)
{
        const uint8_t *at = bytes.data;

        return (struct cursor) { at, bytes.size ? at + bytes.size : at };
}

static inline bool cursor_ended(const struct cursor *cursor)
{
        return cursor->at == cursor->end;
}

/* One spelling for each number: nothing may be longer than it need be. */
static inline enum flaw cursor_number(struct cursor *cursor, uint64_t *ret)
{
        uint64_t value = 0;

        if (!cursor_ended(cursor) && *cursor->at < 0x80) {      /* as most are */
                *ret = *cursor->at++;
                return FLAW_NONE;
        }
        for (unsigned int shift = 0; shift < 64; shift += 7) {
                if (cursor_ended(cursor))
                        return FLAW_CUT;

                uint8_t octet = *cursor->at++;

                value |= (uint64_t)(octet & 0x7f) << shift;
                if (octet & 0x80)
                        continue;
                if ((octet == 0 && shift > 0) || (shift == 63 && octet > 1))
                        return FLAW_NUMBER;
                *ret = value;
                return FLAW_NONE;
        }
        return FLAW_NUMBER;
}

static inline enum flaw cursor_skip(struct cursor *cursor, uint64_t size, struct bytes *ret)
{
        if (size > (uint64_t)(cursor->end - cursor->at))
                return FLAW_CUT;
        *ret = (struct bytes) { cursor->at, (size_t)size };
        cursor->at += size;
        return FLAW_NONE;
}

/* The next field; not to be asked at the end. */
static inline enum flaw cursor_next(struct cursor *cursor, struct field *ret)
{
        uint64_t tag, size = 0;
        enum flaw flaw = cursor_number(cursor, &tag);

        if (flaw)
                return flaw;
        if (tag > UINT32_MAX || tag >> 3 == 0)
                return FLAW_TAG;
        ret->number = (uint32_t)(tag >> 3);
        ret->type = tag & 7;
        switch (ret->type) {
        case TYPE_VARINT:
                return cursor_number(cursor, &ret->value);
        case TYPE_BYTES:
                flaw = cursor_number(cursor, &size);
                return flaw ? flaw : cursor_skip(cursor, size, &ret->span);
        case TYPE_FIXED64:
                return cursor_skip(cursor, 8, &ret->span);
        case TYPE_FIXED32:
                return cursor_skip(cursor, 4, &ret->span);
        default:
                return FLAW_TAG;
        }
}

/* How often field @number stands in what is left; stops where it cannot be read. */
static inline uint32_t cursor_count(struct cursor rest, uint32_t number)
{
        struct field field;
        uint32_t count = 0;

        while (!cursor_ended(&rest) && cursor_next(&rest, &field) == FLAW_NONE)
                count += field.number == number;
        return count;
}

static inline int64_t unzigzag(uint64_t value)
{
        return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static inline uint64_t zigzag(int64_t value)
{
        return ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
}

#endif
