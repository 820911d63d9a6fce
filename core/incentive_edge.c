/* SPDX-License-Identifier: Apache-2.0 */
/* What is met next on the way up: settled at so many steps, and halved until it is found. */
#include "core/check.h"
#include "core/incentive_inside.h"
#include "core/lines.h"

/* What came at some step. */
struct came {
        bool is;
        int64_t earned;
        int standards;          /* of gates, that are met */
        bool full;              /* the measure's own score is all there is */
};

struct search {
        struct probing *x;
        size_t row;
        struct came here, end;
};

static bool of_row(const struct statement *statement, const struct line *line,
                   const struct incentive *row)
{
        const struct item *item = line_item(statement, line);

        return item && item_equal(item, &row->item);
}

static struct came read_lines(const struct search *s, int64_t earned)
{
        const struct statement *statement = &s->x->work->statement;
        struct came came = { .is = true, .earned = earned };

        for (size_t i = 0; i < statement->line_count; i++) {
                const struct line *line = &statement->lines[i];

                if (line->code == LINE_STANDARD_MET)
                        came.standards += line->num > 0;
                else if (line->code == LINE_MEASURE_SCORE &&
                         of_row(statement, line, &s->x->to->rows[s->row]))
                        came.full = line->num == line->den;
        }
        return came;
}

static struct came at_step(const struct search *s, int64_t steps)
{
        struct came came = { .is = false };
        int64_t earned;

        row_move(s->x, FORECAST_CENTRAL, s->row, steps);
        if (probe(s->x, FORECAST_CENTRAL, &earned))
                came = read_lines(s, earned);
        put_back(s->x, FORECAST_CENTRAL);
        return came;
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

/* The first step from 1 to @end at which it holds, holding at @end; and what came there. */
static int64_t first(const struct search *s, holds_fn *holds, int64_t end, struct came *ret)
{
        int64_t low = 0, high = end;

        *ret = s->end;
        while (high - low > 1) {
                int64_t middle = low + (high - low) / 2;
                struct came came = at_step(s, middle);

                if (came.is && holds(s, &came)) {
                        high = middle;
                        *ret = came;
                } else {
                        low = middle;
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

/* Where nothing more is paid for a step: what has to be reached before it is. */
static void find_start(struct search *s, int64_t steps)
{
        struct came came;
        int64_t at = first(s, pays_more, steps, &came);

        tell(s, gate_opens(s, &came) ? EDGE_GATE : EDGE_MINIMUM, at, &came);
}

/* Where a step is paid for: how far that goes. */
static void find_end(struct search *s, int64_t steps)
{
        const struct incentive *row = &s->x->to->rows[s->row];
        struct came came;
        int64_t at = first(s, pays_all, steps, &came);
        bool cost = row->of == INCENTIVE_TOTAL_COST;

        if (cost && at == steps)
                return;         /* no end within reach */
        tell(s, !cost && (at == steps || came.full) ? EDGE_BEST : EDGE_CAP, at, &came);
}

static void find_next(struct search *s, int64_t steps)
{
        struct came came = at_step(s, 1);
        int64_t at;

        if (gate_opens(s, &s->end)) {
                at = first(s, gate_opens, steps, &came);
                if (came.earned > s->here.earned) {
                        tell(s, EDGE_GATE, at, &came);
                        return;
                }
                came = at_step(s, 1);
        }
        if (s->here.earned < 0 && s->end.earned >= 0) {
                at = first(s, owes_nothing, steps, &came);
                tell(s, EDGE_MINIMUM, at, &came);
        } else if (came.is && came.earned > s->here.earned) {
                find_end(s, steps);
        } else {
                find_start(s, steps);
        }
}

/* A standard that is reported is a gate that no number of points opens. */
static bool find_standard(struct search *s)
{
        struct mover *mover = &s->x->work->movers[s->row];
        struct came came = { .is = false };
        int64_t earned;

        if (!mover->standard.count ||
            exact_sign(figure_total(s->x, FORECAST_CENTRAL, &mover->standard)) > 0)
                return false;
        change_figure(s->x, FORECAST_CENTRAL, &mover->standard, exact_of(1), false);
        if (probe(s->x, FORECAST_CENTRAL, &earned))
                came = read_lines(s, earned);
        put_back(s->x, FORECAST_CENTRAL);
        if (!came.is || came.earned <= s->here.earned)
                return false;
        tell(s, EDGE_GATE, 1, &came);
        return true;
}

void edge_find(struct probing *x, size_t row)
{
        struct search s = { .x = x, .row = row };
        int64_t steps = row_steps(x, FORECAST_CENTRAL, row), earned;

        if (!probe(x, FORECAST_CENTRAL, &earned))
                return;
        s.here = read_lines(&s, earned);
        if (find_standard(&s) || steps == 0)
                return;
        s.end = at_step(&s, steps);
        if (s.end.is && s.end.earned > s.here.earned)
                find_next(&s, steps);
}
