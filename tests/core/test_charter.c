/* SPDX-License-Identifier: Apache-2.0 */
/* What can be a charter, which bars it lowers, and when figures are released. */
#include <stdio.h>
#include <string.h>

#include "core/charter.h"
#include "core/check.h"
#include "tests/core/run.h"

static struct charter good, tried;
static struct faults faults;

static void name_is(struct name *ret, const char *text)
{
        memset(ret, 0, sizeof(*ret));
        snprintf(ret->text, sizeof(ret->text), "%s", text);
}

static void add_seat(struct charter *c, const char *party, enum role_kind role)
{
        name_is(&c->seats[c->seat_count].party, party);
        c->seats[c->seat_count++].role = role;
}

static void add_key(struct charter *c, const char *key, const char *bearer)
{
        struct specification *s = &c->specifications[c->specification_count++];

        name_is(&s->key, key);
        name_is(&s->bearer, bearer);
        name_is(&s->is.concept, "cmit.167");
        s->is.direction = DIRECTION_MORE;
}

static void set_up(void)
{
        memset(&good, 0, sizeof(good));
        good.version = 1;
        good.title = (struct text) { "a charter" };
        good.notice_days = 30;
        good.approval = (struct rate) { 2, 3 };
        good.class_count = 2;
        good.classes[0] = (struct seat_class) { ROLE_PAYER, { 1, 2 } };
        good.classes[1] = (struct seat_class) { ROLE_PROVIDER, { 1, 2 } };
        add_seat(&good, "a", ROLE_PAYER);
        add_seat(&good, "b", ROLE_PROVIDER);
        add_seat(&good, "c", ROLE_PROVIDER);
        add_key(&good, "bp", "");
        add_key(&good, "bp", "a");
        good.disclosure = disclosure_default;
        good.calendar = (struct release_calendar) { 3, 15 };
        good.thresholds = (struct thresholds) { true, { 3, 5 }, { 7, 10 }, { 9, 10 }, { 1, 10 } };
        name_is(&good.public_parties[good.public_count++], "medicaid");
        good.pooled = (struct legal_basis) { .is = true, .says = { "a law" } };
        tried = good;
}

static size_t faults_of(const struct charter *charter)
{
        faults_reset(&faults);
        charter_check(charter, 0, &faults);
        return faults.count;
}

/* ---- what cannot be */

#define CHANGE(name, what) static void name(struct charter *c) { what; }

CHANGE(no_version, c->version = 0)
CHANGE(no_title, c->title.text[0] = '\0')
CHANGE(long_notice, c->notice_days = BALLOT_DAYS_MAX + 1)
CHANGE(no_notice, c->notice_days = 0)
CHANGE(few_approve, c->approval = ((struct rate) { 499, 1000 }))
CHANGE(more_than_all_approve, c->approval = ((struct rate) { 3, 2 }))
CHANGE(no_denominator, c->approval.den = 0)
CHANGE(class_unknown, c->classes[1].role = 11; c->seats[1].role = c->seats[2].role = 11)
CHANGE(class_twice, c->classes[c->class_count++] = c->classes[0])
CHANGE(class_empty, c->classes[c->class_count++] =
       ((struct seat_class) { ROLE_FUNDER, { 1, 2 } }))
