/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/fill.h"

#include <errno.h>
#include <string.h>

#include "core/check.h"
#include "proto/field.h"
#include "proto/fraction.h"

struct fill {
        struct arena *arena;
        uint8_t *root;          /* the outermost struct: has the pools */
};

static int fill_message(struct fill *fill, const struct layout *layout, struct bytes from,
                        uint8_t *to);

/* Each item once. A list that has one item a row cannot have more than the pool has room for. */
static void fill_item_at(const struct fill *fill, const struct place *place, struct bytes span,
                         uint8_t *to)
{
        uint8_t *pool = fill->root + place->value, *counter = fill->root + place->pool_count;
        uint32_t count = load_u32(counter, 2), at = count;
        struct item item;
        bool fine = item_parse(span, &item);

        assert(fine);
        while (at > 0 && memcmp(pool + (at - 1) * sizeof(item), &item, sizeof(item)) != 0)
                at--;
        if (at == 0) {
                assert(count < place->most_rows);
                memcpy(pool + count * sizeof(item), &item, sizeof(item));
                at = count + 1;
                store_u32(counter, at, 2);
        }
        store_u32(to, at, 2);
}

static void fill_number(const struct place *place, uint64_t value, uint8_t *to)
{
        int64_t whole = value ? 1 : 0, one = 1, zigzagged = unzigzag(value);
        date day = (date)zigzagged;

        switch ((enum hold)place->hold) {
        case HOLD_BOOL:
                *to = value != 0;
                break;
        case HOLD_U16:
                store_u32(to, (uint32_t)value, 2);
                break;
        case HOLD_U32:
        case HOLD_KIND:
                store_u32(to, (uint32_t)value, 4);
                break;
        case HOLD_U64:
        case HOLD_I64:
                memcpy(to, &value, 8);
                break;
        case HOLD_S64:
                memcpy(to, &zigzagged, 8);
                break;
        case HOLD_DAY:
                memcpy(to, &day, sizeof(day));
                break;
        case HOLD_WHOLE_S64:
                memcpy(to + offsetof(struct value, num), &zigzagged, 8);
                memcpy(to + offsetof(struct value, den), &one, 8);
                break;
        case HOLD_WHOLE_BOOL:
                memcpy(to + offsetof(struct value, num), &whole, 8);
                memcpy(to + offsetof(struct value, den), &one, 8);
                break;
        default:
                assert(place->hold == HOLD_FORMAT);
        }
}

/* Each parsed once already, by the scan. */
static void fill_span(const struct place *place, struct bytes span, void *to)
{
        struct node_path *node = to;
        wide *fraction = to;
        bool fine = true;

        switch ((enum hold)place->hold) {
        case HOLD_NAME:
                fine = name_parse(span, to);
                break;
        case HOLD_ITEM:
                fine = item_parse(span, to);
                break;
        case HOLD_CONTRACT:
                fine = contract_id_parse(span, to);
                break;
        case HOLD_NODE:
                fine = node_path_parse(span, &node->party, &node->node);
                break;
        case HOLD_FRACTION:
                fine = fraction_parse(span, &fraction[0], &fraction[1]);
                break;
        case HOLD_TEXT:
        case HOLD_FIXED:
                assert(span.size <= place->most);
                if (span.size)
                        memcpy(to, span.data, span.size);
                break;
        default:
                memcpy(to, &span, sizeof(span));
        }
        assert(fine);
}

static int fill_pointer(struct fill *fill, const struct place *place, struct bytes span,
                        uint8_t *to)
{
        void *taken = arena_take(fill->arena, place->of->size);

        if (!taken)
                return -ENOMEM;
        memcpy(to, &taken, sizeof(taken));
        return fill_message(fill, place->of, span, taken);
}

static int fill_value(struct fill *fill, const struct place *place, const struct field *field,
                      uint8_t *to)
{
        if (field->type == TYPE_VARINT) {
                fill_number(place, field->value, to);
                return 0;
        }
        if (place->hold == HOLD_INSIDE)
                return fill_message(fill, place->of, field->span, to);
        if (place->hold == HOLD_POINTER)
                return fill_pointer(fill, place, field->span, to);
        if (place->hold == HOLD_ITEM_AT)
                fill_item_at(fill, place, field->span, to);
        else
                fill_span(place, field->span, to);
        return 0;
}

