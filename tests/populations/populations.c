/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two sides derived from one population of members, with disagreements planted: every one is found
 * and rightly classified, and none is invented.
 *
 *      populations FIRST COUNT         of the seeds from FIRST on
 *
 * Each seed has a population in which nothing, one thing, or, where both sides send member rows,
 * two things are planted. The two sides' figures go through match_all(), their rows through the
 * roster, and cause_find() is to name what was planted: all of it, and of no figure anything else.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/members_fold.h"
#include "tests/populations/population.h"

#define BLOCKS_MAX 64

static struct population population;
static struct said said[2];
static uint32_t planted;
static uint64_t seed;
static uint64_t counts_of[CAUSE_LAST + 1], pairs, with_rows, figures_explained;

static uint32_t some_causes(struct draw *draw)
{
        const uint64_t kinds = draw_below(draw, population.rows ? 3 : 2);
        uint32_t bits = 0;

        for (uint64_t n = 0; n < kinds; n++)
                bits |= CAUSE_BIT(1 + draw_below(draw, CAUSE_LAST));
        return bits;
}

/* From the last to the first: people are changed where all else has left them alike. */
static bool plant(struct draw *draw, uint32_t bits)
{
        const bool alone = __builtin_popcount(bits) == 1;

        for (unsigned int cause = CAUSE_LAST; cause >= CAUSE_ROSTER; cause--)
                if ((bits & CAUSE_BIT(cause)) &&
                    !population_plant(draw, &population, (enum cause)cause,
                                      (int)draw_below(draw, 2), alone))
                        return false;
        return true;
}

static void count_planted(void)
{
        counts_of[0] += planted == 0;
        for (unsigned int cause = 1; cause <= CAUSE_LAST; cause++)
                counts_of[cause] += (planted & CAUSE_BIT(cause)) != 0;
        pairs += __builtin_popcount(planted) == 2;
        with_rows += population.rows;
}

/* Until this population shows what was drawn. */
static void draw_and_plant(struct draw *draw)
{
        static struct population before;

        population_draw(draw, &population);
        before = population;
        while (planted = some_causes(draw),
               !plant(draw, planted) || !population_still_shows(&population))
                population = before;
        count_planted();
}

/* ---- as the hub would have it */

static void rules_are(struct draw *draw, struct terms *terms)
{
        size_t count = 0;

        for (size_t i = 0; fact_kind_at(i) && count < FACT_RULES_MAX; i++)
                if (draw_one_in(draw, 2))
                        terms->rules[count++] = (struct fact_rule) {
                                .kind = fact_kind_at(i)->kind,
                                .of_record = draw_one_in(draw, 3) ? SIDE_EARNER : SIDE_BEARER,
                                .other = draw_one_in(draw, 3) ? REPORT_MAY : REPORT_MUST,
                                .tolerance_share = { 0, 1 },
                        };
        terms->rule_count = (uint16_t)count;
}

static size_t all_facts(struct draw *draw, struct fact *ret)
{
        size_t count = said[0].count + said[1].count;

        memcpy(ret, said[0].facts, said[0].count * sizeof(*ret));
        memcpy(ret + said[0].count, said[1].facts, said[1].count * sizeof(*ret));
        for (size_t i = count; i-- > 1;) {
                size_t j = (size_t)draw_below(draw, i + 1);
                const struct fact one = ret[i];

                ret[i] = ret[j];
                ret[j] = one;
        }
        return count;
}

static struct member_rows piece(const struct member_rows *rows, uint32_t from, uint32_t count)
{
        return (struct member_rows) { count,
                                      row_member(rows, from),
                                      rows->month + (size_t)from * 2,
                                      rows->category + from,
                                      rows->risk + (size_t)from * 4,
                                      rows->cents + (size_t)from * 8 };
}

/* In blocks, which come in any order. */
static size_t in_blocks(struct draw *draw, const struct member_rows *rows, struct roster_run *ret)
{
        const uint32_t size = 1 + rows->count / (1 + (uint32_t)draw_below(draw, BLOCKS_MAX));
        size_t count = 0;

        for (uint32_t from = 0; from < rows->count; from += size) {
                uint32_t left = rows->count - from;

                ret[count] = (struct roster_run) { piece(rows, from, left < size ? left : size),
                                                   (uint32_t)count };
                count++;
        }
        for (size_t i = count; i-- > 1;) {
                size_t j = (size_t)draw_below(draw, i + 1);
                const struct roster_run one = ret[i];

                ret[i] = ret[j];
                ret[j] = one;
        }
        return count;
}

static void merge(struct draw *draw, struct roster *roster)
{
        static struct roster_run runs_of[2][BLOCKS_MAX + 2];
        static struct roster_difference kept[10];
        struct roster_runs runs[2];
        struct roster_match match;
        enum roster_answer answer;

        for (int side = 0; side < 2; side++)
                roster_runs_begin(&runs[side], runs_of[side],
                                  in_blocks(draw, &said[side].rows, runs_of[side]));
        roster_begin(roster, kept, 10, 0);
        while ((answer = roster_go(roster)) != ROSTER_DONE) {
                const int side = answer == ROSTER_WANTS_EARNER;
                struct roster_run run;

                if (roster_runs_next(&runs[side], &run))
                        roster_give(roster, side ? SIDE_EARNER : SIDE_BEARER, &run.rows,
                                    said[side].called, CATEGORIES);
                else
                        roster_end(roster, side ? SIDE_EARNER : SIDE_BEARER);
        }
        roster_finish(roster, &match);
}

