/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of core/disclose, attacked: drawn communities, four releases of one share each, figures
 * changed in between, and every party and every two of them calculating what the others bring. What
 * each rule promises holds where it is on, and an attacker breaks it where it is off: that is what
 * shows that the attacker is one.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/disclose.h"
#include "tests/disclosure/attack.h"
#include "tests/draw.h"
#include "tests/proof/run.h"
#include "tests/rounds.h"

#define PAYERS 8
#define PROVIDERS 10
#define CELLS (PAYERS * PROVIDERS)
#define RELEASES 4
#define NOBODY 1000                     /* an attacker that brings nothing */
#define UNIT 1e5L                       /* a thousand dollars */

enum of { OF_PART, OF_REST };

/* One release as it was decided, and shown or not. */
struct shown {
        bool is;
        struct contribution rows[CELLS];
        uint32_t versions[CELLS];
        long double least, most;        /* of the share */
};

struct drawn {
        uint64_t state;
        bool even, cents;
        bool sly;                       /* one provider shuffles what it gets from whom */
        uint32_t joins;                 /* the party that comes later; 0: none */
        size_t joins_at;
        struct contribution rows[CELLS];
        uint32_t versions[CELLS];
        struct shown releases[RELEASES];
};

/* What is looked for: the promise of one rule. */
enum promise {
        PROMISE_CONTRIBUTORS, PROMISE_SHARE, PROMISE_DOMINANT, PROMISE_ESTIMATE, PROMISE_CHANGE,
        PROMISE_ROUNDING,
};

static bool forgets;                    /* what was released before is not looked at */
static struct attack *attack;
static struct some *part, *whole, *target;

static void set_up(void)
{
        attack = calloc(1, sizeof(*attack));
        part = calloc(1, sizeof(*part));
        whole = calloc(1, sizeof(*whole));
        target = calloc(1, sizeof(*target));
        ck_assert(attack && part && whole && target);
}

static void tear_down(void)
{
        free(attack);
        free(part);
        free(whole);
        free(target);
        forgets = false;
}

/* ---- a community */

/* A million or some, small ones more often; one in four nothing. Of an even community all alike. */
static int64_t draw_cents(struct drawn *drawn)
{
        uint64_t most = UINT64_C(100000000) << (drawn->even ? 3 : splitmix(&drawn->state) % 6);
        uint64_t least = drawn->even ? most / 2 : 0;

        if (splitmix(&drawn->state) % 4 == 0)
                return 0;
        return (int64_t)(least + splitmix(&drawn->state) % (most - least));
}

static void draw_cell(struct drawn *drawn, size_t place)
{
        struct contribution *row = &drawn->rows[place];

        row->whole = draw_cents(drawn);
        if (drawn->sly && row->payer == PAYERS)
                row->whole /= 6;
        row->part = row->whole ? (int64_t)(splitmix(&drawn->state) % (uint64_t)row->whole) : 0;
        drawn->versions[place]++;
}

static bool joins(const struct drawn *drawn, size_t place)
{
        return drawn->joins && (drawn->rows[place].payer == drawn->joins ||
                                drawn->rows[place].provider == drawn->joins);
}

static void draw_all(struct drawn *drawn, uint64_t seed)
{
        size_t payers, providers;

        memset(drawn, 0, sizeof(*drawn));
        drawn->state = seed;
        drawn->even = seed % 2;
        payers = drawn->even ? PAYERS : 3 + splitmix(&drawn->state) % (PAYERS - 2);
        providers = drawn->even ? PROVIDERS : 4 + splitmix(&drawn->state) % (PROVIDERS - 3);
        drawn->cents = splitmix(&drawn->state) % 2;
        drawn->sly = seed % 4 == 1;
        drawn->joins = drawn->sly || splitmix(&drawn->state) % 2 ? PAYERS : 101;
        drawn->joins_at = 1 + splitmix(&drawn->state) % (RELEASES - 1);
        for (size_t i = 0; i < CELLS; i++) {
                drawn->rows[i].payer = 1 + (uint32_t)i / PROVIDERS;
                drawn->rows[i].provider = 101 + (uint32_t)i % PROVIDERS;
                if (i / PROVIDERS < payers && i % PROVIDERS < providers && !joins(drawn, i))
                        draw_cell(drawn, i);
        }
}

