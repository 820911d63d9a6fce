/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where each contract and period stands: what agrees, what is missing or in dispute, which
 * statement counts and what has become of it, what comes next and who is awaited. Derived from the
 * log up to the cut each time it is asked; "now" is the time of the last entry that is read.
 */
#include <errno.h>
#include <stdlib.h>

#include "daemon/finality.h"
#include "daemon/owed.h"
#include "daemon/query_match.h"
#include "daemon/row.h"
#include "daemon/stale.h"

#define DAY_US INT64_C(86400000000)

/* ---- periods of a contract: parts of its time, and those of statements that still stand */

struct standing_period {
        struct period period;
        uint32_t version;               /* of the terms that hold for it; 0: it is no part now */
        bool has_begun;
};

/* One contract's; owns what it holds. */
struct view_of {
        struct matched matched;
        struct owed owed;
        struct contract_state_row contract;
        instant now;
        struct standing_period *periods;        /* in order */
        size_t count, room;
};

static void view_of_cleanup(struct view_of *of)
{
        matched_cleanup(&of->matched);
        owed_cleanup(&of->owed);
        free(of->periods);
}

static int add_period(struct view_of *of, struct period period, uint32_t version)
{
        struct standing_period *more;

        for (size_t i = 0; i < of->count; i++)
                if (period_equal(of->periods[i].period, period))
                        return 0;
        if (of->count == of->room) {
                of->room = of->room ? 2 * of->room : PERIODS_MAX;
                more = realloc(of->periods, of->room * sizeof(*more));
                if (!more)
                        return -ENOMEM;
                of->periods = more;
        }
        of->periods[of->count++] = (struct standing_period) {
                period, version, period.from <= of->now / DAY_US,
        };
        return 0;
}

/* Terms that came later can leave a statement behind whose period is none any more. */
static int add_left_behind(const struct asked *asked, struct view_of *of)
{
        struct life_state life;
        int r = 0;

        for (size_t i = 0; !r && i < of->owed.runs.count; i++) {
                const struct run_state *run = &of->owed.runs.rows[i];

                if (!run->posts || !run->statement || run->statement > asked->cut)
                        continue;
                r = state_life(asked->hub->txn, run->index, asked->cut, &life);
                if (!r && life_stands(&life.life))
                        r = add_period(of, run->run.period, 0);
        }
        return r == -ENOENT ? -EILSEQ : r;
}

static int by_period(const void *a_, const void *b_)
{
        const struct period *a = &((const struct standing_period *)a_)->period;
        const struct period *b = &((const struct standing_period *)b_)->period;

        if (a->from != b->from)
                return a->from < b->from ? -1 : 1;
        return (a->until > b->until) - (a->until < b->until);
}

static int load(const struct asked *asked, const struct contract_state_row *contract,
                struct view_of *of)
{
        struct log_entry last;
        struct part part;
        int r = matched_load(asked, contract->no, &of->matched);

        if (!r)
                r = owed_read(asked->hub->txn, contract->no, &of->owed);
        if (!r)
                r = log_read_proved(asked->hub->txn, NULL, asked_last(asked), &last);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        of->contract = *contract;
        of->now = last.header.time;
        for (date day = DATE_FIRST; !r && timeline_from(&of->matched.timeline, day, &part);
             day = part.period.until)
                r = add_period(of, part.period, part.version);
        if (!r)
                r = add_left_behind(asked, of);
        if (!r && of->count)
                qsort(of->periods, of->count, sizeof(*of->periods), by_period);
        return r;
}

/* ---- one row */

/* The first moment that is to come counts. */
static void consider(struct recon_row *row, enum due_kind kind, instant at, uint32_t whom)
{
        if (row->due && row->due_at <= at)
                return;
        row->due = kind;
        row->due_at = at;
        row->due_for = whom;
}

static bool must_report(const struct match *match, enum side side)
{
        return match->rule && (match->of_record == side || match->rule->other == REPORT_MUST);
}

static void count_match(const struct match *match, struct recon_row *row)
{
        switch (match->result) {
        case MATCH_AGREED:
        case MATCH_WITHIN:
        case MATCH_DECIDED:
                row->agreed++;
                break;
        case MATCH_DISPUTED:
                row->disputed++;
                break;
        case MATCH_BEARER_ONLY:
                if (must_report(match, SIDE_EARNER))
                        row->missing_earner++;
                else
                        row->one_sided++;
                break;
        case MATCH_EARNER_ONLY:
                if (must_report(match, SIDE_BEARER))
                        row->missing_bearer++;
                else
                        row->one_sided++;
                break;
        }
}

