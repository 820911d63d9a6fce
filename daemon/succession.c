/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who follows a party whose people left. The operator announces a new node and the document that
 * says who it is; the party and all it has contracts with are told. A live node of the party ends
 * it by one word; else, when its moment has passed, the party's other nodes are revoked and the new
 * one is admitted. One at a time for each party.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/check.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"
#include "daemon/row.h"
#include "daemon/state_admission.h"

#define DAY_US (INT64_C(86400) * 1000000)
#define WAIT_DEFAULT (30 * DAY_US)
#define DAYS_MAX 3660

/* ---- rows: party -> entry that announced it, and when it takes effect */

struct announced {
        uint64_t index;
        instant effective;
};

static int announced_get(struct store_txn *txn, uint32_t party_no, struct announced *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        row_u32(&key, party_no);
        r = store_get(txn, TABLE_SUCCESSION, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->index = read_u64(&reader);
        ret->effective = read_i64(&reader);
        return row_done(&reader);
}

static int announced_put(struct store_txn *txn, uint32_t party_no, const struct announced *said)
{
        ROW(key);
        ROW(value);

        row_u32(&key, party_no);
        row_u64(&value, said->index);
        row_i64(&value, said->effective);
        return store_put(txn, TABLE_SUCCESSION, row_span(&key), row_span(&value));
}

static int announced_del(struct store_txn *txn, uint32_t party_no)
{
        ROW(key);

        row_u32(&key, party_no);
        return store_del(txn, TABLE_SUCCESSION, row_span(&key));
}

static struct due_state due_of(uint32_t party_no, const struct announced *said)
{
        return (struct due_state) {
                .kind = DUE_SUCCESSION, .at = said->effective, .a = party_no, .index = said->index,
        };
}

/* What was announced, from its entry. */
static int read_announced(struct hub *hub, uint64_t index, struct succession *ret)
{
        struct log_entry entry;
        struct record record;
        struct fault fault;
        int r = log_read(hub->txn, index, &entry);

        if (!r)
                r = wire_read_record(entry.bytes, &hub->arena, &record, &fault);
        if (r || record.kind != ENTRY_SUCCESSION)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        *ret = record.succession;
        return 0;
}

/* ---- telling it */

/* To the party, and to the other side of each of its contracts. */
static int tell(struct hub *hub, uint32_t party_no, const struct name *party,
                const struct signal *said)
{
        struct contract_state_row row;
        struct signal signal = *said;
        uint32_t no = 0;
        int r = hub_signal(hub, party, &signal);

        while (!r && !(r = state_contract_next(hub->txn, party_no, no, &no))) {
                r = state_contract(hub->txn, no, &row);
                if (r)
                        return r;
                signal = *said;
                signal.contract = row.id;
                r = hub_signal(hub, row.bearer_no == party_no ? &row.id.earner : &row.id.bearer,
                               &signal);
        }
        return r == -ENOENT ? 0 : r;
}

/* ---- announced */

static int refused(enum refusal code, const char *says, const char **ret_says)
{
        *ret_says = says;
        return (int)code;
}

static int moment_fault(const struct hub *hub, struct succession *s, const char **ret_says)
{
        const instant wait = hub->options.succession_wait;

        if (!s->effective)
                s->effective = hub->now + (wait ? wait : WAIT_DEFAULT);
        if (s->effective < hub->now + SUCCESSION_DAYS_MIN * DAY_US)
                return refused(REFUSAL_BAD_VALUE, "a party has at least a day to object", ret_says);
        if (s->effective > hub->now + DAYS_MAX * DAY_US)
                return refused(REFUSAL_BAD_VALUE, "that is more than ten years away", ret_says);
        return 0;
}

static int follow_announced(struct hub *hub, uint32_t party_no, const struct succession *s,
                            const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_SUCCESSION_ANNOUNCED, .cause = entry->index };
        const int days = (int)((s->effective - entry->time + DAY_US - 1) / DAY_US);

        snprintf(signal.says.text, sizeof(signal.says.text),
                 "in %d day%s %s/%s is to be the only node of %s, unless one of its nodes objects",
                 days, days == 1 ? "" : "s", s->node.node.party.text, s->node.node.node.text,
                 s->node.node.party.text);
        return tell(hub, party_no, &s->node.node.party, &signal);
}

