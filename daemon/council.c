/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots while they are open: what is proposed, and who votes how. */
#include <errno.h>
#include <stdio.h>

#include "core/view_council.h"
#include "daemon/council_read.h"
#include "daemon/departure.h"
#include "daemon/dispatch.h"
#include "daemon/due.h"

/* ---- proposals: gathered */

static int fits(struct hub *hub, const struct name *name, unsigned int role_bits, date day,
                bool *ret)
{
        struct view_party party;
        int r = gather_party(hub, name, &party);

        *ret = !r && party.known && party.present && !party.left &&
               view_has_role(&party, role_bits, day);
        return r;
}

static int gather_seats(struct hub *hub, const struct charter *charter, date day,
                        struct view_council *ret)
{
        bool is;
        int r = 0;

        for (unsigned int i = 0; !r && i < charter->seat_count; i++) {
                const struct seat *seat = &charter->seats[i];

                if (seat->role > ROLE_OBSERVER)
                        continue;
                r = fits(hub, &seat->party, ROLE_BIT(seat->role), day, &is);
                ret->seats_fit |= (uint64_t)is << i;
        }
        return r || !charter->pooled.is ? r
                                        : fits(hub, &charter->pooled.supervisor,
                                               ROLE_BIT(ROLE_SUPERVISOR), day,
                                               &ret->supervisor_fits);
}

static int gather_public(struct hub *hub, const struct charter *charter, struct view_council *ret)
{
        struct view_party party;
        int r = 0;

        for (unsigned int i = 0; !r && i < charter->public_count; i++) {
                r = gather_party(hub, &charter->public_parties[i], &party);
                ret->public_absent |= (uint64_t)(!r && party.known && !party.present) << i;
        }
        return r;
}

/* The same by the other node of a party that speaks with two. */
static bool same_proposal(const struct ballot_state *a, const struct ballot_state *b)
{
        return a->closes == b->closes && a->effective == b->effective &&
               bytes_equal(a->says, b->says) && bytes_equal(a->charter, b->charter);
}

static struct ballot_state ballot_of(struct hub *hub, const struct view *view,
                                     const struct proposal *said)
{
        struct ballot_state ballot = {
                .by = view->speaking.name, .party_no = view->speaking.no,
                .node_no = view->node_no, .closes = said->closes, .effective = said->effective,
                .says = said->says, .charter = said->charter,
        };
        struct digest digest;

        hash_spans(hub->hasher, &said->charter, 1, &digest);
        memcpy(ballot.sha256.octets, digest.octets, sizeof(ballot.sha256.octets));
        return ballot;
}

/* Who has proposed the same, when a second node must. *ret_node 0: nobody. */
static int find_first(struct hub *hub, const struct ballot_state *ballot, uint32_t *ret_node)
{
        struct ballot_state before;
        int r = state_proposed(hub->txn, ballot->party_no, &before);

        *ret_node = !r && same_proposal(&before, ballot) ? before.node_no : 0;
        return r == -ENOENT ? 0 : r;
}

static int gather_proposed(struct hub *hub, const struct view *view, const struct proposal *said,
                           struct view_council *ret)
{
        const struct ballot_state ballot = ballot_of(hub, view, said);
        struct charter *charter = arena_take(&hub->arena, sizeof(*charter));
        int r = charter ? wire_read_charter(said->charter, charter, &ret->fault) : -ENOMEM;

        if (r)
                return r < 0 ? r : 0;
        ret->proposed = charter;
        r = find_first(hub, &ballot, &ret->asked_by);
        if (!r)
                r = state_ballots_open(hub->txn, view->speaking.no, &ret->open);
        if (!r)
                r = gather_seats(hub, charter, said->effective, ret);
        return r ? r : gather_public(hub, charter, ret);
}

static int council_new(struct hub *hub, struct view_event *ret, struct view_council **ret_council)
{
        struct view_council *council = arena_take(&hub->arena, sizeof(*council));

        if (!council)
                return -ENOMEM;
        *council = (struct view_council) { .now = hub->now };
        ret->council = *ret_council = council;
        return 0;
}

int gather_proposal(struct hub *hub, const struct submission *submission, const struct view *view,
                    uint32_t place, struct view_event *ret)
{
        struct view_council *council;
        int r = council_new(hub, ret, &council);

        if (r || hub->refolding || submission->event_count > 1)
                return r;
        r = council_in_force(hub, &council->council);
        return r ? r : gather_proposed(hub, view, &submission->events[place].proposal, council);
}

/* ---- proposals: folded */

static int open_ballot(struct hub *hub, struct ballot_state *ballot, const struct entry *entry)
{
        const struct due_state due = {
                .kind = DUE_BALLOT_CLOSES, .at = ballot->closes, .index = entry->index,
        };
        struct charter_state in_force;
        int r = state_charter_at(hub->txn, UINT64_MAX, &in_force);

        if (r && r != -ENOENT)
                return r;
        ballot->index = entry->index;
        ballot->time = entry->time;
        ballot->version = r ? 1 : in_force.version + 1;
        r = state_proposed_del(hub->txn, ballot->party_no);
        if (!r)
                r = state_ballot_put(hub->txn, ballot);
        return r ? r : state_due_put(hub->txn, &due);
}

