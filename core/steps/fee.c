/* SPDX-License-Identifier: Apache-2.0 */
/* Fees: what is paid for people, months, results or as a part of something; part of it at risk. */
#include "core/bands.h"
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/widths.h"
#include "core/working.h"

#define FACTOR_DECIMALS 9
#define UPSTREAM_MAX STOPLOSS_CLAIMS_MAX        /* as many as find_all() is counted for */

enum part_form { FLAT, BY_MONTHS, BY_MONTHS_OF_CATEGORY, BY_PEOPLE, BY_BASE };
enum base_form { BASE_BENCHMARK, BASE_EXPENDITURE, BASE_UPSTREAM, BASE_OF_CATEGORY };
enum factor_form { FACTOR_QUALITY, FACTOR_MEASURE, TABLE_OF_QUALITY, TABLE_OF_MEASURE };
enum fee_form { FEE_SAFE, FEE_AT_RISK };
enum prepaid_form { PREPAID_ALL, PREPAID_OF_CATEGORY };
enum with_form { WITH_FEE, WITH_FEE_LESS_PREPAID };

static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

/*
 * The fact of the step's category, which has a line of its own, or of the whole. A tier is a name
 * of its own: declared as a part of the people it would have its part of a pool.
 */
static bool take_of_category(const struct step *step, struct working *w, enum fact_kind kind,
                             enum line_code whole, enum line_code of_category, struct exact *ret)
{
        struct item item;

        if (!item_param(step, "category", &item))
                return take(w, whole, (struct wanted) { .kind = kind }, ret);
        return take(w, of_category, (struct wanted) { kind, &item, { 0, 0 } }, ret);
}

static void add_part(struct working *w, enum part_form form, struct exact part, struct exact *due)
{
        *due = exact_add(*due, part);
        say_form(w, LINE_FEE_SO_FAR, form, *due);
}

static bool add_months(const struct step *step, struct working *w, struct exact *due)
{
        struct exact months, each = exact_of(number_param(w, step, "pmpm"));

        if (exact_sign(each) == 0)
                return true;
        if (!take_of_category(step, w, FACT_MEMBER_MONTHS, LINE_MEMBER_MONTHS,
                              LINE_MONTHS_OF_CATEGORY, &months))
                return false;
        add_part(w, has_param(step, "category") ? BY_MONTHS_OF_CATEGORY : BY_MONTHS,
                 exact_mul(each, months), due);
        return true;
}

static bool add_people(const struct step *step, struct working *w, struct exact *due)
{
        struct exact people, each = exact_of(number_param(w, step, "each"));
        struct item measure;

        if (exact_sign(each) == 0)
                return true;
        item_param(step, "measure", &measure);
        if (!take(w, LINE_FEE_COUNT, (struct wanted) { FACT_MEASURE_NUMERATOR, &measure, { 0, 0 } },
                  &people))
                return false;
        add_part(w, BY_PEOPLE, exact_mul(each, people), due);
        return true;
}

/* ---- a part of something */

/* All amounts of other contracts' statements; none at all is one that is missing. */
static bool upstream(struct working *w, struct exact *ret)
{
        const struct fact *found[UPSTREAM_MAX];
        size_t count = find_all(w, FACT_UPSTREAM_AMOUNT, found, UPSTREAM_MAX);

        *ret = exact_of(0);
        if (count == 0)
                return take(w, LINE_UPSTREAM, (struct wanted) { .kind = FACT_UPSTREAM_AMOUNT },
                            ret);
        if (count > UPSTREAM_MAX) {
                stop(w, "there are more amounts of other contracts than a statement holds");
                return false;
        }
        for (size_t i = 0; i < count; i++) {
                if (!found[i]->key.item.text[0]) {
                        stop(w, "an amount of another contract does not say of which statement");
                        return false;
                }
                *ret = exact_add(*ret, take_found(w, LINE_UPSTREAM, found[i]));
        }
        return true;
}

static bool reported_base(const struct step *step, struct working *w, struct exact *ret)
{
        if (!take_of_category(step, w, FACT_FEE_BASE, LINE_FEE_BASE, LINE_FEE_BASE_OF, ret))
                return false;
        if (has_param(step, "category"))
                say_form(w, LINE_FEE_BASE, BASE_OF_CATEGORY, *ret);
        return true;
}

