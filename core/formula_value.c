/* SPDX-License-Identifier: Apache-2.0 */
/* What a formula comes to: names looked up in the statement, parameters in the terms. */
#include "core/formula_inside.h"

#include "core/exact_try.h"
#include "core/check.h"
#include "core/lines.h"
#include "core/steps.h"

static bool is(struct bytes a, const char *b)
{
        return bytes_equal(a, (struct bytes) { b, strlen(b) });
}

/* ---- names */

bool line_answers_to(const struct line *line, struct bytes name)
{
        const struct line_info *info = line_info(line->code);

        return info && (is(name, info->name) ||
                        (info->feeds != FEED_NONE && is(name, feed_name(info->feeds))));
}

size_t formula_find(const struct formula_at *at, struct bytes name, uint16_t item)
{
        size_t none = FORMULA_NOWHERE, any = FORMULA_NOWHERE;
        struct exact whole;

        for (size_t i = at->line; i > 0; i--) {
                const struct line *line = &at->statement->lines[i - 1];

                if (!line_answers_to(line, name))
                        continue;
                if (line->item == item)
                        return i - 1;
                if (!line->item && none == FORMULA_NOWHERE)
                        none = i - 1;
                if (any == FORMULA_NOWHERE)
                        any = i - 1;
        }
        return none != FORMULA_NOWHERE || formula_default(name, &whole) ? none : any;
}

bool formula_default(struct bytes name, struct exact *ret)
{
        for (enum feed feed = FEED_NONE + 1; feed < FEED_COUNT; feed++)
                if (is(name, feed_name(feed))) {
                        *ret = exact_of(feed == FEED_FACTOR || feed == FEED_FRACTION);
                        return true;
                }
        return false;
}

static const char *name_value(const struct formula_at *at, struct bytes name, uint16_t item,
                              struct exact *ret)
{
        size_t place = formula_find(at, name, item);

        if (place == FORMULA_NOWHERE)
                return formula_default(name, ret) ? NULL : "a name in it is no line above";
        *ret = (struct exact) { at->statement->lines[place].num, at->statement->lines[place].den };
        return NULL;
}

/* ---- parameters */

const struct step *formula_step(const struct formula_at *at)
{
        uint16_t place = at->statement->lines[at->line].step;

        return place < at->terms->step_count ? &at->terms->steps[place] : NULL;
}

bool param_stand_in(const struct param_info *info, struct param *ret)
{
        memset(ret, 0, sizeof(*ret));
        ret->type = info->type;
        switch (info->type) {
        case PARAM_CENTS:
                ret->cents = info->otherwise;
                break;
        case PARAM_COUNT:
                ret->count = info->otherwise;
                break;
        case PARAM_RATE:
                ret->rate = (struct rate) { info->otherwise, 1 };
                break;
        case PARAM_FLAG:
                ret->flag = info->otherwise != 0;
                break;
        case PARAM_WORD:
                if (info->words)
                        memcpy(ret->word.text, info->words, strcspn(info->words, "|"));
                return info->words != NULL;
        case PARAM_BANDS:
                return false;
        }
        return info->otherwise != INT64_MIN;
}

const struct param *formula_param(const struct formula_at *at, struct bytes name,
                                  struct param *room)
{
        const struct step *step = formula_step(at);
        const struct step_info *info = step ? step_info(&step->kind, step->version) : NULL;
        const struct param *given;
        const struct param_info *known;
        size_t before = name.size > 6 && memcmp(name.data, "terms.", 6) == 0 ? 6 : 0;
        char text[NAME_MAX_LENGTH + 1] = "";

        if (!info || name.size - before > NAME_MAX_LENGTH)
                return NULL;
        memcpy(text, (const char *)name.data + before, name.size - before);
        known = param_info(info->code, text);
        given = step_param(step, text);
        if (!known || given)
                return known ? given : NULL;
        return param_stand_in(known, room) ? room : NULL;
}

bool param_figure(const struct param *param, struct exact *ret)
{
        switch (param->type) {
        case PARAM_CENTS:
                *ret = exact_of(param->cents);
                return true;
        case PARAM_COUNT:
                *ret = exact_of(param->count);
                return true;
        case PARAM_RATE:
                *ret = exact_of_rate(param->rate);
                return true;
        case PARAM_FLAG:
                *ret = exact_of(param->flag);
                return true;
        case PARAM_WORD:
        case PARAM_BANDS:
                break;
        }
        return false;
}

static const char *param_value(const struct formula_at *at, struct bytes name, struct exact *ret)
{
        struct param room;
        const struct param *param = formula_param(at, name, &room);

        if (!param)
                return "a parameter in it is not given, and nothing stands for it";
        return param_figure(param, ret) ? NULL : "a parameter in it is no number";
}

static const char *run_value(const struct formula_at *at, struct bytes name, struct exact *ret)
{
        const struct run *run = &at->statement->run;

        if (is(name, "run.payment"))
                *ret = exact_of(run->payment);
        else if (is(name, "run.months"))
                *ret = exact_of(period_months(run->period));
        else
                return "a name in it is nothing that a run has";
        return NULL;
}

