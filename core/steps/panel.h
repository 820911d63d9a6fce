/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The people, and what their care cost.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_PANEL_H
#define ACCORD_CORE_STEPS_PANEL_H

#define KINDS_PANEL(X)                                                                             \
        X(ATTRIBUTE, attribute, "attribute", 1, "42 CFR 425.110(a), 425.400",                      \
          0, 0, MADE(GENERATED),                                                                   \
          "count the people, their months or episodes; of a category, which this declares")        \
        X(EXPENDITURE, expenditure, "expenditure", 1, "42 CFR 425.605(a)",                         \
          0, MADE(EXPENDITURE), MADE(EXPENDITURE) | MADE(SAVINGS),                                 \
          "total what their care cost")                                                            \
        X(STOP_LOSS, stop_loss, "stop-loss", 1, "CMS ACO REACH: financial settlement, stop-loss",  \
          0, 0, 0,                                                                                 \
          "take the costliest members' care off what counts, or pay it; for a charge")

#define PARAMS_PANEL(X)                                                                            \
        X(ATTRIBUTE, category, WORD, OPTIONAL, 0, 0, 0, NULL, NONE,                                \
          "the category that is counted; not given: all people")                                   \
        X(ATTRIBUTE, count, WORD, OPTIONAL, 0, 0, 0,                                               \
          "people|person_years|member_months|episodes", NONE,                                      \
          "what is counted")                                                                       \
        X(ATTRIBUTE, source, WORD, OPTIONAL, 0, 0, 0, "reported|categories|members", NONE,         \
          "whether it is reported, the sum of the categories counted before, or of member rows")   \
        X(ATTRIBUTE, method, WORD, OPTIONAL, 0, 0, 0,                                              \
          "unsaid|prospective|retrospective|voluntary|geographic|episode_trigger", NONE,           \
          "how people are attributed; changes no number")                                          \
        X(ATTRIBUTE, least_months, COUNT, OPTIONAL, 0, MONTHS_LOOKBACK_MAX, 0, NULL, NONE,         \
          "of member rows: members with fewer months are not counted")                             \
        X(EXPENDITURE, unit, WORD, OPTIONAL, 0, 0, 0, "total|per_capita|pmpm", NONE,               \
          "whether it is a total, an amount per person-year, or per member and month")             \
        X(EXPENDITURE, by, WORD, OPTIONAL, 0, 0, 0, "whole|category", NONE,                        \
          "whether it is one figure, or one of each category counted before")                      \
        X(EXPENDITURE, source, WORD, OPTIONAL, 0, 0, 0, "reported|members", NONE,                  \
          "whether it is reported, or summed from member rows")                                    \
        X(EXPENDITURE, decimals, COUNT, OPTIONAL, 2, 9, 6, NULL, NONE,                             \
          "decimals of a dollar to which a computed amount per person is rounded")                 \
        X(EXPENDITURE, complete, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                              \
          "of member rows: costs are multiplied with the completion factor")                       \
        X(EXPENDITURE, annualise, FLAG, OPTIONAL, 0, 1, 0, NULL, NONE,                             \
          "of member rows: a member's cost is cut off at its part of the year")                    \
        X(EXPENDITURE, truncate, CENTS, OPTIONAL, 1, PER_CAPITA_MAX, NOTHING, NULL, NONE,          \
          "of member rows: the most that one member's cost counts for")                            \
        X(EXPENDITURE, truncate_percentile, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,             \
          "of member rows: the same as a percentile of the members' costs")                        \
        X(STOP_LOSS, attach, CENTS, REQUIRED, 0, MONEY_MAX, 0, NULL, NONE,                         \
          "a member's cost up to here is not covered")                                             \
        X(STOP_LOSS, bands, BANDS, OPTIONAL, 0, 1, 0, NULL, CENTS,                                 \
          "the share covered of what of a member's cost falls into each band; from attach on")     \
        X(STOP_LOSS, share, RATE, OPTIONAL, 0, 1, NOTHING, NULL, NONE,                             \
          "the share covered of all that lies above attach")                                       \
        X(STOP_LOSS, source, WORD, OPTIONAL, 0, 0, 0, "reported|members", NONE,                    \
          "whether each costly member's cost is reported, or comes of member rows")                \
        X(STOP_LOSS, basis, WORD, OPTIONAL, 0, 0, 0, "gross|residual", NONE,                       \
          "what a member's cost is: all, or what lies above the predicted; changes no number")     \
        X(STOP_LOSS, charge_pmpm, CENTS, OPTIONAL, 0, PMPM_MAX, 0, NULL, NONE,                     \
          "what the cover costs per member and month")                                             \
        X(STOP_LOSS, charge_rate, RATE, OPTIONAL, 0, 1, 0, NULL, NONE,                             \
          "what the cover costs, of the benchmark")                                                \
        X(STOP_LOSS, to, WORD, OPTIONAL, 0, 0, 0, "expenditure|amount", NONE,                      \
          "what the cover lowers or adds to: the expenditure, or the amount to be paid")

