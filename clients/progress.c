/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define BAR 30
#define EVERY 100000    /* us */

static int64_t microseconds(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void progress_show(struct progress *progress, uint64_t done, uint64_t of)
{
        int64_t now = microseconds();
        char bar[BAR + 1];
        int full = of ? (int)(done * BAR / of) : BAR;

        if (!progress->cli->progress)
                return;
        if (!progress->begun_at)
                progress->begun_at = now;
        if (progress->shown_at && now - progress->shown_at < EVERY && done < of)
                return;
        for (int i = 0; i < BAR; i++)
                bar[i] = i < full ? '#' : '.';
        bar[BAR] = '\0';
        fprintf(stderr, "\r%s [%s] %" PRIu64 "/%" PRIu64, progress->what, bar, done, of);
        if (done > 0 && done < of && now - progress->begun_at > 2000000)
                fprintf(stderr, ", %" PRId64 " s left  ",
                        (now - progress->begun_at) / 1000000 * (int64_t)(of - done) /
                                (int64_t)done);
        fflush(stderr);
        progress->shown_at = now;
}

void progress_end(struct progress *progress)
{
        if (progress->shown_at)
                fputs("\r\033[K", stderr);
        progress->shown_at = progress->begun_at = 0;
}
