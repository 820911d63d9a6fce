/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How core's structs hold the protocol's messages: one table a message, one row a field.
 *
 * What a field is called, its number, type, label and oneof are the schema's and come from
 * protobuf-c's descriptors. A row adds what the schema cannot say: where the struct has it, in
 * which shape, within which limit, and when it is there. From both, scan() judges bytes, fill()
 * makes structs of them and layout_pack() makes bytes of structs, so that a field is written down
 * once. tests/proto holds each table against its descriptor. How rows are written: proto/rows.h.
 */
#ifndef ACCORD_PROTO_LAYOUT_H
#define ACCORD_PROTO_LAYOUT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/message.h"

#define BIT(number) (UINT64_C(1) << (number))

enum hold {
        HOLD_NOTHING,           /* no such field */
        HOLD_BOOL,
        HOLD_U16,
        HOLD_U32,               /* enums too */
        HOLD_KIND,              /* of fact; one that is known */
        HOLD_U64,
        HOLD_I64,
        HOLD_S64,               /* zigzag on the wire */
        HOLD_DAY,               /* date; zigzag on the wire */
        HOLD_FORMAT,            /* not in the struct: FORMAT_MOST */
        HOLD_WHOLE_S64,         /* num of a struct value, whose den is then 1 */
        HOLD_WHOLE_BOOL,
        HOLD_NAME,
        HOLD_ITEM,
        HOLD_ITEM_AT,           /* the same; in the struct its place in the root's items, from 1 */
        HOLD_CONTRACT,
        HOLD_NODE,
        HOLD_TEXT,
        HOLD_FRACTION,          /* text; two wide, one behind the other */
        HOLD_SPAN,              /* a string or bytes, left where they are */
        HOLD_LINES,             /* the same, a string that may have line ends and tabs */
        HOLD_CONTRACT_SPAN,     /* the same, a string that is a contract id */
        HOLD_FIXED,             /* bytes of one size, in place */
        HOLD_INSIDE,            /* a message, in place */
        HOLD_POINTER,           /* a message, in the arena */
        HOLD_COUNT,
};

/* When a field is there. What is not there is zero, but for days, events and rates. */
enum given {
        GIVEN_ALWAYS,
        GIVEN_IF_SET,           /* not zero, not empty */
        GIVEN_IF_DAY,           /* not DATE_NONE */
        GIVEN_IF_EVENT,         /* not REFUSAL_WHOLE */
        GIVEN_IF_RATE,          /* a struct rate that is not 0; 0/1 when absent */
        GIVEN_IF_FLAG,          /* as the bool at @flag says; reading the field sets it */
        GIVEN_IF_TAG,           /* the layout's tag is @value; reading the field sets it */
        GIVEN_WHEN,             /* the enum at @flag is @value; that is read from its own field */
        GIVEN_IF_OTHER,         /* the period at @flag is not the root's at @value; else no day */
};

enum list {
        LIST_NONE,
        LIST_ARENA,             /* a pointer to rows in the arena, a count */
        LIST_INSIDE,            /* rows in the struct, a count */
        LIST_POOL,              /* rows in the root struct, with others'; here u16 first, count */
};

struct place {
        uint8_t hold, given, list;
        uint8_t count_size;             /* of the count: 1, 2 or 4 octets */
        bool is_event;                  /* its rows are the events that faults are counted by */
        uint32_t offset, flag, value, count;
        uint32_t least, most;           /* octets; 0: none, and none but the message's own */
        uint32_t most_rows;
        uint32_t pool_count;            /* in the root; offset (or @value) is the pool */
        const struct layout *of;        /* of a message */
};

struct layout {
        const ProtobufCMessageDescriptor *schema;
        const struct place *places;     /* by number of the field, from 0 */
        uint32_t count;                 /* highest number and one */
        uint32_t size;                  /* of the struct: the stride of rows */
        uint32_t tag, tag_size;         /* says which member of the oneof holds */
        bool is_root;                   /* its struct has the pools of what lies within it */
        bool keeps_itself;              /* its own octets go into the struct bytes at @own_bytes */
        uint32_t own_bytes;
        /* Bits of numbers. */
        uint64_t together[3];           /* all of them or none */
        uint64_t never_empty;           /* lists of which there is at least one */
        uint64_t not_zero;              /* given if day, event, rate, other: no zero when absent */
};

static inline const struct place *layout_place(const struct layout *layout, uint32_t number)
{
        if (number >= layout->count || layout->places[number].hold == HOLD_NOTHING)
                return NULL;
        return &layout->places[number];
}

/* Lists are of messages, digests, items, spans and node paths. */
static inline size_t row_size(const struct place *place)
{
        if (place->of)
                return place->of->size;
        switch ((enum hold)place->hold) {
        case HOLD_FIXED:
                return place->most;
        case HOLD_ITEM:
                return sizeof(struct item);
        case HOLD_SPAN:
                return sizeof(struct bytes);
        default:
                return sizeof(struct node_path);
        }
}

static inline void store_u32(uint8_t *to, uint32_t value, uint32_t size)
{
        uint16_t narrow = (uint16_t)value;

        if (size == 4)
                memcpy(to, &value, 4);
        else if (size == 2)
                memcpy(to, &narrow, 2);
        else
                *to = (uint8_t)value;
}

static inline uint32_t load_u32(const uint8_t *from, uint32_t size)
{
        uint32_t value = 0;
        uint16_t narrow = 0;

        if (size == 4)
                memcpy(&value, from, 4);
        else if (size == 2)
                memcpy(&narrow, from, 2);
        return size == 4 ? value : size == 2 ? narrow : *from;
}

#endif
