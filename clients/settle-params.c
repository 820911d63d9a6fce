/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of two steps held against each other, as given or by what stands for them. */
#include <string.h>

#include "core/steps.h"
#include "clients/settle-diff.h"

/* As given, else what stands for it in @room, else NULL. */
static const struct param *effective(const struct terms *terms, size_t step,
                                     const struct param_info *info, struct param *room)
{
        const struct param *given = step_param(&terms->steps[step], info->name);

        if (given)
                return given;
        return param_stand_in(info, room) ? room : NULL;
}

static bool same_bands(const struct terms *one, const struct param *a, const struct terms *other,
                       const struct param *b)
{
        if (a->bands.count != b->bands.count)
                return false;
        for (size_t i = 0; i < a->bands.count; i++) {
                const struct band *x = &one->bands[a->bands.first + i];
                const struct band *y = &other->bands[b->bands.first + i];

                if (x->from != y->from || x->to != y->to ||
                    exact_cmp(exact_of_rate(x->at_from), exact_of_rate(y->at_from)) != 0 ||
                    exact_cmp(exact_of_rate(x->at_to), exact_of_rate(y->at_to)) != 0)
                        return false;
        }
        return true;
}

static bool same_param(const struct terms *one, const struct param *a, const struct terms *other,
                       const struct param *b)
{
        struct exact x, y;

        if (!a || !b)
                return !a && !b;
        if (a->type == PARAM_BANDS)
                return same_bands(one, a, other, b);
        if (a->type == PARAM_WORD)
                return name_equal(&a->word, &b->word);
        return param_figure(a, &x) && param_figure(b, &y) && exact_cmp(x, y) == 0;
}

char *param_text(const struct terms *terms, size_t step, const struct param_info *info,
                 char ret[SAID_MAX])
{
        struct param room;
        const struct param *param = effective(terms, step, info, &room);

        if (!param)
                snprintf(ret, SAID_MAX, "nothing");
        else if (param->type == PARAM_BANDS)
                snprintf(ret, SAID_MAX, "a table of %u bands", param->bands.count);
        else if (param->type == PARAM_WORD)
                snprintf(ret, SAID_MAX, "%s", param->word.text);
        else if (param->type == PARAM_CENTS)
                in_full(exact_of(param->cents), LOOK_MONEY, ret);
        else if (param->type == PARAM_RATE)
                in_full(exact_of_rate(param->rate), LOOK_PERCENT, ret);
        else if (param->type == PARAM_FLAG)
                in_full(exact_of(param->flag), LOOK_FLAG, ret);
        else
                in_full(exact_of(param->count), LOOK_COUNT, ret);
        return ret;
}

void params_differ(const struct explanation sides[2], size_t one, size_t other, param_tell *tell,
                   void *with)
{
        const struct terms *first = sides[0].terms, *second = sides[1].terms;
        const struct step *step = &first->steps[one];
        const struct step_info *kind = step_info(&step->kind, step->version);
        const struct param_info *info;
        char a[SAID_MAX], b[SAID_MAX];
        struct param rooms[2];

        for (size_t i = 0; kind && (info = param_at(i)); i++) {
                if (info->step != kind->code ||
                    same_param(first, effective(first, one, info, &rooms[0]), second,
                               effective(second, other, info, &rooms[1])))
                        continue;
                tell(with, info, param_text(first, one, info, a),
                     param_text(second, other, info, b));
        }
}
