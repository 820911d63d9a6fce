/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What care was expected to cost: reported, the baseline as it stands, or given in the terms; a
 * total, or an amount for each person-year, month or episode; of the whole, or of categories.
 */
#include "core/check.h"
#include "core/steps/sense.h"
#include "core/steps/volume.h"
#include "core/widths.h"

/* Which formula of its line makes a figure. */
enum total_form {
        TOTAL_BY_YEARS, TOTAL_BY_MONTHS, TOTAL_BY_EPISODES, TOTAL_SUMMED, TOTAL_GIVEN,
        TOTAL_OF_PREMIUM, TOTAL_OF_BASELINE, TOTAL_AT_RISK,
};
enum each_form { EACH_GIVEN, EACH_OF_BASELINE, EACH_AT_RISK, EACH_MEAN };

/* What is priced by a volume. */
struct priced_by {
        const char *word;
        enum fact_kind kind;
        enum line_code line;
        enum volume volume;
        enum total_form form;
        const char *too_much;
};

static const struct priced_by units[] = {
        { "per_capita", FACT_BENCHMARK_PER_CAPITA, LINE_BENCHMARK_EACH, VOLUME_YEARS,
          TOTAL_BY_YEARS,
          "the amount per person-year times the person-years is more than money can be" },
        { "pmpm", FACT_BENCHMARK_PMPM, LINE_BENCHMARK_PMPM, VOLUME_MONTHS, TOTAL_BY_MONTHS,
          "the amount per member and month times the months is more than money can be" },
        { "episode", FACT_EPISODE_PRICE, LINE_EPISODE_PRICE, VOLUME_EPISODES, TOTAL_BY_EPISODES,
          "the price of an episode times the episodes is more than money can be" },
};

#define PER_CAPITA (&units[0])
#define ALL_TOO_MUCH "the benchmark of all categories is more than money can be"
#define RISK_TOO_MUCH "the benchmark times the risk score is more than money can be"
#define EACH_TOO_MUCH "the benchmark for each is more than an amount per person can be"

struct price {
        struct exact each, volume, total;
};

struct sums {
        struct exact weighted, volume, total;
};

static const struct priced_by *unit_of(const struct step *step, const struct working *w)
{
        for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
                if (word_is(w, step, "unit", units[i].word))
                        return &units[i];
        return NULL;
}

/* Rounded to decimals of a dollar; figures are cents. */
static struct exact rounded(const struct step *step, const struct working *w, struct exact each)
{
        return exact_round_decimals(each, (int)number_param(w, step, "decimals") - 2,
                                    ROUND_HALF_AWAY);
}

