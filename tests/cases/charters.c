/* SPDX-License-Identifier: Apache-2.0 */
/* Charters, a word for each of their parts, and what is said of them in the council. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ballot.h"
#include "core/charter.h"
#include "tests/cases/reading.h"

/* ---- charter NAME ... */

static struct rate want_rate(struct play *play)
{
        const char *word = want(play, "a rate");
        struct rate rate;

        if (!read_rate(word, &rate))
                wrong(play, "'%s' is no rate", word);
        return rate;
}

static enum role_kind want_role(struct play *play)
{
        const char *word = want(play, "a role");
        enum role_kind role;

        if (!read_role(word, &role))
                wrong(play, "'%s' is no role", word);
        return role;
}

static void ordinary(struct charter *charter)
{
        *charter = (struct charter) {
                .version = 1, .title = { "charter of a case" }, .notice_days = 14,
                .approval = { 1, 2 }, .disclosure = disclosure_default,
                .calendar = { .months = 3, .day = 15 },
        };
}

static struct charter *charter_named(struct play *play, const char *name)
{
        for (unsigned int i = 0; i < play->charter_count; i++)
                if (strcmp(play->charters[i].name, name) == 0)
                        return play->charters[i].charter;
        return NULL;
}

static const struct charter *want_charter(struct play *play)
{
        const char *word = want(play, "a charter");
        const struct charter *charter = charter_named(play, word);

        if (!charter)
                wrong(play, "there is no charter '%s'", word);
        return charter;
}

/* class ROLE quorum R: the one there is already, or another */
static void read_class(struct play *play, struct charter *charter)
{
        const enum role_kind role = want_role(play);
        unsigned int i = 0;

        while (i < charter->class_count && charter->classes[i].role != role)
                i++;
        if (i == CHARTER_CLASSES_MAX)
                wrong(play, "too many classes");
        if (i == charter->class_count)
                charter->class_count++;
        charter->classes[i].role = role;
        if (!words_take(play->words, "quorum"))
                wrong(play, "'quorum' and a rate should follow");
        charter->classes[i].quorum = want_rate(play);
}

static void read_without_seat(struct play *play, struct charter *charter)
{
        const struct name party = want_name(play);
        unsigned int kept = 0;

        for (unsigned int i = 0; i < charter->seat_count; i++)
                if (!name_equal(&charter->seats[i].party, &party))
                        charter->seats[kept++] = charter->seats[i];
        charter->seat_count = (uint16_t)kept;
}

/* measure KEY [of BEARER] is CONCEPT [version V] [population P] more|less [common] */
static void read_measure(struct play *play, struct charter *charter)
{
        struct specification *s = &charter->specifications[charter->specification_count++];

        s->key = want_name(play);
        if (words_take(play->words, "of"))
                s->bearer = want_name(play);
        if (!words_take(play->words, "is"))
                wrong(play, "'is' and a concept should follow");
        s->is.concept = want_name(play);
        if (words_take(play->words, "version"))
                s->is.version = want_name(play);
        if (words_take(play->words, "population"))
                s->is.population = want_name(play);
        if (words_take(play->words, "more"))
                s->is.direction = DIRECTION_MORE;
        else if (words_take(play->words, "less"))
                s->is.direction = DIRECTION_LESS;
        s->common = words_take(play->words, "common");
}

/* alignment R dominant R dollars R conflict R; or none */
static void read_thresholds(struct play *play, struct thresholds *t)
{
        if (words_take(play->words, "none")) {
                t->is = false;
                return;
        }
        t->is = true;
        t->alignment = want_rate(play);
        t->dominant = want_rate(play);
        t->dominant_dollars = want_rate(play);
        t->conflict = want_rate(play);
}

static bool read_disclosure(struct play *play, struct disclosure_rules *d)
{
        struct words *words = play->words;

        if (words_take(words, "contributors"))
                d->contributors = (uint32_t)want_number(play);
        else if (words_take(words, "most-share"))
                d->most_share = want_rate(play);
        else if (words_take(words, "cell"))
                d->least_cell = (uint32_t)want_number(play);
        else if (words_take(words, "lag"))
                d->lag_days = (uint32_t)want_number(play);
        else
                return false;
        return true;
}

