/* SPDX-License-Identifier: Apache-2.0 */
/* How far a small panel's own savings are trusted, and what stands in for the rest. */
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"
#include "core/working.h"

#define MILLION 1000000
#define BUHLMANN_DECIMALS 9

enum credibility_form { CREDIBILITY_LIMITED, CREDIBILITY_BUHLMANN };

static struct exact limited(const struct step *step, const struct working *w)
{
        struct exact ratio = exact_div(held(w, FEED_PANEL), rate_param(w, step, "full"));
        wide root = exact_isqrt(exact_mul(ratio, exact_of((wide)MILLION * MILLION)));

        return exact_min(exact_of(1), exact_ratio(root, MILLION));
}

static struct exact buhlmann(const struct step *step, const struct working *w)
{
        struct exact people = held(w, FEED_PANEL);
        struct exact part = exact_div(people, exact_add(people, rate_param(w, step, "k")));

        return exact_round_decimals(part, BUHLMANN_DECIMALS, ROUND_HALF_AWAY);
}

static bool complement_rate(const struct step *step, struct working *w, struct exact *ret)
{
        struct item item;

        if (item_param(step, "complement_item", &item))
                return take(w, LINE_COMPLEMENT,
                            (struct wanted) { FACT_REFERENCE_RATE, &item, { 0, 0 } }, ret);
        *ret = rate_param(w, step, "complement");
        say(w, LINE_COMPLEMENT, *ret);
        return true;
}

static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

void step_credibility(const struct step *step, struct working *w)
{
        static const char too_much[] = "the credited savings are more than money can be";
        bool is_limited = word_is(w, step, "method", "limited");
        struct exact own = held(w, FEED_SAVINGS), benchmark = held(w, FEED_BENCHMARK);
        struct exact part = is_limited ? limited(step, w) : buhlmann(step, w);
        struct exact rate, other, credited;

        say_form(w, LINE_CREDIBILITY, is_limited ? CREDIBILITY_LIMITED : CREDIBILITY_BUHLMANN,
                 part);
        if (!complement_rate(step, w, &rate))
                return;
        other = to_the_cent(exact_mul(rate, benchmark));
        say(w, LINE_COMPLEMENT_SAVINGS, other);
        credited = to_the_cent(exact_add(other, exact_mul(part, exact_sub(own, other))));
        if (!money_within(w, credited, too_much))
                return;
        say(w, LINE_CREDITED, credited);
        assert(exact_sign(benchmark) > 0);
        say(w, LINE_CREDITED_RATE, exact_div(credited, benchmark));
}

void widths_credibility(const struct step *step, struct widths *ws)
{
        const struct width nine_decimals = { 30, 30 }, trillion = { 40, 0 };
        const struct width complement = { 64, 0 };      /* a reported rate is up to 1000 */
        struct width people, difference;

        if (step_word_is(step, STEP_CREDIBILITY, "method", "limited")) {
                people = width_div(ws, WIDTH_COUNT, width_rate_param(step, "full"));
                width_mul(ws, people, trillion);
        } else {
                people = width_add(ws, WIDTH_COUNT, width_rate_param(step, "k"));
                width_mul(ws, width_div(ws, WIDTH_COUNT, people), nine_decimals);
        }
        width_mul(ws, WIDTH_RATE, WIDTH_MONEY);
        difference = width_add(ws, ws->generated, complement);
        width_add(ws, complement, width_mul(ws, nine_decimals, difference));
        ws->generated = WIDTH_MONEY;
        widths_lines(ws, 5);
}

const char *sense_credibility(const struct terms *terms, const struct step *step)
{
        (void)terms;
        if (!step_param(step, "complement") == !step_param(step, "complement_item"))
                return "give complement or complement_item, one of the two";
        return NULL;
}
