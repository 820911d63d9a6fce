/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Member-level rows from a CSV file to columns, deterministically: the same rows in any order, with
 * the same key, give the same blocks, digest for digest, whoever cuts them.
 *
 *      member      the member's number, as the parties write it; made a pseudonym here
 *      month       2025-03
 *      category    a name; the column may be missing
 *      risk        a score such as 1.042, to six decimals; 1 where the column is missing
 *      allowed     money: 1234.56, negative for reversals
 */
#ifndef ACCORD_CLIENTS_MEMBER_TABLE_H
#define ACCORD_CLIENTS_MEMBER_TABLE_H

#include "clients/complaint.h"
#include "core/block.h"
#include "proof/memberkey.h"

#define MEMBER_ROWS_MAX ((size_t)BLOCK_ROWS_MAX * BLOCK_NUMBER_MAX)

struct member_row {
        uint8_t member[PSEUDONYM_SIZE];
        uint16_t month;
        uint8_t category;               /* place in the table's list */
        uint32_t risk, line;            /* line of the file it came from */
        int64_t cents;
};

/* A value: own(member_table) struct member_table table = { 0 }; */
struct member_table {
        struct member_row *rows;
        size_t count, room;
        uint32_t category_count;        /* in the order of their names */
        struct item categories[CATEGORIES_MAX];
};

void member_table_cleanup(struct member_table *table);

/*
 * member_table_read() - the rows of a file, sorted by member and month
 * @period: their months are of it
 *
 * A member has one row in a month: what has two is to be added up before. Returns: 0;
 * REFUSAL_MALFORMED or REFUSAL_BAD_VALUE after complaining; -ENOMEM.
 */
int member_table_read(struct bytes text, const struct member_key *key, struct period period,
                      struct member_table *ret, struct complaints *to);

/* How many blocks it takes: all full but the last. */
uint32_t member_table_blocks(const struct member_table *table);

/*
 * member_table_block() - the columns of block @number, from 1
 * @ret_columns: room for BLOCK_SIZE_MAX
 * @ret: rows, cents, columns and categories are set; its digest is the caller's
 */
void member_table_block(const struct member_table *table, uint32_t number, uint8_t *ret_columns,
                        struct block_event *ret);

#endif
