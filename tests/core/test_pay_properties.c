/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of sharing and paying whatever the terms and facts: terms are drawn from the
 * tables, with rates as long and facts as large as they can be. What passes the door can be settled
 * (every product is an assertion); no limit is passed; gain and loss are never both; parts add up.
 */
#include <string.h>

#include "core/inputs.h"
#include "core/params.h"
#include "tests/core/holds.h"
#include "tests/core/run.h"
#include "tests/core/settling.h"
#include "tests/draw.h"
#include "tests/rounds.h"

static uint64_t state;

static uint64_t draw(uint64_t below)
{
        return xorshift(&state) % below;
}

/* Small, large and at the very end, about as often. */
static int64_t draw_number(int64_t least, int64_t most)
{
        uint64_t span = (uint64_t)(most - least), near = span < 9 ? span : 9;

        switch (draw(4)) {
        case 0:
                return least + (int64_t)draw(near + 1);
        case 1:
                return most - (int64_t)draw(near + 1);
        default:
                return least + (int64_t)draw(span + 1);
        }
}

static struct rate draw_rate(int64_t least, int64_t most)
{
        static const int64_t dens[] = { 1, 2, 10, 50, 100, 1000, 999999937, 1000000000 };
        int64_t den = dens[draw(draw(6) ? 6 : 8)];
        int64_t low = least * den, high = most * den;

        high = high > RATE_PART_MAX ? RATE_PART_MAX : high;
        low = low < -RATE_PART_MAX ? -RATE_PART_MAX : low;
        return (struct rate) { draw_number(low, high), den };
}

/* ---- terms */

static void draw_word(struct step *step, const struct param_info *info)
{
        static const char *const names[] = { "k1", "k2", "k3" };
        char word[NAME_MAX_LENGTH + 1] = "";
        const char *words = info->words;

        if (!words) {
                with_word(step, info->name, names[draw(COUNT_OF(names))]);
                return;
        }
        for (size_t skip = draw(7); skip && strchr(words, '|'); skip--)
                words = strchr(words, '|') + 1;
        memcpy(word, words, strcspn(words, "|"));
        with_word(step, info->name, word);
}

static void draw_bands(struct step *step, const struct param_info *info)
{
        const int64_t ends[] = { 0, SHARE_ONE / 50, SHARE_ONE / 5, SHARE_ONE };

        if (info->axis == AXIS_DATE)
                with_sequestration(&terms, step);
        else if (info->axis == AXIS_COUNT)
                with_size_table(&terms, step);
        else
                for (int i = 0; i < 3; i++) {
                        struct rate rate = draw_rate(info->least, info->most);

                        with_band(&terms, step, info->name,
                                  (struct band) { ends[i], ends[i + 1], rate, rate });
                }
}

static void draw_param(struct step *step, const struct param_info *info)
{
        struct rate rate;

        switch (info->type) {
        case PARAM_RATE:
                rate = draw_rate(info->least, info->most);
                with_rate(step, info->name, rate.num, rate.den);
                break;
        case PARAM_CENTS:
                with_cents(step, info->name, draw_number(info->least, info->most));
                break;
        case PARAM_COUNT:
                with_count(step, info->name, draw_number(info->least, info->most));
                break;
        case PARAM_FLAG:
                with_flag(step, info->name, draw(2));
                break;
        case PARAM_WORD:
                draw_word(step, info);
                break;
        case PARAM_BANDS:
                draw_bands(step, info);
                break;
        }
}

/* What the words of the step ask for. */
static void add_wanted(struct step *step, enum step_code code)
{
        static const struct {
                enum step_code step;
                const char *param, *word, *wanted;
        } wants[] = {
#define X(owner, name, when, then) { STEP_##owner, #name, #when, #then },
                PARAM_WANTS(X)
#undef X
        };

        for (int i = 0; i < COUNT_OF(wants); i++)
                if (wants[i].step == code && !step_param(step, wants[i].wanted) &&
                    step_word_is(step, code, wants[i].param, wants[i].word))
                        draw_param(step, param_info(code, wants[i].wanted));
}

static struct step *draw_step(const char *kind)
{
        struct step *step = with_step(&terms, kind);
        const struct step_info *info = step_info(&step->kind, 1);
        const struct param_info *param;

        ck_assert_ptr_nonnull(info);
        for (size_t i = 0; (param = param_at(i)); i++)
                if (param->step == info->code &&
                    (param->need == PARAM_REQUIRED || !draw(param->type == PARAM_WORD ? 2 : 6)))
                        draw_param(step, param);
        add_wanted(step, info->code);
        return step;
}

