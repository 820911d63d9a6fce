/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scales of a measure: on a line between two rates, by a table of points, by points of 10 for
 * attainment and improvement (42 CFR 412.165), by rank among peers, or as reported.
 */
#include "core/check.h"
#include "core/steps/measuring.h"

/* The formulas of LINE_MEASURE_SCORE. */
enum way { BY_LINE, BY_POINTS, BY_ATTAINMENT, BY_IMPROVEMENT, BY_BETTER, BY_RANK, AS_REPORTED };

static enum scored say_score(const struct measuring *m, enum way way, struct exact score,
                             struct exact *ret)
{
        *ret = exact_round_decimals(score, SCORE_DECIMALS, ROUND_HALF_AWAY);
        say_item(m->w, LINE_MEASURE_SCORE, (unsigned int)way, &m->item, *ret);
        return SCORED;
}

/* ---- what is reported */

/* Where the terms stop without it, it is missed at once. */
static enum scored reported(const struct measuring *m, enum line_code code, enum fact_kind kind,
                            struct exact *ret)
{
        const struct wanted wanted = { kind, &m->item, { 0, 0 } };

        if (word_is(m->w, m->step, "missing", "stop"))
                return take(m->w, code, wanted, ret) ? SCORED : STOPPED;
        return take_if(m->w, code, wanted, ret) ? SCORED : NOT_REPORTED;
}

static enum scored enough(const struct measuring *m, struct exact eligible)
{
        if (exact_sign(eligible) > 0 &&
            exact_cmp(eligible, exact_of(number_param(m->w, m->step, "least_denominator"))) >= 0)
                return SCORED;
        say_item(m->w, LINE_MEASURE_LEFT_OUT, 0, &m->item, eligible);
        return TOO_FEW;
}

static enum scored rate_of(const struct measuring *m, struct exact *ret)
{
        struct exact met, eligible;
        enum scored so = reported(m, LINE_MEASURE_MET, FACT_MEASURE_NUMERATOR, &met);

        if (so == SCORED)
                so = reported(m, LINE_MEASURE_ELIGIBLE, FACT_MEASURE_DENOMINATOR, &eligible);
        if (so != SCORED)
                return so;
        if (exact_cmp(met, eligible) > 0) {
                stop(m->w, "more people met a measure than were eligible for it");
                return STOPPED;
        }
        so = enough(m, eligible);
        if (so != SCORED)
                return so;
        *ret = exact_div(met, eligible);
        say_item(m->w, LINE_MEASURE_RATE, 0, &m->item, *ret);
        return SCORED;
}

/* For scales without a rate: people are counted only where terms say how many there must be. */
static enum scored enough_people(const struct measuring *m)
{
        struct exact eligible;
        enum scored so;

        if (number_param(m->w, m->step, "least_denominator") == 0)
                return SCORED;
        so = reported(m, LINE_MEASURE_ELIGIBLE, FACT_MEASURE_DENOMINATOR, &eligible);
        return so == SCORED ? enough(m, eligible) : so;
}

/* ---- a line, a table */

static struct exact within_one(struct exact a)
{
        return exact_max(exact_of(0), exact_min(exact_of(1), a));
}

/* Where @rate lies from one rate, which may be the higher of the two, to the other. */
static struct exact way_from(struct exact from, struct exact to, struct exact rate)
{
        return exact_div(exact_sub(rate, from), exact_sub(to, from));
}

static enum scored by_line(const struct measuring *m, struct exact *ret)
{
        struct exact rate;
        enum scored so = rate_of(m, &rate);

        if (so != SCORED)
                return so;
        return say_score(m, BY_LINE,
                         within_one(way_from(rate_param(m->w, m->step, "worst"),
                                             rate_param(m->w, m->step, "best"), rate)),
                         ret);
}

/* The terms' table has points for every rate from 0 to 1. */
static enum scored by_points(const struct measuring *m, unsigned int form, struct exact at,
                             struct exact *ret)
{
        struct exact points;
        bool held = bands_rate(m->w->terms, m->step, "bands", at, &points);

        assert(held);
        say_item(m->w, LINE_MEASURE_POINTS, form, &m->item, points);
        return say_score(m, BY_POINTS, exact_div(points, rate_param(m->w, m->step, "most")), ret);
}

static enum scored by_table(const struct measuring *m, struct exact *ret)
{
        struct exact rate;
        enum scored so = rate_of(m, &rate);

        return so == SCORED ? by_points(m, 0, rate, ret) : so;
}

/* ---- points of 10 for attainment and improvement */

static struct exact rounded(struct exact a)
{
        return exact_of(exact_round(a, 1, ROUND_HALF_AWAY));
}

