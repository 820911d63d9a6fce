/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: those there are, one of them whole, and what the next would say. */
#include <errno.h>

#include "daemon/finality.h"
#include "daemon/query.h"
#include "daemon/row.h"
#include "daemon/stale.h"
#include "daemon/state_life.h"

static struct statement_row statement_row(const struct run_state *run, uint32_t stale)
{
        return (struct statement_row) {
                .run = run->index, .index = run->statement, .time = run->statement_time,
                .contract = run->run.contract, .period = run->run.period, .kind = run->run.kind,
                .number = run->run.number, .status = run->status, .earned = run->earned,
                .payable = run->payable, .relayed = run->relayed, .stale = stale,
        };
}

static int add_life(struct store_txn *txn, uint64_t cut, struct statement_row *row)
{
        struct life_state life;
        int r = state_life(txn, row->run, cut, &life);

        if (r)
                return r == -ENOENT ? 0 : r;
        row->life = life.life.state;
        row->accepted_by = life.life.accepted;
        row->answer_until = life.answer_until;
        row->has_held = life.life.state != LIFE_NONE;
        row->held = life_held(&life.life);
        return 0;
}

/* Statements on their way into an answer. */
struct listing {
        struct asked *asked;
        struct stale *stale;
        struct statement_row *rows;
        uint32_t most;
};

static void listing_go_on(struct listing *listing, uint32_t contract_no, uint64_t run_at)
{
        ROW(cursor);

        row_u32(&cursor, contract_no);
        row_u64(&cursor, run_at);
        go_on_after(listing->asked, row_span(&cursor));
}

/* 1 when the answer takes no more, this one included or not. */
static int list_statement(struct listing *listing, const struct run_state *run, uint64_t before)
{
        const struct asked *asked = listing->asked;
        struct answer *answer = asked->answer;
        struct statement_row *row = &listing->rows[answer->statement_count];
        uint32_t by;
        int r = stale_of(listing->stale, run, &by);

        if (r > 0)
                listing_go_on(listing, run->contract_no, before);
        if (r)
                return r;
        *row = statement_row(run, by);
        r = add_life(asked->hub->txn, asked->cut, row);
        if (!r)
                r = finality_at(asked->hub->txn, run->index, asked->cut, &row->witness,
                                &row->witness_sides);
        if (r || ++answer->statement_count < listing->most)
                return r;
        listing_go_on(listing, run->contract_no, run->index);
        return 1;
}

/* The statements of one contract after run @at; 1 when the answer is full. */
static int statements_of(struct listing *listing, uint32_t contract_no, uint64_t at)
{
        struct store_txn *txn = listing->asked->hub->txn;
        uint64_t before = at;
        struct run_state run;
        int r;

        while (!(r = state_run_next(txn, contract_no, at, &at))) {
                r = state_run(txn, at, &run);
                if (!r && run.statement && run.statement <= listing->asked->cut)
                        r = list_statement(listing, &run, before);
                if (r)
                        return r;
                before = at;
        }
        return r == -ENOENT ? 0 : r;
}

static int statements_of_all(struct listing *listing, uint32_t no, uint64_t run)
{
        struct contract_state_row row = { .no = no };
        int r = 0;

        while (!r && !(r = next_contract(listing->asked, row.no, &row))) {
                r = statements_of(listing, row.no, run);
                run = 0;
        }
        return r == -ENOENT ? 0 : r;
}

static int list_statements(struct listing *listing)
{
        struct asked *asked = listing->asked;
        struct row_reader reader = row_read(asked->query->after);
        uint32_t no = 0;
        uint64_t run = 0;
        int r;

        if (asked->query->after.size == 12) {
                no = read_u32(&reader) - 1;     /* so that the next one is the cursor's own */
                run = read_u64(&reader);
        }
        if (contract_id_empty(&asked->query->contract))
                return statements_of_all(listing, no, run);
        r = find_contract(asked);
        return r ? r : statements_of(listing, asked->contract.no, run);
}

int ask_statements(struct asked *asked)
{
        own(stale) struct stale *stale = NULL;
        struct listing listing = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        const struct reading by = reading_of(asked);
        int r;

        asked->answer->statements = listing.rows = rows_new(asked, listing.most,
                                                            sizeof(*listing.rows));
        r = listing.rows ?
                stale_new(&stale, &by, &asked->node->state.path.party, asked->cut) : -ENOMEM;
        listing.stale = stale;
        if (!r)
                r = list_statements(&listing);
        return r > 0 ? 0 : r;
}

int ask_statement(struct asked *asked)
{
        struct record_entry *row = rows_new(asked, 1, sizeof(*row));
        struct log_entry entry;
        struct run_state run;
        int r = row ? state_run(asked->hub->txn, asked->query->run, &run) : -ENOMEM;

        if (!r)
                r = run.statement ? may_read(asked, &run.run.contract) : -ENOENT;
        if (!r)
                r = log_read_proved(asked->hub->txn, NULL, run.statement, &entry);
        if (r)
                return r;
        *row = (struct record_entry) { run.statement, entry.header.time, entry.bytes };
        asked->answer->statement = row;
        return 0;
}

int ask_preview(struct asked *asked)
{
        const struct query *query = asked->query;
        struct run run = {
                .contract = query->contract, .period = query->period,
                .kind = query->run_kind ? query->run_kind : RUN_PREVIEW,
                .payment = query->payment, .cut = asked_last(asked),
        };
        const struct reading by = reading_of(asked);
        int r = find_contract(asked);

        if (!r && (!period_valid(query->period) || !date_valid(query->payment)))
                r = -ENOENT;
        if (!r)
                r = compute_run(&by, &run, asked->contract.no, asked->hub->statement);
        asked->answer->preview = asked->hub->statement;
        return r;
}
