/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rosters of two sides, matched: seconds, and how many times as long as the least that any way
 * of matching sorted keys takes, one walk over both with memcmp(3) that only counts.
 *
 *      bench-roster [MEMBERS [RUNS]]
 *
 * One row for each member and side, of which one in 500 is missing and one in 100 differs, in
 * blocks as they come to the hub: once in order, and once, the worst there is, dealt over the
 * blocks row by row. Runs are by turns, the median is printed. Ends with 1 when answers differ.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/roster.h"
#include "tests/draw.h"

#define BLOCK_ROWS 8192u
#define RUNS_MAX 101
#define DEALT 64u               /* blocks that rows are dealt over, one by one */
#define KEPT 100

struct blocks {
        uint8_t *columns;
        struct roster_run *runs;
        size_t count;
        uint32_t rows;
};

static double now_s(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void *must(void *memory)
{
        if (memory)
                return memory;
        fprintf(stderr, "bench-roster: %s\n", strerror(errno));
        exit(1);
}

/* splitmix64: a number drawn for a place, the same whenever it is asked for. */
static uint64_t drawn(uint64_t place)
{
        return splitmix_of(place * UINT64_C(0x9e3779b97f4a7c15) + UINT64_C(0x243f6a8885a308d3));
}

/* ---- rows: members ascending as keyed pseudonyms are, evenly spread */

static void put(uint8_t *to, uint64_t value, unsigned int octets)
{
        for (unsigned int i = 0; i < octets; i++)
                to[i] = (uint8_t)(value >> (8 * i));
}

static void put_row(const struct member_rows *to, uint32_t at, uint32_t member, uint32_t members,
                    bool earner)
{
        const uint64_t step = UINT64_MAX / members, high = member * step + drawn(member) % step;
        uint8_t *key = (uint8_t *)to->member + (size_t)at * PSEUDONYM_SIZE;

        for (unsigned int i = 0; i < 8; i++)
                key[i] = (uint8_t)(high >> (56 - 8 * i));
        put(key + 8, drawn(UINT64_C(1) << 40 | member), 8);
        put((uint8_t *)to->month + (size_t)at * 2, 648, 2);
        ((uint8_t *)to->category)[at] = (uint8_t)(member % 4);
        put((uint8_t *)to->risk + (size_t)at * 4, RISK_ONE, 4);
        put((uint8_t *)to->cents + (size_t)at * 8,
            drawn(member) % 100000 + (earner && member % 100 == 7), 8);
}

static bool has(uint32_t member, bool earner)
{
        return drawn(UINT64_C(2) << 40 | member) % 500 != (earner ? 1 : 0);
}

static struct member_rows columns(uint8_t *at, uint32_t rows)
{
        const uint8_t *month = at + (size_t)rows * PSEUDONYM_SIZE;
        const uint8_t *category = month + (size_t)rows * 2, *risk = category + rows;

        return (struct member_rows) { rows, at, month, category, risk, risk + (size_t)rows * 4 };
}

/* Which block a side's row goes to: one after another, or dealt over DEALT of them. */
static size_t block_of(const struct blocks *blocks, uint32_t row, bool dealt)
{
        if (!dealt)
                return row / BLOCK_ROWS;
        return row / (BLOCK_ROWS * DEALT) * DEALT % blocks->count +
               drawn(UINT64_C(3) << 40 | row) % DEALT;
}

static void sized(struct blocks *blocks, uint32_t members, bool earner, bool dealt, uint32_t *sizes)
{
        for (uint32_t member = 0; member < members; member++)
                if (has(member, earner))
                        sizes[block_of(blocks, blocks->rows++, dealt)]++;
}

static void make(struct blocks *blocks, uint32_t members, bool earner, bool dealt)
{
        const size_t room = (members / (BLOCK_ROWS * DEALT) + 2) * DEALT;
        uint32_t *sizes = must(calloc(room, sizeof(*sizes))), row = 0;
        uint8_t *at = must(malloc((size_t)members * MEMBER_ROW_SIZE));

        *blocks = (struct blocks) { at, must(calloc(room, sizeof(*blocks->runs))), room, 0 };
        sized(blocks, members, earner, dealt, sizes);
        for (uint32_t i = 0; i < room; i++) {
                blocks->runs[i] = (struct roster_run) { columns(at, sizes[i]), i };
                at += (size_t)sizes[i] * MEMBER_ROW_SIZE;
                sizes[i] = 0;
        }
        for (uint32_t member = 0; member < members; member++)
                if (has(member, earner)) {
                        size_t block = block_of(blocks, row++, dealt);

                        put_row(&blocks->runs[block].rows, sizes[block]++, member, members, earner);
                }
        free(sizes);
}

/* ---- what is measured */

struct answer {
        uint64_t both, bearer_only, earner_only;
};

/* Keys one behind the other, as nothing at the hub has them: the floor. */
static struct answer floor_walk(const uint8_t *a, uint32_t a_count, const uint8_t *b,
                                uint32_t b_count)
{
        struct answer ret = { 0 };
        uint32_t i = 0, j = 0;

        while (i < a_count && j < b_count) {
                int r = memcmp(a + (size_t)i * PSEUDONYM_SIZE, b + (size_t)j * PSEUDONYM_SIZE,
                               PSEUDONYM_SIZE);

                ret.both += r == 0;
                ret.bearer_only += r < 0;
                ret.earner_only += r > 0;
                i += r <= 0;
                j += r >= 0;
        }
        ret.bearer_only += a_count - i;
        ret.earner_only += b_count - j;
        return ret;
}

static struct answer match(const struct blocks sides[2])
{
        static const uint8_t called[4] = { 1, 2, 3, 4 };
        static struct roster_difference kept[KEPT];
        static struct roster roster;
        enum roster_answer answer;
        struct roster_match match;
        struct roster_runs runs[2];
        struct roster_run *copies[2];

        for (int i = 0; i < 2; i++) {
                copies[i] = must(malloc(sides[i].count * sizeof(*copies[i])));
                memcpy(copies[i], sides[i].runs, sides[i].count * sizeof(*copies[i]));
                roster_runs_begin(&runs[i], copies[i], sides[i].count);
        }
        roster_begin(&roster, kept, KEPT, 0);
        while ((answer = roster_go(&roster)) == ROSTER_WANTS_BEARER ||
               answer == ROSTER_WANTS_EARNER) {
                const enum side side = answer == ROSTER_WANTS_BEARER ? SIDE_BEARER : SIDE_EARNER;
                struct roster_run run;

                if (roster_runs_next(&runs[side == SIDE_EARNER], &run))
                        roster_give(&roster, side, &run.rows, called, 4);
                else
                        roster_end(&roster, side);
        }
        roster_finish(&roster, &match);
        free(copies[0]);
        free(copies[1]);
        return (struct answer) { match.both + match.differ, match.bearer_only, match.earner_only };
}

static uint8_t *keys(const struct blocks *side)
{
        uint8_t *ret = must(malloc((size_t)side->rows * PSEUDONYM_SIZE)), *at = ret;

        for (size_t i = 0; i < side->count; i++) {
                memcpy(at, side->runs[i].rows.member,
                       (size_t)side->runs[i].rows.count * PSEUDONYM_SIZE);
                at += (size_t)side->runs[i].rows.count * PSEUDONYM_SIZE;
        }
        return ret;
}

static int by_size(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;

        return (x > y) - (x < y);
}

static double median(double *seconds, int count)
{
        qsort(seconds, (size_t)count, sizeof(*seconds), by_size);
        return seconds[count / 2];
}

int main(int argc, char **argv)
{
        uint32_t members = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
        int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 11;
        double seconds[3][RUNS_MAX], least;
        struct blocks ordered[2], dealt[2];
        struct answer answers[3];
        uint8_t *side_keys[2];

        if (members < 1000 || members > 100000000 || runs < 1 || runs > RUNS_MAX) {
                fprintf(stderr, "usage: bench-roster [MEMBERS [RUNS]], at least 1000 members\n");
                return 2;
        }
        for (int i = 0; i < 2; i++) {
                make(&ordered[i], members, i == 1, false);
                make(&dealt[i], members, i == 1, true);
                side_keys[i] = keys(&ordered[i]);
        }
        for (int run = -1; run < runs; run++)           /* the first warms up */
                for (int way = 0; way < 3; way++) {
                        double begun = now_s();

                        answers[way] = way ? match(way == 1 ? ordered : dealt) :
                                             floor_walk(side_keys[0], ordered[0].rows,
                                                        side_keys[1], ordered[1].rows);
                        if (run >= 0)
                                seconds[way][run] = now_s() - begun;
                }
        if (memcmp(&answers[0], &answers[1], sizeof(*answers)) != 0 ||
            memcmp(&answers[0], &answers[2], sizeof(*answers)) != 0) {
                fprintf(stderr, "bench-roster: the answers differ\n");
                return 1;
        }
        printf("%" PRIu32 " members of one side, %" PRIu32 " of the other: %" PRIu64 " both, "
               "%" PRIu64 " and %" PRIu64 " of one only\n",
               ordered[0].rows, ordered[1].rows, answers[0].both, answers[0].bearer_only,
               answers[0].earner_only);
        least = median(seconds[0], runs);
        printf("the keys alone, walked once with memcmp   %.4f s\n", least);
        for (int way = 1; way < 3; way++) {
                double of = median(seconds[way], runs);

                printf("%s   %.4f s, %.2f times that, %.1f million members a second\n",
                       way == 1 ? "matched, blocks in order              " :
                                  "matched, rows dealt over the blocks   ",
                       of, of / least, members / of / 1e6);
        }
        return fflush(stdout) ? 1 : 0;
}
