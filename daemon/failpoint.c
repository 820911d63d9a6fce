/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/failpoint.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "daemon/units.h"

static const char *const words[] = {
#define X(name, word) [FAILPOINT_##name] = (word),
        FAILPOINTS(X)
#undef X
};

/* Of the process, like the environment it comes from. */
static int chosen = -1;
static uint64_t number = 1;
static atomic_uint_fast64_t passed;

int failpoint_setup(const char **ret_set)
{
        const char *text = getenv("ACCORD_FAILPOINT");
        size_t length;

        *ret_set = text;
        if (!text)
                return 0;
        length = strcspn(text, ":");
        for (int i = 0; i < FAILPOINT_COUNT; i++)
                if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0)
                        chosen = i;
        if (chosen < 0 || (text[length] == ':' && !count_parse(text + length + 1, &number)))
                return -EINVAL;
        return 0;
}

void failpoint(enum failpoint place)
{
        if ((int)place != chosen)
                return;
        if (place == FAILPOINT_SLOW_COMMIT) {
                struct timespec pause = {
                        .tv_sec = (time_t)(number / 1000),
                        .tv_nsec = (long)(number % 1000) * 1000000,
                };

                while (nanosleep(&pause, &pause) < 0 && errno == EINTR)
                        ;
        } else if (atomic_fetch_add(&passed, 1) + 1 >= number) {
                _exit(FAILPOINT_STATUS);
        }
}

bool failpoint_hits(enum failpoint place)
{
        uint64_t before;

        if ((int)place != chosen)
                return false;
        before = atomic_fetch_add(&passed, 1);
        return place == FAILPOINT_LOSE_EDGE ? before < number : before + 1 == number;
}
