/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/daemon.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/backup.h"
#include "daemon/bus.h"
#include "daemon/control.h"
#include "daemon/frames.h"
#include "daemon/daemon_calls.h"
#include "daemon/hub.h"
#include "daemon/notify.h"
#include "daemon/publish.h"
#include "daemon/report.h"
#include "daemon/runner.h"
#include "daemon/scrub.h"
#include "daemon/snapshot.h"
#include "daemon/teller.h"
#include "daemon/turn.h"

#define STATUS_SECONDS 10

/* The first of a list that the manager separates with colons. */
static void first_of(const char *list, const char *without, char *ret_path, size_t size)
{
        if (list && *list == '/')
                snprintf(ret_path, size, "%.*s", (int)strcspn(list, ":"), list);
        else
                snprintf(ret_path, size, "%s", without);
}

void daemon_paths(struct daemon *daemon)
{
        const struct config *config = &daemon->config;
        const char *credentials = getenv("CREDENTIALS_DIRECTORY");

        if (*config->keys_file)
                snprintf(daemon->key_path, sizeof(daemon->key_path), "%s", config->keys_file);
        else
                snprintf(daemon->key_path, sizeof(daemon->key_path), "%s/hub.key",
                         credentials ? credentials : "/etc/accord");
        if (*config->runtime_directory)
                snprintf(daemon->runtime, sizeof(daemon->runtime), "%s", config->runtime_directory);
        else
                first_of(getenv("RUNTIME_DIRECTORY"), "/run/accord", daemon->runtime,
                         sizeof(daemon->runtime));
}

void daemon_turn(void *daemon_)
{
        struct daemon *daemon = daemon_;

        if (!daemon->stopping)
                turn_run(daemon);
}

static void on_stop(void *daemon_, int number)
{
        struct daemon *daemon = daemon_;

        if (!daemon->stopping) {
                notify_stopping();
                log_say(&daemon->log, MESSAGE_STOPPING, NULL, "%s",
                        number == SIGTERM ? "SIGTERM" : "SIGINT");
        }
        daemon->stopping = true;
        loop_end(&daemon->loop);
}

static void say_faults(struct daemon *daemon, const struct config_faults *faults, int r)
{
        if (faults->count == 0)
                log_say(&daemon->log, MESSAGE_RELOADED, NULL, "%s: %s, nothing is changed",
                        daemon->config_path, strerrordesc_np(-r));
        for (size_t i = 0; i < faults->count; i++)
                log_say(&daemon->log, MESSAGE_RELOADED, NULL, "%s; nothing is changed",
                        faults->text[i]);
}

/*
 * How to log can change while running; all else was decided when the sockets and the ledger were
 * opened.
 */
static void on_reload(void *daemon_)
{
        static struct config_faults faults;     /* 12 KiB that the stack need not have */
        struct daemon *daemon = daemon_;
        struct config fresh;
        char rest[512] = "";
        struct setting row;
        int r;

        r = config_load(&fresh, daemon->config_path, &faults);
        if (r) {
                say_faults(daemon, &faults, r);
                return;
        }
        for (size_t i = 0; config_setting(i, &row); i++)
                if (strcmp(row.section, "log") != 0 && !config_same(&fresh, &daemon->config, i))
                        snprintf(rest + strlen(rest), sizeof(rest) - strlen(rest), " [%s] %s",
                                 row.section, row.key);
        daemon->config.log_level = fresh.log_level;
        daemon->log.level = (int)fresh.log_level;
        log_say(&daemon->log, MESSAGE_RELOADED, NULL, "the log level is set%s%s",
                *rest ? "; changed, but only a restart takes it up:" : "", rest);
}

void daemon_write_stat(struct daemon *daemon)
{
        int r;

        sink_reset(&daemon->sink);
        r = report_write(daemon, &daemon->sink);
        if (!r)
                r = sink_put(&daemon->sink, (struct bytes) { "\n", 1 });
        if (!r)
                r = snapshot_write(daemon->runtime, "stat.json", sink_bytes(&daemon->sink));
        if (r)
                log_say(&daemon->log, MESSAGE_SNAPSHOT_FAILED, NULL, "%s", strerrordesc_np(-r));
}

static void say_status(struct daemon *daemon)
{
        const struct figures *figures = &daemon->figures;
        char status[256];

        snprintf(status, sizeof(status),
                 "%s%" PRIu64 " receipts, %" PRIu64 " refusals, %" PRIu64 " commits since start",
                 daemon->damage_told ? "DAMAGE FOUND, nothing is taken or signed; " :
                 daemon->clock_alarm ? "CLOCK WRONG, intake stopped; " :
                 daemon->space_alarm ? "SPACE SHORT; " : "",
                 figures->receipts, figures->refusals, figures->commits);
        notify_status(status);
}

static void on_second(void *daemon_)
{
        struct daemon *daemon = daemon_;
        uint64_t seconds;

        daemon->due = true;
        daemon_turn(daemon);
        daemon_write_stat(daemon);
        seconds = (uint64_t)(clock_steady() - daemon->clock.steady_start) / 1000000;
        if (seconds % STATUS_SECONDS == 0)
                say_status(daemon);
}

/* A loop that runs but gets nothing done is as dead as one that does not run. */
static void on_watchdog(void *daemon_)
{
        struct daemon *daemon = daemon_;

        if (daemon->turns == daemon->turns_told)
                return;
        daemon->turns_told = daemon->turns;
        notify_watchdog();
}

const struct loop_calls daemon_calls = {
        .stop = on_stop,
        .reload = on_reload,
        .second = on_second,
        .watchdog = on_watchdog,
        .statement = daemon_turn,
};

int daemon_run(struct daemon *daemon)
{
        loop_run(&daemon->loop);
        return daemon->status;
}

void daemon_stop(struct daemon *daemon)
{
        bool opened = daemon->hub != NULL, listened = daemon->control != NULL;

        loop_forget_statement(&daemon->loop);
        runner_stop(daemon->runner);
        teller_stop(daemon->teller);
        scrub_stop(daemon->scrub);
        backup_stop(daemon->backup);
        control_close(daemon->control);
        frames_close(daemon->frames);
        bus_close(daemon->bus);
        publish_close(daemon->publish);
        zap_stop(&daemon->zap);
        bus_context_end(daemon->context);
        loop_close(&daemon->loop);
        if (daemon->hub)
                hub_close(daemon->hub);
        guard_close(daemon->guard);
        if (listened) {
                snapshot_remove(daemon->runtime, "endpoints");
                snapshot_remove(daemon->runtime, "stat.json");
        }
        keys_wipe(&daemon->keys);
        keys_wipe(&daemon->previous_keys);
        arena_free(&daemon->arena);
        sink_free(&daemon->sink);
        free(daemon->acts);
        if (opened)
                log_say(&daemon->log, MESSAGE_STOPPED, NULL, "%s", "");
}

int daemon_refuse(struct daemon *daemon, const char *what, const char *format, ...)
{
        char text[1024];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "%s: %s", what, text);
        return DAEMON_REFUSES;
}

void daemon_die(struct daemon *daemon, const char *what, int status)
{
        log_say(&daemon->log, MESSAGE_COMMIT_FAILED, NULL, "%s", what);
        notify_status("left because the ledger could not be written");
        _exit(status);
}
