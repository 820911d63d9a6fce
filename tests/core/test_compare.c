/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A side's own settlement against the hub's. Statements are drawn over all kinds of steps; a figure
 * is made from each with one mistake in it, of every kind there is, and carried on as whoever makes
 * such a mistake carries it on. The first difference must be that mistake, by its right name, and
 * what comes after it must follow.
 *
 * ACCORD_COMPARE_ROUNDS: so many terms, not some dozens; how often each was seen is printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/compare.h"
#include "core/formula.h"
#include "core/lines.h"
#include "tests/core/anything.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"
#include "tests/rounds.h"

#define ROUNDS ROUNDS_OF(60)

static struct terms terms, other_terms;
static struct anything drawn;
static struct statement hub, other, sketch;
static struct compare_work work;
static struct figure_difference differences[LINES_PER_STATEMENT_MAX];
static struct comparison result;
static struct figure_line lines[FIGURE_LINES_MAX];
static struct figure figure;
static struct faults faults;
static unsigned long long seed;

static unsigned long rounds(void)
{
        const char *given = getenv("ACCORD_COMPARE_ROUNDS");

        return given ? strtoul(given, NULL, 10) : ROUNDS;
}

static void settle_by(const struct terms *by, struct statement *ret)
{
        const struct settle_inputs inputs = anything_inputs(&drawn);

        memset(ret, 0, sizeof(*ret));
        settle(by, &drawn.run, &inputs, ret);
}

/* False when there is nothing to compare. */
static bool draw(void)
{
        anything_seed(seed);
        if (!anything_terms(&terms, MODEST))
                return false;
        terms.version = 1;
        anything_facts(&terms, MODEST, &drawn);
        settle_by(&terms, &hub);
        return hub.status == STATEMENT_CALCULATED && hub.line_count > 3;
}

/* ---- figures */

static void figure_of(const struct statement *from)
{
        figure = (struct figure) {
                .period = from->run.period, .earned = from->earned, .has_payable = true,
                .payable = from->payable, .terms_version = from->terms_version, .lines = lines,
                .line_count = from->line_count,
        };
        for (size_t i = 0; i < from->line_count; i++) {
                const struct item *item = line_item(from, &from->lines[i]);

                lines[i] = (struct figure_line) {
                        .code = from->lines[i].code,
                        .exact = { from->lines[i].num, from->lines[i].den },
                };
                if (item)
                        lines[i].item = *item;
        }
}

/* As the figure's own lines for these have it. */
static void totals_of_lines(void)
{
        for (uint32_t i = 0; i < figure.line_count; i++) {
                const struct exact exact = lines[i].exact;

                if (lines[i].code == LINE_EARNED && exact.den == 1)
                        figure.earned = (int64_t)exact.num;
                if (lines[i].code == LINE_PAYABLE && exact.den == 1)
                        figure.payable = (int64_t)exact.num;
        }
}

static void compare(const struct compare_alternative *alternatives, size_t count)
{
        const struct compare_inputs inputs = {
                .figure = &figure, .statement = &hub, .terms = &terms,
                .alternatives = alternatives, .alternative_count = count,
        };

        compare_figure(&inputs, &work, &result, differences);
}

static const char *line_says(uint32_t place)
{
        return line_info(hub.lines[place].code)->name;
}

/* The first is @cause, and at @place; of what follows, so many do not follow. */
static void ck_first(enum differs_by cause, size_t place)
{
        const struct figure_difference *first = compare_first(&result);

        ck_assert_msg(first, "seed %llu: nothing differs", seed);
        ck_assert_msg(first->cause == cause, "seed %llu: %s is \"%s\", not \"%s\": %s", seed,
                      line_says(first->line), differs_by_name(first->cause),
                      differs_by_name(cause), first->says.text);
        ck_assert_msg(place == SIZE_MAX || first->line == place, "seed %llu: %s", seed,
                      line_says(first->line));
        ck_assert(first == &result.differences[0]);
        for (uint32_t i = 0; i < result.difference_count; i++)
                ck_assert(result.differences[i].says.text[0]);
}

static size_t not_following(void)
{
        size_t count = 0;

        for (uint32_t i = 0; i < result.difference_count; i++)
                count += result.differences[i].cause != DIFFERS_BY_LINE_ABOVE;
        return count;
}

/* ---- one line otherwise, and all below made of it, by the same formulas */

static bool formula_at_place(const struct statement *from, size_t place, struct formula *ret,
                             struct formula_at *ret_at)
{
        *ret_at = (struct formula_at) { .terms = &terms, .statement = from, .line = place };
        return !line_is_input(&from->lines[place]) && !formula_of_line(ret_at, ret);
}

