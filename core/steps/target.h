/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What care was expected to cost in the period, and the savings against it.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_TARGET_H
#define ACCORD_CORE_STEPS_TARGET_H

#define KINDS_TARGET(X)                                                                            \
        X(TARGET, target, "target", 1, "42 CFR 425.601, 425.652",                                  \
          0, MADE(BENCHMARK), MADE(SAVINGS),                                                       \
          "total what it was expected to cost")                                                    \
        X(SAVINGS, savings, "savings", 1, "42 CFR 425.605(a)",                                     \
          MADE(EXPENDITURE) | MADE(BENCHMARK), MADE(SAVINGS), MADE(SAVINGS),                       \
          "take one from the other")                                                               \
        X(DISCOUNT, discount, "discount", 1, "CMS ACO REACH: discount; 42 CFR 510.300(c)",         \
          MADE(BENCHMARK), 0, MADE(SAVINGS),                                                       \
          "lower the benchmark by a part that the bearer keeps")                                   \
        X(WITHHOLD, withhold, "withhold", 1, "CMS ACO REACH: quality withhold",                    \
          0, 0, 0,                                                                                 \
          "hold a part back, and give back what quality, or staying, earns")

#define PARAMS_TARGET(X)                                                                           \
        X(TARGET, unit, WORD, OPTIONAL, 0, 0, 0,                                                   \
          "total|per_capita|pmpm|episode|premium|budget", NONE,                                    \
          "a total; per person-year, member and month, or episode; of the premium; the baseline")  \
        X(TARGET, source, WORD, OPTIONAL, 0, 0, 0, "reported|baseline|terms", NONE,                \
          "whether the amount is reported, the baseline as it stands, or given here")              \
        X(TARGET, by, WORD, OPTIONAL, 0, 0, 0, "whole|category", NONE,                             \
          "whether it is one figure, or one of each category counted before")                      \
        X(TARGET, category, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                   \
          "the one category this is the target of; steps of other categories add up")              \
        X(TARGET, amount, CENTS, OPTIONAL, 0, MONEY_MAX, NOTHING, NULL, NONE,                      \
          "the total, or the amount for each person-year, month or episode")                       \
        X(TARGET, rate, RATE, OPTIONAL, 0, 2, NOTHING, NULL, NONE,                                 \
          "the part of the premium")                                                               \
        X(TARGET, risk, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                       \
          "the amount is multiplied with the risk score")                                          \
        X(TARGET, decimals, COUNT, OPTIONAL, 2, 9, 6, NULL, NONE,                                  \
          "decimals of a dollar to which a computed amount per person is rounded")                 \
        X(TARGET, paid, WORD, OPTIONAL, 0, 0, 0, "retrospective|prospective", NONE,                \
          "whether care is paid as claimed and settled after, or before; changes no number")       \
        X(TARGET, condition, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                                  \
          "it is for the care of one condition, not all care; changes no number")                  \
        X(DISCOUNT, rate, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                               \
          "the part of the benchmark")                                                             \
        X(DISCOUNT, bands, BANDS, OPTIONAL, 0, 1, 0, NULL, SHARE,                                  \
          "the part by quality score")                                                             \
        X(WITHHOLD, rate, RATE, REQUIRED, 0, 1, 0, NULL, NONE,                                     \
          "the part that is held back")                                                            \
        X(WITHHOLD, base, WORD, OPTIONAL, 0, 0, 0, "benchmark|reported", NONE,                     \
          "of what: the benchmark, or payments that are reported")                                 \
        X(WITHHOLD, from, WORD, OPTIONAL, 0, 0, 0, "benchmark|payment", NONE,                      \
          "whether it lowers the benchmark, or payments made before, so that it is paid now")      \
        X(WITHHOLD, earnback, WORD, OPTIONAL, 0, 0, 0, "quality|retention|none", NONE,             \
          "what earns it back: the quality score, staying in the programme, or nothing")

#define WANTS_TARGET(X)                                                                            \
        X(TARGET, unit, premium, rate)                                                             \
        X(TARGET, source, terms, amount)