static bool read_part(struct play *play, struct charter *charter)
{
        struct words *words = play->words;

        if (words_take(words, "class"))
                read_class(play, charter);
        else if (words_take(words, "seat"))
                charter->seats[charter->seat_count++] =
                        (struct seat) { want_name(play), want_role(play) };
        else if (words_take(words, "without-seat"))
                read_without_seat(play, charter);
        else if (words_take(words, "measure"))
                read_measure(play, charter);
        else if (words_take(words, "calendar"))
                charter->calendar = (struct release_calendar) {
                        (uint32_t)want_number(play), (uint32_t)want_number(play),
                };
        else if (words_take(words, "thresholds"))
                read_thresholds(play, &charter->thresholds);
        else if (words_take(words, "public"))
                charter->public_parties[charter->public_count++] = want_name(play);
        else
                return read_disclosure(play, &charter->disclosure);
        return true;
}

static bool read_head(struct play *play, struct charter *charter)
{
        struct words *words = play->words;

        if (words_take(words, "like"))
                *charter = *want_charter(play);
        else if (words_take(words, "version"))
                charter->version = (uint32_t)want_number(play);
        else if (words_take(words, "notice"))
                charter->notice_days = (uint32_t)want_number(play);
        else if (words_take(words, "approval"))
                charter->approval = want_rate(play);
        else if (words_take(words, "pooled"))
                snprintf(charter->pooled.says.text, sizeof(charter->pooled.says.text), "%s",
                         want(play, "a law")), charter->pooled.is = true;
        else if (words_take(words, "supervised-by"))
                charter->pooled.supervisor = want_name(play), charter->pooled.state_action = true;
        else
                return false;
        return true;
}

void line_charter(struct play *play)
{
        struct case_charter *said = &play->charters[play->charter_count];

        if (play->charter_count == CHARTERS_MAX)
                wrong(play, "too many charters");
        snprintf(said->name, sizeof(said->name), "%s", want(play, "a name"));
        said->charter = malloc(sizeof(*said->charter));
        must(said->charter ? 0 : -1, "malloc");
        ordinary(said->charter);
        while (words_peek(play->words))
                if (!read_head(play, said->charter) && !read_part(play, said->charter))
                        wrong(play, "'%s' is no part of a charter", words_peek(play->words));
        play->charter_count++;
}

/* ---- said */

static struct bytes charter_bytes(struct play *play, const struct charter *charter)
{
        struct sink *sink = &play->stage.sink;
        void *copy;

        sink_reset(sink);
        must(wire_write_charter(sink, charter), "wire_write_charter");
        copy = pool_take(sink->size);
        memcpy(copy, sink->data, sink->size);
        return (struct bytes) { copy, sink->size };
}

/* proposes-charter NAME closes MOMENT [effective DAY] [because "reason"] [garbled] */
void read_proposal(struct reading *r)
{
        struct proposal *said = &r->event->proposal;
        const struct charter *charter = want_charter(r->play);

        r->event->kind = EVENT_PROPOSAL;
        said->charter = charter_bytes(r->play, charter);
        if (!words_take(r->play->words, "closes"))
                wrong(r->play, "'closes' and a moment should follow");
        said->closes = want_moment(r->play);
        said->effective = (date)(said->closes / 1000000 / 86400);
        if (words_take(r->play->words, "effective"))
                said->effective = want_day(r->play);
        said->says = (struct bytes) { "", 0 };
        if (words_take(r->play->words, "because"))
                said->says = read_text(r->play, "a reason");
        if (words_take(r->play->words, "garbled"))
                memset((void *)said->charter.data, 0xff, 4);
}

/* votes for|against|abstains LABEL|INDEX CHARTER: by the digest of that charter */
void read_vote(struct reading *r)
{
        static const char *const choices[] = { [1] = "for", "against", "abstains", "four" };
        struct vote *said = &r->event->vote;
        const char *word = want(r->play, "for, against or abstains");

        r->event->kind = EVENT_VOTE;
        for (unsigned int i = 1; i < 5; i++)
                if (strcmp(choices[i], word) == 0)
                        said->choice = (enum choice)i;
        if (!said->choice)
                wrong(r->play, "'%s' is no choice", word);
        said->ballot = want_index(r->play);
        said->charter_sha256 = sha256_of(charter_bytes(r->play, want_charter(r->play)));
}

