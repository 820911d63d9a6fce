/* SPDX-License-Identifier: Apache-2.0 */
/* Why a figure came out as it did: the comparison that decided, and what was less or more. */
#include <stdio.h>
#include <string.h>

#include "core/exact_try.h"
#include "clients/explain.h"

struct telling {
        const struct formula *f;
        const struct formula_at *at;
        uint16_t item;
        why_tell *tell;
        void *with;
};

/* The text of a node, without brackets around all of it. */
static int text_of(const struct telling *t, int16_t node, const char **ret)
{
        struct bytes text = formula_text(t->f, node);

        *ret = text.data;
        if (text.size > 2 && (*ret)[0] == '(' && (*ret)[text.size - 1] == ')') {
                ++*ret;
                text.size -= 2;
        }
        return (int)text.size;
}

static bool value_of(const struct telling *t, int16_t node, struct exact *ret)
{
        return !formula_value(t->f, node, t->at, t->item, ret);
}

/* Money also as a share of the benchmark, where there is one: rates are what people agree on. */
static void add_shares(const struct telling *t, struct exact a, struct exact b, char *ret,
                       size_t room)
{
        static const char name[] = "benchmark";
        const struct bytes benchmark = { name, sizeof(name) - 1 };
        size_t place = formula_find(t->at, benchmark, t->item);
        const struct statement *s = t->at->statement;
        const struct line *line = place == FORMULA_NOWHERE ? NULL : &s->lines[place];
        char first[SAID_MAX], second[SAID_MAX];
        struct exact of;

        ret[0] = '\0';
        if (!line || line->num <= 0 || line->unit != UNIT_CENTS)
                return;
        of = (struct exact) { line->num, line->den };
        if (!try_div(a, of, &a) || !try_div(b, of, &b))
                return;
        snprintf(ret, room, "; of the benchmark, %s against %s", in_full(a, LOOK_PERCENT, first),
                 in_full(b, LOOK_PERCENT, second));
}

/* Against a number: there is no difference to tell that the figure does not tell. */
static void tell_sign(const struct telling *t, int16_t left, int16_t right, enum look_as as)
{
        static const char *const words[] = { "less than", "the same as", "more than" };
        struct exact a, b;
        char sentence[WHY_MAX], figure[SAID_MAX];
        const char *one, *other;
        int one_size = text_of(t, left, &one), other_size = text_of(t, right, &other);

        if (!value_of(t, left, &a) || !value_of(t, right, &b))
                return;
        snprintf(sentence, sizeof(sentence), "%.*s, %s, is %s %.*s", one_size, one,
                 in_full(a, as, figure), words[1 + (exact_cmp(a, b) > 0) - (exact_cmp(a, b) < 0)],
                 other_size, other);
        t->tell(t->with, sentence);
}

static void tell_comparison(const struct telling *t, int16_t node)
{
        int16_t left = t->f->nodes[node].first, right = t->f->nodes[left].next;
        char first[SAID_MAX], second[SAID_MAX], by[SAID_MAX], shares[2 * SAID_MAX];
        enum look_as as = look_of_node(t->f, left, t->at);
        const char *one, *other;
        int one_size = text_of(t, left, &one), other_size = text_of(t, right, &other);
        struct exact a, b, difference;
        char sentence[WHY_MAX];
        int order;

        as = as == LOOK_COUNT ? look_of_node(t->f, right, t->at) : as;
        if (!value_of(t, left, &a) || !value_of(t, right, &b) || !try_sub(a, b, &difference))
                return;
        if (t->f->nodes[right].op == FORMULA_NUMBER) {
                tell_sign(t, left, right, as);
                return;
        }
        order = exact_cmp(a, b);
        shares[0] = '\0';
        if (as == LOOK_MONEY)
                add_shares(t, a, b, shares, sizeof(shares));
        if (order == 0)
                snprintf(sentence, sizeof(sentence), "%.*s and %.*s are the same, %s", one_size,
                         one, other_size, other, in_full(a, as, first));
        else
                snprintf(sentence, sizeof(sentence), "%.*s, %s, is %s than %.*s, %s, by %s%s",
                         one_size, one, in_full(a, as, first), order < 0 ? "less" : "more",
                         other_size, other, in_full(b, as, second),
                         in_full(order < 0 ? exact_neg(difference) : difference, as, by), shares);
        t->tell(t->with, sentence);
}

