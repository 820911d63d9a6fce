/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Talk, drawn: everything that can be said about the contract of tests/hub/disputed.h, by everybody
 * and in any order, so that most of it is refused and much is not. The same seed says the same.
 */
#ifndef ACCORD_TESTS_HUB_TALK_H
#define ACCORD_TESTS_HUB_TALK_H

#include "tests/hub/disputed.h"

/* After disputed_set_up(): terms with windows, agreed; another contract of the network's. */
void talk_begin(uint64_t seed);
/* One thing more. */
void talk_on(void);

uint64_t talk_below(uint64_t limit);

#endif
