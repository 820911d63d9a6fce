/* SPDX-License-Identifier: Apache-2.0 */
/* What terms pay for: measures, scores that are reported, total cost. By what their steps read. */
#include <string.h>

#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/steps.h"

/* A row as it is found. */
struct finding {
        struct probing *x;
        const struct charter *charter;
        const struct step *step;
        const struct input *input;
};

static struct incentive *row_of(struct incentives *to, enum incentive_of of,
                                const struct item *item)
{
        for (size_t i = 0; i < to->count; i++)
                if (to->rows[i].of == of && item_equal(&to->rows[i].item, item))
                        return &to->rows[i];
        return NULL;
}

/* NULL: no more is told of one contract. */
static struct incentive *row_add(struct finding *f, enum incentive_of of, const struct item *item)
{
        struct incentives *to = f->x->to;
        struct incentive *row;

        if (to->count == INCENTIVES_MAX)
                return NULL;
        f->x->work->movers[to->count] = (struct mover) { .lowest = exact_of(0),
                                                         .highest = exact_of(0) };
        row = &to->rows[to->count++];
        memset(row, 0, sizeof(*row));
        row->of = of;
        row->item = *item;
        row->target.den = 1;
        return row;
}

static struct mover *mover_of(const struct finding *f, const struct incentive *row)
{
        return &f->x->work->movers[row - f->x->to->rows];
}

static bool is_kind(const struct step *step, const char *kind)
{
        return strcmp(step->kind.text, kind) == 0;
}

/* ---- measures, and what is known of them */

static void name_measure(struct finding *f, struct incentive *row)
{
        struct rate target;

        measure_key_of(f->x->terms, f->step, f->charter, &row->key, &row->excludes, &target,
                       &row->has_target);
        if (row->has_target)
                row->target = target;
}

static uint64_t people_of(const struct finding *f, const struct recorded *figure)
{
        struct exact total = figure_total(f->x, FORECAST_CENTRAL, figure);

        return exact_sign(total) > 0 ? (uint64_t)total.num : 0;
}

static void count_people(struct finding *f, struct incentive *row, const struct mover *mover)
{
        row->has_counts = mover->met.count && mover->eligible.count;
        if (!row->has_counts)
                return;
        row->numerator = people_of(f, &mover->met);
        row->denominator = people_of(f, &mover->eligible);
        if (row->numerator > row->denominator)
                return;
        row->has_reachable = true;
        row->reachable = mover->less ? row->numerator : row->denominator - row->numerator;
}

static void add_measure(struct finding *f)
{
        const struct item *item = &f->input->item;
        struct incentive *row = row_of(f->x->to, INCENTIVE_MEASURE, item);
        struct mover *mover;

        if (row || !(row = row_add(f, INCENTIVE_MEASURE, item)))
                return;
        mover = mover_of(f, row);
        name_measure(f, row);
        mover->less = is_kind(f->step, "measure") &&
                      measure_direction(f->x->terms, f->step) == DIRECTION_LESS;
        figure_find(f->x, FACT_MEASURE_NUMERATOR, item, &mover->met);
        figure_find(f->x, FACT_MEASURE_DENOMINATOR, item, &mover->eligible);
        count_people(f, row, mover);
}

/* A score is read only where no measure step made one. */
static void add_score(struct finding *f)
{
        const struct item *item = &f->input->item;
        struct incentive *row;
        struct mover *mover;

        if (row_of(f->x->to, INCENTIVE_MEASURE, item) || row_of(f->x->to, INCENTIVE_SCORE, item) ||
            !(row = row_add(f, INCENTIVE_SCORE, item)))
                return;
        mover = mover_of(f, row);
        name_measure(f, row);
        mover->highest = exact_of(1);
        if (f->input->kind == FACT_MEASURE_SCORE) {
                figure_find(f->x, FACT_MEASURE_SCORE, item, &mover->met);
                return;
        }
        figure_find(f->x, FACT_PEERS_BELOW, item, &mover->met);
        figure_find(f->x, FACT_PEERS_EQUAL, item, &mover->equal);
        if (!figure_find(f->x, FACT_PEERS, item, &mover->eligible))
                mover->met.count = 0;
}

/* ---- quality as a whole: a score, points, or a standard that is reported to be met */

static struct exact rate_or(const struct step *step, const char *name, int64_t otherwise)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_RATE ? exact_of_rate(param->rate)
                                                  : exact_of(otherwise);
}

static void add_quality(struct finding *f)
{
        static const struct item whole;
        struct incentive *row = row_of(f->x->to, INCENTIVE_SCORE, &whole);
        struct mover *mover;

        if (!row) {
                row = row_add(f, INCENTIVE_SCORE, &whole);
                if (!row)
                        return;
                concept_key_of(f->x->terms, CONCEPT_QUALITY_SCORE, DIRECTION_MORE, f->charter,
                               &row->key);
        }
        mover = mover_of(f, row);
        if (f->input->kind == FACT_QUALITY_STANDARD_MET) {
                figure_find(f->x, FACT_QUALITY_STANDARD_MET, &whole, &mover->standard);
                return;
        }
        mover->highest = exact_of(1);
        if (f->input->kind == FACT_QUALITY_POINTS) {
                mover->lowest = rate_or(f->step, "lowest", 0);
                mover->highest = rate_or(f->step, "highest", 1);
        }
        figure_find(f->x, f->input->kind, &whole, &mover->met);
}

/* ---- total cost */

