/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long it takes from the commit of a submission until the new signal of its provider is sealed,
 * while events come at a steady rate; and all signals made anew on one core.
 *
 *      bench-signals [--rate EVENTS] [--seconds N] [--directory DIR]
 *
 * For people, then KEY VALUE a line. Absolute figures are of this machine and moment.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "daemon/hub_private.h"
#include "daemon/hub_tell.h"
#include "daemon/incentives.h"
#include "daemon/teller.h"
#include "tests/bench/community.h"

static const struct community_size size = { 20, 500, 4000 };

#define PARTIES_MAX 1024
#define LATENCIES_MAX 1000000

struct arguments {
        const char *parent;
        double seconds, rate;
};

/* What is under way and what came of it. */
struct course {
        struct community *community;
        struct teller *teller;
        double since[PARTIES_MAX];      /* by party: commit of the first change it was not told */
        double *latencies;
        size_t count, sent;
        double busy;                    /* s in the ingest thread's batches */
};

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
        case 'r':
                arguments->rate = atof(value);
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

static double clock_s(clockid_t clock)
{
        struct timespec now;

        clock_gettime(clock, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double now_s(void)
{
        return clock_s(CLOCK_MONOTONIC);
}

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s\n", what, strerrordesc_np(-r));
        exit(1);
}

/* ---- all of it on one core */

struct whole {
        double seconds;
        uint64_t signals, contracts, rows, octets;
};

static void make_one(struct incentive_desk *desk, struct community *community, uint32_t party,
                     struct sink *sink, struct whole *whole)
{
        struct hub *hub = community_hub(community);
        struct reading by = { .hub = hub };
        struct signal_frame frame = { .kind = FRAME_INCENTIVE };

        must(store_begin_read(hub->env, &by.txn), "read");
        must(incentives_signal(desk, &by, party, hub_size(hub) - 1, false, &frame.incentive),
             "signal");
        sink_reset(sink);
        must(wire_write_signal_frame(sink, &frame), "frame");
        store_abort(by.txn);
        whole->signals++;
        whole->contracts += frame.incentive.contract_count;
        whole->rows += frame.incentive.row_count;
        whole->octets += sink->size;
}

static struct whole make_all(struct community *community)
{
        struct incentive_desk *desk = NULL;
        struct whole whole = { 0 };
        struct sink sink;
        double begun;

        must(incentive_desk_new(false, &desk), "memory");
        must(sink_new(&sink, 65536, 1 << 20), "memory");
        begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
        for (unsigned int i = 0; i < size.providers; i++)
                make_one(desk, community, community_provider(community, i), &sink, &whole);
        whole.seconds = clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
        sink_free(&sink);
        incentive_desk_free(desk);
        return whole;
}

/* ---- one after the other, while others come */

static void note_sent(struct course *course, uint32_t party, double at)
{
        if (course->since[party] <= 0)
                return;
        if (course->count < LATENCIES_MAX)
                course->latencies[course->count++] = at - course->since[party];
        course->since[party] = 0;
}

/* A batch: what came, and what is to be said, which is ready and sealed with its commit. */
static void turn(struct course *course, const unsigned int *numbers, size_t count)
{
        struct hub *hub = community_hub(course->community);
        uint32_t told[1024];
        struct hub_touched touched;
        struct told_frame frame;
        size_t tells = 0;
        double begun = now_s(), committed;

        community_begin(course->community);
        for (size_t i = 0; i < count; i++)
                community_say(course->community, numbers[i]);
        while (tells < 1024 && teller_next(course->teller, tells, &frame)) {
                must(hub_tell(hub, frame.party_no, frame.bytes), "tell");
                told[tells++] = frame.party_no;
        }
        community_commit(course->community);
        committed = now_s();
        hub_touched(hub, &touched);
        teller_mark(course->teller, &touched);
        teller_done(course->teller, tells);
        for (size_t i = 0; i < tells; i++)
                note_sent(course, told[i], committed);
        for (size_t i = 0; i < count; i++) {
                uint32_t party = community_provider(course->community, numbers[i]);

                if (course->since[party] <= 0)
                        course->since[party] = committed;
        }
        course->sent += count;
        course->busy += now_s() - begun;
}

static void run(struct course *course, double seconds, double a_second)
{
        const double begun = now_s();
        struct told_frame frame;
        unsigned int numbers[64];

        for (double now = begun; now < begun + seconds; now = now_s()) {
                size_t due = (size_t)((now - begun) * a_second), count = 0;

                while (course->sent + count < due && count < 64)
                        numbers[count++] = (unsigned int)random() % size.contracts;
                if (count || teller_next(course->teller, 0, &frame))
                        turn(course, numbers, count);
                else
                        usleep(500);
        }
}

/* As when a day begins: every signal is made, and what contracts reward is kept from then on. */
static void settle_in(struct course *course)
{
        const struct hub_touched all = {
                .all = true, .size = hub_size(community_hub(course->community)),
        };
        struct told_frame frame;
        size_t told = 0;

        teller_mark(course->teller, &all);
        while (told < size.providers) {
                size_t count = 0;

                while (teller_next(course->teller, count, &frame))
                        count++;
                teller_done(course->teller, count);
                told += count;
                usleep(1000);
        }
}

static int ascending(const void *a, const void *b)
{
        const double x = *(const double *)a, y = *(const double *)b;

        return (x > y) - (x < y);
}

static double part(const struct course *course, double share)
{
        return course->count ? course->latencies[(size_t)((double)(course->count - 1) * share)]
                             : -1;
}

static void measure(struct community *community, const struct arguments *arguments)
{
        static struct course course;
        const double a_second = arguments->rate / community_facts(community);
        struct teller_figures figures;
        double cpu;

        course.community = community;
        course.latencies = calloc(LATENCIES_MAX, sizeof(*course.latencies));
        must(course.latencies ? 0 : -ENOMEM, "memory");
        must(teller_start(&course.teller, community_hub(community), 5), "teller");
        settle_in(&course);
        cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID);
        run(&course, arguments->seconds, a_second);
        cpu = clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        figures = teller_figures(course.teller);
        teller_stop(course.teller);
        qsort(course.latencies, course.count, sizeof(*course.latencies), ascending);
        printf("%.0f events/s in submissions of %u, %.0f s: %zu submissions, %zu signals heard, "
               "%llu made\n    from commit to sealed: p50 %.1f ms, p99 %.1f ms, most %.1f ms\n",
               arguments->rate, community_facts(community), arguments->seconds, course.sent,
               course.count, (unsigned long long)figures.made, 1e3 * part(&course, 0.5),
               1e3 * part(&course, 0.99), 1e3 * part(&course, 1));
        printf("events_a_second %.0f\nsubmissions %zu\nsignals %zu\n"
               "latency_p50_ms %.3f\nlatency_p99_ms %.3f\nlatency_most_ms %.3f\n"
               "processor_share %.3f\ningest_share %.3f\n",
               (double)course.sent * community_facts(community) / arguments->seconds, course.sent,
               course.count, 1e3 * part(&course, 0.5), 1e3 * part(&course, 0.99),
               1e3 * part(&course, 1), cpu / arguments->seconds, course.busy / arguments->seconds);
        free(course.latencies);
}

