/* SPDX-License-Identifier: Apache-2.0 */
/* A test that cannot go on says why and ends; what it started goes with it. */
#ifndef ACCORD_TESTS_WORLD_MUST_H
#define ACCORD_TESTS_WORLD_MUST_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "clients/lib/error.h"

/* Kills what was started here, says it on standard error and exits with 1. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* @r: 0, or the refusal or -errno of a call. */
void must(int r, const char *what);
void must_be(bool holds, const char *what);
/* @code: what libaccord answered. */
void must_do(int code, const struct accord_error *error, const char *what);

double now_s(void);

/* The next of a row of numbers that follows from the seed; a seed of 0 is none. */
uint64_t draw(uint64_t *seed);
/* From @least to @most, both included. */
unsigned int draw_of(uint64_t *seed, unsigned int least, unsigned int most);

/*
 * fork() of a child that dies with its parent and that die() kills, too. 0 in the child, whose
 * die() kills nobody. child_reap() after it was waited for.
 */
pid_t child_fork(void);
void child_reap(pid_t pid);
/* Ends one child, by its number, and waits for it. The wait status. */
int child_kill(pid_t pid, int signal);
/* The wait status; -1 when it still runs after @ms: then nothing was done to it. */
int child_wait(pid_t pid, int ms);

#endif
