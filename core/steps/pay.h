/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a shared amount to what is paid: reductions, fees, advances, pools, payees, rounding.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_PAY_H
#define ACCORD_CORE_STEPS_PAY_H

#define KINDS_PAY(X)                                                                               \
        X(SEQUESTER, sequester, "sequester", 1, "2 U.S.C. 901a, 906(d)",                           \
          MADE(AMOUNT), MADE(SEQUESTERED), MADE(SEQUESTERED),                                      \
          "reduce by the rate in force on the day of payment")                                     \
        X(RELIEF, relief, "relief", 1, "42 CFR 425.605(f), 425.610(i)",                            \
          MADE(AMOUNT), 0, 0,                                                                      \
          "take disaster relief off what is owed")                                                 \
        X(PRORATE, prorate, "prorate", 1, "42 CFR 425.609(b), 425.221(b)",                         \
          MADE(AMOUNT), 0, 0,                                                                      \
          "keep the part of the period's months")                                                  \
        X(FEE, fee, "fee", 1, "contract: care management fee",                                     \
          0, MADE(AMOUNT), 0,                                                                      \
          "add a fee: per member and month, flat, or both; part of it at the risk of quality")     \
        X(ADVANCE, advance, "advance", 1, "42 CFR 425.630(g)",                                     \
          MADE(AMOUNT), MADE(RECOUPED), MADE(RECOUPED),                                            \
          "recoup advances from what is earned and carry the rest")                                \
        X(POST, post, "post", 1, "42 CFR 425.605(e), (f)",                                         \
          MADE(AMOUNT), MADE(POSTED), 0,                                                           \
          "round once, and say what is earned and what is paid")

#define PARAMS_PAY(X)                                                                              \
        X(SEQUESTER, bands, BANDS, REQUIRED, 0, 1, 0, NULL, DATE,                                  \
          "the rate by the day of payment")                                                        \
        X(SEQUESTER, on, WORD, OPTIONAL, 0, 0, 0, "gain|loss|both", NONE,                          \
          "what is reduced")                                                                       \
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
        X(FEE, at_risk, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                                       \
          "the part of the fee that is earned by quality")                                         \
        X(POST, unit, WORD, OPTIONAL, 0, 0, 0, "cent|dollar", NONE,                                \
          "what the result is rounded to")                                                         \
        X(POST, rounding, WORD, OPTIONAL, 0, 0, 0,                                                 \
          "half_away|half_up|half_even|toward_zero", NONE,                                         \
          "how: halves away from zero, up, to even; or cut off")

#define WANTS_PAY(X)

#define NEEDS_PAY(X)                                                                               \
        X(FEE, at_risk, "", QUALITY)

#define READS_PAY(X)                                                                               \
        X(RELIEF, DISASTER_RELIEF, IF_SO, "basis", "amount", "")                                   \
        X(RELIEF, DISASTER_MONTHS_SHARE, IF_SO, "basis", "share", "")                              \
        X(RELIEF, DISASTER_MEMBER_SHARE, IF_SO, "basis", "share", "")                              \
        X(FEE, MEMBER_MONTHS, ALWAYS, "pmpm", "+", "")                                             \
        X(ADVANCE, ADVANCE_BALANCE, ALWAYS, "", "", "")

