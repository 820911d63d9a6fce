/* SPDX-License-Identifier: Apache-2.0 */
/* What is met next on the way up: settled at so many steps, and halved until it is found. */
#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/lines.h"

struct search {
        struct probing *x;
        size_t row;
        struct came here, point, end;
        int64_t steps;          /* to the end */
};

static bool of_row(const struct statement *statement, const struct line *line,
                   const struct incentive *row)
{
        const struct item *item = line_item(statement, line);

        return item && item_equal(item, &row->item);
}

void came_read(const struct statement *statement, const struct incentive *row, struct came *came)
{
        for (size_t i = 0; i < statement->line_count; i++) {
                const struct line *line = &statement->lines[i];

                if (line->code == LINE_STANDARD_MET)
                        came->standards += line->num > 0;
                else if (row && line->code == LINE_MEASURE_SCORE && of_row(statement, line, row))
                        came->full = line->num == line->den;
        }
}

struct came come(struct probing *x, size_t row)
{
        struct came came = { .is = false };

        came.is = probe(x, FORECAST_CENTRAL, &came.earned);
        put_back(x, FORECAST_CENTRAL);
        if (came.is)
                came_read(&x->work->statement, &x->to->rows[row], &came);
        return came;
}

static struct came at_step(const struct search *s, int64_t steps)
{
        row_move(s->x, FORECAST_CENTRAL, s->row, steps);
        return come(s->x, s->row);
}

/* What is looked for, once it holds it does so up to the end. */
typedef bool holds_fn(const struct search *s, const struct came *came);

static bool gate_opens(const struct search *s, const struct came *came)
{
        return came->standards > s->here.standards;
}

static bool pays_more(const struct search *s, const struct came *came)
{
        return came->earned > s->here.earned;
}

static bool owes_nothing(const struct search *s, const struct came *came)
{
        (void)s;
        return came->earned >= 0;
}

static bool pays_all(const struct search *s, const struct came *came)
{
        return came->earned >= s->end.earned;
}

/*
 * The first step at which it holds, holding at the end; and what came there. @guess: a step at
 * which it may well be; 0: none.
 */
static int64_t first(const struct search *s, holds_fn *holds, int64_t guess, struct came *ret)
{
        int64_t low = 0, high = s->steps, middle = guess;

        *ret = s->end;
        while (high - low > 1) {
                struct came came;

                if (middle <= low || middle >= high)
                        middle = low + (high - low) / 2;
                came = middle == 1 ? s->point : at_step(s, middle);
                if (came.is && holds(s, &came)) {
                        high = middle;
                        *ret = came;
                        middle = guess && high == guess ? high - 1 : 0;
                } else {
                        low = middle;
                        middle = 0;
                }
        }
        return high;
}

static void tell(struct search *s, enum edge edge, int64_t steps, const struct came *came)
{
        struct incentive *row = &s->x->to->rows[s->row];

        row->edge = edge;
        row->edge_steps = steps;
        row->edge_worth = came->earned - s->here.earned;
}

/*
 * Where nothing more is paid for a step: what has to be reached before it is. It is a gate's doing
 * only if a gate opens just there.
 */
static void find_start(struct search *s)
{
        struct came came, before = s->here;
        int64_t at = first(s, pays_more, 0, &came);

        if (at > 1)
                before = at_step(s, at - 1);
        tell(s, came.standards > before.standards ? EDGE_GATE : EDGE_MINIMUM, at, &came);
}

/* Steps to the target, where the scale has one: there its measure scores all. */
static int64_t to_target(const struct search *s)
{
        const struct incentive *row = &s->x->to->rows[s->row];
        struct exact away;
        wide whole;

        if (!row->has_target || !row->has_counts || row->denominator == 0)
                return 0;
        away = exact_sub(exact_of_rate(row->target),
                         exact_ratio((wide)row->numerator, (wide)row->denominator));
        away = exact_mul(away, exact_of(row->key.direction == DIRECTION_LESS ? -100 : 100));
        whole = exact_round(away, 1, ROUND_TOWARD_ZERO);
        whole += exact_cmp(exact_of(whole), away) < 0;
        return whole > 0 && whole < s->steps ? (int64_t)whole : 0;
}

/* Where a step is paid for: how far that goes. */
static void find_end(struct search *s)
{
        bool cost = s->x->to->rows[s->row].of == INCENTIVE_TOTAL_COST;
        struct came came;
        int64_t at = first(s, pays_all, to_target(s), &came);

        if (cost && at == s->steps)
                return;         /* no end within reach */
        tell(s, !cost && (at == s->steps || came.full) ? EDGE_BEST : EDGE_CAP, at, &came);
}

static bool find_gate(struct search *s)
{
        struct came came;
        int64_t at;

        if (!gate_opens(s, &s->end))
                return false;
        at = first(s, gate_opens, 0, &came);
        if (came.earned <= s->here.earned)
                return false;
        tell(s, EDGE_GATE, at, &came);
        return true;
}

static void find_next(struct search *s)
{
        struct came came;
        int64_t at;

        if (find_gate(s))
                return;
        if (s->here.earned < 0 && s->end.earned >= 0) {
                at = first(s, owes_nothing, 0, &came);
                tell(s, EDGE_MINIMUM, at, &came);
        } else if (s->point.is && s->point.earned > s->here.earned) {
                find_end(s);
        } else {
                find_start(s);
        }
}

/* A standard that is reported is a gate that no number of points opens. */
static bool find_standard(struct search *s)
{
        const struct mover *mover = &s->x->work->movers[s->row];
        struct came came;

        if (!mover->standard.count ||
            exact_sign(figure_total(s->x, FORECAST_CENTRAL, &mover->standard)) > 0)
                return false;
        change_figure(s->x, FORECAST_CENTRAL, &mover->standard, exact_of(1), false);
        came = come(s->x, s->row);
        if (!came.is || came.earned <= s->here.earned)
                return false;
        tell(s, EDGE_GATE, 1, &came);
        return true;
}

void edge_find(struct probing *x, size_t row, const struct came *point, const struct came *best)
{
        struct search s = { x, row, x->here, *point, *best, row_steps(x, FORECAST_CENTRAL, row) };

        if (find_standard(&s) || s.steps == 0)
                return;
        /* A measure's last step is its best; costs end at a whole dollar, a standard at no point */
        if (x->to->rows[row].of == INCENTIVE_TOTAL_COST || x->work->movers[row].standard.count)
                s.end = at_step(&s, s.steps);
        if (s.end.is && s.end.earned > s.here.earned)
                find_next(&s);
}
