/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signed, verified, hashed, committed and folded events a second, from clients on the same machine,
 * beside what the machine can do. Absolute figures are of this machine and moment; the ratios are
 * the result.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "tests/bench/floor.h"
#include "tests/bench/load.h"

#define COMMITS "\"commits\":{\"count\":"

struct arguments {
        const char *accordd, *parent;
        double seconds;
};

static const struct load loads[] = {
        { "(a) 1 client, 1 submission of 1 event in flight", 1, 1, 1, false },
        { "(b) 8 clients, 64 submissions of 1 event in flight each", 8, 64, 1, false },
        { "(c) 8 clients, 8 submissions of 64 events in flight each", 8, 8, 64, false },
        { "(d) as (c), client outboxes on disk", 8, 8, 64, true },
};

enum { A, B, C, D, LOADS };

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'd':
                arguments->parent = value;
                return 0;
        case 's':
                arguments->seconds = atof(value);
                return 0;
        case ARGP_KEY_ARG:
                arguments->accordd = value;
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

/* Commits so far, from the statistics the daemon renews each second. */
static uint64_t commits(const struct world *world)
{
        char path[300], text[16384];
        const char *at;
        FILE *file;
        size_t size;

        snprintf(path, sizeof(path), "%s/run/stat.json", world->directory);
        file = fopen(path, "r");
        if (!file)
                return 0;
        size = fread(text, 1, sizeof(text) - 1, file);
        text[size] = '\0';
        fclose(file);
        at = strstr(text, COMMITS);
        return at ? strtoull(at + strlen(COMMITS), NULL, 10) : 0;
}

static void print_load(const struct load *load, const struct load_result *r)
{
        printf("%s\n    %.0f events/s, %.0f submissions/s; p50 %.2f ms, p99 %.2f ms, most %.1f ms\n"
               "    hub %.2f s of processor, clients %.2f s, in %.1f s",
               load->says, (double)r->events / r->seconds, (double)r->submissions / r->seconds,
               r->p50_ms, r->p99_ms, r->most_ms, r->hub_cpu_s, r->client_cpu_s, r->seconds);
        if (r->commits)
                printf("; %.1f submissions a commit", (double)r->submissions / (double)r->commits);
        printf("\n");
}

static void print_ratio(const char *what, double have, double want, bool at_least, const char *unit)
{
        printf("    %-58s %8.2f%s  (%s %g%s)  %s\n", what, have, unit,
               at_least ? "at least" : "under", want, unit,
               (at_least ? have >= want : have < want) ? "reached" : "NOT REACHED");
}

static unsigned int a_commit(const struct load_result *r)
{
        double many = r->commits ? (double)r->submissions / (double)r->commits : 1;

        return many < 1 ? 1 : (unsigned int)(many + 0.5);
}

/* Each taken right before and after the load it is held against: this machine is never alone. */
struct floors {
        double sync_ms, verifications, lmdb;
};

static void run(struct world *world, int which, double seconds, struct load_result *ret)
{
        uint64_t before = commits(world), after;

        if (load_run(world, &loads[which], seconds, ret))
                fprintf(stderr, "bench: %s: a client failed\n", loads[which].says);
        usleep(2200000); /* until the statistics have caught up */
        after = commits(world);
        ret->commits = after > before ? after - before : 0;
        print_load(&loads[which], ret);
        fflush(stdout);
}

static void measure(struct world *world, const struct arguments *arguments,
                    struct load_result *results, struct floors *floors)
{
        double seconds = arguments->seconds;

        floors->sync_ms = floor_fdatasync_ms(world->directory) / 2;
        run(world, A, seconds, &results[A]);
        floors->sync_ms += floor_fdatasync_ms(world->directory) / 2;
        floors->verifications = floor_verifications(1) / 2;
        run(world, B, seconds, &results[B]);
        floors->verifications += floor_verifications(1) / 2;
        run(world, C, seconds, &results[C]);
        floors->lmdb = floor_lmdb(arguments->parent, a_commit(&results[C]), 64, seconds);
        run(world, D, seconds, &results[D]);
}

static void report(struct world *world, const struct load_result *r, const struct floors *floors)
{
        double anonymous = (double)process_kb(world->daemon, "RssAnon") / 1024;

        printf("\nin the same run\n    fdatasync of 4 KiB appended: p50 %.3f ms\n"
               "    Ed25519: %.0f verifications/s on one core\n"
               "    LMDB alone, the same tables, %u submissions of 64 events a transaction: %.0f "
               "events/s\n"
               "    hub: %.0f MiB of its own, %.0f MiB of ledger mapped (page cache), %.0f MiB at "
               "the most\n\n",
               floors->sync_ms, floors->verifications, a_commit(&r[C]), floors->lmdb, anonymous,
               (double)process_kb(world->daemon, "RssFile") / 1024,
               (double)process_kb(world->daemon, "VmHWM") / 1024);
        print_ratio("(a) p50 / two fdatasyncs", r[A].p50_ms / (2 * floors->sync_ms), 5, false, "x");
        print_ratio("(b) submissions/s of one core's verifications",
                    100 * (double)r[B].submissions / r[B].seconds / floors->verifications, 70,
                    true, " %");
        print_ratio("(c) events/s of LMDB alone",
                    100 * (double)r[C].events / r[C].seconds / floors->lmdb, 40, true, " %");
        print_ratio("(c) p99", r[C].p99_ms, 40, false, " ms");
        print_ratio("hub memory of its own", anonymous, 200, false, " MiB");
}

int main(int argc, char **argv)
{
        static const struct argp_option options[] = {
                { "directory", 'd', "DIR", 0, "where the ledger lies while measuring (/var/tmp)",
                  0 },
                { "seconds", 's', "N", 0, "how long each load runs (5)", 0 },
                { 0 },
        };
        const struct argp argp = { options,   option,
                                   "ACCORDD", "Measure how fast a hub takes events in.",
                                   NULL,      NULL,
                                   NULL };
        struct arguments arguments = { "build/daemon/accordd", "/var/tmp", 5 };
        struct load_result results[LOADS];
        struct floors floors;
        static struct world world;
        int r;

        argp_parse(&argp, argc, argv, 0, NULL, &arguments);
        r = world_make(&world, arguments.parent);
        if (!r) {
                printf("%d contracts in force between 1 payer (%d nodes) and %d providers, made in "
                       "%.1f s\n",
                       WORLD_CONTRACTS, WORLD_NODES, WORLD_PROVIDERS, world.created_s);
                fflush(stdout);
                r = world_start(&world, arguments.accordd);
        }
        if (!r) {
                measure(&world, &arguments, results, &floors);
                report(&world, results, &floors);
        }
        world_end(&world, false);
        return r ? 1 : 0;
}
