/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks on their way in, and out for good. */
#include "daemon/blocks.h"

#include <errno.h>
#include <stdio.h>

#include "core/check.h"
#include "daemon/dispatch.h"

#define SUFFIX ".blocks"

/* ---- opening */

static int erased_at(void *with, uint32_t contract_no, uint32_t year, uint64_t *ret)
{
        return state_block_erased(with, contract_no, year, UINT64_MAX, ret);
}

int blocks_sweep(struct hub *hub)
{
        own(store_txn) struct store_txn *txn = NULL;
        uint64_t dropped;
        int r = store_begin_read(hub->env, &txn);

        return r ? r : block_store_sweep(hub->blocks, log_tip(hub->log).size, erased_at, txn,
                                         &dropped);
}

int blocks_open(struct hub *hub)
{
        char beside[4096];
        struct block_store_options options = {
                .directory = hub->options.blocks_directory,
                .map_size = hub->options.map_size, .quota = hub->options.blocks_quota,
                .read_only = hub->options.read_only,
        };
        int r;

        if (!options.directory || !*options.directory) {
                r = snprintf(beside, sizeof(beside), "%s" SUFFIX, hub->options.directory);
                if (r < 0 || (size_t)r >= sizeof(beside))
                        return -ENAMETOOLONG;
                options.directory = beside;
        }
        r = block_store_open(&options, &hub->blocks);
        return r == -ENOENT && options.read_only ? 0 : r;
}

/* ---- coming in */

static void missing(struct hub *hub, uint32_t place, const char *says)
{
        faults_add(hub->faults, REFUSAL_MALFORMED, place, "blocks", says);
}

int blocks_check(struct hub *hub, const struct submission *submission)
{
        for (uint32_t i = 0; i < submission->event_count; i++) {
                const struct event *event = &submission->events[i];
                const struct block_event *block = &event->block;
                struct digest digest;

                if (event->kind != EVENT_BLOCK || block->rows == 0)
                        continue;
                if (block->columns.size == 0) {
                        missing(hub, i, "the rows of this block did not come along");
                        continue;
                }
                hash_spans(hub->hasher, &block->columns, 1, &digest);
                if (memcmp(digest.octets, block->sha256.octets, sizeof(digest.octets)) != 0)
                        missing(hub, i, "the rows have another digest than the event says");
        }
        return (int)hub->faults->first;
}

static uint32_t year_of(const struct view *view, const struct block_event *block)
{
        return (uint32_t)block_year(view->contract.in_force.agreement, block->period.from);
}

static struct block_state state_of(const struct view *view, const struct submission *submission,
                                   uint32_t place, uint64_t index)
{
        struct block_state state = {
                .contract_no = view->contract.no, .side = view_side(view), .index = index,
                .event = place, .block = submission->events[place].block,
                .year = year_of(view, &submission->events[place].block),
        };

        state.block.category_count = 0;
        state.block.categories = NULL;
        state.block.columns = (struct bytes) { NULL, 0 };
        return state;
}

int fold_block(struct hub *hub, const struct view *view, const struct submission *submission,
               uint32_t place, const struct entry *entry)
{
        const struct block_state state = state_of(view, submission, place, entry->index);

        return state_block_put(hub->txn, &state);
}

struct block_id block_id_of(const struct block_state *block)
{
        struct block_id id = {
                .index = block->index, .event = block->event, .contract_no = block->contract_no,
                .year = block->year,
        };

        memcpy(id.sha256, block->block.sha256.octets, sizeof(id.sha256));
        return id;
}

static int keep(struct hub *hub, const struct block_state *state, struct bytes columns)
{
        const struct block_id id = block_id_of(state);
        uint64_t since;
        int r = state_block_erased(hub->txn, state->contract_no, state->year, UINT64_MAX, &since);

        if (!r)
                r = block_store_put(hub->blocks, &id, since, columns);
        hub->batch_bytes += columns.size;
        return r;
}

int blocks_keep(struct hub *hub, const struct view *view, const struct submission *submission,
                const struct entry *entry)
{
        int r = 0;

        for (uint32_t i = 0; !r && i < submission->event_count; i++) {
                const struct event *event = &submission->events[i];
                struct block_state state;

                if (event->kind != EVENT_BLOCK || event->block.rows == 0)
                        continue;
                state = state_of(view, submission, i, entry->index);
                r = keep(hub, &state, event->block.columns);
        }
        return r;
}

/* Whichever side said it in that entry. */
static int find_said(struct hub *hub, uint32_t contract_no, const struct block_event *block,
                     uint64_t index, struct block_state *ret)
{
        int r = state_block(hub->txn, contract_no, SIDE_BEARER, block, index, ret);

        return r == -ENOENT ? state_block(hub->txn, contract_no, SIDE_EARNER, block, index, ret)
                            : r;
}

/* Lost, or no longer what it was: then what came now takes its place. What was erased stays so. */
static int keep_one_again(struct hub *hub, struct block_reader *reader, uint32_t contract_no,
                          const struct block_event *block, uint64_t index)
{
        enum block_keeping keeping;
        struct block_state state;
        struct block_id id;
        struct bytes columns;
        int r = find_said(hub, contract_no, block, index, &state);

        if (!r)
                r = blocks_keeping(hub->txn, reader, &state, &keeping);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (keeping == BLOCK_ERASED)
                return 0;
        id = block_id_of(&state);
        r = block_reader_get(reader, &id, &columns);
        return r == -ENOENT || r == -EILSEQ ? keep(hub, &state, block->columns) : r;
}

