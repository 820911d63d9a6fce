/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How keys and rows of state are spelled: fixed widths, big-endian, every byte written here. So
 * keys sort as numbers do, a rebuilt table is the same byte for byte, and no padding ever reaches
 * the disk. Signed numbers are stored offset by their sign bit, so that they sort too.
 */
#ifndef ACCORD_DAEMON_ROW_H
#define ACCORD_DAEMON_ROW_H

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "core/bytes.h"
#include "core/check.h"
#include "core/ident.h"
#include "core/octets.h"

#define ROW_MAX 2048

struct row {
        size_t size;
        uint8_t data[ROW_MAX];
};

/*
 * Declares an empty row; its two kilobytes are not cleared, only what is put into it is ever read.
 */
#define ROW(name)                \
        struct row name;         \
        (name).size = 0

static inline void row_bytes(struct row *row, const void *data, size_t size)
{
        assert(row->size + size <= sizeof(row->data));
        if (size)               /* an empty span may be NULL, which memcpy() must not be given */
                memcpy(row->data + row->size, data, size);
        row->size += size;
}

static inline void row_number(struct row *row, uint64_t value, unsigned int octets)
{
        uint8_t data[8];

        put_octets(data, value, octets);
        row_bytes(row, data, octets);
}

static inline void row_u8(struct row *row, unsigned int value)
{
        row_number(row, value, 1);
}

static inline void row_u16(struct row *row, unsigned int value)
{
        row_number(row, value, 2);
}

static inline void row_u32(struct row *row, uint32_t value)
{
        row_number(row, value, 4);
}

static inline void row_u64(struct row *row, uint64_t value)
{
        row_number(row, value, 8);
}

static inline void row_i32(struct row *row, int32_t value)
{
        row_number(row, (uint32_t)value ^ UINT32_C(0x80000000), 4);
}

static inline void row_i64(struct row *row, int64_t value)
{
        row_number(row, (uint64_t)value ^ (UINT64_C(1) << 63), 8);
}

static inline void row_name(struct row *row, const struct name *name)
{
        row_bytes(row, name->text, sizeof(name->text));
}

/* Length first, so that no text is the beginning of another. */
static inline void row_word(struct row *row, struct bytes word)
{
        assert(word.size <= UINT8_MAX);
        row_u8(row, (unsigned int)word.size);
        row_bytes(row, word.data, word.size);
}

static inline struct bytes row_span(const struct row *row)
{
        return (struct bytes) { row->data, row->size };
}

/* Reading: what is too short reads as zeros and is marked; a row we wrote is never too short. */
struct row_reader {
        const uint8_t *at;
        size_t left;
        bool bad;
};

static inline struct row_reader row_read(struct bytes row)
{
        return (struct row_reader) { row.data, row.size, false };
}

static inline void read_bytes(struct row_reader *r, void *ret, size_t size)
{
        if (r->left < size) {
                r->bad = true;
                memset(ret, 0, size);
                return;
        }
        memcpy(ret, r->at, size);
        r->at += size;
        r->left -= size;
}

static inline uint64_t read_number(struct row_reader *r, unsigned int octets)
{
        uint8_t data[8] = { 0 };
        uint64_t value = 0;

        read_bytes(r, data, octets);
        for (unsigned int i = 0; i < octets; i++)
                value = value << 8 | data[i];
        return value;
}

static inline uint8_t read_u8(struct row_reader *r)
{
        return (uint8_t)read_number(r, 1);
}

static inline uint16_t read_u16(struct row_reader *r)
{
        return (uint16_t)read_number(r, 2);
}

static inline uint32_t read_u32(struct row_reader *r)
{
        return (uint32_t)read_number(r, 4);
}

static inline uint64_t read_u64(struct row_reader *r)
{
        return read_number(r, 8);
}

static inline int32_t read_i32(struct row_reader *r)
{
        return (int32_t)((uint32_t)read_number(r, 4) ^ UINT32_C(0x80000000));
}

static inline int64_t read_i64(struct row_reader *r)
{
        return (int64_t)(read_number(r, 8) ^ (UINT64_C(1) << 63));
}

static inline void read_name(struct row_reader *r, struct name *ret)
{
        read_bytes(r, ret->text, sizeof(ret->text));
}

/* A word no longer than @most, NUL-padded into @ret, which has room for @most + 1. */
static inline void read_word(struct row_reader *r, char *ret, size_t most)
{
        size_t size = read_u8(r);

        memset(ret, 0, most + 1);
        if (size > most)
                r->bad = true;
        else
                read_bytes(r, ret, size);
}

/* 0 when the row was read whole and held no more, else -EILSEQ: the table is damaged. */
static inline int row_done(const struct row_reader *r)
{
        return r->bad || r->left ? -EILSEQ : 0;
}

#endif
