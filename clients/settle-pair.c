/* SPDX-License-Identifier: Apache-2.0 */
/* Which step and which line of one statement is which of another. */
#include <string.h>

#include "core/steps.h"
#include "clients/settle-diff.h"

/* What tells steps of one kind apart: the names they give, and years. */
static bool names_it(const struct param_info *info)
{
        return (info->type == PARAM_WORD && !info->words) || strcmp(info->name, "year") == 0;
}

static bool same_name(const struct param *a, const struct param *b)
{
        if (!a || !b)
                return !a && !b;
        return a->type == PARAM_WORD ? name_equal(&a->word, &b->word) : a->count == b->count;
}

static bool same_step(const struct step *a, const struct step *b)
{
        const struct step_info *info = step_info(&a->kind, a->version);
        const struct param_info *param;

        if (!name_equal(&a->kind, &b->kind) || a->version != b->version || !info)
                return false;
        for (size_t i = 0; (param = param_at(i)); i++)
                if (param->step == info->code && names_it(param) &&
                    !same_name(step_param(a, param->name), step_param(b, param->name)))
                        return false;
        return true;
}

/* The most steps that both have in the same order. */
static void pair_steps(const struct terms *one, const struct terms *other, struct pairing *ret)
{
        uint16_t best[STEPS_MAX + 1][STEPS_MAX + 1];
        size_t i, j;

        memset(best, 0, sizeof(best));
        for (i = one->step_count; i-- > 0;)
                for (j = other->step_count; j-- > 0;) {
                        bool same = same_step(&one->steps[i], &other->steps[j]);
                        uint16_t with = (uint16_t)(best[i + 1][j + 1] + 1);

                        best[i][j] = best[i + 1][j] > best[i][j + 1] ? best[i + 1][j]
                                                                     : best[i][j + 1];
                        if (same && with > best[i][j])
                                best[i][j] = with;
                }
        for (i = j = 0; i < one->step_count && j < other->step_count;) {
                if (same_step(&one->steps[i], &other->steps[j]) &&
                    best[i][j] == best[i + 1][j + 1] + 1) {
                        ret->step[0][i] = j;
                        ret->step[1][j++] = i++;
                } else if (best[i + 1][j] >= best[i][j + 1]) {
                        i++;
                } else {
                        j++;
                }
        }
}

/* Those that both have, but not in the same order. */
static void pair_moved(const struct terms *one, const struct terms *other, struct pairing *ret)
{
        for (size_t i = 0; i < one->step_count; i++)
                for (size_t j = 0; j < other->step_count; j++) {
                        if (ret->step[0][i] != FORMULA_NOWHERE ||
                            ret->step[1][j] != FORMULA_NOWHERE ||
                            !same_step(&one->steps[i], &other->steps[j]))
                                continue;
                        ret->step[0][i] = j;
                        ret->step[1][j] = i;
                        ret->moved[0][i] = ret->moved[1][j] = true;
                }
}

static bool same_line(const struct statement *a, const struct line *one, const struct statement *b,
                      const struct line *other)
{
        static const struct item none;

        return one->code == other->code &&
               item_equal(one->item ? line_item(a, one) : &none,
                          other->item ? line_item(b, other) : &none);
}

/* The next line of the other's step that is the same and no line's yet. */
static void pair_line(const struct statement *one, const struct statement *other, size_t place,
                      struct pairing *ret)
{
        size_t step = ret->step[0][one->lines[place].step];

        for (size_t i = 0; step != FORMULA_NOWHERE && i < other->line_count; i++) {
                if (other->lines[i].step != step || ret->line[1][i] != FORMULA_NOWHERE ||
                    !same_line(one, &one->lines[place], other, &other->lines[i]))
                        continue;
                ret->line[0][place] = i;
                ret->line[1][i] = place;
                return;
        }
}

void pairing_make(const struct explanation sides[2], struct pairing *ret)
{
        memset(ret->moved, 0, sizeof(ret->moved));
        for (int side = 0; side < 2; side++) {
                for (size_t i = 0; i < STEPS_MAX; i++)
                        ret->step[side][i] = FORMULA_NOWHERE;
                for (size_t i = 0; i < LINES_PER_STATEMENT_MAX; i++)
                        ret->line[side][i] = FORMULA_NOWHERE;
        }
        pair_steps(sides[0].terms, sides[1].terms, ret);
        pair_moved(sides[0].terms, sides[1].terms, ret);
        for (size_t i = 0; i < sides[0].s->line_count; i++)
                pair_line(sides[0].s, sides[1].s, i, ret);
}
