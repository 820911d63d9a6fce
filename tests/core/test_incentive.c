/* SPDX-License-Identifier: Apache-2.0 */
/* What a contract pays for: points, patients, dollars, what is at stake, what is met next. */
#include <string.h>

#include "core/charter.h"
#include "core/incentive.h"
#include "tests/core/quality_case.h"
#include "tests/core/run.h"

static struct incentive_work work;
static struct incentives came_to;

static const struct incentives *incentives(void)
{
        const struct run run = run_of_2024(IN_FORCE);
        const struct settle_inputs inputs = { .facts = facts.list, .fact_count = facts.count };

        accepted();
        incentives_of(&terms, &run, &inputs, NULL, &work, &came_to);
        return &came_to;
}

static const struct incentive *row(const char *item)
{
        for (size_t i = 0; i < came_to.count; i++)
                if (strcmp(came_to.rows[i].item.text, item) == 0)
                        return &came_to.rows[i];
        ck_abort_msg("no row of '%s'", item);
        return NULL;
}

static void weighs(struct step *step, int64_t weight)
{
        with_count(step, "weight", weight);
}

/* TV-24: blood pressure, breast and colon cancer screening, and diabetes of too few people. */
static void four_measures(int64_t cbp)
{
        struct step *fee;

        begin();
        weighs(linear("cbp", 60, 70), 3);
        weighs(linear("bcs", 70, 80), 1);
        weighs(linear("hbd", 60, 70), 3);
        weighs(linear("col", 60, 72), 1);
        for (int i = 0; i < 4; i++)
                with_count(&terms.steps[i], "least_denominator", 30);
        measured("cbp", cbp, 385);
        measured("bcs", 190, 250);
        measured("hbd", 10, 18);
        measured("col", 324, 480);
        composite("measures");
        fee = with_step(&terms, "fee");
        with_cents(fee, "flat", 25000000);
        with_rate(fee, "at_risk", 1, 1);
        with_step(&terms, "post");
}

START_TEST(a_pool_of_measures)
{
        four_measures(280);
        ck_assert_int_eq(incentives()->status, STATEMENT_CALCULATED);
        ck_assert_int_eq(came_to.earned[FORECAST_CENTRAL], 21125000);
        ck_assert_uint_eq(came_to.count, 4);
        ck_assert_int_eq(came_to.least, 0);
        ck_assert_int_eq(came_to.most, 25000000);
        ck_assert_int_eq(row("cbp")->stake, 15000000);
        ck_assert_int_eq(row("bcs")->stake, 5000000);
        ck_assert_int_eq(row("hbd")->stake, 0);
        ck_assert_int_eq(row("col")->stake, 5000000);
}
END_TEST

/* TV-39. */
START_TEST(one_more_patient)
{
        four_measures(231);     /* 60 %: the band begins */
        incentives();
        ck_assert(row("cbp")->has_patient);
        ck_assert_int_eq(row("cbp")->patient, 389610);
        four_measures(270);
        incentives();
        ck_assert(row("cbp")->has_patient);
        ck_assert_int_eq(row("cbp")->patient, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("incentive");

        tcase_add_test(tests, a_pool_of_measures);
        tcase_add_test(tests, one_more_patient);
        return run_case(tests, "incentive");
}
