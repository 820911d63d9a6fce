/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LIB_CLOCK_H
#define ACCORD_CLIENTS_LIB_CLOCK_H

#include <time.h>

#include "core/message.h"

/* The clock on the wall: information for people and the hub, never a timer. */
static inline instant clock_now(void)
{
        struct timespec now;

        clock_gettime(CLOCK_REALTIME, &now);
        return (instant)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Milliseconds that only pass: for timers. */
static inline int64_t clock_ms(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What is left until @until, for poll(); < 0: for ever, as @until is. */
static inline int clock_left(int64_t until)
{
        int64_t left = until - clock_ms();

        if (until < 0)
                return -1;
        return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}

/* When @timeout_ms will have passed; < 0: never. */
static inline int64_t clock_until(int timeout_ms)
{
        return timeout_ms < 0 ? -1 : clock_ms() + timeout_ms;
}

#endif
