/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/pack.h"

#include <errno.h>
#include <string.h>

#include "core/check.h"
#include "proto/field.h"
#include "proto/fraction.h"

struct out {
        uint8_t *at;            /* NULL: only measures */
        size_t size;
        const uint8_t *root;    /* the outermost struct: has the pools */
        int r;
};

union printed {
        char contract[CONTRACT_ID_MAX + 1];
        char fraction[FRACTION_TEXT_MAX];
};

static void pack_message(struct out *out, const struct layout *layout, const uint8_t *from);

static void put(struct out *out, const void *data, size_t size)
{
        if (out->at && size)
                memcpy(out->at + out->size, data, size);
        out->size += size;
}

size_t number_size(uint64_t value)
{
        size_t size = 1;

        while (value >>= 7)
                size++;
        return size;
}

static void put_number(struct out *out, uint64_t value)
{
        uint8_t octets[10];
        size_t size = 0;

        for (; value > 0x7f; value >>= 7)
                octets[size++] = (uint8_t)(value | 0x80);
        octets[size++] = (uint8_t)value;
        put(out, octets, size);
}

static void put_tag(struct out *out, uint32_t number, enum wire_type type)
{
        put_number(out, (uint64_t)number << 3 | type);
}

/* ---- values */

static bool is_number(const struct place *place)
{
        return place->hold <= HOLD_WHOLE_BOOL;
}

static uint64_t number_of(const struct place *place, const uint8_t *from)
{
        uint64_t value = 0;
        date day;

        switch ((enum hold)place->hold) {
        case HOLD_BOOL:
                return *from != 0;
        case HOLD_U16:
                return load_u32(from, 2);
        case HOLD_U32:
        case HOLD_KIND:
                return load_u32(from, 4);
        case HOLD_DAY:
                memcpy(&day, from, sizeof(day));
                return zigzag(day);
        case HOLD_FORMAT:
                return FORMAT_MOST;
        case HOLD_WHOLE_S64:
        case HOLD_WHOLE_BOOL:
                memcpy(&value, from + offsetof(struct value, num), 8);
                break;
        default:
                memcpy(&value, from, 8);
        }
        if (place->hold == HOLD_S64 || place->hold == HOLD_WHOLE_S64)
                return zigzag((int64_t)value);
        return place->hold == HOLD_WHOLE_BOOL ? value != 0 : value;
}

static struct bytes text_of(const void *text, size_t room)
{
        return (struct bytes) { text, strnlen(text, room) };
}

static size_t print_node(const struct node_path *node, char *to)
{
        struct bytes party = name_bytes(&node->party), own = name_bytes(&node->node);

        memcpy(to, party.data, party.size);
        to[party.size] = '/';
        memcpy(to + party.size + 1, own.data, own.size);
        return party.size + 1 + own.size;
}

/* The octets of a string or bytes; @printed is for what is not held as it is written. */
static struct bytes span_of(const struct out *out, const struct place *place, const void *from,
                            union printed *printed)
{
        const wide *fraction = from;
        struct bytes span;

        switch ((enum hold)place->hold) {
        case HOLD_NAME:
                return text_of(from, sizeof(struct name));
        case HOLD_ITEM:
                return text_of(from, sizeof(struct item));
        case HOLD_ITEM_AT:
                assert(load_u32(from, 2) <= load_u32(out->root + place->pool_count, 2));
                return text_of(out->root + place->value +
                               (load_u32(from, 2) - 1) * sizeof(struct item), sizeof(struct item));
        case HOLD_TEXT:
                return text_of(from, sizeof(struct text));
        case HOLD_CONTRACT:
                span.size = contract_id_print(from, printed->contract);
                break;
        case HOLD_NODE:
                span.size = print_node(from, printed->contract);
                break;
        case HOLD_FRACTION:
                span.size = fraction_print(fraction[0], fraction[1], printed->fraction);
                break;
        case HOLD_FIXED:
                return (struct bytes) { from, place->most };
        default:
                memcpy(&span, from, sizeof(span));
                return span;
        }
        span.data = printed;
        return span;
}

/* ---- is it there? */

static bool all_zero(const uint8_t *from, size_t size)
{
        for (size_t i = 0; i < size; i++)
                if (from[i])
                        return false;
        return true;
}

static bool is_set(const struct place *place, const uint8_t *from)
{
        struct bytes span;
        const void *pointer;

        switch ((enum hold)place->hold) {
        case HOLD_NAME:
        case HOLD_ITEM:
        case HOLD_CONTRACT:
        case HOLD_NODE:
        case HOLD_TEXT:
                return *from != '\0';
        case HOLD_ITEM_AT:
                return load_u32(from, 2) != 0;
        case HOLD_FIXED:
                return !all_zero(from, place->most);
        case HOLD_SPAN:
        case HOLD_LINES:
        case HOLD_CONTRACT_SPAN:
                memcpy(&span, from, sizeof(span));
                return span.size > 0;
        case HOLD_POINTER:
                memcpy(&pointer, from, sizeof(pointer));
                return pointer != NULL;
        default:
                assert(is_number(place));
                return number_of(place, from) != 0;
        }
}

