/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long a third party waits for an answer about a contract of others that exists, and about
 * one that does not: in pairs, each in an order that is drawn, for every kind of question and
 * submission of tests/hub/worlds.h.
 *
 *      stranger-delay [PAIRS [SEED]]           1000 pairs of each, seed 1
 *
 * For each kind: the median of either in microseconds, that of the differences, and how probable
 * differences as much to one side are when which of a pair was which does not matter (the mean of
 * signed ranks, signs drawn anew 2,000 times).
 * Of some hundred kinds five are below 0.05 by chance; what is below 0.001 is worth a look. Only
 * the hub's own work is measured, without a network, which hides far more. A figure for people: no
 * test depends on it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/hub/worlds.h"

#define PAIRS_MAX 100000
#define SHUFFLES 2000
#define BEYOND 1000000          /* no log of this command has so many entries */

static struct try tries[TRIES_MAX];
static double there[PAIRS_MAX], missing[PAIRS_MAX], differ[PAIRS_MAX];
static uint64_t seed;
static size_t pairs = 1000;

static uint64_t draw(void)
{
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return seed >> 33;
}

static double now_us(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double take(size_t place, bool exists, const struct marks *marks, size_t *ret_count)
{
        struct bytes frame;
        double before, after;

        *ret_count = tries_make(exists ? "contract" : "contrbct", marks, tries);
        frame = try_frame(&tries[place]);
        stage_begin(&scene.stage);
        before = now_us();
        stage_take(&scene.stage, &scene.stranger.player, frame, 1);
        after = now_us();
        stage_commit(&scene.stage);
        free((void *)frame.data);
        return after - before;
}

static int by_size(const void *a, const void *b)
{
        const double *one = a, *other = b;

        return (*one > *other) - (*one < *other);
}

static double at_share(double *list, size_t count, double share)
{
        qsort(list, count, sizeof(*list), by_size);
        return list[(size_t)((double)(count - 1) * share)];
}

static int by_magnitude(const void *a, const void *b)
{
        double one = *(const double *)a, other = *(const double *)b;

        one = one < 0 ? -one : one;
        other = other < 0 ? -other : other;
        return (one > other) - (one < other);
}

/* By how much counts less than how often: a machine that is busy now and then says nothing. */
static void rank(void)
{
        qsort(differ, pairs, sizeof(*differ), by_magnitude);
        for (size_t i = 0; i < pairs; i++)
                differ[i] = differ[i] < 0 ? -(double)(i + 1) : differ[i] > 0 ? (double)(i + 1) : 0;
}

static double mean(void)
{
        double sum = 0;

        for (size_t i = 0; i < pairs; i++)
                sum += differ[i];
        return sum / (double)pairs;
}

static double probability(void)
{
        const double seen = mean();
        unsigned int as_large = 0;

        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
                double sum = 0;

                for (size_t i = 0; i < pairs; i++)
                        sum += draw() & 1 ? differ[i] : -differ[i];
                sum /= (double)pairs;
                as_large += (sum < 0 ? -sum : sum) >= (seen < 0 ? -seen : seen);
        }
        return (as_large + 1.0) / (SHUFFLES + 1.0);
}

static double compare(size_t place, const struct marks marks[2], size_t *ret_count)
{
        double p, apart;

        for (size_t i = 0; i < pairs; i++) {
                bool first = draw() & 1;

                for (int turn = 0; turn < 2; turn++) {
                        bool exists = first == (turn == 0);

                        *(exists ? &there[i] : &missing[i]) =
                                take(place, exists, &marks[!exists], ret_count);
                }
                differ[i] = there[i] - missing[i];
        }
        apart = at_share(differ, pairs, 0.5);
        rank();
        p = probability();
        printf("%3zu  %-20s %2u  %9.2f %9.2f  %+8.3f  %.4f\n", place, tries[place].says,
               tries[place].is_query ? tries[place].query.kind : tries[place].event.kind,
               at_share(there, pairs, 0.5), at_share(missing, pairs, 0.5), apart, p);
        return p;
}

/* What the scene is made of reports to Check, so it has to run below it. */
START_TEST(delays)
{
        const struct marks beyond = {
                BEYOND, BEYOND + 1, BEYOND + 2, BEYOND + 3, BEYOND + 4, BEYOND + 5, { { 0 } },
                { { 0 } },
        };
        struct marks marks[2] = { { 0 }, beyond };
        unsigned int below = 0, far_below = 0;
        size_t count = 1;

        world_play("contract", false, &marks[0]);
        printf("%zu pairs of each, in microseconds\n"
               "try  what               kind  is there   missing     apart  probability\n", pairs);
        for (size_t place = 0; place < count; place++) {
                double p = compare(place, marks, &count);

                below += p < 0.05;
                far_below += p < 0.001;
        }
        printf("of %zu kinds, %u below 0.05 and %u below 0.001\n", count, below, far_below);
        scene_tear_down(&scene);
}
END_TEST

int main(int argc, char **argv)
{
        Suite *suite = suite_create("delays");
        TCase *tests = tcase_create("delays");
        SRunner *runner = srunner_create(suite);
        int failed;

        pairs = argc > 1 ? strtoul(argv[1], NULL, 10) : pairs;
        seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
        if (pairs < 10 || pairs > PAIRS_MAX) {
                fprintf(stderr, "stranger-delay: from 10 to %d pairs\n", PAIRS_MAX);
                return EXIT_FAILURE;
        }
        setvbuf(stdout, NULL, _IOLBF, 0);
        tcase_add_test(tests, delays);
        suite_add_tcase(suite, tests);
        srunner_set_fork_status(runner, CK_NOFORK);
        srunner_run_all(runner, CK_SILENT);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
