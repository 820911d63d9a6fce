/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of every settlement, over all kinds of steps: terms and facts are drawn from the
 * tables, as long and as large as they can be. That nothing which passed the door can fail inside
 * is tested by being settled at all: every product is an assertion, every division too.
 *
 * ACCORD_PROPERTIES_ROUNDS: so many terms that pass, instead of some thousands.
 * ACCORD_PROPERTIES_SEED: from which on; a failure names its seed, from which it comes again.
 * ACCORD_PROPERTIES_VARIANTS: so many of each seed's terms with other values, instead of five; to
 * draw terms anew takes most of the time.
 */
#include <stdio.h>
#include <string.h>

#include "core/steps.h"
#include "tests/core/anything.h"
#include "tests/core/arrange.h"
#include "tests/core/holds.h"
#include "tests/core/run.h"
#include "tests/rounds.h"

#define ROUNDS ROUNDS_OF(2000)

static struct terms terms;
static struct anything drawn, turned;
static struct statement first, second;
static unsigned long long seed;

static void settle_into(const struct terms *by, const struct anything *from, struct statement *ret,
                        int fill)
{
        const struct settle_inputs inputs = anything_inputs(from);

        memset(ret, fill, sizeof(*ret));
        settle(by, &from->run, &inputs, ret);
}

/* ---- the same, field by field: what is not written differs in the fill */

static bool same_line(const struct line *a, const struct line *b)
{
        return a->step == b->step && a->code == b->code && a->item == b->item &&
               a->form == b->form && a->fact == b->fact && a->facts == b->facts &&
               a->carried == b->carried && a->members == b->members && a->unit == b->unit &&
               a->num == b->num && a->den == b->den;
}

static bool same_fact(const struct used_fact *a, const struct used_fact *b)
{
        return a->index == b->index && a->event == b->event && a->kind == b->kind &&
               a->side == b->side && a->relayed == b->relayed && item_equal(&a->item, &b->item) &&
               period_equal(a->period, b->period) && a->value.unit == b->value.unit &&
               a->value.num == b->value.num && a->value.den == b->value.den;
}

static bool same_head(const struct statement *a, const struct statement *b)
{
        return contract_id_equal(&a->run.contract, &b->run.contract) &&
               period_equal(a->run.period, b->run.period) && a->run.kind == b->run.kind &&
               a->run.number == b->run.number && a->run.payment == b->run.payment &&
               a->run.cut == b->run.cut && a->terms_version == b->terms_version &&
               a->standing == b->standing && a->relayed == b->relayed && a->status == b->status &&
               strcmp(a->reason.text, b->reason.text) == 0 && a->earned == b->earned &&
               a->payable == b->payable && a->has_members == b->has_members &&
               (!a->has_members ||
                (a->member_rows == b->member_rows &&
                 memcmp(a->members_digest, b->members_digest, sizeof(a->members_digest)) == 0)) &&
               a->line_count == b->line_count && a->fact_count == b->fact_count &&
               a->item_count == b->item_count && a->carried_count == b->carried_count;
}

static void check_same(const struct statement *a, const struct statement *b, const char *after)
{
        ck_assert_msg(same_head(a, b), "seed %llu: %s: another head", seed, after);
        for (size_t i = 0; i < a->line_count; i++)
                ck_assert_msg(same_line(&a->lines[i], &b->lines[i]), "seed %llu: %s: line %zu, %s",
                              seed, after, i, line_info(a->lines[i].code)->name);
        for (size_t i = 0; i < a->fact_count; i++)
                ck_assert_msg(same_fact(&a->facts[i], &b->facts[i]), "seed %llu: %s: fact %zu",
                              seed, after, i);
        for (size_t i = 0; i < a->item_count; i++)
                ck_assert_msg(item_equal(&a->items[i], &b->items[i]), "seed %llu: %s: item %zu",
                              seed, after, i);
        for (size_t i = 0; i < a->carried_count; i++)
                ck_assert_msg(a->carried[i].what == b->carried[i].what &&
                                      a->carried[i].run == b->carried[i].run &&
                                      item_equal(&a->carried[i].item, &b->carried[i].item) &&
                                      exact_cmp(a->carried[i].figure, b->carried[i].figure) == 0,
                              "seed %llu: %s: carried %zu", seed, after, i);
}

