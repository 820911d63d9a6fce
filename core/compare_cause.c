/* SPDX-License-Identifier: Apache-2.0 */
/* Why a line of a figure differs: by trying what would make it what it is. */
#include "core/check.h"
#include "core/compare_inside.h"
#include "core/formula.h"
#include "core/lines.h"
#include "core/sentence.h"

/* What is tried, for lines the figure does not say and for the line itself; the first: as said. */
static const struct way {
        const char *says;
        struct formula_rounding by;
} ways[] = {
        { "", { .how = FORMULA_NOT_ROUNDED } },
        { "not rounded", { .how = FORMULA_NOT_ROUNDED } },
        { "with halves to even", { .how = FORMULA_BY_MODE, .mode = ROUND_HALF_EVEN } },
        { "with halves up", { .how = FORMULA_BY_MODE, .mode = ROUND_HALF_UP } },
        { "cut off", { .how = FORMULA_BY_MODE, .mode = ROUND_TOWARD_ZERO } },
        { "with halves away from zero", { .how = FORMULA_BY_MODE, .mode = ROUND_HALF_AWAY } },
        { "rounded to cents", { .how = FORMULA_TO_CENTS } },
        { "rounded to dollars", { .how = FORMULA_TO_DOLLARS } },
        { "rounded to a whole number", { .how = FORMULA_TO_DECIMALS, .decimals = 0 } },
        { "rounded to 1 decimal", { .how = FORMULA_TO_DECIMALS, .decimals = 1 } },
        { "rounded to 2 decimals", { .how = FORMULA_TO_DECIMALS, .decimals = 2 } },
        { "rounded to 3 decimals", { .how = FORMULA_TO_DECIMALS, .decimals = 3 } },
        { "rounded to 4 decimals", { .how = FORMULA_TO_DECIMALS, .decimals = 4 } },
        { "rounded to 5 decimals", { .how = FORMULA_TO_DECIMALS, .decimals = 5 } },
        { "rounded to 6 decimals", { .how = FORMULA_TO_DECIMALS, .decimals = 6 } },
};

static_assert(sizeof(ways) / sizeof(ways[0]) == COMPARE_ROUNDINGS, "a way of rounding too many");

static const struct formula_rounding *way_by(size_t way)
{
        return way ? &ways[way].by : NULL;
}

/* ---- a line by its formula, from the figure's lines above it */

/* By @form of its formulas; false when that cannot be told. */
static bool make(const struct comparing *c, size_t place, const struct statement *from,
                 unsigned int form, size_t way, struct exact *ret)
{
        const struct formula_at at = {
                .terms = c->in->terms, .statement = from, .line = place,
        };
        const struct line *line = &from->lines[place];
        const struct line_info *info = line_info(line->code);
        struct formula formula;
        struct bytes text;

        if (!info || !formula_form(info->formula, form, &text) || !text.size ||
            formula_parse(text, &formula))
                return false;
        formula.otherwise = way_by(way);
        return formula_value(&formula, formula.root, &at, line->item, ret) == NULL;
}

/* Lines up to @place as the figure has them, and made from its lines where it does not say them. */
static const struct statement *made_of(const struct comparing *c, size_t way, size_t place)
{
        struct statement *made = &c->work->made[way];
        size_t at = c->work->made_to[way];
        struct exact exact;

        if (at == COMPARE_NOWHERE) {
                *made = *c->in->statement;
                at = 0;
        }
        for (; at < place; at++) {
                struct line *line = &made->lines[at];

                if (c->work->said[at])
                        exact = c->work->theirs[at];
                else if (line_is_input(line) || !make(c, at, made, line->form, way, &exact))
                        continue;
                line->num = exact.num;
                line->den = exact.den;
        }
        c->work->made_to[way] = at;
        return made;
}

static bool is_theirs(const struct comparing *c, size_t place, struct exact exact)
{
        return exact_cmp(exact, c->work->theirs[place]) == 0;
}

