/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The historical benchmark: base years, budgets, adjustments, and their update to the period.
 * The tables of the family; core/steps.h and core/params.h say what the columns are.
 */
#ifndef ACCORD_CORE_STEPS_BENCHMARK_H
#define ACCORD_CORE_STEPS_BENCHMARK_H

#define KINDS_BENCHMARK(X)

#define PARAMS_BENCHMARK(X)

#define WANTS_BENCHMARK(X)

#define NEEDS_BENCHMARK(X)

#define READS_BENCHMARK(X)

#define LINES_BENCHMARK(X)

#endif
