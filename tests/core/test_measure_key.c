/* SPDX-License-Identifier: Apache-2.0 */
/* Which measure it is: by the terms' own words, by the crosswalk, by what it is called. */
#include <string.h>

#include "core/charter.h"
#include "core/measure_key.h"
#include "tests/core/quality_case.h"
#include "tests/core/run.h"

static struct charter charter;
static struct measure_key key;
static struct name excludes;
static struct rate target;
static bool has_target;

static struct name name_is(const char *text)
{
        struct name name = { "" };

        memcpy(name.text, text, strlen(text));
        return name;
}

static void find(const struct step *step, const struct charter *by)
{
        measure_key_of(&terms, step, by, &key, &excludes, &target, &has_target);
}

static void key_is(const char *concept, const char *version, const char *population)
{
        ck_assert_str_eq(key.concept.text, concept);
        ck_assert_str_eq(key.version.text, version);
        ck_assert_str_eq(key.population.text, population);
}

/* For "bp" in general, for "bp" of the plan, for "pcr", which less of is better. */
static void crosswalk(void)
{
        static const struct {
                const char *word, *bearer, *concept, *version;
                enum direction direction;
        } rows[] = {
                { "bp", "", "cmit.167", "2025", DIRECTION_MORE },
                { "bp", "other", "cmit.167", "2023", DIRECTION_MORE },
                { "bp", "plan", "cmit.167", "2024", DIRECTION_MORE },
                { "pcr", "", "cmit.561", "2025", DIRECTION_LESS },
                { "total-cost", "", "total-cost", "prospective", DIRECTION_LESS },
        };

        memset(&charter, 0, sizeof(charter));
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                charter.specifications[charter.specification_count++] = (struct specification) {
                        .key = name_is(rows[i].word), .bearer = name_is(rows[i].bearer),
                        .is = { name_is(rows[i].concept), name_is(rows[i].version), { "" },
                                rows[i].direction },
                };
}

START_TEST(a_measure_is_what_it_is_called_where_nobody_says_more)
{
        begin();
        find(linear("bp", 60, 70), NULL);
        key_is("bp", "", "");
        ck_assert_int_eq(key.direction, DIRECTION_MORE);
        ck_assert_str_eq(excludes.text, "");
        crosswalk();
        find(linear("other", 60, 70), &charter);
        key_is("other", "", "");
}
END_TEST

START_TEST(the_crosswalk_of_this_bearer_comes_before_that_of_all)
{
        begin();
        crosswalk();
        find(linear("bp", 60, 70), &charter);
        key_is("cmit.167", "2024", "");
        terms.contract.bearer = name_is("third");
        find(&terms.steps[0], &charter);
        key_is("cmit.167", "2025", "");
        charter.specification_count = 0;
        find(&terms.steps[0], &charter);
        key_is("bp", "", "");
}
END_TEST

START_TEST(the_terms_own_words_come_before_the_crosswalk)
{
        struct step *step;

        begin();
        crosswalk();
        step = linear("bp", 60, 70);
        with_word(step, "population", "adults");
        with_word(step, "excludes", "dialysis");
        find(step, &charter);
        key_is("cmit.167", "2024", "adults");
        ck_assert_str_eq(excludes.text, "dialysis");
        with_word(step, "specification", "2022");
        find(step, &charter);
        key_is("cmit.167", "2022", "adults");
        with_word(step, "concept", "own");
        find(step, &charter);
        key_is("own", "2022", "adults");
        /* Another's version is not that of a concept of one's own. */
        step = linear("bp", 60, 70);
        with_word(step, "concept", "own");
        find(step, &charter);
        key_is("own", "", "");
        step = linear("bp", 60, 70);
        with_word(step, "concept", "cmit.167");
        find(step, &charter);
        key_is("cmit.167", "2024", "");
}
END_TEST

START_TEST(of_total_cost_the_crosswalk_can_say_more)
{
        begin();
        crosswalk();
        concept_key_of(&terms, CONCEPT_TOTAL_COST, DIRECTION_LESS, &charter, &key);
        key_is("total-cost", "prospective", "");
        concept_key_of(&terms, CONCEPT_TOTAL_COST, DIRECTION_LESS, NULL, &key);
        key_is("total-cost", "", "");
        ck_assert_int_eq(key.direction, DIRECTION_LESS);
}
END_TEST

/* ---- which way is better, and up to where */

