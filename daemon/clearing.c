/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments matched and cleared: what follows from what was said of them, and from what was posted.
 */
#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/life.h"
#include "daemon/payments.h"

/* One contract's payments being cleared: what is open is read once and kept along. */
struct clearing {
        struct hub *hub;
        uint32_t contract_no;
        struct contract_id contract;
        struct owed owed;
        bool reversed;                  /* something was: more is open than before */
};

static void clearing_cleanup(struct clearing *clearing)
{
        owed_cleanup(&clearing->owed);
}

static int clearing_begin(struct clearing *ret, struct hub *hub, uint32_t contract_no)
{
        struct contract_state_row row;
        int r = state_contract(hub->txn, contract_no, &row);

        *ret = (struct clearing) { .hub = hub, .contract_no = contract_no, .contract = row.id };
        return r ? r : owed_read(hub->txn, contract_no, &ret->owed);
}

static int look_again(struct clearing *c)
{
        owed_cleanup(&c->owed);
        return owed_read(c->hub->txn, c->contract_no, &c->owed);
}

/* ---- entries of the books */

static struct journal_entry entry_of(const struct clearing *c, const struct payment_key *key,
                                     uint64_t run, int64_t cents, uint64_t cause)
{
        struct journal_entry entry = {
                .run = run, .contract = c->contract, .state = JOURNAL_POSTED, .cause = cause,
                .trace = key->trace,
        };

        journal_legs(&entry, PURPOSE_PAYMENT, key->payer == SIDE_BEARER ? cents : -cents);
        sentence_begin(&entry.says);
        sentence_add(&entry.says, "payment ");
        sentence_add(&entry.says, key->trace.text);
        return entry;
}

static int reverse(struct clearing *c, const struct payment_key *key,
                   const struct payment_entry *before, uint64_t cause)
{
        struct journal_entry entry = entry_of(c, key, before->run, before->cents, cause);
        struct entry made;

        entry.purpose = PURPOSE_REVERSAL;
        entry.reverses = before->index;
        for (uint32_t i = 0; i < entry.leg_count; i++)
                entry.legs[i].cents = -entry.legs[i].cents;
        sentence_add(&entry.says, ", taken back: the sides no longer say it so");
        c->reversed = true;
        return journal_post(c->hub, &entry, &made);
}

static int clear(struct clearing *c, const struct payment_pair *pair, uint64_t cause)
{
        const struct payment *payment = &pair->sent.payment;
        struct entry made;
        int r = 0;

        for (uint32_t i = 0; !r && i < payment->part_count; i++) {
                struct journal_entry entry = entry_of(c, &pair->key, payment->parts[i].run,
                                                      payment->parts[i].cents, cause);

                sentence_add(&entry.says, ", as both sides say");
                r = journal_post(c->hub, &entry, &made);
        }
        return r ? r : look_again(c);
}

/* ---- is what was cleared still what both say? */

/*
 * While both sides are alike it is: it was cleared when they were, and a version that says
 * something else of the amounts makes them differ before the other side can follow it.
 */
static bool still_said(const struct payment_pair *pair)
{
        return pair->has_sent && pair->has_received &&
               payment_alike(&pair->sent.payment, &pair->received.payment);
}

static int next_in_force(struct clearing *c, const struct payment_key *key, uint64_t after,
                         struct payment_entry *ret)
{
        int r;

        do {
                r = state_payment_entry_next(c->hub->txn, key, after, ret);
                after = ret->index;
        } while (!r && ret->reversed);
        return r;
}

static int reverse_unless_said(struct clearing *c, const struct payment_pair *pair, uint64_t cause)
{
        struct payment_entry entry = { .index = 0 };
        int r;

        if (!pair->entry || still_said(pair))
                return 0;
        while (!(r = next_in_force(c, &pair->key, entry.index, &entry))) {
                r = reverse(c, &pair->key, &entry, cause);
                if (r)
                        return r;
        }
        return r == -ENOENT ? look_again(c) : r;
}

/* ---- word of it */

