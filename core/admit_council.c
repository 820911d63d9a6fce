/* SPDX-License-Identifier: Apache-2.0 */
/* What is said in the council: who may, in time, of what can be carried out. */
#include "core/admit.h"

#include "core/sentence.h"
#include "core/view_council.h"

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static bool is_alone(const struct judgement *j, uint32_t place)
{
        if (j->submission->event_count == 1)
                return true;
        wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
              "what is said in the council comes in a submission of its own");
        return false;
}

static void admit_closes(const struct judgement *j, uint32_t place, const struct proposal *said,
                         const struct view_council *seen)
{
        const struct charter *by = seen->council ? seen->council : seen->proposed;
        const uint32_t days = by->notice_days < BALLOT_DAYS_MAX ? by->notice_days
                                                                : BALLOT_DAYS_MAX;
        const instant notice = days * DAY_MICROSECONDS;

        if (said->closes <= seen->now || said->closes - seen->now < notice)
                wrong(j, REFUSAL_BAD_VALUE, place, "proposal.closes",
                      "the ballot must be open as long as the charter gives notice");
        else if (said->closes - seen->now > BALLOT_DAYS_MAX * DAY_MICROSECONDS)
                wrong(j, REFUSAL_BAD_VALUE, place, "proposal.closes",
                      "a ballot is open for a year at most");
        else if (!date_valid(said->effective) ||
                 (said->effective + 1) * DAY_MICROSECONDS <= seen->now)
                wrong(j, REFUSAL_BAD_VALUE, place, "proposal.effective",
                      "a day that is not over yet: it takes effect then, or at the close where "
                      "that is later");
        else if (said->effective * DAY_MICROSECONDS - said->closes >
                 BALLOT_DAYS_MAX * DAY_MICROSECONDS)
                wrong(j, REFUSAL_BAD_VALUE, place, "proposal.effective",
                      "it takes effect within a year of the close");
}

static void wrong_party(const struct judgement *j, uint32_t place, const struct name *party,
                        const char *says)
{
        struct text text;

        sentence_begin(&text);
        sentence_add(&text, party->text);
        sentence_add(&text, says);
        faults_add_text(j->faults, REFUSAL_BAD_VALUE, place, "proposal.charter", text.text);
}

static void admit_parties(const struct judgement *j, uint32_t place,
                          const struct view_council *seen)
{
        const struct charter *charter = seen->proposed;

        for (unsigned int i = 0; i < charter->seat_count; i++)
                if (!(seen->seats_fit >> i & 1))
                        wrong_party(j, place, &charter->seats[i].party,
                                    " has not that role here, or is not here: it has no seat");
        for (unsigned int i = 0; i < charter->public_count; i++)
                if (!(seen->public_absent >> i & 1))
                        wrong_party(j, place, &charter->public_parties[i],
                                    " is no absent party: its terms are its own to publish");
        if (charter->pooled.is && charter->pooled.state_action && !seen->supervisor_fits)
                wrong_party(j, place, &charter->pooled.supervisor,
                            " has no role of a supervisor here");
}

static bool may_propose(const struct judgement *j, const struct view_council *seen)
{
        return charter_seats(seen->council ? seen->council : seen->proposed,
                             &j->view->speaking.name);
}

void admit_proposal(const struct judgement *j, uint32_t place, const struct event *event,
                    const struct view_event *event_seen)
{
        const struct view_council *seen = event_seen->council;

        if (!is_alone(j, place))
                return;
        if (!seen->proposed) {
                wrong(j, REFUSAL_BAD_VALUE, place, seen->fault.field, seen->fault.says);
                return;
        }
        if (!may_propose(j, seen))
                wrong(j, REFUSAL_NO_SEAT, place, "proposal", NULL);
        if (seen->proposed->version != (seen->council ? seen->council->version : 0) + 1)
                wrong(j, REFUSAL_BAD_VALUE, place, "proposal.charter.version",
                      "it must be one above that of the charter in force; the first is 1");
        if (seen->open >= BALLOTS_OPEN_MAX)
                wrong(j, REFUSAL_TOO_EARLY, place, "proposal",
                      "the party has as many ballots open as it may have");
        if (seen->asked_by == j->view->node_no)
                wrong(j, REFUSAL_SECOND_NODE, place, "proposal", NULL);
        admit_closes(j, place, &event->proposal, seen);
        admit_parties(j, place, seen);
        charter_check(seen->proposed, place, j->faults);
}

void admit_vote(const struct judgement *j, uint32_t place, const struct event *event,
                const struct view_event *event_seen)
{
        const struct view_council *seen = event_seen->council;
        const struct vote *vote = &event->vote;

        if (!is_alone(j, place))
                return;
        if (vote->choice < CHOICE_FOR || vote->choice > CHOICE_ABSTAINS)
                wrong(j, REFUSAL_BAD_VALUE, place, "vote.choice",
                      "a vote is for, against or abstains: 1, 2 or 3");
        if (!seen->is) {
                wrong(j, REFUSAL_NO_SUCH_THING, place, "vote.ballot", "there is no such ballot");
                return;
        }
        if (!seen->has_seat)
                wrong(j, REFUSAL_NO_SEAT, place, "vote", NULL);
        if (seen->is_closed)
                wrong(j, REFUSAL_BALLOT_CLOSED, place, "vote.ballot", NULL);
        if (memcmp(&seen->sha256, &vote->charter_sha256, sizeof(seen->sha256)) != 0)
                wrong(j, REFUSAL_TERMS_DIFFER, place, "vote.charter_sha256",
                      "the digest is not that of the charter that is voted on");
        if (seen->asked.by == j->view->node_no && seen->asked.choice == vote->choice)
                wrong(j, REFUSAL_SECOND_NODE, place, "vote", NULL);
}
