/* SPDX-License-Identifier: Apache-2.0 */
/* Terms with a benchmark, drawn from a seed: whatever sound terms may say of one. */
#ifndef ACCORD_TESTS_CORE_BENCHMARK_DRAWN_H
#define ACCORD_TESTS_CORE_BENCHMARK_DRAWN_H

#include "tests/core/arrange.h"

void draw_seed(uint64_t seed);
uint64_t draw_below(uint64_t below);

/* What is drawn passes terms_check(); @settled: a target, savings and a share follow. */
void draw_benchmark(struct terms *terms, bool settled);

/*
 * All that the terms ask for, half of the exceptions. One in @odds is at the very end of what it
 * can be; 0: none is.
 */
void draw_facts(const struct terms *terms, struct facts *facts, uint64_t odds);

#endif