/* One more party comes, with all that it has; at that release its contracts are new. */
static void join(struct drawn *drawn)
{
        for (size_t i = 0; i < CELLS; i++)
                if (joins(drawn, i))
                        draw_cell(drawn, i);
}

/*
 * The first provider says that it gets more from one payer and less from the next: what it gets
 * altogether does not change, what payers pay does, and it knows by how much. So the changes of a
 * payer that joins with little have company, as it seems.
 */
static void shuffle(struct drawn *drawn)
{
        for (size_t i = 0; i + 2 < PAYERS; i += 2) {
                struct contribution *more = &drawn->rows[i * PROVIDERS];
                struct contribution *less = &drawn->rows[(i + 1) * PROVIDERS];
                int64_t moved = less->whole / 2, cents = less->part / 2;

                more->whole += moved;
                more->part += cents;
                less->whole -= moved;
                less->part -= cents;
                drawn->versions[i * PROVIDERS]++;
                drawn->versions[(i + 1) * PROVIDERS]++;
        }
}

/*
 * Of many contracts a cent: whoever wants to can do so, of its own. To an attacker they are the
 * amounts that they were.
 */
static void move_a_cent(struct drawn *drawn)
{
        for (size_t i = 0; i < CELLS; i++) {
                if (drawn->rows[i].whole == 0 || splitmix(&drawn->state) % 3)
                        continue;
                drawn->rows[i].whole++;
                drawn->rows[i].part++;
        }
}

/* Between two releases: somebody joins, or nobody, and some or many figures change. */
static void draw_change(struct drawn *drawn, size_t number)
{
        size_t count = splitmix(&drawn->state) % 4;

        if (number == drawn->joins_at)
                join(drawn);
        if (number == drawn->joins_at && drawn->sly)
                shuffle(drawn);
        if (drawn->cents || drawn->sly)
                move_a_cent(drawn);
        for (size_t i = 0; !drawn->cents && !drawn->sly && i < count * count; i++)
                draw_cell(drawn, splitmix(&drawn->state) % CELLS);
}

/* ---- what is released of it */

static void decide(const struct disclosure_rules *rules, struct drawn *drawn, size_t number)
{
        static struct respondent room[8 * CELLS];
        struct shown *now = &drawn->releases[number];
        struct disclosed_before before[RELEASES];
        struct disclosed what = {
                .rows = now->rows, .count = CELLS, .has_part = true, .is_of_figures = true,
                .today = 1000, .until = 0, .before = before,
        };

        for (size_t i = 0; i < number; i++)
                if (drawn->releases[i].is && !forgets)
                        before[what.before_count++] =
                                (struct disclosed_before) { drawn->releases[i].rows, CELLS };
        ck_assert_uint_le(disclose_room(&what), COUNT_OF(room));
        now->is = disclose(rules, &what, room) == DISCLOSURE_PASSES;
}

static void show(const struct disclosure_rules *rules, struct shown *now)
{
        int64_t sum_part = 0, sum_whole = 0;
        struct rate rate;

        for (size_t i = 0; i < CELLS; i++) {
                sum_part += now->rows[i].part;
                sum_whole += now->rows[i].whole;
        }
        now->is = now->is && sum_whole > 0;
        if (!now->is)
                return;
        rate = disclose_round_rate(rules, exact_ratio(sum_part, sum_whole));
        now->least = fmaxl(0, (rate.num - rules->round_ppm / 2.0L) / rate.den);
        now->most = fminl(1, (rate.num + rules->round_ppm / 2.0L) / rate.den);
}

static void release_all(const struct disclosure_rules *rules, struct drawn *drawn)
{
        for (size_t i = 0; i < RELEASES; i++) {
                struct shown *now = &drawn->releases[i];

                if (i)
                        draw_change(drawn, i);
                memcpy(now->rows, drawn->rows, sizeof(now->rows));
                memcpy(now->versions, drawn->versions, sizeof(now->versions));
                decide(rules, drawn, i);
                show(rules, now);
        }
}

