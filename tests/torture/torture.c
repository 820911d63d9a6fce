/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/torture/torture.h"

#include <argp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "tests/world/must.h"

static const struct {
        const char *name;
        torture_part *run;
} parts[] = {
        { "power", power_run }, { "nosync", nosync_run }, { "eio", eio_run },
        { "space", space_run }, { "flip", flip_run }, { "meta", meta_run },
        { "restore", restore_run }, { "guard", guard_run },
};

struct arguments {
        struct torture torture;
        torture_part *run;
};

void torture_did(const char *part, const char *format, ...)
{
        va_list arguments;

        printf("| %-8s ", part);
        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        putchar('\n');
}

void torture_set_fault(const struct torture *torture, const char *fault, const char *under,
                       const char *done)
{
        setenv("LD_PRELOAD", torture->faults, 1);
        /* The sanitizers want to be first; for what is looked at here they need not be. */
        setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
        setenv("ACCORD_FAULT", fault, 1);
        setenv("ACCORD_FAULT_UNDER", under, 1);
        if (done)
                setenv("ACCORD_FAULT_DONE", done, 1);
        else
                unsetenv("ACCORD_FAULT_DONE");
}

void torture_clear_fault(void)
{
        unsetenv("LD_PRELOAD");
        unsetenv("ACCORD_FAULT");
}

static error_t option(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'l':
                arguments->torture.lasting = true;
                return 0;
        case 'f':
                arguments->torture.few = true;
                return 0;
        case 's':
                arguments->torture.seed = strtoull(value, NULL, 0);
                return 0;
        case ARGP_KEY_ARG:
                if (state->arg_num == 0)
                        arguments->torture.accordd = value;
                else if (state->arg_num == 1)
                        arguments->torture.faults = value;
                for (size_t i = 0; state->arg_num == 2 && i < sizeof(parts) / sizeof(parts[0]); i++)
                        if (strcmp(parts[i].name, value) == 0)
                                arguments->run = parts[i].run;
                return 0;
        case ARGP_KEY_END:
                if (!arguments->run)
                        argp_usage(state);
                return 0;
        default:
                return ARGP_ERR_UNKNOWN;
        }
}

int main(int argc, char **argv)
{
        static const struct argp_option options[] = {
                { "long", 'l', NULL, 0, "as often as it takes to believe it", 0 },
                { "few", 'f', NULL, 0, "half as often as without an option", 0 },
                { "seed", 's', "N", 0, "draw from this seed; printed otherwise", 0 },
                { 0 },
        };
        static const struct argp argp = {
                options, option, "ACCORDD FAULTS PART",
                "Do to a hub's disk what PART says: power, nosync, eio, space, flip, meta, restore "
                "or guard; and check that nothing that was acknowledged is lost, nothing stands "
                "twice, and nothing wrong is signed.", NULL, NULL, NULL,
        };
        const struct rlimit no_core = { 0, 0 };
        struct arguments arguments = { .torture.seed = (uint64_t)time(NULL) * 2654435761u };

        argp_parse(&argp, argc, argv, 0, NULL, &arguments);
        setvbuf(stdout, NULL, _IOLBF, 0);
        setrlimit(RLIMIT_CORE, &no_core);
        signal(SIGPIPE, SIG_IGN);
        if (arguments.torture.seed == 0)
                arguments.torture.seed = 1;
        printf("seed %llu\n", (unsigned long long)arguments.torture.seed);
        arguments.run(&arguments.torture);
        return 0;
}
