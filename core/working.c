/* SPDX-License-Identifier: Apache-2.0 */
#include "core/working.h"

#include <string.h>

#include "core/check.h"

/* ---- parameters */

static const struct param_info *info_of(const struct working *w, const char *name)
{
        const struct param_info *info = param_info(w->info->code, name);

        assert(info);
        return info;
}

bool has_param(const struct step *step, const char *name)
{
        return step_param(step, name) != NULL;
}

struct exact rate_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);
        const struct param_info *info;

        if (param) {
                assert(param->type == PARAM_RATE);
                return exact_of_rate(param->rate);
        }
        info = info_of(w, name);
        assert(info->type == PARAM_RATE);
        assert(info->otherwise != NOTHING);
        return exact_of(info->otherwise);
}

int64_t number_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        if (!param)
                return info_of(w, name)->otherwise;
        assert(param->type == PARAM_CENTS || param->type == PARAM_COUNT);
        return param->type == PARAM_CENTS ? param->cents : param->count;
}

bool flag_param(const struct working *w, const struct step *step, const char *name)
{
        const struct param *param = step_param(step, name);

        if (!param)
                return info_of(w, name)->otherwise != 0;
        assert(param->type == PARAM_FLAG);
        return param->flag;
}

bool word_is(const struct working *w, const struct step *step, const char *name, const char *word)
{
        return step_word_is(step, w->info->code, name, word);
}

bool item_param(const struct step *step, const char *name, struct item *ret)
{
        const struct param *param = step_param(step, name);

        *ret = (struct item) { "" };
        if (!param)
                return false;
        assert(param->type == PARAM_WORD);
        memcpy(ret->text, param->word.text, sizeof(param->word.text));
        return true;
}

/* ---- what earlier steps handed on */

struct exact held(const struct working *w, enum feed feed)
{
        if (w->whole[feed].is)
                return w->whole[feed].figure;
        return exact_of(feed == FEED_FACTOR || feed == FEED_FRACTION);
}

bool is_held(const struct working *w, enum feed feed)
{
        return w->whole[feed].is;
}

bool held_part(const struct working *w, enum feed feed, size_t category, struct exact *ret)
{
        assert(category < w->category_count);
        *ret = w->part[feed][category].figure;
        return w->part[feed][category].is;
}

const struct item *category_item(const struct working *w, size_t category)
{
        assert(category < w->category_count);
        return &w->to->items[w->categories[category] - 1];
}

bool said(const struct working *w, enum line_code code, const struct item *item, struct exact *ret)
{
        static const struct item none;
        const struct item *wanted = item ? item : &none;

        for (size_t i = w->to->line_count; i-- > 0;) {
                const struct line *line = &w->to->lines[i];
                const struct item *has = line_item(w->to, line);

                if (line->code != (uint16_t)code || !item_equal(has ? has : &none, wanted))
                        continue;
                *ret = (struct exact) { line->num, line->den };
                return true;
        }
        return false;
}

size_t said_of_items(const struct working *w, enum line_code code, struct exact *ret_sum)
{
        size_t count = 0;

        *ret_sum = exact_of(0);
        for (size_t i = 0; i < w->to->line_count; i++) {
                const struct line *line = &w->to->lines[i];

                if (line->code != (uint16_t)code || !line->item)
                        continue;
                *ret_sum = exact_add(*ret_sum, (struct exact) { line->num, line->den });
                count++;
        }
        return count;
}
