/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks to be said on the stage: rows as they would be written down, and their events. */
#ifndef ACCORD_TESTS_HUB_ROWS_H
#define ACCORD_TESTS_HUB_ROWS_H

#include "daemon/replay.h"
#include "tests/hub/play.h"

#define MADE_BLOCKS_MAX 16

struct made_row {
        uint8_t member;                 /* the first octet of it */
        uint8_t month;                  /* of 2024, from 1 */
        uint8_t category;
        uint32_t risk;
        int64_t cents;
};

/*
 * A block of 2024 under that number. Its columns lie in memory that the next MADE_BLOCKS_MAX blocks
 * leave alone.
 */
struct event made_block(uint32_t number, const struct made_row *rows, uint32_t count);
/* @members of them, all twelve months, @cents a month; members from @first on. */
struct event made_year(uint32_t number, uint8_t first, uint32_t members, int64_t cents);
/* After the rows were changed by hand. */
void made_again(struct event *block);

/* The plainest terms by member rows: half of what is saved against the benchmark. */
void scene_of_members(struct scene *scene);
/* Twenty members who cost 1.00 a month, in two blocks: 24,000 cents; benchmark 30,000. */
uint64_t scene_of_rows(struct scene *scene);

/* Said and received; the entry's index. */
uint64_t scene_taken(struct scene *scene, struct voice *voice, const struct event *events,
                     uint32_t count);
/* Ordered and computed; the run. */
uint64_t scene_settled(struct scene *scene, enum run_kind kind);
/* Valid until the next. */
const struct statement *scene_statement(struct scene *scene, uint64_t run);
const struct statement *scene_preview(struct scene *scene);
/* Of the first block listed, as the payer is told. */
enum block_keeping scene_keeping(struct scene *scene);
struct replay_report scene_recomputed(struct scene *scene);

#endif