int main(int count, char **words)
{
        static const struct argp_option options[] = {
                { "directory", 'd', "DIR", 0, "where the ledger is made", 0 },
                { "seconds", 's', "N", 0, "how long events come", 0 },
                { "rate", 'r', "EVENTS", 0, "events a second", 0 }, { 0 },
        };
        const struct argp argp = { .options = options, .parser = option };
        struct arguments arguments = { "/var/tmp", 15, 1000 };
        struct community *community;
        struct whole whole;

        argp_parse(&argp, count, words, 0, NULL, &arguments);
        community = community_new(arguments.parent, size);
        whole = make_all(community);
        printf("%u payers, %u providers, %u contracts of six measures and total cost\n"
               "    all signals anew, one core: %.2f s; %.0f us a contract; %llu rows, "
               "%.1f KiB a signal\n",
               size.payers, size.providers, size.contracts, whole.seconds,
               1e6 * whole.seconds / (double)whole.contracts, (unsigned long long)whole.rows,
               (double)whole.octets / (double)whole.signals / 1024);
        printf("recompute_s %.3f\ncontract_us %.1f\nsignal_bytes %.0f\n", whole.seconds,
               1e6 * whole.seconds / (double)whole.contracts,
               (double)whole.octets / (double)whole.signals);
        measure(community, &arguments);
        printf("ratio_recompute_to_5s %.3f\n", whole.seconds / 5);
        community_free(community);
        return 0;
}