/* ---- what the attackers make of it */

static void amounts_of(const struct shown *shown)
{
        part->count = whole->count = 0;
        for (size_t i = 0; i < CELLS; i++) {
                const struct contribution *row = &shown->rows[i];
                size_t a, b;

                if (!row->whole)
                        continue;
                a = attack_amount(attack, row->payer, row->provider, OF_PART,
                                  shown->versions[i], row->part / UNIT);
                b = attack_amount(attack, row->payer, row->provider, OF_REST,
                                  shown->versions[i], (row->whole - row->part) / UNIT);
                part->places[part->count++] = whole->places[whole->count++] = (uint16_t)a;
                whole->places[whole->count++] = (uint16_t)b;
        }
}

/* What everybody together pays is known from elsewhere, to the cent. */
static void learn(const struct drawn *drawn, size_t from, size_t last)
{
        for (size_t i = from; i <= last; i++) {
                long double sum = 0;

                if (!drawn->releases[i].is)
                        continue;
                amounts_of(&drawn->releases[i]);
                for (size_t j = 0; j < whole->count; j++)
                        sum += attack->amounts[whole->places[j]].is;
                attack_sum(attack, whole, sum, sum);
                attack_share(attack, part, whole, drawn->releases[i].least,
                             drawn->releases[i].most);
        }
}

static bool brings(const struct amount *amount, uint32_t party)
{
        return amount->payer == party || amount->provider == party;
}

/* What the party brings to that release, as parts; together with what is in @target already. */
static void aim_at(uint32_t party)
{
        for (size_t i = 0; i < part->count; i++)
                if (brings(&attack->amounts[part->places[i]], party))
                        target->places[target->count++] = part->places[i];
}

static bool closeness_of(const struct shown *shown, uint32_t party, struct closeness *ret)
{
        amounts_of(shown);
        target->count = 0;
        aim_at(party);
        return attack_on(attack, target, ret);
}

static uint32_t next_party(uint32_t party)
{
        return party == PAYERS ? 101 : party + 1;
}

#define FOR_PARTIES(party) \
        for (uint32_t party = 1; party <= 100 + PROVIDERS; party = next_party(party))

/* ---- whether a promise is broken by what is known now */

static bool is_closer(long double off, struct rate least)
{
        return off < (long double)least.num / least.den - 1e-6L;
}

/* By any rule that holds against those who bring something themselves. */
static bool estimates(const struct disclosure_rules *rules, const struct shown *shown)
{
        struct closeness close;

        FOR_PARTIES(party)
                if (party != attack->by.first && party != attack->by.second &&
                    closeness_of(shown, party, &close) &&
                    (is_closer(close.below, rules->estimate) ||
                     is_closer(close.above, rules->estimate)))
                        return true;
        return false;
}

/* The largest @most of one kind, as parts. */
static void aim_at_largest(uint32_t first, uint32_t last, uint32_t most)
{
        bool taken[100 + PROVIDERS + 1] = { false };

        target->count = 0;
        for (uint32_t i = 0; i < most; i++) {
                long double largest = -1;
                uint32_t best = first;

                for (uint32_t party = first; party <= last; party++) {
                        long double sum = 0;

                        for (size_t j = 0; j < part->count; j++)
                                if (brings(&attack->amounts[part->places[j]], party))
                                        sum += attack->amounts[part->places[j]].is;
                        if (!taken[party] && sum > largest) {
                                largest = sum;
                                best = party;
                        }
                }
                taken[best] = true;
                aim_at(best);
        }
}

/* Somebody from outside takes the whole for what the largest bring. */
static bool is_nearly_all(const struct shown *shown, uint32_t most, struct rate share)
{
        struct closeness close;

        for (int i = 0; i < 2; i++) {
                amounts_of(shown);
                aim_at_largest(i ? 101 : 1, i ? 100 + PROVIDERS : PAYERS, most);
                if (attack_on(attack, target, &close) &&
                    close.is * share.den > close.most * share.num * (1 + 1e-9L) + 1e-6L)
                        return true;
        }
        return false;
}

