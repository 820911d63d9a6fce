/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/holds.h"

#include "tests/core/run.h"

struct exact line_figure(const struct line *line)
{
        return (struct exact) { line->num, line->den };
}

const struct line *line_in_step(const struct statement *s, uint16_t step, enum line_code code)
{
        const struct line *found = NULL;

        for (size_t i = 0; i < s->line_count; i++)
                if (s->lines[i].step == step && s->lines[i].code == code)
                        found = &s->lines[i];
        return found;
}

const char *limits_broken(const struct statement *s, uint16_t step)
{
        static const enum line_code limited[] = { LINE_LIMITED, LINE_LIMITED_GENERATED };
        static const enum line_code losses[] = { LINE_LOSS_LIMIT, LINE_LOSS_LIMIT_BENCHMARK,
                                                 LINE_LOSS_LIMIT_REVENUE };

        for (int i = 0; i < COUNT_OF(limited); i++) {
                const struct line *left = line_in_step(s, step, limited[i]);
                const struct line *most = line_in_step(s, step, LINE_GAIN_LIMIT);

                if (!left)
                        continue;
                if (most && exact_cmp(line_figure(left), line_figure(most)) > 0)
                        return "beyond its limit of gains";
                for (int j = 0; j < COUNT_OF(losses); j++) {
                        most = line_in_step(s, step, losses[j]);
                        if (most && exact_cmp(line_figure(left), exact_neg(line_figure(most))) < 0)
                                return "beyond its limit of losses";
                }
        }
        return NULL;
}
