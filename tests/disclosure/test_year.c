/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A year of releases through the hub, and what every party, and every two of them, can calculate
 * from all that they received: what payers pay in each category, and altogether, and what providers
 * get. An attacker knows besides its own figures what everybody's providers are paid together, to
 * the cent, which contracts there are and of which category, who is owned by whom, and which of the
 * figures are those of the release before.
 *
 * Used are the shares, which are lines, and the concentration, which is a ball around equal shares.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/arrangement.h"
#include "core/disclose.h"
#include "tests/disclosure/attack.h"
#include "tests/disclosure/community.h"
#include "tests/disclosure/releases.h"
#include "tests/proof/run.h"

#define UNIT 1e5L
#define CONCENTRATION_PPM 50000         /* disclose_round_squares() */
#define ELSEWHERE 1000                  /* payers that are not here, as one */
#define OF_ALL 100                      /* no category: all of them */
#define OF_ELSEWHERE 101

static struct region *region;
static struct received received;
static struct attack *attack;
static struct some *some, *all, *paid;
static struct community community;

static const enum lan_category categories[] = {
        [DEAL_QUALITY] = LAN_2C, [DEAL_SAVINGS] = LAN_3A, [DEAL_FEE] = LAN_2A,
};

static void set_up(void)
{
        region = calloc(1, sizeof(*region));
        attack = calloc(1, sizeof(*attack));
        some = calloc(1, sizeof(*some));
        all = calloc(1, sizeof(*all));
        paid = calloc(1, sizeof(*paid));
        ck_assert(region && attack && some && all && paid);
        community = community_small;
}

/* Everybody receives the same releases: that of the last party is what is read. */
static void play(void)
{
        const struct query query = { .id = 7, .kind = QUERY_RELEASES };
        size_t reader = region->member_count - 1;

        community_begin(region, &community);
        community_year(region, &community);
        reader = region->member_count - 1;
        region_begin(region);
        stage_ask(&region->stage, &region->members[reader].player, &query, reader + 1);
        region_commit(region);
        releases_received(region, reader, &received);
        ck_assert_uint_ge(received.count, 5);
}

static void tear_down(void)
{
        received_free(&received);
        region_tear_down(region);
        free(region);
        free(attack);
        free(some);
        free(all);
        free(paid);
}

/* ---- the amounts of one release */

/* What was last said of the contract by then; false: nothing yet. */
static bool revenue_at(size_t deal, instant when, int64_t *ret)
{
        bool is = false;

        for (size_t i = 0; i < region->said_count; i++)
                if (region->said[i].deal == deal && region->said[i].when < when) {
                        *ret = region->said[i].cents;
                        is = true;
                }
        return is;
}

static size_t number_of(size_t member)
{
        return member + 1;
}

static size_t place_of(size_t deal, int64_t cents)
{
        const struct deal *is = &region->deals[deal];

        return attack_amount(attack, (uint32_t)number_of(is->payer),
                             (uint32_t)number_of(is->provider), categories[is->kind],
                             (uint32_t)cents, cents / UNIT);
}

static void put(struct some *to, size_t place)
{
        to->places[to->count++] = (uint16_t)place;
}

/* Into @paid what contracts pay at that release, into @all also what comes from elsewhere. */
static void amounts_at(instant when)
{
        paid->count = all->count = 0;
        for (size_t i = 0; i < region->deal_count; i++) {
                int64_t cents;

                if (!revenue_at(i, when, &cents))
                        continue;
                put(paid, place_of(i, cents));
                put(all, place_of(i, cents));
        }
        for (size_t i = 0; i < region->member_count; i++) {
                const struct member *member = &region->members[i];
                long double rest = member->revenue / UNIT;

                if (member->role != ROLE_PROVIDER)
                        continue;
                for (size_t j = 0; j < paid->count; j++)
                        if (attack->amounts[paid->places[j]].provider == number_of(i))
                                rest -= attack->amounts[paid->places[j]].is;
                ck_assert(rest > 0);
                put(all, attack_amount(attack, ELSEWHERE, (uint32_t)number_of(i), OF_ELSEWHERE,
                                       (uint32_t)(int64_t)(rest * UNIT), rest));
        }
}

static bool is_of(const struct amount *amount, size_t party, uint32_t category)
{
        return (amount->payer == party || amount->provider == party) &&
               (category == OF_ALL || amount->of == category);
}

static void choose(const struct some *from, size_t party, uint32_t category)
{
        some->count = 0;
        for (size_t i = 0; i < from->count; i++)
                if (is_of(&attack->amounts[from->places[i]], party, category))
                        put(some, from->places[i]);
}

static void choose_category(const struct some *from, uint32_t category)
{
        some->count = 0;
        for (size_t i = 0; i < from->count; i++)
                if (attack->amounts[from->places[i]].of == category)
                        put(some, from->places[i]);
}

/* ---- what the release says of them */

