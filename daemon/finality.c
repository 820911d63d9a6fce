/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/finality.h"

#include <errno.h>

#include "core/check.h"
#include "core/sentence.h"
#include "daemon/due.h"

#define DAY_US INT64_C(86400000000)
#define BOTH (SIDE_BIT(SIDE_BEARER) | SIDE_BIT(SIDE_EARNER))

/* ---- folds */

static struct due_state due_of(const struct witnessing_state *row)
{
        return (struct due_state) {
                .kind = DUE_WITNESS_WINDOW_ENDS, .at = row->until, .a = row->contract_no,
                .index = row->run,
        };
}

int finality_issued(struct hub *hub, const struct run_state *run, uint32_t days,
                    const struct entry *entry)
{
        const struct witnessing_state row = {
                .run = run->index, .statement = entry->index, .contract_no = run->contract_no,
                .until = entry->time + days * DAY_US,
        };
        const struct due_state due = due_of(&row);
        int r;

        if (!days)
                return 0;
        r = state_due_put(hub->txn, &due);
        return r ? r : state_witnessing_put(hub->txn, &row);
}

static int end(struct hub *hub, struct witnessing_state *row, enum witnessing as,
               const struct entry *entry)
{
        const struct due_state due = due_of(row);
        int r;

        row->ended = entry->index;
        row->as = as;
        r = state_due_drop(hub->txn, &due);
        return r ? r : state_witnessing_put(hub->txn, row);
}

int finality_replaced(struct hub *hub, uint64_t run, const struct entry *entry)
{
        struct witnessing_state row;
        int r = state_witnessing(hub->txn, run, &row);

        if (r || row.ended)
                return r == -ENOENT ? 0 : r;
        return end(hub, &row, WITNESSING_NONE, entry);
}

static uint32_t sides_of(const struct witnessing_state *row, uint64_t cut)
{
        return (row->seen[0] && row->seen[0] <= cut ? SIDE_BIT(SIDE_BEARER) : 0u) |
               (row->seen[1] && row->seen[1] <= cut ? SIDE_BIT(SIDE_EARNER) : 0u);
}

int fold_witnessed(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct witnessed *said = &record->witnessed;
        struct witnessing_state row;
        int r = state_witnessing(hub->txn, said->run, &row);

        if (r || row.ended || !said->sides || (said->sides & ~BOTH))
                return r && r != -ENOENT ? r : -EILSEQ;
        for (int i = 0; i < 2; i++)
                if (!row.seen[i] && (said->sides & SIDE_BIT(i ? SIDE_EARNER : SIDE_BEARER)))
                        row.seen[i] = entry->index;
        if (sides_of(&row, entry->index) == BOTH)
                return end(hub, &row, WITNESSING_SEEN, entry);
        return state_witnessing_put(hub->txn, &row);
}

int fold_due_witness(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct witnessing_state row;
        int r = state_witnessing(hub->txn, due->index, &row);

        if (r || row.ended || row.until != due->at)
                return r && r != -ENOENT ? r : -EILSEQ;
        return end(hub, &row, WITNESSING_WITHOUT, entry);
}

/* ---- following */

static const char *missing(uint32_t sides)
{
        if (sides == SIDE_BIT(SIDE_BEARER))
                return "earner";
        return sides == SIDE_BIT(SIDE_EARNER) ? "bearer" : "bearer and earner";
}

int follow_due_witness(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct witnessing_state row;
        struct text says;
        int r = state_witnessing(hub->txn, due->index, &row);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        sentence_begin(&says);
        sentence_add(&says, "final, unwitnessed by ");
        sentence_add(&says, missing(sides_of(&row, entry->index)));
        sentence_add(&says, ": nobody of that side cosigned it within the terms' days");
        return signal_of(hub, due->index, SIGNAL_DEADLINE_PASSED, entry->index, &says);
}

