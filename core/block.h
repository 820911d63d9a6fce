/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of member-level rows. An event says what is in a block and is signed; the rows lie beside
 * it (core/member_rows.h), are kept apart from the log under a key of their own, and can be erased.
 *
 * Blocks of one side, segment and service period are numbered; a later one of the same number names
 * the entry that it replaces. A block without rows takes another's place and leaves it empty.
 */
#ifndef ACCORD_CORE_BLOCK_H
#define ACCORD_CORE_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/date.h"
#include "core/ident.h"
#include "core/member_rows.h"
#include "core/moment.h"
#include "core/terms.h"

struct block_event {
        struct name segment;            /* empty: the contract as a whole */
        struct period period;           /* service period */
        date paid_through;              /* claims paid through this day; DATE_NONE: not said */
        uint32_t number;                /* 1, 2, ... of this side, segment and period */
        uint32_t rows;                  /* member-months */
        int64_t cents;                  /* allowed, of all rows */
        struct sha256 sha256;           /* of the columns */
        uint32_t generation;            /* of the key the pseudonyms were made with: 1, 2, ... */
        uint32_t category_count;
        const struct item *categories;  /* a row has its place in here; none: it has 0 */
        bool has_supersedes;
        uint64_t supersedes;
        struct bytes columns;           /* the rows; empty where they did not come along */
};

/*
 * The hub can no longer read what came before, of that contract and year of its agreement.
 * What is in the log stays.
 */
struct block_erasure {
        struct contract_id contract;
        uint32_t year;                  /* block_year() */
        struct text reason;
        uint32_t operator_uid;          /* who said so on the hub's own machine */
};

#define BLOCK_SIZE_MAX ((size_t)BLOCK_ROWS_MAX * MEMBER_ROW_SIZE)

/*
 * block_cut() - the columns of @count rows, as spans into @columns
 * False when the size is not that of so many rows.
 */
bool block_cut(struct bytes columns, uint32_t count, struct member_rows *ret);

/*
 * block_rows_fault() - is it what the event says, and in order?
 * @ret_row: the row at fault, from 0; the count of rows when it is the total
 *
 * Rows strictly ascending by member and month; months within the service period; categories that
 * the event lists; risk and cents within core/limits.h; cents that add up to the event's.
 *
 * Returns: NULL, or what is wrong, as a static sentence.
 */
const char *block_rows_fault(const struct block_event *event, const struct member_rows *rows,
                             uint32_t *ret_row);

/* Months since 1970-01, as rows have them. */
int block_month(date day);

/*
 * The calendar year in which that year of the agreement begins that holds @day. Years are counted
 * on from the agreement's first day in both directions, so that base years have one too.
 */
int block_year(struct period agreement, date day);

/*
 * May rows be of this category? Where no step names one, of any; else of those that are named: what
 * no step counts would be in the total and in no part of it.
 */
bool terms_have_members_of(const struct terms *terms, const struct item *category);

#endif
