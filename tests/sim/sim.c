/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sim [FIRST [COUNT [STEPS]]]: so many histories from that seed on. A history that is not as the
 * model says ends the program and names its seed; the same seed gives the same history.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rounds.h"
#include "tests/sim/sim.h"

#define SEEDS (ROUNDS_OF(48) + 8)
#define STEPS 300
#define TWICE_EVERY 20          /* seeds: played twice, to the same root */

_Noreturn void sim_fails(const struct sim *sim, const char *format, ...)
{
        va_list arguments;

        fprintf(stderr, "sim: seed %llu: ", (unsigned long long)sim->seed);
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
        stage_tear_down((struct stage *)&sim->stage);
        exit(EXIT_FAILURE);
}

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

static const struct {
        const char *party, *node;
        unsigned int number;
} cast[NODES] = {
        { "payer-a", "one", 0 },   { "payer-b", "one", 1 },   { "network-a", "one", 2 },
        { "network-b", "one", 3 }, { "payer-a", "two", 0 },   { "network-a", "two", 2 },
};

static void no_window(struct hub_options *options)
{
        options->window = 100000;
}

static void admit(struct sim *sim)
{
        struct stage *stage = &sim->stage;

        stage_begin(stage);
        for (unsigned int i = 0; i < PAYERS + NETWORKS; i++)
                must(stage_admit_party(stage, cast[i].party, i < PAYERS ? ROLE_PAYER : ROLE_NETWORK,
                                       true, 0), "party");
        for (unsigned int i = 0; i < NODES; i++)
                must(stage_admit_node(stage, &sim->nodes[i].player, RIGHTS_ALL), "node");
        stage_commit(stage);
}

static void set_up(struct sim *sim, uint64_t seed)
{
        memset(sim, 0, sizeof(*sim));
        sim->seed = sim->random.state = seed;
        stage_set_up(&sim->stage, no_window);
        for (unsigned int i = 0; i < NODES; i++) {
                struct node *node = &sim->nodes[i];

                player_make(&node->player, cast[i].party, cast[i].node);
                node->party = cast[i].number;
                for (unsigned int j = 0; j < STREAMS; j++)
                        memset(node->outboxes[j].id.octets, (int)(i * STREAMS + j + 1), 16);
                node->connection = sim->connection_count++;
                sim->connections[node->connection] =
                        (struct connection) { .node = i, .alive = true };
        }
        for (unsigned int i = 0; i < CONTRACTS; i++)
                sim->contracts[i] = (struct contract_id) {
                        name_of(cast[i / NETWORKS].party),
                        name_of(cast[PAYERS + i % NETWORKS].party),
                        name_of("the-contract"),
                };
        admit(sim);
}

static void tear_down(struct sim *sim)
{
        stage_tear_down(&sim->stage);
        for (unsigned int i = 0; i < sim->message_count; i++) {
                free((void *)sim->messages[i]->bytes.data);
                free(sim->messages[i]);
        }
}

static void begin(struct sim *sim)
{
        if (sim->in_batch)
                return;
        stage_begin(&sim->stage);
        must(hub_pass_time(sim->stage.hub), "hub_pass_time");
        sim->in_batch = true;
}

/* Made durable; whether anybody hears of it is another matter. */
static void commit(struct sim *sim, bool answers)
{
        if (!sim->in_batch)
                return;
        stage_commit(&sim->stage);
        sim->in_batch = false;
        sim_learn_statements(sim);
        if (answers)
                sim_answer(sim);
        else
                sim->lost_answers++;
}

/* In a batch or between two; every connection is gone, some frames are still under way. */
static void crash(struct sim *sim)
{
        stage_reopen(&sim->stage);
        sim->in_batch = false;
        sim->crashes++;
        for (unsigned int i = 0; i < NODES; i++)
                sim_break(sim, i);
}

static void deliver_some(struct sim *sim)
{
        unsigned int connection = pick(&sim->random, sim->connection_count);

        begin(sim);
        if (chance(&sim->random, 800))
                connection = sim->nodes[pick(&sim->random, NODES)].connection;
        while (sim_deliver(sim, connection) && chance(&sim->random, 700))
                ;
}

static void work(struct sim *sim)
{
        struct statement *statement;
        uint64_t run;

        if (hub_next_run(sim->stage.hub, 0, &run))
                return;
        statement = calloc(1, sizeof(*statement));
        must(statement ? 0 : -ENOMEM, "calloc");
        must(hub_compute(sim->stage.hub, run, statement), "hub_compute");
        begin(sim);
        must(hub_post_statement(sim->stage.hub, statement), "hub_post_statement");
        if (chance(&sim->random, 200))          /* handed over twice */
                must(hub_post_statement(sim->stage.hub, statement), "hub_post_statement");
        free(statement);
}

static void step(struct sim *sim)
{
        unsigned int node = pick(&sim->random, NODES), what = pick(&sim->random, 1000);

        if (what < 250)
                sim_seal(sim, node);
        else if (what < 500)
                sim_send(sim, node);
        else if (what < 780)
                deliver_some(sim);
        else if (what < 900)
                commit(sim, chance(&sim->random, 900));
        else if (what < 940)
                work(sim);
        else if (what < 965)
                sim_break(sim, node);
        else if (what < 975)
                crash(sim);
        else if (what < 985)
                sim->stage.now += (int64_t)pick(&sim->random, 100) * SECOND - 20 * SECOND;
        else if (sim->seed % 4 == 0)
                sim_forge(sim, node);
}