static void bands(struct step *step, const int64_t (*rows)[4], size_t count)
{
        for (size_t i = 0; i < count; i++)
                with_band(&terms, step, "bands",
                          (struct band) { rows[i][0] * 10000000, rows[i][1] * 10000000,
                                          { rows[i][2], 1 }, { rows[i][3], 1 } });
        with_rate(step, "most", 10, 1);
}

static void check_scale(struct step *step, enum direction direction, int64_t num, int64_t den)
{
        find(step, NULL);
        ck_assert_int_eq(key.direction, direction);
        ck_assert_int_eq(measure_direction(&terms, step), direction);
        ck_assert_int_eq(has_target, num >= 0);
        if (has_target)
                ck_assert_msg(target.num * den == num * target.den, "%ld / %ld", (long)target.num,
                              (long)target.den);
}

START_TEST(the_scale_says_which_way_is_better_and_up_to_where)
{
        static const int64_t rising[][4] = { { 0, 30, 0, 0 }, { 30, 90, 3, 10 },
                                             { 90, 100, 10, 10 } };
        static const int64_t steps[][4] = { { 0, 50, 5, 5 }, { 50, 100, 10, 10 } };
        static const int64_t falling[][4] = { { 0, 5, 10, 10 }, { 5, 10, 10, 10 },
                                              { 10, 100, 10, 1 } };
        static const int64_t short_of[][4] = { { 0, 100, 0, 9 } };
        struct step *step;

        begin();
        check_scale(linear("a", 60, 70), DIRECTION_MORE, 7, 10);
        check_scale(linear("b", 20, 10), DIRECTION_LESS, 1, 10);
        step = measure("c", "attainment");
        with_rate(step, "threshold", 1, 5);
        with_rate(step, "benchmark", 1, 10);
        check_scale(step, DIRECTION_LESS, 1, 10);
        step = measure("d", "better");
        with_rate(step, "threshold", 5, 10);
        with_rate(step, "benchmark", 9, 10);
        check_scale(step, DIRECTION_MORE, 9, 10);
        step = measure("e", "improvement");
        with_rate(step, "benchmark", 9, 10);
        check_scale(step, DIRECTION_MORE, 9, 10);
        step = measure("f", "table");
        bands(step, rising, 3);
        check_scale(step, DIRECTION_MORE, 9, 10);
        step = measure("g", "table");
        bands(step, steps, 2);
        check_scale(step, DIRECTION_MORE, 1, 2);
        step = measure("h", "table");
        bands(step, falling, 3);
        check_scale(step, DIRECTION_LESS, 1, 10);
        step = measure("i", "table");
        bands(step, short_of, 1);
        check_scale(step, DIRECTION_MORE, -1, 1);
        check_scale(measure("j", "relative"), DIRECTION_MORE, -1, 1);
        check_scale(measure("k", "reported"), DIRECTION_MORE, -1, 1);
}
END_TEST

/* A score says nothing of the rate behind it. */
START_TEST(the_crosswalk_says_which_way_only_where_no_rate_does)
{
        begin();
        crosswalk();
        find(measure("pcr", "reported"), &charter);
        ck_assert_int_eq(key.direction, DIRECTION_LESS);
        find(linear("pcr", 60, 70), &charter);
        ck_assert_int_eq(key.direction, DIRECTION_MORE);
}
END_TEST

START_TEST(keys_are_equal_only_in_all_four)
{
        const struct measure_key one = { name_is("a"), name_is("1"), name_is("p"),
                                         DIRECTION_MORE };
        struct measure_key other = one;

        ck_assert(measure_key_equal(&one, &other));
        other.concept = name_is("b");
        ck_assert(!measure_key_equal(&one, &other));
        other = one;
        other.version = name_is("2");
        ck_assert(!measure_key_equal(&one, &other));
        other = one;
        other.population = name_is("q");
        ck_assert(!measure_key_equal(&one, &other));
        other = one;
        other.direction = DIRECTION_LESS;
        ck_assert(!measure_key_equal(&one, &other));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("measure_key");

        tcase_add_test(tests, a_measure_is_what_it_is_called_where_nobody_says_more);
        tcase_add_test(tests, the_crosswalk_of_this_bearer_comes_before_that_of_all);
        tcase_add_test(tests, the_terms_own_words_come_before_the_crosswalk);
        tcase_add_test(tests, of_total_cost_the_crosswalk_can_say_more);
        tcase_add_test(tests, the_scale_says_which_way_is_better_and_up_to_where);
        tcase_add_test(tests, the_crosswalk_says_which_way_only_where_no_rate_does);
        tcase_add_test(tests, keys_are_equal_only_in_all_four);
        return run_case(tests, "measure_key");
}
