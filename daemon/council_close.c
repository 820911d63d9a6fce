/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot closes and is counted; what was passed takes effect on its day. */
#include <errno.h>
#include <stdio.h>

#include "core/ballot.h"
#include "core/view_council.h"
#include "daemon/council_read.h"
#include "daemon/departure.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"
#include "daemon/release.h"

/* ---- charters */

static int charter_new(struct hub *hub, struct charter **ret)
{
        *ret = arena_take(&hub->arena, sizeof(**ret));
        return *ret ? 0 : -ENOMEM;
}

int council_in_force(struct hub *hub, const struct charter **ret)
{
        struct charter *charter;
        int r = charter_new(hub, &charter);

        *ret = NULL;
        if (!r)
                r = council_charter(hub->txn, UINT64_MAX, charter);
        if (!r)
                *ret = charter;
        return r == -ENOENT ? 0 : r;
}

static int read_ballot(struct hub *hub, const struct ballot_state *ballot,
                       const struct charter **ret)
{
        struct charter *charter;
        int r = charter_new(hub, &charter);

        *ret = charter;
        return r ? r : ballot_charter(ballot, charter);
}

/* The one that the ballot would replace; NULL: there was none. */
static int read_base(struct hub *hub, const struct ballot_state *ballot,
                     const struct charter **ret)
{
        struct charter_state state;
        struct ballot_state base;
        int r;

        *ret = NULL;
        if (ballot->version == 1)
                return 0;
        r = state_charter(hub->txn, ballot->version - 1, &state);
        if (!r)
                r = state_ballot(hub->txn, state.ballot, &base);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        return read_ballot(hub, &base, ret);
}

int council_of(struct hub *hub, const struct ballot_state *ballot, const struct charter **ret)
{
        int r = read_base(hub, ballot, ret);

        return r || *ret ? r : read_ballot(hub, ballot, ret);
}

int council_lowered(struct hub *hub, const struct ballot_state *ballot, struct text *ret)
{
        const size_t used = hub->arena.used;
        const struct charter *base, *proposed;
        int r = read_base(hub, ballot, &base);

        if (!r)
                r = read_ballot(hub, ballot, &proposed);
        if (!r)
                charter_lowered(base, proposed, ret);
        hub->arena.used = used;
        return r;
}

/* ---- counted */

/* First to close wins: of those on one charter the first that was passed. */
static int read_outdated(struct hub *hub, const struct ballot_state *ballot, bool *ret)
{
        struct charter_state state;
        int r = state_charter(hub->txn, ballot->version, &state);

        *ret = r == 0;
        return r == -ENOENT ? 0 : r;
}

static int read_vacant(struct hub *hub, const struct charter *council, uint64_t *ret)
{
        struct party_state party;
        bool left;
        int r = 0;

        *ret = 0;
        for (unsigned int i = 0; !r && i < council->seat_count; i++) {
                r = state_party(hub->txn, &council->seats[i].party, &party);
                if (!r)
                        r = departure_left(hub->txn, party.party.no, &left);
                if (!r)
                        *ret |= (uint64_t)left << i;
        }
        return r == -ENOENT ? -EILSEQ : r;
}

static int read_votes(struct hub *hub, uint64_t ballot, struct ballot_vote *ret,
                      uint32_t *ret_count)
{
        struct vote_state vote = { .choice = 0 };
        int r = 0;

        *ret_count = 0;
        while (!r) {
                const struct name after = vote.party;

                r = state_vote_next(hub->txn, ballot, &after, &vote);
                if (r || !vote.choice)
                        continue;
                if (*ret_count >= CHARTER_SEATS_MAX)
                        return -EILSEQ;
                ret[(*ret_count)++] = (struct ballot_vote) { vote.party, vote.choice };
        }
        return r == -ENOENT ? 0 : r;
}

