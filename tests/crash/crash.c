/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/crash/crash.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "core/own.h"
#include "daemon/failpoint.h"
#include "proto/limits.h"
#include "tests/world/must.h"

#define DRAIN_MS 90000
#define SERVE_MS 60000
#define DIE_MS 60000

struct arguments {
        const char *accordd;
        unsigned int kills, failpoints;
        uint64_t seed;
        bool keep;
};

struct contract_id crash_contract(unsigned int publisher, unsigned int number)
{
        return (struct contract_id) {
                name_of("payer"), name_of("provider"),
                name_numbered("c", publisher * CONTRACTS_EACH + number),
        };
}

/* ---- before the storm */

static void agree(struct crash *crash)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink bytes = { 0 };
        struct desk payer, provider;

        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        desk_open(&provider, &crash->provider, &crash->accordd);
        for (unsigned int i = 0; i < PUBLISHERS; i++) {
                struct node other = crash->publishers[i];

                other.directory[0] = '\0';      /* the publishers' outboxes are theirs alone */
                desk_open(&payer, &other, &crash->accordd);
                for (unsigned int k = 0; k < CONTRACTS_EACH; k++) {
                        struct contract_id contract = crash_contract(i, k);

                        terms_of_fee(terms, &contract, 500 + i);
                        desk_offer(&payer, terms, &bytes);
                        desk_accept(&provider, &contract);
                }
                desk_close(&payer);
        }
        desk_close(&provider);
        free(terms);
}

