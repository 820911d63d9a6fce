/* SPDX-License-Identifier: Apache-2.0 */
/* A formula with the numbers put in. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clients/explain.h"

#define ADDENDS_SHOWN 6

static void add(char ret[NUMBERS_MAX], const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void add(char ret[NUMBERS_MAX], const char *format, ...)
{
        size_t length = strlen(ret);
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(ret + length, NUMBERS_MAX - length, format, arguments);
        va_end(arguments);
}

static void add_text(char ret[NUMBERS_MAX], const struct formula *f, size_t from, size_t to)
{
        add(ret, "%.*s", (int)(to - from), (const char *)f->text.data + from);
}

/* ---- how a node looks */

static enum look_as look_of_param(const struct formula_at *at, struct bytes name)
{
        struct param room;
        const struct param *param = formula_param(at, name, &room);

        if (param && param->type == PARAM_CENTS)
                return LOOK_MONEY;
        return param && param->type == PARAM_RATE ? LOOK_PERCENT : LOOK_COUNT;
}

static enum look_as look_of_name(const struct formula_at *at, struct bytes name)
{
        size_t place = formula_find(at, name, at->statement->lines[at->line].item);

        if (place != FORMULA_NOWHERE)
                return look_of_line(at->statement, place);
        return at->statement->lines[at->line].unit == UNIT_CENTS ? LOOK_MONEY : LOOK_COUNT;
}

static enum look_as look_of_product(const struct formula *f, int16_t node,
                                    const struct formula_at *at)
{
        const struct formula_node *it = &f->nodes[node];
        enum look_as left = look_of_node(f, it->first, at);
        enum look_as right = look_of_node(f, f->nodes[it->first].next, at);

        if (it->op == FORMULA_DIV)
                return left == right ? LOOK_PERCENT : left;
        if (left == LOOK_MONEY || right == LOOK_MONEY)
                return LOOK_MONEY;
        return left == LOOK_COUNT ? right : left;
}

enum look_as look_of_node(const struct formula *f, int16_t node, const struct formula_at *at)
{
        const struct formula_node *it = &f->nodes[node];

        switch (it->op) {
        case FORMULA_NAME:
                return look_of_name(at, formula_text(f, node));
        case FORMULA_PARAM:
                return look_of_param(at, formula_text(f, node));
        case FORMULA_NUMBER:
                return LOOK_COUNT;
        case FORMULA_RUN:
                return formula_text(f, node).size == strlen("run.payment") ? LOOK_DAY : LOOK_COUNT;
        case FORMULA_MUL:
        case FORMULA_DIV:
                return look_of_product(f, node, at);
        case FORMULA_TABLE:
                return LOOK_PERCENT;
        case FORMULA_GE: case FORMULA_LE: case FORMULA_GT: case FORMULA_LT: case FORMULA_EQ:
        case FORMULA_AND: case FORMULA_OR: case FORMULA_NOT:
                return LOOK_FLAG;
        default:
                break;
        }
        if (look_of_node(f, it->first, at) == LOOK_COUNT && f->nodes[it->first].next >= 0)
                return look_of_node(f, f->nodes[it->first].next, at);
        return look_of_node(f, it->first, at);
}

/* ---- putting in */

/* What is below zero stands in brackets behind a sign: "$ 5.00 - (-$ 3.00)". */
static void put_short(char ret[NUMBERS_MAX], struct exact figure, enum look_as as)
{
        size_t end = strlen(ret);
        char text[SAID_MAX];
        bool brackets;

        while (end && ret[end - 1] == ' ')
                end--;
        brackets = figure.num < 0 && end && strchr("+-*/", ret[end - 1]);
        in_short(figure, as, text);
        add(ret, "%s%s%s", brackets ? "(" : "", text, brackets ? ")" : "");
}

static void put_line(char ret[NUMBERS_MAX], const struct statement *s, size_t place)
{
        const struct exact figure = { s->lines[place].num, s->lines[place].den };

        put_short(ret, figure, look_of_line(s, place));
        add(ret, " [%zu]", place + 1);
}

