/* SPDX-License-Identifier: Apache-2.0 */
#include "core/compare_inside.h"

#include "core/exact_try.h"
#include "core/lines.h"

struct exact line_exact(const struct line *line)
{
        return (struct exact) { line->num, line->den };
}

static bool same_thing(const struct statement *a, const struct line *one,
                       const struct statement *b, const struct line *other)
{
        static const struct item none;

        return one->code == other->code && item_equal(one->item ? line_item(a, one) : &none,
                                                      other->item ? line_item(b, other) : &none);
}

/* ---- which of the figure's lines is which */

/* The next line of that code and item that the figure has said nothing of. */
static size_t find_next(const struct comparing *c, uint16_t code, const struct item *item)
{
        const struct statement *s = c->in->statement;
        static const struct item none;

        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];

                if (!c->work->said[i] && line->code == code &&
                    item_equal(line->item ? line_item(s, line) : &none, item))
                        return i;
        }
        return COMPARE_NOWHERE;
}

static void pair_one(const struct comparing *c, uint16_t code, const struct item *item,
                     struct exact exact)
{
        size_t place = find_next(c, code, item);

        if (place == COMPARE_NOWHERE)
                return;
        c->work->said[place] = true;
        c->work->theirs[place] = exact_ratio(exact.num, exact.den);
}

static bool says_code(const struct figure *figure, enum line_code code)
{
        for (uint32_t i = 0; i < figure->line_count; i++)
                if (figure->lines[i].code == (uint16_t)code)
                        return true;
        return false;
}

static int64_t payable_of(const struct figure *figure)
{
        return figure->has_payable ? figure->payable : figure->earned;
}

static void pair_lines(const struct comparing *c)
{
        const struct figure *figure = c->in->figure;
        static const struct item none;

        memset(c->work->said, 0, sizeof(c->work->said));
        for (uint32_t i = 0; i < figure->line_count; i++)
                pair_one(c, figure->lines[i].code, &figure->lines[i].item,
                         figure->lines[i].exact);
        if (!says_code(figure, LINE_EARNED))
                pair_one(c, LINE_EARNED, &none, exact_of(figure->earned));
        if (!says_code(figure, LINE_PAYABLE))
                pair_one(c, LINE_PAYABLE, &none, exact_of(payable_of(figure)));
}

/* A line's place among those of its code and item, in its own statement. */
static void number_lines(const struct comparing *c)
{
        const struct statement *s = c->in->statement;

        for (size_t i = 0; i < s->line_count; i++) {
                c->work->nth[i] = 0;
                for (size_t j = 0; j < i; j++)
                        if (same_thing(s, &s->lines[j], s, &s->lines[i]))
                                c->work->nth[i]++;
        }
}

bool compare_in(const struct comparing *c, const struct statement *other, size_t place,
                struct exact *ret)
{
        const struct statement *s = c->in->statement;
        uint16_t left = c->work->nth[place];

        for (size_t i = 0; i < other->line_count; i++) {
                if (!same_thing(s, &s->lines[place], other, &other->lines[i]) || left--)
                        continue;
                *ret = line_exact(&other->lines[i]);
                return true;
        }
        return false;
}

/* ---- the lines one after the other */

static void begin(struct comparing *c)
{
        for (size_t i = 0; i < COMPARE_ROUNDINGS; i++)
                c->work->made_to[i] = COMPARE_NOWHERE;
        memset(c->work->differs, 0, sizeof(c->work->differs));
        c->work->trials = 0;
        pair_lines(c);
        number_lines(c);
}

void compare_figure(const struct compare_inputs *inputs, struct compare_work *work,
                    struct comparison *ret, struct figure_difference *differences)
{
        struct comparing c = { .in = inputs, .work = work };
        const struct statement *s = inputs->statement;

        ret->earned = inputs->figure->earned;
        ret->payable = payable_of(inputs->figure);
        ret->lines_agreed = 0;
        ret->difference_count = 0;
        ret->differences = differences;
        begin(&c);
        for (size_t i = 0; i < s->line_count; i++) {
                struct figure_difference *d = &differences[ret->difference_count];

                if (!work->said[i])
                        continue;
                if (exact_cmp(work->theirs[i], line_exact(&s->lines[i])) == 0) {
                        ret->lines_agreed++;
                        continue;
                }
                *d = (struct figure_difference) {
                        .line = (uint32_t)i, .hub = line_exact(&s->lines[i]),
                        .theirs = work->theirs[i],
                };
                compare_classify(&c, i, d);
                c.any = work->differs[i] = true;
                ret->difference_count++;
        }
}

const struct figure_difference *compare_first(const struct comparison *comparison)
{
        for (uint32_t i = 0; i < comparison->difference_count; i++)
                if (comparison->differences[i].cause != DIFFERS_BY_LINE_ABOVE)
                        return &comparison->differences[i];
        return NULL;
}

/* ---- the order of steps */

/* The steps that the figure's lines are of, each once, as they come first; how many. */
static size_t steps_said(const struct comparing *c, uint16_t ret[STEPS_MAX])
{
        const struct figure *figure = c->in->figure;
        size_t count = 0;

        memset(c->work->said, 0, sizeof(c->work->said));
        for (uint32_t i = 0; i < figure->line_count; i++) {
                size_t place = find_next(c, figure->lines[i].code, &figure->lines[i].item), j = 0;
                uint16_t step;

                if (place == COMPARE_NOWHERE)
                        continue;
                c->work->said[place] = true;
                step = c->in->statement->lines[place].step;
                while (j < count && ret[j] != step)
                        j++;
                if (j == count && count < STEPS_MAX && step < c->in->terms->step_count)
                        ret[count++] = step;
        }
        return count;
}

bool compare_order(const struct figure *figure, const struct statement *statement,
                   const struct terms *terms, struct compare_work *work, struct terms *ret)
{
        const struct compare_inputs inputs = {
                .figure = figure, .statement = statement, .terms = terms,
        };
        const struct comparing c = { .in = &inputs, .work = work };
        uint16_t order[STEPS_MAX];
        size_t count = steps_said(&c, order), next = 0;
        bool is_said[STEPS_MAX] = { false }, other = false;

        for (size_t i = 0; i < count; i++) {
                is_said[order[i]] = true;
                other = other || (i > 0 && order[i] < order[i - 1]);
        }
        if (!other)
                return false;
        *ret = *terms;
        for (size_t i = 0; i < terms->step_count; i++)
                if (is_said[i])
                        ret->steps[i] = terms->steps[order[next++]];
        return true;
}
