/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accordd as one value: who owns what, and in which order it starts and stops.
 *
 * It starts from the inside out, so that nothing is heard before it can be answered:
 * configuration, keys, ledger (its tail proved), guard, ZAP, signals, intake, control socket,
 * settlement thread, READY. It stops the other way round.
 */
#ifndef ACCORD_DAEMON_DAEMON_H
#define ACCORD_DAEMON_DAEMON_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/ident.h"
#include "daemon/clock.h"
#include "daemon/config.h"
#include "daemon/figures.h"
#include "daemon/log.h"
#include "daemon/loop.h"
#include "daemon/zap.h"
#include "proof/keys.h"
#include "proto/arena.h"

/* Exit status. */
#define DAEMON_FAILED 1
#define DAEMON_USAGE 2
#define DAEMON_COMMIT_FAILED 74         /* EX_IOERR: start again, it proves what is there */
#define DAEMON_REFUSES 78 /* EX_CONFIG: a person must look; to start again helps nobody */

struct backup;
struct bus;
struct control;
struct frames;
struct guard;
struct hub;
struct operator_act;
struct publish;
struct runner;
struct scrub;
struct teller;

struct daemon {
        struct config config;
        const char *config_path;
        char key_path[CONFIG_TEXT_MAX + 1];
        char runtime[CONFIG_TEXT_MAX + 1];
        struct log log;
        struct clock clock;
        struct keys keys, previous_keys;        /* the second: where [keys] previous is set */
        bool finished_rotation;                 /* of the key file, which had been cut short */
        struct hub *hub;
        struct guard *guard;            /* of its log: guarded.h */
        struct loop loop;
        void *context;
        struct zap zap;
        struct publish *publish;
        struct bus *bus;
        struct frames *frames;
        struct control *control;
        struct runner *runner;
        struct teller *teller;
        struct scrub *scrub;
        struct backup *backup;

        /* of the turns: turn.c */
        struct arena arena;             /* requests and refusals are decoded here */
        struct sink sink;               /* answers are written here */
        struct operator_act *acts;      /* room for every control client */
        struct figures figures;
        int64_t last_heartbeat;         /* steady us */
        bool due;                       /* the second has passed: look at what time brings */
        uint64_t turns;                 /* that proved progress: commits, or nothing to do */
        uint64_t turns_told;            /* to the watchdog */
        bool clock_alarm, space_alarm;
        bool damage_told;
        uint64_t finds_told, runs_failed_told;

        bool stopping;
        int status;                     /* for exit(3) */
};

/* Where things are, from configuration and environment. */
void daemon_paths(struct daemon *daemon);

/* 0, or the exit status when it cannot start; the reason is logged, and so is what can be done. */
int daemon_start(struct daemon *daemon);
/* Keys and ledger alone, unjudged, as the ledger's owner: for what is done while it is down. */
int daemon_open(struct daemon *daemon);
/* Until it is told to stop. The exit status. */
int daemon_run(struct daemon *daemon);
/* In every state that daemon_start() can leave. */
void daemon_stop(struct daemon *daemon);

/* Logs that it was not started, why, and what can be done. Returns DAEMON_REFUSES. */
__attribute__((format(printf, 3, 4)))
int daemon_refuse(struct daemon *daemon, const char *what, const char *format, ...);

/* Leaves the process without another word to anybody: the outcome of a commit is not known. */
__attribute__((noreturn))
void daemon_die(struct daemon *daemon, const char *what, int status);

#endif
