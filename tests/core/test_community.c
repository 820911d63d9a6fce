/* SPDX-License-Identifier: Apache-2.0 */
/* Benefits against contracts, kinds of capabilities, what terms pay for by their words alone. */
#include <stdlib.h>
#include <string.h>

#include "core/benefit.h"
#include "core/charter.h"
#include "core/rewarded.h"
#include "tests/core/arrange.h"
#include "tests/core/run.h"

/* ---- benefits */

#define PAID(label, lan) { { { "plan" }, { "clinic" }, { label } }, LAN_##lan }
static const struct {
        const char *says;
        uint32_t tier, tiers;
        struct benefit_contract contracts[2];
        size_t count;
        enum benefit_finding finding;
        const char *part;               /* of the sentence */
} benefits[] = {
        { "the only tier, no contract", 1, 1, { PAID("a", 1) }, 0, BENEFIT_FITS, "" },
        { "the best of tiers, no contract", 1, 2, { PAID("a", 1) }, 0, BENEFIT_NOTE,
          "members pay least (tier 1 of 2), and no contract with clinic is in force" },
        { "a lower tier, no contract", 2, 2, { PAID("a", 1) }, 0, BENEFIT_FITS, "" },
        { "the best, with a contract", 1, 2, { PAID("a", 1) }, 1, BENEFIT_FITS, "" },
        { "a lower tier, services are paid", 2, 2, { PAID("a", 1) }, 1, BENEFIT_FITS, "" },
        { "a lower tier, a fee is paid", 2, 2, { PAID("a", 2A) }, 1, BENEFIT_FITS, "" },
        { "a lower tier, reporting is paid", 2, 2, { PAID("a", 2B) }, 1, BENEFIT_FITS, "" },
        { "a lower tier, performance is paid", 2, 3, { PAID("a", 2C) }, 1, BENEFIT_CONTRADICTION,
          "members pay more (tier 2 of 3), while plan/clinic/a (HCP-LAN 2C) makes" },
        { "the last tier, savings are shared", 9, 9, { PAID("a", 3B) }, 1,
          BENEFIT_CONTRADICTION, "(tier 9 of 9)" },
        { "of two contracts the one that asks for most", 2, 2,
          { PAID("a", 2C), PAID("b", 4B) }, 2, BENEFIT_CONTRADICTION, "plan/clinic/b" },
        { "of two that are alike the first", 2, 2, { PAID("a", 3A), PAID("b", 3A) }, 2,
          BENEFIT_CONTRADICTION, "plan/clinic/a" },
        { "of two the second", 2, 2, { PAID("a", 1), PAID("b", 3N) }, 2, BENEFIT_CONTRADICTION,
          "plan/clinic/b" },
};

START_TEST(a_benefit_against_contracts)
{
        const struct benefit benefit = {
                .provider = { "clinic" }, .tier = benefits[_i].tier, .tiers = benefits[_i].tiers,
        };
        struct text says;
        enum benefit_finding finding =
                benefit_check(&benefit, benefits[_i].contracts, benefits[_i].count, &says);

        ck_assert_msg(finding == benefits[_i].finding, "%s: %d", benefits[_i].says, finding);
        ck_assert_msg((finding == BENEFIT_FITS) == (says.text[0] == '\0'), "%s: \"%s\"",
                      benefits[_i].says, says.text);
        ck_assert_msg(strstr(says.text, benefits[_i].part) != NULL, "%s: \"%s\"",
                      benefits[_i].says, says.text);
}
END_TEST

/* The longest names there are: the sentence still says of which contract. */
START_TEST(a_sentence_has_room)
{
        struct benefit_contract paid = { .category = LAN_4B };
        struct benefit benefit = { .tier = 9, .tiers = 9 };
        char id[CONTRACT_ID_MAX + 1];
        struct text says;

        memset(paid.contract.bearer.text, 'b', NAME_MAX_LENGTH);
        memset(paid.contract.earner.text, 'e', NAME_MAX_LENGTH);
        memset(paid.contract.label.text, 'l', NAME_MAX_LENGTH);
        benefit.provider = paid.contract.earner;
        ck_assert_int_eq(benefit_check(&benefit, &paid, 1, &says), BENEFIT_CONTRADICTION);
        contract_id_print(&paid.contract, id);
        ck_assert_ptr_nonnull(strstr(says.text, id));
        ck_assert_ptr_nonnull(strstr(says.text, "makes the provider responsible"));
}
END_TEST

/* ---- capabilities */

START_TEST(capabilities_have_numbers_and_words)
{
        unsigned int counted = 0, last = 0;

        ck_assert_ptr_null(capability_word(0));
        for (unsigned int i = 1; capability_word(i); i++) {
                const char *word = capability_word(i);

                ck_assert_uint_eq(capability_of_word((struct bytes) { word, strlen(word) }), i);
                ck_assert_uint_eq(capability_of_word((struct bytes) { word, strlen(word) - 1 }),
                                  0);
                ck_assert_ptr_nonnull(capability_says(i));
                counted += capability_is_counted(i);
                last = i;
        }
        ck_assert_uint_eq(last, CAPABILITY_DATA_EXCHANGE);
        ck_assert_uint_eq(counted, 4);
        ck_assert(capability_is_counted(CAPABILITY_CARE_MANAGERS));
        ck_assert(!capability_is_counted(CAPABILITY_REGISTRY));
        ck_assert(!capability_is_counted(last + 1));
        ck_assert_ptr_null(capability_says(last + 1));
        ck_assert_uint_eq(capability_of_word((struct bytes) { "", 0 }), 0);
}
END_TEST

