/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides have stated: facts, and of blocks of rows what is said of them. */
#include <errno.h>
#include <string.h>

#include "daemon/blocks.h"
#include "daemon/query.h"

struct fact_walk {
        struct asked *asked;
        struct fact_row *rows;
        uint32_t most;
};

static struct fact_row fact_row(const struct asked *asked, const struct fact_state *state)
{
        const struct fact *fact = &state->fact;
        const struct contract_id *id = &asked->contract.id;

        return (struct fact_row) {
                .fact = *fact, .has_supersedes = state->has_supersedes,
                .supersedes = state->supersedes,
                .by = {
                        .is = fact->relayed, .document_sha256 = state->document_sha256,
                        .party = fact->side == SIDE_BEARER ? id->bearer : id->earner,
                },
        };
}

static int fact_visit(void *with, const struct fact_state *state, struct bytes key)
{
        struct fact_walk *walk = with;
        struct answer *answer = walk->asked->answer;
        const struct fact *fact = &state->fact;
        uint64_t current;
        int r;

        if (fact->index > walk->asked->cut)
                return 0;
        r = state_fact_current(walk->asked->hub->txn, state->scope_no, fact->side, &fact->key,
                               walk->asked->cut, &current);
        if (r)
                return r;
        if (current != fact->index && !walk->asked->query->history)
                return 0;
        walk->rows[answer->fact_count] = fact_row(walk->asked, state);
        walk->rows[answer->fact_count].current = current == fact->index;
        if (++answer->fact_count < walk->most)
                return 0;
        go_on_after(walk->asked, key);
        return 1;
}

int ask_facts(struct asked *asked)
{
        struct fact_walk walk = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        int r = find_contract(asked);

        if (r)
                return r;
        walk.rows = rows_new(asked, walk.most, sizeof(*walk.rows));
        if (!walk.rows)
                return -ENOMEM;
        asked->answer->facts = walk.rows;
        r = state_facts(asked->hub->txn, SCOPE_CONTRACT, asked->contract.no, asked->query->after,
                        fact_visit, &walk);
        return r > 0 ? 0 : r;
}

/* ---- blocks: what is said of them, and whether they can be read now */

struct block_walk {
        struct asked *asked;
        struct block_reader *reader;
        struct arena arena;             /* for one event */
        struct block_row *rows;
        uint32_t most;
};

static void block_walk_cleanup(struct block_walk *walk)
{
        block_reader_close(walk->reader);
        arena_free(&walk->arena);
}

/* Whoever replaces a block has to know what its rows were called, too. */
static int add_categories(struct block_walk *walk, const struct block_state *state,
                          struct block_event *ret)
{
        const struct block_event *said;
        struct item *items;
        size_t size;
        int r;

        arena_reset(&walk->arena);
        r = blocks_event(walk->asked->hub->txn, state, &walk->arena, &said);
        if (r || !said->category_count)
                return r;
        size = said->category_count * sizeof(*items);
        items = arena_take(&walk->asked->hub->arena, size);
        if (!items)
                return -ENOMEM;
        memcpy(items, said->categories, size);
        ret->categories = items;
        ret->category_count = said->category_count;
        return 0;
}

static int visit_block(void *with, const struct block_state *state, struct bytes key)
{
        struct block_walk *walk = with;
        struct answer *answer = walk->asked->answer;
        struct block_row *row = &walk->rows[answer->block_count];
        uint64_t current;
        int r;

        if (state->index > walk->asked->cut)
                return 0;
        r = state_block_current(walk->asked->hub->txn, state->contract_no, state->side,
                                &state->block, walk->asked->cut, &current);
        if (r)
                return r;
        if (current != state->index && !walk->asked->query->history)
                return 0;
        *row = (struct block_row) {
                .block = state->block, .index = state->index, .event = state->event,
                .side = state->side, .current = current == state->index, .year = state->year,
        };
        r = blocks_keeping(walk->asked->hub->txn, walk->reader, state, &row->keeping);
        if (!r)
                r = add_categories(walk, state, &row->block);
        if (r || ++answer->block_count < walk->most)
                return r;
        go_on_after(walk->asked, key);
        return 1;
}

int ask_blocks(struct asked *asked)
{
        own(block_walk) struct block_walk walk = {
                .asked = asked, .most = rows_wanted(asked, BLOCKS_MAX),
        };
        int r = find_contract(asked);

        if (!r)
                r = arena_new(&walk.arena, WIRE_ARENA_SIZE);
        if (!r && asked->hub->blocks)
                r = block_reader_open(asked->hub->blocks, 0, true, &walk.reader);
        if (r)
                return r;
        walk.rows = rows_new(asked, walk.most, sizeof(*walk.rows));
        if (!walk.rows)
                return -ENOMEM;
        asked->answer->blocks = walk.rows;
        r = state_blocks(asked->hub->txn, asked->contract.no, asked->query->after, visit_block,
                         &walk);
        return r > 0 ? 0 : r;
}