static void need_cost_row(struct finding *f)
{
        static const struct item whole;
        struct incentive *row;

        if (row_of(f->x->to, INCENTIVE_TOTAL_COST, &whole) ||
            !(row = row_add(f, INCENTIVE_TOTAL_COST, &whole)))
                return;
        concept_key_of(f->x->terms, CONCEPT_TOTAL_COST, DIRECTION_LESS, f->charter, &row->key);
}

/* Of a part of which nobody counts the people nothing can be said by person. */
static struct exact dollar_of(const struct finding *f, const struct cost_part *part,
                              const struct item *item)
{
        struct exact people;

        if (!part->of_members && part->kind == FACT_EXPENDITURE_PER_CAPITA)
                return exact_of(100);
        if (!part->of_members && part->kind == FACT_EXPENDITURE_PMPM)
                return exact_ratio(100, 12);
        if (!forecast_people(f->x->terms, f->x->run, &f->x->with[FORECAST_CENTRAL], item, &people))
                return exact_of(0);
        return exact_mul(people, exact_of(100));
}

static void add_part(struct finding *f, struct cost_part *part, const struct item *item)
{
        struct incentive_work *work = f->x->work;

        need_cost_row(f);
        if (work->cost_count == COST_PARTS_MAX)
                return;
        part->dollar = dollar_of(f, part, item);
        work->costs[work->cost_count++] = *part;
}

static void add_cost(struct finding *f)
{
        struct cost_part part = { .kind = f->input->kind };

        if (figure_find(f->x, f->input->kind, &f->input->item, &part.figure))
                add_part(f, &part, &f->input->item);
        else
                need_cost_row(f);
}

/* What costs are summed of rows: of all, or of each category. */
static void add_member_costs(struct finding *f)
{
        const struct forecast_facts *facts = &f->x->work->facts[FORECAST_CENTRAL];
        bool whole = step_word_is(f->step, STEP_EXPENDITURE, "by", "whole");

        need_cost_row(f);
        for (size_t i = 0; facts->has_members && i < facts->members.count; i++) {
                const struct item *item = &facts->figures[i].item;
                struct cost_part part = { .of_members = true, .place = (uint16_t)i };

                if (whole == !item->text[0])
                        add_part(f, &part, item);
        }
}

static void find_member_costs(struct finding *f)
{
        for (size_t i = 0; i < f->x->terms->step_count; i++) {
                f->step = &f->x->terms->steps[i];
                if (is_kind(f->step, "expenditure") &&
                    step_word_is(f->step, STEP_EXPENDITURE, "source", "members"))
                        add_member_costs(f);
        }
}

/* ---- gates */

static bool word_given(const struct step *step, const char *name, const struct item *item)
{
        const struct param *param = step_param(step, name);

        return param && param->type == PARAM_WORD && strcmp(param->word.text, item->text) == 0;
}

static bool is_gate(const struct step *step, const char *standard)
{
        return is_kind(step, "gate") && step_word_is(step, STEP_GATE, "standard", standard);
}

static bool scored_by_step(const struct terms *terms, const struct item *item)
{
        for (size_t i = 0; i < terms->step_count; i++)
                if (is_kind(&terms->steps[i], "measure") &&
                    word_given(&terms->steps[i], "measure", item))
                        return true;
        return false;
}

/* The quality score itself, or a measure that it is made of. */
static bool of_quality(const struct terms *terms, const struct incentive *row)
{
        if (row->of == INCENTIVE_TOTAL_COST)
                return false;
        return !row->item.text[0] || scored_by_step(terms, &row->item);
}

static bool rests_on(const struct terms *terms, const struct incentive *row)
{
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];

                if ((is_gate(step, "least") && of_quality(terms, row)) ||
                    (is_gate(step, "reported") && row->of == INCENTIVE_SCORE &&
                     !row->item.text[0]) ||
                    (is_gate(step, "measure") && row->of != INCENTIVE_TOTAL_COST &&
                     word_given(step, "measure", &row->item)))
                        return true;
        }
        return false;
}

/* ---- all */

static void add_input(struct finding *f)
{
        switch (f->input->kind) {
        case FACT_MEASURE_NUMERATOR:
                add_measure(f);
                return;
        case FACT_MEASURE_SCORE:
        case FACT_PEERS_BELOW:
                add_score(f);
                return;
        case FACT_QUALITY_SCORE:
        case FACT_QUALITY_POINTS:
        case FACT_QUALITY_STANDARD_MET:
                add_quality(f);
                return;
        case FACT_EXPENDITURE:
        case FACT_EXPENDITURE_PER_CAPITA:
        case FACT_EXPENDITURE_PMPM:
                add_cost(f);
                return;
        default:
                return;
        }
}

/* Who is paid for one by one comes in whole people. */
static void count_whole(struct finding *f)
{
        for (size_t i = 0; i < f->x->to->count; i++)
                for (size_t j = 0; j < f->x->terms->step_count; j++)
                        if (is_kind(&f->x->terms->steps[j], "fee") &&
                            word_given(&f->x->terms->steps[j], "measure",
                                       &f->x->to->rows[i].item))
                                f->x->work->movers[i].whole = true;
}

void rows_find(struct probing *x, const struct charter *charter)
{
        struct finding f = { .x = x, .charter = charter };
        size_t count = terms_inputs(x->terms, x->work->inputs);

        x->to->count = 0;
        x->work->cost_count = 0;
        for (size_t i = 0; i < count && i < INPUTS_MAX; i++) {
                f.input = &x->work->inputs[i];
                f.step = &x->terms->steps[f.input->step];
                if (!f.input->year)
                        add_input(&f);
        }
        find_member_costs(&f);
        count_whole(&f);
        for (size_t i = 0; i < x->to->count; i++)
                x->to->rows[i].gate = rests_on(x->terms, &x->to->rows[i]);
}
