/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/proto/dump.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
        char *at;
        size_t left;
        enum dump_style style;
};

static void dump_message(struct text *text, const ProtobufCMessage *message);

__attribute__((format(printf, 2, 3))) static void say(struct text *text, const char *format, ...)
{
        va_list arguments;
        int size;

        va_start(arguments, format);
        size = vsnprintf(text->at, text->left, format, arguments);
        va_end(arguments);
        if ((size_t)size >= text->left)
                abort();
        text->at += size;
        text->left -= (size_t)size;
}

static bool printable(const ProtobufCBinaryData *data)
{
        for (size_t i = 0; i < data->len; i++)
                if (data->data[i] < 0x20 || data->data[i] > 0x7e)
                        return false;
        return true;
}

static bool uniform(const ProtobufCBinaryData *data)
{
        for (size_t i = 1; i < data->len; i++)
                if (data->data[i] != data->data[0])
                        return false;
        return data->len > 1;
}

static void dump_bytes(struct text *text, const ProtobufCBinaryData *data)
{
        if (uniform(data)) {
                say(text, "%zu*%02x", data->len, data->data[0]);
        } else if (printable(data)) {
                say(text, "\"%.*s\"", (int)data->len, data->len ? (const char *)data->data : "");
        } else {
                for (size_t i = 0; i < data->len; i++)
                        say(text, "%02x", data->data[i]);
        }
}

static void dump_value(struct text *text, const ProtobufCFieldDescriptor *field, const void *value)
{
        const ProtobufCEnumValue *word;

        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
                say(text, "\"%s\"", *(char *const *)value);
                break;
        case PROTOBUF_C_TYPE_BYTES:
                dump_bytes(text, value);
                break;
        case PROTOBUF_C_TYPE_BOOL:
                say(text, "%s", *(const protobuf_c_boolean *)value ? "true" : "false");
                break;
        case PROTOBUF_C_TYPE_ENUM:
                word = protobuf_c_enum_descriptor_get_value(field->descriptor, *(const int *)value);
                say(text, "%s", word ? word->name : "?");
                break;
        case PROTOBUF_C_TYPE_UINT32:
                say(text, "%" PRIu32, *(const uint32_t *)value);
                break;
        case PROTOBUF_C_TYPE_SINT32:
                say(text, "%" PRId32, *(const int32_t *)value);
                break;
        case PROTOBUF_C_TYPE_UINT64:
                say(text, "%" PRIu64, *(const uint64_t *)value);
                break;
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
                say(text, "%" PRId64, *(const int64_t *)value);
                break;
        default:
                abort();
        }
}

static void dump_field(struct text *text, const ProtobufCFieldDescriptor *field, const void *value)
{
        if (text->at[-1] != '{')
                say(text, " ");
        say(text, "%s", field->name);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
                say(text, "{");
                dump_message(text, *(ProtobufCMessage *const *)value);
                say(text, "}");
        } else {
                say(text, "=");
                dump_value(text, field, value);
        }
}

static size_t size_of(ProtobufCType type)
{
        switch (type) {
        case PROTOBUF_C_TYPE_STRING:
        case PROTOBUF_C_TYPE_MESSAGE:
                return sizeof(void *);
        case PROTOBUF_C_TYPE_BYTES:
                return sizeof(ProtobufCBinaryData);
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64:
                return 8;
        default:
                return 4;
        }
}

static bool is_there(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        const uint8_t *base = (const uint8_t *)message;
        uint32_t number;
        int flag;

        if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
                return memcpy(&number, base + field->quantifier_offset, 4), number == field->id;
        if (field->label == PROTOBUF_C_LABEL_REQUIRED)
                return true;
        if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE)
                return *(void *const *)(base + field->offset) != NULL;
        return memcpy(&flag, base + field->quantifier_offset, sizeof(flag)), flag != 0;
}

/* An optional value that a core struct cannot tell from none. */
static bool means_nothing(const ProtobufCFieldDescriptor *field, const void *value)
{
        const ProtobufCBinaryData *data = value;
        bool zero = true;
        int64_t number = 0;

        if (field->label != PROTOBUF_C_LABEL_OPTIONAL)
                return false;
        if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
                return false;
        if (strcmp(field->name, "tolerance_share") == 0 || strcmp(field->name, "earned") == 0 ||
            strcmp(field->name, "payable") == 0)
                return true;
        switch (field->type) {
        case PROTOBUF_C_TYPE_STRING:
                return **(char *const *)value == '\0';
        case PROTOBUF_C_TYPE_BYTES:
                for (size_t i = 0; i < data->len; i++)
                        zero = zero && data->data[i] == 0;
                return zero;
        case PROTOBUF_C_TYPE_MESSAGE:
                return false;
        default:
                memcpy(&number, value, size_of(field->type));
                return number == 0 || number == (int64_t)UINT32_MAX || number == (int64_t)1 << 31;
        }
}

static void dump_message(struct text *text, const ProtobufCMessage *message)
{
        const uint8_t *base = (const uint8_t *)message;

        for (unsigned int i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                const void *value = base + field->offset;
                size_t count;

                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        const uint8_t *rows = *(uint8_t *const *)value;

                        memcpy(&count, base + field->quantifier_offset, sizeof(count));
                        for (size_t j = 0; j < count; j++)
                                dump_field(text, field, rows + j * size_of(field->type));
                } else if (is_there(message, field) &&
                           (text->style == DUMP_ALL || !means_nothing(field, value))) {
                        dump_field(text, field, value);
                }
        }
}

bool dump(const ProtobufCMessageDescriptor *schema, struct bytes from, enum dump_style style,
          char *ret, size_t size)
{
        struct text text = { ret, size, style };
        ProtobufCMessage *message = protobuf_c_message_unpack(schema, NULL, from.size, from.data);

        if (!message)
                return false;
        say(&text, "{");
        dump_message(&text, message);
        protobuf_c_message_free_unpacked(message, NULL);
        memmove(ret, ret + 1, strlen(ret));
        return true;
}

bool dump_agrees(const ProtobufCMessageDescriptor *schema, struct bytes from)
{
        ProtobufCMessage *message = protobuf_c_message_unpack(schema, NULL, from.size, from.data);
        uint8_t *again;
        bool same;

        if (!message)
                return false;
        again = malloc(from.size + 1);
        same = again && protobuf_c_message_get_packed_size(message) == from.size &&
               protobuf_c_message_pack(message, again) == from.size &&
               memcmp(again, from.data, from.size) == 0;
        free(again);
        protobuf_c_message_free_unpacked(message, NULL);
        return same;
}
