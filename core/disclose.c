/* SPDX-License-Identifier: Apache-2.0 */
#include "core/disclose.h"

#include <string.h>

#include "core/check.h"

/* Two that put together what they know are to learn no more of a third than one may. */
#define KNOWING 2

#define MILLION 1000000

/*
 * "More than three months old" is 92 days at most. The shares are those of the safety zone and of
 * sdcTable's (2,85); sources: reference formulas section 9.
 */
const struct disclosure_rules disclosure_default = {
        .contributors = 5,
        .most_share = { 1, 4 },
        .dominant = 2,
        .dominant_share = { 85, 100 },
        .estimate = { 20, 100 },
        .least_cell = 11,
        .lag_days = 92,
        .least_change = 5,
        .round_cents = 100000,
        .round_ppm = 1000,
};

const char *disclosure_rule_word(enum disclosure_rule rule)
{
        static const char *const words[DISCLOSURE_COUNT] = {
#define X(name, word) [DISCLOSURE_##name] = (word),
                DISCLOSURE_RULES(X)
#undef X
        };

        assert(rule < DISCLOSURE_COUNT);
        return words[rule];
}

static const struct disclosure_rules *or_default(const struct disclosure_rules *rules)
{
        return rules ? rules : &disclosure_default;
}

/* ---- who brings what */

static int64_t amount_of(const struct contribution *row, enum disclosed_part part)
{
        assert(row->part >= 0 && row->part <= row->whole);
        switch (part) {
        case DISCLOSED_WHOLE:
                return row->whole;
        case DISCLOSED_PART:
                return row->part;
        case DISCLOSED_REST:
                return row->whole - row->part;
        }
        return 0;
}

/* The place of the first one with this number or a greater one. */
static size_t place_of(const struct respondent *sorted, size_t count, uint64_t no)
{
        size_t from = 0, until = count;

        while (from < until) {
                size_t middle = from + (until - from) / 2;

                if (sorted[middle].no < no)
                        from = middle + 1;
                else
                        until = middle;
        }
        return from;
}

/* Adds to the one with that number; it is put in its place when it is not there. */
static void add_up(struct respondent *sorted, size_t *count, struct respondent more)
{
        size_t place = place_of(sorted, *count, more.no);
        bool overflow;

        if (place == *count || sorted[place].no != more.no) {
                memmove(&sorted[place + 1], &sorted[place], (*count - place) * sizeof(*sorted));
                sorted[place] = (struct respondent) { .no = more.no };
                ++*count;
        }
        overflow = __builtin_add_overflow(sorted[place].amount, more.amount,
                                          &sorted[place].amount);
        assert(!overflow);
        sorted[place].mark += more.mark;
}

/* A payer and a provider together. */
static uint64_t pair_of(const struct contribution *row)
{
        return (uint64_t)row->payer << 32 | row->provider;
}

static uint64_t number_of(uint64_t pair, enum respondents by)
{
        return by == BY_PAYER ? pair >> 32 : pair & UINT32_MAX;
}

static bool hides(const struct contribution *row, enum respondents by, enum disclosed_part part)
{
        return (!row->is_public || by == BY_PROVIDER_OF_ALL) && amount_of(row, part) != 0;
}

size_t disclose_respondents(const struct contribution *rows, size_t count, enum respondents by,
                            enum disclosed_part part, struct respondent *ret)
{
        size_t found = 0;

        for (size_t i = 0; i < count; i++)
                if (hides(&rows[i], by, part))
                        add_up(ret, &found, (struct respondent) {
                                number_of(pair_of(&rows[i]), by), amount_of(&rows[i], part),
                                rows[i].mark,
                        });
        return found;
}

static size_t pairs_of(const struct contribution *rows, size_t count, enum respondents by,
                       enum disclosed_part part, struct respondent *ret)
{
        size_t found = 0;

        for (size_t i = 0; i < count; i++)
                if (hides(&rows[i], by, part))
                        add_up(ret, &found, (struct respondent) {
                                pair_of(&rows[i]), amount_of(&rows[i], part), rows[i].mark,
                        });
        return found;
}

/* ---- dominance */

static wide sum_of(const struct respondent *respondents, size_t count)
{
        wide sum = 0;

        for (size_t i = 0; i < count; i++)
                sum += respondents[i].amount;
        return sum;
}

