/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Member-level rows as they lie in a block: columns of fixed width, little-endian, one behind the
 * other, so that a million rows are read without making anything of them.
 *
 *      member    16 octets     a keyed pseudonym, made where the rows come from
 *      month      2            months since 1970-01, unsigned
 *      category   1            place in the list of categories of the block's event, from 0
 *      risk       4            risk score in millionths, unsigned: 1,000,000 = the average
 *      cents      8            allowed amount, signed: reversals are negative
 *
 * Within a block rows are sorted by member, as memcmp(3) orders, then by month, and no two have
 * both in common: a member is in one category in a month. A block ends anywhere: the rows of one
 * member may go on in the next. A file cut into blocks is sorted as a whole, so its blocks follow
 * one another in the same order; those that replaced others, and those of other segments, need
 * not.
 *
 * The columns are spans into the bytes of a block; nobody owns them, and none need be aligned.
 */
#ifndef ACCORD_CORE_MEMBER_ROWS_H
#define ACCORD_CORE_MEMBER_ROWS_H

#include <stdint.h>
#include <string.h>

#define PSEUDONYM_SIZE 16u
#define MEMBER_ROW_SIZE (PSEUDONYM_SIZE + 2u + 1u + 4u + 8u)

#define RISK_ONE UINT32_C(1000000)      /* millionths: an average member */

struct member_rows {
        uint32_t count;
        const uint8_t *member;          /* 16 octets each */
        const uint8_t *month;           /* u16 */
        const uint8_t *category;        /* u8 */
        const uint8_t *risk;            /* u32 */
        const uint8_t *cents;           /* i64 */
};

/* Shifts and not a copy: the same on any processor, and one load on a little-endian one. */
static inline const uint8_t *row_member(const struct member_rows *rows, uint32_t i)
{
        return rows->member + (size_t)i * PSEUDONYM_SIZE;
}

static inline uint16_t row_month(const struct member_rows *rows, uint32_t i)
{
        const uint8_t *at = rows->month + (size_t)i * 2;

        return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint8_t row_category(const struct member_rows *rows, uint32_t i)
{
        return rows->category[i];
}

static inline uint32_t row_risk(const struct member_rows *rows, uint32_t i)
{
        const uint8_t *at = rows->risk + (size_t)i * 4;

        return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
               (uint32_t)at[3] << 24;
}

static inline int64_t row_cents(const struct member_rows *rows, uint32_t i)
{
        const uint8_t *at = rows->cents + (size_t)i * 8;

        return (int64_t)((uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
                         (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 |
                         (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56);
}

#endif
