/* SPDX-License-Identifier: Apache-2.0 */
#include "core/ballot.h"

#include <string.h>

#include "core/exact.h"
#include "core/sentence.h"

static const char *const role_words[] = {
#define X(name, number, word) [number] = word,
        ROLES(X)
#undef X
};

const char *ballot_outcome_word(enum ballot_outcome outcome)
{
        static const char *const words[] = {
                [BALLOT_PASSED] = "passed", [BALLOT_NO_QUORUM] = "no-quorum",
                [BALLOT_REJECTED] = "rejected", [BALLOT_OUTDATED] = "outdated",
        };

        return words[outcome];
}

const struct charter *ballot_electorate(const struct ballot_case *ballot)
{
        return ballot->council ? ballot->council : ballot->proposed;
}

/* 0: it has not voted. */
static unsigned int choice_of(const struct ballot_case *ballot, const struct name *party)
{
        for (uint32_t i = ballot->vote_count; i > 0; i--)
                if (name_equal(&ballot->votes[i - 1].party, party))
                        return ballot->votes[i - 1].choice;
        return 0;
}

static void count_seat(const struct ballot_case *ballot, unsigned int at, struct class_tally *ret)
{
        ret->seats++;
        if (ballot->vacant >> at & 1) {
                ret->vacant++;
                return;
        }
        switch (choice_of(ballot, &ballot_electorate(ballot)->seats[at].party)) {
        case CHOICE_FOR:
                ret->votes_for++;
                break;
        case CHOICE_AGAINST:
                ret->votes_against++;
                break;
        case CHOICE_ABSTAINS:
                ret->abstained++;
                break;
        default:
                break;
        }
}

static uint32_t cast(const struct class_tally *tally)
{
        return tally->votes_for + tally->votes_against + tally->abstained;
}

static bool has_quorum(const struct class_tally *tally, struct rate quorum)
{
        return exact_cmp(exact_of(cast(tally)),
                         exact_mul(exact_of_rate(quorum), exact_of(tally->seats))) >= 0;
}

static void count_class(const struct ballot_case *ballot, const struct seat_class *class,
                        struct class_tally *ret)
{
        const struct charter *council = ballot_electorate(ballot);
        const struct rate all = { 1, 1 };

        *ret = (struct class_tally) { .role = class->role };
        for (unsigned int i = 0; i < council->seat_count; i++)
                if (council->seats[i].role == class->role)
                        count_seat(ballot, i, ret);
        ret->quorum = has_quorum(ret, ballot->council ? class->quorum : all);
}

/* ---- over all classes */

static struct class_tally sum(const struct ballot_result *result)
{
        struct class_tally all = { .quorum = true };

        for (uint32_t i = 0; i < result->class_count; i++) {
                const struct class_tally *class = &result->classes[i];

                all.seats += class->seats;
                all.vacant += class->vacant;
                all.votes_for += class->votes_for;
                all.votes_against += class->votes_against;
                all.abstained += class->abstained;
                all.quorum &= class->quorum;
        }
        return all;
}

static bool is_approved(const struct ballot_case *ballot, const struct class_tally *all)
{
        const uint32_t said = all->votes_for + all->votes_against;

        if (!ballot->council)
                return all->votes_for == all->seats;
        return all->votes_for &&
               exact_cmp(exact_of(all->votes_for),
                         exact_mul(exact_of_rate(ballot->council->approval), exact_of(said))) >= 0;
}

static enum ballot_outcome outcome_of(const struct ballot_case *ballot,
                                      const struct class_tally *all)
{
        if (ballot->outdated)
                return BALLOT_OUTDATED;
        if (!all->quorum)
                return BALLOT_NO_QUORUM;
        return is_approved(ballot, all) ? BALLOT_PASSED : BALLOT_REJECTED;
}

/* ---- in a sentence */

static void add_votes(struct text *text, const struct class_tally *all)
{
        sentence_add_number(text, all->votes_for);
        sentence_add(text, " for, ");
        sentence_add_number(text, all->votes_against);
        sentence_add(text, " against, ");
        sentence_add_number(text, all->abstained);
        sentence_add(text, " abstained, of ");
        sentence_add_number(text, all->seats);
        sentence_add(text, all->seats == 1 ? " seat" : " seats");
}

/* "; too few voted of: provider (1 of 4)" */
static void add_missing(struct text *text, const struct ballot_result *result)
{
        const char *before = "; too few voted of: ";

        for (uint32_t i = 0; i < result->class_count; i++) {
                const struct class_tally *class = &result->classes[i];

                if (class->quorum)
                        continue;
                sentence_add(text, before);
                sentence_add(text, role_words[class->role]);
                sentence_add(text, " (");
                sentence_add_number(text, cast(class));
                sentence_add(text, " of ");
                sentence_add_number(text, class->seats);
                sentence_add(text, ")");
                before = ", ";
        }
}

static void add_approval(struct text *text, const struct ballot_case *ballot)
{
        if (!ballot->council) {
                sentence_add(text, "; the first charter takes the vote of every seat");
                return;
        }
        sentence_add(text, "; ");
        sentence_add_number(text, (uint64_t)ballot->council->approval.num);
        sentence_add(text, "/");
        sentence_add_number(text, (uint64_t)ballot->council->approval.den);
        sentence_add(text, " of those for and against must be for");
}

static void say(const struct ballot_case *ballot, const struct class_tally *all,
                struct ballot_result *ret)
{
        struct text *text = &ret->says;

        sentence_begin(text);
        sentence_add(text, ballot_outcome_word(ret->outcome));
        sentence_add(text, ": ");
        add_votes(text, all);
        if (ret->outcome == BALLOT_NO_QUORUM)
                add_missing(text, ret);
        if (ret->outcome == BALLOT_REJECTED)
                add_approval(text, ballot);
        if (ret->outcome == BALLOT_OUTDATED)
                sentence_add(text, "; another charter was passed before it");
}

void ballot_count(const struct ballot_case *ballot, struct ballot_result *ret)
{
        const struct charter *council = ballot_electorate(ballot);
        struct class_tally all;

        ret->version = ballot->proposed->version;
        ret->class_count = council->class_count;
        for (uint32_t i = 0; i < council->class_count; i++)
                count_class(ballot, &council->classes[i], &ret->classes[i]);
        all = sum(ret);
        ret->outcome = outcome_of(ballot, &all);
        charter_lowered(ballot->council, ballot->proposed, &ret->lowered);
        say(ballot, &all, ret);
}