static void fold(const struct said *of, struct member_figures *figures, struct members *ret)
{
        static struct members_fold fold;
        const struct members_rule rule = {
                .first_month = FIRST_MONTH,
                .months = MONTHS,
                .completion = { 1, 1 },
                .at_amount = population.threshold > 0,
                .truncate = population.threshold,
                .share = { 0, 1 },
        };
        uint8_t categories[CATEGORIES];
        uint32_t row = 0;
        size_t count;

        members_fold_begin(&fold, &rule, MEMBERS_IN_ORDER, NULL, 0, NULL);
        for (int i = 0; i < CATEGORIES; i++) {
                struct item item = category_item(of->called[i] - 1);

                if (!members_fold_category(&fold, &item, &categories[i]))
                        abort();
        }
        if (members_fold_add(&fold, &of->rows, categories, CATEGORIES, &row) ||
            members_fold_finish(&fold, figures, &count))
                abort();
        *ret = (struct members) { .figures = figures, .count = count, .rows = of->rows.count };
}

/* ---- the verdict */

static void print_bits(const char *what, uint32_t bits)
{
        printf(" %s", what);
        for (unsigned int cause = 1; cause <= CAUSE_LAST; cause++)
                if (bits & CAUSE_BIT(cause))
                        printf(" %s", cause_info(cause)->name);
        printf(bits ? ";" : " nothing;");
}

static void print_figure(const struct match *match, uint32_t bits)
{
        const struct fact *fact = match->bearer ? match->bearer : match->earner;

        printf("  %s/%s bearer %" PRId64 "/%" PRId64 " earner %" PRId64 "/%" PRId64,
               fact_kind_info(fact->key.kind)->name, fact->key.item.text,
               match->bearer ? match->bearer->value.num : 0,
               match->bearer ? match->bearer->value.den : 0,
               match->earner ? match->earner->value.num : 0,
               match->earner ? match->earner->value.den : 0);
        print_bits("by", bits);
        printf("\n");
}

static void print_wrong(const struct cause_inputs *in, const uint32_t *bits, uint32_t found)
{
        printf("seed %" PRIu64 ", %s, %s:", seed, in->roster ? "rows" : "no rows",
               population.threshold ? "truncated" : "not truncated");
        print_bits("planted", planted);
        print_bits("found", found);
        printf("\n");
        for (size_t i = 0; i < in->match_count; i++)
                if (bits[i] || in->matches[i].result == MATCH_DISPUTED)
                        print_figure(&in->matches[i], bits[i]);
}

/* What was planted is found, what was not is not, and no disputed figure is without a cause. */
static bool judged(const struct cause_inputs *in)
{
        static uint32_t bits[2 * SIDE_FACTS_MAX];
        struct cause_found found[CAUSE_LAST];
        const size_t count = cause_find(in, bits, found);
        uint32_t all = 0;
        bool right = true;

        for (size_t i = 0; i < count; i++) {
                all |= CAUSE_BIT(found[i].cause);
                right &= i == 0 || found[i - 1].cause < found[i].cause;
        }
        for (size_t i = 0; i < in->match_count; i++) {
                right &= (in->matches[i].result == MATCH_DISPUTED) <= (bits[i] != 0);
                right &= !(bits[i] & ~planted);
                figures_explained += bits[i] != 0;
        }
        right &= all == planted;
        if (!right)
                print_wrong(in, bits, all);
        return right;
}

static bool one(void)
{
        static struct fact facts[2 * SIDE_FACTS_MAX];
        static struct match matches[2 * SIDE_FACTS_MAX];
        static struct member_figures figures[2][MEMBER_FIGURES_MAX];
        static struct terms terms;
        static struct roster roster;
        static struct item names[CATEGORIES + 1];
        struct members members[2];
        struct draw draw = { seed };
        struct match_inputs inputs = { .facts = facts };
        struct cause_inputs in = { .matches = matches, .period = population_period(),
                                   .categories = names, .category_count = CATEGORIES + 1 };

        draw_and_plant(&draw);
        for (int side = 0; side < 2; side++) {
                side_says(&draw, &population, side, &said[side]);
                in.terms_version[side] = population.views[side].version;
                in.rows_paid_through[side] = paid_through_day(&population.views[side]);
        }
        for (int i = 0; i < CATEGORIES; i++)
                names[i + 1] = category_item(i);
        rules_are(&draw, &terms);
        inputs.fact_count = all_facts(&draw, facts);
        in.match_count = match_all(&terms, &inputs, matches);
        in.attach = population.stop_loss ? population.threshold : 0;
        if (population.rows) {
                merge(&draw, &roster);
                in.roster = &roster;
                for (int side = 0; side < 2; side++) {
                        fold(&said[side], figures[side], &members[side]);
                        in.members[side] = &members[side];
                }
        }
        return judged(&in);
}

int main(int argc, char **argv)
{
        uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
        uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 300, wrong = 0;

        for (uint64_t i = 0; i < count; i++) {
                seed = first + i;
                wrong += !one();
        }
        printf("%" PRIu64 " populations, %" PRIu64 " with rows of both sides, %" PRIu64
               " with two disagreements; %" PRIu64 " wrong; %" PRIu64 " figures explained\n",
               count, with_rows, pairs, wrong, figures_explained);
        printf("planted: nothing %" PRIu64, counts_of[0]);
        for (unsigned int cause = 1; cause <= CAUSE_LAST; cause++)
                printf(", %s %" PRIu64, cause_info(cause)->name, counts_of[cause]);
        printf("\n");
        return wrong > 0;
}
