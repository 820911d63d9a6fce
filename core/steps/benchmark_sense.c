/* SPDX-License-Identifier: Apache-2.0 */
/* Do the steps of the benchmark, taken together, make sense? Each is sound by itself. */
#include "core/check.h"
#include "core/exact.h"
#include "core/inputs.h"
#include "core/params.h"
#include "core/steps/parts.h"
#include "core/terms_check.h"

static bool is(const struct step *step, enum step_code code)
{
        const struct step_info *info = step_info(&step->kind, step->version);

        return info && info->code == code;
}

static bool given(const struct step *step, const char *name)
{
        return step_param(step, name) != NULL;
}

static bool flagged(const struct step *step, enum step_code code, const char *name)
{
        const struct param *param = step_param(step, name);

        return param ? param->flag : param_info(code, name)->otherwise != 0;
}

/* A parameter of baseline steps; of adjust steps. */
static bool baseline_is(const struct step *step, const char *name, const char *word)
{
        return step_word_is(step, STEP_BASELINE, name, word);
}

static bool adjust_is(const struct step *step, const char *name, const char *word)
{
        return step_word_is(step, STEP_ADJUST, name, word);
}

static bool is_year(const struct step *step)
{
        return is(step, STEP_BASELINE) && baseline_is(step, "source", "base_year");
}

static const struct step *first_baseline(const struct terms *terms)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (is(&terms->steps[i], STEP_BASELINE))
                        return &terms->steps[i];
        return NULL;
}

/* ---- categories */

static const struct name *category_of(const struct step *step)
{
        const struct param *category = step_param(step, "category");

        return category && category->type == PARAM_WORD ? &category->word : NULL;
}

static bool is_category(const struct terms *terms, size_t until, const struct name *name)
{
        for (size_t i = 0; i < until; i++) {
                const struct name *category = category_of(&terms->steps[i]);

                if (category && name_equal(category, name))
                        return true;
        }
        return false;
}

/* One that is first said between the baseline steps, or behind them, has lost a base year. */
static bool has_late_category(const struct terms *terms, size_t place)
{
        size_t first = (size_t)(first_baseline(terms) - terms->steps);

        for (size_t i = first; i < place; i++) {
                const struct name *category = category_of(&terms->steps[i]);

                if (category && !is(&terms->steps[i], STEP_BASELINE) &&
                    !is_category(terms, first, category))
                        return true;
        }
        return false;
}

/* ---- base years */

static bool is_last_baseline(const struct terms *terms, size_t place)
{
        for (size_t i = place + 1; i < terms->step_count; i++)
                if (is(&terms->steps[i], STEP_BASELINE))
                        return false;
        return true;
}

static const char *weights_fault(const struct terms *terms, size_t place)
{
        struct exact sum = exact_of(0);

        if (!is_last_baseline(terms, place))
                return NULL;
        if (common_weight(terms) == 0)
                return "the weights of the base years have no short common denominator: "
                       "use fewer decimals";
        for (size_t i = 0; i <= place; i++)
                if (is_year(&terms->steps[i]))
                        sum = exact_add(sum, exact_of_rate(step_param(&terms->steps[i],
                                                                      "weight")->rate));
        return exact_cmp(sum, exact_of(1)) == 0
                       ? NULL
                       : "the weights of the base years do not add up to one";
}

static const char *year_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];
        int64_t year = step_param(step, "year")->count;

        for (size_t i = 0; i < place; i++)
                if (is_year(&terms->steps[i]) &&
                    step_param(&terms->steps[i], "year")->count == year)
                        return "takes a base year that another step takes already";
        if (terms->period_count && terms->period_count <= PERIODS_MAX &&
            calendar_year((int)year).until > terms->periods[terms->period_count - 1].from)
                return "a base year ends before the last performance period begins";
        if (year == last_base_year(terms) && !baseline_is(step, "trend", "none"))
                return "the latest base year is the one others are trended to: it has no trend";
        if (given(step, "category"))
                return "a base year is of the whole, or of each category: category is for "
                       "amounts of the terms";
        return weights_fault(terms, place);
}