/* The word it has where it stands, whatever was drawn. */
static void choose(struct step *step, const char *name, const char *word)
{
        struct param *param = NULL;

        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        param = &step->params[i];
        if (!param) {
                with_word(step, name, word);
                return;
        }
        memset(&param->word, 0, sizeof(param->word));
        memcpy(param->word.text, word, strlen(word));
}

/* A kind of step, and the word of a parameter that has it work on what is there. */
struct place {
        const char *kind, *param, *word;
};

static void draw_some(const struct place *places, int count, size_t most)
{
        for (size_t i = draw(most + 1); i; i--) {
                const struct place *place = &places[draw((uint64_t)count)];
                struct step *step = draw_step(place->kind);

                if (place->param)
                        choose(step, place->param, place->word);
        }
}

static void draw_credibility(void)
{
        struct step *step = draw_step("credibility");

        if (!step_param(step, "complement_item") && !step_param(step, "complement"))
                with_rate(step, "complement", 1, 100);
}

static void draw_panel(void)
{
        static const char *const categories[] = { "k1", "k2", "k3" };
        bool parts = !draw(3);

        with_step(&terms, "composite");
        for (int i = 0; parts && i < 3; i++)
                attribute("people", categories[i]);
        with_step(&terms, "attribute");
        for (int i = 0; i < 2; i++) {
                struct step *step = with_step(&terms, i ? "target" : "expenditure");

                if (parts)
                        with_word(step, "by", "category");
        }
}

static void draw_terms(void)
{
        static const struct place before[] = { { "overlap", "from", "benchmark" },
                                               { "overlap", "from", "expenditure" } };
        static const struct place generated[] = { { "guardrail", NULL, NULL },
                                                  { "limit", "on", "generated" },
                                                  { "sequester", "base", "generated" } };
        static const struct place after[] = {
                { "limit", "on", "amount" },       { "sequester", "base", "amount" },
                { "relief", NULL, NULL },          { "prorate", NULL, NULL },
                { "carry-forward", NULL, NULL },   { "overlap", "from", "amount" },
                { "pool", NULL, NULL },            { "fee", NULL, NULL },
                { "limit", "base", "benchmark" },  { "pool", "basis", "savings" },
        };
        static const struct place last[] = { { "payee", "party", "k1" }, { "payee", NULL, NULL } };

        begin();
        draw_panel();
        draw_some(before, COUNT_OF(before), 1);
        with_step(&terms, "savings");
        if (!draw(3))
                draw_credibility();
        draw_step("corridor-gate");
        draw_some(generated, COUNT_OF(generated), 2);
        draw_step("share");
        draw_some(after, COUNT_OF(after), 3);
        if (!draw(3))
                draw_step("advance");
        draw_some(last, COUNT_OF(last), 2);
        draw_step("post");
}

/* ---- facts, and figures of the year before */

/* Amounts as large as they can be, or such as contracts have. */
static int64_t draw_figure(const struct fact_kind_info *info, bool modest)
{
        if (modest && info->unit != UNIT_FLAG)
                return draw_number(info->least < 0 ? -1000000 : 0, 90000000);
        return draw_number(info->least, info->most);
}

static void draw_facts(void)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(&terms, inputs);
        bool modest = draw(3);

        facts_begin(&facts);
        for (size_t i = 0; i < count; i++) {
                const struct fact_kind_info *info = fact_kind_info((unsigned int)inputs[i].kind);
                struct rate rate = { 0, 1 };

                if (!draw(25))
                        continue;
                if (info->unit == UNIT_RATE)
                        rate = draw_rate(info->least, info->most);
                else
                        rate.num = draw_figure(info, modest);
                fact_of(&facts, inputs[i].kind, inputs[i].many ? "1:earned" : inputs[i].item.text,
                        rate.num, rate.den)->side = terms_of_record(&terms, inputs[i].kind);
        }
}

static struct carried carried[4];

static void draw_carried(void)
{
        const wide most = (wide)MONEY_MAX * 10000;

        carried[0] = (struct carried) { .what = CARRY_ADVANCE_BALANCE,
                                        .figure = exact_ratio(draw_number(0, MONEY_MAX), 10000) };
        carried[1] = (struct carried) { .what = CARRY_DEFICIT,
                                        .figure = exact_ratio(most - (wide)draw(9), 10000) };
        carried[2] = (struct carried) { .what = CARRY_UNPAID,
                                        .figure = exact_of(draw_number(-MONEY_MAX, MONEY_MAX)) };
        carried[3] = (struct carried) { .what = CARRY_ELECTION, .item = { "k1" },
                                        .figure = exact_ratio((wide)draw(10001), 10000) };
}

