/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement takes the place of all that stands for any of its days, so that no day is paid twice:
 * also when terms that came later cut the period, or made it whole again. But one that was ordered
 * before what stands was overtaken by it, as when it could not be computed at first: it posts
 * nothing, and takes no place.
 */
#include <errno.h>

#include "core/check.h"
#include "core/lines.h"
#include "daemon/finality.h"
#include "daemon/life.h"

/* Prior years are loaded to be compared: what was paid of them is in other books. */
static bool is_historical(const struct run *run, const struct reconciling *terms)
{
        return terms->is && terms->historical_until != DATE_NONE &&
               run->period.until <= terms->historical_until;
}

static bool may_post(const struct run_state *run, const struct statement *statement,
                     const struct reconciling *terms)
{
        return run->run.kind != RUN_INTERIM && statement->status == STATEMENT_CALCULATED &&
               statement->standing == STANDING_BINDING && !statement->relayed &&
               !is_historical(&run->run, terms);
}

/* All lines of that code together, each to the cent. */
static int64_t sum_of(const struct statement *statement, enum line_code code)
{
        int64_t sum = 0;

        for (unsigned int i = 0; i < statement->line_count; i++) {
                const struct line *line = &statement->lines[i];

                if (line->code == code)
                        sum += (int64_t)exact_round(exact_ratio(line->num, line->den), 1,
                                                    ROUND_HALF_AWAY);
        }
        return sum;
}

/*
 * A withhold that lowers a benchmark keeps back nobody's money; one that was taken from payments
 * does, but for what was earned back and is in the settlement.
 */
static int64_t withheld(const struct statement *statement)
{
        bool from_payments = false;

        for (unsigned int i = 0; i < statement->line_count; i++)
                from_payments |= statement->lines[i].code == LINE_PAID_BEFORE;
        return from_payments ? sum_of(statement, LINE_WITHHELD) -
                                       sum_of(statement, LINE_EARNED_BACK)
                             : 0;
}

static struct life_issue issue_of(const struct run_state *run, const struct statement *statement)
{
        return (struct life_issue) {
                .posts = run->posts,
                .has_versions = statement->has_versions && statement->basis != SIDE_NEITHER,
                .by_bearer = statement->by_bearer, .by_earner = statement->by_earner,
                .says = {
                        [LIFE_SETTLEMENT] = statement->payable,
                        [LIFE_WITHHELD] = withheld(statement),
                        [LIFE_ADVANCED] = sum_of(statement, LINE_ADVANCE_PAID),
                        [LIFE_RECOUPED] = sum_of(statement, LINE_RECOUPED),
                },
        };
}

static bool meet(struct period a, struct period b)
{
        return a.from < b.until && b.from < a.until;
}

/* The next run after @at that stands for days of @run; -ENOENT: no more. */
static int next_standing(struct store_txn *txn, const struct run_state *run, uint64_t at,
                         struct life_state *ret)
{
        struct run_state other;
        int r;

        while (!(r = state_run_next(txn, run->contract_no, at, &at))) {
                r = state_run(txn, at, &other);
                if (r)
                        return r;
                if (at == run->index || !other.posts || !meet(other.run.period, run->run.period))
                        continue;
                r = state_life(txn, at, CUT_LAST, ret);
                if (r || life_stands(&ret->life))
                        return r;
        }
        return r;
}

static int find_overtaken(struct store_txn *txn, const struct run_state *run, bool *ret)
{
        struct life_state other = { .run = 0 };
        int r;

        *ret = false;
        while (!*ret && !(r = next_standing(txn, run, other.run, &other)))
                *ret = other.run > run->index;
        return *ret || r == -ENOENT ? 0 : r;
}

/* They were of what is no more. */
static int end_disputes(struct hub *hub, const struct statement_life *life,
                        const struct entry *entry)
{
        struct dispute_of_run dispute;
        int r = 0;

        for (uint32_t i = 0; !r && i < life->claim_count; i++) {
                r = state_dispute(hub->txn, life->claims[i].dispute, &dispute);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                dispute.ended = entry->index;
                r = state_dispute_put(hub->txn, &dispute);
        }
        return r;
}

static int replace_standing(struct hub *hub, const struct run_state *run, struct life_state *by,
                            const struct entry *entry)
{
        struct life_state older = { .run = 0 };
        int r;

        while (!(r = next_standing(hub->txn, run, older.run, &older))) {
                r = end_disputes(hub, &older.life, entry);
                if (r)
                        return r;
                life_replaced(&older.life, &by->life);
                older.replaced_by = run->index;
                r = life_put(hub, &older, entry);
                if (!r)
                        r = finality_replaced(hub, older.run, entry);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int life_issue(struct hub *hub, struct run_state *run, const struct statement *statement,
               const struct entry *entry)
{
        struct life_state life = {
                .run = run->index, .contract_no = run->contract_no,
                .line_count = statement->line_count,
        };
        struct view_terms terms = { .known = false };
        struct life_issue issue;
        int r = 0;

        if (statement->status == STATEMENT_CALCULATED)
                r = state_terms(hub->txn, run->contract_no, statement->terms_version, &terms);
        run->posts = !r && may_post(run, statement, &terms.reconciling);
        issue = issue_of(run, statement);
        if (!r && run->posts)
                r = find_overtaken(hub->txn, run, &issue.overtaken);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        life_issued(&life.life, &issue);
        life.dispute_days = terms.reconciling.dispute_days;
        if (life_stands(&life.life))
                r = replace_standing(hub, run, &life, entry);
        if (!r && life_stands(&life.life))
                r = finality_issued(hub, run, terms.reconciling.witness_days, entry);
        return r ? r : life_put(hub, &life, entry);
}
