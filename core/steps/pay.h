/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a shared amount to what is paid: reductions, fees, advances, pools, payees, rounding.
 * The tables of the family; core/steps.h and core/params.h say what the columns are. Its lines are
 * in core/steps/reduce_lines.h and core/steps/payment_lines.h.
 */
#ifndef ACCORD_CORE_STEPS_PAY_H
#define ACCORD_CORE_STEPS_PAY_H

#include "core/steps/payment_lines.h"
#include "core/steps/reduce_lines.h"

#define KINDS_PAY(X)                                                                               \
        X(SEQUESTER, sequester, "sequester", 1, "2 U.S.C. 901a, 906(d)",                           \
          0, MADE(SEQUESTERED), MADE(SEQUESTERED),                                                 \
          "reduce by the rate in force on the day of payment")                                     \
        X(RELIEF, relief, "relief", 1, "42 CFR 425.605(f), 425.610(i)",                            \
          MADE(AMOUNT), 0, 0,                                                                      \
          "take disaster relief off what is owed")                                                 \
        X(PRORATE, prorate, "prorate", 1, "42 CFR 425.609(b), 425.221(b)",                         \
          MADE(AMOUNT), 0, 0,                                                                      \
          "keep the part of the period's months")                                                  \
        X(FEE, fee, "fee", 1, "contract: care management fee",                                     \
          0, MADE(AMOUNT), 0,                                                                      \
          "add a fee, part of it at the risk of quality; less what of it was paid before")         \
        X(ADVANCE, advance, "advance", 1, "42 CFR 425.630(g)",                                     \
          MADE(AMOUNT), MADE(RECOUPED), MADE(RECOUPED),                                            \
          "recoup advances from what is earned and carry the rest")                                \
        X(CARRY_FORWARD, carry_forward, "carry-forward", 1, "contract: losses carried forward",    \
          MADE(AMOUNT), MADE(BROUGHT), MADE(BROUGHT),                                              \
          "set losses of earlier periods against a gain, and carry what is left")                  \
        X(OVERLAP, overlap, "overlap", 1, "42 CFR 510.305(k), 425.610(a)(6)",                      \
          0, 0, 0,                                                                                 \
          "take off, or add, what is settled elsewhere for the same care, or another amount")      \
        X(POOL, pool, "pool", 1, "contract: pooled panels",                                        \
          MADE(AMOUNT), MADE(POOLED), MADE(POOLED),                                                \
          "say what of the amount falls to each member of the pool, to the cent")                  \
        X(PAYEE, payee, "payee", 1, "contract: payees",                                            \
          0, 0, 0,                                                                                 \
          "name one of those among whom the payment is divided")                                   \
        X(POST, post, "post", 1, "42 CFR 425.605(e), (f)",                                         \
          MADE(AMOUNT), MADE(POSTED), 0,                                                           \
          "round once, and say what is earned and what is paid, and to whom")

