/* SPDX-License-Identifier: Apache-2.0 */
/* Terms that are spoilt one fault at a time, and what terms_check() then says. */
#ifndef ACCORD_TESTS_CORE_JUDGE_H
#define ACCORD_TESTS_CORE_JUDGE_H

#include "tests/core/arrange.h"

extern struct terms terms;
extern struct faults faults;

/* Nothing wrong with them, and nearly every step there is. */
void good(void);
void check(void);
/* The code of the fault that says so, 0 when none does. */
enum refusal code_of(const char *field, const char *words);

struct spoilt {
        void (*spoil)(void);
        enum refusal code;
        const char *field, *says;
};

/* Fails the test unless that fault, and with that code, is found. */
void check_spoilt(const struct spoilt *one);

#endif
