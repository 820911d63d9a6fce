/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/folding.h"

#include <check.h>

struct panel panel;
struct folded in_order, any_order;

const struct folding streamed = { .order = MEMBERS_IN_ORDER, .block = 5 };
const struct folding found = { .order = MEMBERS_IN_ANY_ORDER, .block = 3, .seed = 9 };

struct members_rule a_year(void)
{
        return (struct members_rule) {
                .first_month = PANEL_FIRST_MONTH,
                .months = 12,
                .completion = { 1, 1 },
                .share = { 0, 1 },
        };
}

const struct member_figures *folded(const struct members_rule *rule)
{
        panel_fold(&panel, rule, streamed, &in_order);
        panel_fold(&panel, rule, found, &any_order);
        ck_assert_int_eq(in_order.answer, MEMBERS_OK);
        ck_assert_int_eq(any_order.answer, MEMBERS_OK);
        ck_assert_uint_eq(in_order.count, any_order.count);
        for (size_t i = 0; i < in_order.count; i++)
                ck_assert(figures_equal(&in_order.figures[i], &any_order.figures[i]));
        return &in_order.figures[0];
}