static int count_matches(const struct asked *asked, struct view_of *of,
                         const struct standing_period *standing, struct recon_row *row)
{
        const struct matching *matching = &of->matched.matching;
        struct part part;
        instant until;
        int r = matched_by(&of->matched, standing->version);

        for (size_t i = 0; !r && i < matching->count; i++) {
                const struct match *match = &matching->matches[i];

                if (!matched_part(&of->matched, match_key(match)->period, &part) ||
                    !period_equal(part.period, standing->period))
                        continue;
                count_match(match, row);
                r = match_answer_until(asked, &of->contract, match, &until);
                if (!r && until)
                        consider(row, DUE_FACT_WINDOW_ENDS, until,
                                 match->of_record == SIDE_BEARER ? SIDE_BIT(SIDE_EARNER)
                                                                 : SIDE_BIT(SIDE_BEARER));
        }
        return r;
}

static void add_runout(const struct view_of *of, const struct standing_period *standing,
                       const struct view_terms *terms, struct recon_row *row)
{
        const date ends = date_add_months(standing->period.until, (int)terms->runout_months);

        if (ends * DAY_US > of->now && (!row->run || row->run_kind == RUN_INTERIM))
                consider(row, DUE_RUNOUT_ENDS, ends * DAY_US, 0);
}

/* The last entry by which something of the run's settlement was posted; 0: nothing was. */
static uint64_t posted_last(const struct owed *owed, uint64_t run, uint64_t cut)
{
        uint64_t last = 0;

        for (size_t i = 0; i < owed->count; i++) {
                const struct journal_state_row *row = &owed->rows[i];
                uint64_t at = row->changed ? row->changed : row->index;

                if (row->run == run && row->purpose == PURPOSE_SETTLEMENT &&
                    row->state == JOURNAL_POSTED && at <= cut && at > last)
                        last = at;
        }
        return last;
}

/* As daemon/payments.c has it: days of grace from the planned day on, and from posting on. */
static int add_payment(const struct asked *asked, const struct view_of *of,
                       const struct run_state *run, const struct view_terms *terms,
                       struct recon_row *row)
{
        uint64_t posted = posted_last(&of->owed, run->index, asked->cut);
        struct log_entry entry;
        int64_t from;
        int r;

        if (!posted || !row->open || !terms->reconciling.payment_days)
                return 0;
        r = log_read_proved(asked->hub->txn, NULL, posted, &entry);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        from = entry.header.time / DAY_US;
        if (run->run.payment > from)
                from = run->run.payment;
        consider(row, DUE_PAYMENT_OVERDUE, (from + 1 + terms->reconciling.payment_days) * DAY_US,
                 row->open > 0 ? SIDE_BIT(SIDE_BEARER) : SIDE_BIT(SIDE_EARNER));
        return 0;
}

/* With no moment to come, somebody may be awaited all the same. */
static void add_awaited(const struct view_terms *terms, uint32_t accepted, struct recon_row *row)
{
        const uint32_t both = SIDE_BIT(SIDE_BEARER) | SIDE_BIT(SIDE_EARNER);

        if (row->due)
                return;
        if (row->missing_bearer)
                row->due_for |= SIDE_BIT(SIDE_BEARER);
        if (row->missing_earner)
                row->due_for |= SIDE_BIT(SIDE_EARNER);
        if (row->disputed || row->life == LIFE_DISPUTED || row->held)
                row->due_for |= terms->reconciling.decides == DECIDER_ARBITER
                                        ? SIDE_BIT(SIDE_NEITHER) : both;
        else if (row->life == LIFE_ISSUED)
                row->due_for |= both & ~accepted;
}

static int add_witnesses(const struct asked *asked, const struct run_state *run,
                         struct recon_row *row)
{
        struct witnessing_state state;
        int r = finality_at(asked->hub->txn, run->index, asked->cut, &row->witness,
                            &row->witness_sides);

        if (r || row->witness != WITNESSING_AWAITED)
                return r;
        r = state_witnessing(asked->hub->txn, run->index, &state);
        if (!r)
                consider(row, DUE_WITNESS_WINDOW_ENDS, state.until,
                         (SIDE_BIT(SIDE_BEARER) | SIDE_BIT(SIDE_EARNER)) & ~row->witness_sides);
        return r == -ENOENT ? -EILSEQ : r;
}

static int add_statement(const struct asked *asked, struct view_of *of,
                         const struct run_state *run, struct stale *stale,
                         struct life_state *life, struct recon_row *row)
{
        int r = state_life(asked->hub->txn, run->index, asked->cut, life);

