/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A statement as a person reads it: who, what for, every line and its rule, the facts, the
 * result.
 */
#include <inttypes.h>
#include <string.h>

#include "core/lines.h"
#include "proof/hex.h"
#include "clients/disputed.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/standing.h"
#include "clients/statement-print.h"
#include "clients/words.h"

#define VALUE_COLUMNS 24
#define NAME_COLUMNS 26
#define TEXT_COLUMN (VALUE_COLUMNS + NAME_COLUMNS + 2)

static void add(char ret[RESULT_MAX], const char *format, ...)
        __attribute__((format(printf, 2, 3)));

static void add(char ret[RESULT_MAX], const char *format, ...)
{
        size_t length = strlen(ret);
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(ret + length, RESULT_MAX - length, format, arguments);
        va_end(arguments);
}

/* What the lines come to, where that is not what is payable while facts are in dispute. */
static int64_t payable_of_lines(const struct statement *s)
{
        if (!s->has_versions || s->basis == SIDE_NEITHER)
                return s->payable;
        return s->basis == SIDE_EARNER ? s->by_earner : s->by_bearer;
}

static void say_amount(const struct statement *s, const char *would, char ret[RESULT_MAX])
{
        const char *bearer = s->run.contract.bearer.text, *earner = s->run.contract.earner.text;
        int64_t size = s->payable < 0 ? -s->payable : s->payable, whole = payable_of_lines(s);
        char money[LOOK_MAX], day[11];

        date_print(s->run.payment, day);
        look_money(size, money);
        if (s->payable > 0)
                add(ret, "%s %s %s %s on %s.", bearer, *would ? "would pay" : "pays", earner, money,
                    day);
        else if (s->payable < 0)
                add(ret, "%s %s %s %s, payable on %s.", earner, *would ? "would owe" : "owes",
                    bearer, money, day);
        else
                add(ret, "Neither side %s anything.", *would ? "would pay" : "pays");
        if (s->earned != whole)
                add(ret, " Earned: %s; the difference recoups advances.",
                    look_money(s->earned, money));
        if (whole != s->payable)
                add(ret, " Facts are in dispute: by the figures that these lines follow it would "
                         "be %s.", look_money(whole, money));
}

char *statement_result(const struct statement *s, char ret[RESULT_MAX])
{
        bool binding = s->standing == STANDING_BINDING && !s->relayed;

        ret[0] = '\0';
        if (s->status == STATEMENT_NOT_CALCULABLE)
                add(ret, "Not calculable: %s%s", s->reason.text,
                    s->reason.text[0] && s->reason.text[strlen(s->reason.text) - 1] == '.' ? ""
                                                                                          : ".");
        else
                say_amount(s, binding && s->run.kind != RUN_PREVIEW ? "" : "would", ret);
        if (s->run.kind == RUN_PREVIEW)
                add(ret, " A preview: nothing is recorded, nothing is posted.");
        else if (s->relayed)
                add(ret, " It rests on relayed terms or facts: a forecast, nothing is posted.");
        else if (s->standing != STANDING_BINDING)
                add(ret, " The terms are %s: nothing is posted.",
                    word_of(standing_words, s->standing));
        return make_harmless(ret);
}

static void print_heading(FILE *to, const struct accord_statement *a)
{
        const struct statement *s = a->statement;
        char contract[CONTRACT_ID_MAX + 1], period[LOOK_MAX], hex[65], day[11];

        contract_id_print(&s->run.contract, contract);
        hex_print(BYTES_OF(s->terms_digest), hex);
        date_print(s->run.payment, day);
        fprintf(to, "STATEMENT  %s  %s", contract, look_period(s->run.period, period));
        if (s->run.kind == RUN_PREVIEW)
                fputs("  preview\n", to);
        else
                fprintf(to, "  %s run %" PRIu32 "\n", word_of(run_kind_words, s->run.kind),
                        s->run.number);
        fprintf(to, "bearer    %s\nearner    %s\n", s->run.contract.bearer.text,
                s->run.contract.earner.text);
        fprintf(to, "terms     version %" PRIu32, s->terms_version);
        if (s->terms_index)
                fprintf(to, ", offered in entry %" PRIu64, s->terms_index);
        fprintf(to, ", digest %s\n", hex);
        fprintf(to, "standing  %s%s\n", word_of(standing_words, s->standing),
                s->relayed ? ", relayed: a forecast" : "");
        fprintf(to, "payment   planned on %s\n", day);
        if (a->index)
                fprintf(to, "reads     the log up to entry %" PRIu64 "; recorded in entry %" PRIu64
                        "\n", s->run.cut, a->index);
}

static void print_line(FILE *to, const struct statement *s, const struct line *line,
                       bool fractions)
{
        const struct line_info *info = line_info(line->code);
        const struct exact figure = { line->num, line->den };
        char text[512];

        put_right(to, look_figure(figure, line->unit, text), VALUE_COLUMNS);
        fputs("  ", to);
        snprintf(text, sizeof(text), "%s%s%s%s", info ? info->name : "unknown",
                 line->item ? "[" : "", line->item ? line_item(s, line)->text : "",
                 line->item ? "]" : "");
        put_left(to, text, NAME_COLUMNS - 1);
        fputc(' ', to);
        fold(to, info ? info->says : "a line that a newer hub made", TEXT_COLUMN);
        fprintf(to, "%*s", TEXT_COLUMN, "");
        snprintf(text, sizeof(text), "[%s]", info ? info->clause : "?");
        fold(to, text, TEXT_COLUMN + 1);
        if (fractions && *look_exactly(figure, line->unit, text))
                fprintf(to, "%*s= %s\n", VALUE_COLUMNS - 2, "", text);
}

static void print_facts(FILE *to, const struct statement *s, const struct origins *origins)
{
        char text[LOOK_MAX], says[256], origin[ORIGIN_MAX];

        if (s->fact_count)
                fputs("\nFacts\n", to);
        for (size_t i = 0; i < s->fact_count; i++) {
                const struct used_fact *fact = &s->facts[i];
                const struct fact_kind_info *kind = fact_kind_info(fact->kind);

                put_right(to, look_figure(exact_of_value(&fact->value), fact->value.unit, text),
                          VALUE_COLUMNS);
                fputs("  ", to);
                snprintf(says, sizeof(says), "%s%s%s", kind ? kind->name : "unknown",
                         *fact->item.text ? " " : "", fact->item.text);
                put_left(to, says, NAME_COLUMNS - 1);
                fputc(' ', to);
                fold(to, fact_origin(s, origins, fact, origin), TEXT_COLUMN);
        }
}

void statement_page(FILE *to, const struct accord_statement *a, const struct origins *origins,
                    bool fractions)
{
        const struct statement *s = a->statement;
        char result[RESULT_MAX], stands[STANDS_MAX];

        print_heading(to, a);
        for (size_t i = 0; i < s->line_count; i++) {
                if (i == 0 || s->lines[i].step != s->lines[i - 1].step)
                        fprintf(to, "\nStep %d\n", s->lines[i].step + 1);
                print_line(to, s, &s->lines[i], fractions);
        }
        print_facts(to, s, origins);
        disputed_page(to, s, origins);
        fputs("\nRESULT    ", to);
        fold(to, statement_result(s, result), 10);
        if (!a->row)
                return;
        fputs("STANDS    ", to);
        fold(to, statement_stands(a->row, stands), 10);
}
