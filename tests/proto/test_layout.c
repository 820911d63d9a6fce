/* SPDX-License-Identifier: Apache-2.0 */
/* Each table against its schema: no field forgotten, none in a shape that cannot hold it. */
#include <stdio.h>
#include <string.h>

#include "proto/path.h"
#include "proto/rows.h"
#include "tests/proto/run.h"

static const struct layout *const roots[] = {
        &layout_client_frame, &layout_submission_body, &layout_terms, &layout_signed_record,
        &layout_record_body, &layout_hub_frame, &layout_signal_frame, &layout_control_request,
        &layout_control_answer, &layout_decisions, &layout_charter,
};

/* What a type of the schema may be held as. */
static bool holds(ProtobufCType type, enum hold hold)
{
        switch (type) {
        case PROTOBUF_C_TYPE_BOOL:
                return hold == HOLD_BOOL || hold == HOLD_WHOLE_BOOL;
        case PROTOBUF_C_TYPE_ENUM:
                return hold == HOLD_U32;
        case PROTOBUF_C_TYPE_UINT32:
                return hold == HOLD_U32 || hold == HOLD_KIND || hold == HOLD_U16 ||
                       hold == HOLD_FORMAT;
        case PROTOBUF_C_TYPE_SINT32:
                return hold == HOLD_DAY;
        case PROTOBUF_C_TYPE_UINT64:
                return hold == HOLD_U64;
        case PROTOBUF_C_TYPE_INT64:
                return hold == HOLD_I64;
        case PROTOBUF_C_TYPE_SINT64:
                return hold == HOLD_S64 || hold == HOLD_WHOLE_S64;
        case PROTOBUF_C_TYPE_STRING:
                return hold >= HOLD_NAME && hold <= HOLD_CONTRACT_SPAN;
        case PROTOBUF_C_TYPE_BYTES:
                return hold == HOLD_SPAN || hold == HOLD_FIXED;
        case PROTOBUF_C_TYPE_MESSAGE:
                return hold == HOLD_INSIDE || hold == HOLD_POINTER;
        default:
                return false;
        }
}

/* When a field of a label can be left out. */
static bool fits(const ProtobufCFieldDescriptor *field, const struct place *place)
{
        bool member = field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF;

        if (field->label == PROTOBUF_C_LABEL_REPEATED)
                return place->list != LIST_NONE && place->given == GIVEN_ALWAYS && place->most_rows;
        if (place->list != LIST_NONE || member != (place->given == GIVEN_IF_TAG))
                return false;
        if (member)
                return true;
        return (field->label == PROTOBUF_C_LABEL_REQUIRED) == (place->given == GIVEN_ALWAYS);
}

static void check_field(const struct layout *layout, const ProtobufCFieldDescriptor *field)
{
        const char *message = layout->schema->short_name;
        const struct place *place = layout_place(layout, field->id);
        bool not_zero;
        size_t size;

        ck_assert_msg(place != NULL, "%s.%s has no row", message, field->name);
        ck_assert_msg(field->id < 64, "%s.%s: its number does not fit the masks", message,
                      field->name);
        ck_assert_msg(holds(field->type, place->hold), "%s.%s: held as what it is not", message,
                      field->name);
        ck_assert_msg(fits(field, place), "%s.%s: given when it must not be", message, field->name);
        not_zero = place->given == GIVEN_IF_DAY || place->given == GIVEN_IF_EVENT ||
                   place->given == GIVEN_IF_RATE || place->given == GIVEN_IF_OTHER;
        ck_assert_msg(not_zero == !!(layout->not_zero & BIT(field->id)),
                      "%s.%s: not_zero is wrong", message, field->name);
        ck_assert_msg(place->hold != HOLD_SPAN || place->most, "%s.%s has no limit", message,
                      field->name);
        size = place->list == LIST_POOL ? sizeof(struct terms) : layout->size;
        ck_assert_msg(place->offset < size, "%s.%s lies beyond its struct", message, field->name);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                ck_assert_msg(place->of->schema == field->descriptor, "%s.%s: another message",
                              message, field->name);
}

static bool come_together(const struct layout *layout, uint64_t both)
{
        for (size_t i = 0; i < sizeof(layout->together) / sizeof(layout->together[0]); i++)
                if ((layout->together[i] & both) == both)
                        return true;
        return false;
}

