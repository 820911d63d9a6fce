/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/load.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/setup.h"

#define SAMPLES_MAX 2000000
#define EVENTS_MAX 4096
#define DRAIN_S 20.0

double now_s(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* In memory that parent and clients share. */
struct shared {
        volatile int ready, go;
        double end;
        struct slot {
                uint64_t submissions, samples;
                double cpu_s;
                int failed;
        } slots[WORLD_NODES];
        float latencies_ms[];
};

struct client {
        struct shared *shared;
        struct slot *slot;
        float *samples;
        const struct load *load;
        unsigned int node;
        struct accord_outbox *outbox;
        struct accord_session *session;
        struct accord_error error;
        double *sealed_at; /* by sequence modulo in-flight room */
        uint64_t begun, answered;
        uint64_t counter; /* makes every fact's key its own */
        struct event events[EVENTS_MAX];
};

static void answered(void *with, const struct accord_item *item)
{
        struct client *client = with;
        double now = now_s(), took = now - client->sealed_at[item->sequence % 65536];

        client->answered++;
        if (item->state != ACCORD_ITEM_RECEIVED) {
                fprintf(stderr, "bench: refused: %.*s\n",
                        item->fault_count ? (int)item->faults[0].says.size : 0,
                        item->fault_count ? (const char *)item->faults[0].says.data : "");
                client->slot->failed = 1;
        }
        if (now <= client->shared->end && client->shared->go) {
                client->slot->submissions++;
                if (client->slot->samples < SAMPLES_MAX / WORLD_NODES)
                        client->samples[client->slot->samples++] = (float)(took * 1e3);
        }
}

/* Facts of a month each, every key new: what a payer's monthly feed is like. */
static void fill_events(struct client *client)
{
        for (unsigned int i = 0; i < client->load->events; i++) {
                struct fact_event *fact = &client->events[i].fact;
                uint64_t n = client->counter++;

                client->events[i].kind = EVENT_FACT;
                fact->key = (struct fact_key) {
                        .scope = SCOPE_CONTRACT,
                        .kind = FACT_EXPENDITURE,
                        .period = { date_of(2024, 1 + (int)(n % 12), 1),
                                    n % 12 == 11 ? date_of(2025, 1, 1)
                                                 : date_of(2024, 2 + (int)(n % 12), 1) },
                        .paid_through = DATE_NONE,
                };
                snprintf(fact->key.item.text, sizeof(fact->key.item.text), "n%u.%llx", client->node,
                         (unsigned long long)n);
                fact->value = (struct value) { UNIT_CENTS, (int64_t)(n * 7919 % 100000000), 1 };
        }
}

static int send_one(struct client *client)
{
        struct accord_about about = { 0 };
        struct accord_outbox_stat stat;
        uint64_t contract = client->begun % (WORLD_CONTRACTS / client->load->clients);
        int r;

        about.contract =
                world_contract((unsigned int)(contract * client->load->clients + client->node));
        fill_events(client);
        r = accord_outbox_add(client->outbox, &about, client->events, client->load->events, NULL,
                              &client->error);
        accord_outbox_stat(client->outbox, &stat);
        client->sealed_at[stat.next_sequence % 65536] = now_s();
        client->begun++;
        return r ? r : accord_outbox_seal(client->outbox, &client->error);
}

static int turn(struct client *client, const struct accord_watch *watch)
{
        struct pollfd look = { .fd = accord_fd(client->session), .events = POLLIN };
        uint64_t waiting;
        int wait, r;

        r = accord_step(client->session, client->outbox, watch, &waiting, &client->error);
        if (r || client->begun - client->answered < client->load->in_flight)
                return r;
        wait = accord_wait_ms(client->session);
        poll(&look, 1, wait < 0 || wait > 100 ? 100 : wait);
        return accord_step(client->session, client->outbox, watch, &waiting, &client->error);
}

static int drive(struct client *client)
{
        const struct accord_watch watch = { .answered = answered, .with = client };
        double drained;
        int r = 0;

        while (!r && now_s() < client->shared->end) {
                while (!r && client->begun - client->answered < client->load->in_flight)
                        r = send_one(client);
                if (!r)
                        r = turn(client, &watch);
        }
        for (drained = now_s() + DRAIN_S;
             !r && client->answered < client->begun && now_s() < drained;)
                r = turn(client, &watch);
        return r;
}

static int client_main(struct world *world, struct shared *shared, const struct load *load,
                       unsigned int node)
{
        static struct client client;
        char directory[320];
        struct accord_profile profile;
        struct rusage usage;
        int r;

        snprintf(directory, sizeof(directory), "%s/outbox-%u-%d", world->directory, node,
                 (int)getpid());
        mkdir(directory, 0700);
        client = (struct client) {
                .shared = shared,
                .slot = &shared->slots[node],
                .load = load,
                .node = node,
                .samples = shared->latencies_ms + (size_t)node * (SAMPLES_MAX / WORLD_NODES),
                .sealed_at = calloc(65536, sizeof(double)),
                .counter = (uint64_t)getpid() << 32,
        };
        proof_setup();
        profile = world_profile(world, node, load->durable ? directory : NULL);
        r = accord_outbox_open(&client.outbox, &profile, &client.error);
        if (!r)
                r = accord_session_open(&client.session, &profile, &client.error);
        if (!r)
                r = accord_hello(client.session, 10000, NULL, &client.error);
        __atomic_add_fetch(&shared->ready, 1, __ATOMIC_SEQ_CST);
        while (!r && !shared->go)
                usleep(500);
        if (!r)
                r = drive(&client);
        if (r) {
                fprintf(stderr, "bench: client %u: %s\n", node, client.error.text);
                client.slot->failed = 1;
        }
        getrusage(RUSAGE_SELF, &usage);
        client.slot->cpu_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                             (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        accord_session_close(client.session);
        accord_outbox_close(client.outbox);
        return r;
}

static int by_size(const void *a, const void *b)
{
        float x = *(const float *)a, y = *(const float *)b;

        return (x > y) - (x < y);
}

static void summarise(struct shared *shared, const struct load *load, struct load_result *ret)
{
        size_t count = 0;

        for (unsigned int i = 0; i < load->clients; i++) {
                struct slot *slot = &shared->slots[i];

                memmove(shared->latencies_ms + count,
                        shared->latencies_ms + (size_t)i * (SAMPLES_MAX / WORLD_NODES),
                        slot->samples * sizeof(float));
                count += slot->samples;
                ret->submissions += slot->submissions;
                ret->client_cpu_s += slot->cpu_s;
        }
        ret->events = ret->submissions * load->events;
        qsort(shared->latencies_ms, count, sizeof(float), by_size);
        if (!count)
                return;
        ret->p50_ms = (double)shared->latencies_ms[count / 2];
        ret->p99_ms = (double)shared->latencies_ms[count - 1 - count / 100];
        ret->most_ms = (double)shared->latencies_ms[count - 1];
}

static double process_cpu_s(pid_t pid)
{
        unsigned long user = 0, system = 0;
        char path[64];
        FILE *file;

        snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
        file = fopen(path, "r");
        if (file) {
                if (fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                           &user, &system) != 2)
                        user = system = 0;
                fclose(file);
        }
        return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

int load_run(struct world *world, const struct load *load, double seconds, struct load_result *ret)
{
        size_t size = sizeof(struct shared) + SAMPLES_MAX * sizeof(float);
        struct shared *shared =
                mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        double cpu;
        int failed = 0;

        memset(ret, 0, sizeof(*ret));
        if (shared == MAP_FAILED)
                return -1;
        fflush(NULL);
        for (unsigned int i = 0; i < load->clients; i++)
                if (fork() == 0)
                        _exit(client_main(world, shared, load, i) ? 1 : 0);
        for (int i = 0; i < 20000 && (unsigned int)shared->ready < load->clients; i++)
                usleep(500);
        cpu = process_cpu_s(world->daemon);
        shared->end = now_s() + seconds;
        shared->go = 1;
        for (unsigned int i = 0; i < load->clients; i++) {
                int status;

                wait(&status);
                failed |= status != 0;
        }
        ret->seconds = seconds;
        ret->hub_cpu_s = process_cpu_s(world->daemon) - cpu;
        summarise(shared, load, ret);
        munmap(shared, size);
        return failed ? -1 : 0;
}