/* Versions of one key included: which of them counts, their index says, not their place. */
static void shuffle(struct anything *of)
{
        for (size_t i = of->count; i > 1; i--) {
                size_t other = anything_below(i);
                struct fact kept = of->facts[i - 1];

                of->facts[i - 1] = of->facts[other];
                of->facts[other] = kept;
        }
}

/* ---- what holds of a statement */

static struct exact sum_in_step(const struct statement *s, uint16_t step, enum line_code code)
{
        struct exact sum = exact_of(0);

        for (size_t i = 0; i < s->line_count; i++)
                if (s->lines[i].step == step && s->lines[i].code == code)
                        sum = exact_add(sum, line_figure(&s->lines[i]));
        return sum;
}

static void check_parts(const struct statement *s, uint16_t step)
{
        if (line_in_step(s, step, LINE_POOL_SHARE))
                ck_assert_msg(exact_cmp(sum_in_step(s, step, LINE_POOL_SHARE),
                                        line_of(s, LINE_POOL_AMOUNT)) == 0,
                              "seed %llu: the pool's parts are not the whole", seed);
        if (line_in_step(s, step, LINE_PAYEE_SHARE))
                ck_assert_msg(exact_cmp(sum_in_step(s, step, LINE_PAYEE_SHARE),
                                        exact_of(s->payable)) == 0,
                              "seed %llu: the payees' parts are not the whole", seed);
}

/* Every figure is reduced and of its line's unit; what is named is there. */
static void check_lines(const struct statement *s)
{
        for (size_t i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];
                const struct exact figure = exact_ratio(line->num, line->den);

                ck_assert(line->den > 0);
                ck_assert(figure.num == line->num && figure.den == line->den);
                ck_assert_int_eq(line->unit, line_info(line->code)->unit);
                ck_assert_uint_lt(line->step, terms.step_count);
                ck_assert_uint_le(line->item, s->item_count);
                ck_assert_uint_le(line->fact + line->facts, s->fact_count);
                ck_assert_uint_le(line->carried, s->carried_count);
        }
}

static void check_statement(const struct statement *s)
{
        const char *says;

        check_lines(s);
        for (uint16_t step = 0; step < terms.step_count; step++) {
                says = limits_broken(s, step);
                ck_assert_msg(!says, "seed %llu: step %u: %s", seed, step, says);
                check_parts(s, step);
                ck_assert_msg(!line_in_step(s, step, LINE_SHARE_RATE) ||
                                      !line_in_step(s, step, LINE_LOSS_RATE),
                              "seed %llu: step %u: gain and loss", seed, step);
        }
        if (s->status == STATEMENT_CALCULATED)
                return;
        ck_assert_int_eq(s->earned, 0);
        ck_assert_int_eq(s->payable, 0);
        ck_assert_int_ne(s->reason.text[0], '\0');
}

/* ---- how many, and from where */

static unsigned long long number_of(const char *name, unsigned long long otherwise)
{
        const char *text = getenv(name);

        return text ? strtoull(text, NULL, 10) : otherwise;
}

static bool draw(enum how *ret_how)
{
        anything_seed(seed);
        *ret_how = (enum how)anything_below(3);
        if (anything_below(8))
                return anything_terms(&terms, *ret_how);
        anything_unordered(&terms, *ret_how);
        return false;
}

static bool accepted(const struct terms *which)
{
        static struct faults faults;

        faults_reset(&faults);
        terms_check(which, 0, &faults);
        return faults.count == 0;
}

static bool done[STEP_KIND_COUNT];
static int calculated;

