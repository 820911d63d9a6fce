/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/usual.h"

#include <string.h>

typedef uint64_t below_fn(uint64_t below);

static int64_t between(below_fn *below, int64_t least, int64_t most)
{
        return least + (int64_t)below((uint64_t)(most - least) + 1);
}

static int64_t usual_cents(const struct fact_kind_info *info, below_fn *below)
{
        if (info->most == PMPM_MAX)
                return between(below, 10000, 90000);
        if (info->most == PER_CAPITA_MAX || strstr(info->name, "per_capita"))
                return info->least < 0 ? between(below, -90000, 90000)
                                       : between(below, 500000, 2000000);
        if (info->least < 0 && strcmp(info->name, "expenditure") != 0)
                return between(below, -50000000, 50000000);
        return between(below, 900000000, 1100000000);
}

static int64_t usual_count(const struct fact_kind_info *info, below_fn *below)
{
        if (strcmp(info->name, "measure_numerator") == 0)
                return between(below, 0, 500);
        if (strcmp(info->name, "measure_denominator") == 0)
                return between(below, 500, below(6) ? 900 : 20000);
        if (strncmp(info->name, "peers_", 6) == 0)
                return between(below, 0, 40);
        if (strcmp(info->name, "peers") == 0)
                return between(below, 80, 200);
        return below(8) ? between(below, 4000, 60000) : between(below, 0, 5000);
}

struct value usual_value(const struct fact_kind_info *info, below_fn *below)
{
        switch (info->unit) {
        case UNIT_CENTS:
                return (struct value) { UNIT_CENTS, usual_cents(info, below), 1 };
        case UNIT_COUNT:
                return (struct value) { UNIT_COUNT, usual_count(info, below), 1 };
        case UNIT_FLAG:
                return (struct value) { UNIT_FLAG, between(below, 0, 1), 1 };
        case UNIT_RATE:
        case UNIT_DATE:
                break;
        }
        if (info->most > 1000000)
                return (struct value) { UNIT_RATE, between(below, 12000, 500000), 12 };
        if (info->most == 1)
                return (struct value) { UNIT_RATE, between(below, 0, 97), 97 };
        return (struct value) { UNIT_RATE, between(below, 9000, 11500), 10000 };
}
