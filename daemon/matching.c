/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/matching.h"

#include <errno.h>
#include <stdlib.h>

#define ROOM_FIRST 64

static int grow(void **rows, size_t count, size_t *room, size_t size)
{
        size_t more = *room ? 2 * *room : ROOM_FIRST;
        void *grown;

        if (count < *room)
                return 0;
        grown = realloc(*rows, more * size);
        if (!grown)
                return -ENOMEM;
        *rows = grown;
        *room = more;
        return 0;
}

static bool same_key(const struct fact *a, const struct fact *b)
{
        return a->side == b->side && fact_key_equal(&a->key, &b->key);
}

/*
 * Versions of a key come in order of index:
 * each one at or below the cut takes the place of the one before.
 */
static int add_fact(void *with, const struct fact_state *state, struct bytes key)
{
        struct matching *m = with;
        int r;

        (void)key;
        if (state->fact.index > m->cut)
                return 0;
        if (m->fact_count && same_key(&m->facts[m->fact_count - 1], &state->fact)) {
                m->facts[m->fact_count - 1] = state->fact;
                return 0;
        }
        r = grow((void **)&m->facts, m->fact_count, &m->fact_room, sizeof(*m->facts));
        if (!r)
                m->facts[m->fact_count++] = state->fact;
        return r;
}

static bool same_thing(const struct fact_key *a, const struct fact_key *b)
{
        return a->kind == b->kind && name_equal(&a->segment, &b->segment) &&
               item_equal(&a->item, &b->item) && period_equal(a->period, b->period);
}

static bool holds_at(const struct decided_state *decided, uint64_t cut)
{
        return !decided->ended || decided->ended > cut;
}

/* What came to its end leaves nothing behind: what it took the place of does not come back. */
static int add_decided(void *with, const struct decided_state *state)
{
        struct matching *m = with;
        int r;

        if (state->fact.index > m->cut)
                return 0;
        if (m->decided_count &&
            same_thing(&m->decided[m->decided_count - 1].key, &state->fact.key))
                m->decided_count--;
        if (!holds_at(state, m->cut))
                return 0;
        r = grow((void **)&m->decided, m->decided_count, &m->decided_room, sizeof(*m->decided));
        if (!r)
                m->decided[m->decided_count++] = state->fact;
        return r;
}

static int add_over(void *with, const struct window_state *window)
{
        struct matching *m = with;
        int r;

        if (!window->by || window->by > m->cut)
                return 0;
        r = grow((void **)&m->over, m->over_count, &m->over_room, sizeof(*m->over));
        if (!r)
                m->over[m->over_count++] = (struct window_over) {
                        .index = window->index, .event = window->event, .by = window->by,
                };
        return r;
}

int matching_load(struct store_txn *txn, uint32_t contract_no, uint64_t cut, struct matching *ret)
{
        int r;

        ret->cut = cut;
        r = state_facts(txn, SCOPE_CONTRACT, contract_no, (struct bytes) { 0 }, add_fact, ret);
        if (!r)
                r = state_decided_each(txn, contract_no, add_decided, ret);
        return r ? r : state_window_each(txn, contract_no, add_over, ret);
}

struct match_inputs matching_inputs(const struct matching *m)
{
        return (struct match_inputs) {
                .facts = m->facts, .fact_count = m->fact_count,
                .decided = m->decided, .decided_count = m->decided_count,
                .over = m->over, .over_count = m->over_count,
        };
}

int matching_make(const struct terms *terms, struct matching *m)
{
        const struct match_inputs inputs = matching_inputs(m);

        if (!m->fact_count)
                return 0;
        m->matches = calloc(m->fact_count, sizeof(*m->matches));
        if (!m->matches)
                return -ENOMEM;
        m->count = match_all(terms, &inputs, m->matches);
        return 0;
}

void matching_cleanup(struct matching *m)
{
        free(m->facts);
        free(m->decided);
        free(m->over);
        free(m->matches);
}

/* ---- one thing */

static int load_said(struct store_txn *txn, uint32_t contract_no, const struct fact_key *key,
                     uint64_t cut, struct thing *ret, size_t *ret_count)
{
        struct fact_state state;
        int r = 0;

        *ret_count = 0;
        for (enum side side = SIDE_BEARER; !r && side <= SIDE_EARNER; side++) {
                r = state_fact_of_thing(txn, contract_no, side, key, cut, &state);
                if (!r)
                        ret->said[(*ret_count)++] = state.fact;
                if (r == -ENOENT)
                        r = 0;
        }
        return r;
}

static int load_decided(struct store_txn *txn, uint32_t contract_no, const struct fact_key *key,
                        uint64_t cut, struct thing *ret, size_t *ret_count)
{
        struct decided_state state;
        int r = state_decided_last(txn, contract_no, key, cut, &state);

        *ret_count = r == 0 && holds_at(&state, cut);
        ret->decided = state.fact;
        return r == -ENOENT ? 0 : r;
}

static int load_over(struct store_txn *txn, uint32_t contract_no, const struct fact *said,
                     size_t count, uint64_t cut, struct thing *ret, size_t *ret_count)
{
        struct window_state window;
        int r = 0;

        *ret_count = 0;
        for (size_t i = 0; !r && i < count; i++) {
                r = state_window(txn, contract_no, said[i].index, said[i].event, &window);
                if (!r && window.by && window.by <= cut) {
                        ret->over = (struct window_over) {
                                .index = window.index, .event = window.event, .by = window.by,
                        };
                        *ret_count = 1;
                }
                if (r == -ENOENT)
                        r = 0;
        }
        return r;
}

int matching_thing(struct store_txn *txn, uint32_t contract_no, const struct terms *terms,
                   const struct fact_key *key, uint64_t cut, struct thing *ret)
{
        struct match_inputs inputs = {
                .facts = ret->said, .decided = &ret->decided, .over = &ret->over,
        };
        struct match matches[2] = { { NULL } };
        int r = load_said(txn, contract_no, key, cut, ret, &inputs.fact_count);

        if (!r)
                r = load_decided(txn, contract_no, key, cut, ret, &inputs.decided_count);
        if (!r)
                r = load_over(txn, contract_no, ret->said, inputs.fact_count, cut, ret,
                              &inputs.over_count);
        if (r)
                return r;
        ret->is = match_all(terms, &inputs, matches) > 0;
        ret->match = matches[0];
        return 0;
}