#define WANTS_PANEL(X)

#define NEEDS_PANEL(X)                                                                             \
        X(STOP_LOSS, to, "expenditure", EXPENDITURE)                                               \
        X(STOP_LOSS, charge_rate, "", BENCHMARK)

#define MAKES_PANEL(X)                                                                             \
        X(ATTRIBUTE, count category, "people -", PANEL)                                            \
        X(STOP_LOSS, to, "amount", AMOUNT)

#define BARS_PANEL(X)                                                                              \
        X(STOP_LOSS, to, "expenditure", SAVINGS)

#define READS_PANEL(X)                                                                             \
        X(ATTRIBUTE, HEAD_COUNT, ALWAYS, "count source", "people reported", "category")            \
        X(ATTRIBUTE, PERSON_YEARS, ALWAYS, "count source", "person_years reported", "category")    \
        X(ATTRIBUTE, MEMBER_MONTHS, ALWAYS, "count source", "member_months reported", "category")  \
        X(ATTRIBUTE, EPISODES, ALWAYS, "count source", "episodes reported", "category")            \
        X(EXPENDITURE, EXPENDITURE, ALWAYS, "unit by source", "total whole reported", "")          \
        X(EXPENDITURE, EXPENDITURE, ALWAYS, "unit by source", "total category reported", "*")      \
        X(EXPENDITURE, EXPENDITURE_PER_CAPITA, ALWAYS,                                             \
          "unit by source", "per_capita whole reported", "")                                       \
        X(EXPENDITURE, EXPENDITURE_PER_CAPITA, ALWAYS,                                             \
          "unit by source", "per_capita category reported", "*")                                   \
        X(EXPENDITURE, PERSON_YEARS, UNCOUNTED,                                                    \
          "unit by source", "per_capita whole reported", "")                                       \
        X(EXPENDITURE, PERSON_YEARS, UNCOUNTED,                                                    \
          "unit by source", "per_capita category reported", "*")                                   \
        X(EXPENDITURE, EXPENDITURE_PMPM, ALWAYS, "unit by source", "pmpm whole reported", "")      \
        X(EXPENDITURE, EXPENDITURE_PMPM, ALWAYS, "unit by source", "pmpm category reported", "*")  \
        X(EXPENDITURE, MEMBER_MONTHS, UNCOUNTED, "unit by source", "pmpm whole reported", "")      \
        X(EXPENDITURE, MEMBER_MONTHS, UNCOUNTED, "unit by source", "pmpm category reported", "*")  \
        X(EXPENDITURE, COMPLETION_FACTOR, ALWAYS, "complete", "+", "")                             \
        X(STOP_LOSS, STOPLOSS_CLAIM, IF_SO, "source", "reported", "?")                             \
        X(STOP_LOSS, MEMBER_MONTHS, UNCOUNTED, "charge_pmpm", "+", "")