/* A figure that says what the last one said may be kept from it: then it is of that one. */
static const struct release_figure *said_anew(size_t release, enum figure_code code,
                                              const char *item)
{
        const struct release_figure *now = figure_shown(&received.releases[release], code, item);

        for (size_t i = 0; now && i < received.count; i++) {
                const struct release_figure *before;

                if (received.releases[i].number + 1 != received.releases[release].number)
                        continue;
                before = figure_shown(&received.releases[i], code, item);
                if (before && before->num == now->num)
                        return NULL;
        }
        return now;
}

static void ends_of(const struct release_figure *figure, long double *ret_least,
                    long double *ret_most)
{
        bool ball = figure->figure == FIGURE_CONCENTRATION;
        long double half = (ball ? CONCENTRATION_PPM : community.rules.round_ppm) / 2e6L;
        long double is = (long double)figure->num / figure->den;

        *ret_least = fmaxl(0, is - half);
        *ret_most = fminl(1, is + half);
}

static void learn_share(const struct release_figure *figure)
{
        long double least, most;

        if (!figure)
                return;
        ends_of(figure, &least, &most);
        attack_share(attack, some, all, least, most);
}

static void learn_categories(size_t release)
{
        char word[8];

        for (int category = LAN_1; category < LAN_COUNT; category++) {
                choose_category(all, (uint32_t)category);
                snprintf(word, sizeof(word), "%s", lan_category_word((enum lan_category)category));
                for (char *at = word; *at; at++)
                        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
                if (some->count)
                        learn_share(said_anew(release, FIGURE_CATEGORY_SHARE, word));
        }
        memcpy(some, paid, sizeof(*some));
        learn_share(said_anew(release, FIGURE_CATEGORY_SHARE, ""));
}

/* Parties that are owned alike are one. */
static size_t group_of(size_t payer)
{
        return community.owners && payer == 1 ? 0 : payer;
}

static void choose_group(size_t group)
{
        some->count = 0;
        for (size_t i = 0; i < paid->count; i++)
                if (group_of(attack->amounts[paid->places[i]].payer - 1) == group)
                        put(some, paid->places[i]);
}

static bool is_their_group(size_t group)
{
        for (size_t i = 0; i < some->count; i++)
                if (!attack_knows(attack, some->places[i]))
                        return false;
        return group_of(group) == group && some->count > 0;
}

/* Of all the payers, those that the attackers are taken out: how many, their share and squares. */
struct others {
        size_t count;
        long double share, squares;
};

static void count_others(long double total, struct others *ret)
{
        *ret = (struct others) { .share = 1 };
        for (size_t group = 0; group < community.payers; group++) {
                long double share = 0;

                choose_group(group);
                if (!some->count)
                        continue;
                for (size_t i = 0; i < some->count; i++)
                        share += attack->amounts[some->places[i]].is / total;
                if (!is_their_group(group)) {
                        ret->count++;
                        continue;
                }
                ret->share -= share;
                ret->squares += share * share;
        }
}

/* How far a share can be off the mean of the others, when the squares sum to at most that. */
static void learn_ball(long double total, long double most, long double *ret_least,
                       long double *ret_most)
{
        struct others others;
        long double mean, off;

        count_others(total, &others);
        mean = others.share / others.count;
        off = most - others.squares - others.share * mean;
        off = sqrtl(fmaxl(0, off) * (others.count - 1) / others.count);
        *ret_least = fminl(*ret_least, mean - off);
        *ret_most = fmaxl(*ret_most, mean + off);
}

/* The total is known to a range; what holds at both of its ends is taken to hold between. */
static void learn_concentration(size_t release)
{
        const struct release_figure *figure = said_anew(release, FIGURE_CONCENTRATION, "");
        long double least, most, low = 1, high = 0, known = 0;
        struct closeness total;

        if (!figure || !attack_on(attack, paid, &total))
                return;
        for (size_t i = 0; i < paid->count; i++)
                if (attack_knows(attack, paid->places[i]))
                        known += attack->amounts[paid->places[i]].is;
        ends_of(figure, &least, &most);
        learn_ball(known + total.least, most, &low, &high);
        learn_ball(known + total.most, most, &low, &high);
        for (size_t group = 0; group < community.payers; group++) {
                choose_group(group);
                if (some->count && !is_their_group(group) && group_of(group) == group)
                        attack_share(attack, some, paid, fmaxl(0, low - 1e-9L), high + 1e-9L);
        }
}

static void learn_release(size_t release)
{
        long double sum = 0;

        amounts_at(received.times[release]);
        for (size_t i = 0; i < all->count; i++)
                sum += attack->amounts[all->places[i]].is;
        attack_sum(attack, all, sum, sum);
        learn_categories(release);
        learn_concentration(release);
}

/* ---- what it comes to */

static bool is_too_close(const struct closeness *close)
{
        const struct rate p = disclosure_default.estimate;
        long double least = (long double)p.num / p.den - 1e-6L;

        return close->below < least || close->above < least;
}

static bool show_breach(size_t party, uint32_t category, size_t release,
                        const struct closeness *close)
{
        if (getenv("ACCORD_SHOW_BREACHES"))
                fprintf(stderr, "%zu and %zu: release %u, party %zu, category %u: %.1Lf is in "
                        "%.1Lf to %.1Lf\n", (size_t)attack->by.first, (size_t)attack->by.second,
                        received.releases[release].number, party, category, close->is,
                        close->least, close->most);
        return true;
}

