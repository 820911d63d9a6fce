/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of the steps that change an amount on its way to payment; core/lines.h says what the
 * columns are.
 */
#ifndef ACCORD_CORE_STEPS_REDUCE_LINES_H
#define ACCORD_CORE_STEPS_REDUCE_LINES_H

#define LINES_REDUCE(X)                                                                            \
        X(SEQUESTRATION_RATE, "sequestration_rate", 26, RATE, NONE,                                \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "the reduction in force on the day of payment",                                          \
          "table(run.payment, terms.bands) | 0")                                                   \
        X(SEQUESTERED, "sequestered", 27, CENTS, NONE,                                             \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "what sequestration takes",                                                              \
          "amount * sequestration_rate | generated * sequestration_rate")                          \
        X(AFTER_SEQUESTRATION, "after_sequestration", 28, CENTS, AMOUNT,                           \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "what is left after sequestration",                                                      \
          "amount - sequestered")                                                                  \
        X(RELIEF_SHARE, "relief_share", 33, RATE, NONE,                                            \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "share of months times share of people under a disaster, to nine decimals",              \
          "decimals(disaster_months_share * disaster_member_share, 9) | 0")                        \
        X(RELIEF, "relief", 34, CENTS, NONE,                                                       \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "what disaster relief takes off the amount owed",                                        \
          "-amount * relief_share | min(disaster_relief, -amount)"                                 \
          " | min(disaster_relief * months / 12, -amount) | 0")                                    \
        X(AFTER_RELIEF, "after_relief", 35, CENTS, AMOUNT,                                         \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "what is left after disaster relief",                                                    \
          "amount + relief")                                                                       \
        X(MONTHS, "months", 36, COUNT, NONE,                                                       \
          "42 CFR 425.609(b), 425.221(b)",                                                         \
          "months of the period",                                                                  \
          "run.months")                                                                            \
        X(PRORATED, "prorated", 37, CENTS, AMOUNT,                                                 \
          "42 CFR 425.609(b), 425.221(b)",                                                         \
          "what is left for the months that count",                                                \
          "amount * months / terms.of_months | amount")                                            \
        X(ADVANCE_BALANCE, "advance_balance", 42, CENTS, NONE,                                     \
          "42 CFR 425.630(g)",                                                                     \
          "advances not recouped before this run; nothing where none was carried or reported",     \
          "0")                                                                                     \
        X(RECOUPED, "recouped", 43, CENTS, RECOUPED,                                               \
          "42 CFR 425.630(g)",                                                                     \
          "advances recouped from what is earned",                                                 \
          "min(max(amount, 0) * terms.most, advances_open)")                                       \
        X(ADVANCE_LEFT, "advance_balance_left", 44, CENTS, NONE,                                   \
          "42 CFR 425.630(g)",                                                                     \
          "advances that a later period recoups",                                                  \
          "advances_open - recouped")                                                              \
        X(DEFICIT_LEFT, "deficit_left", 320, CENTS, NONE,                                          \
          "contract: losses carried forward",                                                      \
          "losses that a later period's gains are set against",                                    \
          "cents(deficit_brought_forward) - deficit_set_off + max(-amount, 0)"                     \
          " | cents(deficit_brought_forward) - deficit_set_off")                                   \
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
          "")                                                                                      \
        X(SEQUESTRATION_APPLIES, "sequestration_applies", 325, FLAG, NONE,                         \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "it is of the sign that is sequestered",                                                 \
          "amount > 0 | amount < 0 | not (amount = 0) | generated > 0 | generated < 0"             \
          " | not (generated = 0)")                                                                \
        X(GENERATED_SEQUESTERED, "generated_after_sequestration", 326, CENTS, GENERATED,           \
          "2 U.S.C. 901a, 906(d)",                                                                 \
          "what is left of savings or losses after sequestration",                                 \
          "generated - sequestered")                                                               \
        X(RELIEF_APPLIES, "relief_applies", 327, FLAG, NONE,                                       \
          "42 CFR 425.605(f), 425.610(i)",                                                         \
          "something is owed that could be relieved",                                              \
          "amount < 0")                                                                            \
        X(PRORATION_APPLIES, "proration_applies", 328, FLAG, NONE,                                 \
          "42 CFR 425.609(b), 425.221(b)",                                                         \
          "it is of the sign that is prorated, and the period is not whole",                       \
          "amount > 0 and months < terms.of_months"                                                \
          " | amount < 0 and months < terms.of_months"                                             \
          " | not (amount = 0) and months < terms.of_months")                                      \
        X(ADVANCE_PAID, "advance_paid", 339, CENTS, NONE,                                          \
          "42 CFR 425.630(g)",                                                                     \
          "advances paid in the period",                                                           \
          "")                                                                                      \
        X(ADVANCE_FORGIVEN, "advance_forgiven", 340, CENTS, NONE,                                  \
          "42 CFR 425.630(g)",                                                                     \
          "advances that need not be paid back",                                                   \
          "")                                                                                      \
        X(ADVANCES_OPEN, "advances_open", 341, CENTS, NONE,                                        \
          "42 CFR 425.630(g)",                                                                     \
          "advances to recoup, to the cent",                                                       \
          "cents(advance_balance) | cents(advance_balance) + advance_paid"                         \
          " | max(cents(advance_balance) - advance_forgiven, 0)"                                   \
          " | max(cents(advance_balance) + advance_paid - advance_forgiven, 0)")                   \
        X(DEFICIT, "deficit_brought_forward", 345, CENTS, NONE,                                    \
          "contract: losses carried forward",                                                      \
          "losses of earlier periods; nothing where none was carried",                             \
          "0")                                                                                     \
        X(DEFICIT_SET_OFF, "deficit_set_off", 346, CENTS, NONE,                                    \
          "contract: losses carried forward",                                                      \
          "what of them the gain makes good",                                                      \
          "min(max(amount, 0), cents(deficit_brought_forward))")                                   \
        X(AFTER_DEFICIT, "after_deficit", 347, CENTS, AMOUNT,                                      \
          "contract: losses carried forward",                                                      \
          "what is left of the gain; a loss that is carried leaves nothing",                       \
          "max(amount, 0) - deficit_set_off | amount - deficit_set_off")                           \
        X(OVERLAP, "overlap_amount", 348, CENTS, NONE,                                             \
          "42 CFR 510.305(k), 425.610(a)(6)",                                                      \
          "what is settled elsewhere for the same care, or another amount",                        \
          "")                                                                                      \
        X(AFTER_OVERLAP, "after_overlap", 349, CENTS, AMOUNT,                                      \
          "42 CFR 510.305(k), 425.610(a)(6)",                                                      \
          "the amount with it; as it was where nothing was reported",                              \
          "amount | amount - overlap_amount | amount + overlap_amount")                            \
        X(BENCHMARK_OVERLAP, "benchmark_after_overlap", 350, CENTS, BENCHMARK,                     \
          "42 CFR 510.305(k), 425.610(a)(6)",                                                      \
          "the benchmark with it; as it was where nothing was reported",                           \
          "benchmark | benchmark - overlap_amount | benchmark + overlap_amount")                   \
        X(EXPENDITURE_OVERLAP, "expenditure_after_overlap", 351, CENTS, EXPENDITURE,               \
          "42 CFR 510.305(k), 425.610(a)(6)",                                                      \
          "the expenditure with it; as it was where nothing was reported",                         \
          "expenditure | expenditure - overlap_amount | expenditure + overlap_amount")

#endif
