/* SPDX-License-Identifier: Apache-2.0 */
/* What a formula says about all items: sums, and shares of a whole. */
#include "core/formula_inside.h"

#include "core/exact_try.h"

uint16_t formula_next_item(const struct formula *f, int16_t node, const struct formula_at *at,
                           uint16_t after)
{
        int16_t first = node;

        /* The first name in the text of it; nodes come in the order in which they end. */
        for (int16_t i = 0; i < f->count; i++)
                if (f->nodes[i].op == FORMULA_NAME && f->nodes[i].from >= f->nodes[node].from &&
                    f->nodes[i].to <= f->nodes[node].to) {
                        first = i;
                        break;
                }
        for (uint16_t item = (uint16_t)(after + 1); item <= at->statement->item_count; item++)
                for (size_t i = 0; i < at->line; i++)
                        if (at->statement->lines[i].item == item &&
                            line_answers_to(&at->statement->lines[i], formula_text(f, first)))
                                return item;
        return 0;
}

const char *formula_sum(const struct formula *f, int16_t node, const struct formula_at *at,
                        struct exact *ret)
{
        int16_t of = f->nodes[node].first;
        uint16_t item = 0;

        *ret = exact_of(0);
        while ((item = formula_next_item(f, of, at, item))) {
                struct exact part;
                const char *fault = formula_value(f, of, at, item, &part);

                if (fault)
                        return fault;
                if (!try_add(*ret, part, ret))
                        return TOO_LONG;
        }
        return NULL;
}

struct share {
        uint16_t item;
        struct exact exactly;   /* of the whole, its size */
        struct exact whole;     /* rounded down, then with a cent of the rest */
};

/* What is left of a figure above the whole number below it. */
static struct exact rest_of(struct exact a)
{
        wide rest = a.num % a.den;

        return (struct exact) { rest < 0 ? rest + a.den : rest, a.den };
}

/* The larger remainder first; of equal ones the item that sorts first. */
static bool comes_before(const struct statement *s, const struct share *a, const struct share *b)
{
        int by = exact_cmp(rest_of(a->exactly), rest_of(b->exactly));

        return by ? by > 0 : strcmp(s->items[a->item - 1].text, s->items[b->item - 1].text) < 0;
}

static const char *weigh(const struct formula *f, int16_t weight, const struct formula_at *at,
                         struct exact size, struct share *shares, size_t *count)
{
        struct exact total = exact_of(0);
        const char *fault = NULL;
        uint16_t item = 0;

        for (*count = 0; !fault && (item = formula_next_item(f, weight, at, item)); ++*count) {
                if (*count == CATEGORIES_MAX)
                        return "more items than a whole can have parts";
                shares[*count].item = item;
                fault = formula_value(f, weight, at, item, &shares[*count].exactly);
                if (!fault && !try_add(total, shares[*count].exactly, &total))
                        fault = TOO_LONG;
        }
        if (!fault && total.num <= 0)
                fault = "the weights in it add up to nothing";
        for (size_t i = 0; !fault && i < *count; i++)
                if (!try_mul(shares[i].exactly, size, &shares[i].exactly) ||
                    !try_div(shares[i].exactly, total, &shares[i].exactly) ||
                    !try_floor(shares[i].exactly, &shares[i].whole))
                        fault = TOO_LONG;
        return fault;
}

const char *formula_portion(const struct formula *f, int16_t node,
                            const struct formula_at *at, uint16_t item, struct exact *ret)
{
        struct share shares[CATEGORIES_MAX];
        struct exact whole, size, rest;
        const char *fault = formula_value(f, f->nodes[node].first, at, item, &whole);
        size_t count, before = 0, mine = SIZE_MAX;

        if (fault)
                return fault;
        if (whole.den != 1)
                return "what is to be divided is no whole number";
        rest = size = whole.num < 0 ? exact_neg(whole) : whole;
        if (whole.num == 0) {
                *ret = exact_of(0);
                return NULL;
        }
        fault = weigh(f, f->nodes[f->nodes[node].first].next, at, size, shares, &count);
        if (fault)
                return fault;
        for (size_t i = 0; i < count; i++) {
                if (!try_sub(rest, shares[i].whole, &rest))
                        return TOO_LONG;
                mine = shares[i].item == item ? i : mine;
        }
        if (mine == SIZE_MAX)
                return "the line's item has no weight in it";
        for (size_t i = 0; i < count; i++)
                before += i != mine && comes_before(at->statement, &shares[i], &shares[mine]);
        if (!try_add(shares[mine].whole, exact_of((wide)before < rest.num), ret))
                return TOO_LONG;
        if (whole.num < 0)
                *ret = exact_neg(*ret);
        return NULL;
}

/* ---- what goes in */

struct going_in {
        const struct formula *f;
        const struct formula_at *at;
        size_t *lines;
        struct bytes *missing;
        size_t room, count, missing_count;
};

static void name_goes_in(struct going_in *in, struct bytes name, uint16_t item)
{
        size_t place = formula_find(in->at, name, item);
        struct exact figure;

        if (place != FORMULA_NOWHERE) {
                if (in->lines && in->count < in->room)
                        in->lines[in->count] = place;
                in->count++;
        } else if (formula_default(name, &figure)) {
                if (in->missing && in->missing_count < in->room)
                        in->missing[in->missing_count] = name;
                in->missing_count++;
        }
}

static void go_in(struct going_in *in, int16_t node, uint16_t item)
{
        const struct formula_node *it = &in->f->nodes[node];
        uint16_t other = 0;

        if (it->op == FORMULA_NAME) {
                name_goes_in(in, formula_text(in->f, node), item);
        } else if (it->op == FORMULA_SUM) {
                while ((other = formula_next_item(in->f, it->first, in->at, other)))
                        go_in(in, it->first, other);
        } else if (it->op == FORMULA_PORTION) {
                int16_t weight = in->f->nodes[it->first].next;

                go_in(in, it->first, item);
                while ((other = formula_next_item(in->f, weight, in->at, other)))
                        go_in(in, weight, other);
        } else {
                for (int16_t i = it->first; i >= 0; i = in->f->nodes[i].next)
                        go_in(in, i, item);
        }
}

size_t formula_lines(const struct formula *f, const struct formula_at *at, size_t *ret, size_t room)
{
        struct going_in in = { .f = f, .at = at, .lines = ret, .room = room };

        go_in(&in, f->root, at->statement->lines[at->line].item);
        return in.count;
}

size_t formula_missing(const struct formula *f, const struct formula_at *at, struct bytes *ret,
                       size_t room)
{
        struct going_in in = { .f = f, .at = at, .missing = ret, .room = room };

        go_in(&in, f->root, at->statement->lines[at->line].item);
        return in.missing_count;
}
