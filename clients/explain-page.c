/* SPDX-License-Identifier: Apache-2.0 */
/* The page of an explanation: head, the story in short, step by step, what it came from. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "core/steps.h"
#include "proof/hex.h"
#include "clients/disputed.h"
#include "clients/explain.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/standing.h"
#include "clients/statement-print.h"
#include "clients/story.h"
#include "clients/words.h"

#define TEXT_COLUMN 14

static void field(FILE *to, const char *name, const char *text)
{
        fprintf(to, "  %-*s", TEXT_COLUMN - 2, name);
        fold(to, text, TEXT_COLUMN);
}

/* ---- who, what for, which terms */

static void put_who(FILE *to, const struct statement *s)
{
        const char *bearer = s->run.contract.bearer.text, *earner = s->run.contract.earner.text;
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], text[512], from[11], through[11];

        contract_id_print(&s->run.contract, contract);
        fprintf(to, "STATEMENT  %s  %s", contract, look_period(s->run.period, period));
        if (s->run.kind == RUN_PREVIEW)
                fputs("  preview\n\n", to);
        else
                fprintf(to, "  %s run %" PRIu32 "\n\n", word_of(run_kind_words, s->run.kind),
                        s->run.number);
        snprintf(text, sizeof(text), "%s bears the cost of care and pays what is earned; %s earns, "
                 "or owes: amounts above zero go to %s, below zero to %s", bearer, earner, earner,
                 bearer);
        field(to, "who", text);
        date_print(s->run.period.from, from);
        date_print(s->run.period.until - 1, through);
        snprintf(text, sizeof(text), "%s through %s", from, through);
        field(to, "what for", text);
        date_print(s->run.payment, from);
        field(to, "payment", from);
}

static void put_terms(FILE *to, const struct explanation *e)
{
        const struct statement *s = e->s;
        char text[512], hex[65];
        struct text title = e->terms->title;

        snprintf(text, sizeof(text), "version %" PRIu32 ", %s%s%s%s", s->terms_version,
                 word_of(standing_words, s->standing), *title.text ? ": " : "",
                 make_harmless(title.text), s->relayed ? "; relayed: a forecast" : "");
        field(to, "terms", text);
        hex_print(BYTES_OF(s->terms_digest), hex);
        if (s->terms_index) {
                snprintf(text, sizeof(text), "offered in log entry %" PRIu64, s->terms_index);
                field(to, "", text);
        }
        snprintf(text, sizeof(text), "digest %s", hex);
        field(to, "", text);
        if (!e->around->index)
                return;
        snprintf(text, sizeof(text), "the log up to entry %" PRIu64 "; recorded in entry %" PRIu64,
                 s->run.cut, e->around->index);
        field(to, "reads", text);
}

/* ---- in short: of each chapter the figure it came to, and what its flags decided */

static enum chapter chapter_at(const struct explanation *e, size_t line)
{
        return chapter_of(&e->terms->steps[e->s->lines[line].step]);
}

/* What is told of a chapter: its last figure that is handed on, else its last for the whole. */
static size_t figure_of(const struct explanation *e, enum chapter chapter)
{
        size_t told = FORMULA_NOWHERE;
        bool handed_on = false;

        for (size_t i = 0; i < e->s->line_count; i++) {
                const struct line *line = &e->s->lines[i];
                const struct line_info *info = line_info(line->code);
                bool feeds = info && info->feeds != FEED_NONE;

                if (chapter_at(e, i) != chapter || line->item || line->unit == UNIT_FLAG ||
                    (handed_on && !feeds))
                        continue;
                told = i;
                handed_on = feeds;
        }
        return told;
}

struct first_sentence {
        char text[WHY_MAX];
};

static void keep_first(void *with, const char *sentence)
{
        struct first_sentence *first = with;

        if (!*first->text)
                snprintf(first->text, sizeof(first->text), "%s", sentence);
}

/* Why the line is as it is, in one sentence; empty when nothing was decided. */
static const char *decided_by(const struct explanation *e, size_t place,
                              struct first_sentence *ret)
{
        const struct formula_at at = { e->terms, e->s, place };
        struct formula formula;

        ret->text[0] = '\0';
        if (!line_is_input(&e->s->lines[place]) && !formula_of_line(&at, &formula))
                explain_why(&formula, &at, keep_first, ret);
        return ret->text;
}

/* How a figure was made, where that is short; empty for one that came in, and for flags. */
static const char *made_of(const struct explanation *e, size_t place, char ret[NUMBERS_MAX])
{
        const struct formula_at at = { e->terms, e->s, place };
        struct formula formula;

        ret[0] = '\0';
        if (e->s->lines[place].unit == UNIT_FLAG || line_is_input(&e->s->lines[place]) ||
            formula_of_line(&at, &formula))
                return ret;
        if (strlen(numbers_put_in(&formula, &at, ret)) > 110)
                ret[0] = '\0';
        return ret;
}