/* The largest @most come first, the largest of them at place 0. */
static void put_largest_first(struct respondent *respondents, size_t count, size_t most)
{
        for (size_t i = 0; i < count && i < most; i++) {
                size_t largest = i;
                struct respondent swap = respondents[i];

                for (size_t j = i + 1; j < count; j++)
                        if (respondents[j].amount > respondents[largest].amount)
                                largest = j;
                respondents[i] = respondents[largest];
                respondents[largest] = swap;
        }
}

static bool is_above(wide part, struct rate share, wide whole)
{
        return part * share.den > whole * share.num;
}

static wide sum_of_largest(struct respondent *respondents, size_t count, size_t most)
{
        put_largest_first(respondents, count, most);
        return sum_of(respondents, count < most ? count : most);
}

bool disclose_estimate(struct rate p, struct respondent *respondents, size_t count,
                       uint32_t knowing)
{
        wide left;

        if (count == 0)
                return true;
        left = sum_of(respondents, count) -
               sum_of_largest(respondents, count, (size_t)knowing + 1);
        return left * p.den >= (wide)respondents[0].amount * p.num;
}

enum disclosure_rule disclose_dominance(const struct disclosure_rules *rules,
                                        struct respondent *respondents, size_t count)
{
        const struct disclosure_rules *by = or_default(rules);
        wide whole = sum_of(respondents, count);

        if (count == 0)
                return DISCLOSURE_PASSES;
        if (count < by->contributors)
                return DISCLOSURE_CONTRIBUTORS;
        if (is_above(sum_of_largest(respondents, count, 1), by->most_share, whole))
                return DISCLOSURE_SHARE;
        if (is_above(sum_of_largest(respondents, count, by->dominant), by->dominant_share, whole))
                return DISCLOSURE_DOMINANT;
        if (!disclose_estimate(by->estimate, respondents, count, KNOWING))
                return DISCLOSURE_ESTIMATE;
        return DISCLOSURE_PASSES;
}

/* ---- people, days, what changed */

bool disclose_cell(const struct disclosure_rules *rules, uint64_t people)
{
        return people == 0 || people >= or_default(rules)->least_cell;
}

enum disclosure_rule disclose_cells(const struct disclosure_rules *rules, uint64_t numerator,
                                    uint64_t denominator)
{
        assert(numerator <= denominator);
        return disclose_cell(rules, numerator) && disclose_cell(rules, denominator) &&
               disclose_cell(rules, denominator - numerator) ? DISCLOSURE_PASSES : DISCLOSURE_CELL;
}

bool disclose_lag(const struct disclosure_rules *rules, date until, date today)
{
        return (int64_t)today - until >= or_default(rules)->lag_days;
}

static struct respondent difference(const struct respondent *now, const struct respondent *before)
{
        int64_t more = (now ? now->amount : 0) - (before ? before->amount : 0);

        return (struct respondent) { now ? now->no : before->no, more < 0 ? -more : more, 1 };
}

size_t disclose_changed(const struct respondent *now, size_t now_count,
                        const struct respondent *before, size_t before_count,
                        struct respondent *ret)
{
        size_t i = 0, j = 0, changed = 0;

        while (i < now_count || j < before_count) {
                const struct respondent *one = i < now_count ? &now[i] : NULL;
                const struct respondent *other = j < before_count ? &before[j] : NULL;

                if (one && other && one->no != other->no) {
                        if (one->no < other->no)
                                other = NULL;
                        else
                                one = NULL;
                }
                i += one != NULL;
                j += other != NULL;
                if (!one || !other || one->amount != other->amount || one->mark != other->mark)
                        ret[changed++] = difference(one, other);
        }
        return changed;
}

enum disclosure_rule disclose_change(const struct disclosure_rules *rules,
                                     struct respondent *changed, size_t count)
{
        struct disclosure_rules by = *or_default(rules);

        if (by.contributors < by.least_change)
                by.contributors = by.least_change;
        return disclose_dominance(&by, changed, count) ? DISCLOSURE_CHANGE : DISCLOSURE_PASSES;
}

/* ---- all of them */

typedef enum disclosure_rule test_fn(const struct disclosure_rules *rules,
                                     const struct disclosed *what, enum respondents by,
                                     enum disclosed_part part, struct respondent *room);

static enum disclosure_rule test_dominance(const struct disclosure_rules *rules,
                                           const struct disclosed *what, enum respondents by,
                                           enum disclosed_part part, struct respondent *room)
{
        return disclose_dominance(rules, room,
                                  disclose_respondents(what->rows, what->count, by, part, room));
}

/* Changes between pairs, added up for each of one kind. */
static size_t changes_of(struct respondent *pairs, size_t count, enum respondents by,
                         struct respondent *ret)
{
        size_t found = 0;