static bool has_few(const struct disclosure_rules *rules, const struct shown *shown)
{
        for (int i = 0; i < 2; i++) {
                size_t count = 0;

                amounts_of(shown);
                for (uint32_t party = i ? 101 : 1; party <= (i ? 100 + PROVIDERS : PAYERS);
                     party++) {
                        target->count = 0;
                        aim_at(party);
                        for (size_t j = 0; j < target->count; j++)
                                if (attack->amounts[target->places[j]].is > 0) {
                                        count++;
                                        break;
                                }
                }
                if (count && count < rules->contributors)
                        return true;
        }
        return false;
}

/* The share of all is known to no less than what it is rounded to. */
static bool is_exact(const struct shown *shown)
{
        struct closeness close;

        amounts_of(shown);
        memcpy(target, part, sizeof(*target));
        return attack_on(attack, target, &close) && close.is > 0 &&
               close.most - close.least < 1e-4L * close.is;
}

static bool breaks(enum promise promise, const struct disclosure_rules *rules,
                   const struct shown *shown)
{
        switch (promise) {
        case PROMISE_CONTRIBUTORS:
                return has_few(rules, shown);
        case PROMISE_SHARE:
                return is_nearly_all(shown, 1, rules->most_share);
        case PROMISE_DOMINANT:
                return is_nearly_all(shown, rules->dominant, rules->dominant_share);
        case PROMISE_ROUNDING:
                return is_exact(shown);
        default:
                return estimates(rules, shown);
        }
}

/* ---- campaigns */

static bool attacked(enum promise promise, const struct disclosure_rules *promised,
                     struct drawn *drawn, struct attackers by)
{
        size_t first = promise == PROMISE_CHANGE ? RELEASES - 1 : 0;

        for (size_t last = first; last < RELEASES; last++) {
                /* By one release alone, or by all of them. */
                size_t from = promise == PROMISE_CHANGE ? 0 : last;

                if (!drawn->releases[last].is)
                        continue;
                attack_begin(attack);
                for (size_t i = from; i <= last; i++)
                        if (drawn->releases[i].is)
                                amounts_of(&drawn->releases[i]);
                attack_as(attack, by);
                learn(drawn, from, last);
                for (size_t i = from; i <= last; i++)
                        if (drawn->releases[i].is && breaks(promise, promised, &drawn->releases[i]))
                                return true;
        }
        return false;
}

static bool is_of_insiders(enum promise promise)
{
        return promise == PROMISE_ESTIMATE || promise == PROMISE_CHANGE;
}

/* How many of the drawn communities are broken into; *ret_shown: how many releases were shown. */
static size_t campaign(enum promise promise, const struct disclosure_rules *rules,
                       const struct disclosure_rules *promised, size_t rounds, size_t *ret_shown)
{
        static struct drawn drawn;
        size_t broken = 0;

        *ret_shown = 0;
        for (size_t round = 0; round < rounds; round++) {
                bool is = false;

                draw_all(&drawn, 1000 * promise + round);
                release_all(rules, &drawn);
                for (size_t i = 0; i < RELEASES; i++)
                        *ret_shown += drawn.releases[i].is;
                if (!is_of_insiders(promise))
                        is = attacked(promise, promised, &drawn,
                                      (struct attackers) { NOBODY, NOBODY });
                else
                        FOR_PARTIES(a)
                                for (uint32_t b = a; !is && b <= 100 + PROVIDERS;
                                     b = next_party(b))
                                        is = attacked(promise, promised, &drawn,
                                                      (struct attackers) { a, b });
                broken += is;
        }
        return broken;
}

/* ---- */

static const struct disclosure_rules none = {
        .contributors = 1, .most_share = { 1, 1 }, .dominant = 2, .dominant_share = { 1, 1 },
        .estimate = { 0, 1 }, .least_cell = 1, .least_change = 0, .round_cents = 1,
        .round_ppm = 1,
};

static struct disclosure_rules only(enum promise promise)
{
        const struct disclosure_rules *all = &disclosure_default;
        struct disclosure_rules rules = none;

