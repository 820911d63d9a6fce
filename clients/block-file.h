/* SPDX-License-Identifier: Apache-2.0 */
/* A file of member-level rows on its way to blocks, for the verbs that take one. */
#ifndef ACCORD_CLIENTS_BLOCK_FILE_H
#define ACCORD_CLIENTS_BLOCK_FILE_H

#include "clients/blocks.h"
#include "clients/member_table.h"
#include "clients/reach.h"

/* Words and rows for such a verb. */
#define BLOCK_FILE_USAGE "CONTRACT FILE"
#define BLOCK_FILE_OPTIONS                                                             \
        { "period", "PERIOD", "the service period that the rows are of: 2025",         \
          OPTION_NEEDED },                                                             \
        { "key", "FILE", "the key of the pseudonyms: accord key member new",           \
          OPTION_NEEDED },                                                             \
        { "segment", "NAME", "the segment they are of; the contract as a whole "       \
          "unless given", 0 },                                                         \
        { "paid-through", "DAY", "the last day by which their claims were paid", 0 },  \
        { "folder", "FOLDER", "keep our copies here; beside the outbox unless given", 0 }

/* own(cut) struct cut cut = { 0 }; */
struct cut {
        struct contract_id contract;
        struct kept_blocks kept;        /* what was cut, and where our copies of it go */
        struct block_event *blocks;     /* kept.count of them, in order */
        uint8_t *columns;               /* they point into */
};

void cut_cleanup(struct cut *cut);

/* Reads the file of the call and cuts it; else says all that is wrong with it. */
enum exit_code cut_file(const struct call *call, struct reach *reach, struct cut *ret);

/* Cuts rows that were read; what they are of stands in @cut->kept already. */
enum exit_code cut_table(const struct member_table *table, struct cut *cut);

/* Where the call's set of blocks is kept. */
enum exit_code cut_folder(const struct call *call, struct reach *reach,
                          const struct contract_id *contract, const struct name *segment,
                          struct period period, char **ret);

/* Our copies: the blocks, then, once they are said, the list. */
enum exit_code cut_keep(const struct cut *cut);
enum exit_code cut_keep_list(const struct cut *cut);

#endif
