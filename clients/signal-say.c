/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What payers reward, in sentences that somebody who treats patients reads aloud: short, no word
 * of the trade, every figure with what it is of. What is not known is said; what is relayed too.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "clients/look.h"
#include "clients/page.h"
#include "clients/signal-view.h"

#define PAYEES_SAID 3

static const char *forecast_words(const struct signal_view *view, char ret[SIGNAL_WORDS_MAX + 32])
{
        char day[SIGNAL_WORDS_MAX];

        if (!view->past)
                return "today's forecast";
        snprintf(ret, SIGNAL_WORDS_MAX + 32, "the forecast of %s", words_day(view->sum->day, day));
        return ret;
}

/* ---- who pays for it */

static int64_t revenue_of(const struct signal_cover *cover)
{
        return cover->here_cents + cover->relayed_cents;
}

/* "62 % of your revenue; 20 % comes from payers that are not here" */
static void say_cover(FILE *to, const struct signal_view *view, const struct signal_cover *cover)
{
        const struct signal_sum *sum = view->sum;
        char text[SIGNAL_WORDS_MAX];

        if (!sum->has_revenue || cover->unstated == cover->payers) {
                fprintf(to, "%s part of your revenue is not known",
                        cover->payers == 1 ? "its" : "their");
                return;
        }
        fprintf(to, "%s%s of your revenue", cover->unstated ? "at least " : "",
                words_percent(signal_share(sum, revenue_of(cover)), text));
        if (exact_sign(signal_unknown(sum)) > 0)
                fprintf(to, "; %s%s comes from payers that are not here",
                        sum->cover.unstated ? "at most " : "",
                        words_percent(signal_unknown(sum), text));
}

static void say_payers(FILE *to, const struct signal_view *view,
                       const struct signal_concept *concept)
{
        uint16_t count = concept->cover.payers, all = view->sum->payer_count;
        struct names names;

        names_of_payers(view, concept, 0, &names);
        if (count < all)
                fprintf(to, "%" PRIu16 " of %" PRIu16 " payers %s for it", count, all,
                        count == 1 ? "pays" : "pay");
        else
                fprintf(to, "%" PRIu16 " %s for it", count, count == 1 ? "payer pays" :
                                                                          "payers pay");
        fputs(", ", to);
        names_say(to, &names);
        fputs(" (", to);
        say_cover(to, view, &concept->cover);
        fputs(").", to);
}

static void say_relayed(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept)
{
        struct names names = { .count = 0 };

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);
                uint16_t payer = view->sum->payer_of[row->contract];

                if (view->sum->payers[payer].relayed)
                        names_add(&names, view->sum->payers[payer].bearer.text);
        }
        if (!names.count)
                return;
        fputc(' ', to);
        if (names.count > 1 && names.count == concept->cover.payers)
                fputs("None of them is here", to);
        else
                names_say(to, &names);
        fprintf(to, "%s: what is known of %s was relayed.",
                names.count > 1 && names.count == concept->cover.payers ? "" :
                names.count == 1 ? " is not here" : " are not here", names.count == 1 ? "it" :
                                                                                        "them");
}

/* ---- what a step is, and what it is worth */

static bool opposed(const struct signal_concept *concept)
{
        return concept->point[0].contracts && concept->point[1].contracts;
}

/* Are they scores that somebody reports, without patients that are counted? */
static bool are_scores(const struct signal_view *view, const struct signal_concept *concept,
                       enum direction direction)
{
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);

                if (row->is.key.direction == direction && row->is.of != INCENTIVE_SCORE)
                        return false;
        }
        return true;
}

/* "both panels", "all three panels", "the panel of a", "its score" */
static void say_panels(FILE *to, const struct signal_view *view,
                       const struct signal_concept *concept, enum direction direction)
{
        const char *what = are_scores(view, concept, direction) ? "score" : "panel";
        uint16_t count = signal_point_of(concept, direction)->contracts;
        char number[SIGNAL_WORDS_MAX];
        struct names names;

        if (opposed(concept)) {
                names_of_payers(view, concept, direction, &names);
                fprintf(to, "the %s%s of ", what, count == 1 ? "" : "s");
                names_say(to, &names);
        } else if (count == 1) {
                fprintf(to, "its %s", what);
        } else if (count == 2) {
                fprintf(to, "both %ss", what);
        } else {
                fprintf(to, "all %s %ss", words_number(count, number), what);
        }
}

