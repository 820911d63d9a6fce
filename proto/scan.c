/* SPDX-License-Identifier: Apache-2.0 */
#include "proto/scan.h"

#include "core/check.h"
#include "proto/field.h"
#include "proto/fraction.h"
#include "proto/limits.h"
#include "proto/path.h"

struct scan {
        enum unknown_fields unknown;
        uint32_t event;                 /* the one we are in, or REFUSAL_WHOLE */
        uint32_t events;                /* so far */
        uint32_t pooled;                /* rows of a pool so far */
        size_t depth;
        const char *trail[WIRE_DEPTH_MAX];
        struct fault *fault;
};

static const char *const flaws[] = {
        [FLAW_CUT] = "ends in the middle of a field",
        [FLAW_NUMBER] = "has a number that is longer than it need be or does not fit 64 bits",
        [FLAW_TAG] = "has a field without a number, or a wire type that is never used here",
};

static int refuse(struct scan *scan, enum refusal code, const char *says)
{
        *scan->fault = (struct fault) {
                .code = code,
                .event = scan->event,
                .field = path_of(scan->trail, scan->depth),
                .says = says,
        };
        return (int)code;
}

static int malformed(struct scan *scan, const char *says)
{
        return refuse(scan, REFUSAL_MALFORMED, says);
}

/* As malformed(), of the field that is not in the trail yet. */
static int malformed_at(struct scan *scan, const char *name, const char *says)
{
        int r;

        assert(scan->depth < WIRE_DEPTH_MAX);
        scan->trail[scan->depth++] = name;
        r = malformed(scan, says);
        scan->depth--;
        return r;
}

/* ---- values */

static bool continued(const uint8_t *at, size_t count)
{
        for (size_t i = 1; i <= count; i++)
                if ((at[i] & 0xc0) != 0x80)
                        return false;
        return true;
}

/* How many octets the character at @at has, two to four; 0 when it is none, or a control. */
static size_t long_character(const uint8_t *at, size_t left)
{
        uint8_t first = at[0];

        if (first >= 0xc2 && first <= 0xdf && left >= 2 && continued(at, 1))
                return first == 0xc2 && at[1] < 0xa0 ? 0 : 2;   /* U+0080..U+009F are controls */
        if (first >= 0xe0 && first <= 0xef && left >= 3 && continued(at, 2)) {
                bool overlong = first == 0xe0 && at[1] < 0xa0;
                bool surrogate = first == 0xed && at[1] >= 0xa0;

                return overlong || surrogate ? 0 : 3;
        }
        if (first >= 0xf0 && first <= 0xf4 && left >= 4 && continued(at, 3)) {
                bool overlong = first == 0xf0 && at[1] < 0x90;
                bool beyond = first == 0xf4 && at[1] >= 0x90;

                return overlong || beyond ? 0 : 4;
        }
        return 0;
}

static bool readable(struct bytes text, bool lines)
{
        const uint8_t *at = text.data;
        size_t left = text.size, size;

        for (; left; at += size, left -= size) {
                if (*at >= 0x80)
                        size = long_character(at, left);
                else
                        size = (*at >= 0x20 && *at != 0x7f) ||
                               (lines && (*at == '\n' || *at == '\t'));
                if (size == 0)
                        return false;
        }
        return true;
}

static const char *text_fault(enum hold hold, struct bytes text)
{
        union {
                struct name name;
                struct item item;
                struct contract_id contract;
                struct node_path node;
                struct { wide num, den; } fraction;
        } u;

        switch (hold) {
        case HOLD_NAME:
                return name_parse(text, &u.name) ? NULL :
                        "is no name: 1 to 31 of a-z 0-9 - . _, a letter or digit first";
        case HOLD_ITEM:
        case HOLD_ITEM_AT:
                return item_parse(text, &u.item) ? NULL :
                        "is no item: 1 to 47 of a-z 0-9 - . _ / :, a letter or digit first";
        case HOLD_CONTRACT:
        case HOLD_CONTRACT_SPAN:
                return contract_id_parse(text, &u.contract) ? NULL :
                        "is no contract: it must be BEARER/EARNER/LABEL, three names";
        case HOLD_NODE:
                return node_path_parse(text, &u.node.party, &u.node.node) ? NULL :
                        "is no node: it must be PARTY/NODE, two names";
        case HOLD_FRACTION:
                return fraction_parse(text, &u.fraction.num, &u.fraction.den) ? NULL :
                        "is no exact figure: \"123\" or \"-5/7\", each number within 128 bits";
        default:
                return readable(text, hold == HOLD_LINES) ? NULL :
                        "is not UTF-8, or has a NUL or control character";
        }
}