static void put_short(FILE *to, const struct explanation *e, const char **chapter, size_t place)
{
        const struct line *line = &e->s->lines[place];
        const struct line_info *info = line_info(line->code);
        char name[LINE_NAME_MAX], figure[SAID_MAX], numbers[NUMBERS_MAX];
        char text[WHY_MAX + NUMBERS_MAX + 512];
        struct first_sentence why;

        in_full((struct exact) { line->num, line->den }, look_of_line(e->s, place), figure);
        decided_by(e, place, &why);
        made_of(e, place, numbers);
        snprintf(text, sizeof(text), "%s = %s (line %zu), %s%s%s%s%s",
                 explain_name(e->s, place, name), figure, place + 1, info ? info->says : "",
                 *numbers ? ": " : "", numbers, *why.text ? "; " : "", why.text);
        field(to, *chapter, text);
        *chapter = "";
}

static void put_story(FILE *to, const struct explanation *e)
{
        fputs("\nIN SHORT\n", to);
        for (enum chapter chapter = 0; chapter < CHAPTER_COUNT; chapter++) {
                size_t told = figure_of(e, chapter);
                const char *name = chapter_name(chapter);

                for (size_t i = 0; i < e->s->line_count; i++)
                        if (chapter_at(e, i) == chapter &&
                            (i == told || (e->s->lines[i].unit == UNIT_FLAG &&
                                           !e->s->lines[i].item)))
                                put_short(to, e, &name, i);
        }
}

/* ---- step by step */

bool explain_has_step(const struct explanation *e, size_t place)
{
        const struct step *step = &e->terms->steps[place];
        char number[24], kind[64];

        if (!e->only)
                return true;
        snprintf(number, sizeof(number), "%zu", place + 1);
        snprintf(kind, sizeof(kind), "%s@%" PRIu32, step->kind.text, step->version);
        return strcmp(e->only, number) == 0 || strcmp(e->only, kind) == 0 ||
               strcmp(e->only, step->kind.text) == 0;
}

static void put_steps(FILE *to, const struct explanation *e)
{
        enum chapter chapter, last = CHAPTER_COUNT;

        for (size_t i = 0; i < e->terms->step_count; i++) {
                chapter = chapter_of(&e->terms->steps[i]);
                if (!explain_has_step(e, i))
                        continue;
                if (chapter != last)
                        fprintf(to, "\n=== %s\n", chapter_name(chapter));
                explain_step(to, e, i);
                last = chapter;
        }
}

/* ---- what it came from */

static void put_facts(FILE *to, const struct explanation *e)
{
        char origin[ORIGIN_MAX], figure[SAID_MAX], period[LOOK_MAX], text[ORIGIN_MAX + 512];

        if (e->s->fact_count)
                fputs("\n=== Facts\n\n", to);
        for (size_t i = 0; i < e->s->fact_count; i++) {
                const struct used_fact *fact = &e->s->facts[i];
                const struct fact_kind_info *kind = fact_kind_info(fact->kind);

                snprintf(text, sizeof(text), "%s%s%s%s = %s, of %s, by %s",
                         kind ? kind->name : "unknown", *fact->item.text ? "[" : "",
                         fact->item.text, *fact->item.text ? "]" : "",
                         in_full(exact_of_value(&fact->value), look_of_fact(fact->kind), figure),
                         look_period(fact->period, period),
                         fact_origin(e->s, e->origins, fact, origin));
                fprintf(to, "  fact %zu  ", i + 1);
                fold(to, text, TEXT_COLUMN - 2);
        }
}

static void put_earlier(FILE *to, const struct explanation *e)
{
        char origin[ORIGIN_MAX], figure[SAID_MAX], text[ORIGIN_MAX + 512];

        if (e->s->carried_count)
                fputs("\n=== Carried from the period before\n\n", to);
        for (size_t i = 0; i < e->s->carried_count; i++) {
                const struct carried *carried = &e->s->carried[i];

                snprintf(text, sizeof(text), "%s%s%s%s = %s, in %s", carry_name(carried->what),
                         *carried->item.text ? "[" : "", carried->item.text,
                         *carried->item.text ? "]" : "",
                         in_full(carried->figure, look_of_carry(carried->what), figure),
                         carried_origin(e->origins, carried, origin));
                fprintf(to, "  ");
                fold(to, text, TEXT_COLUMN - 2);
        }
}

static void put_members(FILE *to, const struct statement *s)
{
        char hex[65], rows[LOOK_MAX];

        if (!s->has_members)
                return;
        hex_print(BYTES_OF(s->members_digest), hex);
        fprintf(to, "\n=== Member rows\n\n  %s rows, digest %s\n",
                look_count((int64_t)s->member_rows, rows), hex);
}

static void put_picture(FILE *to, const struct explanation *e)
{
        struct waterfall *w = e->canvas ? malloc(sizeof(*w)) : NULL;

        if (w) {
                waterfall_make(e->s, e->terms, w);
                waterfall_draw(to, w, e->canvas);
        }
        free(w);
}

void explain_page(FILE *to, const struct explanation *e)
{
        char result[RESULT_MAX], stands[STANDS_MAX];

        put_who(to, e->s);
        put_terms(to, e);
        fputc('\n', to);
        fold(to, statement_result(e->s, result), 0);
        if (e->around->row)
                fold(to, statement_stands(e->around->row, stands), 0);
        if (!e->only)
                disputed_page(to, e->s, e->origins);
        if (e->picture_only) {
                put_picture(to, e);
                return;
        }
        if (!e->only)
                put_story(to, e);
        put_steps(to, e);
        if (e->only)
                return;
        put_facts(to, e);
        put_earlier(to, e);
        put_members(to, e->s);
        put_picture(to, e);
}
