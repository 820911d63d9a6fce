/* SPDX-License-Identifier: Apache-2.0 */
/* F8: which pairs of rows do not go together, and how much hangs on it. */
#include <stdio.h>
#include <string.h>

#include "core/align_conflict.h"
#include "core/arrangement.h"
#include "tests/core/aligning.h"
#include "tests/core/run.h"

static struct align_conflict found[64];

static size_t between(const struct align_row *p, uint32_t p_count, const struct align_row *q,
                      uint32_t q_count)
{
        const struct align_side one = { p, p_count, LAN_3A }, other = { q, q_count, LAN_3A };

        return align_conflicts(&one, &other, align_tolerance, found, 64);
}

static const struct align_conflict *of_type(enum conflict_type type, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (found[i].type == type)
                        return &found[i];
        return NULL;
}

/* ---- one row against one row */

struct pair {
        const char *says;
        const char *concept, *version, *population, *excludes;  /* of the second; NULL: the same */
        int target;                                             /* in hundredths */
        bool less, later;
        unsigned int types;                                     /* bits: 1 << type */
};

#define BIT(type) (1u << CONFLICT_##type)

static const struct pair pairs[] = {
        { "the same", NULL, NULL, NULL, NULL, 70, false, false, 0 },
        { "two points apart", NULL, NULL, NULL, NULL, 72, false, false, 0 },
        { "two points below", NULL, NULL, NULL, NULL, 68, false, false, 0 },
        { "three points apart", NULL, NULL, NULL, NULL, 73, false, false, BIT(TARGET) },
        { "three points below", NULL, NULL, NULL, NULL, 67, false, false, BIT(TARGET) },
        { "no target", NULL, NULL, NULL, NULL, 0, false, false, 0 },
        { "the other way round", NULL, NULL, NULL, NULL, 70, true, false, BIT(DIRECTION) },
        { "the other way round is not compared further", NULL, "2", NULL, "dialysis", 90, true,
          true, BIT(DIRECTION) },
        { "another version", NULL, "2", NULL, NULL, 70, false, false, BIT(SPECIFICATION) },
        { "another population", NULL, NULL, "adults", NULL, 70, false, false, BIT(SPECIFICATION) },
        { "targets of two versions are not compared", NULL, "2", NULL, NULL, 90, false, false,
          BIT(SPECIFICATION) },
        { "who is left out", NULL, NULL, NULL, "dialysis", 70, false, false, BIT(SPECIFICATION) },
        { "who is left out, and the target", NULL, NULL, NULL, "dialysis", 80, false, false,
          BIT(SPECIFICATION) | BIT(TARGET) },
        { "other days", NULL, NULL, NULL, NULL, 70, false, true, BIT(PERIOD) },
        { "other days of another version", NULL, "2", NULL, NULL, 70, false, true,
          BIT(PERIOD) | BIT(SPECIFICATION) },
        { "another concept", "hbd", NULL, NULL, NULL, 90, false, true, 0 },
};

static void put(char *to, size_t room, const char *from)
{
        if (from)
                snprintf(to, room, "%s", from);
}

START_TEST(what_does_not_go_together)
{
        const struct pair *c = &pairs[_i];
        const struct align_row p = aligning_row(0, "cbp", "1", 300, 70);
        struct align_row q = aligning_row(1, "cbp", "1", 200, c->target);
        unsigned int types = 0, swapped = 0;
        size_t count;

        put(q.key.concept.text, sizeof(q.key.concept.text), c->concept);
        put(q.key.version.text, sizeof(q.key.version.text), c->version);
        put(q.key.population.text, sizeof(q.key.population.text), c->population);
        put(q.excludes.text, sizeof(q.excludes.text), c->excludes);
        q.key.direction = c->less ? DIRECTION_LESS : DIRECTION_MORE;
        q.period.until += c->later;
        count = between(&p, 1, &q, 1);
        for (size_t i = 0; i < count; i++) {
                types |= 1u << found[i].type;
                ck_assert_int_eq(found[i].severity, 200);
                ck_assert_ptr_eq(found[i].p, &p);
                ck_assert_ptr_eq(found[i].q, &q);
        }
        ck_assert_msg(types == c->types, "%s: %x, not %x", c->says, types, c->types);
        count = between(&q, 1, &p, 1);
        for (size_t i = 0; i < count; i++)
                swapped |= 1u << found[i].type;
        ck_assert_msg(swapped == types, "%s: swapped %x, not %x", c->says, swapped, types);
}
END_TEST

/* ---- several rows */

START_TEST(the_worked_payers)
{
        struct align_row rows[16];
        struct align a = aligning_worked(rows);
        const struct align_conflict *c;
        size_t count = between(rows, 3, rows + 3, 3);

        ck_assert_uint_eq(count, 0);
        count = between(rows, 3, rows + 6, 3);
        ck_assert_uint_eq(count, 2);
        c = of_type(CONFLICT_TARGET, count);
        ck_assert_ptr_nonnull(c);
        ck_assert_str_eq(c->p->key.concept.text, "cbp");
        ck_assert_int_eq(c->severity, 5000000);
        c = of_type(CONFLICT_SPECIFICATION, count);
        ck_assert_ptr_nonnull(c);
        ck_assert_str_eq(c->p->key.concept.text, "pcr");
        ck_assert_int_eq(c->severity, 2000000);
        count = between(rows + 3, 3, rows + 6, 3);
        ck_assert_uint_eq(count, 1);
        ck_assert_int_eq(of_type(CONFLICT_TARGET, count)->severity, 2000000);
        ck_assert_uint_eq(a.row_count, 9);
}
END_TEST