static bool carry_on(size_t from)
{
        struct formula_at at;
        struct formula formula;
        struct exact exact;

        for (size_t i = from; i < sketch.line_count; i++) {
                if (line_is_input(&sketch.lines[i]))
                        continue;
                if (!formula_at_place(&sketch, i, &formula, &at) ||
                    formula_value(&formula, formula.root, &at, sketch.lines[i].item, &exact))
                        return false;
                sketch.lines[i].num = exact.num;
                sketch.lines[i].den = exact.den;
        }
        return true;
}

static bool put(size_t place, struct exact exact)
{
        sketch = hub;
        sketch.lines[place].num = exact.num;
        sketch.lines[place].den = exact.den;
        if (!carry_on(place + 1))
                return false;
        figure_of(&sketch);
        totals_of_lines();
        return true;
}

static struct exact exact_at(const struct statement *of, size_t place)
{
        return (struct exact) { of->lines[place].num, of->lines[place].den };
}

/* A line at which something is made or went in; SIZE_MAX: none of some tries. */
static size_t any_line(bool input)
{
        for (int i = 0; i < 50; i++) {
                size_t place = anything_below(hub.line_count);

                if (line_is_input(&hub.lines[place]) == input &&
                    hub.lines[place].unit != UNIT_FLAG)
                        return place;
        }
        return SIZE_MAX;
}

/* ---- nothing wrong */

static bool nothing(void)
{
        figure_of(&hub);
        compare(NULL, 0);
        ck_assert_msg(result.difference_count == 0, "seed %llu: %s", seed,
                      line_says(differences[0].line));
        ck_assert_uint_eq(result.lines_agreed, hub.line_count);
        ck_assert(!compare_first(&result));
        ck_assert(!compare_order(&figure, &hub, &terms, &work, &other_terms));
        figure.line_count = 0;
        compare(NULL, 0);
        ck_assert_uint_eq(result.difference_count, 0);
        ck_assert_uint_ge(result.lines_agreed, 2);
        return true;
}

/* ---- one mistake each; false when it makes no difference here */

static bool plant(bool input, int64_t by, size_t *ret_place)
{
        *ret_place = any_line(input);
        return *ret_place != SIZE_MAX &&
               put(*ret_place, exact_add(exact_at(&hub, *ret_place), exact_of(by)));
}

static bool input(void)
{
        size_t place;

        if (!plant(true, 1, &place))
                return false;
        compare(NULL, 0);
        ck_first(DIFFERS_BY_INPUT, place);
        ck_assert_uint_eq(not_following(), 1);
        return true;
}

static bool arithmetic(void)
{
        size_t place;

        if (!plant(false, 7919, &place))
                return false;
        compare(NULL, 0);
        ck_first(DIFFERS_BY_ARITHMETIC, place);
        ck_assert_uint_eq(not_following(), 1);
        return true;
}

static const struct formula_rounding roundings[] = {
        { .how = FORMULA_NOT_ROUNDED },
        { .how = FORMULA_BY_MODE, .mode = ROUND_HALF_EVEN },
        { .how = FORMULA_BY_MODE, .mode = ROUND_HALF_UP },
        { .how = FORMULA_BY_MODE, .mode = ROUND_TOWARD_ZERO },
        { .how = FORMULA_TO_DOLLARS }, { .how = FORMULA_TO_DECIMALS, .decimals = 1 },
        { .how = FORMULA_TO_DECIMALS, .decimals = 3 },
};

/* The first line of the statement, from @from, that comes out otherwise; SIZE_MAX: none. */
static size_t round_otherwise(const struct formula_rounding *by, size_t from, struct exact *ret)
{
        for (size_t place = from; place < hub.line_count; place++) {
                struct formula_at at;
                struct formula formula;

                if (!formula_at_place(&hub, place, &formula, &at))
                        continue;
                formula.otherwise = by;
                if (!formula_value(&formula, formula.root, &at, hub.lines[place].item, ret) &&
                    exact_cmp(*ret, exact_at(&hub, place)) != 0)
                        return place;
        }
        return SIZE_MAX;
}

static bool round_one(size_t *ret_place)
{
        const struct formula_rounding *by = &roundings[anything_below(COUNT_OF(roundings))];
        struct exact exact;

        *ret_place = round_otherwise(by, anything_below(hub.line_count), &exact);
        return *ret_place != SIZE_MAX && put(*ret_place, exact);
}

static bool rounding(void)
{
        size_t place;

        if (!round_one(&place))
                return false;
        compare(NULL, 0);
        ck_first(DIFFERS_BY_ROUNDING, place);
        ck_assert_uint_eq(not_following(), 1);
        return true;
}

