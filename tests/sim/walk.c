/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk [SEED [STEPS]]: so many steps from that seed, held against the model after every one, and
 * rebuilt from the log at the end. What is wrong ends the program with seed and step.
 * $ACCORD_WALK_STEPS says how many where no argument does.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rounds.h"
#include "tests/sim/walk.h"

#define STEPS (ROUNDS_OF(900) + 200)
#define STEPS_OF_A_GENERATION 2000

_Noreturn void walk_fails(const struct walk *walk, const char *format, ...)
{
        va_list arguments;

        fprintf(stderr, "walk: seed %llu, step %u: ", (unsigned long long)walk->seed, walk->step);
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
        stage_tear_down((struct stage *)&walk->stage);
        exit(EXIT_FAILURE);
}

static const struct {
        const char *party;
        enum role_kind role;
        uint32_t rights;
} cast[WALK_PARTIES] = {
        { "payer-a", ROLE_PAYER, RIGHTS_ALL },     { "payer-b", ROLE_PAYER, RIGHTS_ALL },
        { "network-a", ROLE_NETWORK, RIGHTS_ALL }, { "network-b", ROLE_NETWORK, RIGHTS_ALL },
        { "court", ROLE_OBSERVER, RIGHT_SETTLEMENT | RIGHT_READ },
};

static void no_window(struct hub_options *options)
{
        options->window = 100000;
}

static void set_up(struct walk *walk, uint64_t seed)
{
        walk->seed = walk->random.state = seed;
        stage_set_up(&walk->stage, no_window);
        stage_begin(&walk->stage);
        for (unsigned int i = 0; i < WALK_PARTIES; i++) {
                player_make(&walk->players[i], cast[i].party, "one");
                must(stage_admit_party(&walk->stage, cast[i].party, cast[i].role, true, 0),
                     "party");
                must(stage_admit_node(&walk->stage, &walk->players[i], cast[i].rights), "node");
        }
        stage_commit(&walk->stage);
}

static void print(const struct walk *walk, unsigned int steps)
{
        struct hub_stat stat;

        must(hub_read_stat(walk->stage.hub, &stat), "hub_read_stat");
        printf("%u steps from seed %" PRIu64 ": %" PRIu64 " entries, %" PRIu64 " recorded, %" PRIu64
               " refused, %" PRIu64 " statements, %" PRIu64 " replaced, %" PRIu64
               " journal entries\n", steps, walk->seed, stat.entries, walk->recorded,
               walk->refused, stat.statements, walk->replaced, stat.journal_entries);
        printf("accepted %" PRIu64 ", disputed %" PRIu64 ", taken back %" PRIu64 ", proposed %"
               PRIu64 ", agreed to %" PRIu64 ", determined %" PRIu64 ", figures %" PRIu64
               ", payments said %" PRIu64 ", cleared %" PRIu64 "; %" PRIu64 " signals\n",
               walk->kinds[EVENT_STATEMENT_ACCEPTANCE], walk->kinds[EVENT_DISPUTE],
               walk->kinds[EVENT_DISPUTE_END], walk->kinds[EVENT_RESOLUTION],
               walk->kinds[EVENT_RESOLUTION_ACCEPTANCE], walk->kinds[EVENT_DETERMINATION],
               walk->kinds[EVENT_FIGURE], walk->kinds[EVENT_PAYMENT], walk->payments,
               walk->signals);
        for (unsigned int i = 0; i < 256; i++)
                if (walk->refusals[i])
                        printf("%s %" PRIu64 "  ", refusal_name((enum refusal)i),
                               walk->refusals[i]);
        printf("\n");
}

int main(int argc, char **argv)
{
        const char *from_outside = getenv("ACCORD_WALK_STEPS"), *finding;
        unsigned int steps = argc > 2       ? (unsigned int)strtoul(argv[2], NULL, 10)
                             : from_outside ? (unsigned int)strtoul(from_outside, NULL, 10)
                                            : STEPS;
        struct walk *walk = calloc(1, sizeof(*walk));

        must(walk ? 0 : -ENOMEM, "calloc");
        walk->contracts = calloc(WALK_CONTRACTS, sizeof(*walk->contracts));
        must(walk->contracts ? 0 : -ENOMEM, "calloc");
        set_up(walk, argc > 1 ? strtoull(argv[1], NULL, 10) : 1);
        for (unsigned int i = 0; i < steps; i++) {
                if (i % STEPS_OF_A_GENERATION == 0)
                        walk_renew(walk);
                walk_step(walk);
        }
        while (stage_work(&walk->stage))
                walk_look(walk);
        finding = books_hold(&walk->books, &walk->stage);
        if (!finding)
                finding = stage_finding(&walk->stage);
        if (finding)
                walk_fails(walk, "at the end: %s", finding);
        print(walk, steps);
        stage_tear_down(&walk->stage);
        books_free(&walk->books);
        free(walk->contracts);
        free(walk);
        return EXIT_SUCCESS;
}