static const struct statement *settled_with(size_t carries)
{
        static struct statement statement;
        const struct run run = run_of_2024(IN_FORCE);

        memset(&statement, 0x5a, sizeof(statement));
        settle(&terms, &run,
               &(struct settle_inputs) { .facts = facts.list,
                                         .fact_count = facts.count,
                                         .carried = carried,
                                         .carried_count = carries },
               &statement);
        return &statement;
}

/* ---- what holds */

static void check_sums(const struct statement *s)
{
        struct exact pool = exact_of(0), payees = exact_of(0);

        for (size_t i = 0; i < s->line_count; i++) {
                if (s->lines[i].code == LINE_POOL_SHARE)
                        pool = exact_add(pool, line_figure(&s->lines[i]));
                if (s->lines[i].code == LINE_PAYEE_SHARE)
                        payees = exact_add(payees, line_figure(&s->lines[i]));
        }
        if (has_line(s, LINE_POOL_SHARE))
                ck_assert_int_eq(exact_cmp(pool, line_of(s, LINE_POOL_AMOUNT)), 0);
        if (has_line(s, LINE_PAYEE_SHARE))
                ck_assert_int_eq(exact_cmp(payees, exact_of(s->payable)), 0);
}

static void check_balances(const struct statement *s)
{
        static const enum line_code positive[] = { LINE_RECOUPED, LINE_ADVANCE_LEFT,
                                                   LINE_DEFICIT_LEFT, LINE_DEFICIT_SET_OFF,
                                                   LINE_RELIEF };

        for (int i = 0; i < COUNT_OF(positive); i++)
                if (has_line(s, positive[i]))
                        ck_assert_int_ge(exact_sign(line_of(s, positive[i])), 0);
        /* But for the rounding: never more than is earned. */
        if (has_line(s, LINE_RECOUPED))
                ck_assert_int_le(exact_cmp(line_of(s, LINE_RECOUPED),
                                           exact_of((s->earned > 0 ? s->earned : 0) + 100)), 0);
}

static void check_statement(const struct statement *s)
{
        for (uint16_t step = 0; step < terms.step_count; step++) {
                const char *says = limits_broken(s, step);

                ck_assert_msg(!says, "step %u: %s", step, says);
                ck_assert(!line_in_step(s, step, LINE_SHARE_RATE) ||
                          !line_in_step(s, step, LINE_LOSS_RATE));
        }
        check_sums(s);
        if (s->status != STATEMENT_CALCULATED) {
                ck_assert_int_eq(s->earned, 0);
                ck_assert_int_eq(s->payable, 0);
                ck_assert_int_ne(s->reason.text[0], '\0');
                return;
        }
        check_balances(s);
}

static bool same(const struct statement *a, const struct statement *b)
{
        if (a->status != b->status || a->earned != b->earned || a->payable != b->payable ||
            a->line_count != b->line_count || a->fact_count != b->fact_count)
                return false;
        for (size_t i = 0; i < a->line_count; i++)
                if (a->lines[i].code != b->lines[i].code || a->lines[i].num != b->lines[i].num ||
                    a->lines[i].den != b->lines[i].den || a->lines[i].form != b->lines[i].form)
                        return false;
        return true;
}

static void turn_facts(void)
{
        for (size_t i = 0; i < facts.count / 2; i++) {
                struct fact kept = facts.list[i];

                facts.list[i] = facts.list[facts.count - 1 - i];
                facts.list[facts.count - 1 - i] = kept;
        }
}

#define ROUNDS ROUNDS_OF(15000)

START_TEST(whatever_is_agreed_can_be_settled)
{
        static struct statement first;
        int passed = 0, calculated = 0;

        state = 88172645463325252u;
        for (int round = 0; round < ROUNDS; round++) {
                draw_terms();
                check();
                if (faults.count)
                        continue;
                passed++;
                for (int i = 0; i < 3; i++) {
                        draw_facts();
                        draw_carried();
                        first = *settled_with(draw(2) ? 4 : 0);
                        check_statement(&first);
                        calculated += first.status == STATEMENT_CALCULATED;
                }
                turn_facts();
                ck_assert(same(settled_with(0), (turn_facts(), settled_with(0))));
        }
        ck_assert_int_gt(passed, ROUNDS / 10);
        ck_assert_int_gt(calculated, ROUNDS / 10);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("pay_properties");

        tcase_set_timeout(tests, 120);
        tcase_add_test(tests, whatever_is_agreed_can_be_settled);
        return run_case(tests, "pay_properties");
}
