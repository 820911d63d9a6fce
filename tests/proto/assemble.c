/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/proto/assemble.h"

#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/own.h"

static void put_octet(struct sink *sink, unsigned int octet)
{
        uint8_t one = (uint8_t)octet;
        int r = sink_put(sink, (struct bytes) { &one, 1 });

        assert(r == 0);
}

static void put_varint(struct sink *sink, uint64_t value)
{
        for (; value > 0x7f; value >>= 7)
                put_octet(sink, (unsigned int)(value & 0x7f) | 0x80);
        put_octet(sink, (unsigned int)value);
}

static void put_tag(struct sink *sink, uint64_t number, unsigned int type)
{
        put_varint(sink, number << 3 | type);
}

static void put_sized(struct sink *sink, struct bytes bytes)
{
        int r;

        put_varint(sink, bytes.size);
        r = sink_put(sink, bytes);
        assert(r == 0);
}

static const char *message(const char *at, struct sink *sink);

/* @at behind the opening quote or brace; both return the place behind the closing one. */
static const char *quoted(const char *at, struct sink *sink)
{
        own(sink) struct sink inner = { 0 };
        int r = sink_new(&inner, 64, 1 << 22);

        assert(r == 0);
        for (; *at != '"'; at++) {
                assert(*at);
                if (at[0] == '\\' && at[1] == 'x') {
                        char hex[3] = { at[2], at[3], '\0' };

                        put_octet(&inner, (unsigned int)strtoul(hex, NULL, 16));
                        at += 3;
                } else {
                        put_octet(&inner, (unsigned char)*at);
                }
        }
        put_sized(sink, sink_bytes(&inner));
        return at + 1;
}

static const char *braced(const char *at, struct sink *sink)
{
        own(sink) struct sink inner = { 0 };
        int r = sink_new(&inner, 64, 1 << 22);

        assert(r == 0);
        at = message(at, &inner);
        assert(*at == '}');
        put_sized(sink, sink_bytes(&inner));
        return at + 1;
}

static const char *repeated(const char *at, struct sink *sink)
{
        char *end;
        size_t count = strtoul(at, &end, 10);
        unsigned int octet;

        assert(*end == '=');
        octet = (unsigned int)strtoul(end + 1, &end, 16);
        put_varint(sink, count);
        while (count--)
                put_octet(sink, octet);
        return end;
}

static const char *number(const char *at, struct sink *sink)
{
        bool zigzag = *at == '-';
        char *end;
        uint64_t value = strtoull(at + zigzag, &end, 10);

        put_varint(sink, zigzag ? 2 * value - 1 : value);
        return end;
}

static const char *octets(const char *at, struct sink *sink)
{
        char *end;

        while (*at != ';') {
                put_octet(sink, (unsigned int)strtoul(at, &end, 16));
                assert(end > at);
                at = end;
        }
        return at + 1;
}

static const char *field(const char *at, struct sink *sink)
{
        char *end;
        uint64_t id = strtoull(at, &end, 10);
        unsigned int type;

        assert(end > at);
        switch (*end) {
        case ':':
                put_tag(sink, id, 0);
                return number(end + 1, sink);
        case '"':
                put_tag(sink, id, 2);
                return quoted(end + 1, sink);
        case '*':
                put_tag(sink, id, 2);
                return repeated(end + 1, sink);
        case '{':
                put_tag(sink, id, 2);
                return braced(end + 1, sink);
        default:
                assert(*end == '/');
                type = (unsigned int)strtoul(end + 1, &end, 10);
                put_tag(sink, id, type);
                for (int left = type == 1 ? 8 : type == 5 ? 4 : 0; left; left--)
                        put_octet(sink, 0);
                return end;
        }
}

static const char *message(const char *at, struct sink *sink)
{
        while (*at && *at != '}') {
                if (*at == ' ')
                        at++;
                else if (*at == '#')
                        at = octets(at + 1, sink);
                else
                        at = field(at, sink);
        }
        return at;
}

void assemble(const char *source, struct sink *sink)
{
        const char *end = message(source, sink);

        assert(*end == '\0');
}