int blocks_keep_again(struct hub *hub, const struct submission *submission, uint64_t index)
{
        own(block_reader) struct block_reader *reader = NULL;
        uint32_t contract_no;
        int r = 0;

        if (submission->block_count == 0)
                return 0;
        r = state_contract_no(hub->txn, &submission->contract, &contract_no);
        if (!r)
                r = block_reader_open(hub->blocks, BLOCK_SIZE_MAX, false, &reader);
        for (uint32_t i = 0; !r && i < submission->event_count; i++)
                if (submission->events[i].kind == EVENT_BLOCK && submission->events[i].block.rows)
                        r = keep_one_again(hub, reader, contract_no, &submission->events[i].block,
                                           index);
        return r == -ENOENT ? -EILSEQ : r;
}

/* ---- and out */

static int refused(enum refusal code, const char *says, const char **ret_says)
{
        *ret_says = says ? says : refusal_says(code);
        return (int)code;
}

/* A block that can be read still, of the year: 1 ends the walk. */
struct search {
        uint32_t year;
        uint64_t since;
};

static int is_of_year(void *with, const struct block_state *block, struct bytes key)
{
        const struct search *search = with;

        (void)key;
        return block->year == search->year && block->index > search->since && block->block.rows;
}

/* What is ordered must be computed first: it may rest on these rows. */
static int find_pending(struct hub *hub, uint32_t contract_no, bool *ret)
{
        struct run_state run;
        uint64_t at = 0;
        int r;

        *ret = false;
        while (!*ret && !(r = state_run_pending(hub->txn, at, &at))) {
                r = state_run(hub->txn, at, &run);
                if (r)
                        return r;
                *ret = run.contract_no == contract_no;
        }
        return *ret || r == -ENOENT ? 0 : r;
}

static int may_erase(struct hub *hub, const struct block_erasure *erasure,
                     struct contract_state_row *ret, const char **ret_says)
{
        struct search search = { .year = erasure->year };
        bool pending;
        uint32_t no;
        int r = state_contract_no(hub->txn, &erasure->contract, &no);

        if (!r)
                r = state_contract(hub->txn, no, ret);
        if (r == -ENOENT)
                return refused(REFUSAL_NO_SUCH_THING, "there is no such contract", ret_says);
        if (!r)
                r = state_block_erased(hub->txn, no, erasure->year, UINT64_MAX, &search.since);
        if (!r)
                r = state_blocks(hub->txn, no, (struct bytes) { NULL, 0 }, is_of_year, &search);
        if (r == 0)
                return refused(REFUSAL_NO_SUCH_THING,
                               "there are no blocks of that year that could be read still",
                               ret_says);
        r = r < 0 ? r : find_pending(hub, no, &pending);
        if (!r && pending)
                return refused(REFUSAL_RUN_PENDING,
                               "a run of this contract has no statement yet and may rest on them",
                               ret_says);
        return r;
}

static int tell(struct hub *hub, const struct block_erasure *erasure, uint64_t cause)
{
        struct signal signal = { .kind = SIGNAL_BLOCKS_ERASED, .cause = cause };

        snprintf(signal.says.text, sizeof(signal.says.text),
                 "member-level rows of the agreement's year %u were erased at the hub: from now on "
                 "recompute from your own copies", erasure->year);
        return signal_both(hub, &erasure->contract, &signal);
}

int hub_erase_blocks(struct hub *hub, const struct block_erasure *erasure, uint64_t *ret_index,
                     const char **ret_says)
{
        struct record record = { .kind = ENTRY_BLOCK_ERASURE, .block_erasure = *erasure };
        struct contract_state_row row;
        struct entry entry;
        int r;

        assert(hub->txn);
        if (hub->erasure_count == ERASURES_PER_BATCH_MAX)
                return refused(REFUSAL_BUSY, NULL, ret_says);
        r = may_erase(hub, erasure, &row, ret_says);
        if (!r)
                r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                r = tell(hub, erasure, entry.index);
        if (r)
                return r;
        hub->erasures[hub->erasure_count++] = (struct hub_erasure) {
                row.no, erasure->year, entry.index,
        };
        *ret_index = entry.index;
        return 0;
}

int fold_erasure(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct block_erasure *erasure = &record->block_erasure;
        uint32_t contract_no;
        int r = state_contract_no(hub->txn, &erasure->contract, &contract_no);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return state_block_erase(hub->txn, contract_no, erasure->year, entry->index);
}

int blocks_committed(struct hub *hub)
{
        int r = 0;

        for (uint32_t i = 0; !r && i < hub->erasure_count; i++) {
                const struct hub_erasure *erasure = &hub->erasures[i];

                r = block_store_erase(hub->blocks, erasure->contract_no, erasure->year,
                                      erasure->index);
        }
        hub->erasure_count = 0;
        return r;
}