/* ---- amounts */

static const char *one_category_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];
        const struct param *category = step_param(step, "category");

        if (!baseline_is(step, "source", "terms") || !baseline_is(step, "by", "category"))
                return "category is for amounts of the terms by category";
        for (size_t i = 0; i < place; i++) {
                const struct param *other = step_param(&terms->steps[i], "category");

                if (!is(&terms->steps[i], STEP_BASELINE))
                        continue;
                if (!other || name_equal(&other->word, &category->word))
                        return "comes too late: that category has a baseline already";
        }
        return NULL;
}

static const char *amount_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        if (flagged(step, STEP_BASELINE, "risk"))
                return "risk restates base years: an amount has no year of its own";
        if (given(step, "category"))
                return one_category_fault(terms, place);
        return step == first_baseline(terms) ? NULL : product_late(PRODUCT_BASELINE);
}

static const char *baseline_fault(const struct terms *terms, size_t place)
{
        static const char *const sources[] = { "base_year", "terms", "reported", "carried" };
        const struct step *step = &terms->steps[place], *first = first_baseline(terms);

        for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
                if (baseline_is(step, "source", sources[i]) !=
                    baseline_is(first, "source", sources[i]))
                        return "all baseline steps take the same source";
        if (baseline_is(step, "by", "category") != baseline_is(first, "by", "category"))
                return "is by category where the other baseline steps are not, or they are";
        return baseline_is(step, "source", "base_year") ? year_fault(terms, place)
                                                        : amount_fault(terms, place);
}

/* ---- adjustments */

static bool is_kind(const struct terms *terms, size_t place, const char *kind)
{
        return is(&terms->steps[place], STEP_ADJUST) &&
               adjust_is(&terms->steps[place], "kind", kind);
}

static bool is_candidate(const struct terms *terms, size_t place)
{
        return is(&terms->steps[place], STEP_ADJUST) &&
               adjust_is(&terms->steps[place], "apply", "candidate");
}

/* Candidates that wait for the choice at @place, of a kind; any, when @kind is NULL. */
static size_t waiting(const struct terms *terms, size_t place, const char *kind)
{
        size_t count = 0;

        for (size_t i = 0; i < place; i++) {
                if (is_kind(terms, i, "choose"))
                        count = 0;
                else if (is_candidate(terms, i) && (!kind || is_kind(terms, i, kind)))
                        count++;
        }
        return count;
}

static const char *candidate_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        if (!adjust_is(step, "kind", "regional") && !adjust_is(step, "kind", "prior_savings") &&
            !adjust_is(step, "kind", "per_capita"))
                return "is no alternative: only regional, prior_savings and per_capita are";
        if (adjust_is(step, "kind", "per_capita") && waiting(terms, place, "per_capita"))
                return "there is an alternative of that kind already";
        for (size_t i = place + 1; i < terms->step_count; i++)
                if (is_kind(terms, i, "choose"))
                        return NULL;
        return "is an alternative, and no step behind it chooses";
}

static const char *choose_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        if (!waiting(terms, place, NULL))
                return "has nothing to choose from: no step before it is a candidate";
        if (adjust_is(step, "choose", "offset") && !waiting(terms, place, "regional"))
                return "sets alternatives against the regional one, and there is none";
        if (given(step, "cap_down"))
                return "what is chosen has no cap_down: the alternatives have";
        return NULL;
}

/* These belong to the historical benchmark, once. */
static const char *historical_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        for (size_t i = 0; i < place; i++) {
                if (is(&terms->steps[i], STEP_RISK_UPDATE))
                        return product_late(PRODUCT_UPDATED);
                if (is(&terms->steps[i], STEP_ADJUST) && !adjust_is(step, "kind", "choose") &&
                    adjust_is(&terms->steps[i], "kind", "regional") ==
                            adjust_is(step, "kind", "regional") &&
                    adjust_is(&terms->steps[i], "kind", "prior_savings") ==
                            adjust_is(step, "kind", "prior_savings"))
                        return "comes too late: there is an adjustment of that kind already";
        }
        if (adjust_is(step, "kind", "prior_savings") && last_base_year(terms) == 0)
                return "needs base years: savings before are those of the base years";
        if (!adjust_is(step, "kind", "prior_savings") && adjust_is(step, "by", "category") &&
            last_base_year(terms) == 0)
                return "needs base years: categories' shares are those of the latest";
        return NULL;
}