static bool is_given(const struct out *out, const struct layout *layout,
                     const struct place *place, const uint8_t *from)
{
        int64_t num;
        date day;

        switch ((enum given)place->given) {
        case GIVEN_ALWAYS:
                return true;
        case GIVEN_IF_SET:
                return is_set(place, from + place->offset);
        case GIVEN_IF_DAY:
                memcpy(&day, from + place->offset, sizeof(day));
                return day != DATE_NONE;
        case GIVEN_IF_EVENT:
                return load_u32(from + place->offset, 4) != REFUSAL_WHOLE;
        case GIVEN_IF_RATE:
                memcpy(&num, from + place->offset + offsetof(struct rate, num), sizeof(num));
                return num != 0;
        case GIVEN_IF_FLAG:
                return from[place->flag];
        case GIVEN_IF_TAG:
                return load_u32(from + layout->tag, layout->tag_size) == place->value;
        case GIVEN_WHEN:
                return load_u32(from + place->flag, 4) == place->value;
        case GIVEN_IF_OTHER:
                return memcmp(from + place->flag, out->root + place->value,
                              sizeof(struct period)) != 0;
        }
        return false;
}

/* ---- messages */

/* Its size stands before it and is known after it; most need one octet for that. */
static void pack_inner(struct out *out, const struct place *place, const uint8_t *from)
{
        size_t start = out->size, size, shift;

        if (place->hold == HOLD_POINTER) {
                const void *held;

                memcpy(&held, from, sizeof(held));
                assert(held);
                from = held;
        }
        out->size = start + 1;
        pack_message(out, place->of, from);
        size = out->size - start - 1;
        shift = number_size(size) - 1;
        if (out->at && shift)
                memmove(out->at + start + 1 + shift, out->at + start + 1, size);
        out->size = start;
        put_number(out, size);
        out->size += size;
}

static void pack_value(struct out *out, const struct place *place, uint32_t number,
                       const uint8_t *from)
{
        union printed printed;
        struct bytes span;

        if (is_number(place)) {
                put_tag(out, number, TYPE_VARINT);
                put_number(out, number_of(place, from));
                return;
        }
        put_tag(out, number, TYPE_BYTES);
        if (place->of) {
                pack_inner(out, place, from);
                return;
        }
        span = span_of(out, place, from, &printed);
        if (span.size < place->least || (place->most && span.size > place->most))
                out->r = -EMSGSIZE;
        put_number(out, span.size);
        put(out, span.data, span.size);
}

static void pack_rows(struct out *out, const struct place *place, uint32_t number,
                      const uint8_t *from)
{
        const uint8_t *rows = from + place->offset;
        uint32_t count;

        if (place->list == LIST_ARENA)
                memcpy(&rows, from + place->offset, sizeof(rows));
        if (place->list == LIST_POOL) {
                rows = out->root + place->offset +
                       load_u32(from + place->count, 2) * row_size(place);
                count = load_u32(from + place->count + 2, 2);
        } else {
                count = load_u32(from + place->count, place->count_size);
        }
        if (count > place->most_rows) {
                out->r = -EMSGSIZE;
                return;
        }
        for (uint32_t i = 0; i < count; i++)
                pack_value(out, place, number, rows + i * row_size(place));
}

static void pack_message(struct out *out, const struct layout *layout, const uint8_t *from)
{
        const uint8_t *root = out->root;

        if (layout->is_root)
                out->root = from;
        for (uint32_t number = 1; number < layout->count; number++) {
                const struct place *place = layout_place(layout, number);

                if (!place || !is_given(out, layout, place, from))
                        continue;
                if (place->list == LIST_NONE)
                        pack_value(out, place, number, from + place->offset);
                else
                        pack_rows(out, place, number, from);
        }
        out->root = root;
}

size_t packed_size(const struct layout *layout, const void *message)
{
        struct out measure = { .root = message };

        pack_message(&measure, layout, message);
        return measure.size;
}

int layout_pack(const struct layout *layout, const void *message, struct sink *sink)
{
        struct out out = { .root = message };
        size_t size;

        pack_message(&out, layout, message);
        if (out.r)
                return out.r;
        size = out.size;
        out.size = 0;
        out.at = sink_room(sink, size);
        if (!out.at)
                return -ENOBUFS;
        pack_message(&out, layout, message);
        assert(out.size == size);
        sink_grow(sink, size);
        return 0;
}
