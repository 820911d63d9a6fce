/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A party's own copies of blocks: what it recomputes from, whatever becomes of the hub's. A set is
 * a folder:
 *
 *      FOLDER/blocks.json              which blocks are current, and what they are
 *      FOLDER/<sha256>.block           the columns of one, plainly: core/member_rows.h
 *
 * The name of a block is its digest, so sha256sum(1) checks it and the log has it. Blocks that were
 * replaced stay; whoever deletes the folder erases the copy.
 */
#ifndef ACCORD_CLIENTS_BLOCKS_H
#define ACCORD_CLIENTS_BLOCKS_H

#include "clients/exit.h"
#include "clients/json.h"
#include "core/block.h"
#include "proof/hash.h"

#define BLOCKS_SCHEMA "accord.blocks.v1"

/* A value: own(kept_blocks) struct kept_blocks kept = { 0 }; */
struct kept_blocks {
        char *folder;
        struct contract_id contract;
        struct name segment;            /* empty: the contract as a whole */
        struct period period;
        date paid_through;              /* DATE_NONE: not said */
        uint32_t generation;
        uint32_t category_count;
        struct item categories[CATEGORIES_MAX];
        uint32_t count;
        struct kept_block {
                uint32_t number, rows;
                int64_t cents;
                struct sha256 sha256;
        } *list;                        /* in order of number */
};

void kept_blocks_cleanup(struct kept_blocks *kept);

/* Where a profile keeps them: DIRECTORY/blocks/BEARER/EARNER/LABEL/[SEGMENT@]FIRST..LAST */
int kept_blocks_folder(const char *directory, const struct contract_id *contract,
                       const struct name *segment, struct period period, char **ret);

/*
 * kept_blocks_open() - which blocks there are, without looking at them
 * @path: the folder, or its blocks.json
 *
 * Returns: EXIT_DONE; EXIT_ABSENT, silently, when there is none; else having said what is wrong.
 */
enum exit_code kept_blocks_open(const char *path, struct kept_blocks *ret);

/* The list as JSON, and back. Each answers 0 or -ENOMEM, or has complained. */
int kept_blocks_to_json(const struct kept_blocks *kept, struct json_object **ret);
int kept_blocks_from_json(struct bytes text, struct kept_blocks *ret, struct complaints *to);

/*
 * kept_blocks_map() - the rows of a block, from its file, against its digest
 * @rows: spans into the mapping; over with mapped_block_cleanup()
 *
 * Returns: 0; -ENOENT; -EBADMSG when the file is not the block of that digest; -errno.
 */
struct mapped_block {
        void *data;                     /* NULL: nothing is mapped */
        size_t size;
        struct member_rows rows;
};

int kept_blocks_map(const struct kept_blocks *kept, const struct kept_block *block,
                    struct hasher *hasher, struct mapped_block *ret);
void mapped_block_cleanup(struct mapped_block *mapped);

/*
 * kept_blocks_each() - all rows, in order of block number
 * @each: another answer than 0 ends it and is the answer
 *
 * Returns as kept_blocks_map().
 */
typedef int kept_rows_fn(void *with, const struct member_rows *rows);
int kept_blocks_each(const struct kept_blocks *kept, kept_rows_fn *each, void *with);

/*
 * One block, unless it is there and whole; and, when all of them are, the list, in place of the one
 * before. On the disk when they return. Returns: 0; -errno.
 */
int kept_blocks_put(const char *folder, const struct block_event *block, struct hasher *hasher);
int kept_blocks_write(const struct kept_blocks *kept);

#endif
