/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the steps take: their parameters, which parameter asks for what else, and the facts they
 * read. Only core/ reads these tables; others ask core/steps.h and core/inputs.h.
 */
#ifndef ACCORD_CORE_PARAMS_H
#define ACCORD_CORE_PARAMS_H

#include "core/steps.h"

#define WEIGHT_MAX 1000000
#define NOTHING INT64_MIN               /* otherwise: nothing stands for it where it is not given */

/* step, name, type, need, least, most, otherwise, words, axis, what it is */
#define STEP_PARAMS(X)                                                                             \
        PARAMS_PANEL(X)                                                                            \
        PARAMS_BENCHMARK(X)                                                                        \
        PARAMS_TARGET(X)                                                                           \
        PARAMS_QUALITY(X)                                                                          \
        PARAMS_SHARE(X)                                                                            \
        PARAMS_PAY(X)

/* step, parameter, when it is this word, the parameter that must then be given */
#define PARAM_WANTS(X)                                                                             \
        WANTS_PANEL(X)                                                                             \
        WANTS_BENCHMARK(X)                                                                         \
        WANTS_TARGET(X)                                                                            \
        WANTS_QUALITY(X)                                                                           \
        WANTS_SHARE(X)                                                                             \
        WANTS_PAY(X)

/*
 * When a row holds of a step: parameter "at_risk" and word "+". A word is one that the parameter
 * is, given or not; "this/that": one of them; "" or "+": it is above zero, a table or any name is
 * given; "-": it is not given. Several: "unit by" and "total whole", all of them must hold; no
 * parameter: always.
 */
bool step_when(const struct step *step, enum step_code code, const char *params,
               const char *words);

/* step, parameter, word, what must have been made before */
#define PARAM_NEEDS(X)                                                                             \
        NEEDS_PANEL(X)                                                                             \
        NEEDS_BENCHMARK(X)                                                                         \
        NEEDS_TARGET(X)                                                                            \
        NEEDS_QUALITY(X)                                                                           \
        NEEDS_SHARE(X)                                                                             \
        NEEDS_PAY(X)

/* step, parameter, word, what the step then makes; what must not have been made before */
#define PARAM_MAKES(X)                                                                             \
        MAKES_PANEL(X)                                                                             \
        MAKES_TARGET(X)                                                                            \
        MAKES_QUALITY(X)                                                                           \
        MAKES_SHARE(X)                                                                             \
        MAKES_PAY(X)

#define PARAM_BARS(X)                                                                              \
        BARS_PANEL(X)                                                                              \
        BARS_TARGET(X)                                                                             \
        BARS_SHARE(X)                                                                              \
        BARS_PAY(X)

/*
 * step, kind of fact, when a settlement asks for it, under which parameter and word, and its item.
 * When: ALWAYS, WHEN_IT_MATTERS, IF_SO (enum read_need); UNCOUNTED: always, but not where an
 * attribute step before it counts the same, which is what the step then takes.
 *
 * The item: "" the total; a parameter's name: what that parameter says, the total where it is not
 * given; "*": each category declared before (parameters named `category` declare), this step's own
 * included; "=word": that word; "?": any number of items, as find_all() reads them, at most
 * STOPLOSS_CLAIMS_MAX. Behind any of these the period, where it is not the run's: "@name": the
 * calendar year that this step's parameter of that name says, where it is not given ("@last": in
 * any case) the latest base year of the terms; "@years": each base year. Base years are those of
 * baseline steps whose source is base_year.
 */
#define STEP_READS(X)                                                                              \
        READS_PANEL(X)                                                                             \
        READS_BENCHMARK(X)                                                                         \
        READS_TARGET(X)                                                                            \
        READS_QUALITY(X)                                                                           \
        READS_SHARE(X)                                                                             \
        READS_PAY(X)

#endif
