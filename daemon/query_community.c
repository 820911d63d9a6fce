/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts, benefits, capabilities: of the party that asks, and of nobody else. */
#include <errno.h>

#include "daemon/community.h"
#include "daemon/conflicts.h"
#include "daemon/query.h"
#include "daemon/state_relation.h"

#define BENEFITS_MAX 64u                /* each is held against contracts */

/* The cursor is the last key that was given. */
static int begin_at(const struct asked *asked, struct row *ret)
{
        ret->size = 0;
        if (asked->query->after.size > sizeof(asked->cursor))
                return -ENOENT;
        row_bytes(ret, asked->query->after.data, asked->query->after.size);
        return 0;
}

static int day_of_cut(const struct asked *asked, date *ret)
{
        struct log_entry entry;
        int r = log_read(asked->hub->txn, asked_last(asked), &entry);

        *ret = r ? 0 : day_of_instant(entry.header.time);
        return r == -ENOENT ? -EILSEQ : r;
}

int ask_conflicts(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX), count = 0;
        struct conflict_row *rows = rows_new(asked, most, sizeof(*rows));
        ROW(at);
        int r = rows ? begin_at(asked, &at) : -ENOMEM;

        while (!r && count < most) {
                r = state_conflict_next(asked->hub->txn, asked->node->state.party_no, &at,
                                        &rows[count], &at);
                count += r == 0;
        }
        asked->answer->conflicts = rows;
        asked->answer->conflict_count = count;
        if (!r && count == most)
                go_on_after(asked, row_span(&at));
        return r == -ENOENT ? 0 : r;
}

/* ---- capabilities */

static int add_capability(const struct asked *asked, const struct capability_state *state,
                          struct capability_row *ret)
{
        struct capability_state last;
        int r = state_capability(asked->hub->txn, state->party_no, state->capability.kind,
                                 asked->cut, &last);

        *ret = (struct capability_row) {
                .capability = state->capability, .index = state->index,
                .current = last.index == state->index && last.event == state->event,
        };
        return r == -ENOENT ? -EILSEQ : r;
}

int ask_capabilities(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX), count = 0;
        struct capability_row *rows = rows_new(asked, most, sizeof(*rows));
        struct capability_state state;
        ROW(at);
        int r = rows ? begin_at(asked, &at) : -ENOMEM;

        while (!r && count < most) {
                r = state_capability_next(asked->hub->txn, asked->node->state.party_no, &at,
                                          &state, &at);
                if (!r && state.index <= asked->cut)
                        r = add_capability(asked, &state, &rows[count++]);
        }
        asked->answer->capabilities = rows;
        asked->answer->capability_count = count;
        if (!r && count == most)
                go_on_after(asked, row_span(&at));
        return r == -ENOENT ? 0 : r;
}

/* ---- benefits: the party's own, then those in which others name it */

enum { OWN = 1, NAMED = 2 };

struct benefits {
        struct asked *asked;
        struct benefit_row *rows;
        uint32_t most, count;
        uint8_t phase;
        date day;
        struct row at;                  /* a key of the table; empty: from the start */
};

static int add_benefit(struct benefits *b, const struct benefit_state *state)
{
        const struct asked *asked = b->asked;
        struct benefit_row *row = &b->rows[b->count];
        enum benefit_finding finding;
        struct benefit_state last;
        int r;

        if (state->index > asked->cut)
                return 0;
        *row = (struct benefit_row) { .benefit = state->benefit, .index = state->index };
        r = state_party_name(asked->hub->txn, state->payer_no, &row->payer);
        if (!r)
                r = state_party_name(asked->hub->txn, state->provider_no, &row->benefit.provider);
        if (!r)
                r = state_benefit(asked->hub->txn, state->payer_no, state->provider_no,
                                  &state->benefit.service, asked->cut, &last);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        b->count++;
        row->current = last.index == state->index && last.event == state->event;
        return b->phase != OWN || !row->current
                       ? 0
                       : community_contradicts(asked->hub, &row->payer, state->payer_no,
                                               &row->benefit, b->day, asked->cut, &finding,
                                               &row->contradicts);
}

static int walk_prefix(struct benefits *b, const struct row *prefix)
{
        struct benefit_state state;
        int r = 0;

        if (b->at.size < prefix->size || memcmp(b->at.data, prefix->data, prefix->size) != 0)
                b->at = *prefix;
        while (!r && b->count < b->most) {
                r = state_benefit_next(b->asked->hub->txn, &b->at, row_span(prefix), &state,
                                       &b->at);
                if (!r)
                        r = add_benefit(b, &state);
        }
        return r == -ENOENT ? 0 : r;
}

static int walk_own(struct benefits *b)
{
        ROW(prefix);

        row_u32(&prefix, b->asked->node->state.party_no);
        return walk_prefix(b, &prefix);
}

/* Payer by payer; the key of the last row says of which one was spoken. */
static int walk_named(struct benefits *b)
{
        const uint32_t own = b->asked->node->state.party_no;
        struct row_reader reader = row_read(row_span(&b->at));
        uint32_t payer = b->at.size >= 4 ? read_u32(&reader) : 0;
        ROW(prefix);
        int r = 0;

        payer -= payer > 0;             /* the rest of that payer's first */
        while (!r && b->count < b->most) {
                r = state_benefit_payer(b->asked->hub->txn, own, payer, &payer);
                if (r)
                        break;
                prefix.size = 0;
                row_u32(&prefix, payer);
                row_u32(&prefix, own);
                r = walk_prefix(b, &prefix);
        }
        return r == -ENOENT ? 0 : r;
}

/* The cursor: which part, and the last key of it. */
static int benefits_begin(struct benefits *b)
{
        struct bytes after = b->asked->query->after;

        b->phase = OWN;
        b->at.size = 0;
        if (!after.size)
                return 0;
        b->phase = *(const uint8_t *)after.data;
        if (after.size > sizeof(b->asked->cursor) || (b->phase != OWN && b->phase != NAMED))
                return -ENOENT;
        row_bytes(&b->at, (const uint8_t *)after.data + 1, after.size - 1);
        return 0;
}

static int benefits_of(struct benefits *b)
{
        int r = 0;

        if (b->phase == OWN) {
                r = walk_own(b);
                if (r || b->count == b->most)
                        return r;
                b->phase = NAMED;
                b->at.size = 0;
        }
        return walk_named(b);
}

int ask_benefits(struct asked *asked)
{
        struct benefits b = { .asked = asked, .most = rows_wanted(asked, BENEFITS_MAX) };
        ROW(cursor);
        int r;

        b.rows = rows_new(asked, b.most, sizeof(*b.rows));
        r = b.rows ? benefits_begin(&b) : -ENOMEM;
        if (!r)
                r = day_of_cut(asked, &b.day);
        if (!r)
                r = benefits_of(&b);
        asked->answer->benefits = b.rows;
        asked->answer->benefit_count = b.count;
        if (!r && b.count == b.most) {
                row_u8(&cursor, b.phase);
                row_bytes(&cursor, b.at.data, b.at.size);
                go_on_after(asked, row_span(&cursor));
        }
        return r;
}