int fold_proposal(struct hub *hub, const struct view *view, const struct submission *submission,
                  uint32_t place, const struct entry *entry)
{
        struct ballot_state ballot = ballot_of(hub, view, &submission->events[place].proposal);
        uint32_t first;
        int r = find_first(hub, &ballot, &first);

        if (r)
                return r;
        if (view_nodes_needed(&view->speaking, RIGHT_VOTE) > 1 &&
            (!first || first == view->node_no))
                return state_proposed_put(hub->txn, &ballot);
        return open_ballot(hub, &ballot, entry);
}

/* ---- told */

int tell_members(struct hub *hub, const struct signal *said)
{
        struct signal signal;
        struct name name;
        uint64_t count;
        bool left = false;
        int r = state_counter(hub->txn, "parties", &count);

        for (uint32_t no = 1; !r && no <= count; no++) {
                signal = *said;
                r = state_party_name(hub->txn, no, &name);
                if (!r)
                        r = departure_left(hub->txn, no, &left);
                if (!r && !left)
                        r = hub_signal(hub, &name, &signal);    /* the absent are told nothing */
        }
        return r == -ENOENT ? -EILSEQ : r;
}

int follow_proposal(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        struct signal signal = { .kind = SIGNAL_BALLOT_OPENED, .cause = entry->index };
        struct ballot_state ballot;
        struct text lowered;
        char day[11];
        int r = state_ballot(hub->txn, entry->index, &ballot);

        (void)submission, (void)place;
        if (r)                                  /* it waits for the party's second node */
                return r == -ENOENT ? 0 : r;
        r = council_lowered(hub, &ballot, &lowered);
        if (r)
                return r;
        date_print((date)(ballot.closes / DAY_MICROSECONDS), day);
        signal.version = ballot.version;
        snprintf(signal.says.text, sizeof(signal.says.text),
                 "%s proposes charter %u: votes until %s%s%.110s", view->speaking.name.text,
                 ballot.version, day, lowered.text[0] ? "; it lowers " : "", lowered.text);
        return tell_members(hub, &signal);
}

/* ---- votes */

static int gather_asked(struct hub *hub, const struct view *view, uint64_t ballot,
                        struct view_council *ret)
{
        struct vote_state vote;
        int r = state_vote(hub->txn, ballot, &view->speaking.name, &vote);

        ret->asked.choice = vote.asked;
        ret->asked.by = vote.asked_by;
        return r == -ENOENT ? 0 : r;
}

int gather_vote(struct hub *hub, const struct submission *submission, const struct view *view,
                uint32_t place, struct view_event *ret)
{
        const uint64_t index = submission->events[place].vote.ballot;
        const struct charter *council;
        struct view_council *seen;
        struct ballot_state ballot;
        int r = council_new(hub, ret, &seen);

        if (r || hub->refolding || submission->event_count > 1)
                return r;
        r = state_ballot(hub->txn, index, &ballot);
        if (r)
                return r == -ENOENT ? 0 : r;
        seen->is = true;
        seen->is_closed = ballot.result != 0;
        seen->sha256 = ballot.sha256;
        r = council_of(hub, &ballot, &council);
        if (r)
                return r;
        seen->has_seat = charter_seats(council, &view->speaking.name);
        return gather_asked(hub, view, index, seen);
}

/* All who have a seat are for it: there is nobody whose vote could be awaited, or outvoted. */
static int is_unanimous(struct hub *hub, const struct ballot_state *ballot, bool *ret)
{
        const struct charter *council;
        struct vote_state vote;
        int r = council_of(hub, ballot, &council);

        *ret = !r;
        for (unsigned int i = 0; !r && *ret && i < council->seat_count; i++) {
                r = state_vote(hub->txn, ballot->index, &council->seats[i].party, &vote);
                *ret = !r && vote.choice == CHOICE_FOR;
        }
        return r == -ENOENT ? 0 : r;
}

/* Such a ballot closes with the vote that makes it so. */
static int close_unanimous(struct hub *hub, uint64_t index, const struct entry *entry)
{
        struct due_state due = { .kind = DUE_BALLOT_CLOSES, .index = index };
        struct ballot_state ballot;
        bool unanimous = false;
        int r = state_ballot(hub->txn, index, &ballot);

        if (!r)
                r = is_unanimous(hub, &ballot, &unanimous);
        if (r || !unanimous)
                return r;
        due.at = ballot.closes;
        ballot.closes = entry->time;
        r = state_ballot_put(hub->txn, &ballot);
        if (!r)
                r = state_due_drop(hub->txn, &due);
        due.at = entry->time;
        return r ? r : state_due_put(hub->txn, &due);
}

/* A party that speaks with two nodes votes when the second has said what the first did. */
int fold_vote(struct hub *hub, const struct view *view, const struct submission *submission,
              uint32_t place, const struct entry *entry)
{
        const struct vote *said = &submission->events[place].vote;
        struct vote_state vote;
        int r = state_vote(hub->txn, said->ballot, &view->speaking.name, &vote);

        if (r && r != -ENOENT)
                return r;
        if (view_nodes_needed(&view->speaking, RIGHT_VOTE) > 1 &&
            (vote.asked != said->choice || vote.asked_by == view->node_no)) {
                vote.asked = said->choice;
                vote.asked_by = view->node_no;
        } else {
                vote = (struct vote_state) {
                        .party = view->speaking.name, .choice = said->choice,
                        .index = entry->index,
                };
        }
        r = state_vote_put(hub->txn, said->ballot, &vote);
        return r ? r : close_unanimous(hub, said->ballot, entry);
}
