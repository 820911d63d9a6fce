/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold whatever the terms and facts: nothing within the limits can stop a settlement, the
 * order of facts does not matter, and no result lies beyond its limits. Numbers are drawn from a
 * fixed seed.
 */
#include <string.h>

#include "tests/core/arrange.h"
#include "tests/core/run.h"
#include "tests/draw.h"
#include "tests/rounds.h"

#define ROUNDS ROUNDS_OF(9000)

static uint64_t state;

static uint64_t draw(uint64_t below)
{
        return xorshift(&state) % below;
}

static bool coin(void)
{
        return draw(2);
}

/* Small, large and at the very end, about as often. */
static int64_t draw_number(int64_t least, int64_t most)
{
        switch (draw(4)) {
        case 0:
                return least + (int64_t)draw((uint64_t)(most - least < 9 ? most - least : 9) + 1);
        case 1:
                return most - (int64_t)draw((uint64_t)(most - least < 9 ? most - least : 9) + 1);
        default:
                return least + (int64_t)draw((uint64_t)(most - least) + 1);
        }
}

static struct rate draw_rate(void)
{
        static const int64_t dens[] = { 1, 2, 3, 10, 100, 1000, 999999937, 1000000000 };
        int64_t den = dens[draw(COUNT_OF(dens))];

        return (struct rate) { (int64_t)draw((uint64_t)den + 1), den };
}

static void draw_fact(struct facts *facts, enum fact_kind kind)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        struct rate rate;

        if (info->unit == UNIT_RATE) {
                rate = draw_rate();
                fact_is(facts, kind, rate.num, rate.den);
        } else {
                fact_is(facts, kind, draw_number(info->least, info->most), 1);
        }
}

static void draw_facts(struct facts *facts)
{
        const struct fact_kind_info *info;

        facts_begin(facts);
        for (size_t i = 0; (info = fact_kind_at(i)); i++)
                if (info->scopes & SCOPE_BIT(SCOPE_CONTRACT) && draw(40))
                        draw_fact(facts, info->kind);
}

static void shuffle(struct facts *facts)
{
        for (size_t i = facts->count; i > 1; i--) {
                size_t other = draw(i);
                struct fact kept = facts->list[i - 1];

                facts->list[i - 1] = facts->list[other];
                facts->list[other] = kept;
        }
}

static struct shape draw_shape(void)
{
        return (struct shape) {
                .track = (enum track)draw(5),
                .quality = coin() ? SCALED : GATED,
                .elected = coin(),
                .half_below = coin(),
                .guardrail = coin(),
                .advance = coin(),
                .limit_first = coin(),
                .unit = coin() ? "dollar" : "cent",
        };
}

static void spoil_rates(struct terms *terms)
{
        for (size_t i = 0; i < terms->step_count; i++)
                for (size_t j = 0; j < terms->steps[i].param_count; j++)
                        if (terms->steps[i].params[j].type == PARAM_RATE && coin())
                                terms->steps[i].params[j].rate = draw_rate();
        for (size_t i = 0; i < terms->band_count; i++)
                if (!draw(8))
                        terms->bands[i].at_from = terms->bands[i].at_to = draw_rate();
}

static void add_fee(struct terms *terms)
{
        struct step post = terms->steps[--terms->step_count], *fee = with_step(terms, "fee");
        struct rate risk = draw_rate();

        with_cents(fee, "flat", draw_number(0, MONEY_MAX));
        with_cents(fee, "pmpm", draw_number(0, 5000000));
        with_rate(fee, "at_risk", risk.num, risk.den);
        terms->steps[terms->step_count++] = post;
}

