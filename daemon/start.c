/* SPDX-License-Identifier: Apache-2.0 */
/* Starting: step by step, and what to say of each step that fails. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "daemon/backup.h"
#include "daemon/bus.h"
#include "daemon/control.h"
#include "daemon/frames.h"
#include "daemon/daemon.h"
#include "daemon/daemon_calls.h"
#include "daemon/failpoint.h"
#include "daemon/guarded.h"
#include "daemon/hub.h"
#include "daemon/hubkeys.h"
#include "daemon/init.h"
#include "daemon/notify.h"
#include "daemon/operator.h"
#include "daemon/publish.h"
#include "daemon/runner.h"
#include "daemon/scrub.h"
#include "daemon/snapshot.h"
#include "daemon/teller.h"
#include "daemon/upkeep.h"
#include "proof/hex.h"
#include "proof/keyfile.h"
#include "proof/setup.h"
#include "proto/limits.h"

/* A rebuild of the tables from a long log comes before READY, too. */
#define PROOF_PATIENCE_US UINT64_C(1800000000)
#define NICE_MOST 19

static int start_ledger(struct daemon *daemon)
{
        const struct config *config = &daemon->config;
        const struct hub_options options = {
                .directory = config->ledger_directory,
                .keys = &daemon->keys,
                .map_size = (size_t)config->ledger_map_size,
                .quota = config->ledger_quota,
                .blocks_directory = config->blocks_directory,
                .blocks_quota = config->blocks_quota,
                .window = (uint32_t)config->bus_window,
                .rate = (uint32_t)config->bus_rate,
                .succession_wait = (int64_t)config->control_succession,
                .unjudged = true,
        };

        notify_patience(PROOF_PATIENCE_US);
        notify_status("proving the ledger");
        return hubkeys_open(daemon, &options);
}

/* It is the right ledger: what was held back until that was known. */
static int start_going_on(struct daemon *daemon)
{
        uint64_t lost = 0;
        int r = hub_go_on(daemon->hub);

        if (!r)
                r = hub_prove_blocks(daemon->hub, &lost);
        if (!r && lost > 0)
                log_say(&daemon->log, MESSAGE_BLOCKS_LOST, NULL, "%" PRIu64 " of the last entries",
                        lost);
        return r;
}

/* Connections are descriptors; where the limit cannot be raised it stays as it is. */
static void raise_file_limit(void)
{
        struct rlimit limit;

        if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
                limit.rlim_cur = limit.rlim_max;
                setrlimit(RLIMIT_NOFILE, &limit);
        }
}

static int start_loop(struct daemon *daemon)
{
        int r;

        raise_file_limit();
        daemon->acts = calloc(daemon->config.control_clients, sizeof(*daemon->acts));
        r = daemon->acts ? arena_new(&daemon->arena, WIRE_ARENA_SIZE) : -ENOMEM;
        if (!r)
                r = sink_new(&daemon->sink, 65536, WIRE_CONTROL_MAX);
        if (!r)
                r = loop_open(&daemon->loop, &daemon_calls, daemon, notify_watchdog_interval());
        if (!r)
                r = bus_context_new(&daemon->context);
        return r;
}

static int start_zap(struct daemon *daemon)
{
        return zap_start(&daemon->zap, daemon->context, daemon->loop.base, daemon->hub,
                         &daemon->log);
}

static struct bus_socket_options socket_options(const struct daemon *daemon, const char *endpoint,
                                                const char *name)
{
        const struct config *config = &daemon->config;

        return (struct bus_socket_options) {
                .endpoint = endpoint,
                .passed = notify_passed(name),
                .secret_key = daemon->keys.secret.transport,
                .send_high_water = (int)config->bus_send_high_water,
                .receive_high_water = (int)config->bus_receive_high_water,
                .backlog = (int)config->bus_backlog,
                .message_max = WIRE_CLIENT_FRAME_MAX,
                .handshake_ms = (int)(config->bus_handshake / 1000),
                .heartbeat_ms = (int)(config->bus_heartbeat / 1000),
        };
}

static int start_signals(struct daemon *daemon)
{
        struct bus_socket_options options = socket_options(daemon, daemon->config.bus_signals,
                                                           "signals");

        return publish_open(&daemon->publish, daemon->context, daemon->loop.base, &options,
                            daemon->hub, &daemon->log);
}

static int start_intake(struct daemon *daemon)
{
        struct bus_socket_options options = socket_options(daemon, daemon->config.bus_intake,
                                                           "intake");

        int r;

        r = bus_open(&daemon->bus, daemon->context, daemon->loop.base, &options, &daemon->log,
                     daemon_turn, daemon);
        return r ? r : frames_open(&daemon->frames, daemon->bus, daemon->hub);
}

