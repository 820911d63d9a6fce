/* SPDX-License-Identifier: Apache-2.0 */
/* Threads beside the loop, started alike: signals are the loop's, moments are steady ones. */
#ifndef ACCORD_DAEMON_THREAD_H
#define ACCORD_DAEMON_THREAD_H

#include <pthread.h>

/* It gets no signal. Returns: 0; -errno. */
int thread_start(pthread_t *ret, void *(*run)(void *), void *with);

/* One that is waited for until a moment of CLOCK_MONOTONIC. Returns: 0; -errno. */
int thread_condition(pthread_cond_t *ret);

#endif
