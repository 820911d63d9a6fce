/* SPDX-License-Identifier: Apache-2.0 */
/* The percentile that costs are cut off at: the k-th smallest of exact fractions, in place. */
#include "core/check.h"
#include "core/members_sums.h"

/*
 * Two different fractions of whole numbers over denominators up to 60 are at least 1 / (60 x 59)
 * apart. So a fraction times this, rounded down, stands for it: equal for equal ones only, and in
 * their order. All that annualising and completing add is the same for all.
 */
#define KEYS_APART 4096

_Static_assert(KEYS_APART > MEMBERS_MONTHS_MAX * MEMBERS_MONTHS_MAX, "keys tell fractions apart");
_Static_assert(MONEY_MAX < INT64_MAX / KEYS_APART, "keys fit");
_Static_assert(MONEY_MAX < INT64_C(1) << 50, "an amount fits a value");
_Static_assert(MEMBERS_MONTHS_MAX < 64 && CATEGORIES_MAX < 128, "months and figures fit a value");

static int64_t divisor(const struct members_rule *rule, uint64_t value)
{
        return rule->annualise ? (int64_t)value_months(value) : 1;
}

static int64_t key_of(const struct members_rule *rule, uint64_t value)
{
        int64_t scaled = value_paid(value) * KEYS_APART, by = divisor(rule, value);

        return scaled / by - (scaled % by < 0);
}

static void swap(uint64_t *a, uint64_t *b)
{
        uint64_t kept = *a;

        *a = *b;
        *b = kept;
}

/* Those whose key is at most @key to the front; how many they are. Multiplies, not to divide. */
static size_t part_at(const struct members_rule *rule, uint64_t *values, size_t count, int64_t key)
{
        size_t front = 0;

        for (size_t i = 0; i < count; i++)
                if (value_paid(values[i]) * KEYS_APART <
                    ((wide)key + 1) * divisor(rule, values[i]))
                        swap(&values[front++], &values[i]);
        return front;
}

/*
 * The @rank-th smallest, from 1. Halves the range of keys and goes on in one half: at most 63
 * rounds whatever the values, and nothing to remember. What is left have the same key.
 */
static uint64_t at_rank(const struct members_rule *rule, uint64_t *values, size_t count,
                        size_t rank)
{
        int64_t least = INT64_MAX, most = INT64_MIN;

        for (size_t i = 0; i < count; i++) {
                int64_t key = key_of(rule, values[i]);

                least = key < least ? key : least;
                most = key > most ? key : most;
        }
        while (least < most) {
                int64_t middle = (int64_t)(((wide)least + most) >> 1);
                size_t front = part_at(rule, values, count, middle);

                if (rank <= front) {
                        count = front;
                        most = middle;
                } else {
                        values += front;
                        count -= front;
                        rank -= front;
                        least = middle + 1;
                }
        }
        assert(rank >= 1 && rank <= count);
        return values[0];
}

static size_t rank_of(struct rate percentile, size_t count)
{
        wide rank = ((wide)percentile.num * (wide)count + percentile.den - 1) / percentile.den;

        return rank < 1 ? 1 : (size_t)rank;
}

/* What a member had paid a year; or in the period, where costs are not annualised. */
static struct exact a_year(const struct members_rule *rule, uint64_t value)
{
        if (!rule->annualise)
                return exact_of(value_paid(value));
        return exact_ratio((wide)value_paid(value) * 12, value_months(value));
}

void members_threshold_of(const struct members_terms *terms, uint64_t *values, size_t count,
                          struct members_threshold *ret)
{
        const struct members_rule *rule = terms->rule;
        struct exact factor = exact_of_rate(rule->completion), amount;

        *ret = (struct members_threshold) { .amount = exact_of(0) };
        if (!count || exact_sign(factor) == 0)
                return;
        amount = exact_mul(
                a_year(rule, at_rank(rule, values, count, rank_of(rule->percentile, count))),
                factor);
        if (rule->at_amount)
                amount = exact_min(amount, exact_of(rule->truncate));
        members_threshold_set(rule, amount, ret);
}

void member_values_part(uint64_t *values, size_t count, size_t figures, size_t *ret_first)
{
        size_t next[CATEGORIES_MAX + 1], first = 0;

        memset(ret_first, 0, figures * sizeof(ret_first[0]));
        for (size_t i = 0; i < count; i++)
                ret_first[value_figure(values[i])]++;
        for (size_t i = 0; i < figures; i++) {
                size_t of_it = ret_first[i];

                next[i] = ret_first[i] = first;
                first += of_it;
        }
        for (size_t i = 0; i < figures; i++) {
                size_t end = i + 1 < figures ? ret_first[i + 1] : count;

                while (next[i] < end) {
                        unsigned int figure = value_figure(values[next[i]]);

                        if (figure == i)
                                next[i]++;
                        else
                                swap(&values[next[i]], &values[next[figure]++]);
                }
        }
}
