/* SPDX-License-Identifier: Apache-2.0 */
/* Prints docs/RULES.md from the tables that settlement itself runs by. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/params.h"
#include "docs/gen-uses.h"

static const struct {
        enum step_code step;
        enum fact_kind kind;
        const char *when, *param, *word, *item;
} reads[] = {
#define X(owner, fact, when, param, word, item) \
        { STEP_##owner, FACT_##fact, #when, param, word, item },
        STEP_READS(X)
#undef X
};

static const char *unit_word(enum unit unit)
{
        static const char *const words[] = {
                [UNIT_CENTS] = "money", [UNIT_COUNT] = "count", [UNIT_RATE] = "rate",
                [UNIT_FLAG] = "flag",   [UNIT_DATE] = "day",
        };

        return words[unit];
}

static const char *type_word(enum param_type type)
{
        static const char *const words[] = {
                [PARAM_CENTS] = "money", [PARAM_COUNT] = "count", [PARAM_RATE] = "rate",
                [PARAM_FLAG] = "flag",   [PARAM_WORD] = "word",   [PARAM_BANDS] = "table",
        };

        return words[type];
}

static const char *side_word(enum side side)
{
        switch (side) {
        case SIDE_BEARER:
                return "bearer";
        case SIDE_EARNER:
                return "earner";
        case SIDE_NEITHER:
                break;
        }
        return "neither";
}

/* "table|flat" as "`table`, `flat`": a bar would end the cell. */
static void print_words(const char *words)
{
        while (true) {
                size_t length = strcspn(words, "|");

                printf("`%.*s`", (int)length, words);
                if (!words[length])
                        return;
                printf(", ");
                words += length + 1;
        }
}

static const char *axis_word(enum band_axis axis)
{
        static const char *const words[] = {
                [AXIS_NONE] = "nothing", [AXIS_COUNT] = "count", [AXIS_DATE] = "day",
                [AXIS_SHARE] = "billionths of one", [AXIS_CENTS] = "cents",
        };

        return words[axis];
}

static void print_domain(const struct param_info *param)
{
        if (param->type == PARAM_WORD && param->words)
                print_words(param->words);
        else if (param->type == PARAM_WORD)
                printf("any name");
        else if (param->type == PARAM_BANDS)
                printf("rates %" PRId64 " to %" PRId64 " by %s", param->least, param->most,
                       axis_word(param->axis));
        else if (param->type == PARAM_FLAG)
                printf("true, false");
        else if (param->type == PARAM_CENTS)
                printf("%" PRId64 " to %" PRId64 " cents", param->least, param->most);
        else
                printf("%" PRId64 " to %" PRId64, param->least, param->most);
}

static void print_otherwise(const struct param_info *param)
{
        if (param->need == PARAM_REQUIRED)
                printf("must be given");
        else if (param->type == PARAM_WORD && param->words)
                printf("`%.*s`", (int)strcspn(param->words, "|"), param->words);
        else if (param->type == PARAM_FLAG)
                printf("%s", param->otherwise ? "true" : "false");
        else if (param->type == PARAM_WORD || param->type == PARAM_BANDS ||
                 param->otherwise == NOTHING)
                printf("nothing");
        else
                printf("%" PRId64, param->otherwise);
}

static void print_params(enum step_code step)
{
        const struct param_info *param;
        bool any = false;

        for (size_t i = 0; (param = param_at(i)); i++) {
                if (param->step != step)
                        continue;
                if (!any)
                        printf("\n| parameter | type | may be | otherwise | what it is |\n"
                               "|---|---|---|---|---|\n");
                any = true;
                printf("| `%s` | %s | ", param->name, type_word(param->type));
                print_domain(param);
                printf(" | ");
                print_otherwise(param);
                printf(" | %s |\n", param->says);
        }
}

static const char *when_words(const char *when)
{
        if (strcmp(when, "ALWAYS") == 0)
                return "always";
        if (strcmp(when, "UNCOUNTED") == 0)
                return "unless an attribute step counted it";
        return strcmp(when, "IF_SO") == 0 ? "if it is so" : "where the result depends on it";
}