CHANGE(quorum_of_none, c->classes[0].quorum.num = 0)
CHANGE(quorum_above_one, c->classes[0].quorum.num = 3)
CHANGE(seat_twice, add_seat(c, "b", ROLE_PROVIDER))
CHANGE(seat_of_nobody, add_seat(c, "", ROLE_PAYER))
CHANGE(seat_of_no_class, add_seat(c, "d", ROLE_FUNDER))
CHANGE(two_parties, name_is(&c->seats[2].party, "a"))
CHANGE(no_key, add_key(c, "", ""))
CHANGE(no_concept, memset(&c->specifications[0].is.concept, 0, sizeof(struct name)))
CHANGE(key_twice, add_key(c, "bp", "a"))
CHANGE(no_direction, c->specifications[0].is.direction = 3)
CHANGE(two_contributors, c->disclosure.contributors = 2; c->disclosure.dominant = 1)
CHANGE(no_most_share, c->disclosure.most_share.num = 0)
CHANGE(most_share_above_one, c->disclosure.most_share = ((struct rate) { 5, 4 }))
CHANGE(no_dominant, c->disclosure.dominant = 0)
CHANGE(dominant_of_all, c->disclosure.dominant = c->disclosure.contributors + 1)
CHANGE(no_dominant_share, c->disclosure.dominant_share.den = 0)
CHANGE(no_estimate, c->disclosure.estimate.num = 0)
CHANGE(no_cell, c->disclosure.least_cell = 0)
CHANGE(long_lag, c->disclosure.lag_days = WINDOW_DAYS_MAX + 1)
CHANGE(no_rounding, c->disclosure.round_cents = 0)
CHANGE(rounding_beyond, c->disclosure.round_cents = MONEY_MAX + 1)
CHANGE(no_ppm, c->disclosure.round_ppm = 0)
CHANGE(ppm_above_one, c->disclosure.round_ppm = 1000001)
CHANGE(two_months, c->calendar.months = 2)
CHANGE(no_months, c->calendar.months = 0)
CHANGE(day_none, c->calendar.day = 0)
CHANGE(day_29, c->calendar.day = 29)
CHANGE(threshold_above_one, c->thresholds.conflict = ((struct rate) { 11, 10 }))
CHANGE(threshold_below, c->thresholds.alignment.num = -1)
CHANGE(public_twice, name_is(&c->public_parties[c->public_count++], "medicaid"))
CHANGE(public_nobody, name_is(&c->public_parties[c->public_count++], ""))
CHANGE(pooled_by_no_law, c->pooled.says.text[0] = '\0')
CHANGE(pooled_unsupervised, c->pooled.state_action = true)

static const struct {
        const char *name;
        void (*change)(struct charter *);
} wrongs[] = {
#define X(name) { #name, name }
        X(no_version), X(no_title), X(long_notice), X(no_notice), X(few_approve),
        X(more_than_all_approve), X(no_denominator), X(class_unknown), X(class_twice),
        X(class_empty), X(quorum_of_none), X(quorum_above_one), X(seat_twice), X(seat_of_nobody),
        X(seat_of_no_class), X(two_parties), X(no_key), X(no_concept), X(key_twice),
        X(no_direction), X(two_contributors), X(no_most_share), X(most_share_above_one),
        X(no_dominant), X(dominant_of_all), X(no_dominant_share), X(no_estimate), X(no_cell),
        X(long_lag), X(no_rounding), X(rounding_beyond), X(no_ppm), X(ppm_above_one),
        X(two_months), X(no_months), X(day_none), X(day_29), X(threshold_above_one),
        X(threshold_below), X(public_twice), X(public_nobody), X(pooled_by_no_law),
        X(pooled_unsupervised),
#undef X
};

START_TEST(a_good_charter_has_no_fault)
{
        set_up();
        ck_assert_uint_eq(faults_of(&good), 0);
        good.thresholds.is = good.pooled.is = false;
        good.public_count = good.specification_count = 0;
        ck_assert_uint_eq(faults_of(&good), 0);
}
END_TEST

START_TEST(each_thing_that_is_wrong_is_said)
{
        set_up();
        wrongs[_i].change(&tried);
        ck_assert_msg(faults_of(&tried) >= 1, "%s is taken", wrongs[_i].name);
        ck_assert_int_eq(faults.first, REFUSAL_BAD_VALUE);
        ck_assert_str_eq(faults.list[0].field, "proposal.charter");
}
END_TEST

