/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks as events, over what this side has stated of the same segment and period before. */
#ifndef ACCORD_CLIENTS_BLOCK_REPLACE_H
#define ACCORD_CLIENTS_BLOCK_REPLACE_H

#include "clients/block-file.h"
#include "clients/publish.h"

/* own(replacing) struct replacing replacing = { 0 }; its events point into the cut. */
struct replacing {
        struct cut *cut;
        enum side side;
        struct event *events;           /* one for each block; then for those that are too many */
        bool *same;                     /* stands already, word for word */
        size_t count, room;
        struct sha256 of_nothing;
};

void replacing_cleanup(struct replacing *replacing);

/* An event for each block, as if nothing had been stated. */
enum exit_code replacing_begin(struct cut *cut, struct replacing *ret);

/* What stands already is left out; the rest name what they replace, or empty it. */
enum exit_code replace_blocks(struct call *call, struct reach *reach, struct replacing *replacing);

#endif
