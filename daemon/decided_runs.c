/* SPDX-License-Identifier: Apache-2.0 */
/* What was decided reaches the books by itself: the periods it is about are settled again. */
#include <errno.h>

#include "core/own.h"
#include "daemon/decide.h"
#include "daemon/life.h"
#include "daemon/past.h"

struct settled_again {
        struct hub *hub;
        const struct decisions *decisions;
        struct past_runs runs;
        struct timeline timeline;
        struct arena arena;
};

/* Is the figure among those that the statement was made from? Segments are not told apart there. */
static bool reads(const struct statement *statement, const struct decision *decision)
{
        for (size_t i = 0; i < statement->fact_count; i++)
                if (statement->facts[i].kind == decision->kind &&
                    item_equal(&statement->facts[i].item, &decision->item) &&
                    period_equal(statement->facts[i].period, decision->period))
                        return true;
        return false;
}

static int about_facts(struct settled_again *s, const struct run_state *run, bool *ret)
{
        const struct decisions *d = s->decisions;
        struct statement *statement;
        int r;

        for (uint32_t i = 0; i < d->fact_count; i++)
                *ret = *ret || period_equal(d->facts[i].period, run->run.period);
        if (*ret || !d->fact_count || !run->statement)
                return 0;
        arena_reset(&s->arena);
        r = past_statement(s->hub->txn, run, &s->arena, &statement);
        for (uint32_t i = 0; !r && i < d->fact_count; i++)
                *ret = *ret || reads(statement, &d->facts[i]);
        return r;
}

static int about_disputes(struct settled_again *s, const struct run_state *run, bool *ret)
{
        const struct decisions *d = s->decisions;
        struct dispute_of_run dispute;
        struct run_state disputed;
        int r = 0;

        for (uint32_t i = 0; !r && i < d->dispute_count; i++) {
                r = state_dispute(s->hub->txn, d->disputes[i].dispute, &dispute);
                if (!r)
                        r = state_run(s->hub->txn, dispute.run, &disputed);
                if (!r)
                        *ret = *ret || period_equal(disputed.run.period, run->run.period);
        }
        return r == -ENOENT ? -EILSEQ : r;
}

/* The last that was ordered: one that is still to be computed reads less than was decided. */
static const struct run_state *last_of(const struct past_runs *runs, struct period period)
{
        const struct run_state *found = NULL;

        for (size_t i = 0; i < runs->count; i++)
                if (runs->rows[i].run.kind != RUN_INTERIM &&
                    period_equal(runs->rows[i].run.period, period))
                        found = &runs->rows[i];
        return found;
}

/* Of what posts nothing nobody awaits another statement. */
static int is_in_the_books(struct settled_again *s, const struct run_state *run, bool *ret)
{
        const struct run_state *counts = past_counts(&s->runs, run->run.period, CUT_NONE);
        struct life_state life;
        struct part part;
        int r;

        *ret = !run->statement;
        if (!timeline_part(&s->timeline, run->run.period, &part))
                *ret = false;
        else if (counts && counts->run.kind != RUN_INTERIM) {
                r = state_life(s->hub->txn, counts->index, CUT_LAST, &life);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                *ret = life.life.state != LIFE_NONE;
        }
        return 0;
}

static int settle_again(struct settled_again *s, const struct run_state *run, uint64_t cause)
{
        const struct run_request request = {
                .period = run->run.period, .kind = RUN_RESTATED, .payment = run->run.payment,
        };
        struct contract_state_row contract;
        uint64_t index;
        bool is;
        int r = is_in_the_books(s, run, &is);

        if (!r && is) {
                is = false;
                r = about_disputes(s, run, &is);
                if (!r && !is)
                        r = about_facts(s, run, &is);
        }
        if (!r && is)
                r = state_contract(s->hub->txn, run->contract_no, &contract);
        return r || !is ? r : follow_run(s->hub, &contract, &request, cause, &index);
}

static void settled_again_cleanup(struct settled_again *s)
{
        past_runs_cleanup(&s->runs);
        arena_free(&s->arena);
}

int decided_runs(struct hub *hub, uint32_t contract_no, const struct decisions *decisions,
                 uint64_t cause)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        own(settled_again) struct settled_again s = { .hub = hub, .decisions = decisions };
        int r = arena_new(&s.arena, WIRE_ARENA_SIZE);

        if (!r)
                r = past_terms(hub->txn, contract_no, &terms);
        if (!r)
                r = past_runs(hub->txn, contract_no, &s.runs);
        s.timeline = past_timeline(&terms, CUT_NONE);
        for (size_t i = 0; !r && i < s.runs.count; i++)
                if (last_of(&s.runs, s.runs.rows[i].run.period) == &s.runs.rows[i])
                        r = settle_again(&s, &s.runs.rows[i], cause);
        return r;
}