static void note(const struct statement *s)
{
        if (s->status != STATEMENT_CALCULATED)
                return;
        calculated++;
        for (size_t at = 0; at < terms.step_count; at++) {
                const struct step *step = &terms.steps[at];

                done[step_info(&step->kind, step->version)->code] = true;
        }
}

static void settle_some(enum how how)
{
        for (int i = 0; i < 3; i++) {
                anything_facts(&terms, i ? how : EXTREME, &drawn);
                settle_into(&terms, &drawn, &first, 0x5a);
                check_statement(&first);
                note(&first);
        }
        settle_into(&terms, &drawn, &second, 0xa5);
        check_same(&first, &second, "settled again");
        shuffle(&drawn);
        settle_into(&terms, &drawn, &second, 0x33);
        check_same(&first, &second, "in another order");
}

/* The terms and others close to them; how many of them passed. */
static unsigned int settle_all(enum how how, unsigned long long variants)
{
        static struct terms base;
        unsigned int passed = 1;

        base = terms;
        settle_some(how);
        for (unsigned long long i = 0; i < variants; i++) {
                anything_varied(&terms, i % 2 ? EXTREME : how);
                if (accepted(&terms)) {
                        settle_some(how);
                        passed++;
                } else {
                        terms = base;
                }
        }
        return passed;
}

START_TEST(what_is_agreed_can_be_settled_and_holds_together)
{
        unsigned long long rounds = number_of("ACCORD_PROPERTIES_ROUNDS", ROUNDS), passed = 0;
        unsigned long long from = number_of("ACCORD_PROPERTIES_SEED", 1);
        unsigned long long variants = number_of("ACCORD_PROPERTIES_VARIANTS", 5);
        const struct step_info *info;
        enum how how;

        calculated = 0;
        memset(done, 0, sizeof(done));
        for (seed = from; passed < rounds && seed < from + 4 * rounds; seed++)
                if (draw(&how) || accepted(&terms))
                        passed += settle_all(how, variants);
        printf("%llu seeds, %llu terms passed, %d statements calculated\n", seed - from, passed,
               calculated);
        ck_assert_msg(passed >= rounds, "%llu terms passed", passed);
        if (rounds < ROUNDS)
                return;
        ck_assert_int_gt(calculated, (int)(rounds / 4));
        for (size_t i = 0; (info = step_at(i)); i++)
                ck_assert_msg(done[info->code], "no terms with %s were calculated", info->name);
}
END_TEST

/* ---- all money times k */

static void scale_terms(struct terms *of, int64_t k)
{
        for (size_t i = 0; i < of->step_count; i++) {
                struct step *step = &of->steps[i];
                enum step_code code = step_info(&step->kind, step->version)->code;

                for (size_t j = 0; j < step->param_count; j++) {
                        struct param *param = &step->params[j];

                        if (param->type == PARAM_CENTS)
                                param->cents *= k;
                        if (param->type != PARAM_BANDS ||
                            param_info(code, param->name.text)->axis != AXIS_CENTS)
                                continue;
                        for (size_t b = 0; b < param->bands.count; b++) {
                                struct band *band = &of->bands[param->bands.first + b];

                                band->from *= k;
                                band->to = band->to == MONEY_MAX ? MONEY_MAX : band->to * k;
                        }
                }
        }
}

static bool scale_facts(struct anything *of, int64_t k)
{
        const struct exact by = exact_of(k);

        for (size_t i = 0; i < of->count; i++) {
                struct fact *fact = &of->facts[i];

                if (fact->value.unit == UNIT_CENTS)
                        fact->value.num *= k;
                if (fact_value_fault(fact->key.kind, &fact->value))
                        return false;
        }
        for (size_t i = 0; i < of->carried_count; i++)
                if (of->carried[i].what <= CARRY_BUDGET)
                        of->carried[i].figure = exact_mul(of->carried[i].figure, by);
        for (size_t i = 0; i < ANYTHING_FIGURES_MAX; i++) {
                struct member_figures *figures = &of->figures[i];

                figures->expenditure = exact_mul(figures->expenditure, by);
                figures->truncated = exact_mul(figures->truncated, by);
                figures->stoploss = exact_mul(figures->stoploss, by);
        }
        of->members.figures = of->figures;
        return true;
}