static bool same(const struct statement *a, const struct statement *b)
{
        if (a->status != b->status || a->earned != b->earned || a->payable != b->payable ||
            a->line_count != b->line_count || a->fact_count != b->fact_count ||
            strcmp(a->reason.text, b->reason.text) != 0)
                return false;
        for (size_t i = 0; i < a->line_count; i++)
                if (a->lines[i].code != b->lines[i].code || a->lines[i].num != b->lines[i].num ||
                    a->lines[i].den != b->lines[i].den || a->lines[i].step != b->lines[i].step)
                        return false;
        for (size_t i = 0; i < a->fact_count; i++)
                if (a->facts[i].index != b->facts[i].index ||
                    a->facts[i].value.num != b->facts[i].value.num)
                        return false;
        return true;
}

static void check_result(const struct statement *statement)
{
        struct exact earned = exact_of(statement->earned), dollar = exact_of(100);

        if (statement->status == STATEMENT_NOT_CALCULABLE) {
                ck_assert_int_eq(statement->earned, 0);
                ck_assert_int_ne(statement->reason.text[0], '\0');
                return;
        }
        /* Each within its limit, but for the rounding. */
        if (has_line(statement, LINE_GAIN_LIMIT) && statement->earned > 0)
                ck_assert_int_le(
                        exact_cmp(earned, exact_add(line_of(statement, LINE_GAIN_LIMIT), dollar)),
                        0);
        if (has_line(statement, LINE_LOSS_LIMIT_BENCHMARK) && statement->earned < 0)
                ck_assert_int_ge(
                        exact_cmp(earned,
                                  exact_neg(exact_add(line_of(statement, LINE_LOSS_LIMIT_BENCHMARK),
                                                      dollar))),
                        0);
        if (has_line(statement, LINE_LOSS_LIMIT_REVENUE) && statement->earned < 0)
                ck_assert_int_ge(
                        exact_cmp(earned,
                                  exact_neg(exact_add(line_of(statement, LINE_LOSS_LIMIT_REVENUE),
                                                      dollar))),
                        0);
        ck_assert_int_le(statement->payable, statement->earned < 0 ? 0 : statement->earned);
        if (exact_sign(line_of(statement, LINE_SAVINGS)) > 0)
                ck_assert_int_ge(statement->earned, 0);
        else
                ck_assert_int_le(statement->earned, 0);
}

START_TEST(published_shapes_hold)
{
        static struct terms terms;
        static struct statement first;
        struct facts facts;
        int calculated = 0;

        state = 88172645463325252u;
        for (int round = 0; round < ROUNDS; round++) {
                arrange_mssp(&terms, draw_shape());
                draw_facts(&facts);
                first = *settled(&terms, &facts, IN_FORCE);
                check_result(&first);
                shuffle(&facts);
                ck_assert(same(&first, settled(&terms, &facts, IN_FORCE)));
                calculated += first.status == STATEMENT_CALCULATED;
        }
        ck_assert_int_gt(calculated, ROUNDS / 4);
}
END_TEST

/* Whatever passes the door can be carried out: every product is an assertion. */
START_TEST(nothing_that_passes_the_door_is_too_long)
{
        static struct terms terms;
        static struct faults faults;
        struct facts facts;
        int passed = 0, refused = 0;

        state = 2463534242u;
        for (int round = 0; round < ROUNDS; round++) {
                arrange_mssp(&terms, draw_shape());
                spoil_rates(&terms);
                if (coin() && strcmp(terms.steps[terms.step_count - 2].kind.text, "advance") != 0)
                        add_fee(&terms);
                faults_reset(&faults);
                terms_check(&terms, 0, &faults);
                if (faults.count) {
                        refused++;
                        continue;
                }
                passed++;
                for (int i = 0; i < 4; i++) {
                        draw_facts(&facts);
                        settled(&terms, &facts, IN_FORCE);
                }
        }
        ck_assert_int_gt(passed, ROUNDS / 10);
        ck_assert_int_gt(refused, ROUNDS / 40);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("properties");

        tcase_set_timeout(tests, 120);
        tcase_add_test(tests, published_shapes_hold);
        tcase_add_test(tests, nothing_that_passes_the_door_is_too_long);
        return run_case(tests, "properties");
}