static struct exact attainment_points(const struct measuring *m, struct exact rate)
{
        struct exact way = way_from(rate_param(m->w, m->step, "threshold"),
                                    rate_param(m->w, m->step, "benchmark"), rate);
        struct exact points = exact_of(0);

        say_item(m->w, LINE_ATTAINMENT, 0, &m->item, way);
        if (exact_cmp(way, exact_of(1)) >= 0)
                points = exact_of(10);
        else if (exact_sign(way) >= 0)
                points = rounded(exact_add(exact_mul(exact_of(9), way), exact_ratio(1, 2)));
        say_item(m->w, LINE_ATTAINMENT_POINTS, 0, &m->item, points);
        return points;
}

/* The rate that improvement starts from: as reported, else that of the period before. */
static bool baseline_known(const struct measuring *m, struct exact *ret)
{
        return take_if(m->w, LINE_MEASURE_BASELINE,
                       (struct wanted) { FACT_MEASURE_BASELINE_RATE, &m->item, { 0, 0 } }, ret) ||
               take_carried(m->w, LINE_MEASURE_BASELINE, CARRY_MEASURE_RATE, &m->item, ret);
}

/* Where less is better the threshold lies above the benchmark. */
static bool short_of(const struct measuring *m, struct exact baseline)
{
        struct exact benchmark = rate_param(m->w, m->step, "benchmark");
        bool less = has_param(m->step, "threshold") &&
                    exact_cmp(rate_param(m->w, m->step, "threshold"), benchmark) > 0;
        int side = exact_cmp(baseline, benchmark);

        return less ? side > 0 : side < 0;
}

static struct exact improvement_points(const struct measuring *m, struct exact rate,
                                       struct exact reported_baseline)
{
        struct exact baseline = exact_round_decimals(reported_baseline, SCORE_DECIMALS,
                                                     ROUND_HALF_AWAY);
        struct exact points = exact_of(0), way;
        bool room = short_of(m, baseline);

        if (room) {
                way = way_from(baseline, rate_param(m->w, m->step, "benchmark"), rate);
                say_item(m->w, LINE_IMPROVEMENT, 0, &m->item, way);
                points = rounded(exact_sub(exact_mul(exact_of(10), way), exact_ratio(1, 2)));
                points = exact_max(exact_of(0), exact_min(exact_of(9), points));
        }
        say_item(m->w, LINE_IMPROVEMENT_POINTS, !room, &m->item, points);
        return points;
}

static struct exact of_ten(struct exact points)
{
        return exact_div(points, exact_of(10));
}

static enum scored by_attainment(const struct measuring *m, struct exact *ret)
{
        struct exact rate;
        enum scored so = rate_of(m, &rate);

        if (so != SCORED)
                return so;
        return say_score(m, BY_ATTAINMENT, of_ten(attainment_points(m, rate)), ret);
}

static enum scored by_improvement(const struct measuring *m, struct exact *ret)
{
        struct exact rate, baseline;
        enum scored so = rate_of(m, &rate);

        if (so == SCORED && !baseline_known(m, &baseline))
                so = reported(m, LINE_MEASURE_BASELINE, FACT_MEASURE_BASELINE_RATE, &baseline);
        if (so != SCORED)
                return so;
        return say_score(m, BY_IMPROVEMENT, of_ten(improvement_points(m, rate, baseline)), ret);
}

/* Who has no rate to start from is scored by attainment alone. */
static enum scored by_better(const struct measuring *m, struct exact *ret)
{
        struct exact rate, baseline, attained;
        enum scored so = rate_of(m, &rate);

        if (so != SCORED)
                return so;
        attained = attainment_points(m, rate);
        if (!baseline_known(m, &baseline))
                return say_score(m, BY_ATTAINMENT, of_ten(attained), ret);
        return say_score(m, BY_BETTER,
                         of_ten(exact_max(attained, improvement_points(m, rate, baseline))), ret);
}

/* ---- rank among peers; as reported */

static enum scored rank_of(const struct measuring *m, struct exact *ret)
{
        struct exact peers, below, equal;
        enum scored so = reported(m, LINE_PEERS, FACT_PEERS, &peers);