START_TEST(everything_that_is_wrong_is_said_at_once)
{
        set_up();
        no_title(&tried);
        two_months(&tried);
        two_contributors(&tried);
        class_empty(&tried);
        ck_assert_uint_eq(faults_of(&tried), 4);
}
END_TEST

/* ---- what is lowered */

CHANGE(lower_notice, c->notice_days = 29)
CHANGE(lower_approval, c->approval = ((struct rate) { 1, 2 }))
CHANGE(lower_quorum, c->classes[1].quorum = ((struct rate) { 1, 3 }))
CHANGE(lower_class, c->class_count = 1)
CHANGE(lower_contributors, c->disclosure.contributors--)
CHANGE(lower_most_share, c->disclosure.most_share = ((struct rate) { 1, 2 }))
CHANGE(lower_dominant, c->disclosure.dominant--)
CHANGE(lower_dominant_share, c->disclosure.dominant_share = ((struct rate) { 9, 10 }))
CHANGE(lower_estimate, c->disclosure.estimate = ((struct rate) { 1, 10 }))
CHANGE(lower_cell, c->disclosure.least_cell = 10)
CHANGE(lower_lag, c->disclosure.lag_days--)
CHANGE(lower_change, c->disclosure.least_change--)
CHANGE(lower_cents, c->disclosure.round_cents--)
CHANGE(lower_ppm, c->disclosure.round_ppm--)
CHANGE(lower_months, c->calendar.months = 1)
CHANGE(lower_public, name_is(&c->public_parties[c->public_count++], "medicare"))
CHANGE(lower_alignment, c->thresholds.alignment = ((struct rate) { 1, 2 }))
CHANGE(lower_dominating, c->thresholds.dominant = ((struct rate) { 1, 2 }))
CHANGE(lower_dollars, c->thresholds.dominant_dollars = ((struct rate) { 1, 2 }))
CHANGE(lower_conflict, c->thresholds.conflict = ((struct rate) { 1, 5 }))
CHANGE(lower_thresholds, c->thresholds.is = false)

static const struct {
        void (*change)(struct charter *);
        const char *says;
} bars[] = {
        { lower_notice, "notice in days 30 to 29" },
        { lower_approval, "approval 2/3 to 1/2" },
        { lower_quorum, "quorum of class provider 1/2 to 1/3" },
        { lower_class, "no more class provider" },
        { lower_contributors, "contributors " },
        { lower_most_share, "most share " },
        { lower_dominant, "n of (n,k) " },
        { lower_dominant_share, "k of (n,k) " },
        { lower_estimate, "p of p% " },
        { lower_cell, "least cell 11 to 10" },
        { lower_lag, "lag in days " },
        { lower_change, "least change of group " },
        { lower_cents, "rounding in cents " },
        { lower_ppm, "rounding in ppm " },
        { lower_months, "months between releases 3 to 1" },
        { lower_public, "terms become public of medicare" },
        { lower_alignment, "alignment index 3/5 to 1/2" },
        { lower_dominating, "dominant-signal share 7/10 to 1/2" },
        { lower_dollars, "dollars under it 9/10 to 1/2" },
        { lower_conflict, "conflict share 1/10 to 1/5" },
        { lower_thresholds, "no more thresholds" },
};

START_TEST(each_bar_that_is_lowered_is_named_and_raised_again_is_not)
{
        struct text says;

        set_up();
        bars[_i].change(&tried);
        ck_assert_uint_eq(charter_lowered(&good, &tried, &says), 1);
        ck_assert_msg(strncmp(says.text, bars[_i].says, strlen(bars[_i].says)) == 0, "%s",
                      says.text);
        ck_assert_uint_eq(charter_lowered(&tried, &good, &says), 0);
        ck_assert_str_eq(says.text, "");
}
END_TEST