int hub_announce_succession(struct hub *hub, const struct succession *succession,
                            uint64_t *ret_index, const char **ret_says)
{
        struct record record = { .kind = ENTRY_SUCCESSION, .succession = *succession };
        struct succession *said = &record.succession;
        struct party_state party;
        struct announced before;
        struct entry entry;
        int r;

        assert(hub->txn);
        r = admission_fault(hub, &said->node, ret_says);
        if (!r)
                r = moment_fault(hub, said, ret_says);
        if (!r)
                r = state_party(hub->txn, &said->node.node.party, &party);
        if (r)
                return r;
        r = announced_get(hub->txn, party.party.no, &before);
        if (r != -ENOENT)
                return r ? r : refused(REFUSAL_ALREADY_EXISTS, "a succession to that party is "
                                       "announced already", ret_says);
        r = hub_say(hub, &record, &entry, NULL);
        if (r)
                return r;
        *ret_index = entry.index;
        return follow_announced(hub, party.party.no, said, &entry);
}

int fold_succession(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct announced said = { entry->index, record->succession.effective };
        struct party_state party;
        struct due_state due;
        int r = state_party(hub->txn, &record->succession.node.node.party, &party);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        due = due_of(party.party.no, &said);
        r = announced_put(hub->txn, party.party.no, &said);
        return r ? r : state_due_put(hub->txn, &due);
}

/* ---- objected to */

int gather_succession_objection(struct hub *hub, const struct submission *submission,
                                const struct view *view, uint32_t place, struct view_event *ret)
{
        struct announced said;
        int r = announced_get(hub->txn, view->sender.no, &said);

        ret->has_succession =
                !r && said.index == submission->events[place].succession_objection.succession;
        return r == -ENOENT ? 0 : r;
}

int fold_succession_objection(struct hub *hub, const struct view *view,
                              const struct submission *submission, uint32_t place,
                              const struct entry *entry)
{
        struct announced said;
        struct due_state due;
        int r = announced_get(hub->txn, view->sender.no, &said);

        (void)entry;
        if (r || said.index != submission->events[place].succession_objection.succession)
                return r && r != -ENOENT ? r : -EILSEQ;
        due = due_of(view->sender.no, &said);
        r = announced_del(hub->txn, view->sender.no);
        return r ? r : state_due_drop(hub->txn, &due);
}

int follow_succession_objection(struct hub *hub, const struct view *view,
                                const struct submission *submission, uint32_t place,
                                const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_SUCCESSION_ENDED, .cause = entry->index };

        (void)submission, (void)place;
        snprintf(signal.says.text, sizeof(signal.says.text),
                 "%s/%s objects: the nodes of %s stay what they are", view->node.party.text,
                 view->node.node.text, view->node.party.text);
        return tell(hub, view->sender.no, &view->sender.name, &signal);
}

/* ---- in force */

static int revoke_all(struct hub *hub, uint32_t party_no, const struct entry *entry)
{
        const struct directory_node *node = directory_of_party(hub->directory, party_no);
        struct node_state state;
        int r = 0;

        for (; !r && node; node = node->next_of_party) {
                if (node->state.revoked)
                        continue;
                state = node->state;
                state.revoked = entry->index;
                r = fold_put_node(hub, &state);
        }
        return r;
}

/* Its name or keys may have been given to another node since it was announced. */
static int is_free(struct hub *hub, const struct node_admission *a, bool *ret)
{
        uint32_t no;
        int r = state_key_node(hub->txn, a->transport_key, &no);

        *ret = false;
        if (r == -ENOENT)
                r = state_key_node(hub->txn, a->signing_key, &no);
        if (r == -ENOENT)
                *ret = directory_by_path(hub->directory, &a->node) == NULL;
        return r == -ENOENT ? 0 : r;
}

int fold_due_succession(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct succession said;
        bool free;
        int r = read_announced(hub, due->index, &said);

        if (!r)
                r = announced_del(hub->txn, due->a);
        if (!r)
                r = is_free(hub, &said.node, &free);
        if (r || !free)
                return r == -ENOENT ? -EILSEQ : r;
        r = revoke_all(hub, due->a, entry);
        return r ? r : fold_admit(hub, &said.node, due->index, entry);
}

int follow_due_succession(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_SUCCESSION_ENDED, .cause = entry->index };
        const struct directory_node *node;
        struct succession said;
        const char *party;
        int r = read_announced(hub, due->index, &said);

        if (r)
                return r;
        party = said.node.node.party.text;
        node = directory_by_path(hub->directory, &said.node.node);
        if (node && node->state.admitted == entry->index)
                snprintf(signal.says.text, sizeof(signal.says.text),
                         "nobody objected: %s/%s is the only node of %s", party,
                         said.node.node.node.text, party);
        else
                snprintf(signal.says.text, sizeof(signal.says.text),
                         "the name or keys of %s/%s were taken meanwhile: the nodes of %s stay "
                         "what they are", party, said.node.node.node.text, party);
        return tell(hub, due->a, &said.node.node.party, &signal);
}