/* leaves DAY [into PARTY] [because "reason"] */
void read_departure(struct reading *r)
{
        struct departure *said = &r->event->departure;

        r->event->kind = EVENT_DEPARTURE;
        said->effective = want_day(r->play);
        if (words_take(r->play->words, "into"))
                said->into = want_name(r->play);
        said->reason = (struct bytes) { "", 0 };
        if (words_take(r->play->words, "because"))
                said->reason = read_text(r->play, "a reason");
}

/* ---- expected */

static struct case_player *anybody(struct play *play)
{
        for (unsigned int i = 0; i < play->player_count; i++)
                if (play->players[i].rights && !play->players[i].revoked)
                        return &play->players[i];
        wrong(play, "nobody is there to ask");
}

/* expect charter N|none: in force */
void expect_charter(struct play *play)
{
        static struct charter charter;
        struct query query = {
                .kind = QUERY_CHARTER, .has_as_of = play->has_as_of, .as_of = play->as_of,
        };
        struct answer answer;
        struct fault fault;
        uint32_t version = 0;

        ask_hub(play, anybody(play), &query, &answer);
        if (!answer.refused) {
                must(wire_read_charter(answer.charter->charter, &charter, &fault), "charter");
                version = charter.version;
        } else if (answer.fault.code != REFUSAL_NO_SUCH_THING) {
                wrong(play, "asked for, it is refused: %s", refusal_name(answer.fault.code));
        }
        if (words_take(play->words, "none") ? version != 0 : want_number(play) != version)
                wrong(play, "charter %u is in force", version);
        if (words_take(play->words, "measure")) {
                const struct name key = want_name(play);

                for (unsigned int i = 0; i < charter.specification_count; i++)
                        if (name_equal(&charter.specifications[i].key, &key))
                                return;
                wrong(play, "it has no measure %s", key.text);
        }
}

static void expect_votes(struct play *play, const struct ballot_row *row)
{
        static const char *const choices[] = { "nothing", "for", "against", "abstains" };
        const struct name party = want_name(play);
        const char *word = want(play, "what it votes");
        unsigned int choice = 0;

        for (uint32_t i = 0; i < row->vote_count; i++)
                if (name_equal(&row->votes[i].party, &party))
                        choice = row->votes[i].choice;
        if (strcmp(choices[choice], word) != 0)
                wrong(play, "%s votes %s", party.text, choices[choice]);
}

/* expect ballot LABEL open|OUTCOME [saying "part"] [lowering "part"] [votes PARTY CHOICE] ... */
void expect_ballot(struct play *play)
{
        struct query query = { .kind = QUERY_BALLOTS };
        const uint64_t index = want_index(play);
        const struct ballot_row *row = NULL;
        struct answer answer;
        const char *word;

        ask_hub(play, anybody(play), &query, &answer);
        for (uint32_t i = 0; i < answer.ballot_count; i++)
                if (answer.ballots[i].ballot == index)
                        row = &answer.ballots[i];
        if (!row)
                wrong(play, "there is no such ballot");
        word = want(play, "an outcome");
        if (strcmp(word, row->result ? ballot_outcome_word(row->result->outcome) : "open") != 0)
                wrong(play, "it is %s",
                      row->result ? ballot_outcome_word(row->result->outcome) : "open");
        for (;;) {
                if (words_take(play->words, "saying")) {
                        if (!row->result || !strstr(row->result->says.text, want(play, "a part")))
                                wrong(play, "says \"%s\"",
                                      row->result ? row->result->says.text : "");
                } else if (words_take(play->words, "lowering")) {
                        word = want(play, "a part");
                        if (*word ? !strstr(row->lowered.text, word) : row->lowered.text[0] != 0)
                                wrong(play, "lowers \"%s\"", row->lowered.text);
                } else if (words_take(play->words, "votes")) {
                        expect_votes(play, row);
                } else {
                        return;
                }
        }
}
