/* SPDX-License-Identifier: Apache-2.0 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/terms.h"
#include "daemon/daemon.h"
#include "daemon/hubkeys.h"
#include "daemon/init.h"
#include "daemon/malice.h"
#include "daemon/recover.h"
#include "store/damage.h"

enum {
        OPTION_CHECK = 1000,
        OPTION_PRINT,
        OPTION_INIT,
        OPTION_NAME,
        OPTION_ORIGIN,
        OPTION_RECOVER,
        OPTION_BECAUSE,
        OPTION_CHECKPOINT,
        OPTION_NO_CHECKPOINT,
        OPTION_ROTATE_KEY,
        OPTION_FOREGROUND,
};

struct arguments {
        const char *config, *name, *origin;
        bool given, check, print, init, foreground, recover, rotate;
        struct recover recovery;
};

static const struct argp_option options[] = {
        { "config", 'c', "FILE", 0, "read FILE instead of " CONFIG_FILE, 0 },
        { "check-config", OPTION_CHECK, NULL, 0, "read the configuration, say what is wrong, end",
          0 },
        { "print-defaults", OPTION_PRINT, NULL, 0, "print a complete, commented configuration", 0 },
        { "init", OPTION_INIT, NULL, 0, "make the hub's keys (if missing) and its ledger, end", 0 },
        { "name", OPTION_NAME, "NAME", 0, "of the new hub, for people", 0 },
        { "origin", OPTION_ORIGIN, "ORIGIN", 0,
          "of the new hub's checkpoints: a name nobody else has, such as hub.example.org", 0 },
        { "recover", OPTION_RECOVER, NULL, 0,
          "the ledger has lost its end for good: prove the rest, begin a new epoch, end", 0 },
        { "rotate-key", OPTION_ROTATE_KEY, NULL, 0,
          "the hub signs with a new key from now on: say so in the ledger, put it in place, end",
          0 },
        { "because", OPTION_BECAUSE, "TEXT", 0, "what happened, for the record", 0 },
        { "checkpoint", OPTION_CHECKPOINT, "FILE", 0,
          "a checkpoint that a participant has; may be given several times", 0 },
        { "no-checkpoint", OPTION_NO_CHECKPOINT, NULL, 0,
          "there is no guard, and no participant has a checkpoint either", 0 },
        { "foreground", OPTION_FOREGROUND, NULL, 0, "log to standard error", 0 },
        { 0 },
};

static void check_together(const struct arguments *arguments, struct argp_state *state)
{
        const struct recover *recovery = &arguments->recovery;

        if (arguments->init && (!arguments->name || !arguments->origin))
                argp_error(state, "--init needs --name NAME and --origin ORIGIN");
        if (!arguments->init && (arguments->name || arguments->origin))
                argp_error(state, "--name and --origin go with --init");
        if ((arguments->recover || arguments->rotate) &&
            (!recovery->because || !*recovery->because ||
             strlen(recovery->because) > TEXT_MAX_LENGTH))
                argp_error(state, "--recover and --rotate-key need --because TEXT, of at most %d "
                           "octets", TEXT_MAX_LENGTH);
        if (!arguments->recover && !arguments->rotate && recovery->because)
                argp_error(state, "--because goes with --recover or --rotate-key");
        if (!arguments->recover && (recovery->count > 0 || recovery->no_checkpoint))
                argp_error(state, "--checkpoint and --no-checkpoint go with --recover");
        if (recovery->count > 0 && recovery->no_checkpoint)
                argp_error(state, "either --checkpoint or --no-checkpoint");
        if (arguments->recover + arguments->init + arguments->rotate > 1)
                argp_error(state, "one of --init, --recover and --rotate-key");
}

/* False when the key is none of these. */
static bool parse_recovery(int key, char *value, struct recover *recovery, struct argp_state *state)
{
        switch (key) {
        case OPTION_BECAUSE:
                recovery->because = value;
                break;
        case OPTION_CHECKPOINT:
                if (recovery->count == RECOVER_CHECKPOINTS_MAX)
                        argp_error(state, "more than %d checkpoints", RECOVER_CHECKPOINTS_MAX);
                recovery->checkpoints[recovery->count++] = value;
                break;
        case OPTION_NO_CHECKPOINT:
                recovery->no_checkpoint = true;
                break;
        default:
                return false;
        }
        return true;
}