static struct exact to_the_cent(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

static bool risk_of(struct working *w, const struct item *item, struct exact *ret)
{
        return take(w, LINE_TARGET_RISK, (struct wanted) { .kind = FACT_RISK_SCORE, .item = item },
                    ret);
}

/* The baseline of the category; where there is none, the one of all. */
static bool baseline_of(struct working *w, const struct item *item, struct exact *ret)
{
        if (held_of(w, FEED_BASELINE, item, ret) || held_of(w, FEED_BASELINE, NULL, ret))
                return true;
        stop(w, "there is no baseline of a category that the target is of");
        return false;
}

static bool each_of(const struct step *step, struct working *w, const struct priced_by *unit,
                    const struct item *item, struct exact *ret)
{
        if (word_is(w, step, "source", "reported"))
                return take(w, unit->line, (struct wanted) { .kind = unit->kind, .item = item },
                            ret);
        if (word_is(w, step, "source", "terms")) {
                *ret = exact_of(number_param(w, step, "amount"));
                say_item(w, unit->line, EACH_GIVEN, item, *ret);
                return true;
        }
        if (!baseline_of(w, item, ret) || !money_within(w, *ret, EACH_TOO_MUCH))
                return false;
        *ret = rounded(step, w, *ret);
        say_item(w, unit->line, EACH_OF_BASELINE, item, *ret);
        return true;
}

static bool each_at_risk(const struct step *step, struct working *w, const struct priced_by *unit,
                         const struct item *item, struct exact *each)
{
        struct exact score;

        if (!flag_param(w, step, "risk"))
                return true;
        if (!risk_of(w, item, &score))
                return false;
        if (exact_cmp(*each, exact_of(PER_CAPITA_MAX)) > 0 ||
            exact_cmp(*each, exact_of(-PER_CAPITA_MAX)) < 0) {
                stop(w, EACH_TOO_MUCH);
                return false;
        }
        *each = rounded(step, w, exact_mul(*each, score));
        say_item(w, unit->line, EACH_AT_RISK, item, *each);
        return true;
}

static bool by_volume(const struct step *step, struct working *w, const struct priced_by *unit,
                      const struct item *item, struct price *price)
{
        if (!each_of(step, w, unit, item, &price->each) ||
            !each_at_risk(step, w, unit, item, &price->each) ||
            !volume_need(w, unit->volume, item, &price->volume) ||
            !priced(w, price->each, price->volume, unit->too_much, &price->total))
                return false;
        say_item(w, LINE_BENCHMARK, unit->form, item, price->total);
        return true;
}

static bool of_premium(const struct step *step, struct working *w, const struct item *item,
                       struct exact *ret)
{
        struct exact premium;

        if (!take(w, LINE_PREMIUM_REVENUE,
                  (struct wanted) { .kind = FACT_PREMIUM_REVENUE, .item = item }, &premium) ||
            !priced(w, rate_param(w, step, "rate"), premium, ALL_TOO_MUCH, ret))
                return false;
        say_item(w, LINE_BENCHMARK, TOTAL_OF_PREMIUM, item, *ret);
        return true;
}

static bool of_baseline(struct working *w, const struct item *item, struct exact *ret)
{
        if (!baseline_of(w, item, ret) || !money_within(w, *ret, ALL_TOO_MUCH))
                return false;
        *ret = to_the_cent(*ret);
        say_item(w, LINE_BENCHMARK, TOTAL_OF_BASELINE, item, *ret);
        return true;
}

static bool total_of(const struct step *step, struct working *w, const struct item *item,
                     struct exact *ret)
{
        if (word_is(w, step, "unit", "premium"))
                return of_premium(step, w, item, ret);
        if (word_is(w, step, "unit", "budget"))
                return of_baseline(w, item, ret);
        if (word_is(w, step, "source", "reported"))
                return take(w, LINE_BENCHMARK,
                            (struct wanted) { .kind = FACT_BENCHMARK, .item = item }, ret);
        *ret = exact_of(number_param(w, step, "amount"));
        say_item(w, LINE_BENCHMARK, TOTAL_GIVEN, item, *ret);
        return true;
}

static bool total_at_risk(const struct step *step, struct working *w, const struct item *item,
                          struct exact *total)
{
        struct exact score;

        if (!flag_param(w, step, "risk"))
                return true;
        if (!risk_of(w, item, &score) || !priced(w, *total, score, RISK_TOO_MUCH, total))
                return false;
        say_item(w, LINE_BENCHMARK, TOTAL_AT_RISK, item, *total);
        return true;
}

static bool price_of(const struct step *step, struct working *w, const struct item *item,
                     struct price *price)
{
        const struct priced_by *unit = unit_of(step, w);

        *price = (struct price) { { 0, 1 }, { 0, 1 }, { 0, 1 } };
        if (unit)
                return by_volume(step, w, unit, item, price);
        return total_of(step, w, item, &price->total) &&
               total_at_risk(step, w, item, &price->total);
}

static bool sums_add(struct working *w, struct sums *sums, const struct price *price)
{
        sums->weighted = exact_add(sums->weighted, exact_mul(price->each, price->volume));
        sums->volume = exact_add(sums->volume, price->volume);
        sums->total = exact_add(sums->total, price->total);
        return money_within(w, sums->weighted, ALL_TOO_MUCH) &&
               money_within(w, sums->total, ALL_TOO_MUCH);
}

/* Per person-year, of all: the categories' amounts, weighed by their person-years. */
static void total_of_mean(const struct step *step, struct working *w, const struct sums *sums)
{
        struct exact each, years, total;

        if (exact_sign(sums->volume) <= 0) {
                stop(w, "the categories have no person-years: their amounts cannot be weighed");
                return;
        }
        if (!is_held(w, FEED_YEARS))
                volume_sum(w, VOLUME_YEARS);
        years = held(w, FEED_YEARS);
        each = rounded(step, w, exact_div(sums->weighted, sums->volume));
        say_form(w, LINE_BENCHMARK_EACH, EACH_MEAN, each);
        if (priced(w, each, years, PER_CAPITA->too_much, &total))
                say_form(w, LINE_BENCHMARK, TOTAL_BY_YEARS, total);
}

static void by_category(const struct step *step, struct working *w)
{
        struct sums sums = { { 0, 1 }, { 0, 1 }, { 0, 1 } };
        struct price price;

        for (size_t i = 0; i < w->category_count; i++)
                if (!price_of(step, w, category_item(w, i), &price) || !sums_add(w, &sums, &price))
                        return;
        if (unit_of(step, w) == PER_CAPITA)
                total_of_mean(step, w, &sums);
        else
                say_form(w, LINE_BENCHMARK, TOTAL_SUMMED, sums.total);
}

/* One category more: the whole is the sum of those so far. */
static void one_more(const struct step *step, struct working *w, const struct item *item)
{
        struct exact sum = exact_of(0), part;
        struct price price;

        category_add(w, item);
        if (!price_of(step, w, item, &price))
                return;
        for (size_t i = 0; i < w->category_count; i++)
                if (held_part(w, FEED_BENCHMARK, i, &part))
                        sum = exact_add(sum, part);
        if (money_within(w, sum, ALL_TOO_MUCH))
                say_form(w, LINE_BENCHMARK, TOTAL_SUMMED, sum);
}

void step_target(const struct step *step, struct working *w)
{
        struct price price;
        struct item item;

        if (item_param(step, "category", &item)) {
                one_more(step, w, &item);
                return;
        }
        if (word_is(w, step, "by", "category"))
                by_category(step, w);
        else
                price_of(step, w, NULL, &price);
        if (w->stopped)
                return;
        if (exact_sign(held(w, FEED_BENCHMARK)) == 0)
                stop(w, "the benchmark is zero: no rate of savings can be taken of it");
        else if (exact_sign(held(w, FEED_BENCHMARK)) < 0)
                stop(w, "the benchmark is below zero: nothing can be saved against it");
}

void widths_target(const struct step *step, struct widths *ws)
{
        const struct param *risk = step_param(step, "risk");
        size_t each = 2, parts = 1;

        /* Held to what money can be before, as the expenditure is. */
        width_mul(ws, WIDTH_MONEY, WIDTH_RATE);
        if (step_word_is(step, STEP_TARGET, "unit", "per_capita"))
                each += 2;
        else if (!step_word_is(step, STEP_TARGET, "unit", "total"))
                each += 1;
        if (risk && risk->flag)
                each += 2;
        if (step_word_is(step, STEP_TARGET, "by", "category"))
                parts += ws->category_count;
        if (step_param(step, "category"))
                widths_lines(ws, 1); /* the whole so far */
        widths_lines(ws, each * parts);
}

/* What only one unit or source takes would be lost on the others. */
static const char *lost_param(const struct step *step)
{
        if (step_param(step, "amount") && !step_word_is(step, STEP_TARGET, "source", "terms"))
                return "amount is for a target whose source is terms";
        if (step_param(step, "rate") && !step_word_is(step, STEP_TARGET, "unit", "premium"))
                return "rate is for a target whose unit is premium";
        if (step_param(step, "category") && step_word_is(step, STEP_TARGET, "by", "category"))
                return "is of one category, or by category: not both";
        return NULL;
}

static const char *odd_source(const struct step *step)
{
        const struct param *source = step_param(step, "source");

        if (step_word_is(step, STEP_TARGET, "unit", "total") &&
            step_word_is(step, STEP_TARGET, "source", "baseline"))
                return "the baseline as a total is unit budget";
        if (source && step_word_is(step, STEP_TARGET, "unit", "budget") &&
            strcmp(source->word.text, "baseline") != 0)
                return "a budget is the baseline: give no other source";
        if (source && step_word_is(step, STEP_TARGET, "unit", "premium") &&
            strcmp(source->word.text, "reported") != 0)
                return "the premium is reported: give no other source";
        return NULL;
}

/* What a fact of the same unit could be. */
static const char *large_amount(const struct step *step)
{
        const struct param *amount = step_param(step, "amount");
        bool each = step_word_is(step, STEP_TARGET, "unit", "per_capita") ||
                    step_word_is(step, STEP_TARGET, "unit", "episode");

        if (!amount)
                return NULL;
        if ((each && amount->cents > PER_CAPITA_MAX) ||
            (step_word_is(step, STEP_TARGET, "unit", "pmpm") && amount->cents > PMPM_MAX))
                return "amount is more than one person, month or episode can cost";
        return NULL;
}

const char *sense_target(const struct terms *terms, const struct step *step)
{
        const char *says = lost_param(step);

        (void)terms;
        says = says ? says : odd_source(step);
        return says ? says : large_amount(step);
}