static int start_control(struct daemon *daemon)
{
        char path[CONFIG_TEXT_MAX + 16];
        const struct control_options options = {
                .path = path,
                .operators = &daemon->config.control_operators,
                .groups = &daemon->config.control_groups,
                .auditors = &daemon->config.control_auditors,
                .auditor_groups = &daemon->config.control_auditor_groups,
                .clients = (uint32_t)daemon->config.control_clients,
                .timeout = daemon->config.control_timeout,
        };

        if (mkdir(daemon->runtime, 0755) == 0)
                chmod(daemon->runtime, 0755); /* whatever the umask is: others read what is there */
        else if (errno != EEXIST)
                return -errno;
        snprintf(path, sizeof(path), "%s/control.sock", daemon->runtime);
        return control_open(&daemon->control, daemon->loop.base, &options, &daemon->log,
                            daemon_turn, daemon);
}

/* A statement is owed; what it would be a moment later is told when there is time. */
static int stands_behind(const struct daemon *daemon)
{
        const int nice = (int)daemon->config.worker_nice + 5;

        return nice < NICE_MOST ? nice : NICE_MOST;
}

static int start_worker(struct daemon *daemon)
{
        int r;

        r = runner_start(&daemon->runner, daemon->hub, (int)daemon->config.worker_nice);
        if (!r)
                r = loop_add_statement(&daemon->loop, runner_fd(daemon->runner));
        if (!r)
                r = teller_start(&daemon->teller, daemon->hub, stands_behind(daemon));
        if (!r)
                r = loop_add_statement(&daemon->loop, teller_fd(daemon->teller));
        return r;
}

static int start_scrub(struct daemon *daemon)
{
        const struct scrub_options options = {
                .directory = daemon->config.ledger_directory,
                .rate = daemon->config.scrub_rate,
                .every = daemon->config.scrub_every,
        };

        return scrub_start(&daemon->scrub, daemon->hub, &options);
}

static int start_backup(struct daemon *daemon)
{
        return backup_open(&daemon->backup, daemon->loop.base, daemon->hub,
                           daemon->config.backup_directory, upkeep_backed_up, daemon);
}

/* So that scripts find the ports that the system chose. */
static int start_endpoints(struct daemon *daemon)
{
        char text[1024], transport[65], id[33];
        struct hub_id hub = hub_id(daemon->hub);
        int length;

        hex_print(BYTES_OF(daemon->keys.public.transport), transport);
        hex_print(BYTES_OF(hub.octets), id);
        length = snprintf(text, sizeof(text),
                          "intake=%s\nsignals=%s\ncontrol=%s/control.sock\nhub=%s\nkey=%s\n",
                          bus_endpoint(daemon->bus), publish_endpoint(daemon->publish),
                          daemon->runtime, id, transport);
        return snapshot_write(daemon->runtime, "endpoints",
                              (struct bytes) { text, (size_t)length });
}

/* What can go wrong in a step, what to do about it, and whether a person must do it. */
struct remedy {
        int error;
        int status;
        const char *says;
};

struct start_step {
        int (*start)(struct daemon *daemon);
        const char *what;
        struct remedy remedies[8];      /* the last that counts has no error: any other */
};

