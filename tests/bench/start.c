/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From exec(2) to READY on a ledger of many events: the tail is proved, nothing is looked through.
 * The ledger is made by libhub itself; the page cache is dropped before each start, as far as we
 * may.
 */
#include <argp.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/feed.h"
#include "tests/bench/load.h"

#define STARTS 3u

struct arguments {
        const char *accordd, *parent;
        uint64_t events;
        unsigned int per;
};

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s\n", what, strerrordesc_np(-r));
        exit(1);
}

static void progress(uint64_t done, uint64_t of, double begun)
{
        fprintf(stderr, "\r  making it: %" PRIu64 " of %" PRIu64 " events, %.0f a second  ", done,
                of, (double)done / (now_s() - begun));
}

/* The world's ledger, with so many facts behind. The log's entries. */
static uint64_t fill_ledger(struct world *world, const struct arguments *arguments)
{
        struct feed *feed = feed_new(world);
        struct guard_mark mark;
        double begun = now_s();

        while (feed->facts < arguments->events) {
                feed_begin(feed);
                while (!hub_batch_full(feed->hub) && feed->facts < arguments->events) {
                        feed_make(feed, arguments->per);
                        feed_take(feed);
                }
                feed_commit(feed);
                progress(feed->facts, arguments->events, begun);
        }
        fprintf(stderr, "\r%60s\r", "");
        hub_mark(feed->hub, &mark);
        feed_free(feed, world);
        return mark.size;
}

/* Of the whole machine where we may; else of the ledger's file, which accordd does itself. */
static bool drop_caches(void)
{
        int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
        bool done;

        sync();
        done = fd >= 0 && write(fd, "3\n", 2) == 2;
        if (fd >= 0)
                close(fd);
        return done;
}

static double size_gb(const struct world *world)
{
        struct stat status;
        char path[300];

        snprintf(path, sizeof(path), "%s/ledger/data.mdb", world->directory);
        return stat(path, &status) == 0 ? (double)status.st_size / 1e9 : 0;
}

static void run(const struct arguments *arguments)
{
        struct world world;
        uint64_t entries;

        must(world_make(&world, arguments->parent), "world");
        entries = fill_ledger(&world, arguments);
        printf("%" PRIu64 " events, %u a submission: %" PRIu64 " entries, %.1f GB\n",
               arguments->events, arguments->per, entries, size_gb(&world));
        for (unsigned int i = 0; i < STARTS; i++) {
                bool dropped = drop_caches();
                double begun = now_s();

                must(world_start(&world, arguments->accordd), "start");
                printf("    READY after %.2f s%s\n", now_s() - begun,
                       dropped ? "" : " (only the ledger's own pages were dropped)");
                fflush(stdout);
                world_stop(&world);
        }
        world_end(&world, false);
}

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'd':
                arguments->parent = value;
                return 0;
        case 'e':
                arguments->events = strtoull(value, NULL, 10);
                return 0;
        case 'p':
                arguments->per = (unsigned int)strtoul(value, NULL, 10);
                if (arguments->per < 1 || arguments->per > FEED_PER_MOST)
                        argp_error(state, "1 to %u events a submission", FEED_PER_MOST);
                return 0;
        case ARGP_KEY_ARG:
                arguments->accordd = value;
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

int main(int count, char **words)
{
        static const struct argp_option options[] = {
                { "directory", 'd', "DIR", 0, "where the ledger lies while measuring (/var/tmp)",
                  0 },
                { "events", 'e', "N", 0, "in the ledger (10000000)", 0 },
                { "per", 'p', "N", 0, "of one submission (100)", 0 },
                { 0 },
        };
        static const struct argp argp = { options, option, "ACCORDD",
                                          "How long a start takes on a long log.", NULL, NULL,
                                          NULL };
        struct arguments arguments = { .parent = "/var/tmp", .events = 10000000, .per = 100 };

        argp_parse(&argp, count, words, 0, NULL, &arguments);
        if (!arguments.accordd)
                return 2;
        run(&arguments);
        return 0;
}
