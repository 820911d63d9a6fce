/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disclosure/attack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void attack_begin(struct attack *attack)
{
        attack->count = attack->unknowns = 0;
}

size_t attack_amount(struct attack *attack, uint32_t payer, uint32_t provider, uint32_t of,
                     uint32_t version, long double is)
{
        for (size_t i = 0; i < attack->count; i++) {
                const struct amount *amount = &attack->amounts[i];

                if (amount->payer == payer && amount->provider == provider && amount->of == of &&
                    amount->version == version)
                        return i;
        }
        if (attack->count == ATTACK_AMOUNTS) {
                fputs("attack: too many amounts\n", stderr);
                abort();
        }
        attack->amounts[attack->count] = (struct amount) { payer, provider, of, version, is };
        return attack->count++;
}

static bool is_own(const struct amount *amount, uint32_t party)
{
        return amount->payer == party || amount->provider == party;
}

void attack_as(struct attack *attack, struct attackers by)
{
        attack->by = by;
        attack->unknowns = 0;
        for (size_t i = 0; i < attack->count; i++) {
                bool own = is_own(&attack->amounts[i], by.first) ||
                           is_own(&attack->amounts[i], by.second);

                attack->unknown[i] = own ? LP_UNKNOWNS : attack->unknowns++;
        }
        lp_begin(&attack->lp, attack->unknowns);
}

bool attack_knows(const struct attack *attack, size_t place)
{
        return attack->unknown[place] == LP_UNKNOWNS;
}

/* Adds @times the sum to a row; what is known goes to the other side. */
static long double add(const struct attack *attack, const struct some *some, long double times,
                       long double *of)
{
        long double known = 0;

        for (size_t i = 0; i < some->count; i++) {
                size_t place = some->places[i];

                if (attack_knows(attack, place))
                        known += times * attack->amounts[place].is;
                else
                        of[attack->unknown[place]] += times;
        }
        return known;
}

static void add_row(struct attack *attack, const struct some *a, long double a_times,
                    const struct some *b, long double b_times, enum lp_sense sense,
                    long double right)
{
        long double *of = lp_add(&attack->lp, sense, right), known;

        known = add(attack, a, a_times, of);
        if (b)
                known += add(attack, b, b_times, of);
        attack->lp.row[attack->lp.rows - 1].right -= known;
}

/* What is learnt must be true, or what follows from it says nothing. */
static void ck_true(const struct attack *attack, const struct some *part, const struct some *whole,
                    long double least, long double most)
{
        long double is = 0, of = whole ? 0 : 1, off;

        for (size_t i = 0; i < part->count; i++)
                is += attack->amounts[part->places[i]].is;
        for (size_t i = 0; whole && i < whole->count; i++)
                of += attack->amounts[whole->places[i]].is;
        off = 1e-7L * fmaxl(is, of);
        if (is >= least * of - off && is <= most * of + off)
                return;
        fprintf(stderr, "attack: %Lf of %Lf is not from %Lf to %Lf\n", is, of, least, most);
        abort();
}

void attack_sum(struct attack *attack, const struct some *some, long double least,
                long double most)
{
        ck_true(attack, some, NULL, least, most);
        add_row(attack, some, 1, NULL, 0, LP_AT_LEAST, least);
        add_row(attack, some, 1, NULL, 0, LP_AT_MOST, most);
}

void attack_share(struct attack *attack, const struct some *part, const struct some *whole,
                  long double least, long double most)
{
        ck_true(attack, part, whole, least, most);
        add_row(attack, part, 1, whole, -least, LP_AT_LEAST, 0);
        add_row(attack, part, 1, whole, -most, LP_AT_MOST, 0);
}

bool attack_on(const struct attack *attack, const struct some *some, struct closeness *ret)
{
        long double of[LP_UNKNOWNS] = { 0 };
        enum lp_answer answer;

        add(attack, some, 1, of);
        ret->is = 0;
        for (size_t i = 0; i < some->count; i++)
                if (!attack_knows(attack, some->places[i]))
                        ret->is += attack->amounts[some->places[i]].is;
        if (ret->is <= 0)
                return false;
        answer = lp_range(&attack->lp, of, &ret->least, &ret->most);
        if (answer != LP_FOUND) {
                fprintf(stderr, "attack: %s\n",
                        answer == LP_FAILED ? "the arithmetic failed" : "nothing fits");
                abort();
        }
        ret->below = (ret->is - ret->least) / ret->is;
        ret->above = (ret->most - ret->is) / ret->is;
        return true;
}
