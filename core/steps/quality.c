/* SPDX-License-Identifier: Apache-2.0 */
/* The score that measures make: of a domain, and of all. */
#include "core/check.h"
#include "core/steps/measuring.h"
#include "core/steps/sense.h"

/* The formulas of LINE_QUALITY_SCORE; those of LINE_QUALITY_BASE are the first two. */
enum way { OF_MEAN, OF_POINTS, WITH_BONUS, TOO_FEW_SCORED };

/* ---- a domain */

static struct exact domain_sum(const struct working *w, enum line_code code,
                               const struct item *domain)
{
        struct exact sum;

        return said(w, code, domain, &sum) ? sum : exact_of(0);
}

/* Says how many are scored where that matters. */
static bool domain_fails(const struct step *step, struct working *w, const struct item *domain)
{
        struct exact scored = domain_sum(w, LINE_DOMAIN_MEASURES, domain);
        struct exact least = exact_of(number_param(w, step, "least_measures"));
        bool fails = exact_cmp(scored, least) < 0;

        if (exact_sign(least) == 0)
                return false;
        say_item(w, LINE_MEASURES_SCORED, exact_sign(scored) > 0 ? 1 : 2, domain, scored);
        say_item(w, LINE_QUALITY_FAILED, 0, domain, exact_of(fails));
        return fails;
}

/* A domain of which nothing is scored counts no more than a measure that is not scored. */
static void score_domain(const struct step *step, struct working *w, const struct item *domain)
{
        struct exact weights = domain_sum(w, LINE_DOMAIN_WEIGHTS, domain), score = exact_of(0);
        struct exact weight = exact_of(number_param(w, step, "weight"));
        bool fails = domain_fails(step, w, domain);

        if (!fails && exact_sign(weights) == 0) {
                say_item(w, LINE_DOMAIN_LEFT_OUT, 0, domain, exact_of(1));
                return;
        }
        if (!fails)
                score = exact_div(domain_sum(w, LINE_DOMAIN_POINTS, domain), weights);
        score = exact_round_decimals(score, SCORE_DECIMALS, ROUND_HALF_AWAY);
        say_item(w, LINE_DOMAIN_SCORE, fails, domain, score);
        say_item(w, LINE_DOMAIN_WEIGHT, 0, domain, weight);
        say_item(w, LINE_DOMAIN_WEIGHTED, 0, domain, exact_mul(weight, score));
}

/* ---- the whole */

/* The score fails where fewer measures are scored than must be. */
static bool fails(const struct step *step, struct working *w)
{
        int64_t least = number_param(w, step, "least_measures");
        struct exact sum;
        size_t scored = said_of_items(w, LINE_MEASURE_SCORE, &sum);

        if (least == 0)
                return false;
        say_form(w, LINE_MEASURES_SCORED, scored ? 0 : 2, exact_of((wide)scored));
        say_flag(w, LINE_QUALITY_FAILED, (int64_t)scored < least);
        return (int64_t)scored < least;
}

/* Of the measures, or of the domains. */
static bool mean(const struct step *step, struct working *w, struct exact *ret)
{
        bool domains = word_is(w, step, "source", "domains");
        struct exact weighted = w->weighted, weights = w->weights;

        if (domains) {
                said_of_items(w, LINE_DOMAIN_WEIGHTED, &weighted);
                said_of_items(w, LINE_DOMAIN_WEIGHT, &weights);
        }
        if (exact_sign(weights) == 0) {
                stop(w, domains ? "no domain has a measure that is scored"
                                : "no measure has enough people eligible to be scored");
                return false;
        }
        *ret = exact_div(weighted, weights);
        say_form(w, LINE_QUALITY_MEAN, domains, *ret);
        return true;
}

static struct exact scaled(const struct step *step, const struct working *w, struct exact score)
{
        struct exact lowest = rate_param(w, step, "lowest");
        struct exact span = exact_sub(rate_param(w, step, "highest"), lowest);

        score = exact_div(exact_sub(score, lowest), span);
        return exact_max(exact_of(0), exact_min(exact_of(1), score));
}

static void say_with_bonus(const struct step *step, struct working *w, enum way way,
                           struct exact score)
{
        struct exact bonus;

        if (!flag_param(w, step, "bonus") ||
            !take_if(w, LINE_QUALITY_BONUS_REPORTED,
                     (struct wanted) { .kind = FACT_QUALITY_BONUS }, &bonus)) {
                say_form(w, LINE_QUALITY_SCORE, (unsigned int)way, score);
                return;
        }
        bonus = exact_min(bonus, rate_param(w, step, "bonus_most"));
        say(w, LINE_QUALITY_BONUS, bonus);
        say_form(w, LINE_QUALITY_BASE, (unsigned int)way, score);
        score = exact_min(exact_of(1), exact_add(score, bonus));
        say_form(w, LINE_QUALITY_SCORE, WITH_BONUS,
                 exact_round_decimals(score, SCORE_DECIMALS, ROUND_HALF_AWAY));
}

void step_composite(const struct step *step, struct working *w)
{
        bool points = word_is(w, step, "source", "points");
        struct exact score;
        struct item domain;

        if (word_is(w, step, "source", "reported"))
                return; /* read where it matters */
        if (item_param(step, "domain", &domain)) {
                score_domain(step, w, &domain);
                return;
        }
        if (fails(step, w)) {
                w->quality_failed = true;
                say_form(w, LINE_QUALITY_SCORE, TOO_FEW_SCORED, exact_of(0));
                return;
        }
        if (points ? take(w, LINE_QUALITY_POINTS, (struct wanted) { .kind = FACT_QUALITY_POINTS },
                          &score)
                   : mean(step, w, &score))
                say_with_bonus(step, w, points ? OF_POINTS : OF_MEAN, scaled(step, w, score));
}

/* ---- lengths */

static struct width width_scaled(struct widths *ws, const struct step *step, struct width score)
{
        struct exact lowest = rate_or(step, "lowest", 0), highest = rate_or(step, "highest", 1);

        if (exact_sign(lowest) == 0 && exact_cmp(highest, exact_of(1)) == 0)
                return score;
        score = width_div(ws, width_add(ws, score, width_of_exact(lowest)),
                          width_of_exact(exact_sub(highest, lowest)));
        return (struct width) { score.den, score.den };
}

/* Scores have nine decimals, and so have their sums; their mean has those of the weights too. */
static struct width width_mean(struct widths *ws, int64_t weights)
{
        struct width sum = width_of(weights, 1);

        return width_div(ws, width_mul(ws, sum, WIDTH_SCORE), sum);
}

static void widths_domain(const struct step *step, struct widths *ws)
{
        const struct param *weight = step_param(step, "weight");

        width_score(ws, width_mean(ws, ws->weights));
        ws->domains += weight ? weight->count : 1;
}

void widths_composite(const struct step *step, struct widths *ws)
{
        const struct param *bonus = step_param(step, "bonus");

        widths_lines(ws, 7);
        if (step_param(step, "domain")) {
                widths_domain(step, ws);
                return;
        }
        ws->quality = WIDTH_RATE;
        if (step_word_is(step, STEP_COMPOSITE, "source", "measures"))
                ws->quality = width_mean(ws, ws->weights);
        else if (step_word_is(step, STEP_COMPOSITE, "source", "domains"))
                ws->quality = width_mean(ws, ws->domains);
        ws->quality = width_scaled(ws, step, ws->quality);
        if (!bonus || !bonus->flag)
                return;
        width_score(ws, width_add(ws, ws->quality, WIDTH_RATE));
        ws->quality = width_either(ws->quality, WIDTH_SCORE);
}
