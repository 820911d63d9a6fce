/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claims of a period are paid for months after it: until then a final run of it would be too early.
 * What periods wait, and until when, follows from all terms that hold: it is set anew whenever
 * terms come into force or the contract is ended. With no run-out a period waits for its own end.
 */
#include <errno.h>

#include "core/sentence.h"
#include "daemon/due.h"
#include "daemon/life.h"
#include "daemon/past.h"

#define DAY_US INT64_C(86400000000)

static struct due_state due_of(const struct runout_state *runout)
{
        return (struct due_state) {
                .kind = DUE_RUNOUT_ENDS, .at = runout->at, .a = runout->contract_no,
                .b = (uint32_t)runout->period.from, .index = runout->index,
        };
}

static int drop_all(struct hub *hub, uint32_t contract_no)
{
        struct runout_state runout;
        struct due_state due;
        int r;

        while (!(r = state_runout_next(hub->txn, contract_no, DATE_NONE, &runout))) {
                due = due_of(&runout);
                r = state_due_drop(hub->txn, &due);
                if (!r)
                        r = state_runout_del(hub->txn, &runout);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
        }
        return r == -ENOENT ? 0 : r;
}

static int set_one(struct hub *hub, uint32_t contract_no, const struct part *part,
                   const struct entry *entry)
{
        struct runout_state runout = {
                .contract_no = contract_no, .period = part->period, .version = part->version,
                .index = entry->index,
        };
        struct view_terms terms;
        struct due_state due;
        int r = state_terms(hub->txn, contract_no, part->version, &terms);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        runout.at = DAY_US * date_add_months(part->period.until, (int)terms.runout_months);
        if (runout.at <= entry->time)
                return 0;
        due = due_of(&runout);
        r = state_due_put(hub->txn, &due);
        return r ? r : state_runout_put(hub->txn, &runout);
}

int life_set_runout(struct hub *hub, uint32_t contract_no, const struct entry *entry)
{
        own(past_terms) struct past_terms terms = { .terms = NULL };
        struct timeline timeline;
        struct part part;
        int r = drop_all(hub, contract_no);

        if (!r)
                r = past_terms(hub->txn, contract_no, &terms);
        if (r)
                return r;
        timeline = past_timeline(&terms, CUT_NONE);
        for (date day = DATE_FIRST; !r && timeline_from(&timeline, day, &part);
             day = part.period.until)
                r = set_one(hub, contract_no, &part, entry);
        return r;
}

static int find(struct hub *hub, const struct due_state *due, struct runout_state *ret)
{
        int r = state_runout_next(hub->txn, due->a, (date)due->b - 1, ret);

        return !r && (ret->period.from != (date)due->b || ret->at != due->at) ? -ENOENT : r;
}

int fold_due_runout(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct runout_state runout;
        int r = find(hub, due, &runout);

        (void)entry;
        return r ? r == -ENOENT ? -EILSEQ : r : state_runout_del(hub->txn, &runout);
}

int follow_due_runout(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_DEADLINE_PASSED, .cause = entry->index };
        struct contract_state_row row;
        int r = state_contract(hub->txn, due->a, &row);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        sentence_begin(&signal.says);
        sentence_add(&signal.says, "the claims of the period from ");
        sentence_add_date(&signal.says, (date)due->b);
        sentence_add(&signal.says, " have run out: it may be settled for good");
        return signal_both(hub, &row.id, &signal);
}
