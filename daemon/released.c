/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/released.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "daemon/due.h"
#include "daemon/members.h"

/* ---- submissions: by their header */

static bool only_new_keys(const struct submission *submission)
{
        for (uint32_t i = 0; i < submission->event_count; i++)
                if (submission->events[i].kind != EVENT_KEY_ROTATION)
                        return false;
        return true;
}

/* What is said in the council is everybody's; it comes in submissions of its own. */
static bool is_of_council(const struct submission *submission)
{
        const enum event_kind kind =
                submission->event_count ? submission->events[0].kind : EVENT_KIND_COUNT;

        return kind == EVENT_PROPOSAL || kind == EVENT_VOTE;
}

/* What a payer opens is everybody's; that it closes something says that there is something. */
static bool only_opens(const struct submission *submission)
{
        for (uint32_t i = 0; i < submission->event_count; i++)
                if (submission->events[i].kind != EVENT_PUBLICATION ||
                    (!submission->events[i].publication.measures &&
                     !submission->events[i].publication.methods))
                        return false;
        return submission->event_count > 0;
}

static int of_submission(struct bytes bytes, struct arena *arena, struct concern *ret)
{
        struct submission submission;
        struct fault fault;
        int r = wire_read_submission(bytes, arena, &submission, &fault);

        if (r)
                return r < 0 ? r : 0;
        ret->everybody = is_of_council(&submission) || only_opens(&submission);
        ret->contract = submission.contract;
        ret->parties[0] = submission.sender.party;
        ret->parties[1] = submission.on_behalf_of;
        ret->keys = contract_id_empty(&submission.contract) && only_new_keys(&submission);
        return 0;
}

/* ---- moments: the row they had says of what they were */

static int of_contract_no(struct store_txn *txn, uint32_t no, struct concern *ret)
{
        struct contract_state_row row;
        int r = state_contract(txn, no, &row);

        if (!r)
                ret->contract = row.id;
        return r == -ENOENT ? 0 : r;
}

static int of_parties(struct store_txn *txn, uint32_t a, uint32_t b, struct concern *ret)
{
        int r = state_party_name(txn, a, &ret->parties[0]);

        if (!r && b)
                r = state_party_name(txn, b, &ret->parties[1]);
        return r == -ENOENT ? 0 : r;
}

static int of_due(struct store_txn *txn, const struct due *said, struct concern *ret)
{
        struct due_state due;

        if (state_due_at(said->key, &due))
                return 0;
        switch (due.kind) {
        case DUE_OFFER_LAPSES:
        case DUE_RUNOUT_ENDS:
        case DUE_FACT_WINDOW_ENDS:
        case DUE_DISPUTE_WINDOW_ENDS:
        case DUE_PAYMENT_OVERDUE:
        case DUE_WITNESS_WINDOW_ENDS:
                return of_contract_no(txn, due.a, ret);
        case DUE_DELEGATION_BEGINS:
        case DUE_DELEGATION_ENDS:
                return of_parties(txn, due.a, due.b, ret);
        case DUE_SUCCESSION:
        case DUE_DEPARTURE:
                return of_parties(txn, due.a, 0, ret);
        case DUE_BALLOT_CLOSES:
        case DUE_CHARTER_BEGINS:
                ret->everybody = true;
                return 0;
        case DUE_RELEASE:               /* it hides who is in a group: daemon/release_desk.h */
                return 0;
        }
        return 0;
}

/* ---- records: each kind by what it names */