static void set_up(struct crash *crash, const struct arguments *arguments)
{
        accordd_make(&crash->accordd, arguments->accordd, "");
        crash->shared = mmap(NULL, sizeof(*crash->shared), PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        must_be(crash->shared != MAP_FAILED, "memory");
        accordd_start(&crash->accordd, NULL);
        node_make(&crash->provider, &crash->accordd, name_of("provider"), name_of("n0"), false);
        accordd_admit_party(&crash->accordd, &crash->provider.path.party, ROLE_PROVIDER);
        accordd_admit_node(&crash->accordd, &crash->provider, RIGHTS_ALL);
        for (unsigned int i = 0; i < PUBLISHERS; i++) {
                node_make(&crash->publishers[i], &crash->accordd, name_of("payer"),
                          name_numbered("n", i), true);
                if (i == 0)
                        accordd_admit_party(&crash->accordd, &crash->publishers[i].path.party,
                                            ROLE_PAYER);
                accordd_admit_node(&crash->accordd, &crash->publishers[i], RIGHTS_ALL);
        }
        agree(crash);
        accordd_stop(&crash->accordd);
}

/* ---- the storm */

static void start_publisher(struct crash *crash, unsigned int number)
{
        uint64_t seed = draw(&crash->seed);

        crash->pids[number] = child_fork();
        if (crash->pids[number] == 0)
                publisher_be(crash, number, seed);
}

/* One of them, in the middle of whatever it does: sealing, sending, taking an answer. */
static void kill_a_publisher(struct crash *crash)
{
        unsigned int number = draw_of(&crash->seed, 0, PUBLISHERS - 1);

        child_kill(crash->pids[number], SIGKILL);
        start_publisher(crash, number);
}

static void all_must_live(struct crash *crash)
{
        for (unsigned int i = 0; i < PUBLISHERS; i++)
                must_be(child_wait(crash->pids[i], 0) < 0, "a publisher has ended by itself");
}

static void sleep_ms(unsigned int ms)
{
        usleep(ms * 1000);
}

/* Killed while it starts, or while it works; nobody waits until it is safe. */
static void live_and_be_killed(struct crash *crash)
{
        struct accordd *accordd = &crash->accordd;

        accordd_spawn(accordd, NULL);
        if (draw_of(&crash->seed, 0, 5) == 0) {
                sleep_ms(draw_of(&crash->seed, 0, 40));
        } else {
                must_be(accordd_serves(accordd, SERVE_MS), "the daemon does not come up");
                sleep_ms(draw_of(&crash->seed, 20, 700));
        }
        if (draw_of(&crash->seed, 0, 3) == 0)
                kill_a_publisher(crash);
        accordd_kill(accordd);
        all_must_live(crash);
}

struct place {
        const char *name;
        unsigned int least, most;       /* of its number */
        int status;                     /* it ends with; -1: it does not end by itself */
};

static const struct place places[] = {
        { "before-ready", 1, 1, FAILPOINT_STATUS }, { "before-commit", 1, 40, FAILPOINT_STATUS },
        { "after-commit", 1, 40, FAILPOINT_STATUS }, { "before-send", 1, 120, FAILPOINT_STATUS },
        { "after-send", 1, 40, FAILPOINT_STATUS }, { "before-post", 1, 6, FAILPOINT_STATUS },
        { "guard-before", 1, 40, FAILPOINT_STATUS }, { "guard-after", 1, 40, FAILPOINT_STATUS },
        { "receipt-send", 1, 120, FAILPOINT_STATUS }, { "guard-fails", 1, 40, 74 },
        { "commit-fails", 1, 40, 74 }, { "slow-commit", 20, 120, -1 },
        { "lose-edge", 5, 60, -1 },
};

static void live_to_a_place(struct crash *crash, const struct place *place)
{
        struct accordd *accordd = &crash->accordd;
        char failpoint[64];
        int status;

        snprintf(failpoint, sizeof(failpoint), "%s:%u", place->name,
                 draw_of(&crash->seed, place->least, place->most));
        accordd_spawn(accordd, failpoint);
        if (place->status >= 0) {
                status = accordd_ended(accordd, DIE_MS);
                if (status != place->status)
                        die("at %s it ends with %d", failpoint, status);
        } else {
                must_be(accordd_serves(accordd, SERVE_MS), "the daemon does not come up");
                sleep_ms(draw_of(&crash->seed, 300, 900));
                accordd_kill(accordd);
        }
        all_must_live(crash);
}

static void storm(struct crash *crash, const struct arguments *arguments)
{
        double begun = now_s();

        for (unsigned int i = 0; i < PUBLISHERS; i++)
                start_publisher(crash, i);
        for (unsigned int i = 0; i < arguments->kills; i++)
                live_and_be_killed(crash);
        for (unsigned int i = 0; i < arguments->failpoints; i++)
                for (size_t k = 0; k < sizeof(places) / sizeof(places[0]); k++)
                        live_to_a_place(crash, &places[k]);
        printf("%u kills and %u failpoints, each %zu times, in %.1f s\n", arguments->kills,
               (unsigned int)(sizeof(places) / sizeof(places[0])), (size_t)arguments->failpoints,
               now_s() - begun);
}

/* ---- after it */

static void drain(struct crash *crash)
{
        double begun = now_s();

        accordd_start(&crash->accordd, NULL);
        __atomic_store_n(&crash->shared->stop, 1, __ATOMIC_RELAXED);
        for (unsigned int i = 0; i < PUBLISHERS; i++) {
                int status = child_wait(crash->pids[i], DRAIN_MS);

                if (status != 0)
                        die("publisher %u does not drain its outbox: %x", i, (unsigned int)status);
        }
        begun = now_s() - begun;
        while (accordd_figure(&crash->accordd, "runs_pending") > 0)
                sleep_ms(20);
        accordd_stop(&crash->accordd);
        printf("all outboxes drained in %.1f s\n", begun);
}

static void check(struct crash *crash)
{
        struct outboxes outboxes;

        outboxes_read(&outboxes, crash);
        story_check(crash, &outboxes);
        kept_check(crash, &outboxes);
        again_check(crash, &outboxes);
        outboxes_free(&outboxes);
        accordd_prove(&crash->accordd, true);
}

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'k':
                arguments->kills = (unsigned int)atoi(value);
                return 0;
        case 'f':
                arguments->failpoints = (unsigned int)atoi(value);
                return 0;
        case 's':
                arguments->seed = strtoull(value, NULL, 0);
                return 0;
        case 'K':
                arguments->keep = true;
                return 0;
        case ARGP_KEY_ARG:
                arguments->accordd = value;
                return 0;
        case ARGP_KEY_END:
                if (!arguments->accordd)
                        argp_usage(state);
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

int main(int argc, char **argv)
{
        static const struct argp_option options[] = {
                { "kills", 'k', "N", 0, "SIGKILL the daemon N times (100)", 0 },
                { "failpoints", 'f', "N", 0, "let it die at each failpoint N times (0)", 0 },
                { "seed", 's', "N", 0, "draw the moments from this seed; printed otherwise", 0 },
                { "keep", 'K', NULL, 0, "leave the directory", 0 },
                { 0 },
        };
        static const struct argp argp = {
                options, option, "ACCORDD",
                "Kill a hub again and again under publishers that are killed too; then every "
                "outbox, the log, its tables and its statements must agree, each thing once.\v"
                "Hundreds of kills: --kills 1000 takes some ten minutes.", NULL, NULL, NULL,
        };
        struct arguments arguments = { .kills = 100, .seed = (uint64_t)time(NULL) * 2654435761u };
        static struct crash crash;

        argp_parse(&argp, argc, argv, 0, NULL, &arguments);
        setvbuf(stdout, NULL, _IOLBF, 0);
        printf("seed %llu\n", (unsigned long long)arguments.seed);
        crash.seed = arguments.seed ? arguments.seed : 1;
        set_up(&crash, &arguments);
        storm(&crash, &arguments);
        drain(&crash);
        check(&crash);
        if (arguments.keep)
                printf("kept in %s\n", crash.accordd.directory);
        else
                accordd_remove(&crash.accordd);
        munmap(crash.shared, sizeof(*crash.shared));
        return 0;
}
