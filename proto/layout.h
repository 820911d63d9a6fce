/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How core's structs hold the protocol's messages: one table a message, one row a field.
 *
 * What a field is called, its number, type, label and oneof are the schema's and come from protobuf-c's descriptors.
 * A row adds what the schema cannot say: where the struct has it, in which shape, within which limit, and when it is
 * there. From both, scan() judges bytes, fill() makes structs of them and pack() makes bytes of structs, so
 * that a field is written down once. tests/proto holds each table against its descriptor.
 *
 *         [5] = { DAY(run_request, period.from) },
 *         [8] = { WHOLE_S64(fact_event, value), TAG(UNIT_CENTS) },
 */
#ifndef ACCORD_PROTO_LAYOUT_H
#define ACCORD_PROTO_LAYOUT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/message.h"

enum hold {
        HOLD_NOTHING,           /* no such field */
        HOLD_BOOL,
        HOLD_U16,
        HOLD_U32,               /* enums too */
        HOLD_U64,
        HOLD_I64,
        HOLD_S64,               /* zigzag on the wire */
        HOLD_DAY,               /* date; zigzag on the wire */
        HOLD_FORMAT,            /* not in the struct: FORMAT_MOST */
        HOLD_WHOLE_S64,         /* num of a struct value, whose den is then 1 */
        HOLD_WHOLE_BOOL,
        HOLD_NAME,
        HOLD_ITEM,
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
};

enum list {
        LIST_NONE,
        LIST_ARENA,             /* a pointer to rows in the arena, a count */
        LIST_INSIDE,            /* rows in the struct, a count */
        LIST_POOL,              /* rows of all such lists in the root struct; here u16 first, count */
};

struct place {
        uint8_t hold, given, list;
        uint8_t count_size;             /* of the count: 1, 2 or 4 octets */
        bool is_event;                  /* its rows are the events that faults are counted by */
        uint32_t offset, flag, value, count;
        uint32_t least, most;           /* octets; least 0: no least, most 0: no limit but the message's */
        uint32_t least_rows, most_rows;
        uint32_t pool_count;            /* in the root; offset is the pool */
        const struct layout *of;        /* of a message */
};

struct layout {
        const ProtobufCMessageDescriptor *schema;
        const struct place *places;     /* by number of the field, from 0 */
        uint32_t count;                 /* highest number and one */
        uint32_t size;                  /* of the struct: the stride of rows */
        uint32_t tag, tag_size;         /* says which member of the oneof holds */
        bool keeps_itself;              /* the struct bytes at @own_bytes gets the message's octets */
        uint32_t own_bytes;
        uint64_t together[2];           /* bits of numbers: all of them or none */
};

static inline const struct place *layout_place(const struct layout *layout, uint32_t number)
{
        if (number >= layout->count || layout->places[number].hold == HOLD_NOTHING)
                return NULL;
        return &layout->places[number];
}