/* "0.25": the reader has seen to its shape. */
static const char *number_value(struct bytes text, struct exact *ret)
{
        const char *c = text.data;
        wide num = 0, den = 1;
        bool behind = false;

        for (size_t i = 0; i < text.size; i++) {
                if (c[i] == '.') {
                        behind = true;
                        continue;
                }
                num = num * 10 + (c[i] - '0');
                den *= behind ? 10 : 1;
        }
        *ret = exact_ratio(num, den);
        return NULL;
}

/* ---- operators and functions */

static bool compared(enum formula_op op, int order)
{
        switch (op) {
        case FORMULA_GE:
                return order >= 0;
        case FORMULA_LE:
                return order <= 0;
        case FORMULA_GT:
                return order > 0;
        case FORMULA_LT:
                return order < 0;
        default:
                return order == 0;
        }
}

static const char *two(enum formula_op op, struct exact a, struct exact b, struct exact *ret)
{
        switch (op) {
        case FORMULA_ADD:
                return try_add(a, b, ret) ? NULL : TOO_LONG;
        case FORMULA_SUB:
                return try_sub(a, b, ret) ? NULL : TOO_LONG;
        case FORMULA_MUL:
                return try_mul(a, b, ret) ? NULL : TOO_LONG;
        case FORMULA_DIV:
                if (b.num == 0)
                        return "it divides by zero";
                return try_div(a, b, ret) ? NULL : TOO_LONG;
        case FORMULA_MIN:
                *ret = exact_min(a, b);
                return NULL;
        case FORMULA_MAX:
                *ret = exact_max(a, b);
                return NULL;
        case FORMULA_AND:
                *ret = exact_of(a.num && b.num);
                return NULL;
        case FORMULA_OR:
                *ret = exact_of(a.num || b.num);
                return NULL;
        case FORMULA_DECIMALS:
                if (b.den != 1 || b.num < 0 || b.num > 9)
                        return "it rounds to other than 0 to 9 decimals";
                return try_round_decimals(a, b.num, ret) ? NULL : TOO_LONG;
        default:
                *ret = exact_of(compared(op, exact_cmp(a, b)));
                return NULL;
        }
}

static const char *one(enum formula_op op, struct exact a, struct exact *ret)
{
        bool fits = true;

        switch (op) {
        case FORMULA_NEG:
                *ret = exact_neg(a);
                break;
        case FORMULA_NOT:
                *ret = exact_of(!a.num);
                break;
        case FORMULA_CENTS:
                fits = try_round(a, 1, ROUND_HALF_AWAY, ret);
                break;
        case FORMULA_DOLLARS:
                fits = try_round(a, 100, ROUND_HALF_AWAY, ret);
                break;
        case FORMULA_FLOOR:
                fits = try_floor(a, ret);
                break;
        case FORMULA_ISQRT:
                if (a.num < 0)
                        return "it takes the root of less than zero";
                fits = try_isqrt(a, ret);
                break;
        default:
                return "an operator in it is not known here";
        }
        return fits ? NULL : TOO_LONG;
}

static const char *with_arguments(const struct formula *f, int16_t node,
                                  const struct formula_at *at, uint16_t item, struct exact *ret)
{
        const struct formula_node *it = &f->nodes[node];
        struct exact a, b;
        const char *fault = formula_value(f, it->first, at, item, &a);

        if (fault)
                return fault;
        if (f->otherwise && formula_rounds(it->op))
                return formula_round_otherwise(f, node, at, a, ret);
        if (it->op == FORMULA_TABLE || it->op == FORMULA_BANDS)
                return formula_table(f, node, at, item, a, ret);
        if (it->op == FORMULA_ROUNDED)
                return formula_rounded(f, node, at, a, ret);
        if (f->nodes[it->first].next < 0)
                return one(it->op, a, ret);
        for (int16_t next = f->nodes[it->first].next; next >= 0; next = f->nodes[next].next) {
                fault = formula_value(f, next, at, item, &b);
                if (!fault)
                        fault = two(it->op, a, b, ret);
                if (fault)
                        return fault;
                a = *ret;
        }
        return NULL;
}

const char *formula_value(const struct formula *f, int16_t node, const struct formula_at *at,
                          uint16_t item, struct exact *ret)
{
        assert(node >= 0);
        switch (f->nodes[node].op) {
        case FORMULA_NUMBER:
                return number_value(formula_text(f, node), ret);
        case FORMULA_NAME:
                return name_value(at, formula_text(f, node), item, ret);
        case FORMULA_PARAM:
                return param_value(at, formula_text(f, node), ret);
        case FORMULA_RUN:
                return run_value(at, formula_text(f, node), ret);
        case FORMULA_SUM:
                return formula_sum(f, node, at, ret);
        case FORMULA_PORTION:
                return formula_portion(f, node, at, item, ret);
        default:
                return with_arguments(f, node, at, item, ret);
        }
}