#define LINES_PANEL(X)                                                                             \
        X(HEAD_COUNT, "head_count", 1, COUNT, PANEL,                                               \
          "42 CFR 425.110(a)",                                                                     \
          "people assigned in the period",                                                         \
          "sum(head_count)")                                                                       \
        X(PERSON_YEARS, "person_years", 2, RATE, YEARS,                                            \
          "42 CFR 425.604(a)",                                                                     \
          "person-years that turn an amount per person into a total",                              \
          "sum(person_years) | decimals(person_years_reported, 6) | months_attributed / 12")       \
        X(EXPENDITURE, "expenditure", 3, CENTS, EXPENDITURE,                                       \
          "42 CFR 425.605(a)",                                                                     \
          "what the assigned people's care cost in the period",                                    \
          "cents(expenditure_per_capita * years) | cents(expenditure_pmpm * months_of_members)"    \
          " | sum(expenditure) | cents(expenditure_of_members)")                                   \
        X(EXPENDITURE_EACH, "expenditure_per_capita", 100, CENTS, NONE,                            \
          "42 CFR 425.604(a)",                                                                     \
          "what care cost per person-year; of all: the categories' by their person-years",         \
          "decimals(sum(expenditure_per_capita * years) / sum(years), terms.decimals - 2)"         \
          " | decimals(cents(expenditure_of_members) / years, terms.decimals - 2)")                \
        X(EXPENDITURE_OF_MEMBERS, "expenditure_of_members", 101, CENTS, NONE,                      \
          "42 CFR 425.604(a)(1)-(4)",                                                              \
          "what members' care cost, completed, annualised and truncated as the step says",         \
          "")                                                                                      \
        X(MONTHS_ATTRIBUTED, "months_attributed", 102, COUNT, MONTHS,                              \
          "CMS ACO REACH: financial settlement, beneficiary months",                               \
          "months in which members were attributed",                                               \
          "sum(months_attributed)")                                                                \
        X(EPISODES, "episodes", 103, COUNT, EPISODES,                                              \
          "42 CFR 510.305(e)",                                                                     \
          "episodes of care that count",                                                           \
          "sum(episodes)")                                                                         \
        X(YEARS_REPORTED, "person_years_reported", 104, RATE, NONE,                                \
          "42 CFR 425.604(a)",                                                                     \
          "a category's person-years as reported, before they are taken to six decimals",          \
          "")                                                                                      \
        X(EXPENDITURE_PMPM, "expenditure_pmpm", 105, CENTS, NONE,                                  \
          "CMS ACO REACH: financial settlement, expenditure per beneficiary and month",            \
          "what care cost per member and month",                                                   \
          "decimals(cents(expenditure_of_members) / months_of_members, terms.decimals - 2)")       \
        X(TRUNCATED_OFF, "truncated_off", 106, CENTS, NONE,                                        \
          "42 CFR 425.604(a)(4)",                                                                  \
          "what truncation took off members' costs",                                               \
          "")                                                                                      \
        X(COMPLETION_FACTOR, "completion_factor", 107, RATE, NONE,                                 \
          "42 CFR 425.602(a)(1)",                                                                  \
          "what claims paid so far are multiplied with for those not paid yet",                    \
          "")                                                                                      \
        X(MEMBERS_COUNTED, "members_counted", 108, COUNT, NONE,                                    \
          "42 CFR 425.604(a)",                                                                     \
          "members whose rows were summed",                                                        \
          "")                                                                                      \
        X(MONTHS_COUNTED, "months_counted", 109, COUNT, NONE,                                      \
          "42 CFR 425.604(a)",                                                                     \
          "their months",                                                                          \
          "")                                                                                      \
        X(STOPLOSS_CLAIM, "stoploss_claim", 110, CENTS, NONE,                                      \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "one member's cost, under a token",                                                      \
          "")                                                                                      \
        X(STOPLOSS_PAYOUT, "stoploss_payout", 111, CENTS, NONE,                                    \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "what of it is covered, to the cent",                                                    \
          "cents(bands(stoploss_claim, bands))"                                                    \
          " | cents(max(stoploss_claim - terms.attach, 0) * terms.share)")                         \
        X(STOPLOSS_OF_MEMBERS, "stoploss_of_members", 112, CENTS, NONE,                            \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "what of all members' costs is covered",                                                 \
          "")                                                                                      \
        X(STOPLOSS_PAID, "stoploss_paid", 113, CENTS, NONE,                                        \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "what is covered in all",                                                                \
          "sum(stoploss_payout) | cents(stoploss_of_members)")                                     \
        X(STOPLOSS_CHARGE, "stoploss_charge", 114, CENTS, NONE,                                    \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "what the cover costs, to the cent",                                                     \
          "cents(terms.charge_pmpm * months_of_members) | cents(terms.charge_rate * benchmark)"    \
          " | cents(terms.charge_pmpm * months_of_members + terms.charge_rate * benchmark)")       \
        X(AFTER_STOPLOSS, "expenditure_after_stoploss", 115, CENTS, EXPENDITURE,                   \
          "CMS ACO REACH: financial settlement, stop-loss",                                        \
          "what care cost after what is covered, with the charge for it",                          \
          "expenditure - stoploss_paid + stoploss_charge | expenditure - stoploss_paid")           \
        X(WITH_STOPLOSS, "amount_with_stoploss", 116, CENTS, AMOUNT,                               \
          "contract: stop-loss",                                                                   \
          "the amount with what is covered, less the charge for it",                               \
          "amount + stoploss_paid - stoploss_charge | amount + stoploss_paid")

#endif