static void say_step(FILE *to, const struct signal_view *view,
                     const struct signal_concept *concept, enum direction direction)
{
        const struct signal_point *point = signal_point_of(concept, direction);
        char people[SIGNAL_WORDS_MAX];

        if (concept->total_cost) {
                fputs(" One dollar less for each member and year", to);
        } else {
                fputs(direction == DIRECTION_LESS ? " One point less on " :
                      opposed(concept) ? " One point more on " : " One point on ", to);
                say_panels(to, view, concept, direction);
        }
        if (point->uncounted == point->contracts)
                return;
        words_people(point->people, concept->total_cost ? "member" : "patient",
                     concept->total_cost ? "members" : "patients", people);
        fprintf(to, ", %s%s,", people, point->uncounted ? " where they are counted" : "");
}

static void range_of(const int64_t cents[FORECAST_COUNT], int64_t *ret_least, int64_t *ret_most)
{
        *ret_least = *ret_most = cents[0];
        for (int i = 1; i < FORECAST_COUNT; i++) {
                *ret_least = cents[i] < *ret_least ? cents[i] : *ret_least;
                *ret_most = cents[i] > *ret_most ? cents[i] : *ret_most;
        }
}

static void say_range(FILE *to, const int64_t cents[FORECAST_COUNT])
{
        char least[SIGNAL_WORDS_MAX], most[SIGNAL_WORDS_MAX];
        int64_t from, until;

        range_of(cents, &from, &until);
        if (from != until)
                fprintf(to, " (%s to %s)", words_dollars(from, least), words_dollars(until, most));
}

static void say_worth(FILE *to, const struct signal_view *view, const struct signal_point *point)
{
        char when[SIGNAL_WORDS_MAX + 32], text[SIGNAL_WORDS_MAX];
        int64_t now = point->cents[FORECAST_CENTRAL];

        if (now == 0)
                fprintf(to, " brings no payment change at %s", forecast_words(view, when));
        else if (now > 0)
                fprintf(to, " is worth %s at %s", words_dollars(now, text),
                        forecast_words(view, when));
        else
                fprintf(to, " lowers what is paid by %s at %s", words_dollars(-now, text),
                        forecast_words(view, when));
        say_range(to, point->cents);
}

/* ---- to whom, and when */

struct payee {
        const char *name;
        date when;
};

struct payees {
        struct payee list[SIGNAL_CONTRACTS_MAX];
        size_t count;
};

static bool same_month(date a, date b)
{
        int year[2], month[2], day;

        if (a == DATE_NONE || b == DATE_NONE)
                return a == b;
        date_split(a, &year[0], &month[0], &day);
        date_split(b, &year[1], &month[1], &day);
        return year[0] == year[1] && month[0] == month[1];
}

static void add_payee(struct payees *payees, const char *name, date when)
{
        for (size_t i = 0; i < payees->count; i++)
                if (strcmp(payees->list[i].name, name) == 0 &&
                    same_month(payees->list[i].when, when))
                        return;
        payees->list[payees->count++] = (struct payee) { name, when };
}

/* Earners of the contracts that pay anything for it, at any forecast. */
static void payees_of(const struct signal_view *view, const struct signal_concept *concept,
                      enum direction direction, struct payees *ret)
{
        ret->count = 0;
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);
                const struct incentive_contract *c = view_contract(view, row);
                int64_t least, most;

                range_of(row->is.point, &least, &most);
                if (row->is.key.direction == direction && (least || most))
                        add_payee(ret, name_equal(&c->contract.earner, &view->signal->party) ?
                                  "you" : c->contract.earner.text, c->payment);
        }
}

static void say_many_payees(FILE *to, const struct payees *payees)
{
        date first = DATE_NONE, last = DATE_NONE;
        struct names names = { .count = 0 };
        char text[SIGNAL_WORDS_MAX];

        for (size_t i = 0; i < payees->count; i++) {
                date when = payees->list[i].when;

                names_add(&names, payees->list[i].name);
                if (when == DATE_NONE)
                        continue;
                first = first == DATE_NONE || when < first ? when : first;
                last = last == DATE_NONE || when > last ? when : last;
        }
        fputs(", paid to ", to);
        names_say(to, &names);
        if (first == DATE_NONE)
                return;
        fprintf(to, " from %s", words_month(first, text));
        fprintf(to, " to %s", words_month(last, text));
}

/* Those who are paid in the month of the one at @at, unless one before it is too. */
static bool of_month(const struct payees *payees, size_t at, struct names *ret)
{
        ret->count = 0;
        for (size_t i = 0; i < payees->count; i++) {
                if (!same_month(payees->list[i].when, payees->list[at].when))
                        continue;
                if (i < at)
                        return false;
                names_add(ret, payees->list[i].name);
        }
        return true;
}