/* ---- words */

static void add_line(struct text *says, const struct statement *s, size_t place)
{
        const struct line_info *info = line_info(s->lines[place].code);
        const struct item *item = line_item(s, &s->lines[place]);

        sentence_add(says, info ? info->name : "a line");
        if (!item)
                return;
        sentence_add(says, " of ");
        sentence_add(says, item->text);
}

static void explain(struct figure_difference *d, enum differs_by cause, const char *words)
{
        d->cause = cause;
        sentence_begin(&d->says);
        sentence_add(&d->says, words);
}

/* ---- inputs */

static void by_input(const struct comparing *c, size_t place, struct figure_difference *d)
{
        const struct statement *s = c->in->statement;
        const struct line *line = &s->lines[place];
        const struct used_fact *fact = &s->facts[line->fact];

        explain(d, DIFFERS_BY_INPUT, "another figure went in: the hub's is ");
        if (line->carried) {
                sentence_add(&d->says, "carried from an earlier statement");
        } else if (line->members) {
                sentence_add(&d->says, "counted from member rows");
        } else if (fact->decided) {
                sentence_add(&d->says, "decided in log entry ");
                sentence_add_number(&d->says, fact->index);
        } else {
                sentence_add(&d->says, fact->side == SIDE_EARNER ? "the earner's" : "the bearer's");
                sentence_add(&d->says, ", of log entry ");
                sentence_add_number(&d->says, fact->index);
        }
}

/* ---- lines above */

#define GOING_IN_MAX 512

/* The first line that goes in, and that @which holds of; COMPARE_NOWHERE: none. */
static size_t goes_in(const struct comparing *c, size_t place, const struct statement *from,
                      bool (*which)(const struct comparing *c, size_t place))
{
        const struct formula_at at = {
                .terms = c->in->terms, .statement = from, .line = place,
        };
        size_t lines[GOING_IN_MAX], count;
        struct formula formula;

        if (formula_of_line(&at, &formula))
                return COMPARE_NOWHERE;
        count = formula_lines(&formula, &at, lines, GOING_IN_MAX);
        for (size_t i = 0; i < count && i < GOING_IN_MAX; i++)
                if (which(c, lines[i]))
                        return lines[i];
        return COMPARE_NOWHERE;
}

static bool differs_there(const struct comparing *c, size_t place)
{
        return c->work->differs[place];
}

static bool silent_there(const struct comparing *c, size_t place)
{
        return !c->work->said[place];
}

/* By its own formula, or by another of its code: lines above may have led to another branch. */
static bool by_lines_above(const struct comparing *c, size_t place, struct figure_difference *d)
{
        const struct statement *from = made_of(c, 0, place);
        const unsigned int own = from->lines[place].form;
        struct exact exact;
        size_t above;

        if (make(c, place, from, own, 0, &exact) && is_theirs(c, place, exact)) {
                above = goes_in(c, place, from, differs_there);
                explain(d, DIFFERS_BY_LINE_ABOVE, "follows from ");
                if (above == COMPARE_NOWHERE)
                        sentence_add(&d->says, "lines above that differ");
                else
                        add_line(&d->says, from, above);
                return true;
        }
        for (unsigned int form = 0; form < 16; form++) {
                if (form == own || !make(c, place, from, form, 0, &exact) ||
                    !is_theirs(c, place, exact))
                        continue;
                explain(d, DIFFERS_BY_LINE_ABOVE,
                        "follows from lines above that differ: another branch was taken");
                return true;
        }
        return false;
}

/* ---- the hub's run made otherwise */

