/* SPDX-License-Identifier: Apache-2.0 */
/* Payments as both sides state them: gathered and folded; and when one is overdue. */
#include "daemon/payments.h"

#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"

#define DAY_US (INT64_C(86400) * 1000000)

static struct payment_key key_of(const struct view *view, const struct payment *payment)
{
        return (struct payment_key) {
                .contract_no = view->contract.no, .trace = payment->trace,
                .payer = payment_payer(view_side(view), payment->direction),
        };
}

/* ---- as stated */

static int gather_part(struct hub *hub, const struct view *view, const struct payment_part *part,
                       uint64_t bit, struct view_event *ret)
{
        struct run_state run;
        int r = state_run(hub->txn, part->run, &run);

        if (r)
                return r == -ENOENT ? 0 : r;
        if (!view->contract.known || run.contract_no != view->contract.no)
                return 0;
        ret->parts_known |= bit;
        if (run.posts)
                ret->parts_posting |= bit;
        return 0;
}

int gather_payment(struct hub *hub, const struct submission *submission, const struct view *view,
                   uint32_t place, struct view_event *ret)
{
        const struct payment *payment = &submission->events[place].payment;
        const struct payment_key key = key_of(view, payment);
        struct payment_version current;
        int r = 0;

        ret->twice = gather_twice(view->seen, submission, place);
        for (uint32_t i = 0; !r && i < payment->part_count; i++)
                r = gather_part(hub, view, &payment->parts[i], UINT64_C(1) << i, ret);
        if (r)
                return r;
        r = state_payment(hub->txn, &key, payment->direction, UINT64_MAX, &current);
        ret->has_current = r == 0;
        ret->current = current.index;
        return r == -ENOENT ? 0 : r;
}

int fold_payment(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        const struct payment *payment = &submission->events[place].payment;
        const struct payment_key key = key_of(view, payment);

        return state_payment_put(hub->txn, &key, entry->index, entry->time, payment);
}

/* ---- overdue */

/* No day of grace is said: nothing is ever overdue. */
static int grace_of(struct hub *hub, const struct run_state *run, uint32_t *ret)
{
        struct view_terms terms;
        int r = state_terms(hub->txn, run->contract_no, run->terms_version, &terms);

        *ret = !r && terms.reconciling.is ? terms.reconciling.payment_days : 0;
        return r == -ENOENT ? -EILSEQ : r;
}

static struct due_state due_of(const struct run_state *run, instant at)
{
        return (struct due_state) {
                .kind = DUE_PAYMENT_OVERDUE, .at = at, .a = run->contract_no, .index = run->index,
        };
}

/* One such moment for a run: the latest that was set. */
static int drop_due(struct hub *hub, const struct run_state *run)
{
        struct due_state due;
        instant at;
        int r = state_overdue(hub->txn, run->index, &at);

        if (r)
                return r == -ENOENT ? 0 : r;
        due = due_of(run, at);
        r = state_overdue_del(hub->txn, run->index);
        return r ? r : state_due_drop(hub->txn, &due);
}

/* Whoever owes has the days of grace from the planned day on, and from the day it was settled. */
static int put_due(struct hub *hub, const struct run_state *run, const struct entry *entry)
{
        date from = (date)(entry->time / DAY_US);
        struct due_state due;
        uint32_t grace;
        int r = grace_of(hub, run, &grace);

        if (r || !grace)
                return r;
        if (run->run.payment > from)
                from = run->run.payment;
        due = due_of(run, ((int64_t)from + 1 + grace) * DAY_US);
        r = drop_due(hub, run);
        if (!r)
                r = state_overdue_put(hub->txn, run->index, due.at);
        return r ? r : state_due_put(hub->txn, &due);
}

/* As the life of the run's own statement has it: what is left of its days is looked at when due. */
static int set_due(struct hub *hub, uint64_t run_index, const struct entry *entry, bool anew)
{
        struct life_state life;
        struct run_state run;
        instant at;
        int r = state_run(hub->txn, run_index, &run);

        if (!r)
                r = state_life(hub->txn, run_index, CUT_LAST, &life);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (life_open(&life.life) == 0)
                return drop_due(hub, &run);
        if (!anew && state_overdue(hub->txn, run_index, &at) == 0)
                return 0;
        return put_due(hub, &run, entry);
}

int payments_fold_posted(struct hub *hub, uint64_t run, const struct entry *entry)
{
        return set_due(hub, run, entry, true);
}

int fold_due_payment(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        int r = state_overdue_del(hub->txn, due->index);

        (void)entry;
        return r == -ENOENT ? -EILSEQ : r;
}

static struct text overdue_says(const struct run_state *run, int64_t open, instant at)
{
        struct text says;

        sentence_begin(&says);
        sentence_add_cents(&says, open > 0 ? open : -open);
        sentence_add(&says, open > 0 ? " that the bearer owes for " : " that the earner owes for ");
        sentence_add_period(&says, run->run.period);
        sentence_add(&says, " should have been paid by ");
        sentence_add_date(&says, (date)(at / DAY_US) - 1);
        sentence_add(&says, ": no payment of it was stated by both sides alike");
        return says;
}

int follow_due_payment(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        own(owed) struct owed owed = { .rows = NULL };
        const struct run_state *run;
        struct signal signal;
        int64_t open;
        int r = owed_read(hub->txn, due->a, &owed);

        if (r)
                return r;
        run = owed_run(&owed, due->index);
        if (!run)
                return -EILSEQ;
        open = owed_open(&owed, owed_days(&owed, run, UINT64_MAX), UINT64_MAX);
        if (open == 0)
                return 0;
        signal = (struct signal) {
                .kind = SIGNAL_PAYMENT_OVERDUE, .cause = entry->index, .has_run = true,
                .period = run->run.period, .run_kind = run->run.kind, .run = run->index,
                .payment = run->run.payment, .says = overdue_says(run, open, due->at),
        };
        return signal_both(hub, &run->run.contract, &signal);
}

/* ---- what they came to in the books */

static int fold_taken_back(struct hub *hub, const struct payment_key *key, uint64_t reverses,
                           const struct entry *entry)
{
        struct payment_entry before;
        int r = state_payment_entry(hub->txn, key, reverses, &before);

        if (!r && before.reversed)
                r = -EILSEQ;
        before.reversed = entry->index;
        if (!r)
                r = state_payment_entry_put(hub->txn, key, &before);
        return r == -ENOENT ? -EILSEQ : r;
}

int payments_fold_entry(struct hub *hub, uint32_t contract_no, const struct journal_entry *said,
                        const struct entry *entry)
{
        const bool by_bearer = name_equal(&said->legs[0].party, &said->contract.bearer);
        const struct payment_key key = {
                .contract_no = contract_no, .trace = said->trace,
                .payer = by_bearer ? SIDE_BEARER : SIDE_EARNER,
        };
        int64_t cents = said->legs[0].cents;
        const struct payment_entry row = {
                .index = entry->index, .run = said->run, .cents = cents > 0 ? cents : -cents,
        };
        int r;

        if (said->leg_count != 2 || !said->trace.text[0] || said->state != JOURNAL_POSTED)
                return -EILSEQ;
        if (said->purpose == PURPOSE_REVERSAL)
                r = fold_taken_back(hub, &key, said->reverses, entry);
        else
                r = state_payment_entry_put(hub->txn, &key, &row);
        return r ? r : set_due(hub, said->run, entry, false);
}
