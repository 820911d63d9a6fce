/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of every explanation, whatever the statement: it can be written in every form,
 * what is written as JSON reads back to the same statement, and of two statements that differ by
 * one figure or one parameter the first difference is that one.
 */
#include <json-c/json.h>
#include <stdlib.h>

#include "clients/explain.h"
#include "clients/settle-diff.h"
#include "clients/statement-json.h"
#include "clients/statement_json.h"
#include "clients/story.h"
#include "core/steps.h"
#include "tests/clients/drawn.h"
#include "tests/clients/run.h"
#include "tests/rounds.h"

static struct terms terms, other_terms;
static struct statement statement, other;
static struct drawn facts;

static const struct run run = {
        .contract = { { "plan" }, { "clinic" }, { "c" } },
        .period = { 19723, 20089 },     /* 2024 */
        .kind = RUN_FINAL,
        .number = 3,
        .payment = 20376,               /* 2025-10-15 */
        .cut = 900,
};

static void draw_case(int round)
{
        drawn_seed((uint64_t)round);
        if (round % 3)
                drawn_terms(&terms, 20);
        else
                drawn_history(&terms);
        drawn_statement(&terms, &run, &facts, &statement);
        memset(statement.terms_digest, round, sizeof(statement.terms_digest));
}

static struct explanation explanation_of(const struct accord_statement *around,
                                         const struct terms *by)
{
        return (struct explanation) { .around = around, .s = around->statement, .terms = by };
}

/* ---- written, and read back */

static void same_lines(const struct statement *a, const struct statement *b, int round)
{
        for (size_t i = 0; i < a->line_count; i++) {
                const struct line *x = &a->lines[i], *y = &b->lines[i];

                ck_assert_msg(x->code == y->code && x->step == y->step && x->form == y->form &&
                              x->unit == y->unit && x->num == y->num && x->den == y->den &&
                              x->facts == y->facts && (!x->facts || x->fact == y->fact) &&
                              x->carried == y->carried && x->members == y->members &&
                              !x->item == !y->item, "case %d, line %zu", round, i + 1);
                if (x->item)
                        ck_assert(item_equal(line_item(a, x), line_item(b, y)));
        }
}

static void same_sources(const struct statement *a, const struct statement *b, int round)
{
        for (size_t i = 0; i < a->fact_count; i++) {
                const struct used_fact *x = &a->facts[i], *y = &b->facts[i];

                ck_assert_msg(x->kind == y->kind && x->side == y->side && x->index == y->index &&
                              x->event == y->event && x->relayed == y->relayed &&
                              item_equal(&x->item, &y->item) &&
                              period_equal(x->period, y->period) &&
                              exact_cmp(exact_of_value(&x->value), exact_of_value(&y->value)) == 0,
                              "case %d, fact %zu", round, i + 1);
        }
        for (size_t i = 0; i < a->carried_count; i++)
                ck_assert_msg(a->carried[i].what == b->carried[i].what &&
                              a->carried[i].run == b->carried[i].run &&
                              item_equal(&a->carried[i].item, &b->carried[i].item) &&
                              exact_cmp(a->carried[i].figure, b->carried[i].figure) == 0,
                              "case %d, carried figure %zu", round, i + 1);
}

static void same_statement(const struct statement *a, const struct statement *b, int round)
{
        ck_assert(contract_id_equal(&a->run.contract, &b->run.contract));
        ck_assert(period_equal(a->run.period, b->run.period));
        ck_assert(a->run.kind == b->run.kind && a->run.number == b->run.number);
        ck_assert(a->run.payment == b->run.payment && a->run.cut == b->run.cut);
        ck_assert(a->terms_version == b->terms_version && a->standing == b->standing);
        ck_assert_mem_eq(a->terms_digest, b->terms_digest, 32);
        ck_assert(a->status == b->status && a->relayed == b->relayed);
        ck_assert_str_eq(a->reason.text, b->reason.text);
        ck_assert(a->earned == b->earned && a->payable == b->payable);
        ck_assert(a->has_members == b->has_members);
        if (a->has_members)
                ck_assert_mem_eq(a->members_digest, b->members_digest, 32);
        ck_assert_uint_eq(a->line_count, b->line_count);
        ck_assert_uint_eq(a->fact_count, b->fact_count);
        ck_assert_uint_eq(a->carried_count, b->carried_count);
        same_lines(a, b, round);
        same_sources(a, b, round);
}

static void round_trip(const struct accord_statement *around, int round)
{
        const struct explanation e = explanation_of(around, &terms);
        struct json_object *object = explain_object(&e), *document = NULL, *with = NULL;
        static struct complaints to;
        const char *text;

        json_object_object_add(object, "schema", json_object_new_string(TRACE_SCHEMA));
        text = json_object_to_json_string(object);
        memset(&to, 0, sizeof(to));
        ck_assert_msg(statement_from_json(text_of(text), &other, &document, &with, &to) == 0,
                      "case %d: %s: %s", round, to.list[0].where, to.list[0].says);
        ck_assert_ptr_nonnull(with);
        same_statement(&statement, &other, round);
        json_object_put(document);
        json_object_put(object);
}

static void write_all(const struct accord_statement *around)
{
        FILE *nowhere = fopen("/dev/null", "w");
        const struct canvas canvas = { .columns = 100, .color = true };
        struct explanation e = explanation_of(around, &terms);
        static struct waterfall waterfall;

        ck_assert_ptr_nonnull(nowhere);
        e.canvas = &canvas;
        e.wide = true;
        explain_page(nowhere, &e);
        waterfall_make(e.s, e.terms, &waterfall);
        waterfall_svg(nowhere, &waterfall, e.s);
        fclose(nowhere);
}

