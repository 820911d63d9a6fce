/* SPDX-License-Identifier: Apache-2.0 */
#include "core/charter.h"

#include <string.h>

#include "core/exact.h"
#include "core/sentence.h"

static const char *const role_words[] = {
#define X(name, number, word) [number] = word,
        ROLES(X)
#undef X
};

#define ROLE_COUNT (sizeof(role_words) / sizeof(role_words[0]))

struct checking {
        uint32_t event;
        struct faults *faults;
};

static void wrong(const struct checking *c, const char *says)
{
        faults_add(c->faults, REFUSAL_BAD_VALUE, c->event, "proposal.charter", says);
}

/* "the charter's seat of SOMEBODY is ..." */
static void wrong_of(const struct checking *c, const char *before, const char *word,
                     const char *after)
{
        struct text text;

        sentence_begin(&text);
        sentence_add(&text, before);
        sentence_add(&text, word);
        sentence_add(&text, after);
        faults_add_text(c->faults, REFUSAL_BAD_VALUE, c->event, "proposal.charter", text.text);
}

static bool is_share(struct rate rate)
{
        return rate.den > 0 && rate.num >= 0 && rate.num <= rate.den;
}

static void share(const struct checking *c, struct rate rate, bool above_zero, const char *says)
{
        if (!is_share(rate) || (above_zero && rate.num == 0))
                wrong(c, says);
}

/* ---- who decides */

static bool has_class(const struct charter *charter, enum role_kind role, unsigned int below)
{
        for (unsigned int i = 0; i < below; i++)
                if (charter->classes[i].role == role)
                        return true;
        return false;
}

static bool has_seat_of(const struct charter *charter, enum role_kind role)
{
        for (unsigned int i = 0; i < charter->seat_count; i++)
                if (charter->seats[i].role == role)
                        return true;
        return false;
}

static void check_classes(const struct checking *c, const struct charter *charter)
{
        for (unsigned int i = 0; i < charter->class_count; i++) {
                const struct seat_class *class = &charter->classes[i];
                const bool is = class->role >= ROLE_PAYER && class->role < ROLE_COUNT;

                if (!is)
                        wrong(c, "there is no such role as one of its classes");
                else if (has_class(charter, class->role, i))
                        wrong_of(c, "the class ", role_words[class->role], " stands there twice");
                else if (!has_seat_of(charter, class->role))
                        wrong_of(c, "the class ", role_words[class->role], " has no seat");
                share(c, class->quorum, true, "a quorum is a share above 0, up to 1");
        }
}

/* Whose name stands there for the first time. */
static bool is_first_seat(const struct charter *charter, unsigned int at)
{
        for (unsigned int i = 0; i < at; i++)
                if (name_equal(&charter->seats[i].party, &charter->seats[at].party))
                        return false;
        return true;
}

static bool is_second_seat(const struct charter *charter, unsigned int at)
{
        for (unsigned int i = 0; i < at; i++)
                if (name_equal(&charter->seats[i].party, &charter->seats[at].party) &&
                    charter->seats[i].role == charter->seats[at].role)
                        return true;
        return false;
}

static void check_seats(const struct checking *c, const struct charter *charter)
{
        unsigned int parties = 0;

        for (unsigned int i = 0; i < charter->seat_count; i++) {
                const struct seat *seat = &charter->seats[i];

                parties += is_first_seat(charter, i);
                if (name_empty(&seat->party))
                        wrong(c, "a seat is of nobody");
                else if (is_second_seat(charter, i))
                        wrong_of(c, "", seat->party.text, " has two seats of one class");
                else if (!has_class(charter, seat->role, charter->class_count))
                        wrong_of(c, "the seat of ", seat->party.text, " is of no class");
        }
        if (parties < CHARTER_PARTIES_MIN)
                wrong(c, "a council is of three parties at least");
}

/* ---- which measures */

static bool is_second_key(const struct charter *charter, unsigned int at)
{
        const struct specification *s = &charter->specifications[at];

        for (unsigned int i = 0; i < at; i++)
                if (name_equal(&charter->specifications[i].key, &s->key) &&
                    name_equal(&charter->specifications[i].bearer, &s->bearer))
                        return true;
        return false;
}

static void check_specifications(const struct checking *c, const struct charter *charter)
{
        for (unsigned int i = 0; i < charter->specification_count; i++) {
                const struct specification *s = &charter->specifications[i];

                if (name_empty(&s->key) || name_empty(&s->is.concept))
                        wrong(c, "a specification without a key, or without a concept");
                else if (is_second_key(charter, i))
                        wrong_of(c, "the key ", s->key.text, " stands there twice for one bearer");
                if (s->is.direction != DIRECTION_MORE && s->is.direction != DIRECTION_LESS)
                        wrong_of(c, "of ", s->key.text,
                                 " either more is better or less: 1 or 2");
        }
}

/* ---- what may be shown */

static bool is_above(struct rate rate, struct rate bound)
{
        return exact_cmp(exact_of_rate(rate), exact_of_rate(bound)) > 0;
}