static bool is_alone(size_t place)
{
        for (size_t i = 0; i < hub.line_count; i++)
                if (i != place && hub.lines[i].code == hub.lines[place].code &&
                    hub.lines[i].item == hub.lines[place].item)
                        return false;
        return true;
}

/* The figure says all lines but that one: there must be no other that it could be. */
static bool rounding_unsaid(void)
{
        uint32_t kept = 0;
        size_t place;

        if (!round_one(&place) || !is_alone(place))
                return false;
        for (uint32_t i = 0; i < figure.line_count; i++)
                if (i != place)
                        lines[kept++] = lines[i];
        figure.line_count = kept;
        compare(NULL, 0);
        if (result.difference_count == 0)       /* it comes to nothing in the end */
                return false;
        ck_first(DIFFERS_BY_ROUNDING, SIZE_MAX);
        return true;
}

/* By another version of the terms: what it changes may be anything. */
static bool version(void)
{
        const struct compare_alternative by = { DIFFERS_BY_TERMS, &other };

        other_terms = terms;
        other_terms.version = 2;
        anything_varied(&other_terms, MODEST);
        faults_reset(&faults);
        terms_check(&other_terms, 0, &faults);
        if (faults.first)
                return false;
        settle_by(&other_terms, &other);
        figure_of(&other);
        compare(NULL, 0);
        if (other.status != STATEMENT_CALCULATED || result.difference_count == 0)
                return false;
        compare(&by, 1);
        ck_first(DIFFERS_BY_TERMS, SIZE_MAX);
        ck_assert_msg(strstr(compare_first(&result)->says.text, "as version 2"), "seed %llu: %s",
                      seed, compare_first(&result)->says.text);
        return true;
}

/* Two neighbouring steps changed places; false when that makes no sense. */
static bool swap_steps(void)
{
        size_t place = anything_below(terms.step_count - 1u);
        struct step kept = terms.steps[place];

        other_terms = terms;
        other_terms.steps[place] = terms.steps[place + 1];
        other_terms.steps[place + 1] = kept;
        faults_reset(&faults);
        terms_check(&other_terms, 0, &faults);
        return !faults.first;
}

static bool order(void)
{
        const struct compare_alternative by = { DIFFERS_BY_ORDER, &sketch };

        if (!swap_steps())
                return false;
        settle_by(&other_terms, &other);
        figure_of(&other);
        compare(NULL, 0);
        if (other.status != STATEMENT_CALCULATED || result.difference_count == 0 ||
            !compare_order(&figure, &hub, &terms, &work, &other_terms))
                return false;
        settle_by(&other_terms, &sketch);
        compare(&by, 1);
        ck_first(DIFFERS_BY_ORDER, SIZE_MAX);
        return true;
}

/* ---- figures that say less */

static bool only_the_result(void)
{
        size_t place;

        if (!plant(true, 7919, &place))
                return false;
        figure.line_count = 0;
        compare(NULL, 0);
        if (result.difference_count == 0)
                return false;
        ck_assert_uint_le(result.difference_count, 2);
        ck_assert_int_ne(compare_first(&result)->cause, DIFFERS_BY_ARITHMETIC);
        return compare_first(&result)->cause == DIFFERS_BY_SILENCE;
}

static bool is_input_anywhere(const struct line *line)
{
        for (size_t i = 0; i < hub.line_count; i++)
                if (line_is_input(&hub.lines[i]) && hub.lines[i].code == line->code &&
                    hub.lines[i].item == line->item)
                        return true;
        return false;
}

/* What lies between said lines is worked out from them. */
static bool only_inputs(void)
{
        uint32_t kept = 0;
        size_t place;

        if (!plant(true, 1, &place))
                return false;
        for (uint32_t i = 0; i < figure.line_count; i++)
                if (is_input_anywhere(&hub.lines[i]))
                        lines[kept++] = lines[i];
        figure.line_count = kept;
        compare(NULL, 0);
        ck_first(DIFFERS_BY_INPUT, place);
        ck_assert_uint_eq(not_following(), 1);
        return true;
}

/* ---- anybody's word */

static struct exact anything_exact(void)
{
        static const wide ends = (wide)(~(uwide)0 >> 1);
        wide num = (wide)(anything_below(UINT64_MAX) >> 2) * (wide)anything_below(UINT64_MAX);
        wide den = anything_below(3) ? 1 : 1 + (wide)anything_below(UINT64_MAX);

        if (anything_below(4) == 0)
                num = ends - (wide)anything_below(3);
        if (anything_below(8) == 0)
                den = ends - (wide)anything_below(3);
        return (struct exact) { anything_below(2) ? num : -num, den };
}

