/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libaccord: one node's side of a hub.
 *
 *      outbox.h        what is to be said: durable, works without a network
 *      accord.h        a session with the hub; what waits in the outbox is said, once in effect
 *      proofs.h        what the hub signed, kept
 *      query.h         asking
 *      signals.h       hearing, without gaps
 *      incentive.h     what the party's contracts reward
 *      control.h       the hub's own socket, on the hub's own machine
 *      error.h         what a call answers
 *
 * No thread of its own and no lock: a session, and what was made from it, belongs to one thread at
 * a time. All memory is bounded.
 *
 *      own(accord_outbox) struct accord_outbox *outbox = NULL;
 *      own(accord_session) struct accord_session *session = NULL;
 *
 *      r = accord_outbox_open(&outbox, &profile, &error);
 *      r = accord_outbox_add(outbox, &about, events, count, NULL, &error);
 *      r = accord_outbox_seal(outbox, &error);                 durable from here on
 *      r = accord_session_open(&session, &profile, &error);    no network yet
 *      r = accord_flush(session, outbox, 5000, NULL, &report, &error);
 */
#ifndef ACCORD_CLIENTS_LIB_ACCORD_H
#define ACCORD_CLIENTS_LIB_ACCORD_H

#include <stdbool.h>
#include <stdint.h>

#include "clients/lib/control.h"
#include "clients/lib/error.h"
#include "clients/lib/incentive.h"
#include "clients/lib/outbox.h"
#include "clients/lib/profile.h"
#include "clients/lib/proofs.h"
#include "clients/lib/query.h"
#include "clients/lib/signals.h"
#include "core/message.h"

struct accord_session;

/*
 * accord_session_open() - read the node's keys and make the sockets
 * @profile: copied; intake must be given
 *
 * Works with no network: the connection is made in the background, and again whenever it is lost.
 *
 * Returns: 0; USAGE for an endpoint or profile that is not well formed; FAILED for a key file that
 * cannot be read.
 */
int accord_session_open(struct accord_session **ret, const struct accord_profile *profile,
                        struct accord_error *error);
void accord_session_close(struct accord_session *session);      /* NULL is fine */
void accord_session_cleanup(struct accord_session **session);

/* What the hub said at the hello. The text is the session's, until its next hello. */
struct accord_hub {
        struct welcome welcome;         /* hub_name is a string of the session's */
        char name[64];                  /* hub_name, cut, NUL-terminated */
        int64_t clock_skew;             /* us: hub's clock less ours, at mid round trip */
        int64_t round_trip;             /* us */
};

/*
 * accord_hello() - reach the hub and see who it is
 * @timeout_ms: how long to try, < 0: for ever
 * @ret:        may be NULL
 *
 * Calls below do this themselves when it has not been done. The hub's identity must be the one
 * derived from the profile's signing key, it must take us for the profile's node, and speak a
 * format that we speak.
 *
 * Returns: 0; UNREACHABLE; NOT_PERMITTED when it does not know the node's transport key; INTEGRITY
 * when it is not that hub; FAILED when no format is common to both.
 */
int accord_hello(struct accord_session *session, int timeout_ms, struct accord_hub *ret,
                 struct accord_error *error);

/* ---- saying what waits in the outbox */

struct accord_progress {
        uint64_t received, refused, waiting;            /* submissions, since the flush began */
        uint64_t events_received, events_refused;
        uint64_t resent;                                /* frames sent again */
};

/* The hub lost entries [first, until) and said so: receipts and refusals of them are void. */
struct accord_lost {
        uint32_t epoch;                 /* the one that says it */
        uint64_t first, until;
        uint64_t void_answers;          /* of this outbox */
        uint64_t again;                 /* of them: sent again, the same bytes or the same events */
        uint64_t gone;                  /* of them: bytes no longer kept, to be said anew */
};

/*
 * What to call while a flush goes on; any of them NULL. @item is valid during the call. Neither may
 * call the session or the outbox.
 */
struct accord_watch {
        /* Receipt or refusal, in order. */
        void (*answered)(void *with, const struct accord_item *item);
        /* After each answer. */
        void (*progress)(void *with, const struct accord_progress *progress);
        /* The hub began a new epoch: what it lost of ours. */
        void (*lost)(void *with, const struct accord_lost *lost);
        void *with;
};

/*
 * accord_flush() - say everything that waits, until each submission has its receipt or refusal
 * @timeout_ms: for all of it; < 0: for ever
 * @watch:      may be NULL
 * @report:     may be NULL; set whatever the answer
 *
 * Each receipt is held against its own bytes, shown to lead to a tree that the hub signed, and kept
 * (proofs.h); and the hub has to show that this tree continues every one that was seen before, ere
 * the flush says that all is well. When the hub began a new epoch, what it took back is sent again,
 * the same bytes, as far as the outbox still has them (watch->lost).
 *
 * Seals first what was added. Sends the same bytes again until they are answered, up to the hub's
 * window at once, in the stream's order. Of a refused submission the good events are sealed again
 * under a new number and sent too; the bad ones stay in the outbox as refused, with their faults.
 *
 * Returns: 0 when all was received; PARTIAL when some events were refused; REFUSED, CONFLICT,
 * NOT_PERMITTED, NO_SUCH_THING when all were, by the first fault; UNREACHABLE when nothing was
 * sent; IN_DOUBT when something was sent and not answered in time, or all was received and its
 * trees were not shown to go on yet (asked again by the next flush); INTEGRITY when a receipt or
 * refusal does not prove (its submission stays unanswered), or trees contradict each other (kept in
 * the proofs); a refusal that does not take the number
 * (unknown node, bad signature, closed stream) stops the flush with its code. After each of them
 * the outbox is as it was or further: call again.
 */
int accord_flush(struct accord_session *session, struct accord_outbox *outbox, int timeout_ms,
                 const struct accord_watch *watch, struct accord_progress *report,
                 struct accord_error *error);

/*
 * accord_prove() - the same, and ask the hub, though nothing waits, whether its newest tree
 * continues what was seen of it, and whether an epoch began. UNREACHABLE when it cannot be asked.
 */
int accord_prove(struct accord_session *session, struct accord_outbox *outbox, int timeout_ms,
                 const struct accord_watch *watch, struct accord_progress *report,
                 struct accord_error *error);

/*
 * The same for a program with an event loop: watch accord_fd() for reading (it is one descriptor
 * for all the session's sockets), call accord_step() when it is readable, when accord_wait_ms() has
 * passed, and after anything was added. The session's. A step never waits for the network; it does
 * wait for the outbox's disk.
 *
 * Returns: 0, with *ret_waiting the submissions not answered yet; codes as accord_flush(), but
 * refusals of events are told by @watch only.
 */
int accord_step(struct accord_session *session, struct accord_outbox *outbox,
                const struct accord_watch *watch, uint64_t *ret_waiting,
                struct accord_error *error);
int accord_fd(const struct accord_session *session);
/* Until a step is due; < 0: only for the fd. */
int accord_wait_ms(const struct accord_session *session);

#endif