/* Who has no seat has no vote either, and its figures are shown by these rules all the same. */
static void check_floors(const struct checking *c, const struct disclosure_rules *d)
{
        if (is_share(d->most_share) && is_above(d->most_share, (struct rate) { 1, 2 }))
                wrong(c, "whatever is voted, nobody may be more than half of what is shown");
        if (is_share(d->dominant_share) && is_above(d->dominant_share, (struct rate) { 95, 100 }))
                wrong(c, "whatever is voted, the k of the (n,k) rule is 95 % at most");
        if (is_share(d->estimate) && is_above((struct rate) { 5, 100 }, d->estimate))
                wrong(c, "whatever is voted, the p of the p% rule is 5 % at least");
        if (d->least_change < CONTRIBUTORS_MIN)
                wrong(c, "whatever is voted, releases differ by three contributors at least");
        if (d->lag_days < LAG_DAYS_MIN)
                wrong(c, "whatever is voted, what is shown is four weeks old at least");
        if (d->round_ppm < ROUND_PPM_MIN)
                wrong(c, "whatever is voted, shares are rounded to 0.01 % at least");
}

static void check_disclosure(const struct checking *c, const struct disclosure_rules *d)
{
        if (d->contributors < CONTRIBUTORS_MIN)
                wrong(c, "of fewer than three contributors nothing is ever shown");
        if (d->dominant < 1 || d->dominant > d->contributors)
                wrong(c, "the n of the (n,k) rule is from 1 to the number of contributors");
        if (d->least_cell < 1)
                wrong(c, "the least cell is 1 at least");
        if (d->lag_days > WINDOW_DAYS_MAX)
                wrong(c, "what is shown lags ten years at most");
        if (d->round_cents < 1 || d->round_cents > MONEY_MAX)
                wrong(c, "amounts are rounded to a cent at least");
        if (d->round_ppm > 1000000)
                wrong(c, "shares are rounded to one at most");
        share(c, d->most_share, true, "the most share is a share above 0, up to 1");
        share(c, d->dominant_share, true, "the k of the (n,k) rule is a share above 0, up to 1");
        share(c, d->estimate, true, "the p of the p% rule is a share above 0, up to 1");
        check_floors(c, d);
}

static bool is_second_party(const struct charter *charter, unsigned int at)
{
        for (unsigned int i = 0; i < at; i++)
                if (name_equal(&charter->public_parties[i], &charter->public_parties[at]))
                        return true;
        return false;
}

static void check_public(const struct checking *c, const struct charter *charter)
{
        for (unsigned int i = 0; i < charter->public_count; i++)
                if (name_empty(&charter->public_parties[i]) || is_second_party(charter, i))
                        wrong_of(c, "the public party ", charter->public_parties[i].text,
                                 " stands there twice, or is nobody");
}

static void check_calendar(const struct checking *c, const struct release_calendar *calendar)
{
        const uint32_t months = calendar->months;

        if (months != 1 && months != 3 && months != 6 && months != 12)
                wrong(c, "releases are 1, 3, 6 or 12 months apart");
        if (calendar->day < 1 || calendar->day > 28)
                wrong(c, "a release is on a day of the month from 1 to 28");
}

static void check_thresholds(const struct checking *c, const struct thresholds *t)
{
        if (!t->is)
                return;
        if (!is_share(t->alignment) || !is_share(t->dominant) || !is_share(t->dominant_dollars) ||
            !is_share(t->conflict))
                wrong(c, "a threshold is a share from 0 to 1");
}

static void check_pooled(const struct checking *c, const struct legal_basis *p)
{
        if (p->is && !p->says.text[0])
                wrong(c, "settlement pooled over payers names the law it rests on");
        if (p->is && p->state_action && name_empty(&p->supervisor))
                wrong(c, "where it is state action somebody supervises it");
}

void charter_check(const struct charter *charter, uint32_t event, struct faults *faults)
{
        const struct checking c = { event, faults };

        if (charter->version < 1)
                wrong(&c, "versions count 1, 2, 3");
        if (!charter->title.text[0])
                wrong(&c, "it has no title");
        if (charter->notice_days < 1)
                wrong(&c, "a ballot is open for a day at least");
        if (charter->notice_days > BALLOT_DAYS_MAX)
                wrong(&c, "nobody is given more than a year's notice");
        if (!is_share(charter->approval) || 2 * charter->approval.num < charter->approval.den)
                wrong(&c, "what is approved by fewer than half of the votes is approved by nobody");
        check_classes(&c, charter);
        check_seats(&c, charter);
        check_specifications(&c, charter);
        check_disclosure(&c, &charter->disclosure);
        check_public(&c, charter);
        check_calendar(&c, &charter->calendar);
        check_thresholds(&c, &charter->thresholds);
        check_pooled(&c, &charter->pooled);
}

bool charter_seats(const struct charter *charter, const struct name *party)
{
        for (unsigned int i = 0; i < charter->seat_count; i++)
                if (name_equal(&charter->seats[i].party, party))
                        return true;
        return false;
}

date calendar_next(const struct release_calendar *calendar, date after)
{
        int year, month, day;
        date next;

        date_split(after, &year, &month, &day);
        month -= (month - 1) % (int)calendar->months;
        next = date_of(year, month, (int)calendar->day);
        while (next <= after)
                next = date_add_months(next, (int)calendar->months);
        return next;
}