/* Lists are of messages, digests and node paths. */
static inline size_t row_size(const struct place *place)
{
        if (place->of)
                return place->of->size;
        return place->hold == HOLD_FIXED ? place->most : sizeof(struct node_path);
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

/* ---- rows: first what and where, then when it is there, then the limit */

/* The offset, and an error when the member is of another type. */
#define AT_(type, where, t) \
        (uint32_t)(offsetof(struct t, where) + _Generic(&((struct t *)0)->where, type *: 0u))
#define SIZE_(t, where) (uint32_t)sizeof(((struct t *)0)->where)

#define BOOL(t, where)          .hold = HOLD_BOOL, .offset = AT_(bool, where, t)
#define U16(t, where)           .hold = HOLD_U16, .offset = AT_(uint16_t, where, t)
#define U32(t, where)           .hold = HOLD_U32, .offset = AT_(uint32_t, where, t)
#define U64(t, where)           .hold = HOLD_U64, .offset = AT_(uint64_t, where, t)
#define I64(t, where)           .hold = HOLD_I64, .offset = AT_(int64_t, where, t)
#define S64(t, where)           .hold = HOLD_S64, .offset = AT_(int64_t, where, t)
#define DAY(t, where)           .hold = HOLD_DAY, .offset = AT_(date, where, t)
#define FORMAT                  .hold = HOLD_FORMAT
#define WHOLE_S64(t, where)     .hold = HOLD_WHOLE_S64, .offset = AT_(struct value, where, t)
#define WHOLE_BOOL(t, where)    .hold = HOLD_WHOLE_BOOL, .offset = AT_(struct value, where, t)
#define NAME(t, where)          .hold = HOLD_NAME, .offset = AT_(struct name, where, t)
#define ITEM(t, where)          .hold = HOLD_ITEM, .offset = AT_(struct item, where, t)
#define CONTRACT(t, where)      .hold = HOLD_CONTRACT, .offset = AT_(struct contract_id, where, t)
#define NODE(t, where)          .hold = HOLD_NODE, .offset = AT_(struct node_path, where, t)
#define TEXT(t, where)          .hold = HOLD_TEXT, .offset = AT_(struct text, where, t), \
                                .most = TEXT_MAX_LENGTH
#define FRACTION(t, where)      .hold = HOLD_FRACTION, .offset = AT_(wide, where, t)
#define SPAN(t, where, limit)   .hold = HOLD_SPAN, .offset = AT_(struct bytes, where, t), \
                                .most = (limit)
#define LINES(t, where, limit)  .hold = HOLD_LINES, .offset = AT_(struct bytes, where, t), \
                                .most = (limit)
#define CONTRACT_SPAN(t, where) .hold = HOLD_CONTRACT_SPAN, .offset = AT_(struct bytes, where, t), \
                                .most = CONTRACT_ID_MAX
#define FIXED(t, where)         .hold = HOLD_FIXED, .offset = offsetof(struct t, where), \
                                .least = SIZE_(t, where), .most = SIZE_(t, where)
#define FIXED_SPAN(t, where, n) .hold = HOLD_SPAN, .offset = AT_(struct bytes, where, t), \
                                .least = (n), .most = (n)
#define INSIDE(t, where, l)     .hold = HOLD_INSIDE, .offset = offsetof(struct t, where), .of = &(l)
#define SAME_STRUCT(l)          .hold = HOLD_INSIDE, .offset = 0, .of = &(l)
#define POINTER(t, where, l)    .hold = HOLD_POINTER, .offset = offsetof(struct t, where), .of = &(l)

#define FIXED_LIST(t, where, counter, limit) \
        .hold = HOLD_FIXED, .list = LIST_ARENA, .least = SIZE_(t, where[0]), \
        .most = SIZE_(t, where[0]), ROWS_(t, where, counter, limit)
#define NODE_ARRAY(t, where, counter) \
        .hold = HOLD_NODE, .list = LIST_INSIDE, \
        ROWS_(t, where, counter, SIZE_(t, where) / SIZE_(t, where[0]))
#define ROWS_(t, where, counter, limit) \
        .offset = offsetof(struct t, where), .count = offsetof(struct t, counter), \
        .count_size = SIZE_(t, counter), .most_rows = (limit)
#define LIST(t, where, counter, limit, l) \
        .hold = HOLD_INSIDE, .list = LIST_ARENA, .of = &(l), ROWS_(t, where, counter, limit)
#define ARRAY(t, where, counter, l) \
        .hold = HOLD_INSIDE, .list = LIST_INSIDE, .of = &(l), \
        ROWS_(t, where, counter, SIZE_(t, where) / SIZE_(t, where[0]))
#define POOL(t, where, counter, root, pool, pool_counter, l) \
        .hold = HOLD_INSIDE, .list = LIST_POOL, .of = &(l), .offset = offsetof(struct root, pool), \
        .pool_count = AT_(uint16_t, pool_counter, root), .count = AT_(uint16_t, where, t), \
        .most_rows = SIZE_(root, pool) / SIZE_(root, pool[0])

#define IF_SET                  .given = GIVEN_IF_SET
#define IF_DAY                  .given = GIVEN_IF_DAY
#define IF_EVENT                .given = GIVEN_IF_EVENT
#define IF_RATE                 .given = GIVEN_IF_RATE
#define IF_FLAG(t, where)       .given = GIVEN_IF_FLAG, .flag = AT_(bool, where, t)
#define TAG(number)             .given = GIVEN_IF_TAG, .value = (number)
#define WHEN(t, where, number)  .given = GIVEN_WHEN, .flag = AT_(uint32_t, where, t), .value = (number)

#define LAYOUT(message, t, rows) \
        .schema = &accord__v1__##message##__descriptor, .places = (rows), \
        .count = sizeof(rows) / sizeof((rows)[0]), .size = sizeof(struct t)
#define TAGGED(t, where)        .tag = offsetof(struct t, where), .tag_size = SIZE_(t, where)
#define KEEPS_ITSELF(t, where)  .keeps_itself = true, .own_bytes = AT_(struct bytes, where, t)
#define BIT(number)             (UINT64_C(1) << (number))

/* ---- messages that stand in more than one other */

extern const struct layout layout_rate, layout_relayed, layout_fact, layout_fact_row,
        layout_run_request, layout_signed_submission, layout_fault, layout_query, layout_answer,
        layout_party_admission, layout_node_admission, layout_node_revocation, layout_statement,
        layout_signal_entry;

/* A message without fields, or one whose fields lie in the struct around it. */
extern const struct place no_places[1];

/* A used fact's unit is not on the wire: its kind has it. 0 or REFUSAL_MALFORMED. */
int statement_finish(struct statement *statement, struct fault *ret_fault);
int answer_finish(struct answer *answer, struct fault *ret_fault);

#endif
