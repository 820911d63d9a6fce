/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From exec(2) to READY on a ledger of many events: the tail is proved, nothing is looked through.
 * The ledger is made by libhub itself, with signatures that are made and not checked again; the
 * page cache is dropped before each start, as far as we may.
 */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/random.h"
#include "proof/sign.h"
#include "proto/wire.h"
#include "tests/bench/load.h"

#define PER_MOST 256u
#define STARTS 3u

struct arguments {
        const char *accordd, *parent;
        uint64_t events;
        unsigned int per;
};

/* One node that says facts without end, every key new. */
struct feed {
        struct hub *hub;
        const struct keys *keys;
        struct stream_id stream;
        uint64_t sequence, facts;
        struct event events[PER_MOST];
        struct sink body, signed_one, frame;
        struct scratch scratch;
};

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s\n", what, r < 0 ? strerrordesc_np(-r) : "refused");
        exit(1);
}

static void fill(struct feed *feed, unsigned int count)
{
        for (unsigned int i = 0; i < count; i++) {
                struct fact_event *fact = &feed->events[i].fact;
                uint64_t n = feed->facts++;

                feed->events[i].kind = EVENT_FACT;
                fact->key = (struct fact_key) {
                        .scope = SCOPE_CONTRACT, .kind = FACT_EXPENDITURE,
                        .period = { date_of(2024, 1, 1), date_of(2024, 2, 1) },
                        .paid_through = DATE_NONE,
                };
                snprintf(fact->key.item.text, sizeof(fact->key.item.text), "n%llx",
                         (unsigned long long)n);
                fact->value = (struct value) { UNIT_CENTS, (int64_t)(n * 7919 % 100000000), 1 };
        }
}

static void say(struct feed *feed, unsigned int count)
{
        struct submission submission = {
                .format = FORMAT_MOST, .hub = hub_id(feed->hub),
                .contract = world_contract((unsigned int)(feed->sequence % WORLD_CONTRACTS)),
                .stream = feed->stream, .sequence = ++feed->sequence, .made_at = 1,
                .events = feed->events, .event_count = count,
        };
        struct hub_ahead ahead = { .checked = true, .good = true };
        struct signature signature;
        struct bytes body, found;

        fill(feed, count);
        strcpy(submission.sender.party.text, "payer");
        strcpy(submission.sender.node.text, "n1");
        sink_reset(&feed->body);
        sink_reset(&feed->signed_one);
        sink_reset(&feed->frame);
        must(wire_write_submission_body(&feed->body, &submission), "body");
        body = sink_bytes(&feed->body);
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, feed->keys->secret.signing, feed->scratch,
                        &signature), "signature");
        must(wire_write_signed_submission(&feed->signed_one, body, BYTES_OF(signature.octets)),
             "submission");
        must(wire_write_submission_frame(&feed->frame, sink_bytes(&feed->signed_one)), "frame");
        if (!wire_find_signature(sink_bytes(&feed->frame), &ahead.body, &found))
                must(-EINVAL, "frame");
        ahead.signature = found.data;
        memcpy(ahead.signing_key, feed->keys->public.signing, sizeof(ahead.signing_key));
        must(hub_take_ahead(feed->hub, feed->keys->public.transport, sink_bytes(&feed->frame), 1,
                            &ahead), "submission");
}

static void must_be_receipt(struct feed *feed)
{
        struct effect effect;

        if (!hub_effect(feed->hub, 0, &effect) || effect.kind != EFFECT_REPLY ||
            ((const uint8_t *)effect.bytes.data)[0] != 0x12) {
                fprintf(stderr, "bench: what was made is not taken\n");
                exit(1);
        }
}

static void progress(uint64_t done, uint64_t of, double begun)
{
        fprintf(stderr, "\r  making it: %" PRIu64 " of %" PRIu64 " events, %.0f a second  ", done,
                of, (double)done / (now_s() - begun));
}

/* The world's ledger, with @events facts behind. The log's entries. */
static uint64_t fill_ledger(struct world *world, const struct arguments *arguments)
{
        char ledger[300], guard[300];
        const struct hub_options options = { .directory = ledger, .keys = &world->hub_keys,
                                             .window = 1000000 };
        struct feed *feed = calloc(1, sizeof(*feed));
        struct guard_mark mark;
        double begun = now_s();
        instant now = 0;

        snprintf(ledger, sizeof(ledger), "%s/ledger", world->directory);
        snprintf(guard, sizeof(guard), "%s/guard", world->directory);
        must(hub_open(&feed->hub, &options), "ledger");
        feed->keys = &world->node_keys[1];
        feed->scratch.size = sign_room(DOMAIN_SUBMISSION, 1 << 18);
        feed->scratch.data = malloc(feed->scratch.size);
        random_stream_id(&feed->stream);
        must(sink_new(&feed->body, 1 << 18, 1 << 18), "memory");
        must(sink_new(&feed->signed_one, 1 << 18, 1 << 18), "memory");
        must(sink_new(&feed->frame, 1 << 18, 1 << 18), "memory");
        while (feed->facts < arguments->events) {
                hub_mark(feed->hub, &mark);
                now = mark.time + 1;
                must(hub_begin(feed->hub, now), "begin");
                while (!hub_batch_full(feed->hub) && feed->facts < arguments->events)
                        say(feed, arguments->per);
                must(hub_commit(feed->hub), "commit");
                must_be_receipt(feed);
                progress(feed->facts, arguments->events, begun);
        }
        fprintf(stderr, "\r%60s\r", "");
        hub_mark(feed->hub, &mark);
        hub_close(feed->hub);
        must(guard_replace(guard, NULL, &mark), "guard");
        sink_free(&feed->body);
        sink_free(&feed->signed_one);
        sink_free(&feed->frame);
        free(feed->scratch.data);
        free(feed);
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
                if (arguments->per < 1 || arguments->per > PER_MOST)
                        argp_error(state, "1 to %u events a submission", PER_MOST);
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