        if (so == SCORED)
                so = reported(m, LINE_PEERS_BELOW, FACT_PEERS_BELOW, &below);
        if (so == SCORED)
                so = reported(m, LINE_PEERS_EQUAL, FACT_PEERS_EQUAL, &equal);
        if (so != SCORED)
                return so;
        if (exact_cmp(exact_add(below, equal), peers) > 0) {
                stop(m->w, "more peers did worse in a measure, or the same, than there are");
                return STOPPED;
        }
        if (exact_sign(peers) == 0) {
                say_item(m->w, LINE_MEASURE_LEFT_OUT, 1, &m->item, peers);
                return TOO_FEW;
        }
        *ret = exact_div(exact_add(below, exact_div(equal, exact_of(2))), peers);
        say_item(m->w, LINE_MEASURE_PERCENTILE, 0, &m->item, *ret);
        return SCORED;
}

static enum scored by_rank(const struct measuring *m, struct exact *ret)
{
        struct exact rank;
        enum scored so = enough_people(m);

        if (so == SCORED)
                so = rank_of(m, &rank);
        if (so != SCORED)
                return so;
        if (has_param(m->step, "bands"))
                return by_points(m, 1, rank, ret);
        return say_score(m, BY_RANK, rank, ret);
}

static enum scored as_reported(const struct measuring *m, struct exact *ret)
{
        struct exact score;
        enum scored so = enough_people(m);

        if (so == SCORED)
                so = reported(m, LINE_MEASURE_REPORTED, FACT_MEASURE_SCORE, &score);
        return so == SCORED ? say_score(m, AS_REPORTED, score, ret) : so;
}

/* And how many lines there are at most, with those of its weight. */
static const struct {
        const char *scale;
        enum scored (*score)(const struct measuring *m, struct exact *ret);
        size_t lines;
} scales[] = {
        { "linear", by_line, 6 },           { "table", by_table, 7 },
        { "attainment", by_attainment, 8 }, { "improvement", by_improvement, 9 },
        { "better", by_better, 11 },        { "relative", by_rank, 9 },
        { "reported", as_reported, 5 },
};

static bool by(const struct step *step, const char *scale)
{
        return step_word_is(step, STEP_MEASURE, "scale", scale);
}

enum scored score_by_scale(const struct measuring *m, struct exact *ret)
{
        for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
                if (by(m->step, scales[i].scale))
                        return scales[i].score(m, ret);
        assert(!"a scale of the table");
        return STOPPED;
}

/* ---- lengths */

/* What is fixed by the terms counts as it is. */
static struct width width_between(const struct step *step, const char *from, const char *to)
{
        struct exact span = exact_sub(exact_of_rate(step_param(step, to)->rate),
                                      exact_of_rate(step_param(step, from)->rate));

        return width_of_exact(span);
}

static struct width width_way(struct widths *ws, const struct step *step, struct width rate,
                              const char *from, const char *to)
{
        return width_div(ws, width_add(ws, rate, width_rate_param(step, from)),
                         width_between(step, from, to));
}

/* Ten times it, and a half. */
static void widths_points(struct widths *ws, struct width way)
{
        width_add(ws, width_mul(ws, (struct width) { 4, 0 }, way), (struct width) { 0, 1 });
}

/* A benchmark of nine decimals at most less a baseline of nine has nine again. */
static struct width width_room(struct widths *ws, const struct step *step)
{
        const struct rate benchmark = step_param(step, "benchmark")->rate;

        if (SHARE_ONE % exact_of_rate(benchmark).den == 0)
                return WIDTH_SCORE;
        return width_add(ws, width_of(benchmark.num, benchmark.den), WIDTH_SCORE);
}

static void widths_improvement(struct widths *ws, const struct step *step, struct width rate)
{
        widths_points(ws, width_div(ws, width_add(ws, rate, WIDTH_SCORE), width_room(ws, step)));
}

static void widths_table(struct widths *ws, const struct step *step, struct width at)
{
        struct width points = width_bands_rate(ws, step, "bands", at);

        width_score(ws, width_div(ws, points, width_rate_param(step, "most")));
}

void widths_scale(const struct step *step, struct widths *ws)
{
        struct width rate = width_div(ws, WIDTH_COUNT, WIDTH_COUNT);
        struct width rank = width_div(ws, width_add(ws, WIDTH_COUNT, width_of(COUNT_MAX, 2)),
                                      WIDTH_COUNT);

        for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
                widths_lines(ws, by(step, scales[i].scale) ? scales[i].lines : 0);
        if (by(step, "linear"))
                width_score(ws, width_way(ws, step, rate, "worst", "best"));
        else if (by(step, "table"))
                widths_table(ws, step, rate);
        else if (by(step, "relative"))
                widths_table(ws, step, rank);
        if (by(step, "attainment") || by(step, "better"))
                widths_points(ws, width_way(ws, step, rate, "threshold", "benchmark"));
        if (by(step, "improvement") || by(step, "better"))
                widths_improvement(ws, step, rate);
}
