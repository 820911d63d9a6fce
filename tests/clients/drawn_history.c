/* SPDX-License-Identifier: Apache-2.0 */
/* Terms with a historical benchmark: what chance alone would seldom put together. */
#include <check.h>
#include <string.h>

#include "tests/clients/drawn.h"

static const char *either(const char *a, const char *b)
{
        return drawn_below(2) ? a : b;
}

static void join(char ret[200], const char *by, const char *more)
{
        snprintf(ret, 200, "by=%s %s", by, more);
}

static void draw_people(struct terms *terms, const char *by)
{
        if (strcmp(by, "category") == 0) {
                drawn_step(terms, "attribute",
                           "category=esrd count=person_years source=reported", DRAWN_SO_FAR);
                drawn_step(terms, "attribute",
                           "category=aged count=person_years source=reported", DRAWN_SO_FAR);
        }
        if (drawn_below(2))
                drawn_step(terms, "attribute", "count=people source=reported", DRAWN_SO_FAR);
}

/* Weights that add up to one: base years that do not are refused at the last. */
static void draw_years(struct terms *terms, const char *by)
{
        static const char *const years[] = {
                "source=base_year year=2020 weight=1/4 trend=blend",
                "source=base_year year=2021 weight=1/4 trend=",
                "source=base_year year=2022 weight=1/2 trend=none",
        };
        static const char *const trends[] = { "none", "national", "regional", "blend", "rate" };
        char with[200], year[100];

        for (size_t i = 0; i < 3; i++) {
                snprintf(year, sizeof(year), "%s%s", years[i],
                         i == 1 ? trends[drawn_below(5)] : "");
                join(with, by, year);
                drawn_step(terms, "baseline", with, i < 2 ? DRAWN_UNCHECKED : DRAWN_SO_FAR);
        }
}

static void draw_adjustments(struct terms *terms, const char *by)
{
        static const char *const kinds[] = { "regional", "prior_savings", "per_capita", "rate" };
        static const char *const choices[] = { "max", "sum", "first", "offset" };
        char with[200], kind[100];
        bool candidates = drawn_below(3);

        for (size_t i = 0; i < 4; i++) {
                if (!drawn_below(3))
                        continue;
                snprintf(kind, sizeof(kind), "kind=%s apply=%s", kinds[i],
                         candidates && i < 3 ? "candidate" : "now");
                join(with, by, kind);
                drawn_step(terms, "adjust", with,
                           candidates && i < 3 ? DRAWN_UNCHECKED : DRAWN_SO_FAR);
        }
        snprintf(kind, sizeof(kind), "kind=choose choose=%s", choices[drawn_below(4)]);
        join(with, by, kind);
        if (candidates)
                drawn_step(terms, "adjust", with, DRAWN_SO_FAR);
}

static void draw_update(struct terms *terms, const char *by)
{
        char with[200];

        join(with, by, either("scope=aggregate risk=yes cap_up=1/50", "update=three_way"));
        if (drawn_below(4))
                drawn_step(terms, "risk-update", with, DRAWN_SO_FAR);
}

void drawn_history(struct terms *ret)
{
        static const char *const behind[] = { "savings", "corridor-gate", "share", "limit" };
        char with[200];
        int tries = 0;

        do {
                const char *by = either("whole", "category");

                ck_assert_int_lt(tries++, 1000);
                drawn_begin(ret);
                draw_people(ret, by);
                draw_years(ret, by);
                draw_adjustments(ret, by);
                draw_update(ret, by);
                join(with, by, "unit=per_capita source=baseline");
                drawn_step(ret, "target", with, DRAWN_SO_FAR);
                join(with, by, "unit=per_capita source=reported");
                drawn_step(ret, "expenditure", with, DRAWN_SO_FAR);
                for (size_t i = 0; i < 4; i++)
                        drawn_step(ret, behind[i], "", DRAWN_SO_FAR);
        } while (!drawn_step(ret, "post", "", DRAWN_WHOLE));
}