#define NEEDS_TARGET(X)                                                                            \
        X(TARGET, source, "baseline", BASELINE)                                                    \
        X(TARGET, unit, "budget", BASELINE)                                                        \
        X(DISCOUNT, bands, "", QUALITY)                                                            \
        X(WITHHOLD, base, "benchmark", BENCHMARK)                                                  \
        X(WITHHOLD, from, "benchmark", BENCHMARK)                                                  \
        X(WITHHOLD, earnback, "quality", QUALITY)

#define MAKES_TARGET(X)                                                                            \
        X(WITHHOLD, from, "payment", AMOUNT)

#define BARS_TARGET(X)                                                                             \
        X(WITHHOLD, from, "benchmark", SAVINGS)

#define READS_TARGET(X)                                                                            \
        X(TARGET, BENCHMARK, ALWAYS, "unit by source", "total whole reported", "category")         \
        X(TARGET, BENCHMARK, ALWAYS, "unit by source", "total category reported", "*")             \
        X(TARGET, BENCHMARK_PER_CAPITA, ALWAYS,                                                    \
          "unit by source", "per_capita whole reported", "category")                               \
        X(TARGET, BENCHMARK_PER_CAPITA, ALWAYS,                                                    \
          "unit by source", "per_capita category reported", "*")                                   \
        X(TARGET, PERSON_YEARS, UNCOUNTED, "unit by", "per_capita whole", "category")              \
        X(TARGET, PERSON_YEARS, UNCOUNTED, "unit by", "per_capita category", "*")                  \
        X(TARGET, BENCHMARK_PMPM, ALWAYS, "unit by source", "pmpm whole reported", "category")     \
        X(TARGET, BENCHMARK_PMPM, ALWAYS, "unit by source", "pmpm category reported", "*")         \
        X(TARGET, MEMBER_MONTHS, UNCOUNTED, "unit by", "pmpm whole", "category")                   \
        X(TARGET, MEMBER_MONTHS, UNCOUNTED, "unit by", "pmpm category", "*")                       \
        X(TARGET, EPISODE_PRICE, ALWAYS, "unit by source", "episode whole reported", "category")   \
        X(TARGET, EPISODE_PRICE, ALWAYS, "unit by source", "episode category reported", "*")       \
        X(TARGET, EPISODES, UNCOUNTED, "unit by", "episode whole", "category")                     \
        X(TARGET, EPISODES, UNCOUNTED, "unit by", "episode category", "*")                         \
        X(TARGET, PREMIUM_REVENUE, ALWAYS, "unit by", "premium whole", "category")                 \
        X(TARGET, PREMIUM_REVENUE, ALWAYS, "unit by", "premium category", "*")                     \
        X(TARGET, RISK_SCORE, ALWAYS, "risk by", "+ whole", "category")                            \
        X(TARGET, RISK_SCORE, ALWAYS, "risk by", "+ category", "*")                                \
        X(WITHHOLD, FEE_BASE, ALWAYS, "base", "reported", "")                                      \
        X(WITHHOLD, RETAINED, IF_SO, "earnback", "retention", "")