START_TEST(a_version_that_both_have_is_no_conflict)
{
        const struct align_row p[] = { aligning_row(0, "cbp", "1", 5, 70),
                                       aligning_row(0, "cbp", "2", 7, 70) };
        const struct align_row q[] = { aligning_row(1, "cbp", "2", 9, 70),
                                       aligning_row(1, "cbp", "1", 9, 70) };

        ck_assert_uint_eq(between(p, 2, q, 2), 0);
        ck_assert_uint_eq(between(p, 2, q, 1), 1);
        ck_assert_int_eq(found[0].type, CONFLICT_SPECIFICATION);
        ck_assert_str_eq(found[0].p->key.version.text, "1");
}
END_TEST

START_TEST(a_type_and_concept_once_the_most_severe)
{
        const struct align_row p[] = { aligning_row(0, "cbp", "1", 5, 70),
                                       aligning_row(0, "cbp", "2", 7, 70) };
        const struct align_row q[] = { aligning_row(1, "cbp", "3", 6, 70),
                                       aligning_row(1, "cbp", "4", 9, 70) };

        ck_assert_uint_eq(between(p, 2, q, 2), 1);
        ck_assert_int_eq(found[0].severity, 7);
        ck_assert_str_eq(found[0].p->key.version.text, "2");
        ck_assert_str_eq(found[0].q->key.version.text, "4");
}
END_TEST

START_TEST(a_gate_on_what_the_other_does_not_pay_for)
{
        struct align_row p[] = { aligning_row(0, "cbp", "1", 5, 70),
                                 aligning_row(0, "hbd", "", 7, 70) };
        const struct align_row q[] = { aligning_row(1, "hbd", "", 6, 70) };

        p[0].gate = p[1].gate = true;
        ck_assert_uint_eq(between(p, 2, q, 1), 1);
        ck_assert_int_eq(found[0].type, CONFLICT_GATE);
        ck_assert_ptr_eq(found[0].p, &p[0]);
        ck_assert_ptr_null(found[0].q);
        ck_assert_int_eq(found[0].severity, 0);
        ck_assert(align_conflict_is_note(found[0].type));
        ck_assert_uint_eq(between(q, 1, p, 2), 1);
        ck_assert_ptr_null(found[0].p);
        ck_assert_ptr_eq(found[0].q, &p[0]);
}
END_TEST

START_TEST(cost_here_and_volume_there)
{
        static const struct { enum lan_category category; bool cost, found; } cases[] = {
                { LAN_1, false, true },   { LAN_2A, false, true },  { LAN_2C, false, true },
                { LAN_2C, true, false },  { LAN_3N, false, false }, { LAN_3A, false, false },
                { LAN_4B, false, false },
        };
        const struct align_row p = aligning_row(0, CONCEPT_TOTAL_COST, "", 500, 0);
        const struct align_row q[] = { aligning_row(1, "hbd", "", 6, 70),
                                       aligning_row(1, CONCEPT_TOTAL_COST, "", 400, 0) };
        const struct align_side cost = { &p, 1, LAN_3B };

        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
                const struct align_side other = { q, cases[i].cost ? 2 : 1, cases[i].category };
                size_t count = align_conflicts(&cost, &other, align_tolerance, found, 64);

                ck_assert_msg((count == 1) == cases[i].found, "case %zu", i);
                ck_assert(!count || found[0].type == CONFLICT_VOLUME);
                ck_assert(!count || (found[0].p == &p && !found[0].q));
                count = align_conflicts(&other, &cost, align_tolerance, found, 64);
                ck_assert_msg((count == 1) == cases[i].found, "case %zu, swapped", i);
                ck_assert(!count || (found[0].q == &p && !found[0].p));
        }
}
END_TEST

START_TEST(what_has_no_room_is_counted)
{
        struct align_row p[4], q[4];

        for (uint32_t i = 0; i < 4; i++) {
                const char concept[] = { (char)('a' + i), '\0' };

                p[i] = aligning_row(0, concept, "1", 5, 70);
                q[i] = aligning_row(1, concept, "2", 5, 70);
        }
        memset(found, 0, sizeof(found));
        ck_assert_uint_eq(align_conflicts(&(struct align_side) { p, 4, LAN_3A },
                                          &(struct align_side) { q, 4, LAN_3A }, align_tolerance,
                                          found, 3), 4);
        ck_assert_int_eq(found[2].type, CONFLICT_SPECIFICATION);
        ck_assert_int_eq(found[3].type, 0);
        ck_assert_uint_eq(between(p, 4, q, 0), 0);
        ck_assert_uint_eq(between(p, 0, q, 0), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("align_conflict");

        tcase_add_loop_test(tests, what_does_not_go_together, 0, COUNT_OF(pairs));
        tcase_add_test(tests, the_worked_payers);
        tcase_add_test(tests, a_version_that_both_have_is_no_conflict);
        tcase_add_test(tests, a_type_and_concept_once_the_most_severe);
        tcase_add_test(tests, a_gate_on_what_the_other_does_not_pay_for);
        tcase_add_test(tests, cost_here_and_volume_there);
        tcase_add_test(tests, what_has_no_room_is_counted);
        return run_case(tests, "align_conflict");
}