#define PARAMS_PAY(X)                                                                              \
        X(SEQUESTER, bands, BANDS, REQUIRED, 0, 1, 0, NULL, DATE,                                  \
          "the rate by the day of payment")                                                        \
        X(SEQUESTER, on, WORD, OPTIONAL, 0, 0, 0, "gain|loss|both", NONE,                          \
          "what is reduced")                                                                       \
        X(SEQUESTER, base, WORD, OPTIONAL, 0, 0, 0, "amount|generated", NONE,                      \
          "whether the amount is reduced, or the savings and losses before they are shared")       \
        X(RELIEF, basis, WORD, OPTIONAL, 0, 0, 0, "amount|share", NONE,                            \
          "whether the relief is reported in money, or as shares of months and of people")         \
        X(RELIEF, full_year, FLAG, OPTIONAL, 0, 1, 1, NULL, NONE,                                  \
          "an amount is for twelve months and counts for the period's months")                     \
        X(PRORATE, on, WORD, OPTIONAL, 0, 0, 0, "both|gain|loss", NONE,                            \
          "what is reduced to the period's months")                                                \
        X(PRORATE, of_months, COUNT, OPTIONAL, 1, 120, 12, NULL, NONE,                             \
          "the months of a whole period")                                                          \
        X(FEE, flat, CENTS, OPTIONAL, 0, MONEY_MAX, 0, NULL, NONE,                                 \
          "a fixed amount for the period")                                                         \
        X(FEE, pmpm, CENTS, OPTIONAL, 0, PMPM_MAX, 0, NULL, NONE,                                  \
          "an amount per member and month")                                                        \
        X(FEE, category, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                      \
          "the tier, or the fee's own name: the item of its member months, base and payments")     \
        X(FEE, each, CENTS, OPTIONAL, 0, PER_CAPITA_MAX, 0, NULL, NONE,                            \
          "an amount for each person who met the measure")                                         \
        X(FEE, measure, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                       \
          "that measure's key, the item of its facts")                                             \
        X(FEE, share, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                         \
          "a part of the base")                                                                    \
        X(FEE, base, WORD, OPTIONAL, 0, 0, 0,                                                      \
          "none|benchmark|expenditure|revenue|premium|upstream|reported", NONE,                    \
          "of what; upstream: amounts of other contracts' statements; reported: the fee's own")    \
        X(FEE, at_risk, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                       \
          "the part of the fee that is earned by quality")                                         \
        X(FEE, by, WORD, OPTIONAL, 0, 0, 0, "quality|measure|table", NONE,                         \
          "what earns it: the quality score, one measure's score, or a table by quality score")    \
        X(FEE, measure_score, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                 \
          "the measure whose score earns it")                                                      \
        X(FEE, bands, BANDS, OPTIONAL, -1, 2, 0, NULL, SHARE,                                      \
          "the part that is earned, by score, of a measure too; below zero it is owed")            \
        X(FEE, prepaid, WORD, OPTIONAL, 0, 0, 0, "none|all|reported", NONE,                        \
          "what of the fee was paid before: nothing, all of it, or as reported")                   \
        X(ADVANCE, most, RATE, OPTIONAL, 0, 1, 1, NULL, NONE,                                      \
          "the most that is recouped, of what is earned")                                          \
        X(ADVANCE, paid, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                      \
          "advances paid in the period are reported, and add to those carried")                    \
        X(ADVANCE, forgiven, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                  \
          "advances may be forgiven, which is reported")                                           \
        X(CARRY_FORWARD, losses, WORD, OPTIONAL, 0, 0, 0, "carry|pay", NONE,                       \
          "whether a loss is carried to the next period, or paid")                                 \
        X(OVERLAP, item, WORD, REQUIRED, 0, 0, 0, NULL, NONE,                                      \
          "the name of the amount, the item of its fact")                                          \
        X(OVERLAP, kind, WORD, OPTIONAL, 0, 0, 0, "overlap|other", NONE,                           \
          "what another programme settles for the same care, or any other amount")                 \
        X(OVERLAP, from, WORD, OPTIONAL, 0, 0, 0, "amount|benchmark|expenditure", NONE,            \
          "what it changes")                                                                       \
        X(OVERLAP, sign, WORD, OPTIONAL, 0, 0, 0, "subtract|add", NONE,                            \
          "whether it is taken off or added")                                                      \
        X(OVERLAP, need, WORD, OPTIONAL, 0, 0, 0, "if_reported|always", NONE,                      \
          "whether not reported means there is none, or that it is missing")                       \
        X(POOL, basis, WORD, OPTIONAL, 0, 0, 0,                                                    \
          "savings|benchmark|member_months|head_count|score|equal", NONE,                          \
          "what members' parts go by; savings: of a loss, their own losses")                       \
        X(POOL, scope, WORD, OPTIONAL, 0, 0, 0, "members|payers", NONE,                            \
          "whether members of one payer's contract are pooled, or payers")                         \
        X(POOL, legal_basis, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                  \
          "what allows payers to pool, by the name under which it is recorded")                    \
        X(POOL, least_members, COUNT, OPTIONAL, 0, CATEGORIES_MAX, 0, NULL, NONE,                  \
          "with fewer members nothing is settled")                                                 \
        X(PAYEE, party, WORD, REQUIRED, 0, 0, 0, NULL, NONE,                                       \
          "who is paid, or pays")                                                                  \
        X(PAYEE, weight, COUNT, OPTIONAL, 1, WEIGHT_MAX, 1, NULL, NONE,                            \
          "its part, by all payees' weights")                                                      \
        X(POST, unit, WORD, OPTIONAL, 0, 0, 0, "cent|dollar", NONE,                                \
          "what the result is rounded to")                                                         \
        X(POST, rounding, WORD, OPTIONAL, 0, 0, 0,                                                 \
          "half_away|half_up|half_even|toward_zero", NONE,                                         \
          "how: halves away from zero, up, to even; or cut off")                                   \
        X(POST, least_payment, CENTS, OPTIONAL, 0, MONEY_MAX, 0, NULL, NONE,                       \
          "less than this, either way, is not paid but carried to the next period")