static bool base_of(const struct step *step, struct working *w, struct exact *ret)
{
        enum base_form form = BASE_BENCHMARK;

        if (word_is(w, step, "base", "revenue"))
                return take(w, LINE_FEE_BASE, (struct wanted) { .kind = FACT_PARTICIPANT_REVENUE },
                            ret);
        if (word_is(w, step, "base", "premium"))
                return take(w, LINE_FEE_BASE, (struct wanted) { .kind = FACT_PREMIUM_REVENUE },
                            ret);
        if (word_is(w, step, "base", "reported"))
                return reported_base(step, w, ret);
        if (word_is(w, step, "base", "upstream")) {
                form = BASE_UPSTREAM;
                if (!upstream(w, ret))
                        return false;
        } else if (word_is(w, step, "base", "expenditure")) {
                form = BASE_EXPENDITURE;
                *ret = held(w, FEED_EXPENDITURE);
        } else {
                *ret = held(w, FEED_BENCHMARK);
        }
        say_form(w, LINE_FEE_BASE, form, *ret);
        return true;
}

static bool add_share(const struct step *step, struct working *w, struct exact *due)
{
        struct exact base;

        if (word_is(w, step, "base", "none"))
                return true;
        if (!base_of(step, w, &base))
                return false;
        add_part(w, BY_BASE, to_the_cent(exact_mul(rate_param(w, step, "share"), base)), due);
        return true;
}

/* ---- what of the part at risk is earned */

static const struct line *score_line(const struct working *w, const struct item *measure)
{
        const struct statement *to = w->to;

        for (size_t i = to->line_count; i-- > 0;) {
                const struct line *line = &to->lines[i];

                if (line->code == LINE_MEASURE_SCORE && line->item &&
                    item_equal(line_item(to, line), measure))
                        return line;
        }
        return NULL;
}

/* The score that a measure step made, else the one reported. */
static bool score_of(const struct step *step, struct working *w, struct exact *ret)
{
        const struct line *line;
        struct item measure;

        item_param(step, "measure_score", &measure);
        line = score_line(w, &measure);
        if (!line)
                return take(w, LINE_FEE_SCORE,
                            (struct wanted) { FACT_MEASURE_SCORE, &measure, { 0, 0 } }, ret);
        *ret = (struct exact) { line->num, line->den };
        say_item(w, LINE_FEE_SCORE, 0, &measure, *ret);
        return true;
}

static bool factor_of(const struct step *step, struct working *w, struct exact *ret)
{
        bool measure = word_is(w, step, "by", "measure");

        if (!(measure ? score_of(step, w, ret) : need_quality(w, ret)))
                return false;
        if (!has_param(step, "bands")) {
                say_form(w, LINE_FEE_FACTOR, measure ? FACTOR_MEASURE : FACTOR_QUALITY, *ret);
                return true;
        }
        if (!bands_rate(w->terms, step, "bands", *ret, ret)) {
                stop(w, "the table of what a score earns says nothing for this score");
                return false;
        }
        *ret = exact_round_decimals(*ret, FACTOR_DECIMALS, ROUND_HALF_AWAY);
        say_form(w, LINE_FEE_FACTOR, measure ? TABLE_OF_MEASURE : TABLE_OF_QUALITY, *ret);
        return true;
}

/* The safe part, and of the rest what quality earns. */
static bool earned_of(const struct step *step, struct working *w, struct exact due,
                      struct exact *ret)
{
        struct exact risk = rate_param(w, step, "at_risk"), part = exact_of(1);

        if (exact_sign(risk) > 0) {
                if (!factor_of(step, w, &part))
                        return false;
                part = exact_add(exact_sub(exact_of(1), risk), exact_mul(risk, part));
        }
        *ret = to_the_cent(exact_mul(due, part));
        say_form(w, LINE_FEE, exact_sign(risk) > 0 ? FEE_AT_RISK : FEE_SAFE, *ret);
        return true;
}

static bool prepaid_of(const struct step *step, struct working *w, struct exact due,
                       struct exact *ret)
{
        *ret = exact_of(0);
        if (word_is(w, step, "prepaid", "none"))
                return true;
        if (word_is(w, step, "prepaid", "all")) {
                *ret = to_the_cent(due);
                say_form(w, LINE_FEE_PREPAID, PREPAID_ALL, *ret);
                return true;
        }
        if (!take_of_category(step, w, FACT_FEE_PAID, LINE_FEE_PREPAID, LINE_FEE_PREPAID_OF, ret))
                return false;
        if (has_param(step, "category"))
                say_form(w, LINE_FEE_PREPAID, PREPAID_OF_CATEGORY, *ret);
        return true;
}