static int tell(struct clearing *c, const struct payment_pair *pair,
                const struct payment_outcome *outcome, uint64_t cause)
{
        const struct payment *said = pair->has_sent && pair->sent.payment.part_count
                                             ? &pair->sent.payment : &pair->received.payment;
        const struct run_state *run =
                said->part_count ? owed_run(&c->owed, said->parts[0].run) : NULL;
        struct signal signal = {
                .kind = outcome->clears ? SIGNAL_PAYMENT_MATCHED : SIGNAL_PAYMENT_DIFFERS,
                .cause = cause, .has_run = run != NULL,
        };

        if (run) {
                signal.period = run->run.period;
                signal.run_kind = run->run.kind;
                signal.run = run->index;
                signal.payment = run->run.payment;
        }
        sentence_begin(&signal.says);
        sentence_add(&signal.says, "payment ");
        sentence_add(&signal.says, pair->key.trace.text);
        sentence_add(&signal.says, ": ");
        sentence_add(&signal.says, outcome->says.text);
        return signal_both(c->hub, &c->contract, &signal);
}

/* ---- one payment */

static int match_one(struct clearing *c, const struct payment_key *key, uint64_t cause)
{
        const bool before = c->reversed;
        struct payment_outcome outcome;
        struct payment_pair pair;
        bool taken_back;
        int r = payment_pair(c->hub->txn, key, UINT64_MAX, &pair);

        c->reversed = false;
        if (!r)
                r = reverse_unless_said(c, &pair, cause);
        taken_back = c->reversed;
        c->reversed = before || taken_back;
        if (r || (pair.entry && !taken_back))
                return r;
        pair.entry = 0;
        payment_outcome(&c->owed, &pair, UINT64_MAX, &outcome);
        if (outcome.clears)
                r = clear(c, &pair, cause);
        if (r || (outcome.state == PAYMENT_UNMATCHED && !taken_back))
                return r;
        return tell(c, &pair, &outcome, cause);
}

static int match_again(struct clearing *c, uint64_t cause)
{
        struct payment_key key = { .contract_no = c->contract_no };
        struct payment_outcome outcome;
        struct payment_pair pair;
        int r;

        while (!(r = state_payment_next(c->hub->txn, &key, &key))) {
                r = payment_pair(c->hub->txn, &key, UINT64_MAX, &pair);
                if (r)
                        return r;
                if (pair.entry)
                        continue;
                payment_outcome(&c->owed, &pair, UINT64_MAX, &outcome);
                if (!outcome.clears)
                        continue;
                r = clear(c, &pair, cause);
                if (!r)
                        r = tell(c, &pair, &outcome, cause);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

int payments_again(struct hub *hub, uint32_t contract_no, uint64_t cause)
{
        own(clearing) struct clearing clearing = { .hub = NULL };
        const struct payment_key none = { .contract_no = contract_no };
        struct payment_key first;
        int r = state_payment_next(hub->txn, &none, &first);

        if (r)                          /* nobody has said anything of payments */
                return r == -ENOENT ? 0 : r;
        r = clearing_begin(&clearing, hub, contract_no);
        return r ? r : match_again(&clearing, cause);
}

static bool is_last(const struct submission *submission, uint32_t place)
{
        for (uint32_t i = place + 1; i < submission->event_count; i++)
                if (submission->events[i].kind == EVENT_PAYMENT)
                        return false;
        return true;
}

/* All payments of a submission together, when the last of them is followed. */
int follow_payment(struct hub *hub, const struct view *view, const struct submission *submission,
                   uint32_t place, const struct entry *entry)
{
        own(clearing) struct clearing clearing = { .hub = NULL };
        int r;

        if (!is_last(submission, place))
                return 0;
        r = clearing_begin(&clearing, hub, view->contract.no);
        for (uint32_t i = 0; !r && i <= place; i++) {
                const struct payment *payment = &submission->events[i].payment;
                const struct payment_key key = {
                        .contract_no = view->contract.no, .trace = payment->trace,
                        .payer = payment_payer(view_side(view), payment->direction),
                };

                if (submission->events[i].kind == EVENT_PAYMENT)
                        r = match_one(&clearing, &key, entry->index);
        }
        return r || !clearing.reversed ? r : match_again(&clearing, entry->index);
}
