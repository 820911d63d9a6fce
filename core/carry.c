/* SPDX-License-Identifier: Apache-2.0 */
#include "core/carry.h"

#include "core/check.h"
#include "core/lines.h"
#include "core/statement.h"

static const struct {
        enum carry what;
        const char *name;
        enum line_code line;
} carries[] = {
#define X(code, word, of_line, number, says) { CARRY_##code, (word), LINE_##of_line },
        CARRIES(X)
#undef X
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

const char *carry_name(enum carry what)
{
        for (size_t i = 0; i < COUNT_OF(carries); i++)
                if (carries[i].what == what)
                        return carries[i].name;
        return NULL;
}

/* A later line of the same code and item takes this one's place. */
static bool is_last(const struct statement *statement, size_t at)
{
        const struct line *line = &statement->lines[at];

        for (size_t i = at + 1; i < statement->line_count; i++)
                if (statement->lines[i].code == line->code &&
                    statement->lines[i].item == line->item)
                        return false;
        return true;
}

static struct carried carry(const struct statement *statement, const struct line *line,
                            enum carry what)
{
        const struct exact figure = { line->num, line->den };
        struct carried ret = {
                .what = what,
                .figure = exact_round_decimals(figure, CARRY_DECIMALS, ROUND_HALF_AWAY),
                .run = statement->run.cut,
        };

        if (line->item)
                ret.item = *line_item(statement, line);
        return ret;
}

size_t carries_of(const struct statement *statement, struct carried *ret, size_t room)
{
        size_t count = 0;

        if (statement->status != STATEMENT_CALCULATED)
                return 0;
        for (size_t at = 0; at < statement->line_count; at++) {
                const struct line *line = &statement->lines[at];

                for (size_t i = 0; i < COUNT_OF(carries); i++) {
                        if ((enum line_code)line->code != carries[i].line ||
                            !is_last(statement, at))
                                continue;
                        if (count < room)
                                ret[count] = carry(statement, line, carries[i].what);
                        count++;
                }
        }
        return count;
}
