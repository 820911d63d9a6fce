/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/said.h"

#include <stdio.h>
#include <string.h>

#include "clients/look.h"

enum look_as look_of_unit(enum unit unit)
{
        switch (unit) {
        case UNIT_CENTS:
                return LOOK_MONEY;
        case UNIT_RATE:
                return LOOK_PERCENT;
        case UNIT_FLAG:
                return LOOK_FLAG;
        case UNIT_DATE:
                return LOOK_DAY;
        case UNIT_COUNT:
                break;
        }
        return LOOK_COUNT;
}

/* What can be more than one whole is no share of it: person-years, growth factors, points. */
enum look_as look_of_fact(enum fact_kind kind)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);

        if (!info)
                return LOOK_NUMBER;
        return info->unit == UNIT_RATE && info->most > 1 ? LOOK_NUMBER : look_of_unit(info->unit);
}

/* Rates that are made have no domain; their names say what they are. */
static bool named_as_number(const char *name)
{
        static const char *const words[] = { "years", "risk", "ratio", "trend", "update", "growth",
                                             "points", "weighted", "multiplier" };
        static const char *const ends[] = { "_weight", "_share", "_cap", "_floor", "_rate" };
        size_t length = strlen(name);

        for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
                size_t end = strlen(ends[i]);

                if (length > end && strcmp(name + length - end, ends[i]) == 0)
                        return false;
        }
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (strstr(name, words[i]))
                        return true;
        return false;
}

enum look_as look_of_line(const struct statement *s, size_t place)
{
        const struct line *line = &s->lines[place];
        const struct line_info *info = line_info(line->code);

        if (line->facts && line->unit == UNIT_RATE)
                return look_of_fact(s->facts[line->fact].kind);
        if (line->unit == UNIT_RATE && info && named_as_number(info->name))
                return LOOK_NUMBER;
        return look_of_unit(line->unit);
}

/* As the line that it is carried from. */
enum look_as look_of_carry(enum carry what)
{
        static const struct {
                enum carry what;
                enum line_code line;
        } lines[] = {
#define X(code, name, line, number, says) { CARRY_##code, LINE_##line },
                CARRIES(X)
#undef X
        };

        for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
                if (lines[i].what == what)
                        return look_of_unit(line_info((unsigned int)lines[i].line)->unit);
        return LOOK_NUMBER;
}

char *in_short(struct exact figure, enum look_as as, char ret[SAID_MAX])
{
        switch (as) {
        case LOOK_MONEY:
                return look_money_finely(figure, ret);
        case LOOK_PERCENT:
                return look_figure(figure, UNIT_RATE, ret);
        case LOOK_FLAG:
                return look_figure(figure, UNIT_FLAG, ret);
        case LOOK_DAY:
                return look_figure(figure, UNIT_DATE, ret);
        case LOOK_NUMBER:
                return look_number(figure, ret);
        case LOOK_COUNT:
                break;
        }
        return look_figure(figure, UNIT_COUNT, ret);
}

char *in_full(struct exact figure, enum look_as as, char ret[SAID_MAX])
{
        char text[LOOK_MAX];

        in_short(figure, as, ret);
        if (look_is_rounded(ret))
                snprintf(ret + strlen(ret), SAID_MAX - strlen(ret), " (exact %s%s)",
                         look_fraction(figure, text), as == LOOK_MONEY ? " cents" : "");
        return ret;
}
