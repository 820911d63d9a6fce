/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/risk/risk.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/lines.h"
#include "core/own.h"
#include "clients/risk/draw.h"

#define SHOWN_EVERY 256
#define WORST_DOUBLINGS 7       /* to 64 times the cost: more meets the most that money can be */

struct playing {
        const struct risk_case *c;
        struct fact *facts;             /* a copy that chance moves */
        struct statement *statement;
};

static void playing_cleanup(struct playing *p)
{
        free(p->facts);
        free(p->statement);
}

static int playing_begin(struct playing *p, const struct risk_case *c)
{
        p->c = c;
        p->facts = calloc(c->fact_count + 1, sizeof(*p->facts));
        p->statement = malloc(sizeof(*p->statement));
        if (!p->facts || !p->statement)
                return -ENOMEM;
        memcpy(p->facts, c->facts, c->fact_count * sizeof(*p->facts));
        return 0;
}

static int play_once(const struct playing *p)
{
        const struct settle_inputs inputs = { .facts = p->facts,
                                              .fact_count = p->c->fact_count };

        settle(p->c->terms, &p->c->run, &inputs, p->statement);
        return p->statement->status == STATEMENT_CALCULATED ? 0 : -EDOM;
}

static bool is_cost(enum fact_kind kind)
{
        return kind == FACT_EXPENDITURE || kind == FACT_EXPENDITURE_PER_CAPITA ||
               kind == FACT_EXPENDITURE_PMPM;
}

static bool is_benchmark(enum fact_kind kind)
{
        switch (kind) {
        case FACT_BENCHMARK:
        case FACT_BENCHMARK_PER_CAPITA:
        case FACT_BENCHMARK_PMPM:
        case FACT_BASELINE_PER_CAPITA:
        case FACT_BASE_PER_CAPITA:
        case FACT_EPISODE_PRICE:
                return true;
        default:
                return false;
        }
}

/* Within what a fact of its kind can be. */
static int64_t scaled(const struct fact *fact, double factor)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)fact->key.kind);
        double moved = (double)fact->value.num * factor;

        if (moved >= (double)info->most)
                return info->most;
        return moved <= (double)info->least ? info->least : llround(moved);
}

static void scale(struct playing *p, bool (*which)(enum fact_kind kind), double factor)
{
        for (size_t i = 0; i < p->c->fact_count; i++)
                if (which(p->c->facts[i].key.kind))
                        p->facts[i].value.num = scaled(&p->c->facts[i], factor);
}

/* The last line that feeds the quantity, of the whole. */
static bool fed(const struct statement *s, enum feed feed, double *ret)
{
        bool is = false;

        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];

                if (line->item || line_info(line->code)->feeds != feed)
                        continue;
                *ret = (double)line->num / (double)line->den;
                is = true;
        }
        return is;
}

static int base_of(struct playing *p, struct risk_base *ret, char *ret_reason)
{
        int r = play_once(p);

        if (r) {
                memcpy(ret_reason, p->statement->reason.text, TEXT_MAX_LENGTH + 1);
                return r;
        }
        ret->benchmark = ret->expenditure = 0;
        ret->has_benchmark = fed(p->statement, FEED_BENCHMARK, &ret->benchmark) &&
                             fed(p->statement, FEED_EXPENDITURE, &ret->expenditure) &&
                             ret->benchmark > 0 && ret->expenditure > 0;
        ret->payment = p->statement->earned;
        return 0;
}

/* What cost must be multiplied with to be what is truly expected. */
static double expected(const struct risk_case *c, const struct risk_base *base)
{
        if (!c->has_saving || !base->has_benchmark)
                return 1;
        return (1 - c->saving) * base->benchmark / base->expenditure;
}

int risk_base(const struct risk_case *c, struct risk_base *ret, char *ret_reason)
{
        __attribute__((cleanup(playing_cleanup))) struct playing p = { 0 };
        int r = playing_begin(&p, c);

        if (!r)
                r = base_of(&p, ret, ret_reason);
        if (r || !c->has_saving || !ret->has_benchmark)
                return r;
        scale(&p, is_cost, expected(c, ret));
        return base_of(&p, ret, ret_reason);
}

/* Some contracts fix the benchmark: then its error is in what it is compared with. */
static bool benchmark_moves(const struct risk_case *c)
{
        for (size_t i = 0; i < c->fact_count; i++)
                if (is_benchmark(c->facts[i].key.kind))
                        return true;
        return false;
}

static const struct fact *eligible_for(const struct risk_case *c, const struct fact *met)
{
        for (size_t i = 0; i < c->fact_count; i++)
                if (c->facts[i].key.kind == FACT_MEASURE_DENOMINATOR &&
                    item_equal(&c->facts[i].key.item, &met->key.item) &&
                    name_equal(&c->facts[i].key.segment, &met->key.segment) &&
                    period_equal(c->facts[i].key.period, met->key.period))
                        return &c->facts[i];
        return NULL;
}

static void draw_measures(struct playing *p, struct draw *draw)
{
        for (size_t i = 0; i < p->c->fact_count; i++) {
                const struct fact *met = &p->c->facts[i], *of;

                if (met->key.kind != FACT_MEASURE_NUMERATOR)
                        continue;
                of = eligible_for(p->c, met);
                if (of && of->value.num > 0 && met->value.num <= of->value.num)
                        p->facts[i].value.num =
                                draw_binomial(draw, of->value.num,
                                              (double)met->value.num / (double)of->value.num);
        }
}

