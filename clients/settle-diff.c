/* SPDX-License-Identifier: Apache-2.0 */
/* Which lines differ, and why each does. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "core/steps.h"
#include "clients/look.h"
#include "clients/settle-diff.h"
#include "clients/statement-print.h"

static const struct {
        const char *word, *says;
} causes[] = {
#define X(code, word, says) { (word), (says) },
        CAUSES(X)
#undef X
};

const char *cause_word(enum cause cause)
{
        return causes[cause].word;
}

const char *cause_says(enum cause cause)
{
        return causes[cause].says;
}

struct comparing {
        const struct explanation *sides;
        const struct pairing *pairing;
        struct settle_diff *to;
        bool differs[2][LINES_PER_STATEMENT_MAX];
        bool told_end;          /* where one of them stops being calculable was said */
};

/* ---- one difference */

static void why(struct difference *d, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void why(struct difference *d, const char *format, ...)
{
        size_t length = strlen(d->why);
        va_list arguments;

        if (length && length + 2 < sizeof(d->why)) {
                memcpy(d->why + length, "; ", 3);
                length += 2;
        }
        va_start(arguments, format);
        vsnprintf(d->why + length, sizeof(d->why) - length, format, arguments);
        va_end(arguments);
}

static const struct line *line_of(const struct comparing *c, const struct difference *d, int side)
{
        return d->line[side] == FORMULA_NOWHERE ? NULL
                                                : &c->sides[side].s->lines[d->line[side]];
}

/* ---- inputs */

static const struct used_fact *fact_of(const struct comparing *c, int side,
                                       const struct line *line, size_t number)
{
        return &c->sides[side].s->facts[line->fact + number];
}

static bool same_source(const struct used_fact *a, const struct used_fact *b)
{
        return a->index == b->index && a->event == b->event;
}

/* "expenditure of 2024: first by medicare, in log entry 14, event 2; second by ..." */
static void tell_fact(const struct comparing *c, struct difference *d,
                      const struct used_fact *one, const struct used_fact *other)
{
        const struct used_fact *any = one ? one : other;
        char first[ORIGIN_MAX] = "not reported", second[ORIGIN_MAX] = "not reported";
        char period[LOOK_MAX];

        if (one)
                fact_origin(c->sides[0].s, c->sides[0].origins, one, first);
        if (other)
                fact_origin(c->sides[1].s, c->sides[1].origins, other, second);
        why(d, "%s%s%s%s of %s: A %s%s; B %s%s", fact_kind_info((unsigned int)any->kind)->name,
            *any->item.text ? "[" : "", any->item.text, *any->item.text ? "]" : "",
            look_period(any->period, period), one ? "by " : "", first, other ? "by " : "", second);
}

static void tell_facts(const struct comparing *c, struct difference *d)
{
        const struct line *one = line_of(c, d, 0), *other = line_of(c, d, 1);
        size_t count = one->facts > other->facts ? one->facts : other->facts;

        d->cause = CAUSE_INPUT;
        for (size_t i = 0; i < count; i++) {
                const struct used_fact *a = i < one->facts ? fact_of(c, 0, one, i) : NULL;
                const struct used_fact *b = i < other->facts ? fact_of(c, 1, other, i) : NULL;

                if (!a || !b || !same_source(a, b) || a->value.num != b->value.num ||
                    a->value.den != b->value.den)
                        tell_fact(c, d, a, b);
        }
}

static void tell_carried(const struct comparing *c, struct difference *d)
{
        char first[ORIGIN_MAX], second[ORIGIN_MAX];
        const struct carried *carried[2];

        for (int side = 0; side < 2; side++)
                carried[side] =
                        &c->sides[side].s->carried[line_of(c, d, side)->carried - 1];
        d->cause = CAUSE_CARRIED;
        why(d, "%s: A from %s, B from %s", carry_name(carried[0]->what),
            carried_origin(c->sides[0].origins, carried[0], first),
            carried_origin(c->sides[1].origins, carried[1], second));
}

static const char *source_word(const struct line *line)
{
        if (line->facts)
                return "reported";
        if (line->carried)
                return "carried from an earlier statement";
        return line->members ? "computed from member rows" : "made of the lines above";
}

/* One side has it only, and it is an input. */
static void tell_lone_input(const struct comparing *c, struct difference *d, int side)
{
        const struct line *line = line_of(c, d, side);

        d->cause = line->facts ? CAUSE_INPUT : line->carried ? CAUSE_CARRIED : CAUSE_MEMBERS;
        if (line->facts)
                tell_fact(c, d, side ? NULL : fact_of(c, 0, line, 0),
                          side ? fact_of(c, 1, line, 0) : NULL);
        else
                why(d, "only %c has it, %s", "AB"[side], source_word(line));
}

/* ---- terms */

struct telling_params {
        struct difference *d;
        const struct formula *only;     /* those that it names; NULL: all */
        size_t count;
        bool roundings;                 /* all of them say how to round */
};

static bool rounds(const char *name)
{
        return strcmp(name, "decimals") == 0 || strcmp(name, "rounding") == 0 ||
               strcmp(name, "unit") == 0;
}

static bool names_param(const struct formula *f, const char *name)
{
        for (int16_t i = 0; i < f->count; i++) {
                struct bytes text = formula_text(f, i);
                size_t before = text.size > 6 && memcmp(text.data, "terms.", 6) == 0 ? 6 : 0;

                if (f->nodes[i].op == FORMULA_PARAM && text.size - before == strlen(name) &&
                    memcmp((const char *)text.data + before, name, strlen(name)) == 0)
                        return true;
        }
        return false;
}

static void tell_param(void *with, const struct param_info *info, const char *one,
                       const char *other)
{
        struct telling_params *t = with;

        if (t->only && !names_param(t->only, info->name))
                return;
        t->count++;
        t->roundings = t->roundings && rounds(info->name);
        why(t->d, "terms.%s: A %s, B %s", info->name, one, other);
}

/* Do the parameters of its step explain it? */
static bool by_terms(const struct comparing *c, struct difference *d, const struct formula *only)
{
        struct telling_params t = { .d = d, .only = only, .roundings = true };

        if (d->step[0] == FORMULA_NOWHERE || d->step[1] == FORMULA_NOWHERE)
                return false;
        params_differ(c->sides, d->step[0], d->step[1], tell_param, &t);
        if (t.count)
                d->cause = t.roundings && only ? CAUSE_ROUNDING : CAUSE_TERMS;
        return t.count > 0;
}

/* ---- what it was made of */

#define GOING_IN_MAX 2048

static bool uses_run(const struct formula *f)
{
        for (int16_t i = 0; i < f->count; i++)
                if (f->nodes[i].op == FORMULA_RUN)
                        return true;
        return false;
}

/* A line above that goes in and differs. */
static bool by_lines_above(const struct comparing *c, struct difference *d,
                           const struct formula formulas[2], const struct formula_at at[2])
{
        size_t lines[GOING_IN_MAX];
        char name[LINE_NAME_MAX];

        for (int side = 0; side < 2; side++) {
                size_t count = formula_lines(&formulas[side], &at[side], lines, GOING_IN_MAX);

                for (size_t i = 0; i < count && i < GOING_IN_MAX; i++) {
                        if (!c->differs[side][lines[i]])
                                continue;
                        d->cause = CAUSE_FOLLOWS;
                        why(d, "from %s", explain_name(c->sides[side].s, lines[i], name));
                        return true;
                }
        }
        return false;
}

/* The same names stand for other lines: a step comes sooner, or later. */
static bool by_order(const struct comparing *c, struct difference *d,
                     const struct formula formulas[2], const struct formula_at at[2])
{
        size_t one[GOING_IN_MAX], other[GOING_IN_MAX];
        size_t count = formula_lines(&formulas[0], &at[0], one, GOING_IN_MAX);
        size_t others = formula_lines(&formulas[1], &at[1], other, GOING_IN_MAX);
        char first[LINE_NAME_MAX], second[LINE_NAME_MAX];

        for (size_t i = 0; i < count && i < others && i < GOING_IN_MAX; i++) {
                if (c->pairing->line[0][one[i]] == other[i])
                        continue;
                d->cause = CAUSE_ORDER;
                why(d, "A takes %s of step %d, B %s of step %d",
                    explain_name(c->sides[0].s, one[i], first),
                    c->sides[0].s->lines[one[i]].step + 1,
                    explain_name(c->sides[1].s, other[i], second),
                    c->sides[1].s->lines[other[i]].step + 1);
                return true;
        }
        return false;
}

/* The last line before it that differs: of its own step, or of any. FORMULA_NOWHERE: none. */
static size_t differs_before(const struct comparing *c, const struct difference *d, int side,
                             bool own_step)
{
        const struct statement *s = c->sides[side].s;
        size_t last = d->line[side];

        if (last == FORMULA_NOWHERE)
                for (last = 0; last < s->line_count && s->lines[last].step <= d->step[side];)
                        last++;
        for (size_t i = last; i > 0; i--)
                if (c->differs[side][i - 1] && (!own_step || s->lines[i - 1].step == d->step[side]))
                        return i - 1;
        return FORMULA_NOWHERE;
}

/* Another branch was taken: something before it differs, in its step rather than elsewhere. */
static bool by_branch(const struct comparing *c, struct difference *d, bool own_step)
{
        char name[LINE_NAME_MAX];

        int has = d->line[0] == FORMULA_NOWHERE;

        for (int pass = 0; pass < (own_step ? 2 : 4); pass++) {
                int side = pass % 2 ? !has : has;
                size_t place = d->step[side] == FORMULA_NOWHERE
                                       ? FORMULA_NOWHERE
                                       : differs_before(c, d, side, pass < 2);

                if (place == FORMULA_NOWHERE)
                        continue;
                d->cause = CAUSE_FOLLOWS;
                why(d, "another branch was taken: %s differs",
                    explain_name(c->sides[side].s, place, name));
                return true;
        }
        return false;
}

static void tell_unknown(const struct comparing *c, struct difference *d,
                         const struct formula formulas[2], const struct formula_at at[2])
{
        d->cause = CAUSE_UNKNOWN;
        for (int side = 0; side < 2; side++) {
                const struct line *line = line_of(c, d, side);
                const struct exact is = { line->num, line->den };
                struct exact made;
                char figure[SAID_MAX];

                if (formula_value(&formulas[side], formulas[side].root, &at[side], line->item,
                                  &made) || exact_cmp(made, is) == 0)
                        continue;
                why(d, "%c's formula makes it %s", "AB"[side],
                    in_full(made, look_of_line(c->sides[side].s, d->line[side]), figure));
        }
}

static void tell_run(const struct comparing *c, struct difference *d)
{
        char days[2][11], periods[2][LOOK_MAX];

        for (int side = 0; side < 2; side++) {
                date_print(c->sides[side].s->run.payment, days[side]);
                look_period(c->sides[side].s->run.period, periods[side]);
        }
        d->cause = CAUSE_RUN;
        why(d, "A of %s, paid on %s; B of %s, paid on %s", periods[0], days[0], periods[1],
            days[1]);
}

static void classify_made(const struct comparing *c, struct difference *d)
{
        struct formula formulas[2];
        struct formula_at at[2];

        for (int side = 0; side < 2; side++) {
                at[side] = (struct formula_at) { c->sides[side].terms, c->sides[side].s,
                                                 d->line[side] };
                if (formula_of_line(&at[side], &formulas[side])) {
                        d->cause = CAUSE_UNKNOWN;
                        return;
                }
        }
        if (line_of(c, d, 0)->form != line_of(c, d, 1)->form) {
                why(d, "A by %.*s, B by %.*s", (int)formulas[0].text.size,
                    (const char *)formulas[0].text.data, (int)formulas[1].text.size,
                    (const char *)formulas[1].text.data);
                if (by_terms(c, d, NULL) || by_lines_above(c, d, formulas, at) ||
                    by_branch(c, d, false))
                        return;
        } else if (by_lines_above(c, d, formulas, at) || by_terms(c, d, &formulas[0]) ||
                   by_order(c, d, formulas, at)) {
                return;
        }
        if (uses_run(&formulas[0])) {
                tell_run(c, d);
                return;
        }
        tell_unknown(c, d, formulas, at);
}

/* ---- each pair, each line that only one side has */

static void classify_pair(const struct comparing *c, struct difference *d)
{
        const struct line *one = line_of(c, d, 0), *other = line_of(c, d, 1);

        if (one->facts && other->facts)
                tell_facts(c, d);
        else if (one->carried && other->carried)
                tell_carried(c, d);
        else if (one->members && other->members)
                d->cause = CAUSE_MEMBERS;
        else if (!line_is_input(one) && !line_is_input(other))
                classify_made(c, d);
        else if (!by_terms(c, d, NULL)) {
                d->cause = CAUSE_INPUT;
                why(d, "A: %s, B: %s", source_word(one), source_word(other));
        }
}

/* Nothing is said behind the last line of what is not calculable. */
static bool behind_the_end(const struct statement *s, size_t step)
{
        return step != FORMULA_NOWHERE &&
               (s->line_count == 0 || step >= s->lines[s->line_count - 1].step);
}

static void classify_lone(struct comparing *c, struct difference *d, int side)
{
        const struct statement *other = c->sides[!side].s;

        if (other->status == STATEMENT_NOT_CALCULABLE && behind_the_end(other, d->step[!side])) {
                d->cause = c->told_end ? CAUSE_FOLLOWS : CAUSE_MISSING;
                if (c->told_end)
                        why(d, "%c ends before it", "AB"[!side]);
                else
                        why(d, "%c is not calculable: %s", "AB"[!side], other->reason.text);
                c->told_end = true;
        } else if (d->step[!side] == FORMULA_NOWHERE) {
                d->cause = CAUSE_TERMS;
                why(d, "only %c has the step", "AB"[side]);
        } else if (line_is_input(line_of(c, d, side))) {
                if (!by_terms(c, d, NULL) && !by_branch(c, d, true))
                        tell_lone_input(c, d, side);
        } else if (!by_terms(c, d, NULL) && !by_branch(c, d, false)) {
                d->cause = CAUSE_UNKNOWN;
        }
}

static void add(struct comparing *c, size_t one, size_t other, size_t step, size_t other_step)
{
        struct difference *d = &c->to->list[c->to->count];

        *d = (struct difference) { .line = { one, other }, .step = { step, other_step } };
        if (one != FORMULA_NOWHERE && other != FORMULA_NOWHERE)
                classify_pair(c, d);
        else
                classify_lone(c, d, one == FORMULA_NOWHERE);
        for (int side = 0; side < 2; side++)
                if (d->line[side] != FORMULA_NOWHERE)
                        c->differs[side][d->line[side]] = true;
        if (c->to->first == c->to->count && d->cause == CAUSE_FOLLOWS)
                c->to->first++;
        c->to->count++;
}

static bool same_figure(const struct line *a, const struct line *b)
{
        return a->num == b->num && a->den == b->den;
}

/* A step of the first, with what of the second is its pair; either may be none. */
static void compare_step(struct comparing *c, size_t step, size_t other_step)
{
        const struct statement *one = c->sides[0].s, *other = c->sides[1].s;

        for (size_t i = 0; step != FORMULA_NOWHERE && i < one->line_count; i++) {
                size_t pair = c->pairing->line[0][i];

                if (one->lines[i].step != step)
                        continue;
                c->to->compared += pair != FORMULA_NOWHERE;
                if (pair == FORMULA_NOWHERE || !same_figure(&one->lines[i], &other->lines[pair]))
                        add(c, i, pair, step, other_step);
        }
        for (size_t i = 0; other_step != FORMULA_NOWHERE && i < other->line_count; i++)
                if (other->lines[i].step == other_step &&
                    c->pairing->line[1][i] == FORMULA_NOWHERE)
                        add(c, FORMULA_NOWHERE, i, step, other_step);
}

/* Steps that only the second has, up to @until of its. */
static void compare_only_second(struct comparing *c, size_t *at, size_t until)
{
        for (; *at < until; ++*at)
                if (c->pairing->step[1][*at] == FORMULA_NOWHERE)
                        compare_step(c, FORMULA_NOWHERE, *at);
}

void settle_diff_make(const struct explanation sides[2], const struct pairing *pairing,
                      struct settle_diff *ret)
{
        struct comparing *c = calloc(1, sizeof(*c));
        size_t other = 0;

        ret->count = ret->first = ret->compared = 0;
        if (!c)
                return;
        *c = (struct comparing) { .sides = sides, .pairing = pairing, .to = ret };
        for (size_t i = 0; i < sides[0].terms->step_count; i++) {
                size_t pair = pairing->step[0][i];

                if (pair != FORMULA_NOWHERE && !pairing->moved[0][i])
                        compare_only_second(c, &other, pair);
                compare_step(c, i, pair);
        }
        compare_only_second(c, &other, sides[1].terms->step_count);
        free(c);
}
