/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Saying something to the hub: events go into the outbox, which makes them durable, and from
 * there to the hub. What became of each submission is printed as rows of "accord.submission.v1".
 */
#ifndef ACCORD_CLIENTS_PUBLISH_H
#define ACCORD_CLIENTS_PUBLISH_H

#include "clients/reach.h"

/* Rows for a verb that publishes. */
#define PUBLISH_OPTIONS                                           \
        { "dry-run", NULL, "check everything, send nothing", 0 }, \
        { "to", "FILE", "write the signed bytes to FILE, for accord hub ingest", 0 }

/* Told of each event that was refused, besides what is said of it on standard error. */
struct publish_watch {
        void (*refused)(void *with, uint64_t tag, const struct wire_fault *fault);
        void *with;
        bool silent;            /* the watch says it all */
};

/* About a contract, or none (NULL), for the party of --on-behalf-of. EXIT_USAGE having said why. */
enum exit_code publish_about(const struct call *call, const struct contract_id *contract,
                             struct accord_about *ret);

/*
 * publish_side() - the side of the contract that the party which speaks is on
 * @wanted: what is to be done where it is on neither
 *
 * The option "side" says otherwise, as an administrator has to. EXIT_USAGE having said why.
 */
enum exit_code publish_side(const struct call *call, const struct reach *reach,
                            const struct contract_id *contract, const char *wanted,
                            enum side *ret);

/*
 * publish() - say @events; @tags and @watch may be NULL
 * @reach: may be in use already; its outbox and session are opened as needed
 * @ret_last: index of the last entry made, 0 when none was; may be NULL
 */
enum exit_code publish(struct call *call, struct reach *reach, const struct accord_about *about,
                       const struct event *events, size_t count, const uint64_t *tags,
                       const struct publish_watch *watch, uint64_t *ret_last);

/* Sends what waits in the outbox. */
enum exit_code publish_waiting(struct call *call, struct reach *reach,
                               const struct publish_watch *watch, uint64_t *ret_last);

/* The same; and asks, though nothing waits, whether the hub's log goes on from what it was. */
enum exit_code publish_and_prove(struct call *call, struct reach *reach);

/* When it turns out that there is nothing to say: an empty list. */
enum exit_code publish_nothing(struct call *call);

extern const struct column publish_columns[];
void publish_row(struct out *out, const struct accord_item *item);

#endif