/* A trial of its own seed: any one can be played again by itself. */
static int trial(struct playing *p, const struct risk_model *model, const struct member_cost *cost,
                 double factor, uint64_t seed)
{
        struct draw draw;
        double panel, error;

        draw_seed(&draw, seed);
        panel = factor * draw_panel(&draw, cost, p->c->panel);
        error = fmax(1 + model->benchmark_error * draw_normal(&draw), 0.01);
        if (benchmark_moves(p->c))
                scale(p, is_benchmark, error);
        else
                panel /= error;
        scale(p, is_cost, panel);
        draw_measures(p, &draw);
        return play_once(p);
}

int risk_play(const struct risk_model *model, const struct risk_case *c, uint64_t which,
              int64_t *ret, char *ret_reason, risk_shown *shown, void *with)
{
        __attribute__((cleanup(playing_cleanup))) struct playing p = { 0 };
        struct member_cost cost;
        struct risk_base base;
        struct draw seeds;
        double factor;
        int r = playing_begin(&p, c);

        if (!r)
                r = base_of(&p, &base, ret_reason);
        if (r)
                return r;
        factor = expected(c, &base);
        member_cost_begin(&cost, model->cv, model->truncation);
        draw_seed(&seeds, model->seed + which);
        for (uint32_t i = 0; i < model->trials; i++) {
                r = trial(&p, model, &cost, factor, draw_bits(&seeds));
                if (r) {
                        memcpy(ret_reason, p.statement->reason.text, TEXT_MAX_LENGTH + 1);
                        return r;
                }
                ret[i] = p.statement->earned;
                if (shown && i % SHOWN_EVERY == 0)
                        shown(with, i, model->trials);
        }
        return 0;
}

/* ---- what the trials say */

static int by_size(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return x < y ? -1 : x > y;
}

static struct estimate share_of(size_t some, size_t all)
{
        double part = (double)some / (double)all;

        return (struct estimate) { part, sqrt(part * (1 - part) / (double)all) };
}

/* Mean and standard deviation of payments[0 .. count). */
static void moments(const int64_t *payments, size_t count, double *ret_mean, double *ret_spread)
{
        double sum = 0, squares = 0;

        for (size_t i = 0; i < count; i++)
                sum += (double)payments[i];
        *ret_mean = sum / (double)count;
        for (size_t i = 0; i < count; i++)
                squares += ((double)payments[i] - *ret_mean) * ((double)payments[i] - *ret_mean);
        *ret_spread = sqrt(squares / (double)count);
}

/* The error of a percentile: half the way between those whose rank is a deviation off. */
static struct estimate percentile(const int64_t *payments, size_t count, double part)
{
        double rank = part * (double)count, off = sqrt(rank * (1 - part));
        size_t at = (size_t)rank, low = (size_t)fmax(rank - off, 0), high = (size_t)(rank + off);

        if (high >= count)
                high = count - 1;
        return (struct estimate) { (double)payments[at],
                                   ((double)payments[high] - (double)payments[low]) / 2 };
}

/*
 * The error of the mean of a tail: its own spread, and that its edge moves (Manistre and Hancock
 * 2005).
 */
static struct estimate tail_of(const int64_t *payments, size_t count, double part)
{
        size_t in = (size_t)(part * (double)count);
        double mean, spread, edge = (double)payments[in];

        moments(payments, in, &mean, &spread);
        return (struct estimate) {
                mean, sqrt((spread * spread + (1 - part) * (edge - mean) * (edge - mean)) /
                           (double)in)
        };
}

void risk_sum_up(int64_t *payments, size_t count, struct risk_result *ret)
{
        size_t gains = 0, owes = 0;
        double mean, spread;

        assert(count >= 100);
        qsort(payments, count, sizeof(*payments), by_size);
        for (size_t i = 0; i < count; i++) {
                gains += payments[i] > 0;
                owes += payments[i] < 0;
        }
        moments(payments, count, &mean, &spread);
        ret->gains = share_of(gains, count);
        ret->owes = share_of(owes, count);
        ret->mean = (struct estimate) { mean, spread / sqrt((double)count) };
        ret->spread = (struct estimate) { spread, spread / sqrt(2 * (double)count) };
        ret->low = percentile(payments, count, 0.05);
        ret->tail = tail_of(payments, count, 0.05);
        ret->least = payments[0];
        ret->most = payments[count - 1];
}

/* ---- the worst there is */

static void no_quality(struct playing *p)
{
        for (size_t i = 0; i < p->c->fact_count; i++) {
                struct fact *fact = &p->facts[i];

                switch (fact->key.kind) {
                case FACT_QUALITY_SCORE:
                case FACT_QUALITY_STANDARD_MET:
                case FACT_ALTERNATIVE_STANDARD_MET:
                case FACT_QUALITY_POINTS:
                case FACT_MEASURE_SCORE:
                case FACT_MEASURE_NUMERATOR:
                case FACT_DISASTER_RELIEF:
                        fact->value.num = 0;
                        break;
                default:
                        break;
                }
        }
}

/* The more of @worst and what is owed at so many times the cost. */
static int64_t worse(struct playing *p, double factor, int64_t worst)
{
        scale(p, is_cost, factor);
        if (play_once(p) || -p->statement->earned <= worst)
                return worst;
        return -p->statement->earned;
}

/* With the quality of the forecast and with none: inverse measures make either the worse one. */
bool risk_worst(const struct risk_case *c, int64_t *ret_cents)
{
        __attribute__((cleanup(playing_cleanup))) struct playing p = { 0 };
        int64_t before = 0, worst = 0;
        double factor = 1;

        *ret_cents = 0;
        if (playing_begin(&p, c))
                return false;
        for (int i = 0; i < WORST_DOUBLINGS; i++, factor *= 2) {
                before = worst;
                memcpy(p.facts, c->facts, c->fact_count * sizeof(*p.facts));
                worst = worse(&p, factor, worst);
                no_quality(&p);
                worst = worse(&p, factor, worst);
        }
        *ret_cents = worst;
        return worst == before;
}
