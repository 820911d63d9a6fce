/* SPDX-License-Identifier: Apache-2.0 */
/* All of a year's published results through a running hub, over the bus, by those they are of. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/system/year.h"
#include "tests/world/must.h"
#include "tests/world/raw.h"
#include "tests/world/shared.h"

#define PROCESSES_MAX 16
#define LAST_MS 240000

struct arguments {
        const char *accordd, *file, *source;
        unsigned int rows, processes;
};

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 's':
                arguments->source = value;
                return 0;
        case 'r':
                arguments->rows = (unsigned int)atoi(value);
                return 0;
        case 'p':
                arguments->processes = (unsigned int)atoi(value);
                return 0;
        case ARGP_KEY_ARG:
                if (state->arg_num > 1)
                        argp_usage(state);
                *(state->arg_num ? &arguments->file : &arguments->accordd) = value;
                return 0;
        case ARGP_KEY_END:
                if (!arguments->file || arguments->processes < 1 ||
                    arguments->processes > PROCESSES_MAX)
                        argp_usage(state);
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

static void admit(struct year *year)
{
        struct accordd *accordd = &year->accordd;

        node_make(&year->payer, accordd, name_of("cms"), name_of("n0"), true);
        accordd_admit_party(accordd, &year->payer.path.party, ROLE_PAYER);
        accordd_admit_node(accordd, &year->payer, RIGHTS_ALL);
        for (unsigned int i = 0; i < year->count; i++) {
                struct node *node = &year->providers[i];

                node_make(node, accordd, year->cases[i].contract.earner, name_of("n0"), true);
                accordd_admit_party(accordd, &node->path.party, ROLE_PROVIDER);
                accordd_admit_node(accordd, node, RIGHTS_ALL);
        }
}

static void must_end_well(pid_t pid, int status)
{
        if (status < 0)
                die("process %d does not come to an end", (int)pid);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                die("process %d ends with %x", (int)pid, (unsigned int)status);
}

/* Looks at what arrives until every process has ended by itself. */
static void await_all(struct year_ears *ears, pid_t *pids, unsigned int count)
{
        double until = now_s() + LAST_MS / 1e3;
        unsigned int left = count;

        while (left > 0) {
                year_ears_look(ears);
                for (unsigned int i = 0; i < count; i++) {
                        int status = pids[i] ? child_wait(pids[i], 0) : -1;

                        if (status < 0)
                                continue;
                        must_end_well(pids[i], status);
                        pids[i] = 0;
                        left--;
                }
                must_be(now_s() < until, "the year does not come to an end");
                usleep(5000);
        }
}

static struct year_heard play(struct year *year, const struct arguments *arguments)
{
        pid_t pids[PROCESSES_MAX + 1];
        struct year_ears *ears;
        unsigned int i;

        for (i = 0; i < arguments->processes; i++) {
                pids[i] = child_fork();
                if (pids[i] == 0)
                        year_be_providers(year, i, arguments->processes);
        }
        while (__atomic_load_n(&year->counted->listening, __ATOMIC_RELAXED) < year->count) {
                for (unsigned int p = 0; p < arguments->processes; p++)
                        must_be(child_wait(pids[p], 0) < 0, "a process has ended early");
                usleep(5000);
        }
        pids[i] = child_fork();
        if (pids[i] == 0) {
                /*
                 * When all ears are at the hub, and not before: the first signal is soon sent. The
                 * library's listeners subscribe when they are first asked, one in each process.
                 */
                accordd_await_figure(&year->accordd, "topics_applied",
                                     year->count + arguments->processes, 60000);
                year_be_payer(year);
        }
        ears = year_ears_open(year);
        await_all(ears, pids, arguments->processes + 1);
        return year_ears_close(ears);
}

static void report(const struct year *year, const struct year_heard *heard)
{
        const struct year_count *counted = year->counted;

        must_be(counted->exact + counted->nothing + counted->not_calculable == year->count,
                "statements are missing");
        printf("%u statements: %u as computed elsewhere, %u of nothing earned or owed, "
               "%u not calculable as the replay has it; %u signals to the payer\n", year->count,
               counted->exact, counted->nothing, counted->not_calculable, counted->payer_heard);
        must_be(heard->strays == 0, "a node gets what another's topic says");
        printf("at the nodes' keys: %llu frames, all of their own, each opened by that key only\n",
               (unsigned long long)heard->frames);
}

static void run(const struct arguments *arguments, const char *path)
{
        struct year *year = calloc(1, sizeof(*year));
        double begun = now_s();
        struct year_heard heard;

        must_be(year != NULL, "memory");
        accordd_make(&year->accordd, arguments->accordd, "");
        year_read(year, path, arguments->rows);
        must_be(year->count >= arguments->processes, "a file without rows");
        year->providers = calloc(year->count, sizeof(*year->providers));
        year->counted = mmap(NULL, sizeof(*year->counted), PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        must_be(year->providers && year->counted != MAP_FAILED, "memory");
        accordd_start(&year->accordd, NULL);
        admit(year);
        printf("%s: %u nodes admitted after %.1f s\n", path, year->count + 1, now_s() - begun);
        heard = play(year, arguments);
        report(year, &heard);
        accordd_stop(&year->accordd);
        accordd_prove(&year->accordd, true);
        accordd_remove(&year->accordd);
        printf("%.1f s\n", now_s() - begun);
        free(year->cases);
        free(year->providers);
        munmap(year->counted, sizeof(*year->counted));
        free(year);
}

int main(int argc, char **argv)
{
        static const struct argp_option options[] = {
                { "shared", 's', "ROOT", 0, "FILE lies in shared/ beside this source root, or "
                  "below $ACCORD_SHARED; skipped (77) when it does not", 0 },
                { "rows", 'r', "N", 0, "only the first N rows", 0 },
                { "processes", 'p', "N", 0, "play the providers in so many processes (4)", 0 },
                { 0 },
        };
        static const struct argp argp = {
                options, option, "ACCORDD FILE.csv",
                "Settle a year of the published results of the Medicare Shared Savings Program "
                "through a hub: every row is a party with a node of its own.",
                NULL, NULL, NULL,
        };
        struct arguments arguments = { .processes = 4 };
        char path[512];

        argp_parse(&argp, argc, argv, 0, NULL, &arguments);
        if (arguments.source)
                shared_file(arguments.source, arguments.file, path, sizeof(path));
        else
                snprintf(path, sizeof(path), "%s", arguments.file);
        setvbuf(stdout, NULL, _IOLBF, 0);
        run(&arguments, path);
        return 0;
}
