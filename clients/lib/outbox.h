/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The outbox: what a node has to say, from the moment it is sealed until it has its answer, and
 * the answers.
 *
 * Sealing packs the events that wait, by contract, into submissions, fixes number and signature
 * and syncs them to disk: before the first send. From then on the same bytes are sent until they
 * are answered, by whichever process has the outbox open; so what was sealed happens exactly once.
 *
 * The file DIRECTORY/outbox only grows by whole records (length, CRC-32, type, bytes). A torn end
 * is cut off at the next open, said, and kept beside it as DIRECTORY/outbox.torn.
 *
 * A stream is one outbox file. One that was copied (another inode, another time of birth; a
 * device's number would change at a boot) goes on under a new stream. So does one that was put
 * back from a backup over itself, as soon as the hub is seen to have numbers that this file never
 * gave. What was sealed before keeps its old number, so that it cannot happen twice. A number
 * sealed after a restore by a process that never reached the hub may be taken: then a flush
 * answers CONFLICT, and accord_outbox_abandon() is the way on.
 *
 * When all is answered and the file is large it is written anew: the newest answers stay, the
 * bytes of received submissions go.
 */
#ifndef ACCORD_CLIENTS_LIB_OUTBOX_H
#define ACCORD_CLIENTS_LIB_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clients/lib/error.h"
#include "clients/lib/profile.h"
#include "core/message.h"

struct accord_outbox;

/*
 * accord_outbox_open() - open or make the outbox of a profile, for this process alone
 * @profile: copied; intake and signals are not looked at. directory NULL: lives in memory
 *
 * Returns: 0; CONFLICT when another process has it open; FAILED; INTEGRITY when it is of another
 * node or hub.
 */
int accord_outbox_open(struct accord_outbox **ret, const struct accord_profile *profile,
                       struct accord_error *error);

/*
 * To look at only, beside a process that has it open; NO_SUCH_THING when there is none. Needs no
 * keys.
 */
int accord_outbox_read(struct accord_outbox **ret, const struct accord_profile *profile,
                       struct accord_error *error);

/* Closes; what was added and not sealed is gone. NULL is fine. */
void accord_outbox_close(struct accord_outbox *outbox);
void accord_outbox_cleanup(struct accord_outbox **outbox);

/* What all events of one submission have in common. Zeroed: the sender's own affairs. */
struct accord_about {
        struct contract_id contract;    /* empty: none */
        struct name on_behalf_of;       /* empty: the sender's own party */
};

/*
 * accord_outbox_add() - let events wait to be sealed
 * @events: copied with all they point to
 * @tags:   one for each event, the caller's own (a row number, say), given back with its answer and
 *          kept over a restart; NULL: all 0
 *
 * A full pack (4096 events, 1 MiB) is sealed without being asked; so is the oldest when too many
 * contracts wait. Order holds within what is about the same; between contracts only from seal to
 * seal. Nothing is durable yet.
 *
 * Returns: 0; USAGE for an event that alone is too large; FAILED when the outbox is full or the
 * disk is.
 */
int accord_outbox_add(struct accord_outbox *outbox, const struct accord_about *about,
                      const struct event *events, size_t count, const uint64_t *tags,
                      struct accord_error *error);

/*
 * Numbers, signs and syncs all that waits. 0: it is durable, and will happen. Otherwise the outbox
 * must be closed.
 */
int accord_outbox_seal(struct accord_outbox *outbox, struct accord_error *error);

enum accord_item_state {
        ACCORD_ITEM_SEALED = 1,         /* not answered yet; may have been sent */
        ACCORD_ITEM_RECEIVED = 2,       /* in the hub's log: receipt */
        ACCORD_ITEM_REFUSED = 3,        /* faults; the good events went into repacked_as */
        ACCORD_ITEM_ABANDONED = 4,      /* given up by accord_outbox_abandon() */
};

/* One submission and what became of it. Spans are valid during the visit. */
struct accord_item {
        enum accord_item_state state;
        struct stream_id stream;
        uint64_t sequence;
        struct accord_about about;
        uint32_t event_count, refused_count;
        instant sealed_at, answered_at;         /* our clock; answered_at 0: not yet */
        struct bytes submission;                /* SignedSubmission with its blocks; empty:
                                                   compacted away */
        const uint64_t *tags;                   /* event_count of them; NULL: none were given */
        struct receipt receipt;                 /* RECEIVED; proof when it came */
        uint64_t refusal_index;                 /* REFUSED: the refusal's own entry, and when */
        instant refusal_time;
        struct bytes refusal_record;            /* REFUSED: the hub's SignedRecord */
        const struct wire_fault *faults;        /* REFUSED: all that is wrong, by place */
        uint32_t fault_count, faults_more;
        uint64_t repacked_as;                   /* REFUSED: number of the good rest; 0: none */
        struct stream_id repacked_stream;
};

/*
 * accord_outbox_visit() - every submission still known, oldest first
 * @visit: an answer other than 0 ends the walk and is the answer here; must not call the outbox
 */
int accord_outbox_visit(struct accord_outbox *outbox,
                        int (*visit)(void *with, const struct accord_item *item), void *with,
                        struct accord_error *error);

/*
 * The events of an item, decoded: refused ones to be shown or repaired. Valid during the visit or
 * callback.
 */
int accord_item_events(struct accord_outbox *outbox, const struct accord_item *item,
                       const struct event **ret, uint32_t *ret_count, struct accord_error *error);

/* The proofs beside it, open with it; NULL where it is open for reading only. The outbox's. */
struct accord_proofs;
struct accord_proofs *accord_outbox_proofs(struct accord_outbox *outbox);

struct accord_outbox_stat {
        struct stream_id stream;        /* the one that goes on */
        uint64_t next_sequence;         /* of it */
        uint64_t sealed, received, refused, abandoned;  /* submissions */
        uint64_t unsealed_events;
        uint64_t bytes;                 /* on disk */
        uint64_t torn_bytes;            /* cut off at this open: never finished, never sent */
        bool moved;                     /* copied or restored: this open began a new stream */
};

void accord_outbox_stat(const struct accord_outbox *outbox, struct accord_outbox_stat *ret);

/*
 * accord_outbox_abandon() - give up what is not answered and begin a new stream
 *
 * For a stream that was closed or signed with a key since replaced. What was sent may still have
 * happened: ask the hub before saying it again. Durable on 0.
 */
int accord_outbox_abandon(struct accord_outbox *outbox, struct accord_error *error);

#endif
