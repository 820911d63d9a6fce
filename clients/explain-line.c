/* SPDX-License-Identifier: Apache-2.0 */
/* One line of an explanation: figure, what it is, and how it was made or what it came from. */
#include <string.h>

#include "core/lines.h"
#include "clients/explain.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/statement-print.h"

#define INDENT 10

/* What goes on on the next line stands further in: no line begins but with what it is. */
static void put(FILE *to, const char *text)
{
        struct folding page = { .to = to, .indent = INDENT + 2, .column = INDENT };

        fprintf(to, "%*s", INDENT, "");
        put_words(&page, text);
        fputc('\n', to);
}

char *explain_name(const struct statement *s, size_t place, char ret[LINE_NAME_MAX])
{
        const struct line *line = &s->lines[place];
        const struct line_info *info = line_info(line->code);

        snprintf(ret, LINE_NAME_MAX, "%s%s%s%s", info ? info->name : "unknown",
                 line->item ? "[" : "", line->item ? line_item(s, line)->text : "",
                 line->item ? "]" : "");
        return ret;
}

/* ---- inputs */

/* "reported as head_count by medicare, in log entry 14, event 1 (fact 1)" */
static void put_fact(FILE *to, const struct explanation *e, const struct line *line, size_t number)
{
        const struct used_fact *fact = &e->s->facts[line->fact + number];
        const struct fact_kind_info *kind = fact_kind_info(fact->kind);
        char origin[ORIGIN_MAX], period[LOOK_MAX + 8] = "", figure[SAID_MAX] = "";
        char text[ORIGIN_MAX + 512], of[LOOK_MAX];

        if (!period_equal(fact->period, e->s->run.period))
                snprintf(period, sizeof(period), " of %s", look_period(fact->period, of));
        if (line->facts > 1)
                in_full(exact_of_value(&fact->value), look_of_fact(fact->kind), figure);
        snprintf(text, sizeof(text), "%s %s%s%s%s by %s (fact %zu)",
                 number ? "and" : "reported as", kind ? kind->name : "unknown", period,
                 *figure ? ", " : "", figure, fact_origin(e->s, e->origins, fact, origin),
                 line->fact + number + 1);
        put(to, text);
}

static void put_carried(FILE *to, const struct explanation *e, const struct line *line)
{
        const struct carried *carried = &e->s->carried[line->carried - 1];
        char origin[ORIGIN_MAX], text[ORIGIN_MAX + 128];

        snprintf(text, sizeof(text), "carried as %s from %s", carry_name(carried->what),
                 carried_origin(e->origins, carried, origin));
        put(to, text);
}

static void put_members(FILE *to, const struct explanation *e)
{
        char text[128], rows[LOOK_MAX];

        snprintf(text, sizeof(text), "computed from %s member rows, whose digest is below",
                 look_count((int64_t)e->s->member_rows, rows));
        put(to, text);
}

/* ---- made of lines above */

static void put_sentence(void *with, const char *sentence)
{
        put(with, sentence);
}

/* Quantities that the formula speaks of and no line above is: what stands for them, each once. */
static void put_defaults(FILE *to, const struct formula *f, const struct formula_at *at)
{
        struct bytes names[64];
        size_t count = formula_missing(f, at, names, 64);
        struct exact figure;

        for (size_t i = 0; i < count && i < 64; i++) {
                bool again = false;

                for (size_t j = 0; j < i; j++)
                        again = again || bytes_equal(names[i], names[j]);
                if (!again && formula_default(names[i], &figure))
                        fprintf(to, "%*swhere %.*s = %d: no line above is it yet\n", INDENT, "",
                                (int)names[i].size, (const char *)names[i].data, (int)figure.num);
        }
}

/* The other ways in which such a line can be made. */
static void put_others(FILE *to, const struct line *line)
{
        const struct line_info *info = line_info(line->code);
        struct bytes text;

        for (unsigned int form = 0; formula_form(info->formula, form, &text); form++)
                if (form != line->form && text.size)
                        fprintf(to, "%*snot by %.*s\n", INDENT, "", (int)text.size,
                                (const char *)text.data);
}

static bool has_names(const struct formula *f)
{
        for (int16_t i = 0; i < f->count; i++)
                if (f->nodes[i].op != FORMULA_NUMBER)
                        return true;
        return false;
}

static void put_made(FILE *to, const struct explanation *e, size_t place)
{
        const struct formula_at at = { e->terms, e->s, place };
        const struct line *line = &e->s->lines[place];
        char numbers[NUMBERS_MAX];
        struct formula formula;
        const char *fault = formula_of_line(&at, &formula);

        if (fault) {
                put(to, fault);
                return;
        }
        fprintf(to, "%*sby %.*s\n", INDENT, "", (int)formula.text.size,
                (const char *)formula.text.data);
        put_defaults(to, &formula, &at);
        if (has_names(&formula)) {
                fprintf(to, "%*s = ", INDENT, "");
                fold(to, numbers_put_in(&formula, &at, numbers), INDENT + 3);
        }
        explain_why(&formula, &at, put_sentence, to);
        if (e->wide)
                put_others(to, line);
}

/* What it is from here on, for the lines below that speak of it by that name. */
static void put_feed(FILE *to, const struct line_info *info)
{
        if (info->feeds != FEED_NONE && strcmp(info->name, feed_name(info->feeds)) != 0)
                fprintf(to, "%*sit is the %s from here on\n", INDENT, "",
                        feed_name(info->feeds));
}

void explain_line(FILE *to, const struct explanation *e, size_t place)
{
        const struct line *line = &e->s->lines[place];
        const struct line_info *info = line_info(line->code);
        const struct exact figure = { line->num, line->den };
        char name[LINE_NAME_MAX], text[512];

        fprintf(to, "%7zu  %s = %s\n", place + 1, explain_name(e->s, place, name),
                in_full(figure, look_of_line(e->s, place), text));
        if (!info) {
                put(to, "a line that a newer hub made: this version cannot explain it");
                return;
        }
        snprintf(text, sizeof(text), "%s [%s]", info->says, info->clause);
        put(to, text);
        for (size_t i = 0; i < line->facts; i++)
                put_fact(to, e, line, i);
        if (line->carried)
                put_carried(to, e, line);
        if (line->members)
                put_members(to, e);
        if (!line_is_input(line))
                put_made(to, e, place);
        put_feed(to, info);
}