START_TEST(everything_can_be_explained)
{
        const struct accord_statement around = { .statement = &statement, .index = 950 };
        size_t with_members = 0, with_carried = 0, open = 0;

        for (int round = 0; round < 60; round++) {
                draw_case(round);
                round_trip(&around, round);
                write_all(&around);
                with_members += statement.has_members;
                with_carried += statement.carried_count > 0;
                open += statement.status == STATEMENT_NOT_CALCULABLE;
        }
        ck_assert_uint_gt(with_members, 1);
        ck_assert_uint_gt(with_carried, 2);
        ck_assert_uint_gt(open, 2);
}
END_TEST

START_TEST(every_step_has_its_chapter)
{
        const struct step_info *info;

        for (size_t i = 0; (info = step_at(i)); i++)
                ck_assert_msg(chapter_is_known(info->name), "%s has no row in clients/story.c",
                              info->name);
}
END_TEST

/* ---- two statements that differ by one thing */

static struct pairing pairing;
static struct settle_diff diff;

static const struct difference *compare(void)
{
        const struct accord_statement one = { .statement = &statement };
        const struct accord_statement two = { .statement = &other };
        const struct explanation sides[2] = { explanation_of(&one, &terms),
                                              explanation_of(&two, &other_terms) };

        pairing_make(sides, &pairing);
        settle_diff_make(sides, &pairing, &diff);
        return diff.first < diff.count ? &diff.list[diff.first] : NULL;
}

static void settle_other(const struct terms *by)
{
        const struct settle_inputs inputs = {
                .facts = facts.facts, .fact_count = facts.count,
                .carried = facts.carried, .carried_count = facts.carried_count,
                .members = facts.members.count ? &facts.members : NULL,
        };

        settle(by, &run, &inputs, &other);
}

/* Of another entry, as a restatement is. */
static bool change_a_fact(void)
{
        struct fact *fact = &facts.facts[drawn_below(facts.count)];

        if (fact->value.unit == UNIT_FLAG)
                fact->value.num = !fact->value.num;
        else if (fact->value.num > 1)
                fact->value.num -= fact->value.num / 7 + 1;
        fact->index += 5000;
        return !fact_value_fault(fact->key.kind, &fact->value);
}

static void known_causes(const char *what, int round)
{
        for (size_t i = 0; i < diff.count; i++)
                ck_assert_msg(diff.list[i].cause != CAUSE_UNKNOWN,
                              "case %d, %s: line %zu against %zu: nobody knows why: %s", round,
                              what, diff.list[i].line[0] + 1, diff.list[i].line[1] + 1,
                              diff.list[i].why);
}

START_TEST(another_fact_is_found_first)
{
        int found = 0;

        for (int round = 0; round < ROUNDS_OF(36); round++) {
                const struct difference *first;

                draw_case(round);
                if (!facts.count || !change_a_fact())
                        continue;
                other_terms = terms;
                settle_other(&terms);
                first = compare();
                if (!first)
                        continue;
                found++;
                ck_assert_msg(first->cause == CAUSE_INPUT || first->cause == CAUSE_MISSING,
                              "case %d: %s: %s", round, cause_word(first->cause), first->why);
                known_causes("another fact", round);
        }
        ck_assert_int_ge(found, ROUNDS_OF(6));
}
END_TEST

/* One rate a little less; terms that then do not pass are left out. */
static bool change_a_rate(void)
{
        static struct faults faults;
        struct step *step = &other_terms.steps[drawn_below(other_terms.step_count)];

        for (size_t i = 0; i < step->param_count; i++) {
                struct param *param = &step->params[i];

                if (param->type != PARAM_RATE || param->rate.num < 1)
                        continue;
                param->rate = (struct rate) { param->rate.num * 9, param->rate.den * 10 };
                faults_reset(&faults);
                terms_check(&other_terms, 0, &faults);
                return faults.count == 0;
        }
        return false;
}

START_TEST(other_terms_are_found_first)
{
        int found = 0;

        for (int round = 0; round < ROUNDS_OF(72); round++) {
                const struct difference *first;

                draw_case(round);
                other_terms = terms;
                if (!change_a_rate())
                        continue;
                settle_other(&other_terms);
                first = compare();
                if (!first)
                        continue;
                found++;
                ck_assert_msg(first->cause == CAUSE_TERMS || first->cause == CAUSE_MISSING,
                              "case %d: %s: %s", round, cause_word(first->cause), first->why);
                known_causes("other terms", round);
        }
        ck_assert_int_ge(found, ROUNDS_OF(6));
}
END_TEST

START_TEST(the_same_is_the_same)
{
        for (int round = 0; round < 20; round++) {
                draw_case(round);
                other = statement;
                other_terms = terms;
                ck_assert_ptr_null(compare());
                ck_assert_uint_eq(diff.count, 0);
                ck_assert_uint_eq(diff.compared, statement.line_count);
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("explain");

        tcase_set_timeout(tests, 300);
        tcase_add_test(tests, everything_can_be_explained);
        tcase_add_test(tests, every_step_has_its_chapter);
        tcase_add_test(tests, another_fact_is_found_first);
        tcase_add_test(tests, other_terms_are_found_first);
        tcase_add_test(tests, the_same_is_the_same);
        return run_case(tests, "explain");
}