static error_t parse(int key, char *value, struct argp_state *state)
{
        struct arguments *arguments = state->input;

        switch (key) {
        case 'c':
                arguments->config = value;
                arguments->given = true;
                break;
        case OPTION_CHECK:
                arguments->check = true;
                break;
        case OPTION_PRINT:
                arguments->print = true;
                break;
        case OPTION_INIT:
                arguments->init = true;
                break;
        case OPTION_NAME:
                arguments->name = value;
                break;
        case OPTION_ORIGIN:
                arguments->origin = value;
                break;
        case OPTION_FOREGROUND:
                arguments->foreground = true;
                break;
        case ARGP_KEY_ARG:
                argp_error(state, "'%s' is one argument too many", value);
                break;
        case ARGP_KEY_END:
                check_together(arguments, state);
                break;
        case OPTION_RECOVER:
                arguments->recover = true;
                break;
        case OPTION_ROTATE_KEY:
                arguments->rotate = true;
                break;
        default:
                return parse_recovery(key, value, &arguments->recovery, state) ? 0
                                                                              : ARGP_ERR_UNKNOWN;
        }
        return 0;
}

static void print_version(FILE *out, struct argp_state *state)
{
        (void)state;
        fputs("accordd " ACCORD_VERSION
#ifdef ACCORD_FAILPOINTS
              " (with failpoints: not for production)"
#endif
              "\n", out);
}

/*
 * 0 or the exit status. Without any file everything is at its default; a named one must be there.
 */
static int read_config(struct daemon *daemon, const struct arguments *arguments)
{
        static struct config_faults faults;
        int r;

        r = config_load(&daemon->config, daemon->config_path, &faults);
        if (r == 0 || (r == -ENOENT && !arguments->given && !arguments->check))
                return 0;
        if (r != -EINVAL)
                fprintf(stderr,
                        "accordd: %s: %s; accordd --print-defaults prints one to begin with\n",
                        daemon->config_path, strerrordesc_np(-r));
        for (size_t i = 0; r == -EINVAL && i < faults.count; i++)
                fprintf(stderr, "accordd: %s\n", faults.text[i]);
        if (r == -EINVAL && faults.more > 0)
                fprintf(stderr, "accordd: and %zu more\n", faults.more);
        return DAEMON_REFUSES;
}

/*
 * In a signal handler: one line, put together without stdio. What of a batch was not committed was
 * said to nobody; to start again would meet the same page again.
 */
static void leave_damaged(const char *says)
{
        static const char head[] = "accordd: the ledger's file is damaged: ",
                          tail[] = "; see accord ledger verify, and restore a backup\n";
        char line[512] = "";

        strncat(line, head, sizeof(line) - 1);
        strncat(line, says, sizeof(line) - sizeof(tail) - sizeof(head));
        strncat(line, tail, sizeof(line) - strlen(line) - 1);
        (void)!write(STDERR_FILENO, line, strlen(line));
        _exit(DAEMON_REFUSES);
}

static int run(struct daemon *daemon)
{
        int status;

        store_on_damage(leave_damaged);
        status = daemon_start(daemon);
        if (status == 0)
                status = daemon_run(daemon);
        daemon_stop(daemon);
        return status;
}

int main(int count, char **words)
{
        static const struct argp argp = {
                options,
                parse,
                NULL,
                "The hub of Accord: takes signed statements, keeps the ledger, settles, signals."
                "\vExit status: 0 done; 1 failed, starting again may help; 2 wrong usage; 74 a "
                "commit failed, start again; 78 a person must look at the configuration or the "
                "ledger.",
                NULL,
                NULL,
                NULL,
        };
        static struct daemon daemon;
        struct arguments arguments = { .config = CONFIG_FILE };
        int status;

        argp_program_version_hook = print_version;
        argp_err_exit_status = DAEMON_USAGE;
        argp_parse(&argp, count, words, 0, NULL, &arguments);
        if (arguments.print) {
                config_print_defaults(stdout);
                return fflush(stdout) == EOF ? DAEMON_FAILED : 0;
        }
        daemon.config_path = arguments.config;
        status = read_config(&daemon, &arguments);
        if (status || arguments.check) {
                if (!status)
                        printf("%s: no fault found\n", daemon.config_path);
                return status;
        }
        malice_begin(getenv("ACCORD_MALICE"));
        umask(0077);
        daemon_paths(&daemon);
        log_open(&daemon.log, (int)daemon.config.log_level,
                 arguments.foreground || arguments.init || arguments.recover || arguments.rotate
                         ? LOG_TARGET_PLAIN
                         : (enum log_target)daemon.config.log_target);
        if (arguments.init)
                return init_run(&daemon, arguments.name, arguments.origin);
        if (arguments.recover)
                return recover_run(&daemon, &arguments.recovery);
        if (arguments.rotate)
                return hubkeys_rotate(&daemon, arguments.recovery.because);
        return run(&daemon);
}