static void say_payees(FILE *to, const struct signal_view *view,
                       const struct signal_concept *concept, enum direction direction)
{
        char text[SIGNAL_WORDS_MAX];
        struct payees payees;
        struct names names;
        size_t said = 0;

        payees_of(view, concept, direction, &payees);
        if (payees.count > PAYEES_SAID) {
                say_many_payees(to, &payees);
                return;
        }
        for (size_t i = 0; i < payees.count; i++) {
                if (!of_month(&payees, i, &names))
                        continue;
                fputs(said++ ? " and to " : ", paid to ", to);
                names_say(to, &names);
                fprintf(to, " %s", payees.list[i].when == DATE_NONE ? "at a time not known yet" :
                                                                      "about ");
                if (payees.list[i].when != DATE_NONE)
                        fputs(words_month(payees.list[i].when, text), to);
        }
}

static void say_point(FILE *to, const struct signal_view *view,
                      const struct signal_concept *concept, enum direction direction)
{
        const struct signal_point *point = signal_point_of(concept, direction);

        if (!point->contracts)
                return;
        say_step(to, view, concept, direction);
        say_worth(to, view, point);
        say_payees(to, view, concept, direction);
        fputc('.', to);
}

/* ---- a patient, for who asks for more: by payer, as a patient has one */

static void say_patients(FILE *to, const struct signal_view *view,
                         const struct signal_concept *concept)
{
        char text[SIGNAL_WORDS_MAX];
        size_t said = 0;

        if (!concept->has_patient)
                return;
        fputs(" One patient more, who has one payer, is worth ", to);
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);

                if (row->is.has_patient)
                        fprintf(to, "%s%s with %s", said++ ? ", " : "",
                                words_dollars(row->is.patient, text),
                                view_contract(view, row)->contract.bearer.text);
        }
        if (said > 1)
                fprintf(to, "; %s in the mean over the panels",
                        words_dollars((int64_t)exact_round(concept->patient, 1, ROUND_HALF_AWAY),
                                      text));
        fputc('.', to);
}

/* ---- what is met next */

static const char *edge_words(enum edge edge)
{
        switch (edge) {
        case EDGE_GATE:
                return "a gate";
        case EDGE_MINIMUM:
                return "the minimum from which it counts";
        case EDGE_CAP:
                return "a cap, beyond which nothing more is paid";
        case EDGE_BEST:
                return "the best that is paid for";
        case EDGE_NONE:
                break;
        }
        return "nothing";
}

static void say_edge(FILE *to, const struct signal_view *view,
                     const struct signal_concept *concept)
{
        const struct incentive_row *row;
        char number[SIGNAL_WORDS_MAX], worth[SIGNAL_WORDS_MAX];
        int64_t steps;

        if (concept->edge_row == SIGNAL_NO_ROW)
                return;
        row = &view->signal->rows[concept->edge_row];
        steps = row->is.edge_steps;
        words_number((uint64_t)steps, number);
        number[0] = (char)toupper((unsigned char)number[0]);
        fprintf(to, " %s %s%s%s with %s %s %s, which is worth %s in all.", number,
                concept->total_cost ? steps == 1 ? "dollar" : "dollars" :
                                      steps == 1 ? "point" : "points",
                row->is.key.direction == DIRECTION_LESS ? " less" : " more",
                concept->total_cost ? " for each member" : "",
                view_contract(view, row)->contract.bearer.text, steps == 1 ? "reaches" : "reach",
                edge_words(row->is.edge), words_dollars(row->is.edge_worth, worth));
}

static void say_gates(FILE *to, const struct signal_view *view,
                      const struct signal_concept *concept)
{
        struct names names = { .count = 0 };

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = signal_row(view->sum, view->signal, concept, i);

                if (row->is.gate)
                        names_add(&names, view_contract(view, row)->contract.bearer.text);
        }
        if (!names.count)
                return;
        fputs(" With ", to);
        names_say(to, &names);
        fputs(" other payments rest on it too.", to);
}

/* ---- how long, how many are left, how old it is */

static void say_left(FILE *to, const struct signal_concept *concept)
{
        char people[SIGNAL_WORDS_MAX], day[SIGNAL_WORDS_MAX], count[SIGNAL_WORDS_MAX];
        char number[SIGNAL_WORDS_MAX];

        snprintf(count, sizeof(count), "%.40s days", words_number(concept->days_left, number));
        if (!concept->days_left) {
                fprintf(to, " Its period ended on %s: what is done now does not count for it.",
                        words_day(concept->ends_last, day));
                return;
        }
        if (concept->has_reachable) {
                words_people(concept->reachable, "patient", "patients", people);
                people[0] = (char)toupper((unsigned char)people[0]);
                fprintf(to, " %s can still be reached: ", people);
        } else {
                fputc(' ', to);
        }
        fprintf(to, "%s %s on ", concept->has_reachable ? "the" : "The",
                concept->differs & DIFFERS_PERIOD ? "last period ends" : "period ends");
        fprintf(to, "%s, in %s.", words_day(concept->ends_last, day),
                concept->days_left == 1 ? "a day" : count);
}

