/* SPDX-License-Identifier: Apache-2.0 */
#include "core/upstream.h"

#include <string.h>

#include "core/lines.h"

bool upstream_parse(const struct item *item, struct upstream *ret)
{
        const char *at = item->text;

        *ret = (struct upstream) { .run = 0 };
        for (; *at >= '0' && *at <= '9'; at++)
                if (__builtin_mul_overflow(ret->run, 10, &ret->run) ||
                    __builtin_add_overflow(ret->run, (uint64_t)(*at - '0'), &ret->run))
                        return false;
        if (at == item->text || item->text[0] == '0' || *at != ':' || !at[1])
                return false;
        memcpy(ret->line, at + 1, strlen(at + 1));
        return true;
}

bool upstream_cents(const struct statement *statement, const char *line, int64_t *ret)
{
        for (size_t i = statement->line_count; i-- > 0;) {
                const struct line *candidate = &statement->lines[i];
                const struct line_info *info = line_info(candidate->code);
                wide cents;

                if (!info || candidate->item || strcmp(info->name, line) != 0)
                        continue;
                if (candidate->unit != UNIT_CENTS)
                        return false;
                cents = exact_round((struct exact) { candidate->num, candidate->den }, 1,
                                    ROUND_HALF_AWAY);
                *ret = (int64_t)cents;
                return cents >= -MONEY_MAX && cents <= MONEY_MAX;
        }
        return false;
}