/* Who is owned by the attackers' owner has no secret from them. */
static bool is_theirs(size_t party)
{
        return party == attack->by.first || party == attack->by.second ||
               (party <= community.payers &&
                (group_of(party - 1) == group_of(attack->by.first - 1) ||
                 group_of(party - 1) == group_of(attack->by.second - 1)));
}

/* The whole campaign: every pair, every category. */
static bool all_of_it(void)
{
        return getenv("ACCORD_ATTACKS") != NULL;
}

static bool breaks_into(size_t release)
{
        static const uint32_t of[] = { LAN_2A, LAN_2C, LAN_3A, OF_ALL };
        struct closeness close;

        amounts_at(received.times[release]);
        for (size_t party = 1; party <= region->member_count; party++)
                for (int i = 0; i < COUNT_OF(of); i++) {
                        if (!all_of_it() && of[i] != OF_ALL && (party + (size_t)i) % 3)
                                continue;
                        choose(paid, party, of[i]);
                        if (!is_theirs(party) && attack_on(attack, some, &close) &&
                            is_too_close(&close))
                                return show_breach(party, of[i], release, &close);
                }
        return false;
}

/* The amounts of a release that are those of another one need no second look. */
static bool is_other_than_before(size_t release)
{
        uint32_t number = received.releases[release].number;
        struct some *now = some;

        amounts_at(received.times[release]);
        memcpy(now, paid, sizeof(*now));
        for (size_t i = 0; i < received.count; i++) {
                if (received.releases[i].number + 1 != number)
                        continue;
                amounts_at(received.times[i]);
                if (paid->count == now->count &&
                    memcmp(paid->places, now->places, now->count * sizeof(*now->places)) == 0)
                        return false;
        }
        return now->count > 0;
}

static bool attacked_by(size_t a, size_t b)
{
        attack_begin(attack);
        for (size_t i = 0; i < received.count; i++)
                amounts_at(received.times[i]);
        attack_as(attack, (struct attackers) { (uint32_t)a, (uint32_t)b });
        for (size_t i = 0; i < received.count; i++)
                learn_release(i);
        for (size_t i = 0; i < received.count; i++)
                if (is_other_than_before(i) && breaks_into(i))
                        return true;
        return false;
}

/* By how many of all parties, and of some of the pairs. */
static size_t attacked(void)
{
        size_t count = 0, place = 0;

        for (size_t a = 1; a <= region->member_count; a++)
                for (size_t b = a; b <= region->member_count; b++)
                        if (all_of_it() || a == b || place++ % 31 == 0)
                                count += attacked_by(a, b);
        return count;
}

static size_t figures_shown(void)
{
        size_t count = 0;

        for (size_t i = 0; i < received.count; i++)
                for (uint32_t j = 0; j < received.releases[i].figure_count; j++)
                        count += received.releases[i].figures[j].decision == SHOWN &&
                                 received.releases[i].figures[j].num > 0 &&
                                 figure_info(received.releases[i].figures[j].figure)->item !=
                                         FIGURE_OF_PROVIDER;
        return count;
}

/* Nothing is younger or sharper than the charter says. */
static void ck_lag_and_rounding(void)
{
        for (size_t i = 0; i < received.count; i++) {
                const struct release *release = &received.releases[i];
                date day = (date)(received.times[i] / (INT64_C(86400) * SECOND));

                ck_assert_int_ge(day - release->period.until, community.rules.lag_days);
                for (uint32_t j = 0; j < release->figure_count; j++)
                        if (release->figures[j].has_value && release->figures[j].den != 1)
                                ck_assert_int_eq(release->figures[j].num %
                                                         community.rules.round_ppm, 0);
        }
}

START_TEST(nobody_calculates_what_is_not_theirs)
{
        play();
        ck_lag_and_rounding();
        ck_assert_uint_gt(figures_shown(), 20);
        ck_assert_uint_eq(attacked(), 0);
}
END_TEST

START_TEST(nor_where_all_are_alike)
{
        community.owners = community.joins = false;
        community.even = true;
        play();
        ck_assert_uint_gt(figures_shown(), 20);
        ck_assert_uint_eq(attacked(), 0);
}
END_TEST

/* By the lowest bars that can be voted, one payer being most of a category: the attack works. */
START_TEST(where_bars_are_low_they_do)
{
        community.joins = community.owners = false;
        community.payers = 4;
        community.even = community.skewed = true;
        community.rules.contributors = 3;
        community.rules.least_change = 3;
        community.rules.most_share = (struct rate) { 1, 2 };
        community.rules.dominant_share = (struct rate) { 95, 100 };
        community.rules.estimate = (struct rate) { 5, 100 };
        play();
        ck_assert_uint_gt(attacked(), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("year");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, nobody_calculates_what_is_not_theirs);
        tcase_add_test(tests, nor_where_all_are_alike);
        tcase_add_test(tests, where_bars_are_low_they_do);
        return run_case(tests, "year");
}