/* To the cent, so that a fee beside a share keeps the sum short; it is an amount of its own. */
void step_fee(const struct step *step, struct working *w)
{
        struct exact due = exact_of(0), fee, prepaid;
        bool net = !word_is(w, step, "prepaid", "none");

        add_part(w, FLAT, exact_of(number_param(w, step, "flat")), &due);
        if (!add_months(step, w, &due) || !add_people(step, w, &due) || !add_share(step, w, &due))
                return;
        say(w, LINE_FEE_DUE, due);
        if (!earned_of(step, w, due, &fee) || !prepaid_of(step, w, due, &prepaid))
                return;
        say_form(w, LINE_WITH_FEE, net ? WITH_FEE_LESS_PREPAID : WITH_FEE,
                 exact_sub(exact_add(held(w, FEED_AMOUNT), fee), prepaid));
}

/* ---- lengths */

/* An amount of the terms, which are what they are. */
static struct width width_cents(const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        return param ? width_of(param->cents, 1) : (struct width) { 0, 0 };
}

static struct width width_due(const struct step *step, struct widths *ws)
{
        struct width due = width_cents(step, "flat");

        due = width_add(ws, due, width_mul(ws, width_cents(step, "pmpm"), WIDTH_COUNT));
        due = width_add(ws, due, width_mul(ws, width_cents(step, "each"), WIDTH_COUNT));
        if (!step_word_is(step, STEP_FEE, "base", "none")) {
                width_mul(ws, width_rate_param(step, "share"), (struct width) { 62, 0 });
                due = width_add(ws, due, (struct width) { 62, 0 });     /* UPSTREAM_MAX amounts */
        }
        return due;
}

static struct width width_factor(const struct step *step, struct widths *ws)
{
        const struct width nine_decimals = { 31, 30 };
        struct width score = step_param(step, "measure_score") ? WIDTH_RATE : ws->quality;

        if (!step_param(step, "bands"))
                return score;
        width_mul(ws, width_bands_rate(ws, step, "bands", score), nine_decimals);
        return nine_decimals;
}

void widths_fee(const struct step *step, struct widths *ws)
{
        struct width due = width_due(step, ws);
        struct width risk = width_rate_param(step, "at_risk");
        struct width part = width_add(ws, width_rest(risk),
                                      width_mul(ws, risk, width_factor(step, ws)));

        /* A part of one at risk, earned by a score up to one: no more than one. */
        if (!step_param(step, "bands"))
                part.num = part.den;
        width_mul(ws, due, part);
        ws->amount = width_add(ws, ws->amount, due);
        if (!step_word_is(step, STEP_FEE, "prepaid", "none"))
                ws->amount = width_add(ws, ws->amount, due);
        widths_lines(ws, 16);
        if (step_word_is(step, STEP_FEE, "base", "upstream"))
                widths_lines(ws, UPSTREAM_MAX);
}

/* ---- what must fit */

static const char *sense_parts(const struct step *step)
{
        bool base = !step_word_is(step, STEP_FEE, "base", "none");

        if (!step_param(step, "flat") && !step_param(step, "pmpm") && !step_param(step, "each") &&
            !base)
                return "is no fee: give flat or pmpm, each or a share of a base";
        if (!step_param(step, "each") != !step_param(step, "measure"))
                return "each is for people who met a measure: give both or neither";
        if (!step_param(step, "share") != !base)
                return "share is a part of a base: give both or neither";
        return NULL;
}

const char *sense_fee(const struct terms *terms, const struct step *step)
{
        bool measure = step_word_is(step, STEP_FEE, "by", "measure");
        bool quality = step_word_is(step, STEP_FEE, "by", "quality");
        const char *wrong = sense_parts(step);

        (void)terms;
        if (wrong)
                return wrong;
        if (!quality && exact_sign(rate_or(step, "at_risk", 0)) == 0)
                return "nothing of the fee is at risk: give at_risk where by is";
        if (!measure && step_param(step, "measure_score"))
                return "measure_score decides where by is measure";
        if (quality && step_param(step, "bands"))
                return "bands decide where by is table or measure";
        return NULL;
}