#define WANTS_PAY(X)                                                                               \
        X(FEE, by, measure, measure_score)                                                         \
        X(FEE, by, table, bands)                                                                   \
        X(POOL, scope, payers, legal_basis)

#define NEEDS_PAY(X)                                                                               \
        X(SEQUESTER, base, "amount", AMOUNT)                                                       \
        X(SEQUESTER, base, "generated", GENERATED)                                                 \
        X(FEE, at_risk by, "+ quality", QUALITY)                                                   \
        X(FEE, at_risk by, "+ table", QUALITY)                                                     \
        X(FEE, base, "benchmark", BENCHMARK)                                                       \
        X(FEE, base, "expenditure", EXPENDITURE)                                                   \
        X(OVERLAP, from, "amount", AMOUNT)                                                         \
        X(OVERLAP, from, "benchmark", BENCHMARK)                                                   \
        X(OVERLAP, from, "expenditure", EXPENDITURE)                                               \
        X(POOL, basis, "savings", SAVINGS)                                                         \
        X(POOL, basis, "benchmark", BENCHMARK)                                                     \
        X(POOL, basis, "head_count", PANEL)

#define MAKES_PAY(X)

#define BARS_PAY(X)                                                                                \
        X(SEQUESTER, base, "generated", SHARED)                                                    \
        X(OVERLAP, from, "benchmark", SAVINGS)                                                     \
        X(OVERLAP, from, "expenditure", SAVINGS)

#define READS_PAY(X)                                                                               \
        X(RELIEF, DISASTER_RELIEF, IF_SO, "basis", "amount", "")                                   \
        X(RELIEF, DISASTER_MONTHS_SHARE, IF_SO, "basis", "share", "")                              \
        X(RELIEF, DISASTER_MEMBER_SHARE, IF_SO, "basis", "share", "")                              \
        X(FEE, MEMBER_MONTHS, ALWAYS, "pmpm", "+", "category")                                     \
        X(FEE, MEASURE_NUMERATOR, ALWAYS, "each", "+", "measure")                                  \
        X(FEE, PARTICIPANT_REVENUE, ALWAYS, "base", "revenue", "")                                 \
        X(FEE, PREMIUM_REVENUE, ALWAYS, "base", "premium", "")                                     \
        X(FEE, UPSTREAM_AMOUNT, ALWAYS, "base", "upstream", "?")                                   \
        X(FEE, FEE_BASE, ALWAYS, "base", "reported", "category")                                   \
        X(FEE, MEASURE_SCORE, WHEN_IT_MATTERS, "by", "measure", "measure_score")                   \
        X(FEE, FEE_PAID, ALWAYS, "prepaid", "reported", "category")                                \
        X(ADVANCE, ADVANCE_BALANCE, ALWAYS, "paid", "-", "")                                       \
        X(ADVANCE, ADVANCE_BALANCE, IF_SO, "", "", "")                                             \
        X(ADVANCE, ADVANCE_PAID, ALWAYS, "paid", "+", "")                                          \
        X(ADVANCE, ADVANCE_FORGIVEN, IF_SO, "forgiven", "+", "")                                   \
        X(OVERLAP, OVERLAP_AMOUNT, IF_SO, "kind need", "overlap if_reported", "item")              \
        X(OVERLAP, OVERLAP_AMOUNT, ALWAYS, "kind need", "overlap always", "item")                  \
        X(OVERLAP, OTHER_AMOUNT, IF_SO, "kind need", "other if_reported", "item")                  \
        X(OVERLAP, OTHER_AMOUNT, ALWAYS, "kind need", "other always", "item")                      \
        X(POOL, POOL_SCORE, ALWAYS, "basis", "score", "*")

#define LINES_PAY(X)                                                                               \
        LINES_REDUCE(X)                                                                            \
        LINES_PAYMENT(X)

#endif
