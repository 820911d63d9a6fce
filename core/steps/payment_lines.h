/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of fees, pools, payees and the payment; core/lines.h says what the columns are. */
#ifndef ACCORD_CORE_STEPS_PAYMENT_LINES_H
#define ACCORD_CORE_STEPS_PAYMENT_LINES_H

#define LINES_PAYMENT(X)                                                                           \
        X(MEMBER_MONTHS, "member_months", 38, COUNT, MONTHS,                                       \
          "contract: care management fee",                                                         \
          "months in which members were attributed",                                               \
          "")                                                                                      \
        X(FEE_DUE, "fee_at_most", 39, CENTS, NONE,                                                 \
          "contract: care management fee",                                                         \
          "the fee before any part at risk is lost",                                               \
          "fee_so_far")                                                                            \
        X(FEE, "fee", 40, CENTS, NONE,                                                             \
          "contract: care management fee",                                                         \
          "the fee that is earned, to the cent",                                                   \
          "cents(fee_at_most)"                                                                     \
          " | cents(fee_at_most * (1 - terms.at_risk + terms.at_risk * fee_factor))")              \
        X(WITH_FEE, "with_fee", 41, CENTS, AMOUNT,                                                 \
          "contract: care management fee",                                                         \
          "the amount with the fee, less what of the fee was paid before",                         \
          "amount + fee | amount + fee - fee_prepaid")                                             \
        X(EARNED, "earned", 45, CENTS, NONE,                                                       \
          "42 CFR 425.604(d), 425.605(d), 425.610(d), (f)",                                        \
          "what is earned, or owed when negative, after the only rounding",                        \
          "rounded(amount, terms.unit, terms.rounding)")                                           \
        X(PAYABLE, "payable", 46, CENTS, NONE,                                                     \
          "42 CFR 425.605(e), 425.630(g)",                                                         \
          "what is paid: earned less advances recouped",                                           \
          "rounded(amount - recouped, terms.unit, terms.rounding) | due | 0")                      \
        X(UNPAID, "unpaid", 321, CENTS, NONE,                                                      \
          "contract: least payment",                                                               \
          "too little to be paid by itself: it is carried to the next period",                     \
          "due")                                                                                   \
        X(FEE_SO_FAR, "fee_so_far", 329, CENTS, NONE,                                              \
          "contract: care management fee",                                                         \
          "the fee, part by part: flat, by months, by people, of its base",                        \
          "terms.flat | fee_so_far + terms.pmpm * member_months"                                   \
          " | fee_so_far + terms.pmpm * member_months_of_category"                                 \
          " | fee_so_far + terms.each * fee_count"                                                 \
          " | fee_so_far + cents(terms.share * fee_base)")                                         \
        X(FEE_BASE, "fee_base", 330, CENTS, NONE,                                                  \
          "contract: care management fee",                                                         \
          "what the fee is a part of",                                                             \
          "benchmark | expenditure | sum(upstream_amount) | fee_base_of_category")                 \
        X(FEE_COUNT, "fee_count", 331, COUNT, NONE,                                                \
          "contract: pay for performance",                                                         \
          "people who met the measure, each of whom is paid for",                                  \
          "")                                                                                      \
        X(UPSTREAM, "upstream_amount", 332, CENTS, NONE,                                           \
          "contract: amounts passed on",                                                           \
          "an amount of another contract's statement",                                             \
          "")                                                                                      \
        X(FEE_BASE_OF, "fee_base_of_category", 333, CENTS, NONE,                                   \
          "contract: care management fee",                                                         \
          "what the category's fee is a part of, as reported",                                     \
          "")                                                                                      \
        X(FEE_SCORE, "fee_score", 334, RATE, NONE,                                                 \
          "contract: care management fee",                                                         \
          "the measure's score that decides about the part at risk",                               \
          "measure_score")                                                                         \
        X(FEE_FACTOR, "fee_factor", 335, RATE, NONE,                                               \
          "contract: care management fee",                                                         \
          "what of the part at risk is earned; from a table to nine decimals",                     \
          "quality | fee_score | decimals(table(quality, terms.bands), 9)"                         \
          " | decimals(table(fee_score, terms.bands), 9)")                                         \
        X(FEE_PREPAID, "fee_prepaid", 336, CENTS, NONE,                                            \
          "contract: fees paid ahead",                                                             \
          "what of the fee was paid before",                                                       \
          "cents(fee_at_most) | fee_prepaid_of_category")                                          \
        X(FEE_PREPAID_OF, "fee_prepaid_of_category", 337, CENTS, NONE,                             \
          "contract: fees paid ahead",                                                             \
          "what of the category's fee was paid before, as reported",                               \
          "")                                                                                      \
        X(MONTHS_OF_CATEGORY, "member_months_of_category", 338, COUNT, MONTHS,                     \
          "contract: care management fee",                                                         \
          "months in which members of the category were attributed",                               \
          "")                                                                                      \
        X(DUE, "due", 342, CENTS, NONE,                                                            \
          "contract: least payment",                                                               \
          "what is to be paid, with what was too little before",                                   \
          "rounded(amount - recouped, terms.unit, terms.rounding)"                                 \
          " | rounded(amount - recouped, terms.unit, terms.rounding) +"                            \
          " cents(unpaid_brought_forward)")                                                        \
        X(LEAST_REACHED, "least_payment_reached", 343, FLAG, NONE,                                 \
          "contract: least payment",                                                               \
          "it is enough to be paid",                                                               \
          "max(due, -due) >= terms.least_payment")                                                 \
        X(UNPAID_BROUGHT, "unpaid_brought_forward", 344, CENTS, NONE,                              \
          "contract: least payment",                                                               \
          "what was too little to be paid in the period before",                                   \
          "")                                                                                      \
        X(POOL_AMOUNT, "pool_amount", 352, CENTS, AMOUNT,                                          \
          "contract: pooled panels",                                                               \
          "what the pool divides among its members, to the cent",                                  \
          "cents(amount)")                                                                         \
        X(POOL_SCORE, "pool_score", 353, RATE, NONE,                                               \
          "contract: pooled panels",                                                               \
          "a member's score",                                                                      \
          "")                                                                                      \
        X(POOL_WEIGHT, "pool_weight", 354, COUNT, NONE,                                            \
          "contract: pooled panels",                                                               \
          "what a member's part goes by, in whole cents, people, or billionths; at least nothing", \
          "max(cents(savings), 0) | max(-cents(savings), 0) | max(cents(benchmark), 0)"            \
          " | months_of_members | panel | decimals(pool_score, 9) * 1000000000 | 1")               \
        X(POOL_MEMBERS, "pool_members", 355, COUNT, NONE,                                          \
          "contract: pooled panels",                                                               \
          "members of the pool",                                                                   \
          "sum(pool_weight >= 0)")                                                                 \
        X(POOL_SHARE, "pool_share", 356, CENTS, NONE,                                              \
          "contract: pooled panels",                                                               \
          "what falls to the member: largest remainder",                                           \
          "portion(pool_amount, pool_weight) | 0")                                                 \
        X(PAYEE_WEIGHT, "payee_weight", 357, COUNT, NONE,                                          \
          "contract: payees",                                                                      \
          "what a payee's part goes by",                                                           \
          "terms.weight")                                                                          \
        X(PAYEE_SHARE, "payee_share", 358, CENTS, NONE,                                            \
          "contract: payees",                                                                      \
          "what the payee is paid, or pays: largest remainder",                                    \
          "portion(payable, payee_weight)")                                                        \
        X(POOL_LARGE_ENOUGH, "pool_large_enough", 359, FLAG, NONE,                                 \
          "contract: pooled panels",                                                               \
          "it has members enough",                                                                 \
          "pool_members >= terms.least_members")

#endif