static bool nonsense(void)
{
        const struct compare_alternative by = { DIFFERS_BY_TERMS, &hub };

        figure_of(&hub);
        for (uint32_t i = 0; i < figure.line_count; i++) {
                if (anything_below(2))
                        lines[i].exact = anything_exact();
                if (anything_below(16) == 0)
                        lines[i].code = lines[anything_below(figure.line_count)].code;
        }
        figure.earned = (int64_t)anything_below(UINT64_MAX);
        figure.line_count = (uint32_t)anything_below(figure.line_count + 1u);
        compare(&by, 1);
        compare_order(&figure, &hub, &terms, &work, &other_terms);
        return true;
}

/* The side's own facts, where they are not of record. The last: the facts are others then. */
static bool own_facts(void)
{
        const struct compare_alternative by = { DIFFERS_BY_INPUT, &other };

        for (size_t i = 0; i < drawn.count; i++)
                if (drawn.facts[i].value.unit == UNIT_CENTS && drawn.facts[i].value.num > 1000)
                        drawn.facts[i].value.num -= 501;
        settle_by(&terms, &other);
        figure_of(&other);
        figure.line_count = 0;
        compare(&by, 1);
        if (other.status != STATEMENT_CALCULATED || result.difference_count == 0)
                return false;
        ck_first(DIFFERS_BY_INPUT, SIZE_MAX);
        return true;
}

/* To draw terms takes most of the time: everything is tried on each, some of it several times. */
static const struct {
        const char *says;
        bool (*plant)(void);
        int tries;
        unsigned long least;            /* that must have been seen, of a hundred drawn */
} mistakes[] = {
        { "nothing", nothing, 1, 100 },
        { "another input", input, 4, 300 },
        { "arithmetic", arithmetic, 4, 300 },
        { "another rounding", rounding, 6, 100 },
        { "another rounding of an unsaid line", rounding_unsaid, 6, 50 },
        { "another version of the terms", version, 4, 100 },
        { "another order of steps", order, 12, 20 },
        { "only the result is said", only_the_result, 4, 50 },
        { "only inputs are said", only_inputs, 4, 300 },
        { "nonsense", nonsense, 4, 400 },
        { "its own facts", own_facts, 1, 20 },
};

START_TEST(every_mistake_is_found_and_has_its_name)
{
        unsigned long seen[COUNT_OF(mistakes)] = { 0 }, drawn_count = 0;

        for (seed = 1; drawn_count < rounds(); seed++) {
                if (!draw())
                        continue;
                drawn_count++;
                for (int i = 0; i < COUNT_OF(mistakes); i++)
                        for (int try = 0; try < mistakes[i].tries; try++)
                                seen[i] += mistakes[i].plant();
        }
        for (int i = 0; i < COUNT_OF(mistakes); i++) {
                if (getenv("ACCORD_COMPARE_ROUNDS"))
                        printf("%s: %lu\n", mistakes[i].says, seen[i]);
                ck_assert_msg(seen[i] >= mistakes[i].least * rounds() / 100, "%s: only %lu",
                              mistakes[i].says, seen[i]);
        }
}
END_TEST

/* ---- words, by hand */

START_TEST(the_words_say_what_to_look_at)
{
        static struct facts facts;
        uint32_t kept = 0;

        arrange_mssp(&terms, (struct shape) { .track = ONE_SIDED_50, .quality = GATED });
        terms.version = 1;
        facts_money(&facts, 1000000000, 100000000, 60000);
        fact_is(&facts, FACT_QUALITY_STANDARD_MET, 1, 1);
        hub = *settled(&terms, &facts, IN_FORCE);
        ck_assert_int_eq(hub.status, STATEMENT_CALCULATED);
        figure_of(&hub);
        figure.earned = figure.payable = hub.earned + 1;
        for (uint32_t i = 0; i < figure.line_count; i++)
                if (lines[i].code != LINE_EARNED && lines[i].code != LINE_PAYABLE)
                        lines[kept++] = lines[i];
        figure.line_count = kept;
        compare(NULL, 0);
        ck_assert_uint_eq(result.difference_count, 2);
        ck_assert_int_eq(differences[0].cause, DIFFERS_BY_ARITHMETIC);
        ck_assert_str_eq(differences[0].says.text, "the figure has the same lines above it, and "
                                                   "its rule comes to something else");
        figure.line_count = 1;
        compare(NULL, 0);
        ck_assert_int_eq(differences[0].cause, DIFFERS_BY_SILENCE);
        ck_assert_msg(strncmp(differences[0].says.text,
                              "it is made of lines that the figure does not say: ", 50) == 0,
                      "%s", differences[0].says.text);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("compare");

        tcase_set_timeout(tests, 380);
        tcase_add_test(tests, every_mistake_is_found_and_has_its_name);
        tcase_add_test(tests, the_words_say_what_to_look_at);
        return run_case(tests, "compare");
}