/* Room for all rows of a list at once, when the first is met. */
static int fill_rows(struct fill *fill, const struct place *place, uint32_t count, uint8_t *to)
{
        uint32_t first;
        void *rows;

        switch ((enum list)place->list) {
        case LIST_ARENA:
                rows = arena_take(fill->arena, (size_t)count * row_size(place));
                if (!rows)
                        return -ENOMEM;
                memcpy(to + place->offset, &rows, sizeof(rows));
                break;
        case LIST_POOL:
                first = load_u32(fill->root + place->pool_count, 2);
                assert(count <= place->most_rows - first);
                store_u32(to + place->count, first, 2);
                break;
        default:
                assert(count <= place->most_rows);
        }
        return 0;
}

/* The next row; it is counted, so that the count is right at every moment. */
static uint8_t *fill_row(struct fill *fill, const struct place *place, uint8_t *to)
{
        uint8_t *rows = to + place->offset, *counter = to + place->count;
        uint32_t size = place->count_size, count;

        if (place->list == LIST_ARENA)
                memcpy(&rows, to + place->offset, sizeof(rows));
        if (place->list == LIST_POOL) {
                uint8_t *own = counter + 2;

                store_u32(own, load_u32(own, 2) + 1, 2);
                rows = fill->root + place->offset;
                counter = fill->root + place->pool_count;
                size = 2;
        }
        count = load_u32(counter, size);
        store_u32(counter, count + 1, size);
        return rows + (size_t)count * row_size(place);
}

static void mark_given(const struct layout *layout, const struct place *place, uint8_t *to)
{
        if (place->given == GIVEN_IF_FLAG)
                to[place->flag] = true;
        else if (place->given == GIVEN_IF_TAG)
                store_u32(to + layout->tag, place->value, layout->tag_size);
}

/* Before the fields are read; all else is zero when it is absent. */
static void fill_absent(const struct layout *layout, uint8_t *to)
{
        const date no_day = DATE_NONE;
        const int64_t one = 1;

        for (uint64_t left = layout->not_zero; left; left &= left - 1) {
                const struct place *place = &layout->places[__builtin_ctzll(left)];
                uint8_t *at = to + place->offset;

                if (place->given == GIVEN_IF_DAY || place->given == GIVEN_IF_OTHER)
                        memcpy(at, &no_day, sizeof(no_day));
                else if (place->given == GIVEN_IF_EVENT)
                        store_u32(at, REFUSAL_WHOLE, 4);
                else
                        memcpy(at + offsetof(struct rate, den), &one, sizeof(one));
        }
}

static int fill_field(struct fill *fill, const struct place *place, const struct field *field,
                      bool first, struct cursor rest, uint8_t *to)
{
        int r;

        if (place->list == LIST_NONE)
                return fill_value(fill, place, field, to + place->offset);
        if (first) {
                r = fill_rows(fill, place, 1 + cursor_count(rest, field->number), to);
                if (r)
                        return r;
        }
        return fill_value(fill, place, field, fill_row(fill, place, to));
}

static int fill_fields(struct fill *fill, const struct layout *layout, struct bytes from,
                       uint8_t *to)
{
        struct cursor cursor = cursor_on(from);
        struct field field;
        uint64_t seen = 0;

        if (layout->keeps_itself)
                memcpy(to + layout->own_bytes, &from, sizeof(from));
        fill_absent(layout, to);
        while (!cursor_ended(&cursor)) {
                enum flaw flaw = cursor_next(&cursor, &field);
                const struct place *place;
                int r;

                assert(flaw == FLAW_NONE);
                place = layout_place(layout, field.number);
                if (!place)
                        continue;
                mark_given(layout, place, to);
                r = fill_field(fill, place, &field, !(seen & BIT(field.number)), cursor, to);
                if (r)
                        return r;
                seen |= BIT(field.number);
        }
        return 0;
}

static int fill_message(struct fill *fill, const struct layout *layout, struct bytes from,
                        uint8_t *to)
{
        uint8_t *root = fill->root;
        int r;

        if (layout->is_root)
                fill->root = to;
        r = fill_fields(fill, layout, from, to);
        fill->root = root;
        return r;
}

int fill(const struct layout *layout, struct bytes from, struct arena *arena, void *ret_struct)
{
        struct fill state = { .arena = arena, .root = ret_struct };

        return fill_message(&state, layout, from, ret_struct);
}

int fill_checked(const struct layout *layout, struct bytes from, size_t most,
                 enum unknown_fields unknown, struct arena *arena, void *ret_struct,
                 struct fault *ret_fault)
{
        int r = scan_size(from, most, ret_fault);

        if (!r)
                r = scan(layout, from, unknown, ret_fault);
        return r ? r : fill(layout, from, arena, ret_struct);
}