        if (r && r != -ENOENT)
                return r;
        row->run = run->index;
        row->run_kind = run->run.kind;
        row->has_result = true;
        row->payable = run->payable;
        row->life = life->life.state;
        row->held = life_held(&life->life);
        row->open = owed_open(&of->owed, owed_days(&of->owed, run, asked->cut), asked->cut);
        if (life->answer_until)
                consider(row, DUE_DISPUTE_WINDOW_ENDS, life->answer_until,
                         (SIDE_BIT(SIDE_BEARER) | SIDE_BIT(SIDE_EARNER)) & ~life->life.accepted);
        r = add_witnesses(asked, run, row);
        return r ? r : stale_of(stale, run, &row->stale);
}

/* 1: ask for the rest by another question. */
static int make_row(const struct asked *asked, struct view_of *of,
                    const struct standing_period *standing, struct stale *stale,
                    struct recon_row *row)
{
        const struct run_state *run = past_counts(&of->owed.runs, standing->period, asked->cut);
        struct life_state life = { .run = 0 };
        uint32_t version = standing->version ? standing->version : run ? run->terms_version : 0;
        struct view_terms terms;
        int r = asof_state_terms(asked->hub->txn, of->contract.no, version, asked->cut, &terms);

        *row = (struct recon_row) {
                .contract = of->contract.id, .period = standing->period,
                .standing = terms.standing,
        };
        if (!r && standing->version)
                r = count_matches(asked, of, standing, row);
        if (!r && run)
                r = add_statement(asked, of, run, stale, &life, row);
        if (!r && standing->version)
                add_runout(of, standing, &terms, row);
        if (!r && run)
                r = add_payment(asked, of, run, &terms, row);
        if (!r)
                add_awaited(&terms, life.life.accepted, row);
        return r == -ENOENT ? -EILSEQ : r;
}

/* A period that is to come shows when something was said of it. */
static bool shows(const struct standing_period *standing, const struct recon_row *row)
{
        return standing->has_begun || row->run || row->agreed || row->missing_bearer ||
               row->missing_earner || row->one_sided || row->disputed;
}

/* ---- pages: a cursor is the contract and period that were given last */

struct recon_page {
        struct asked *asked;
        struct stale *stale;
        struct recon_row *rows;
        uint32_t most;
        uint32_t after_no;              /* of the cursor; 0: from the start */
        struct period after;
};

static void page_go_on(struct recon_page *page, uint32_t no, struct period period)
{
        ROW(cursor);

        row_u32(&cursor, no);
        row_i32(&cursor, period.from);
        row_i32(&cursor, period.until);
        go_on_after(page->asked, row_span(&cursor));
}

static bool was_given(const struct recon_page *page, uint32_t no, struct period period)
{
        const struct standing_period one = { .period = period }, last = { .period = page->after };

        return no == page->after_no && by_period(&one, &last) <= 0;
}

/* 1 when the answer takes no more. */
static int add_contract(struct recon_page *page, const struct contract_state_row *contract)
{
        own(view_of) struct view_of of = { .count = 0 };
        struct answer *answer = page->asked->answer;
        struct period before = { DATE_NONE, DATE_NONE };
        int r = load(page->asked, contract, &of);

        for (size_t i = 0; !r && i < of.count; i++) {
                const struct standing_period *standing = &of.periods[i];

                if (was_given(page, contract->no, standing->period))
                        continue;
                if (answer->recon_count == page->most)
                        r = 1;
                else
                        r = make_row(page->asked, &of, standing, page->stale,
                                     &page->rows[answer->recon_count]);
                if (r > 0)
                        page_go_on(page, contract->no,
                                   i ? of.periods[i - 1].period : before);
                else if (!r)
                        answer->recon_count += shows(standing,
                                                     &page->rows[answer->recon_count]);
        }
        return r;
}

static int add_contracts(struct recon_page *page)
{
        struct asked *asked = page->asked;
        struct contract_state_row row = { .no = page->after_no ? page->after_no - 1 : 0 };
        int r;

        if (!contract_id_empty(&asked->query->contract)) {
                r = find_contract(asked);
                return r ? r : add_contract(page, &asked->contract);
        }
        while (!(r = next_contract(asked, row.no, &row))) {
                r = add_contract(page, &row);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int ask_recon(struct asked *asked)
{
        own(stale) struct stale *stale = NULL;
        struct row_reader cursor = row_read(asked->query->after);
        struct recon_page page = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        const struct reading by = reading_of(asked);
        int r;

        asked->answer->recons = page.rows = rows_new(asked, page.most, sizeof(*page.rows));
        r = page.rows ? stale_new(&stale, &by, &asked->node->state.path.party, asked->cut)
                      : -ENOMEM;
        page.stale = stale;
        if (asked->query->after.size == 12) {
                page.after_no = read_u32(&cursor);
                page.after.from = read_i32(&cursor);
                page.after.until = read_i32(&cursor);
        }
        if (!r)
                r = add_contracts(&page);
        return r > 0 ? 0 : r;
}
