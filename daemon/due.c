/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/due.h"

#include <errno.h>

#include "core/check.h"

#define DUE_PER_BATCH_MAX 1000

static int fold_lapse(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct contract_state_row row;
        struct view_terms terms;
        int r = state_contract(hub->txn, due->a, &row);

        if (!r)
                r = state_terms(hub->txn, due->a, due->b, &terms);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (terms.state != TERMS_ON_OFFER)      /* replaced in the meantime */
                return 0;
        terms.state = TERMS_LAPSED;
        terms.closed = entry->index;
        row.version_offered = 0;
        if (row.state == CONTRACT_OFFERED)
                row.state = CONTRACT_LAPSED;
        r = state_terms_put(hub->txn, due->a, &terms);
        return r ? r : state_contract_put(hub->txn, &row);
}

static int follow_lapse(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        static const char says[] = "the offer was not accepted in time and has lapsed";
        struct signal signal = {
                .kind = SIGNAL_CONTRACT_LAPSED, .cause = entry->index, .version = due->b,
        };
        struct contract_state_row row;
        int r = state_contract(hub->txn, due->a, &row);

        if (r)
                return r;
        memcpy(signal.says.text, says, sizeof(says));
        return signal_both(hub, &row.id, &signal);
}

static int fold_begin(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct delegation_state delegation;
        int r = state_delegation(hub->txn, due->a, due->b, &delegation);

        (void)entry;
        if (r)
                return r == -ENOENT ? 0 : r;
        delegation.active = true;
        return state_delegation_put(hub->txn, &delegation);
}

static int fold_end(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct delegation_state delegation;
        int r = state_delegation(hub->txn, due->a, due->b, &delegation);

        (void)entry;
        if (r)
                return r == -ENOENT ? 0 : r;
        return state_delegation_del(hub->txn, due->a, due->b);
}

/* By enum due_kind. A delegation's beginning and end are only noted. */
static const struct {
        due_fold_fn *fold;
        due_follow_fn *follow;
} dues[] = {
        [DUE_OFFER_LAPSES] = { fold_lapse, follow_lapse },
        [DUE_DELEGATION_BEGINS] = { fold_begin, NULL },
        [DUE_DELEGATION_ENDS] = { fold_end, NULL },
        [DUE_RUNOUT_ENDS] = { fold_due_runout, follow_due_runout },
        [DUE_FACT_WINDOW_ENDS] = { fold_due_fact_window, follow_due_fact_window },
        [DUE_DISPUTE_WINDOW_ENDS] = { fold_due_dispute_window, follow_due_dispute_window },
        [DUE_PAYMENT_OVERDUE] = { fold_due_payment, follow_due_payment },
        [DUE_SUCCESSION] = { fold_due_succession, follow_due_succession },
        [DUE_WITNESS_WINDOW_ENDS] = { fold_due_witness, follow_due_witness },
        [DUE_BALLOT_CLOSES] = { fold_due_ballot, follow_due_ballot },
        [DUE_CHARTER_BEGINS] = { fold_due_charter, follow_due_crosswalk },
        [DUE_RELEASE] = { fold_due_release, NULL },
        [DUE_DEPARTURE] = { fold_due_departure, follow_due_departure },
};

#define DUE_KINDS (sizeof(dues) / sizeof(dues[0]))

int fold_due(struct hub *hub, const struct record *record, const struct entry *entry)
{
        struct due_state due;
        int r = state_due_at(record->due.key, &due);

        if (!r)
                r = state_due_drop(hub->txn, &due);
        if (r)
                return r;
        if (due.kind >= DUE_KINDS || !dues[due.kind].fold)
                return -EILSEQ;
        return dues[due.kind].fold(hub, &due, entry);
}

static int pass_one(struct hub *hub, const struct due_state *due, struct bytes key)
{
        uint8_t copy[64];
        struct record record = { .kind = ENTRY_DUE };
        struct entry entry;
        int r;

        assert(key.size <= sizeof(copy));
        memcpy(copy, key.data, key.size);       /* the row goes when the entry is folded */
        record.due = (struct due) { due->kind, due->at, { copy, key.size } };
        r = hub_say(hub, &record, &entry, NULL);
        if (r || !dues[due->kind].follow)
                return r;
        return dues[due->kind].follow(hub, due, &entry);
}

int hub_pass_time(struct hub *hub)
{
        struct due_state due;
        struct bytes key;
        int r = 0;

        assert(hub->txn);
        for (int i = 0; i < DUE_PER_BATCH_MAX && !r; i++) {
                r = state_due_first(hub->txn, &due, &key);
                if (r || due.at > hub->now)
                        return r == -ENOENT ? 0 : r;
                r = pass_one(hub, &due, key);
        }
        return r;
}
