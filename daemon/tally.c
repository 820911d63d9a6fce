/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/tally.h"

#include <stddef.h>

/* Each counter by the place of its member. */
static const char *const names[] = {
#define X(name, member, says) [offsetof(struct tally, member) / sizeof(uint64_t)] = (name),
        TALLIES(X)
#undef X
};

#define COUNTERS (sizeof(names) / sizeof(names[0]))

/* What a row adds to each. */
struct share {
        int64_t of[COUNTERS];
};

#define ADD(share, member, by) \
        ((share)->of[offsetof(struct tally, member) / sizeof(uint64_t)] += (by))

static int count(struct store_txn *txn, const struct share *before, const struct share *after)
{
        uint64_t now;
        int r = 0;

        for (size_t i = 0; !r && i < COUNTERS; i++)
                if (after->of[i] != before->of[i])
                        r = state_count(txn, names[i], after->of[i] - before->of[i], &now);
        return r;
}

static struct share of_dispute(const struct dispute_of_run *dispute)
{
        struct share share = { { 0 } };

        if (dispute && !dispute->ended)
                ADD(&share, disputes_open, 1);
        return share;
}

int tally_dispute(struct store_txn *txn, const struct dispute_of_run *before,
                  const struct dispute_of_run *after)
{
        const struct share was = of_dispute(before), is = of_dispute(after);

        return count(txn, &was, &is);
}

static struct share of_proposal(const struct proposal_state *proposal)
{
        struct share share = { { 0 } };

        if (proposal && proposal->what == DISPUTE_RESOLUTION && proposal->state == DISPUTE_OPEN)
                ADD(&share, resolutions_open, 1);
        return share;
}

int tally_proposal(struct store_txn *txn, const struct proposal_state *before,
                   const struct proposal_state *after)
{
        const struct share was = of_proposal(before), is = of_proposal(after);

        return count(txn, &was, &is);
}

static struct share of_life(const struct life_state *life)
{
        struct share share = { { 0 } };

        if (life && life->life.state == LIFE_ISSUED)
                ADD(&share, statements_awaiting, 1);
        return share;
}

int tally_life(struct store_txn *txn, const struct life_state *before,
               const struct life_state *after)
{
        const struct share was = of_life(before), is = of_life(after);

        return count(txn, &was, &is);
}

static struct share of_journal(const struct journal_state_row *row)
{
        struct share share = { { 0 } };
        int64_t cents = row ? row->cents : 0;

        if (cents < 0)
                cents = -cents;
        if (!row || row->state == JOURNAL_VOIDED || row->reversed)
                return share;
        if (row->purpose == PURPOSE_SETTLEMENT && row->state == JOURNAL_PENDING) {
                ADD(&share, settlements_pending, 1);
                ADD(&share, pending_cents, cents);
        } else if (row->purpose == PURPOSE_SETTLEMENT) {
                ADD(&share, posted_cents, cents);
        } else if (row->purpose == PURPOSE_HOLD) {
                ADD(&share, holds, 1);
                ADD(&share, held_cents, cents);
        } else if (row->purpose == PURPOSE_PAYMENT) {
                ADD(&share, payments_cleared, 1);
                ADD(&share, paid_cents, cents);
        }
        return share;
}

int tally_journal(struct store_txn *txn, const struct journal_state_row *before,
                  const struct journal_state_row *after)
{
        const struct share was = of_journal(before), is = of_journal(after);

        return count(txn, &was, &is);
}

int tally_read(struct store_txn *txn, struct tally *ret)
{
        int r = 0;

#define X(name, member, says)                                     \
        if (!r)                                                   \
                r = state_counter(txn, (name), &ret->member);
        TALLIES(X)
#undef X
        return r;
}
