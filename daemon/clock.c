/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
        struct timespec now;

        clock_gettime(id, &now);
        return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_wall(void)
{
        return read_clock(CLOCK_REALTIME);
}

int64_t clock_steady(void)
{
        return read_clock(CLOCK_BOOTTIME);
}

void clock_start(struct clock *ret)
{
        ret->wall_start = clock_wall();
        ret->steady_start = clock_steady();
}

int64_t clock_ahead(const struct clock *clock, int64_t wall, int64_t steady)
{
        return (wall - clock->wall_start) - (steady - clock->steady_start);
}

bool clock_believed(const struct clock *clock, int64_t wall, int64_t steady, int64_t last_entry)
{
        return clock_ahead(clock, wall, steady) <= CLOCK_AHEAD_MAX_US ||
               wall - last_entry <= CLOCK_AHEAD_MAX_US;
}
