/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The people, and what their care cost.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_PANEL_H
#define ACCORD_CORE_STEPS_PANEL_H

#define KINDS_PANEL(X)                                                                             \
        X(ATTRIBUTE, attribute, "attribute", 1, "42 CFR 425.110(a), 425.400",                      \
          0, MADE(PANEL), MADE(PANEL) | MADE(GENERATED),                                           \
          "count the people")                                                                      \
        X(EXPENDITURE, expenditure, "expenditure", 1, "42 CFR 425.605(a)",                         \
          0, MADE(EXPENDITURE), MADE(EXPENDITURE) | MADE(SAVINGS),                                 \
          "total what their care cost")

#define PARAMS_PANEL(X)                                                                            \
        X(EXPENDITURE, unit, WORD, OPTIONAL, 0, 0, 0, "total|per_capita", NONE,                    \
          "whether the total is reported, or an amount per person-year")

#define WANTS_PANEL(X)

#define NEEDS_PANEL(X)

#define READS_PANEL(X)                                                                             \
        X(ATTRIBUTE, HEAD_COUNT, ALWAYS, "", "", "")                                               \
        X(EXPENDITURE, EXPENDITURE, ALWAYS, "unit", "total", "")                                   \
        X(EXPENDITURE, EXPENDITURE_PER_CAPITA, ALWAYS, "unit", "per_capita", "")                   \
        X(EXPENDITURE, PERSON_YEARS, ALWAYS, "unit", "per_capita", "")

#define LINES_PANEL(X)                                                                             \
        X(HEAD_COUNT, "head_count", 1, COUNT, PANEL,                                               \
          "42 CFR 425.110(a)",                                                                     \
          "people assigned in the period",                                                         \
          "")                                                                                      \
        X(PERSON_YEARS, "person_years", 2, RATE, YEARS,                                            \
          "42 CFR 425.604(a)",                                                                     \
          "person-years that turn an amount per person into a total",                              \
          "")                                                                                      \
        X(EXPENDITURE, "expenditure", 3, CENTS, EXPENDITURE,                                       \
          "42 CFR 425.605(a)",                                                                     \
          "what the assigned people's care cost in the period",                                    \
          "")                                                                                      \
        X(EXPENDITURE_EACH, "expenditure_per_capita", 100, CENTS, NONE,                            \
          "42 CFR 425.604(a)",                                                                     \
          "what care cost per person-year",                                                        \
          "")

#endif
