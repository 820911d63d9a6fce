/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hearing: the party's durable signals, each once, in order of number, none missed. Subscribes
 * first and then asks for what came since the last one seen; a number that is missing, or a
 * heartbeat that knows of a later one, asks again. What arrives is unsealed and the hub's signature
 * verified; what does not prove is dropped, counted, and asked for. Incentive signals have no
 * number and come by the way: incentive.h.
 *
 * How far the program has come is kept in DIRECTORY/state: only what it said it was done with.
 */
#ifndef ACCORD_CLIENTS_LIB_SIGNALS_H
#define ACCORD_CLIENTS_LIB_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>

#include "clients/lib/error.h"
#include "core/message.h"

struct accord_session;
struct accord_signals;

struct accord_signal {
        uint64_t index;                 /* of its own entry in the log */
        instant time;                   /* of that entry */
        struct signal signal;           /* signal.number is what accord_signals_done() takes */
        struct bytes record;            /* SignedRecord, for keeping as evidence */
};

/* Where to begin: after the last one done with, as kept in the profile's state. */
#define ACCORD_SIGNALS_KEPT UINT64_MAX

/*
 * accord_signals_open() - begin to listen
 * @session: must outlive the listener; its profile names the signals endpoint
 * @since:   number after which to begin; 0: from the first; ACCORD_SIGNALS_KEPT
 *
 * Returns: 0; USAGE when the profile has no signals endpoint; FAILED when the state cannot be read.
 */
int accord_signals_open(struct accord_signals **ret, struct accord_session *session, uint64_t since,
                        struct accord_error *error);
void accord_signals_close(struct accord_signals *signals);      /* NULL is fine */
void accord_signals_cleanup(struct accord_signals **signals);

/*
 * accord_signals_next() - the next signal in order
 * @timeout_ms: how long to wait for one; 0: only what is there; < 0: for ever
 * @ret:        valid until the next call; NULL when none came in time, which is not an error
 *
 * With an event loop: call with 0 until it gives NULL whenever accord_fd() is readable or
 * accord_wait_ms() has passed.
 *
 * Returns: 0; UNREACHABLE when there were gaps to fill, or the first question, and the hub has not
 * answered in that time and in a second: call again; NOT_PERMITTED; INTEGRITY when the hub answers
 * a number it numbered otherwise before; what the callback of incentive.h answered.
 */
int accord_signals_next(struct accord_signals *signals, int timeout_ms,
                        const struct accord_signal **ret, struct accord_error *error);

/* The program is done with all up to @number: kept, durably, when the profile has a directory. */
int accord_signals_done(struct accord_signals *signals, uint64_t number,
                        struct accord_error *error);

struct accord_signals_stat {
        uint64_t last;                  /* number of the last one given out */
        uint64_t newest;                /* number of the newest the hub spoke of */
        uint64_t gaps;                  /* times something was missing and asked for */
        uint64_t dropped;               /* frames that did not unseal, parse or prove */
        instant heard_at;               /* our clock: last frame that proved; 0: none yet */
};

void accord_signals_stat(const struct accord_signals *signals, struct accord_signals_stat *ret);

#endif