#define LINES_TARGET(X)                                                                            \
        X(BENCHMARK, "benchmark", 4, CENTS, BENCHMARK,                                             \
          "42 CFR 425.601, 425.652",                                                               \
          "what it was expected to cost: the updated benchmark",                                   \
          "cents(benchmark_per_capita * years) | cents(benchmark_pmpm * months_of_members)"        \
          " | cents(episode_price * episodes_counted) | sum(benchmark) | terms.amount"             \
          " | cents(premium_revenue * terms.rate) | cents(baseline)"                               \
          " | cents(benchmark * target_risk_score)")                                               \
        X(SAVINGS, "savings", 5, CENTS, SAVINGS,                                                   \
          "42 CFR 425.605(a)",                                                                     \
          "benchmark less expenditure; negative is a loss",                                        \
          "benchmark - expenditure")                                                               \
        X(SAVINGS_RATE, "savings_rate", 6, RATE, NONE,                                             \
          "42 CFR 425.605(b)",                                                                     \
          "savings as a share of the benchmark",                                                   \
          "savings / benchmark")                                                                   \
        X(BENCHMARK_EACH, "benchmark_per_capita", 140, CENTS, NONE,                                \
          "42 CFR 425.601, 425.652",                                                               \
          "what a person-year was expected to cost: the updated benchmark",                        \
          "terms.amount | decimals(baseline, terms.decimals - 2)"                                  \
          " | decimals(benchmark_per_capita * target_risk_score, terms.decimals - 2)"              \
          " | decimals(sum(benchmark_per_capita * years) / sum(years), terms.decimals - 2)")       \
        X(BENCHMARK_PMPM, "benchmark_pmpm", 141, CENTS, NONE,                                      \
          "CMS ACO REACH: financial settlement, benchmark per beneficiary and month",              \
          "what a member's month was expected to cost",                                            \
          "terms.amount | decimals(baseline, terms.decimals - 2)"                                  \
          " | decimals(benchmark_pmpm * target_risk_score, terms.decimals - 2)")                   \
        X(EPISODE_PRICE, "episode_price", 142, CENTS, NONE,                                        \
          "42 CFR 510.300(b)",                                                                     \
          "what an episode of care was expected to cost",                                          \
          "terms.amount | decimals(baseline, terms.decimals - 2)"                                  \
          " | decimals(episode_price * target_risk_score, terms.decimals - 2)")                    \
        X(TARGET_RISK, "target_risk_score", 143, RATE, NONE,                                       \
          "contract: risk adjustment",                                                             \
          "the risk score that the target is multiplied with",                                     \
          "")                                                                                      \
        X(PREMIUM_REVENUE, "premium_revenue", 144, CENTS, NONE,                                    \
          "contract: part of the premium",                                                         \
          "premium revenue of the panel",                                                          \
          "")                                                                                      \
        X(DISCOUNT_RATE, "discount_rate", 145, RATE, NONE,                                         \
          "CMS ACO REACH: discount; 42 CFR 510.300(c)",                                            \
          "the part of the benchmark that the bearer keeps",                                       \
          "terms.rate | table(quality, bands)")                                                    \
        X(DISCOUNTED, "benchmark_discounted", 146, CENTS, BENCHMARK,                               \
          "CMS ACO REACH: discount; 42 CFR 510.300(c)",                                            \
          "the benchmark after the discount, to the cent",                                         \
          "cents(benchmark * (1 - discount_rate))")                                                \
        X(WITHHOLD_BASE, "withhold_base", 147, CENTS, NONE,                                        \
          "contract: withhold",                                                                    \
          "the payments of which a part was held back",                                            \
          "")                                                                                      \
        X(WITHHELD, "withheld", 148, CENTS, NONE,                                                  \
          "CMS ACO REACH: quality withhold",                                                       \
          "what is held back, to the cent",                                                        \
          "cents(benchmark * terms.rate) | cents(withhold_base * terms.rate)")                     \
        X(RETAINED, "retained", 149, FLAG, NONE,                                                   \
          "CMS ACO REACH: retention withhold",                                                     \
          "the earner stayed past the day on which it could still leave",                          \
          "")                                                                                      \
        X(EARNED_BACK, "earned_back", 150, CENTS, NONE,                                            \
          "CMS ACO REACH: quality withhold",                                                       \
          "what of it is earned back, to the cent",                                                \
          "cents(withheld * quality) | withheld | 0")                                              \
        X(AFTER_WITHHOLD, "benchmark_after_withhold", 151, CENTS, BENCHMARK,                       \
          "CMS ACO REACH: quality withhold",                                                       \
          "the benchmark less what is held back and not earned back",                              \
          "benchmark - withheld + earned_back")                                                    \
        X(PAID_BEFORE, "paid_before_settlement", 152, CENTS, NONE,                                 \
          "contract: withhold",                                                                    \
          "what was paid, the part held back taken off",                                           \
          "benchmark - withheld | withhold_base - withheld")                                       \
        X(WITH_EARNED_BACK, "amount_with_earned_back", 153, CENTS, AMOUNT,                         \
          "contract: withhold",                                                                    \
          "the amount with what is earned back",                                                   \
          "amount + earned_back")

#endif
