/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/thread.h"

#include <signal.h>
#include <time.h>

int thread_start(pthread_t *ret, void *(*run)(void *), void *with)
{
        sigset_t all, before;
        int r;

        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        r = pthread_create(ret, NULL, run, with);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        return -r;
}

int thread_condition(pthread_cond_t *ret)
{
        pthread_condattr_t attributes;
        int r = pthread_condattr_init(&attributes);

        if (r)
                return -r;
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
        r = pthread_cond_init(ret, &attributes);
        pthread_condattr_destroy(&attributes);
        return -r;
}