        switch (promise) {
        case PROMISE_CONTRIBUTORS:
                rules.contributors = all->contributors;
                break;
        case PROMISE_SHARE:
                rules.most_share = all->most_share;
                break;
        case PROMISE_DOMINANT:
                rules.dominant_share = all->dominant_share;
                break;
        case PROMISE_ESTIMATE:
                rules.estimate = all->estimate;
                break;
        case PROMISE_CHANGE:
                rules = *all;
                break;
        case PROMISE_ROUNDING:
                rules.round_ppm = all->round_ppm;
                break;
        }
        return rules;
}

/* More of them: ACCORD_ATTACKS. */
static size_t rounds(void)
{
        const char *more = getenv("ACCORD_ATTACKS");

        return more ? strtoul(more, NULL, 10) : ROUNDS_OF(8);
}

static const struct {
        enum promise promise;
        const char *says;
} promises[] = {
        { PROMISE_CONTRIBUTORS, "contributors" },
        { PROMISE_SHARE, "share" },
        { PROMISE_DOMINANT, "dominant" },
        { PROMISE_ESTIMATE, "estimate" },
        { PROMISE_CHANGE, "change" },
        { PROMISE_ROUNDING, "rounding" },
};

START_TEST(a_promise_is_kept_where_its_rule_is_on)
{
        enum promise promise = promises[_i].promise;
        const struct disclosure_rules rules = only(promise);
        size_t shown, broken = campaign(promise, &rules, &disclosure_default, rounds(),
                                        &shown);
        ck_assert_msg(broken == 0, "%s: %zu communities are broken into", promises[_i].says,
                      broken);
        ck_assert_uint_gt(shown, 0);
}
END_TEST

START_TEST(and_broken_where_it_is_off)
{
        enum promise promise = promises[_i].promise;
        struct disclosure_rules rules = none;
        size_t shown, broken;

        if (promise == PROMISE_CHANGE)
                rules = disclosure_default;
        forgets = true;
        broken = campaign(promise, &rules, &disclosure_default, rounds(), &shown);
        ck_assert_msg(broken > 0, "%s: nobody is broken into", promises[_i].says);
}
END_TEST

/*
 * A payer joins with six small contracts. The first provider, which knows by how much, says more of
 * three payers and less of three others: as much altogether, and no provider's sum has changed.
 */
START_TEST(a_provider_that_shuffles_what_it_gets_hides_nobody)
{
        static struct respondent room[8 * CELLS];
        struct contribution before[CELLS], now[CELLS];
        const struct disclosed_before earlier = { before, CELLS };
        struct disclosed what = {
                .rows = now, .count = CELLS, .has_part = true, .is_of_figures = true,
                .today = 1000, .before = &earlier,
        };

        for (uint32_t i = 0; i < CELLS; i++)
                before[i] = (struct contribution) {
                        .payer = 1 + i / PROVIDERS, .provider = 101 + i % PROVIDERS,
                        .whole = i / PROVIDERS + 1 < PAYERS ? 600 : 0,
                        .part = i / PROVIDERS + 1 < PAYERS ? 300 : 0,
                };
        memcpy(now, before, sizeof(now));
        for (size_t i = CELLS - 9; i < CELLS - 3; i++) {
                now[i].whole = 100;
                now[i].part = 50;
        }
        for (size_t i = 0; i < 6; i++) {
                now[i * PROVIDERS].whole += i % 2 ? 300 : -300;
                now[i * PROVIDERS].part += i % 2 ? 150 : -150;
        }
        ck_assert_int_eq(disclose(NULL, &what, room), DISCLOSURE_PASSES);
        what.before_count = 1;
        ck_assert_int_eq(disclose(NULL, &what, room), DISCLOSURE_CHANGE);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("rules");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, a_promise_is_kept_where_its_rule_is_on, 0, COUNT_OF(promises));
        tcase_add_loop_test(tests, and_broken_where_it_is_off, 0, COUNT_OF(promises));
        tcase_add_test(tests, a_provider_that_shuffles_what_it_gets_hides_nobody);
        return run_case(tests, "rules");
}