static int count(struct hub *hub, const struct ballot_state *ballot, struct ballot_result *ret)
{
        struct ballot_vote *votes = arena_take(&hub->arena, CHARTER_SEATS_MAX * sizeof(*votes));
        struct ballot_case asked = { .votes = votes };
        int r = votes ? read_base(hub, ballot, &asked.council) : -ENOMEM;

        if (!r)
                r = read_ballot(hub, ballot, &asked.proposed);
        if (!r)
                r = read_outdated(hub, ballot, &asked.outdated);
        if (!r)
                r = read_vacant(hub, ballot_electorate(&asked), &asked.vacant);
        if (!r)
                r = read_votes(hub, ballot->index, votes, &asked.vote_count);
        if (r)
                return r;
        *ret = (struct ballot_result) {
                .ballot = ballot->index, .charter_sha256 = ballot->sha256,
                .effective = ballot->effective,
        };
        ballot_count(&asked, ret);
        return 0;
}

/* The votes are as they are now; that it is closed is what the result says. */
int fold_due_ballot(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct ballot_state ballot;
        int r = state_ballot(hub->txn, due->index, &ballot);

        (void)entry;
        return r == -ENOENT ? -EILSEQ : r;
}

static int tell_result(struct hub *hub, const struct ballot_result *result,
                       const struct entry *entry)
{
        struct signal signal = {
                .kind = SIGNAL_BALLOT_DECIDED, .cause = entry->index, .version = result->version,
        };
        char begins[32] = "", day[11];

        date_print(result->effective, day);
        if (result->outcome == BALLOT_PASSED)
                snprintf(begins, sizeof(begins), ", from %s", day);
        snprintf(signal.says.text, sizeof(signal.says.text), "charter %u%s: %.66s%s%.66s",
                 result->version, begins, result->says.text,
                 result->lowered.text[0] ? "; lowers " : "", result->lowered.text);
        return tell_members(hub, &signal);
}

int follow_due_ballot(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        const size_t used = hub->arena.used;
        struct record record = { .kind = ENTRY_BALLOT_RESULT };
        struct ballot_state ballot;
        struct entry said;
        int r = state_ballot(hub->txn, due->index, &ballot);

        (void)entry;
        if (!r)
                r = count(hub, &ballot, &record.ballot_result);
        hub->arena.used = used;
        if (!r)
                r = hub_say(hub, &record, &said, NULL);
        return r ? r : tell_result(hub, &record.ballot_result, &said);
}

static int fold_passed(struct hub *hub, const struct ballot_state *ballot,
                       const struct entry *entry)
{
        const instant begins = ballot->effective * DAY_MICROSECONDS;
        const struct charter_state charter = {
                .version = ballot->version, .ballot = ballot->index,
        };
        const struct due_state due = {
                .kind = DUE_CHARTER_BEGINS, .at = begins > entry->time ? begins : entry->time,
                .a = ballot->version, .index = ballot->index,
        };
        int r = state_charter_put(hub->txn, &charter);

        return r ? r : state_due_put(hub->txn, &due);
}

int fold_ballot_result(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct ballot_result *result = &record->ballot_result;
        struct ballot_state ballot;
        int r = state_ballot(hub->txn, result->ballot, &ballot);

        if (r || ballot.result)
                return r && r != -ENOENT ? r : -EILSEQ;
        ballot.result = entry->index;
        r = state_ballot_put(hub->txn, &ballot);
        return r || result->outcome != BALLOT_PASSED ? r : fold_passed(hub, &ballot, entry);
}

/* ---- in force */

int fold_due_charter(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        const struct charter *in_force = NULL;
        struct charter_state charter;
        int r = state_charter(hub->txn, due->a, &charter);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        charter.since = entry->index;
        r = state_charter_put(hub->txn, &charter);
        if (!r)
                r = council_in_force(hub, &in_force);
        return r || !in_force ? r : release_schedule(hub, in_force, entry);
}

int follow_due_charter(struct hub *hub, const struct due_state *due, const struct entry *entry)
{
        struct signal signal = {
                .kind = SIGNAL_CHARTER_CHANGED, .cause = entry->index, .version = due->a,
        };
        struct ballot_state ballot;
        struct text lowered;
        int r = state_ballot(hub->txn, due->index, &ballot);

        if (!r)
                r = council_lowered(hub, &ballot, &lowered);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        snprintf(signal.says.text, sizeof(signal.says.text), "charter %u is in force%s%.150s",
                 due->a, lowered.text[0] ? "; it lowers " : "", lowered.text);
        return tell_members(hub, &signal);
}
