/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/figures.h"

#include <stddef.h>
#include <string.h>

#define SECOND_US 1000000

/* Four to an octave: the two bits after the highest one that is set. */
static size_t bucket_of(uint64_t us)
{
        unsigned int octave;
        size_t bucket;

        if (us < 4)
                return (size_t)us;
        octave = 63u - (unsigned int)__builtin_clzll(us);
        bucket = ((size_t)octave - 1) * 4 + (size_t)(us >> (octave - 2) & 3);
        return bucket < FIGURES_BUCKETS ? bucket : FIGURES_BUCKETS - 1;
}

/* The largest value that falls into it. */
static uint64_t bucket_most(size_t bucket)
{
        unsigned int octave = (unsigned int)(bucket / 4) + 1;

        if (bucket < 4)
                return bucket;
        return ((UINT64_C(4) + bucket % 4 + 1) << (octave - 2)) - 1;
}

void figures_commit(struct figures *figures, int64_t steady, uint64_t us, uint64_t taken)
{
        int64_t second = steady / SECOND_US;
        struct figures_second *slot = &figures->seconds[second % FIGURES_SECONDS];

        if (slot->second != second) {
                memset(slot, 0, sizeof(*slot));
                slot->second = second;
        }
        figures->commits++;
        slot->commits++;
        slot->taken += taken;
        if (taken > slot->largest)
                slot->largest = taken;
        slot->took[bucket_of(us)]++;
}

static uint64_t percentile(const uint64_t took[FIGURES_BUCKETS], uint64_t commits, uint64_t percent)
{
        uint64_t rank = (commits * percent + 99) / 100, seen = 0;

        for (size_t i = 0; i < FIGURES_BUCKETS; i++) {
                seen += took[i];
                if (seen >= rank && seen > 0)
                        return bucket_most(i);
        }
        return 0;
}

struct figures_minute figures_minute(const struct figures *figures, int64_t steady)
{
        struct figures_minute minute = { .commits = 0 };
        uint64_t took[FIGURES_BUCKETS] = { 0 };

        for (size_t i = 0; i < FIGURES_SECONDS; i++) {
                const struct figures_second *slot = &figures->seconds[i];

                if (slot->commits == 0 || steady / SECOND_US - slot->second >= FIGURES_SECONDS)
                        continue;
                minute.commits += slot->commits;
                minute.taken += slot->taken;
                if (slot->largest > minute.largest)
                        minute.largest = slot->largest;
                for (size_t j = 0; j < FIGURES_BUCKETS; j++)
                        took[j] += slot->took[j];
        }
        minute.p50 = percentile(took, minute.commits, 50);
        minute.p99 = percentile(took, minute.commits, 99);
        return minute;
}