/* All with one flag must come together, or one of them would say that the others are there too. */
static void check_flags(const struct layout *layout)
{
        for (uint32_t a = 1; a < layout->count; a++)
                for (uint32_t b = a + 1; b < layout->count; b++) {
                        const struct place *one = layout_place(layout, a);
                        const struct place *other = layout_place(layout, b);
                        uint64_t both = BIT(a) | BIT(b);

                        if (!one || !other || one->given != GIVEN_IF_FLAG ||
                            other->given != GIVEN_IF_FLAG || one->flag != other->flag)
                                continue;
                        ck_assert_msg(come_together(layout, both),
                                      "%s: %u and %u share a flag and need not come together",
                                      layout->schema->short_name, a, b);
                }
}

struct walk {
        const char *trail[16];
        size_t depth, paths, deepest;
};

static void check_layout(struct walk *walk, const struct layout *layout)
{
        const ProtobufCMessageDescriptor *schema = layout->schema;
        const char *oneof = NULL;
        unsigned int offset = 0, rows = 0;

        ck_assert_msg(walk->depth < WIRE_DEPTH_MAX, "%s lies too deep", schema->short_name);
        check_flags(layout);
        for (uint32_t number = 0; number < layout->count; number++)
                rows += layout_place(layout, number) != NULL;
        ck_assert_msg(rows == schema->n_fields, "%s has a row too many", schema->short_name);
        for (unsigned int i = 0; i < schema->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &schema->fields[i];

                check_field(layout, field);
                if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
                        ck_assert_msg(!oneof || offset == field->quantifier_offset,
                                      "%s has two oneofs", schema->short_name);
                        oneof = field->name;
                        offset = field->quantifier_offset;
                }
                walk->trail[walk->depth++] = field->name;
                path_of(walk->trail, walk->depth);
                walk->paths++;
                walk->deepest = walk->depth > walk->deepest ? walk->depth : walk->deepest;
                if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                        check_layout(walk, layout_place(layout, field->id)->of);
                walk->depth--;
        }
}

START_TEST(every_table_fits_its_schema)
{
        struct walk walk = { .depth = 0 };

        check_layout(&walk, roots[_i]);
        ck_assert(walk.paths > 0);
}
END_TEST

/* What the table would find wrong it must find: a field that moved, a limit that was left out. */
START_TEST(every_path_has_room)
{
        struct walk walk = { .depth = 0 };
        const char *last[2];

        for (int i = 0; i < COUNT_OF(roots); i++)
                check_layout(&walk, roots[i]);

        /* Kept whole, and once: the longest there is comes out the same twice. */
        walk.trail[0] = "answer";
        walk.trail[1] = "facts";
        walk.trail[2] = "fact";
        walk.trail[3] = "relayed";
        walk.trail[4] = "document_sha256";
        last[0] = path_of(walk.trail, 5);
        last[1] = path_of(walk.trail, 5);
        ck_assert_str_eq(last[0], "answer.facts.fact.relayed.document_sha256");
        ck_assert_ptr_eq(last[0], last[1]);
        ck_assert_msg(walk.paths < 2048, "%zu paths: give path.c more room", walk.paths);
        ck_assert_str_eq(path_of(walk.trail, 0), "");
}
END_TEST

/* A decoder that followed a message into itself could be sent down for ever. */
static bool contains(const ProtobufCMessageDescriptor *in, const ProtobufCMessageDescriptor *what,
                     int depth)
{
        ck_assert_int_lt(depth, 32);
        for (unsigned int i = 0; i < in->n_fields; i++) {
                if (in->fields[i].type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if (in->fields[i].descriptor == what ||
                    contains(in->fields[i].descriptor, what, depth + 1))
                        return true;
        }
        return false;
}

static void check_not_within(const ProtobufCMessageDescriptor *schema, int depth)
{
        ck_assert_int_lt(depth, 32);
        ck_assert_msg(!contains(schema, schema, 0), "%s contains itself", schema->short_name);
        for (unsigned int i = 0; i < schema->n_fields; i++)
                if (schema->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        check_not_within(schema->fields[i].descriptor, depth + 1);
}

START_TEST(no_message_contains_itself)
{
        check_not_within(roots[_i]->schema, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("layout");

        tcase_add_loop_test(tests, every_table_fits_its_schema, 0, COUNT_OF(roots));
        tcase_add_loop_test(tests, no_message_contains_itself, 0, COUNT_OF(roots));
        tcase_add_test(tests, every_path_has_room);
        return run_case(tests, "proto-layout");
}