static const char *capped_fault(const struct step *step)
{
        if ((given(step, "cap_up") || given(step, "cap_down")) &&
            (adjust_is(step, "kind", "rate") || adjust_is(step, "kind", "reference") ||
             adjust_is(step, "kind", "budget")))
                return "caps hold amounts per person-year: rates and budgets have none";
        if (adjust_is(step, "kind", "budget") && adjust_is(step, "by", "category"))
                return "an adjustment of a budget is of the whole";
        return NULL;
}

static const char *adjust_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];
        const struct param *item = step_param(step, "item");
        const char *says = capped_fault(step);

        /* Lines of a category are told from lines of a fact by their items. */
        if (!says && item && is_category(terms, terms->step_count, &item->word))
                says = "the adjustment is named like a category";
        if (!says && adjust_is(step, "by", "category") !=
                             baseline_is(first_baseline(terms), "by", "category"))
                says = "is by category where the baseline is not, or the baseline is";
        if (!says && adjust_is(step, "apply", "candidate"))
                says = candidate_fault(terms, place);
        if (!says && adjust_is(step, "kind", "choose"))
                says = choose_fault(terms, place);
        if (!says && (adjust_is(step, "kind", "regional") || adjust_is(step, "kind", "choose") ||
                      adjust_is(step, "kind", "prior_savings")))
                says = historical_fault(terms, place);
        return says;
}

/* ---- risk and update */

static const char *risk_fault(const struct terms *terms, const struct step *step)
{
        bool caps = given(step, "cap_up") || given(step, "cap_down");
        bool risk = flagged(step, STEP_RISK_UPDATE, "risk");
        bool aggregate = step_word_is(step, STEP_RISK_UPDATE, "scope", "aggregate");
        bool demographic = flagged(step, STEP_RISK_UPDATE, "demographic");

        if (!risk && step_word_is(step, STEP_RISK_UPDATE, "update", "none"))
                return "changes nothing: give risk or update";
        if (!risk && (caps || aggregate || demographic))
                return "caps hold the risk, and risk is false";
        if (risk && !caps && (aggregate || demographic))
                return "has no cap: give cap_up or cap_down";
        if (aggregate && !step_word_is(step, STEP_RISK_UPDATE, "by", "category"))
                return "holds all categories together, and the baseline is one figure";
        if (risk && !given(step, "reference_year") && last_base_year(terms) == 0)
                return "needs base years, or a reference_year: the year whose risk the "
                       "baseline has";
        return NULL;
}

static const char *update_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        if (step_word_is(step, STEP_RISK_UPDATE, "by", "category") !=
            baseline_is(first_baseline(terms), "by", "category"))
                return "is by category where the baseline is not, or the baseline is";
        if ((given(step, "guardrail_up") || given(step, "guardrail_down")) &&
            !step_word_is(step, STEP_RISK_UPDATE, "update", "three_way"))
                return "a guardrail holds a three-way update, and it is another";
        return risk_fault(terms, step);
}

const char *benchmark_fault(const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];

        if (!first_baseline(terms) || (!is(step, STEP_BASELINE) && !is(step, STEP_ADJUST) &&
                                       !is(step, STEP_RISK_UPDATE)))
                return NULL;    /* what needs a baseline, and has none, says so */
        if (baseline_is(first_baseline(terms), "by", "category") &&
            has_late_category(terms, place))
                return "a category is said only behind the first baseline step: it has no baseline";
        if (is(step, STEP_BASELINE))
                return baseline_fault(terms, place);
        return is(step, STEP_ADJUST) ? adjust_fault(terms, place) : update_fault(terms, place);
}