static void say_claims(FILE *to, const struct signal_view *view,
                       const struct signal_concept *concept)
{
        date first = DATE_NONE, last = DATE_NONE;
        char text[SIGNAL_WORDS_MAX];

        for (uint16_t i = 0; i < concept->count; i++) {
                date day = view_contract(view, signal_row(view->sum, view->signal, concept,
                                                          i))->paid_through;

                if (day == DATE_NONE)
                        continue;
                first = first == DATE_NONE || day < first ? day : first;
                last = last == DATE_NONE || day > last ? day : last;
        }
        if (first == DATE_NONE)
                return;
        fprintf(to, " Claims paid to %s", words_day(first, text));
        if (first != last)
                fprintf(to, ", of some payers to %s", words_day(last, text));
        fputc('.', to);
}

static void say_stake(FILE *to, const struct signal_concept *concept)
{
        char text[SIGNAL_WORDS_MAX];

        if (concept->stake)
                fprintf(to, " From its worst to its best %s is at stake.",
                        words_dollars(concept->stake, text));
}

void signal_say_concept(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept)
{
        char title[TEXT_MAX_LENGTH + 1];

        snprintf(title, sizeof(title), "%s", signal_title(view->titles, &concept->concept));
        fprintf(to, "%s: ", make_harmless(title));
        say_payers(to, view, concept);
        say_relayed(to, view, concept);
        say_point(to, view, concept, DIRECTION_MORE);
        say_point(to, view, concept, DIRECTION_LESS);
        say_edge(to, view, concept);
        if (view->detail) {
                say_patients(to, view, concept);
                say_stake(to, concept);
        }
        say_gates(to, view, concept);
        signal_say_differs(to, view, concept);
        say_left(to, concept);
        say_claims(to, view, concept);
}

/* ---- the whole of it */

void signal_say_whole(FILE *to, const struct signal_view *view)
{
        const struct signal_sum *sum = view->sum;
        char when[SIGNAL_WORDS_MAX + 32], text[SIGNAL_WORDS_MAX];

        if (!sum->payer_count) {
                fputs("No contract that pays this party is in force for a period that is not "
                      "settled: there is nothing to reward.", to);
                return;
        }
        fprintf(to, "%" PRIu16 " %s contracts that pay you or a network of yours (",
                sum->payer_count, sum->payer_count == 1 ? "payer has" : "payers have");
        say_cover(to, view, &sum->cover);
        fputs(").", to);
        if (sum->cover.relayed)
                fprintf(to, " %" PRIu16 " of them %s not here: what is known of %s was relayed.",
                        sum->cover.relayed, sum->cover.relayed == 1 ? "is" : "are",
                        sum->cover.relayed == 1 ? "it" : "them");
        fprintf(to, " At %s your part of the contracts comes to %s", forecast_words(view, when),
                words_dollars(sum->earned[FORECAST_CENTRAL], text));
        say_range(to, sum->earned);
        fprintf(to, "; between all at its worst and all at its best it is %s",
                words_dollars(sum->least, text));
        fprintf(to, " to %s.", words_dollars(sum->most, text));
        if (view->signal->has_revenue && !sum->has_revenue)
                fputs(" The revenue that payers are stated to pay is more than all revenue that is "
                      "stated, so no shares are told.", to);
        if (view->signal->more)
                fprintf(to, " %" PRIu32 " more %s did not fit, and %s not in these figures.",
                        view->signal->more, view->signal->more == 1 ? "contract" : "contracts",
                        view->signal->more == 1 ? "is" : "are");
}

void signal_say_shortly(FILE *to, const struct signal_view *view)
{
        const struct signal_sum *sum = view->sum;
        const struct signal_concept *first;
        char text[SIGNAL_WORDS_MAX], title[TEXT_MAX_LENGTH + 1];

        fprintf(to, "forecast of all contracts %s",
                words_dollars(sum->earned[FORECAST_CENTRAL], text));
        if (!sum->concept_count)
                return;
        first = &sum->concepts[sum->ranked[0]];
        snprintf(title, sizeof(title), "%s", signal_title(view->titles, &first->concept));
        fprintf(to, "; worth most next: %s, ", make_harmless(title));
        if (first->next == 0)
                fputs("though no step changes what is paid", to);
        else
                fprintf(to, "%s a %s", words_dollars(first->next, text),
                        first->total_cost ? "dollar less for each member" : "point");
}
