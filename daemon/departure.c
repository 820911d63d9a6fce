/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A party leaves: announced by itself, in effect on its day by a DUE entry. From then on it makes
 * no offers, accepts nothing, proposes and votes no more; its seats are vacant. Its contracts go
 * on as they are, and where it named a party to go on in its place that may act for it in all of
 * them.
 */
#include "daemon/departure.h"

#include <errno.h>
#include <stdio.h>

#include "core/check.h"
#include "core/view_council.h"
#include "daemon/council.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"
#include "daemon/row.h"

/* ---- rows */

int state_departure(struct store_txn *txn, uint32_t party_no, struct departure_state *ret)
{
        struct row_reader reader;
        struct bytes value;
        ROW(key);
        int r;

        row_u32(&key, party_no);
        r = store_get(txn, TABLE_DEPARTURE, row_span(&key), &value);
        if (r)
                return r;
        reader = row_read(value);
        ret->party_no = party_no;
        ret->index = read_u64(&reader);
        ret->at = read_i64(&reader);
        ret->into_no = read_u32(&reader);
        ret->left = read_u64(&reader);
        return row_done(&reader);
}

static int state_departure_put(struct store_txn *txn, const struct departure_state *d)
{
        ROW(key);
        ROW(value);

        row_u32(&key, d->party_no);
        row_u64(&value, d->index);
        row_i64(&value, d->at);
        row_u32(&value, d->into_no);
        row_u64(&value, d->left);
        return store_put(txn, TABLE_DEPARTURE, row_span(&key), row_span(&value));
}

int departure_left_at(struct store_txn *txn, uint32_t party_no, uint64_t cut, bool *ret)
{
        struct departure_state said;
        int r = state_departure(txn, party_no, &said);

        *ret = !r && said.left && said.left <= cut;
        return r == -ENOENT ? 0 : r;
}

int departure_left(struct store_txn *txn, uint32_t party_no, bool *ret)
{
        return departure_left_at(txn, party_no, UINT64_MAX, ret);
}

/* ---- said */

int gather_departure(struct hub *hub, const struct submission *submission, const struct view *view,
                     uint32_t place, struct view_event *ret)
{
        const struct name *into = &submission->events[place].departure.into;
        struct departure_state before;
        int r = state_departure(hub->txn, view->speaking.no, &before);

        ret->leaves = r == 0;
        ret->today = (date)(hub->now / DAY_MICROSECONDS);
        if (r && r != -ENOENT)
                return r;
        return name_empty(into) ? 0 : gather_party(hub, into, &ret->other);
}

int fold_departure(struct hub *hub, const struct view *view, const struct submission *submission,
                   uint32_t place, const struct entry *entry)
{
        const instant begins =
                submission->events[place].departure.effective * DAY_MICROSECONDS;
        const struct departure_state said = {
                .party_no = view->speaking.no, .index = entry->index,
                .at = begins > entry->time ? begins : entry->time,
                .into_no = view->events[place].other.no,
        };
        const struct due_state due = {
                .kind = DUE_DEPARTURE, .at = said.at, .a = said.party_no, .index = said.index,
        };
        int r = state_departure_put(hub->txn, &said);

        return r ? r : state_due_put(hub->txn, &due);
}

/* ---- whom it is told: who has contracts with it, who sits in the council, who goes on for it */

static int note_counterparties(struct hub *hub, uint32_t party_no, bool *told, uint64_t count)
{
        struct contract_state_row row = { .no = 0 };
        uint32_t other;
        int r;

        while (!(r = state_contract_next(hub->txn, party_no, row.no, &row.no))) {
                r = state_contract(hub->txn, row.no, &row);
                if (r)
                        return r;
                other = row.bearer_no == party_no ? row.earner_no : row.bearer_no;
                if (other > count)
                        return -EILSEQ;
                told[other] = true;
        }
        return r == -ENOENT ? 0 : r;
}

static int note_council(struct hub *hub, bool *told, uint64_t count)
{
        struct charter *charter = arena_take(&hub->arena, sizeof(*charter));
        struct party_state party;
        int r = charter ? council_charter(hub->txn, UINT64_MAX, charter) : -ENOMEM;

        if (r)
                return r == -ENOENT ? 0 : r;
        for (unsigned int i = 0; i < charter->seat_count; i++) {
                r = state_party(hub->txn, &charter->seats[i].party, &party);
                if (r || party.party.no > count)
                        return r && r != -ENOENT ? r : -EILSEQ;
                told[party.party.no] = true;
        }
        return 0;
}

static int tell_noted(struct hub *hub, const bool *told, uint64_t count, const struct signal *said)
{
        struct signal signal;
        struct name name;
        int r = 0;

        for (uint32_t no = 1; !r && no <= count; no++) {
                if (!told[no])
                        continue;
                signal = *said;
                r = state_party_name(hub->txn, no, &name);
                if (!r)
                        r = hub_signal(hub, &name, &signal);
        }
        return r;
}

static int tell(struct hub *hub, const struct departure_state *d, const struct signal *said)
{
        const size_t used = hub->arena.used;
        uint64_t count;
        bool *told;
        int r = state_counter(hub->txn, "parties", &count);

        if (r)
                return r;
        told = arena_take(&hub->arena, count + 1);
        if (!told)
                return -ENOMEM;
        memset(told, 0, count + 1);
        told[d->into_no] = true;                /* 0 is nobody */
        r = note_counterparties(hub, d->party_no, told, count);
        if (!r)
                r = note_council(hub, told, count);
        told[d->party_no] = false;
        if (!r)
                r = tell_noted(hub, told, count, said);
        hub->arena.used = used;
        return r;
}

static int say(struct hub *hub, const struct departure_state *d, const char *leaves,
               struct signal *signal)
{
        struct name party, into;
        int r = state_party_name(hub->txn, d->party_no, &party);

        if (!r && d->into_no)
                r = state_party_name(hub->txn, d->into_no, &into);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        snprintf(signal->says.text, sizeof(signal->says.text), "%s %s%s%s; its contracts stay",
                 party.text, leaves, d->into_no ? "; in its place acts " : "",
                 d->into_no ? into.text : "");
        return tell(hub, d, signal);
}

int follow_departure(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_PARTY_LEAVES, .cause = entry->index };
        struct departure_state said;
        char day[11], leaves[32];
        int r = state_departure(hub->txn, view->speaking.no, &said);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        date_print(submission->events[place].departure.effective, day);
        snprintf(leaves, sizeof(leaves), "leaves on %s", day);
        return say(hub, &said, leaves, &signal);
}

/* ---- in effect */

/* All that it may say from now on, for good; what it gave that party before is part of it. */
static int put_in_place(struct hub *hub, const struct departure_state *d, const struct entry *entry)
{
        const struct delegation_state all = {
                .from_no = d->party_no, .to_no = d->into_no, .rights = RIGHTS_ALL,
                .from = entry->time, .until = INT64_MAX, .active = true, .index = entry->index,
        };

        return fold_delegate(hub, &all);
}

int fold_due_departure(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct departure_state said;
        int r = state_departure(hub->txn, due->a, &said);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        said.left = entry->index;
        r = state_departure_put(hub->txn, &said);
        return r || !said.into_no ? r : put_in_place(hub, &said, entry);
}

int follow_due_departure(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_PARTY_LEAVES, .cause = entry->index };
        struct departure_state said;
        int r = state_departure(hub->txn, due->a, &said);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return say(hub, &said, "has left", &signal);
}