START_TEST(pooling_is_a_bar_and_so_is_its_supervision)
{
        struct text says;

        set_up();
        good.pooled.is = false;
        ck_assert_uint_eq(charter_lowered(&good, &tried, &says), 1);
        ck_assert_str_eq(says.text, "settlement may be pooled over payers");
        good = tried;
        good.pooled.state_action = true;
        name_is(&good.pooled.supervisor, "state");
        ck_assert_uint_eq(charter_lowered(&good, &tried, &says), 1);
        ck_assert_str_eq(says.text, "pooled settlement without approval of state");
}
END_TEST

START_TEST(the_same_bar_in_other_numbers_is_not_lowered)
{
        struct text says;

        set_up();
        tried.approval = (struct rate) { 666666666, 999999999 };
        tried.classes[0].quorum = (struct rate) { 500000000, 1000000000 };
        ck_assert_uint_eq(charter_lowered(&good, &tried, &says), 0);
}
END_TEST

/* However much is lowered: the count is all of it, the words what fits. */
START_TEST(all_bars_at_once_are_counted)
{
        struct text says;

        set_up();
        for (int i = 0; i < COUNT_OF(bars); i++)
                if (bars[i].change != lower_class && bars[i].change != lower_thresholds)
                        bars[i].change(&tried);
        ck_assert_uint_eq(charter_lowered(&good, &tried, &says), COUNT_OF(bars) - 2);
        ck_assert_uint_eq(strlen(says.text), TEXT_MAX_LENGTH);
}
END_TEST

/* ---- who sits, and when */

START_TEST(who_has_a_seat_has_one)
{
        struct name name;

        set_up();
        name_is(&name, "c");
        ck_assert(charter_seats(&good, &name));
        name_is(&name, "d");
        ck_assert(!charter_seats(&good, &name));
}
END_TEST

static const struct {
        uint32_t months, day;
        int after[3], is[3];
} days[] = {
        { 3, 15, { 2026, 1, 1 }, { 2026, 1, 15 } },
        { 3, 15, { 2026, 1, 14 }, { 2026, 1, 15 } },
        { 3, 15, { 2026, 1, 15 }, { 2026, 4, 15 } },
        { 3, 15, { 2026, 3, 31 }, { 2026, 4, 15 } },
        { 3, 15, { 2026, 11, 22 }, { 2027, 1, 15 } },
        { 1, 28, { 2024, 2, 28 }, { 2024, 3, 28 } },
        { 1, 1, { 2026, 12, 31 }, { 2027, 1, 1 } },
        { 6, 10, { 2026, 7, 10 }, { 2027, 1, 10 } },
        { 12, 28, { 2026, 1, 27 }, { 2026, 1, 28 } },
        { 12, 28, { 2026, 1, 28 }, { 2027, 1, 28 } },
};

START_TEST(a_release_is_on_the_next_day_of_the_calendar)
{
        const struct release_calendar calendar = { days[_i].months, days[_i].day };
        const int *after = days[_i].after, *is = days[_i].is;

        ck_assert_int_eq(calendar_next(&calendar, date_of(after[0], after[1], after[2])),
                         date_of(is[0], is[1], is[2]));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("charter");

        tcase_add_test(tests, a_good_charter_has_no_fault);
        tcase_add_loop_test(tests, each_thing_that_is_wrong_is_said, 0, COUNT_OF(wrongs));
        tcase_add_test(tests, everything_that_is_wrong_is_said_at_once);
        tcase_add_loop_test(tests, each_bar_that_is_lowered_is_named_and_raised_again_is_not, 0,
                            COUNT_OF(bars));
        tcase_add_test(tests, pooling_is_a_bar_and_so_is_its_supervision);
        tcase_add_test(tests, the_same_bar_in_other_numbers_is_not_lowered);
        tcase_add_test(tests, all_bars_at_once_are_counted);
        tcase_add_test(tests, who_has_a_seat_has_one);
        tcase_add_loop_test(tests, a_release_is_on_the_next_day_of_the_calendar, 0,
                            COUNT_OF(days));
        return run_case(tests, "charter");
}