static void tell_alternative(const struct comparing *c, const struct compare_alternative *by,
                             struct figure_difference *d)
{
        switch (by->cause) {
        case DIFFERS_BY_TERMS:
                explain(d, by->cause, "as version ");
                sentence_add_number(&d->says, by->statement->terms_version);
                sentence_add(&d->says, " of the terms has it; the hub's run is by version ");
                sentence_add_number(&d->says, c->in->statement->terms_version);
                return;
        case DIFFERS_BY_ORDER:
                explain(d, by->cause, "as it is with the steps in the figure's own order, which is "
                                      "not that of the terms");
                return;
        default:
                explain(d, by->cause, "as it is with that side's own facts, where they are not of "
                                      "record");
                return;
        }
}

static bool by_alternative(const struct comparing *c, size_t place, enum differs_by cause,
                           struct figure_difference *d)
{
        for (size_t i = 0; i < c->in->alternative_count; i++) {
                const struct compare_alternative *by = &c->in->alternatives[i];
                struct exact exact;

                if (by->cause != cause || !compare_in(c, by->statement, place, &exact) ||
                    !is_theirs(c, place, exact))
                        continue;
                tell_alternative(c, by, d);
                return true;
        }
        return false;
}

/* ---- roundings */

static bool by_rounding(const struct comparing *c, size_t place, struct figure_difference *d)
{
        for (size_t above = 0; above < COMPARE_ROUNDINGS; above++) {
                const struct statement *from = made_of(c, above, place);
                const unsigned int form = from->lines[place].form;
                struct exact exact;

                for (size_t way = above ? 0 : 1; way < COMPARE_ROUNDINGS; way++) {
                        if (!make(c, place, from, form, way, &exact) ||
                            !is_theirs(c, place, exact))
                                continue;
                        explain(d, DIFFERS_BY_ROUNDING, "as it comes out ");
                        sentence_add(&d->says, way ? ways[way].says : ways[above].says);
                        if (above)
                                sentence_add(&d->says,
                                             way ? ", and lines that the figure does not say too"
                                                 : " in lines above that the figure does not say");
                        return true;
                }
        }
        return false;
}

/* ---- what is left */

static void unexplained(const struct comparing *c, size_t place, struct figure_difference *d)
{
        const struct statement *from = made_of(c, 0, place);
        size_t silent = goes_in(c, place, from, silent_there);

        if (silent != COMPARE_NOWHERE) {
                explain(d, DIFFERS_BY_SILENCE,
                        "it is made of lines that the figure does not say: ");
                add_line(&d->says, from, silent);
                return;
        }
        explain(d, DIFFERS_BY_ARITHMETIC,
                "the figure has the same lines above it, and its rule comes to something else");
        if (c->any)
                explain(d, DIFFERS_BY_ARITHMETIC,
                        "by its rule the figure's own lines above it come to something else");
}

void compare_classify(struct comparing *c, size_t place, struct figure_difference *d)
{
        const bool is_input = line_is_input(&c->in->statement->lines[place]);

        if (!is_input && c->any && by_lines_above(c, place, d))
                return;
        if (by_alternative(c, place, DIFFERS_BY_TERMS, d) ||
            by_alternative(c, place, DIFFERS_BY_ORDER, d) ||
            by_alternative(c, place, DIFFERS_BY_INPUT, d))
                return;
        if (is_input)
                by_input(c, place, d);
        else if (c->work->trials++ >= COMPARE_TRIALS_MAX || !by_rounding(c, place, d))
                unexplained(c, place, d);
}

const char *differs_by_name(enum differs_by cause)
{
        static const char *const names[] = {
                [DIFFERS_BY_INPUT] = "input", [DIFFERS_BY_TERMS] = "terms",
                [DIFFERS_BY_ORDER] = "order", [DIFFERS_BY_ROUNDING] = "rounding",
                [DIFFERS_BY_ARITHMETIC] = "arithmetic", [DIFFERS_BY_LINE_ABOVE] = "follows",
                [DIFFERS_BY_SILENCE] = "silence",
        };

        return (unsigned int)cause < sizeof(names) / sizeof(names[0]) ? names[cause] : NULL;
}
