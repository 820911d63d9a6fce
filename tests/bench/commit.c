/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What it costs that receipts prove: hashing the stored bytes of a batch again before its tree is
 * signed, and the path of each receipt. Both are measured by doing the same once more on what a
 * batch has committed, in the same run; "without" is what is left of the batch when that is taken
 * off. The check of the sender's signature is not in it, as a thread of its own does that ahead.
 */
#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/hub_private.h"
#include "store/tree.h"
#include "tests/bench/feed.h"
#include "tests/bench/load.h"

struct row {
        unsigned int submissions, events;       /* of a batch, of a submission */
};

static const struct row rows[] = {
        { 1, 1 }, { 64, 1 }, { 1000, 1 }, { 1, 64 }, { 64, 64 }, { 100, 256 },
};

struct took {
        double batch, again, paths;     /* s */
        uint64_t submissions, octets;
};

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s\n", what, strerrordesc_np(-r));
        exit(1);
}

/* As log_prepare_commit() does it. */
static void hash_again(struct feed *feed, uint64_t first, uint64_t end, struct took *took)
{
        struct store_txn *txn = NULL;
        struct frontier frontier = { .size = 0 };
        struct log_entry entry;
        struct digest leaf;
        double begun = now_s();

        must(store_begin_read(feed->hub->env, &txn), "read");
        for (uint64_t i = first; i < end; i++) {
                must(log_read_proved(txn, feed->hub->hasher, i, &entry), "entry");
                must(log_leaf(txn, i, &leaf), "leaf");
                frontier_append(&frontier, feed->hub->hasher, &leaf);
                took->octets += entry.bytes.size;
        }
        store_abort(txn);
        took->again += now_s() - begun;
}

/* As daemon/receipts.c does it. */
static void make_paths(struct feed *feed, uint64_t first, uint64_t end, struct took *took)
{
        struct digest path[MERKLE_PROOF_MAX];
        struct store_txn *txn = NULL;
        struct merkle_nodes nodes;
        double begun = now_s();
        size_t count;

        must(store_begin_read(feed->hub->env, &txn), "read");
        nodes = tree_source(txn);
        for (uint64_t i = first; i < end; i++)
                must(merkle_inclusion(&nodes, feed->hub->hasher, i, end, path, &count), "path");
        store_abort(txn);
        took->paths += now_s() - begun;
}

static void one_batch(struct feed *feed, const struct row *row, struct took *took)
{
        struct guard_mark before, after;
        double begun, making = 0, since = now_s();

        hub_mark(feed->hub, &before);
        feed_begin(feed);
        for (unsigned int i = 0; i < row->submissions; i++) {
                begun = now_s();
                feed_make(feed, row->events);
                making += now_s() - begun;
                feed_take(feed);
        }
        feed_commit(feed);
        took->batch += now_s() - since - making;
        hub_mark(feed->hub, &after);
        took->submissions += row->submissions;
        hash_again(feed, before.size, after.size, took);
        make_paths(feed, before.size, after.size, took);
}

static void measure(struct feed *feed, const struct row *row, double seconds)
{
        struct took took = { 0 };
        double begun = now_s(), n;

        while (now_s() - begun < seconds)
                one_batch(feed, row, &took);
        n = (double)took.submissions;
        printf("%11u  %10u  %9.1f  %9.2f  %9.2f  %7.1f %%  %7.3f  %7.1f %%\n", row->submissions,
               row->events, took.batch / n * 1e6, took.again / n * 1e6, took.paths / n * 1e6,
               100 * took.again / took.batch, took.batch / (took.batch - took.again),
               100 * took.paths / took.batch);
        fflush(stdout);
}

static error_t option(int key, char *value, struct argp_state *state)
{
        struct { const char *parent; double seconds; } *arguments = state->input;

        if (key == 'd')
                arguments->parent = value;
        else if (key == 's')
                arguments->seconds = atof(value);
        else
                return ARGP_ERR_UNKNOWN;
        return 0;
}

int main(int count, char **words)
{
        static const struct argp_option options[] = {
                { "directory", 'd', "DIR", 0, "where the ledger lies while measuring (/var/tmp)",
                  0 },
                { "seconds", 's', "N", 0, "for each row (3)", 0 },
                { 0 },
        };
        static const struct argp argp = { options, option, NULL, "What proving costs a commit.",
                                          NULL, NULL, NULL };
        struct { const char *parent; double seconds; } arguments = { "/var/tmp", 3 };
        static struct world world;
        struct feed *feed;

        argp_parse(&argp, count, words, 0, NULL, &arguments);
        must(world_make(&world, arguments.parent), "world");
        feed = feed_new(&world);
        printf("a batch of              us a submission                    hashing again\n"
               "submissions  events each  all     hashed again  paths     of it   with/without  "
               "paths, of it\n");
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                measure(feed, &rows[i], arguments.seconds);
        feed_free(feed, &world);
        world_end(&world, false);
        return 0;
}
