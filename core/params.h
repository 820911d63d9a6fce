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
 * step, parameter, when it is this word ("" = when it is above zero),
 * what must have been made before
 */
#define PARAM_NEEDS(X)                                                                             \
        NEEDS_PANEL(X)                                                                             \
        NEEDS_BENCHMARK(X)                                                                         \
        NEEDS_TARGET(X)                                                                            \
        NEEDS_QUALITY(X)                                                                           \
        NEEDS_SHARE(X)                                                                             \
        NEEDS_PAY(X)

/*
 * step, kind of fact, when a settlement asks for it, under which parameter and word
 * ("" = any; "+" = above zero), and the parameter that names its item
 */
#define STEP_READS(X)                                                                              \
        READS_PANEL(X)                                                                             \
        READS_BENCHMARK(X)                                                                         \
        READS_TARGET(X)                                                                            \
        READS_QUALITY(X)                                                                           \
        READS_SHARE(X)                                                                             \
        READS_PAY(X)

#endif