/* "unit by" and "total whole" as: with `unit` `total`, with `by` `whole`. */
static void print_when(const char *params, const char *words)
{
        while (*params) {
                size_t param = strcspn(params, " "), word = strcspn(words, " ");

                printf(", with `%.*s`", (int)param, params);
                if (word > 0 && words[0] == '-')
                        printf(" not given");
                else if (word > 0 && words[0] != '+')
                        printf(" `%.*s`", (int)word, words);
                params += param + (params[param] == ' ');
                words += word + (words[word] == ' ');
        }
}

/* Of which item, and of which year: the signs of core/params.h in words. */
static void print_item(const char *item)
{
        const char *at = strchr(item, '@');

        if (item[0] == '*')
                printf(", of each category");
        else if (item[0] == '?')
                printf(", of each that is reported");
        else if (item[0] == '=')
                printf(", of `%.*s`", (int)strcspn(item + 1, "@"), item + 1);
        else if (item[0] && item[0] != '@')
                printf(", of `%.*s`", (int)strcspn(item, "@"), item);
        if (at && strcmp(at, "@year") == 0)
                printf(", of the base year");
        else if (at && strcmp(at, "@years") == 0)
                printf(", of each base year");
        else if (at && strcmp(at, "@last") == 0)
                printf(", of the latest base year");
        else if (at)
                printf(", of `%s`, else the latest base year", at + 1);
}

static void print_reads(enum step_code step)
{
        bool any = false;

        for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
                if (reads[i].step != step)
                        continue;
                if (!any)
                        printf("- reads:\n");
                any = true;
                printf("  - `%s`: %s", fact_kind_info(reads[i].kind)->name,
                       when_words(reads[i].when));
                print_when(reads[i].param, reads[i].word);
                print_item(reads[i].item);
                printf("\n");
        }
}

static void print_makers(const char *what, uint32_t products)
{
        static const char *const names[] = {
#define X(code, missing, late) #code,
                PRODUCTS(X)
#undef X
        };
        const char *before = "";

        if (!products)
                return;
        printf("- %s: ", what);
        for (int i = 0; i < PRODUCT_COUNT; i++)
                if (products & (1u << i)) {
                        printf("%s%s", before, names[i]);
                        before = ", ";
                }
        printf("\n");
}

/* What parameters ask for: other parameters, or what earlier steps make; and what they do. */
static void print_conditions(enum step_code step)
{
        static const struct {
                enum step_code step;
                const char *param, *word, *does, *what;
        } rows[] = {
#define X(owner, name, when, then) { STEP_##owner, #name, #when, "needs", "parameter `" #then "`" },
                PARAM_WANTS(X)
#undef X
#define X(owner, name, when, product) { STEP_##owner, #name, when, "needs", #product },
                PARAM_NEEDS(X)
#undef X
#define X(owner, name, when, product) { STEP_##owner, #name, when, "makes", #product },
                PARAM_MAKES(X)
#undef X
#define X(owner, name, when, product) { STEP_##owner, #name, when, "not after", #product },
                PARAM_BARS(X)
#undef X
        };

        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                if (rows[i].step != step)
                        continue;
                printf("- %s", rows[i].does);
                print_when(rows[i].param, rows[i].word);
                printf(": %s\n", rows[i].what);
        }
}

