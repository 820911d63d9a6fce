/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/line-said.h"

#include <string.h>

#include "clients/figure.h"
#include "clients/look.h"

static struct bytes between(const char *from, const char *until)
{
        return (struct bytes) { from, (size_t)(until - from) };
}

const struct line_info *line_named(struct bytes name)
{
        const struct line_info *info;

        for (size_t i = 0; (info = line_at(i)); i++)
                if (bytes_equal(name, (struct bytes) { info->name, strlen(info->name) }))
                        return info;
        return NULL;
}

const char *line_value(enum unit unit, struct bytes text, struct exact *ret)
{
        struct rate rate = { 0, 1 };
        const char *fault = NULL;
        bool flag = false;
        date day = 0;

        if (unit == UNIT_FLAG) {
                fault = flag_parse(text, &flag);
                *ret = exact_of(flag);
        } else if (unit == UNIT_DATE) {
                fault = date_parse(text, &day) ? NULL : "is no day: YYYY-MM-DD";
                *ret = exact_of(day);
        } else if (unit == UNIT_CENTS) {
                int64_t cents = 0;

                fault = money_parse(text, &cents);
                *ret = exact_of(cents);
        } else {
                fault = rate_parse(text, &rate);
                *ret = exact_ratio(rate.num, rate.den);
        }
        return fault;
}

enum exit_code take_line(const struct call *call, const char *text, struct figure_line *ret)
{
        const char *equals = strchr(text, '='), *slash, *fault;
        const struct line_info *info;

        if (!equals)
                return call_misused(call, "--line %s is not NAME[/ITEM]=VALUE", text);
        slash = memchr(text, '/', (size_t)(equals - text));
        info = line_named(between(text, slash ? slash : equals));
        if (!info)
                return call_misused(call, "--line %s: there is no line %.*s; accord settle show "
                                    "names them", text,
                                    (int)((slash ? slash : equals) - text), text);
        memset(ret, 0, sizeof(*ret));
        ret->code = (uint16_t)info->code;
        if (slash && !item_parse(between(slash + 1, equals), &ret->item))
                return call_misused(call, "--line %s: what stands behind the slash is no item",
                                    text);
        fault = line_value(info->unit, (struct bytes) { equals + 1, strlen(equals + 1) },
                           &ret->exact);
        return fault ? call_misused(call, "--line %s: the value %s", text, fault) : EXIT_DONE;
}

enum exit_code line_place(const struct statement *s, const struct figure_line *line,
                          uint32_t *ret)
{
        static const struct item none;

        for (size_t i = s->line_count; i-- > 0;) {
                const struct item *item = line_item(s, &s->lines[i]);

                if (s->lines[i].code != line->code || !item_equal(item ? item : &none, &line->item))
                        continue;
                *ret = (uint32_t)i;
                return EXIT_DONE;
        }
        say_error("the statement has no line %s%s%s; accord settle show names those it has",
                  line_info(line->code)->name, *line->item.text ? "/" : "", line->item.text);
        return EXIT_ABSENT;
}

/* "KIND[/ITEM][@SEGMENT]". */
static enum exit_code take_thing(const struct call *call, const char *text, struct bytes thing,
                                 struct decision *ret)
{
        const char *from = thing.data, *end = from + thing.size;
        const char *at = memchr(from, '@', thing.size), *slash;
        const struct fact_kind_info *info;

        slash = memchr(from, '/', (size_t)((at ? at : end) - from));
        info = fact_kind_by_name(between(from, slash ? slash : at ? at : end));
        if (!info)
                return call_misused(call, "--fact %s: there is no kind of fact %.*s; accord perf "
                                    "list shows those that were stated", text,
                                    (int)((slash ? slash : at ? at : end) - from), from);
        ret->kind = info->kind;
        if (slash && !item_parse(between(slash + 1, at ? at : end), &ret->item))
                return call_misused(call, "--fact %s: what stands behind the slash is no item",
                                    text);
        if (at && !name_parse(between(at + 1, end), &ret->segment))
                return call_misused(call, "--fact %s: what stands behind the @ is no segment",
                                    text);
        return EXIT_DONE;
}

enum exit_code take_decision(const struct call *call, const char *text, struct decision *ret)
{
        const char *equals = strchr(text, '='), *gap = NULL, *fault;
        enum exit_code code;
        char when[64];

        memset(ret, 0, sizeof(*ret));
        for (const char *c = text; equals && c < equals; c++)
                if (*c == ' ' || (*c == ':' && !(gap && *gap == ' ')))
                        gap = c;
        if (!gap || equals - gap > (long)sizeof(when))
                return call_misused(call, "--fact %s is not 'KIND[/ITEM][@SEGMENT] PERIOD=VALUE'",
                                    text);
        code = take_thing(call, text, between(text, gap), ret);
        if (code)
                return code;
        snprintf(when, sizeof(when), "%.*s", (int)(equals - gap - 1), gap + 1);
        if (!period_parse(when, &ret->period))
                return call_misused(call, "--fact %s: %s is no period: 2025, 2025Q3, 2025-07 or "
                                    "FIRST..LAST", text, when);
        fault = value_parse(ret->kind, (struct bytes) { equals + 1, strlen(equals + 1) },
                            &ret->value);
        return fault ? call_misused(call, "--fact %s: the value %s", text, fault) : EXIT_DONE;
}