#define AT(where) ((uint16_t)offsetof(struct record, where))
static const struct {
        bool everybody, keys;
        uint16_t party, contract;       /* where it has them; 0: it names none */
} named[] = {
        [ENTRY_GENESIS] = { .everybody = true },
        [ENTRY_HUB_KEY] = { .everybody = true },
        [ENTRY_EPOCH] = { .everybody = true },
        [ENTRY_BALLOT_RESULT] = { .everybody = true },
        [ENTRY_RELEASE] = { .everybody = true },
        [ENTRY_REFUSAL] = { .party = AT(refusal.node.party) },
        [ENTRY_EQUIVOCATION] = { .party = AT(equivocation.node.party) },
        [ENTRY_PARTY_ADMISSION] = { .party = AT(party_admission.party) },
        [ENTRY_NODE_ADMISSION] = { .party = AT(node_admission.node.party), .keys = true },
        [ENTRY_NODE_REVOCATION] = { .party = AT(node_revocation.node.party) },
        [ENTRY_SIGNAL] = { .party = AT(signal.party) },
        [ENTRY_CONFLICT] = { .party = AT(conflict.party) },
        [ENTRY_SUCCESSION] = { .party = AT(succession.node.node.party), .keys = true },
        [ENTRY_RUN] = { .contract = AT(run.run.contract) },
        [ENTRY_JOURNAL_ENTRY] = { .contract = AT(journal_entry.contract) },
        [ENTRY_JOURNAL_CHANGE] = { .contract = AT(journal_change.contract) },
        [ENTRY_BLOCK_ERASURE] = { .contract = AT(block_erasure.contract) },
        [ENTRY_WITNESSED] = { .contract = AT(witnessed.contract) },
        [ENTRY_STAFF_READ] = { .party = AT(staff_read.party),
                               .contract = AT(staff_read.contract) },
};
#undef AT

static void of_named(const struct record *record, struct concern *ret)
{
        const uint8_t *base = (const uint8_t *)record;

        if (record->kind == ENTRY_STATEMENT)
                ret->contract = record->statement->run.contract;
        if (record->kind >= sizeof(named) / sizeof(named[0]))
                return;
        ret->everybody = named[record->kind].everybody;
        ret->keys = named[record->kind].keys;
        if (named[record->kind].party)
                memcpy(&ret->parties[0], base + named[record->kind].party,
                       sizeof(ret->parties[0]));
        if (named[record->kind].contract)
                memcpy(&ret->contract, base + named[record->kind].contract,
                       sizeof(ret->contract));
}

static int of_record(struct store_txn *txn, const struct log_entry *entry, struct arena *arena,
                     struct concern *ret)
{
        struct record record;
        struct fault fault;
        int r = wire_read_record(entry->bytes, arena, &record, &fault);

        if (r)
                return r < 0 ? r : 0;
        if (record.kind != (enum entry_kind)entry->header.kind)
                return 0;
        of_named(&record, ret);
        return record.kind == ENTRY_DUE ? of_due(txn, &record.due, ret) : 0;
}

int released_concern(struct store_txn *txn, const struct log_entry *entry, struct arena *arena,
                     struct concern *ret)
{
        size_t used = arena->used;
        int r;

        *ret = (struct concern) { .everybody = false };
        if (entry->header.kind == ENTRY_SUBMISSION)
                r = of_submission(entry->bytes, arena, ret);
        else
                r = of_record(txn, entry, arena, ret);
        arena->used = used;
        return r;
}

/* ---- who asks */

static bool is_between(const struct contract_id *id, const struct name *a, const struct name *b)
{
        return (name_equal(&id->bearer, a) && name_equal(&id->earner, b)) ||
               (name_equal(&id->bearer, b) && name_equal(&id->earner, a));
}

/* An offer that was never accepted binds nobody, and opens nothing to who made it. */
static int has_dealt_with(struct asked *asked, const struct name *party, struct released *ret)
{
        const struct node_state *node = &asked->node->state;
        struct contract_state_row row = { .no = 0 };
        int r = 0;

        for (; !r && !ret->is && ret->looked_at < QUERY_ROWS_MAX; ret->looked_at++) {
                r = state_contract_next(asked->hub->txn, node->party_no, row.no, &row.no);
                if (!r)
                        r = state_contract(asked->hub->txn, row.no, &row);
                ret->is = !r && row.version_in_force > 0 &&
                          is_between(&row.id, &node->path.party, party);
        }
        return r == -ENOENT ? 0 : r;
}

static bool is_named(const struct asked *asked, const struct concern *concern)
{
        const struct name *own = &asked->node->state.path.party;

        return name_equal(own, &concern->parties[0]) || name_equal(own, &concern->parties[1]);
}

int released_to(struct asked *asked, const struct log_entry *entry, struct arena *arena,
                struct released *ret)
{
        struct concern concern;
        int r = released_concern(asked->hub->txn, entry, arena, &concern);

        *ret = (struct released) { .is = false };
        if (r)
                return r;
        ret->is = concern.everybody || is_named(asked, &concern) ||
                  (!contract_id_empty(&concern.contract) &&
                   may_read(asked, &concern.contract) == 0);
        return ret->is || !concern.keys ? 0 : has_dealt_with(asked, &concern.parties[0], ret);
}