static void print_steps(char *const *tests)
{
        const struct step_info *step;

        printf("## Steps\n\n"
               "Terms are a list of steps, carried out in the order given. A step needs what\n"
               "others make, and must not come after what it lists as barred; any other\n"
               "order is the contract's own affair, and changes the result. A change of any\n"
               "number is a new version beside the old one.\n\n"
               "A table is a list of bands, ascending, each with one `rate`, or with\n"
               "two that a straight line joins. By count and by day both ends are in a band:\n"
               "`{\"from\": 5000, \"through\": 5999, \"at_from\": \"3.9%%\", \"at_through\":\n"
               "\"3.6%%\"}`. By share and by money a band ends before its second end, which only\n"
               "the last one has in it: `{\"from\": \"25%%\", \"to\": \"35%%\", "
               "\"rate\": \"50%%\"}`,\n"
               "`{\"from\": \"100000.00\", \"to\": \"250000.00\", \"rate\": \"80%%\"}`, "
               "and `at_from` and\n"
               "`at_to`. Where the last band is open at the top its second end is left out.\n");
        for (size_t i = 0; (step = step_at(i)); i++) {
                printf("\n### %s@%" PRIu32 "\n\n%s. Clause: %s.\n\n", step->name, step->version,
                       step->says, step->clause);
                print_makers("needs", step->needs);
                print_makers("makes", step->makes);
                print_makers("not after", step->bars);
                print_conditions(step->code);
                print_reads(step->code);
                print_templates(step->name, step->version);
                print_tests(step->name, tests);
                print_params(step->code);
        }
}

/* "a * b | a + b": a bar would end the cell. */
static void print_formula(const char *formula)
{
        const char *bar = strstr(formula, " | ");

        if (!*formula) {
                printf("taken as it is");
                return;
        }
        printf("`%.*s`", bar ? (int)(bar - formula) : (int)strlen(formula), formula);
        if (!bar)
                return;
        printf(" or ");
        print_formula(bar + 3);
}

static void print_lines(void)
{
        const struct line_info *line;

        printf("\n## Lines of a statement\n\n"
               "How a line is made is a formula over the lines above it; core/lines.h says what\n"
               "it may contain. The line says which one made it, or what it was taken from.\n\n"
               "| number | line | unit | clause | what it is | how it is made |\n"
               "|---|---|---|---|---|---|\n");
        for (size_t i = 0; (line = line_at(i)); i++) {
                printf("| %d | `%s` | %s | %s | %s | ", (int)line->code, line->name,
                       unit_word(line->unit), line->clause, line->says);
                print_formula(line->formula);
                printf(" |\n");
        }
}

static void print_facts(void)
{
        const struct fact_kind_info *kind;

        printf("\n## Facts\n\nOf record, where terms do not say otherwise: the side in the fourth "
               "column.\n\n| number | kind | unit | of record | what it is |\n"
               "|---|---|---|---|---|\n");
        for (size_t i = 0; (kind = fact_kind_at(i)); i++)
                printf("| %d | `%s` | %s | %s | %s |\n", (int)kind->kind, kind->name,
                       unit_word(kind->unit), side_word(kind->customary), kind->says);
}

/* Arguments: the files of tests, whose names stand beside the steps that they name. */
int main(int argc, char **argv)
{
        printf("# Rules\n\n"
               "Made by docs/gen-rules.c from the tables in core/; a test says when it is\n"
               "out of date. Do not edit it: `ninja -C BUILD rules` makes it anew.\n\n"
               "Clauses name where a rule is written down: a regulation, for programmes that\n"
               "have one and contracts that borrow it. What binds is the terms that both\n"
               "sides signed. The constants of known programmes, each with its source and\n"
               "how well it is known, are in clients/templates.\n\n"
               "## Exactness\n\n"
               "Money is whole cents, rates are exact fractions, and nothing is rounded on\n"
               "the way but where the formula of a line says so: cents() to the cent,\n"
               "decimals() to so many decimals, and the result as `post` says. The score of\n"
               "a measure has nine decimals, a fee is whole cents, an amount that quality\n"
               "changed has nine decimals of a cent. Halves go away from zero unless `post`\n"
               "says otherwise. Comparisons are of exact figures, never of rounded ones.\n\n"
               "A settlement takes the figure of the side of record for exactly the period\n"
               "of the run: of several the one paid through the latest day, else the last\n"
               "one said. Where the contract as a whole has none, the figures of all its\n"
               "segments are added up, for kinds that can be. What is missing makes the\n"
               "statement not calculable.\n\n");
        print_steps(argv + (argc > 0));
        print_lines();
        print_facts();
        return 0;
}