static void add_others(const struct telling *t, int16_t node, int16_t taken, struct exact figure,
                       char sentence[WHY_MAX])
{
        enum look_as as = look_of_node(t->f, node, t->at);

        for (int16_t i = t->f->nodes[node].first; i >= 0; i = t->f->nodes[i].next) {
                char by[SAID_MAX];
                struct exact other;
                const char *text;
                int size = text_of(t, i, &text);

                if (i == taken || !value_of(t, i, &other) || !try_sub(other, figure, &other))
                        continue;
                if (other.num == 0)
                        snprintf(by, sizeof(by), "the same");
                else
                        in_full(other.num < 0 ? exact_neg(other) : other, as, by);
                snprintf(sentence + strlen(sentence), WHY_MAX - strlen(sentence), "; %.*s is %s%s",
                         size, text, by,
                         other.num == 0 ? "" : other.num < 0 ? " less" : " more");
        }
}

/* Which of the arguments of a min or max it is, and how far off the others are. */
static void tell_choice(const struct telling *t, int16_t node)
{
        bool least = t->f->nodes[node].op == FORMULA_MIN;
        int16_t taken = -1;
        struct exact figure, other;
        char sentence[WHY_MAX];
        const char *text;
        int size;

        for (int16_t i = t->f->nodes[node].first; i >= 0; i = t->f->nodes[i].next) {
                if (!value_of(t, i, &other))
                        return;
                if (taken >= 0 && (exact_cmp(other, figure) < 0) != least)
                        continue;
                if (taken >= 0 && exact_cmp(other, figure) == 0)
                        continue;
                taken = i;
                figure = other;
        }
        size = text_of(t, taken, &text);
        snprintf(sentence, sizeof(sentence), "%s takes %.*s", least ? "min" : "max", size, text);
        add_others(t, node, taken, figure, sentence);
        t->tell(t->with, sentence);
}

/* In which band of a table it lies. */
static void tell_band(const struct telling *t, int16_t node)
{
        char ends[BAND_MAX], rates[BAND_MAX], sentence[WHY_MAX];
        struct formula_band band;

        if (!formula_band_at(t->f, node, t->at, t->item, 0, &band))
                return;
        snprintf(sentence, sizeof(sentence), "from %s the table %s %s%s",
                 band_ends(band.axis, band.band, band.last, ends),
                 band_flat(band.band) ? "has" : "goes from", band_rates(band.band, rates),
                 band_flat(band.band) ? "" : ", in a straight line");
        t->tell(t->with, sentence);
}

/* What of it falls into each band, at which rate. */
static void tell_bands(const struct telling *t, int16_t node)
{
        enum look_as as = look_of_node(t->f, t->f->nodes[node].first, t->at);
        char inside[SAID_MAX], rates[BAND_MAX], sentence[WHY_MAX] = "of it";
        struct formula_band band;

        for (size_t i = 0; formula_band_at(t->f, node, t->at, t->item, i, &band); i++)
                snprintf(sentence + strlen(sentence), sizeof(sentence) - strlen(sentence),
                         "%s %s counts at %s", i ? ";" : "", in_full(band.inside, as, inside),
                         band_rates(band.band, rates));
        if (strlen(sentence) > strlen("of it"))
                t->tell(t->with, sentence);
}

/* From the inside out, as it was made. What is summed over items is not told one by one. */
static void tell_node(const struct telling *t, int16_t node)
{
        const struct formula_node *it = &t->f->nodes[node];

        if (it->op == FORMULA_SUM || it->op == FORMULA_PORTION)
                return;
        for (int16_t i = it->first; i >= 0; i = t->f->nodes[i].next)
                tell_node(t, i);
        if (it->op >= FORMULA_GE && it->op <= FORMULA_EQ)
                tell_comparison(t, node);
        else if (it->op == FORMULA_MIN || it->op == FORMULA_MAX)
                tell_choice(t, node);
        else if (it->op == FORMULA_TABLE)
                tell_band(t, node);
        else if (it->op == FORMULA_BANDS)
                tell_bands(t, node);
}

void explain_why(const struct formula *f, const struct formula_at *at, why_tell *tell, void *with)
{
        const struct telling t = { .f = f, .at = at, .tell = tell, .with = with,
                                   .item = at->statement->lines[at->line].item };

        tell_node(&t, f->root);
}