static const struct start_step steps[] = {
        { hubkeys_load,
          "key file",
          { { ENOENT, DAEMON_REFUSES, "there is none; accordd --init makes one" },
            { EPERM, DAEMON_REFUSES,
              "others than its owner can read it; chmod 600, and "
              "think of it as known to them" },
            { EBADMSG, DAEMON_REFUSES,
              "it is no key file, or a damaged one; bring back your copy" },
            { EKEYREJECTED, DAEMON_REFUSES, "it holds a node's keys, not a hub's" },
            { EKEYREVOKED, DAEMON_REFUSES,
              "[keys] previous cannot be read, or holds a node's keys" },
            { 0, DAEMON_REFUSES, "it cannot be read" } } },
        { start_ledger,
          "ledger",
          { { ENOENT, DAEMON_REFUSES,
              "there is none; accordd --init --name NAME --origin ORIGIN "
              "makes one" },
            { EWOULDBLOCK, DAEMON_FAILED, "another process has it open; stop that first" },
            { EILSEQ, DAEMON_REFUSES,
              "what is on disk does not prove; see accord ledger verify, "
              "and restore a backup" },
            { EKEYREJECTED, DAEMON_REFUSES,
              "neither the key file nor what lies beside it (.next, .until-*) is what it names; "
              "name the one that belongs to it" },
            { EKEYREVOKED, DAEMON_REFUSES,
              "[keys] previous is no key that the hub has signed with before" },
            { EPROTO, DAEMON_REFUSES,
              "a newer accordd wrote it; install that, or restore a "
              "backup from before" },
            { 0, DAEMON_FAILED, "it cannot be opened" } } },
        { guarded_start,
          "guard",
          { { EWOULDBLOCK, DAEMON_FAILED, "another process has it open; stop that first" },
            { EXDEV, DAEMON_REFUSES,
              "it lies within the ledger's directory, and would be restored with it; name another "
              "place" },
            { EILSEQ, DAEMON_REFUSES,
              "the ledger's tree is damaged; see accord ledger verify, and restore a backup" },
            { 0, DAEMON_FAILED, "it cannot be opened" } } },
        { start_going_on,
          "member-level rows",
          { { 0, DAEMON_FAILED, "they cannot be made to agree with the log" } } },
        { start_loop, "event loop", { { 0, DAEMON_FAILED, "it cannot be made" } } },
        { start_zap, "key check", { { 0, DAEMON_FAILED, "without it nobody may connect" } } },
        { start_signals,
          "signals endpoint",
          { { EADDRINUSE, DAEMON_FAILED, "somebody listens there already" },
            { EACCES, DAEMON_REFUSES, "we may not; take a port above 1023" },
            { EADDRNOTAVAIL, DAEMON_FAILED, "this machine has no such address (yet)" },
            { ENOTSUP, DAEMON_REFUSES, "this libzmq cannot be made to refuse unknown keys" },
            { 0, DAEMON_REFUSES, "it cannot be bound" } } },
        { start_intake,
          "intake endpoint",
          { { EADDRINUSE, DAEMON_FAILED, "somebody listens there already" },
            { EACCES, DAEMON_REFUSES, "we may not; take a port above 1023" },
            { EADDRNOTAVAIL, DAEMON_FAILED, "this machine has no such address (yet)" },
            { ENOTSUP, DAEMON_REFUSES, "this libzmq cannot be made to refuse unknown keys" },
            { 0, DAEMON_REFUSES, "it cannot be bound" } } },
        { start_control,
          "control socket",
          { { EADDRINUSE, DAEMON_FAILED, "another daemon answers there" },
            { ENAMETOOLONG, DAEMON_REFUSES, "the runtime directory's path is too long" },
            { 0, DAEMON_REFUSES, "it cannot be made" } } },
        { start_worker, "settlement thread", { { 0, DAEMON_FAILED, "it cannot be started" } } },
        { start_scrub, "scrubbing thread", { { 0, DAEMON_FAILED, "it cannot be started" } } },
        { start_backup, "backup", { { 0, DAEMON_FAILED, "it cannot be made ready" } } },
        { start_endpoints, "runtime directory", { { 0, DAEMON_REFUSES, "it cannot be written" } } },
};

/* What the step is about, where it is a path or an address. */
static const char *subject_of(const struct daemon *daemon, const struct start_step *step)
{
        if (step->start == hubkeys_load)
                return daemon->key_path;
        if (step->start == start_ledger)
                return daemon->config.ledger_directory;
        if (step->start == guarded_start)
                return daemon->config.guard_file;
        if (step->start == start_signals)
                return daemon->config.bus_signals;
        if (step->start == start_intake)
                return daemon->config.bus_intake;
        if (step->start == start_control || step->start == start_endpoints)
                return daemon->runtime;
        return "";
}

static int say_why(struct daemon *daemon, const struct start_step *step, int r)
{
        const struct remedy *remedy = step->remedies;
        const char *subject = subject_of(daemon, step);

        if (r > 0)
                return r;               /* it was said */
        while (remedy->error != 0 && remedy->error != -r)
                remedy++;
        log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "%s%s%s: %s (%s)", step->what,
                *subject ? " " : "", subject, remedy->says, strerrordesc_np(-r));
        return remedy->status;
}

int daemon_open(struct daemon *daemon)
{
        int r = hubkeys_load(daemon);

        if (r)
                return say_why(daemon, &steps[0], r);
        r = become_owner(daemon->config.ledger_directory);
        if (!r)
                r = start_ledger(daemon);
        return r ? say_why(daemon, &steps[1], r) : 0;
}

static void say_ready(struct daemon *daemon)
{
        char status[512];
        struct hub_stat stat = { .entries = 0 };

        if (hub_read_stat(daemon->hub, &stat) == 0 && stat.last_time > clock_wall())
                log_say(&daemon->log, MESSAGE_CLOCK_BEHIND, NULL, "by %" PRId64 " s",
                        (stat.last_time - clock_wall()) / 1000000);
        snprintf(status, sizeof(status), "%s, %" PRIu64 " entries, intake %s, signals %s",
                 hub_name(daemon->hub), stat.entries, bus_endpoint(daemon->bus),
                 publish_endpoint(daemon->publish));
        log_say(&daemon->log, MESSAGE_SERVING, NULL, "%s", status);
        notify_ready(status);
}

int daemon_start(struct daemon *daemon)
{
        const char *failing = NULL;
        int r;

        clock_start(&daemon->clock);
        daemon->last_heartbeat = daemon->clock.steady_start;
        if (failpoint_setup(&failing)) {
                log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "there is no failpoint %s",
                        failing);
                return DAEMON_USAGE;
        }
        if (failing)
                log_say(&daemon->log, MESSAGE_FAILPOINT, NULL, "%s", failing);
        for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
                r = steps[i].start(daemon);
                if (r)
                        return say_why(daemon, &steps[i], r);
        }
        daemon_write_stat(daemon);
        failpoint(FAILPOINT_BEFORE_READY);
        say_ready(daemon);
        return 0;
}