static int scan_span(struct scan *scan, const struct place *place, ProtobufCType type,
                     struct bytes span)
{
        const char *says;

        if (place->least && (span.size < place->least || span.size > place->most))
                return malformed(scan, "has not the size it must have");
        if (place->most && span.size > place->most)
                return type == PROTOBUF_C_TYPE_STRING ?
                        malformed(scan, "is longer than a text may be") :
                        refuse(scan, REFUSAL_OVERSIZE, "is larger than the hub takes");
        if (type != PROTOBUF_C_TYPE_STRING)
                return 0;
        says = text_fault(place->hold, span);
        return says ? malformed(scan, says) : 0;
}

static bool format_known(uint64_t format)
{
        return format >= FORMAT_LEAST && format <= FORMAT_MOST;
}

static int scan_number(struct scan *scan, const struct place *place,
                       const ProtobufCFieldDescriptor *schema, uint64_t value)
{
        switch (schema->type) {
        case PROTOBUF_C_TYPE_BOOL:
                return value <= 1 ? 0 : malformed(scan, "is neither 0 nor 1");
        case PROTOBUF_C_TYPE_ENUM:
                if (value <= INT32_MAX &&
                    protobuf_c_enum_descriptor_get_value(schema->descriptor, (int)value))
                        return 0;
                return malformed(scan, "is none of the numbers that its list has");
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_SINT32:
                if (value > (place->hold == HOLD_U16 ? UINT16_MAX : UINT32_MAX))
                        return malformed(scan, "is larger than its type");
                if (place->hold == HOLD_KIND && !fact_kind_info((unsigned int)value))
                        return malformed(scan, "is no kind of fact that is known");
                if (place->hold == HOLD_FORMAT && !format_known(value))
                        return refuse(scan, REFUSAL_WRONG_FORMAT,
                                      refusal_says(REFUSAL_WRONG_FORMAT));
                return 0;
        default:
                return 0;
        }
}

static uint32_t wire_type_of(ProtobufCType type)
{
        switch (type) {
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_BYTES:
        case PROTOBUF_C_TYPE_MESSAGE:
                return TYPE_BYTES;
        default:
                return TYPE_VARINT;
        }
}

/* ---- messages */

static int scan_message(struct scan *scan, const struct layout *layout, struct bytes from);

static int scan_value(struct scan *scan, const struct place *place,
                      const ProtobufCFieldDescriptor *schema, const struct field *field)
{
        if (field->type != wire_type_of(schema->type))
                return malformed(scan, "has another wire type than the protocol says");
        if (field->type == TYPE_VARINT)
                return scan_number(scan, place, schema, field->value);
        if (schema->type != PROTOBUF_C_TYPE_MESSAGE)
                return scan_span(scan, place, schema->type, field->span);
        if (place->most && field->span.size > place->most)
                return refuse(scan, REFUSAL_OVERSIZE, "is larger than the hub takes");
        return scan_message(scan, place->of, field->span);
}

/* At the first row of a list, when all that follows can still be counted. */
static int scan_rows(struct scan *scan, const struct place *place, uint32_t count)
{
        if (place->list == LIST_POOL) {
                scan->pooled += count;
                count = scan->pooled;
        }
        if (count > place->most_rows)
                return refuse(scan, REFUSAL_OVERSIZE, "has more entries than the hub takes");
        return 0;
}

/* Faults within an event say its place instead of the list's name. */
static int scan_event(struct scan *scan, const struct place *place,
                      const ProtobufCFieldDescriptor *schema, const struct field *field)
{
        int r;

        scan->event = scan->events++;
        r = scan_value(scan, place, schema, field);
        scan->event = REFUSAL_WHOLE;
        return r;
}