static void put_name(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                     const struct formula_at *at, uint16_t item)
{
        size_t place = formula_find(at, formula_text(f, node), item);
        struct exact figure;

        if (place != FORMULA_NOWHERE)
                put_line(ret, at->statement, place);
        else if (formula_default(formula_text(f, node), &figure))
                add(ret, "%d", (int)figure.num);
        else
                add(ret, "?");
}

static void put_param(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                      const struct formula_at *at)
{
        struct bytes name = formula_text(f, node);
        struct param room;
        const struct param *param = formula_param(at, name, &room);
        struct exact figure;

        if (param && param_figure(param, &figure))
                put_short(ret, figure, look_of_param(at, name));
        else if (param && param->type == PARAM_WORD)
                add(ret, "%s", param->word.text);
        else
                add(ret, "%.*s", (int)name.size, (const char *)name.data);
}

static void put_figure_of(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                          const struct formula_at *at, uint16_t item)
{
        struct exact figure;

        if (formula_value(f, node, at, item, &figure))
                add(ret, "?");
        else
                put_short(ret, figure, look_of_node(f, node, at));
}

static void put_node(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                     const struct formula_at *at, uint16_t item);

/* Each addend where they are few, else how many there are and what they come to. */
static void put_sum(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                    const struct formula_at *at)
{
        int16_t of = f->nodes[node].first;
        uint16_t item = 0;
        size_t count = 0;

        while ((item = formula_next_item(f, of, at, item)))
                count++;
        if (count == 0 || count > ADDENDS_SHOWN) {
                add(ret, "(sum over %zu items: ", count);
                put_figure_of(ret, f, node, at, 0);
                add(ret, ")");
                return;
        }
        add(ret, "(");
        for (size_t i = 0; i < count; i++) {
                item = formula_next_item(f, of, at, item);
                add(ret, "%s", i ? " + " : "");
                put_node(ret, f, of, at, item);
        }
        add(ret, ")");
}

/* Of the whole, so many parts of so many. */
static void put_portion(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                        const struct formula_at *at, uint16_t item)
{
        int16_t whole = f->nodes[node].first, weight = f->nodes[whole].next;
        uint16_t other = 0;
        const char *plus = "";

        add(ret, "portion of ");
        put_node(ret, f, whole, at, item);
        add(ret, ", ");
        put_node(ret, f, weight, at, item);
        add(ret, " parts of (");
        while ((other = formula_next_item(f, weight, at, other))) {
                add(ret, "%s", plus);
                put_node(ret, f, weight, at, other);
                plus = " + ";
        }
        add(ret, ")");
}

/* What lies between its parts is kept as it is written: signs, brackets, names of functions. */
static void put_node(char ret[NUMBERS_MAX], const struct formula *f, int16_t node,
                     const struct formula_at *at, uint16_t item)
{
        const struct formula_node *it = &f->nodes[node];
        size_t from = it->from;

        switch (it->op) {
        case FORMULA_NAME:
                put_name(ret, f, node, at, item);
                return;
        case FORMULA_PARAM:
                put_param(ret, f, node, at);
                return;
        case FORMULA_RUN:
                put_figure_of(ret, f, node, at, item);
                return;
        case FORMULA_SUM:
                put_sum(ret, f, node, at);
                return;
        case FORMULA_PORTION:
                put_portion(ret, f, node, at, item);
                return;
        default:
                break;
        }
        for (int16_t part = it->first; part >= 0; part = f->nodes[part].next) {
                add_text(ret, f, from, f->nodes[part].from);
                put_node(ret, f, part, at, item);
                from = f->nodes[part].to;
        }
        add_text(ret, f, from, it->to);
}

char *numbers_put_in(const struct formula *f, const struct formula_at *at, char ret[NUMBERS_MAX])
{
        ret[0] = '\0';
        put_node(ret, f, f->root, at, at->statement->lines[at->line].item);
        return ret;
}