/* Is the figure rounded on the way, or does it say what was rounded already? */
static bool rounds(const struct line *line)
{
        static const char *const roundings[] = { "cents(", "dollars(", "decimals(", "rounded(",
                                                 "floor(", "isqrt(", "portion(" };

        for (int i = 0; i < COUNT_OF(roundings); i++)
                if (strstr(line_info(line->code)->formula, roundings[i]))
                        return true;
        return false;
}

static bool scaled(const struct line *line, const struct line *to, int64_t k)
{
        const struct exact figure = line_figure(line);

        return exact_cmp(line_figure(to), line->unit == UNIT_CENTS
                                                ? exact_mul(figure, exact_of(k)) : figure) == 0;
}

/*
 * Line for line exactly, up to the first figure that rounding decides: what follows from that one
 * has no bound of its own. One rounded to the unit u by itself, x to r(x): |r(kx) - k r(x)| is at
 * most |r(kx) - kx| + k |x - r(x)|, each below u: below (k + 1) u, and half of that where halves
 * are rounded. For what is earned u is a cent or a dollar.
 */
static size_t check_scaled(int64_t k, bool *ret_whole)
{
        struct exact off;
        size_t i;

        *ret_whole = false;
        for (i = 0; i < first.line_count; i++) {
                const struct line *line = &first.lines[i], *to = &second.lines[i];

                ck_assert_msg(i < second.line_count && line->code == to->code &&
                                      line->step == to->step && line->item == to->item,
                              "seed %llu, k %d: line %zu, %s: there is another", seed, (int)k, i,
                              line_info(line->code)->name);
                if (line->code == LINE_EARNED)
                        break;
                if (scaled(line, to, k))
                        continue;
                ck_assert_msg(rounds(line), "seed %llu, k %d: line %zu, %s, is not scaled", seed,
                              (int)k, i, line_info(line->code)->name);
                return i;
        }
        if (i == first.line_count)
                return i;
        *ret_whole = true;
        off = exact_sub(line_figure(&second.lines[i]), exact_of((wide)first.earned * k));
        ck_assert_msg(exact_cmp(exact_max(off, exact_neg(off)), exact_of((k + 1) * 100)) < 0,
                      "seed %llu, k %d: earned %lld and %lld", seed, (int)k,
                      (long long)first.earned, (long long)second.earned);
        return i;
}

START_TEST(money_times_k_earns_k_times_as_much)
{
        static struct terms times;
        unsigned long long rounds = number_of("ACCORD_PROPERTIES_ROUNDS", ROUNDS) / 5;
        unsigned long long from = number_of("ACCORD_PROPERTIES_SEED", 1), whole = 0, lines = 0;

        for (seed = from; seed < from + rounds; seed++) {
                bool to_the_end;
                int64_t k;

                anything_seed(seed);
                k = 2 + (int64_t)anything_below(9);
                if (!anything_terms(&terms, MODEST))
                        continue;
                anything_facts(&terms, MODEST, &drawn);
                times = terms;
                turned = drawn;
                scale_terms(&times, k);
                if (!accepted(&times) || !scale_facts(&turned, k))
                        continue;
                settle_into(&terms, &drawn, &first, 0x5a);
                settle_into(&times, &turned, &second, 0xa5);
                lines += check_scaled(k, &to_the_end);
                whole += to_the_end && first.earned != 0;
        }
        printf("%llu statements scaled to the end, %llu lines\n", whole, lines);
        if (rounds >= ROUNDS / 5)
                ck_assert_uint_gt(whole, rounds / 50);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("properties_all");

        tcase_set_timeout(tests, 0);
        tcase_add_test(tests, what_is_agreed_can_be_settled_and_holds_together);
        tcase_add_test(tests, money_times_k_earns_k_times_as_much);
        return run_case(tests, "properties_all");
}
