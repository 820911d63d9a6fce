/* SPDX-License-Identifier: Apache-2.0 */
/* One measure: its score, or what stands for it, and what it weighs. */
#include "core/check.h"
#include "core/steps/measuring.h"

/* Sums of the domain so far, the first of which has nothing to be added to. */
static void add_up(const struct measuring *m, enum line_code code, const struct item *domain,
                   struct exact figure)
{
        struct exact before;
        bool first = !said(m->w, code, domain, &before);

        say_item(m->w, code, !first, domain, first ? figure : exact_add(before, figure));
}

static void weigh(const struct measuring *m, bool scored, struct exact score)
{
        struct exact weight = exact_of(number_param(m->w, m->step, "weight"));
        struct exact weighted = exact_mul(weight, score);
        struct item domain;

        say_item(m->w, LINE_MEASURE_WEIGHT, 0, &m->item, weight);
        say_item(m->w, LINE_MEASURE_WEIGHTED, !scored, &m->item, weighted);
        m->w->weights = exact_add(m->w->weights, weight);
        m->w->weighted = exact_add(m->w->weighted, weighted);
        if (!item_param(m->step, "domain", &domain))
                return;
        if (scored)
                add_up(m, LINE_DOMAIN_MEASURES, &domain, exact_of(1));
        add_up(m, LINE_DOMAIN_WEIGHTS, &domain, weight);
        add_up(m, LINE_DOMAIN_POINTS, &domain, weighted);
}

/* By the word of parameter @name: left out, nothing, or the neutral score. */
static void assume(const struct measuring *m, const char *name)
{
        bool neutral = word_is(m->w, m->step, name, "neutral");
        struct exact score = exact_of(0);

        if (word_is(m->w, m->step, name, "drop"))
                return;
        if (neutral)
                score = rate_param(m->w, m->step, "neutral");
        score = exact_round_decimals(score, SCORE_DECIMALS, ROUND_HALF_AWAY);
        say_item(m->w, LINE_MEASURE_ASSUMED, neutral, &m->item, score);
        weigh(m, false, score);
}

void step_measure(const struct step *step, struct working *w)
{
        struct measuring m = { .step = step, .w = w };
        struct exact score;

        item_param(step, "measure", &m.item);
        switch (score_by_scale(&m, &score)) {
        case SCORED:
                weigh(&m, true, score);
                break;
        case TOO_FEW:
                assume(&m, "few");
                break;
        case NOT_REPORTED:
                say_item(w, LINE_MEASURE_MISSING, 0, &m.item, exact_of(1));
                assume(&m, "missing");
                break;
        case STOPPED:
                break;
        }
}

void widths_measure(const struct step *step, struct widths *ws)
{
        const struct param *weight = step_param(step, "weight");

        widths_scale(step, ws);
        widths_lines(ws, step_param(step, "domain") ? 3 : 0);
        ws->weights += weight ? weight->count : 1;
}
