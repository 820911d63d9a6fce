/* SPDX-License-Identifier: Apache-2.0 */
/* The table of the kinds of facts; core/fact.h makes of it what others use. */
#ifndef ACCORD_CORE_FACT_KINDS_H
#define ACCORD_CORE_FACT_KINDS_H

/*
 * The kinds of facts. Numbers are wire format. @least and @most bound the value: cents, a count, or
 * for a RATE the whole-number bounds of num/den. Sources: reference figures are those of 42 CFR
 * part 425 where not said otherwise.
 *
 * Each row: code, name, number, unit, least, most, scopes, whose it is where terms do not say,
 * what it is.
 */
#define FACT_KINDS(X)                                                                              \
        X(HEAD_COUNT, "head_count", 1, COUNT, 0, COUNT_MAX, C, BEARER,                             \
          "assigned or attributed people, a head count")                                           \
        X(PERSON_YEARS, "person_years", 2, RATE, 0, 1000000000, C, BEARER,                         \
          "person-years of the assigned people")                                                   \
        X(MEMBER_MONTHS, "member_months", 3, COUNT, 0, COUNT_MAX, C, BEARER,                       \
          "months in which a member was attributed")                                               \
        X(EXPENDITURE, "expenditure", 4, CENTS, -MONEY_MAX, MONEY_MAX, C, BEARER,                  \
          "total expenditure of the period; reversals and rebates may make it negative")           \
        X(BENCHMARK, "benchmark", 5, CENTS, 0, MONEY_MAX, C, BEARER,                               \
          "total updated benchmark of the period")                                                 \
        X(EXPENDITURE_PER_CAPITA, "expenditure_per_capita", 6, CENTS, -MONEY_MAX, MONEY_MAX,       \
          C, BEARER, "expenditure per person-year")                                                \
        X(BENCHMARK_PER_CAPITA, "benchmark_per_capita", 7, CENTS, 0, MONEY_MAX, C, BEARER,         \
          "updated benchmark per person-year")                                                     \
        X(BASELINE_PER_CAPITA, "baseline_per_capita", 8, CENTS, 0, MONEY_MAX, C, BEARER,           \
          "baseline or base-year amount per person-year")                                          \
        X(RISK_SCORE, "risk_score", 9, RATE, 0, 100, C, BEARER,                                    \
          "average risk score, 1 = the reference population")                                      \
        X(QUALITY_SCORE, "quality_score", 10, RATE, 0, 1, C, BEARER,                               \
          "quality score as a fraction of the most there is")                                      \
        X(QUALITY_STANDARD_MET, "quality_standard_met", 11, FLAG, 0, 1, C, BEARER,                 \
          "the quality performance standard is met")                                               \
        X(ALTERNATIVE_STANDARD_MET, "alternative_standard_met", 12, FLAG, 0, 1, C, BEARER,         \
          "only the alternative quality standard is met")                                          \
        X(QUALITY_REPORTING_ONLY, "quality_reporting_only", 13, FLAG, 0, 1, C, BEARER,             \
          "the year pays for reporting: the full rate holds")                                      \
        X(PARTICIPANT_REVENUE, "participant_revenue", 14, CENTS, 0, MONEY_MAX, C, BEARER,          \
          "participants' fee-for-service revenue, the base of revenue limits")                     \
        X(REVENUE_LIMIT_APPLIES, "revenue_limit_applies", 15, FLAG, 0, 1, C, BEARER,               \
          "the loss limit is taken from revenue")                                                  \
        X(LOW_REVENUE, "low_revenue", 16, FLAG, 0, 1, C, BEARER,                                   \
          "the earner is low revenue in the period")                                               \
        X(DISASTER_RELIEF, "disaster_relief", 17, CENTS, 0, MONEY_MAX, C, BEARER,                  \
          "disaster relief on losses, a full-year amount")                                         \
        X(DISASTER_MONTHS_SHARE, "disaster_months_share", 18, RATE, 0, 1, C, BEARER,               \
          "share of the period's months under a disaster")                                         \
        X(DISASTER_MEMBER_SHARE, "disaster_member_share", 19, RATE, 0, 1, C, BEARER,               \
          "share of the people who live in the disaster's area")                                   \
        X(GUARDRAIL_APPLIES, "guardrail_applies", 20, FLAG, 0, 1, C, BEARER,                       \
          "the update guardrail holds: gains are not paid")                                        \
        X(ADVANCE_BALANCE, "advance_balance", 21, CENTS, 0, MONEY_MAX, C, BEARER,                  \
          "advances not recouped yet, before this run")                                            \
        X(MEASURE_NUMERATOR, "measure_numerator", 22, COUNT, 0, COUNT_MAX, C, EARNER,              \
          "people who met the measure named by item")                                              \
        X(MEASURE_DENOMINATOR, "measure_denominator", 23, COUNT, 0, COUNT_MAX, C, EARNER,          \
          "people eligible for the measure")                                                       \
        X(ALL_SOURCE_REVENUE, "all_source_revenue", 24, CENTS, 0, MONEY_MAX, P, EARNER,            \
          "the party's revenue from all payers")                                                   \
        X(REFERENCE_AMOUNT, "reference_amount", 25, CENTS, -MONEY_MAX, MONEY_MAX, CM, NEITHER,     \
          "reference amount named by item")                                                        \
        X(REFERENCE_RATE, "reference_rate", 26, RATE, -1000, 1000, CM, NEITHER,                    \
          "reference rate or trend factor named by item")                                          \
        X(REDUCED_SHARING, "reduced_sharing", 27, FLAG, 0, 1, C, BEARER,                           \
          "sharing at the reduced rate below the minimum holds")                                   \
        X(EPISODES, "episodes", 28, COUNT, 0, COUNT_MAX, C, BEARER,                                \
          "episodes of care that count, by category")                                              \
        X(EPISODE_PRICE, "episode_price", 29, CENTS, 0, PER_CAPITA_MAX, C, BEARER,                 \
          "benchmark price of one episode, by category")                                           \
        X(BASE_PER_CAPITA, "base_per_capita", 30, CENTS, 0, PER_CAPITA_MAX, C, BEARER,             \
          "expenditure per person-year in a base year, which its period names")                    \
        X(REGIONAL_PER_CAPITA, "regional_per_capita", 31, CENTS, 0, PER_CAPITA_MAX, C, BEARER,     \
          "regional expenditure per person-year, at the risk of the panel")                        \
        X(NATIONAL_PER_CAPITA, "national_per_capita", 32, CENTS, 0, PER_CAPITA_MAX, C, BEARER,     \
          "national expenditure per person-year, the base of caps")                                \
        X(TREND_NATIONAL, "trend_national", 33, RATE, 0, 100, C, BEARER,                           \
          "national growth factor: from the base year its period names, or of the period")         \
        X(TREND_REGIONAL, "trend_regional", 34, RATE, 0, 100, C, BEARER,                           \
          "regional growth factor: from the base year its period names, or of the period")         \
        X(TREND_PROSPECTIVE, "trend_prospective", 35, RATE, 0, 100, C, BEARER,                     \
          "growth factor set before the agreement began")                                          \
        X(NATIONAL_WEIGHT, "national_weight", 36, RATE, 0, 1, C, BEARER,                           \
          "weight of the national in a blend with the regional")                                   \
        X(DEMOGRAPHIC_RISK_SCORE, "demographic_risk_score", 37, RATE, 0, 100, C, BEARER,           \
          "average risk score by age and sex alone")                                               \
        X(PRIOR_SAVINGS_PER_CAPITA, "prior_savings_per_capita", 38, CENTS,                         \
          -PER_CAPITA_MAX, PER_CAPITA_MAX, C, BEARER,                                              \
          "savings or losses per person-year in the base year its period names")                   \
        X(PRIOR_SAVINGS_PART, "prior_savings_part", 39, RATE, 0, 1, C, BEARER,                     \
          "share of the panel that counts for prior savings")                                      \
        X(ADJUSTMENT_PER_CAPITA, "adjustment_per_capita", 40, CENTS,                               \
          -PER_CAPITA_MAX, PER_CAPITA_MAX, C, BEARER,                                              \
          "another adjustment per person-year, named by item")                                     \
        X(BUDGET_ADJUSTMENT, "budget_adjustment", 41, CENTS, -MONEY_MAX, MONEY_MAX, C, BEARER,     \
          "an adjustment of a budget, named by item")                                              \
        X(PREMIUM_REVENUE, "premium_revenue", 42, CENTS, 0, MONEY_MAX, C, BEARER,                  \
          "premium revenue of the panel; restated by later sweeps")                                \
        X(COMPLETION_FACTOR, "completion_factor", 43, RATE, 0, 100, C, BEARER,                     \
          "what claims paid so far are multiplied with for those not paid yet")                    \
        X(STOPLOSS_CLAIM, "stoploss_claim", 44, CENTS, 0, MONEY_MAX, C, BEARER,                    \
          "one member's cost above nothing, under a token in item")                                \
        X(QUALITY_POINTS, "quality_points", 45, RATE, 0, 1000, C, BEARER,                          \
          "a quality score in points")                                                             \
        X(QUALITY_BONUS, "quality_bonus", 46, RATE, 0, 1, C, BEARER,                               \
          "a bonus to the quality score")                                                          \
        X(QUALITY_ADJUSTMENT, "quality_adjustment", 47, RATE, -1, 1, C, BEARER,                    \
          "by what part quality changes an amount")                                                \
        X(MEASURE_SCORE, "measure_score", 48, RATE, 0, 1, C, BEARER,                               \
          "the score of the measure named by item, as reported")                                   \
        X(MEASURE_BASELINE_RATE, "measure_baseline_rate", 49, RATE, 0, 1, C, BEARER,               \
          "the measure's rate that improvement starts from")                                       \
        X(PEERS, "peers", 50, COUNT, 0, COUNT_MAX, C, BEARER,                                      \
          "peers the measure is ranked among")                                                     \
        X(PEERS_BELOW, "peers_below", 51, COUNT, 0, COUNT_MAX, C, BEARER,                          \
          "peers that did worse in the measure")                                                   \
        X(PEERS_EQUAL, "peers_equal", 52, COUNT, 0, COUNT_MAX, C, BEARER,                          \
          "peers that did the same in the measure, oneself included")                              \
        X(RETAINED, "retained", 53, FLAG, 0, 1, C, BEARER,                                         \
          "the earner stayed past the day on which it could still leave")                          \
        X(FEE_BASE, "fee_base", 54, CENTS, 0, MONEY_MAX, C, BEARER,                                \
          "the payments a fee is a part of")                                                       \
        X(FEE_PAID, "fee_paid", 55, CENTS, 0, MONEY_MAX, C, BEARER,                                \
          "what of a fee was paid before")                                                         \
        X(ADVANCE_PAID, "advance_paid", 56, CENTS, 0, MONEY_MAX, C, BEARER,                        \
          "advances paid in the period")                                                           \
        X(ADVANCE_FORGIVEN, "advance_forgiven", 57, CENTS, 0, MONEY_MAX, C, BEARER,                \
          "advances that need not be paid back any more")                                          \
        X(OVERLAP_AMOUNT, "overlap_amount", 58, CENTS, -MONEY_MAX, MONEY_MAX, C, BEARER,           \
          "what another programme settles for the same care, named by item")                       \
        X(OTHER_AMOUNT, "other_amount", 59, CENTS, -MONEY_MAX, MONEY_MAX, C, BEARER,               \
          "another amount to be settled with this one, named by item")                             \
        X(UPSTREAM_AMOUNT, "upstream_amount", 60, CENTS, -MONEY_MAX, MONEY_MAX, C, BEARER,         \
          "an amount of another contract's statement; item says which: RUN:LINE")                  \
        X(ELECTION, "election", 61, RATE, 0, 1, C, EARNER,                                         \
          "what the earner chose for the agreement, named by item")                                \
        X(POOL_SCORE, "pool_score", 62, RATE, 0, 1000, C, BEARER,                                  \
          "weight of the pool's member named by item")                                             \
        X(EXPENDITURE_PMPM, "expenditure_pmpm", 63, CENTS, -PMPM_MAX, PMPM_MAX, C, BEARER,         \
          "expenditure per member and month")                                                      \
        X(BENCHMARK_PMPM, "benchmark_pmpm", 64, CENTS, 0, PMPM_MAX, C, BEARER,                     \
          "updated benchmark per member and month")                                                \
        X(UNIT_MEMBER_MONTHS, "unit_member_months", 65, COUNT, 0, COUNT_MAX, C, EARNER,            \
          "months in which a member was attributed to the care unit named by item")                \
        X(PAYER_REVENUE, "payer_revenue", 66, CENTS, 0, MONEY_MAX, C, EARNER,                      \
          "all that the bearer pays the earner for care, by whichever method")                     \
        X(UNIT_REVENUE, "unit_revenue", 67, CENTS, 0, MONEY_MAX, C, EARNER,                        \
          "all that the bearer pays the care unit named by item")

#endif