        for (size_t i = 0; i < count; i++)
                add_up(ret, &found, (struct respondent) {
                        number_of(pairs[i].no, by), pairs[i].amount, pairs[i].mark,
                });
        return found;
}

static enum disclosure_rule test_change(const struct disclosure_rules *rules,
                                        const struct disclosed *what, enum respondents by,
                                        enum disclosed_part part, struct respondent *room)
{
        enum disclosure_rule rule = DISCLOSURE_PASSES;
        size_t now = pairs_of(what->rows, what->count, by, part, room);

        for (size_t i = 0; i < what->before_count && rule == DISCLOSURE_PASSES; i++) {
                struct respondent *old = room + now;
                size_t before = pairs_of(what->before[i].rows, what->before[i].count, by, part,
                                         old);
                struct respondent *pairs = old + before;
                size_t changed = disclose_changed(room, now, old, before, pairs);
                struct respondent *sums = pairs + changed;

                rule = disclose_change(rules, sums, changes_of(pairs, changed, by, sums));
        }
        return rule;
}

/* By payers and by providers, the whole and, where it has them, both parts of it. */
static enum disclosure_rule test_all(const struct disclosure_rules *rules,
                                     const struct disclosed *what, test_fn *test,
                                     struct respondent *room)
{
        int parts = what->has_part ? DISCLOSED_REST : DISCLOSED_WHOLE;
        int kinds = what->is_of_figures ? BY_PROVIDER_OF_ALL : BY_PROVIDER;
        enum disclosure_rule rule = DISCLOSURE_PASSES;

        for (int part = DISCLOSED_WHOLE; part <= parts; part++)
                for (int by = BY_PAYER; by <= kinds && rule == DISCLOSURE_PASSES; by++)
                        rule = test(rules, what, (enum respondents)by, (enum disclosed_part)part,
                                    room);
        return rule;
}

size_t disclose_room(const struct disclosed *what)
{
        size_t most = 0;

        for (size_t i = 0; i < what->before_count; i++)
                if (what->before[i].count > most)
                        most = what->before[i].count;
        return 3 * (what->count + most);
}

enum disclosure_rule disclose(const struct disclosure_rules *rules, const struct disclosed *what,
                              struct respondent *room)
{
        enum disclosure_rule rule = DISCLOSURE_PASSES;

        if (!disclose_lag(rules, what->until, what->today))
                return DISCLOSURE_LAG;
        rule = test_all(rules, what, test_dominance, room);
        if (!rule && what->has_people)
                rule = disclose_cells(rules, what->people, what->of_people);
        return rule ? rule : test_all(rules, what, test_change, room);
}

/* ---- rounding */

/* Whole units, however long the fraction is; @per of them are one. */
static int64_t units(struct exact value, int64_t per, int64_t unit)
{
        struct exact whole;
        bool fits = exact_mul_decimals(value, exact_ratio(per, unit), 0, &whole);

        assert(fits);
        return (int64_t)whole.num * unit;
}

int64_t disclose_round_cents(const struct disclosure_rules *rules, struct exact cents)
{
        int64_t unit = or_default(rules)->round_cents;

        return units(cents, 1, unit > 0 ? unit : 1);
}

static struct rate rounded_to(struct exact rate, uint32_t unit)
{
        return (struct rate) { units(rate, MILLION, unit > 0 ? unit : 1), MILLION };
}

struct rate disclose_round_rate(const struct disclosure_rules *rules, struct exact rate)
{
        return rounded_to(rate, or_default(rules)->round_ppm);
}

#define CUT_LEAST 50000         /* millionths */
#define CUT_MOST (MILLION - CUT_LEAST)
#define SQUARES_UNIT 50000

struct rate disclose_round_terms(const struct disclosure_rules *rules, struct exact rate)
{
        struct rate ret = disclose_round_rate(rules, rate);

        if (ret.num < CUT_LEAST)
                ret.num = CUT_LEAST;
        if (ret.num > CUT_MOST)
                ret.num = CUT_MOST;
        return ret;
}

int disclose_is_cut(struct rate rate)
{
        if (rate.den != MILLION)
                return 0;
        return (rate.num == CUT_MOST) - (rate.num == CUT_LEAST);
}

struct rate disclose_round_squares(const struct disclosure_rules *rules, struct exact sum)
{
        uint32_t unit = or_default(rules)->round_ppm;

        return rounded_to(sum, unit > SQUARES_UNIT ? unit : SQUARES_UNIT);
}
