/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statistics as JSON, schema accord.stat.v1. Of the ledger always, of the process while it
 * runs: so `accord ledger stat` says the same of a hub that is down as the daemon does of itself.
 */
#ifndef ACCORD_DAEMON_STAT_JSON_H
#define ACCORD_DAEMON_STAT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/hub.h"
#include "proto/arena.h"

#define STAT_CODES 64           /* refusal codes */
#define STAT_JSON_MAX 16384

/* What only a running daemon can say; durations in us. */
struct stat_process {
        uint32_t pid;
        uint64_t uptime, rss;
        uint64_t welcomes, receipts, refusals, busies, answers, signals;
        uint64_t refused_for[STAT_CODES];
        uint64_t commits;
        struct { uint64_t commits, taken, largest, p50, p99; } minute;
        uint64_t frames, frames_dropped, answers_gone, answers_full;
        uint64_t keys_let_in, keys_refused, handshakes_failed, accepts_failed;
        uint64_t topics_applied, topics_refused, upstream_dropped, signals_failed;
        uint64_t runs_computed, runs_failed;
        struct { uint64_t made, told, pending, behind, failed; } incentives;
        uint64_t control_requests, control_refused;
        uint64_t safety_finds;          /* must be 0 */
        uint64_t log_withheld;
        int64_t clock_ahead;
        bool clock_alarm, space_alarm;
        struct { bool running; uint64_t at, size, passes, last_size; instant last_time; } scrub;
        const char *damage;             /* what was found; NULL: nothing */
};

struct stat_report {
        const char *hub_name;
        struct hub_id hub;
        instant now;
        struct hub_stat ledger;
        const struct stat_process *process;     /* NULL: nobody runs */
};

/* Appends one line without its end. 0; -ENOBUFS when @sink is full. */
int stat_json(struct sink *sink, const struct stat_report *report);

#endif