/* ---- what terms pay for */

static struct terms terms;
static struct rewarded rows[INCENTIVES_MAX];

static struct step *with_measure(const char *measure, int64_t worst, int64_t best)
{
        struct step *step = with_step(&terms, "measure");

        with_word(step, "measure", measure);
        with_rate(step, "worst", worst, 100);
        with_rate(step, "best", best, 100);
        return step;
}

static struct step *with_gate(const char *standard)
{
        struct step *step = with_step(&terms, "gate");

        with_word(step, "standard", standard);
        return step;
}

START_TEST(measures_once_each)
{
        arrange_terms(&terms);
        with_measure("bp", 50, 70);
        with_word(with_measure("a1c", 30, 20), "excludes", "dialysis");
        with_measure("bp", 50, 80);
        ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 2);
        ck_assert_str_eq(rows[0].key.concept.text, "bp");
        ck_assert_int_eq(rows[0].key.direction, DIRECTION_MORE);
        ck_assert(rows[0].has_target);
        ck_assert(rows[0].target.num * 10 == rows[0].target.den * 7);
        ck_assert_str_eq(rows[1].key.concept.text, "a1c");
        ck_assert_int_eq(rows[1].key.direction, DIRECTION_LESS);
        ck_assert_str_eq(rows[1].excludes.text, "dialysis");
        ck_assert(!rows[0].gate && !rows[1].gate);
}
END_TEST

START_TEST(a_gate_on_one_measure)
{
        arrange_terms(&terms);
        with_measure("bp", 50, 70);
        with_measure("a1c", 30, 20);
        with_word(with_gate("measure"), "measure", "a1c");
        ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 2);
        ck_assert(!rows[0].gate);
        ck_assert(rows[1].gate);
}
END_TEST

START_TEST(a_gate_on_the_score_is_on_all)
{
        static const char *const standards[] = { "least", "reported", "scored" };

        for (int i = 0; i < COUNT_OF(standards); i++) {
                arrange_terms(&terms);
                with_measure("bp", 50, 70);
                with_measure("a1c", 30, 20);
                with_gate(standards[i]);
                ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 2);
                ck_assert_msg(rows[0].gate && rows[1].gate, "%s", standards[i]);
        }
        arrange_terms(&terms);
        with_measure("bp", 50, 70);
        with_gate("growth");
        rewarded_of(&terms, NULL, rows);
        ck_assert(!rows[0].gate);
}
END_TEST

START_TEST(a_score_and_total_cost)
{
        static const struct shape shape = { .track = FIXED_LOSS_50 };

        arrange_mssp(&terms, shape);
        ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 2);
        ck_assert_str_eq(rows[0].key.concept.text, CONCEPT_QUALITY_SCORE);
        ck_assert_str_eq(rows[1].key.concept.text, CONCEPT_TOTAL_COST);
        ck_assert_int_eq(rows[1].key.direction, DIRECTION_LESS);
        ck_assert(!rows[1].gate);
}
END_TEST

START_TEST(nothing_is_paid_for)
{
        arrange_terms(&terms);
        ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 0);
}
END_TEST

/* Two words of the terms that the community says are one thing are paid for once. */
START_TEST(by_the_crosswalk)
{
        struct charter *charter = calloc(1, sizeof(*charter));

        charter->specification_count = 2;
        charter->specifications[0] = (struct specification) {
                .key = { "bp" }, .is = { { "cmit.167" }, { "2025" }, { "" }, DIRECTION_MORE },
        };
        charter->specifications[1] = (struct specification) {
                .key = { "cbp" }, .is = { { "cmit.167" }, { "2025" }, { "" }, DIRECTION_MORE },
        };
        arrange_terms(&terms);
        with_measure("bp", 50, 70);
        with_measure("cbp", 50, 70);
        ck_assert_uint_eq(rewarded_of(&terms, NULL, rows), 2);
        ck_assert_uint_eq(rewarded_of(&terms, charter, rows), 1);
        ck_assert_str_eq(rows[0].key.concept.text, "cmit.167");
        ck_assert_str_eq(rows[0].key.version.text, "2025");
        free(charter);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("community");

        tcase_add_loop_test(tests, a_benefit_against_contracts, 0, COUNT_OF(benefits));
        tcase_add_test(tests, a_sentence_has_room);
        tcase_add_test(tests, capabilities_have_numbers_and_words);
        tcase_add_test(tests, measures_once_each);
        tcase_add_test(tests, a_gate_on_one_measure);
        tcase_add_test(tests, a_gate_on_the_score_is_on_all);
        tcase_add_test(tests, a_score_and_total_cost);
        tcase_add_test(tests, nothing_is_paid_for);
        tcase_add_test(tests, by_the_crosswalk);
        return run_case(tests, "core-community");
}