/* @first: the field was not seen before in its message; @rest: what lies behind it. */
static int scan_field(struct scan *scan, const struct place *place,
                      const ProtobufCFieldDescriptor *schema, const struct field *field, bool first,
                      struct cursor rest)
{
        int r = 0;

        if (scan->depth == WIRE_DEPTH_MAX)
                return malformed(scan, "holds messages deeper than they may lie");
        scan->trail[scan->depth++] = schema->name;
        if (place->list == LIST_NONE && !first)
                r = malformed(scan, "stands twice");
        else if (place->list != LIST_NONE && first)
                r = scan_rows(scan, place, 1 + cursor_count(rest, field->number));
        if (!r && !place->is_event)
                r = scan_value(scan, place, schema, field);
        scan->depth--;
        if (!r && place->is_event)
                r = scan_event(scan, place, schema, field);
        return r;
}

/* What must be there: required fields, one member of a oneof, all of those that go together. */
static int scan_whole(struct scan *scan, const struct layout *layout, uint64_t seen)
{
        const ProtobufCFieldDescriptor *schema = layout->schema->fields;
        unsigned int members = 0, members_seen = 0;

        for (unsigned int i = 0; i < layout->schema->n_fields; i++, schema++) {
                bool is_seen = seen & BIT(schema->id);

                if (schema->label == PROTOBUF_C_LABEL_REQUIRED && !is_seen)
                        return malformed_at(scan, schema->name, "is missing");
                if (schema->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
                        members++;
                        members_seen += is_seen;
                }
        }
        if (members && members_seen != 1)
                return malformed(scan, members_seen ? "has two of which only one may be there" :
                                                      "has none of which one must be there");
        if (layout->never_empty & ~seen)
                return malformed(scan, "has none of what it must have at least one of");
        for (size_t i = 0; i < sizeof(layout->together) / sizeof(layout->together[0]); i++)
                if ((seen & layout->together[i]) && (~seen & layout->together[i]))
                        return malformed(scan, "has a part only of what must come together");
        return 0;
}

static int scan_message(struct scan *scan, const struct layout *layout, struct bytes from)
{
        struct cursor cursor = cursor_on(from);
        struct field field;
        uint64_t seen = 0;

        while (!cursor_ended(&cursor)) {
                enum flaw flaw = cursor_next(&cursor, &field);
                const struct place *place;
                const ProtobufCFieldDescriptor *schema;
                int r;

                if (flaw)
                        return malformed(scan, flaws[flaw]);
                place = layout_place(layout, field.number);
                schema = protobuf_c_message_descriptor_get_field(layout->schema, field.number);
                if (!place || !schema) {
                        if (scan->unknown == UNKNOWN_SKIPPED)
                                continue;
                        return malformed(scan, "has a field that this format does not know");
                }
                r = scan_field(scan, place, schema, &field, !(seen & BIT(field.number)), cursor);
                if (r)
                        return r;
                seen |= BIT(field.number);
        }
        return scan_whole(scan, layout, seen);
}

int scan(const struct layout *layout, struct bytes from, enum unknown_fields unknown,
         struct fault *ret_fault)
{
        struct scan state = {
                .unknown = unknown,
                .event = REFUSAL_WHOLE,
                .fault = ret_fault,
        };

        return scan_message(&state, layout, from);
}

int scan_size(struct bytes from, size_t most, struct fault *ret_fault)
{
        struct scan state = { .event = REFUSAL_WHOLE, .fault = ret_fault };

        return from.size <= most ? 0 : refuse(&state, REFUSAL_OVERSIZE,
                                              refusal_says(REFUSAL_OVERSIZE));
}

int scan_format(struct bytes from, struct fault *ret_fault)
{
        struct scan state = { .event = REFUSAL_WHOLE, .depth = 1, .trail = { "format" },
                              .fault = ret_fault };
        struct cursor cursor = cursor_on(from);
        struct field field;

        while (!cursor_ended(&cursor) && cursor_next(&cursor, &field) == FLAW_NONE) {
                if (field.number != 1 || field.type != TYPE_VARINT)
                        continue;
                if (format_known(field.value))
                        return 0;
                return refuse(&state, REFUSAL_WRONG_FORMAT, refusal_says(REFUSAL_WRONG_FORMAT));
        }
        return 0;
}