static bool all_answered(const struct sim *sim)
{
        for (unsigned int i = 0; i < sim->message_count; i++)
                if (!sim->messages[i]->answered && !sim->messages[i]->forged)
                        return false;
        return true;
}

/* Before anything breaks, so that most of what follows is about contracts in force. */
static void warm_up(struct sim *sim)
{
        unsigned int agreed = 0;

        for (unsigned int round = 0; round < 20 && agreed < CONTRACTS - 1; round++) {
                for (unsigned int i = 0; i < NODES; i++) {
                        sim_seal(sim, i);
                        for (unsigned int j = 0; j < 10; j++)
                                sim_send(sim, i);
                        begin(sim);
                        while (sim_deliver(sim, sim->nodes[i].connection))
                                ;
                        commit(sim, true);
                }
                agreed = 0;
                for (unsigned int i = 0; i < CONTRACTS; i++)
                        agreed += sim->agreed[i];
        }
}

/* The network heals: everything that was ever sealed arrives, and late frames too. */
static void heal(struct sim *sim)
{
        for (unsigned int round = 0; round < 100 && !all_answered(sim); round++) {
                for (unsigned int i = 0; i < NODES; i++) {
                        sim_break(sim, i);
                        for (unsigned int j = 0; j < 200; j++)
                                sim_send(sim, i);
                }
                begin(sim);
                for (unsigned int i = 0; i < NODES; i++)
                        while (sim_deliver(sim, sim->nodes[i].connection))
                                ;
                commit(sim, true);
        }
        begin(sim);
        for (unsigned int i = 0; i < sim->connection_count; i++)
                while (sim_deliver(sim, i))
                        ;
        commit(sim, true);
        while (stage_work(&sim->stage))
                ;
}

static void play(struct sim *sim, uint64_t seed, unsigned int steps)
{
        const char *finding;

        set_up(sim, seed);
        warm_up(sim);
        for (unsigned int i = 0; i < steps; i++)
                step(sim);
        heal(sim);
        model_check(sim);
        finding = stage_finding(&sim->stage);
        if (finding)
                sim_fails(sim, "%s", finding);
        must(hub_read_stat(sim->stage.hub, &sim->stat), "hub_read_stat");
        memcpy(sim->root.octets, sim->stat.root.octets, sizeof(sim->root.octets));
        if (sim->stat.debits_pending != sim->stat.credits_pending)
                sim_fails(sim, "the books do not balance");
        tear_down(sim);
}

/* What all the histories were made of, so that one sees whether they are worth anything. */
struct totals {
        uint64_t sealed, recorded, refused, facts, runs, answers, journal, crashes, late, lost;
        uint64_t forged;
};

static void add(struct totals *totals, const struct sim *sim)
{
        totals->sealed += sim->message_count;
        totals->recorded += sim->stat.submissions;
        totals->refused += sim->stat.refusals;
        totals->facts += sim->stat.facts;
        totals->runs += sim->stat.runs;
        totals->answers += sim->answers;
        totals->journal += sim->stat.journal_entries;
        totals->crashes += sim->crashes;
        totals->late += sim->late;
        totals->lost += sim->lost_answers;
        totals->forged += sim->forged;
}

static void print(const struct totals *t, uint64_t first, uint64_t count)
{
        printf("seeds %" PRIu64 " to %" PRIu64 ": %" PRIu64 " sealed, %" PRIu64
               " recorded, %" PRIu64 " refused, %" PRIu64 " facts, %" PRIu64 " runs, %" PRIu64
               " accepted, disputed or not any longer, %" PRIu64 " journal entries\n",
               first, first + count - 1, t->sealed, t->recorded, t->refused, t->facts, t->runs,
               t->answers, t->journal);
        printf("%" PRIu64 " crashes, %" PRIu64 " frames late, %" PRIu64 " answers lost, %" PRIu64
               " forged\n", t->crashes, t->late, t->lost, t->forged);
}

static uint64_t argument(int argc, char **argv, int place, uint64_t otherwise)
{
        return argc > place ? strtoull(argv[place], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
        uint64_t first = argument(argc, argv, 1, 1), count = argument(argc, argv, 2, SEEDS);
        unsigned int steps = (unsigned int)argument(argc, argv, 3, STEPS);
        struct sim *sim = malloc(sizeof(*sim));
        struct totals totals = { 0 };
        struct digest root;

        if (!sim)
                return EXIT_FAILURE;
        for (uint64_t seed = first; seed < first + count; seed++) {
                play(sim, seed, steps);
                add(&totals, sim);
                root = sim->root;
                if (seed % TWICE_EVERY)
                        continue;
                play(sim, seed, steps);
                if (!digest_equal(&root, &sim->root)) {
                        fprintf(stderr, "sim: seed %llu gives two histories\n",
                                (unsigned long long)seed);
                        return EXIT_FAILURE;
                }
        }
        print(&totals, first, count);
        free(sim);
        return EXIT_SUCCESS;
}