int finality_acts_for(struct store_txn *txn, uint32_t from_no, uint32_t to_no)
{
        struct delegation_state delegation;
        int r = state_delegation(txn, from_no, to_no, &delegation);

        if (r)
                return r;
        return delegation.active && (delegation.rights & RIGHT_READ) ? 0 : -ENOENT;
}

/* Of which side it is; 0: of none. */
static int side_of(struct hub *hub, uint32_t party_no, const struct contract_state_row *contract,
                   uint32_t *ret)
{
        int for_bearer, for_earner;

        *ret = 0;
        if (party_no == contract->bearer_no || party_no == contract->earner_no) {
                *ret = SIDE_BIT(party_no == contract->bearer_no ? SIDE_BEARER : SIDE_EARNER);
                return 0;
        }
        for_bearer = finality_acts_for(hub->txn, contract->bearer_no, party_no);
        for_earner = finality_acts_for(hub->txn, contract->earner_no, party_no);
        if (for_bearer && for_bearer != -ENOENT)
                return for_bearer;
        if (for_earner && for_earner != -ENOENT)
                return for_earner;
        if (!for_bearer && for_earner)
                *ret = SIDE_BIT(SIDE_BEARER);
        else if (for_bearer && !for_earner)
                *ret = SIDE_BIT(SIDE_EARNER);
        return 0;
}

static int say(struct hub *hub, const struct witnessing_state *row,
               const struct contract_id *contract, uint32_t side,
               const struct cosignature *cosignature)
{
        struct record record = {
                .kind = ENTRY_WITNESSED,
                .witnessed = {
                        .run = row->run, .contract = *contract, .sides = side,
                        .cosignatures = cosignature, .cosignature_count = 1,
                },
        };
        struct entry entry;
        struct text says;
        int r = hub_say(hub, &record, &entry, NULL);

        if (r || (sides_of(row, UINT64_MAX) | side) != BOTH)
                return r;
        sentence_begin(&says);
        sentence_add(&says, "final, witnessed: witnesses of both sides have seen the statement");
        return signal_of(hub, row->run, SIGNAL_STATEMENT_WITNESSED, entry.index, &says);
}

/* 1: it is said, what makes one more. */
static int look(struct hub *hub, const struct witnessing_state *row,
                const struct directory_node *witness, const struct cosignature *cosignature)
{
        struct contract_state_row contract;
        uint32_t side;
        int r = state_contract(hub->txn, row->contract_no, &contract);

        if (!r)
                r = side_of(hub, witness->state.party_no, &contract, &side);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (!side || (side & sides_of(row, UINT64_MAX)))
                return 0;
        r = say(hub, row, &contract.id, side, cosignature);
        return r ? r : 1;
}

int finality_cosigned(struct hub *hub, const struct directory_node *witness,
                      const struct cosignature *cosignature)
{
        struct witnessing_state row = { .statement = 0 };
        int said = 0, r;

        while (said < WITNESSED_PER_COSIGN_MAX &&
               !(r = state_awaited_next(hub->txn, row.statement, &row))) {
                if (row.statement >= cosignature->size)
                        return 0;
                r = look(hub, &row, witness, cosignature);
                if (r < 0)
                        return r;
                said += r;
        }
        return said == WITNESSED_PER_COSIGN_MAX || r == -ENOENT ? 0 : r;
}

/* ---- for answers */

int finality_at(struct store_txn *txn, uint64_t run, uint64_t cut, enum witnessing *ret,
                uint32_t *ret_sides)
{
        struct witnessing_state row;
        int r = state_witnessing(txn, run, &row);

        *ret = WITNESSING_NONE;
        *ret_sides = 0;
        if (r || row.statement > cut)
                return r == -ENOENT ? 0 : r;
        *ret = row.ended && row.ended <= cut ? row.as : WITNESSING_AWAITED;
        *ret_sides = *ret == WITNESSING_NONE ? 0 : sides_of(&row, cut);
        return 0;
}