#define LINES_PAY(X)                                                                               \
        X(SEQUESTRATION_RATE, "sequestration_rate", 26, RATE, NONE,                                \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "the reduction in force on the day of payment",                                          \
          "")                                                                                      \
        X(SEQUESTERED, "sequestered", 27, CENTS, NONE,                                             \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "what sequestration takes",                                                              \
          "amount * sequestration_rate")                                                           \
        X(AFTER_SEQUESTRATION, "after_sequestration", 28, CENTS, AMOUNT,                           \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "what is left after sequestration",                                                      \
          "amount - sequestered")                                                                  \
        X(RELIEF_SHARE, "relief_share", 33, RATE, NONE,                                            \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "share of months times share of people under a disaster, to nine decimals",              \
          "")                                                                                      \
        X(RELIEF, "relief", 34, CENTS, NONE,                                                       \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "what disaster relief takes off the amount owed",                                        \
          "")                                                                                      \
        X(AFTER_RELIEF, "after_relief", 35, CENTS, AMOUNT,                                         \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "what is left after disaster relief",                                                    \
          "amount + relief")                                                                       \
        X(MONTHS, "months", 36, COUNT, NONE,                                                       \
          "42 CFR 425.609(b), 425.221(b)",                                                         \
          "months of the period that count",                                                       \
          "")                                                                                      \
        X(PRORATED, "prorated", 37, CENTS, AMOUNT,                                                 \
          "42 CFR 425.609(b), 425.221(b)",                                                         \
          "what is left for the months that count",                                                \
          "")                                                                                      \
        X(MEMBER_MONTHS, "member_months", 38, COUNT, MONTHS,                                       \
          "contract: care management fee",                                                         \
          "months in which members were attributed",                                               \
          "")                                                                                      \
        X(FEE_DUE, "fee_at_most", 39, CENTS, NONE,                                                 \
          "contract: care management fee",                                                         \
          "the fee before any part at risk is lost",                                               \
          "")                                                                                      \
        X(FEE, "fee", 40, CENTS, NONE,                                                             \
          "contract: care management fee",                                                         \
          "the fee that is earned, to the cent",                                                   \
          "")                                                                                      \
        X(WITH_FEE, "with_fee", 41, CENTS, AMOUNT,                                                 \
          "contract: care management fee",                                                         \
          "the amount with the fee",                                                               \
          "amount + fee")                                                                          \
        X(ADVANCE_BALANCE, "advance_balance", 42, CENTS, NONE,                                     \
          "42 CFR 425.630(g)",                                                                     \
          "advances not recouped before this run",                                                 \
          "")                                                                                      \
        X(RECOUPED, "recouped", 43, CENTS, RECOUPED,                                               \
          "42 CFR 425.630(g)",                                                                     \
          "advances recouped from what is earned",                                                 \
          "min(max(amount, 0), advance_balance)")                                                  \
        X(ADVANCE_LEFT, "advance_balance_left", 44, CENTS, NONE,                                   \
          "42 CFR 425.630(g)",                                                                     \
          "advances that a later period recoups",                                                  \
          "advance_balance - recouped")                                                            \
        X(EARNED, "earned", 45, CENTS, NONE,                                                       \
          "42 CFR 425.604(d), 425.605(d), 425.610(d), (f)",                                        \
          "what is earned, or owed when negative, after the only rounding",                        \
          "")                                                                                      \
        X(PAYABLE, "payable", 46, CENTS, NONE,                                                     \
          "42 CFR 425.605(e), 425.630(g)",                                                         \
          "what is paid: earned less advances recouped",                                           \
          "")                                                                                      \
        X(DEFICIT_LEFT, "deficit_left", 320, CENTS, NONE,                                          \
          "contract: losses carried forward",                                                      \
          "losses that a later period's gains are set against",                                    \
          "")                                                                                      \
        X(UNPAID, "unpaid", 321, CENTS, NONE,                                                      \
          "contract: least payment",                                                               \
          "too little to be paid by itself: it is carried to the next period",                     \
          "")                                                                                      \
        X(RELIEF_REPORTED, "disaster_relief", 322, CENTS, NONE,                                    \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "disaster relief, as reported",                                                          \
          "")                                                                                      \
        X(RELIEF_MONTHS, "disaster_months_share", 323, RATE, NONE,                                 \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "share of the months under a disaster",                                                  \
          "")                                                                                      \
        X(RELIEF_MEMBERS, "disaster_member_share", 324, RATE, NONE,                                \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "share of the people in the disaster area",                                              \
          "")

#endif
