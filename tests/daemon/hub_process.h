/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accordd as the system runs it: the real program in a directory of its own, on loopback ports of
 * the system's choice, with somebody who listens to what it tells its manager.
 */
#ifndef ACCORD_TESTS_DAEMON_HUB_PROCESS_H
#define ACCORD_TESTS_DAEMON_HUB_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/message.h"
#include "proto/arena.h"

struct hub_process {
        char directory[64], config[80], log[80];
        pid_t pid;                      /* 0: not running */
        int manager;                    /* where NOTIFY_SOCKET leads */
        char told[4096];                /* everything it told its manager */
        char intake[128], signals[128], control[128];
        struct hub_id id;
        uint8_t key[32];                /* CURVE */
        struct arena arena;             /* of the last answer */
        uint8_t *answer;
};

/*
 * A new directory with a configuration, keys and a ledger. @more: lines added to the
 * configuration.
 */
void hub_process_make(struct hub_process *hub, const char *more);
void hub_process_write_config(struct hub_process *hub, const char *more);
/* Other settings go before those, from now on. */
void hub_process_override(struct hub_process *hub, const char *text);
/* Kills what still runs, removes the directory. */
void hub_process_end(struct hub_process *hub);

/* Starts it and waits for READY. @failpoint may be NULL. */
void hub_process_start(struct hub_process *hub, const char *failpoint);
/* The same, but it is expected to end by itself before READY: its exit status. */
int hub_process_fails(struct hub_process *hub, const char *failpoint);
/* Waits for its end: the exit status; 128 + the signal; -1 when it still runs after @ms. */
int hub_process_wait(struct hub_process *hub, int ms);
/* SIGTERM, and its exit status. */
int hub_process_stop(struct hub_process *hub);

/* Runs accordd with these words, NULL last, and waits: its exit status. Output goes to the log. */
int hub_process_run(struct hub_process *hub, const char *const *words);

/* Whether the log holds the text, within @ms. */
bool hub_process_says(struct hub_process *hub, const char *text, int ms);
/* Whether the manager was told so, within @ms. */
bool hub_process_tells(struct hub_process *hub, const char *text, int ms);

/* Over the control socket. Valid until the next. */
struct control_answer hub_process_ask(struct hub_process *hub,
                                      const struct control_request *request);
/* A count of the statistics by its key, the first of that name. */
unsigned long hub_process_stat(struct hub_process *hub, const char *key);
/* Whether it comes to be that. */
bool hub_process_counts(struct hub_process *hub, const char *key, unsigned long value);

#endif
