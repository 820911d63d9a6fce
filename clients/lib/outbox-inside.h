/* SPDX-License-Identifier: Apache-2.0 */
/* The outbox as the library sees it. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_OUTBOX_INSIDE_H
#define ACCORD_CLIENTS_LIB_OUTBOX_INSIDE_H

#include <stdbool.h>

#include "clients/lib/accord.h"
#include "clients/lib/hubproof.h"
#include "clients/lib/outbox-record.h"
#include "clients/lib/queue.h"
#include "proof/keys.h"
#include "proto/arena.h"

#define PACKS_MAX 8                             /* contracts that may wait at once */
#define COMPACT_ABOVE (64u * 1024u * 1024u)     /* bytes of file */
#define COMPACT_KEEP (16u * 1024u * 1024u)      /* bytes of answers kept */

/* What an added event points to, copied. */
struct pack_text {
        struct pack_text *next;
        size_t used, size;
        uint8_t data[];
};

/* Events about the same that wait to be sealed. */
struct pack {
        struct accord_about about;
        struct event *events;
        uint64_t *tags;
        uint32_t count, room;           /* count 0: free */
        uint32_t blocks;                /* of the events, those with rows beside them */
        size_t size;                    /* of the events on the wire, and of their rows */
        bool tagged;
        uint64_t began;                 /* order of the packs */
        struct pack_text *text;
};

struct accord_outbox {
        struct recfile *file;
        char *path;                     /* NULL: in memory */
        bool read_only;
        bool broken;                    /* what is durable is not known: close and open again */
        bool dirty;                     /* something sealed is not synced */

        struct hub_proof proof;
        struct accord_proofs *proofs;   /* NULL: read only */
        uint32_t epoch;                 /* of the hub, as far as it was looked at; 1: the first */
        struct keys own_keys;           /* when read from a file */
        const struct keys *keys;
        struct node_path node;

        struct stream_id stream;
        uint64_t next_sequence;
        uint64_t log_size;              /* the hub's log has at least so many entries */
        struct queue queue;
        uint64_t received, refused, abandoned;
        uint64_t torn_bytes;
        bool moved;
        uint64_t visit_from;            /* in memory: what lies before was given back */

        uint32_t events_most;           /* of a submission: the protocol's limit or the hub's */
        size_t bytes_most;
        uint64_t compact_above;
        struct pack packs[PACKS_MAX];
        uint64_t packs_begun;
        struct sink body, signed_bytes;

        struct recfile_buffer own, said;        /* a sealed record; its answer */
        struct arena answers, events;           /* decoded from them */
};

/* ---- outbox.c */

/* Begins a new stream and syncs. Returns: 0; FAILED. */
int outbox_begin_stream(struct accord_outbox *outbox, struct accord_error *error);
/* Syncs what was sealed; nothing that is not synced may be sent. Returns: 0; FAILED. */
int outbox_sync(struct accord_outbox *outbox, struct accord_error *error);
/* FAILED when it cannot be written to, else 0. */
int outbox_usable(const struct accord_outbox *outbox, struct accord_error *error);
int outbox_failed(const struct accord_outbox *outbox, int r, const char *what,
                  struct accord_error *error);
/* The bytes to send; valid until the next call with the outbox. Returns: 0; FAILED; INTEGRITY. */
int outbox_bytes(struct accord_outbox *outbox, const struct queued *queued,
                 struct sealed_record *ret, struct accord_error *error);

/* ---- outbox-load.c */

/* Reads the file, cuts off a torn end, begins what is new or was moved. FAILED, INTEGRITY. */
int outbox_load(struct accord_outbox *outbox, struct accord_error *error);

/* ---- outbox-pack.c */

struct sealing {
        const struct accord_about *about;
        const struct event *events;
        uint32_t count;
        const uint64_t *tags;           /* NULL: none */
        const struct queued *rest_of;   /* NULL: it is no rest of a refused one */
};

/* Numbers, signs and appends one submission; not synced. Returns: 0; USAGE; FAILED. */
int outbox_seal_one(struct accord_outbox *outbox, const struct sealing *sealing,
                    struct accord_error *error);
void outbox_drop_packs(struct accord_outbox *outbox);

/* ---- outbox-answer.c: @frame is the HubFrame as received, kept */

/*
 * Each checks, keeps, and fills *ret for who watches (valid until the next call with the outbox).
 * An answer to what has one already: 0 with *ret_new false. Returns: 0; INTEGRITY; FAILED.
 */
int outbox_take_receipt(struct accord_outbox *outbox, const struct receipt *receipt,
                        struct bytes frame, struct accord_item *ret, bool *ret_new,
                        struct accord_error *error);
int outbox_take_refusal(struct accord_outbox *outbox, const struct refusal_answer *refusal,
                        struct bytes frame, struct accord_item *ret, bool *ret_new,
                        struct accord_error *error);

/* ---- outbox-places.c */

/* Where a submission and its answer begin in the file; answer 0: none yet. */
struct place {
        struct stream_id stream;
        uint64_t sequence;
        uint64_t sealed, answer;
};

struct places {
        struct place *list;             /* the caller's, to be freed */
        size_t count, room;
        size_t first_open;              /* all before it have their answer */
};

/* Goes through the whole file, oldest first. Returns: 0 or -errno. */
int outbox_find_places(struct accord_outbox *outbox, struct places *places);

/* ---- outbox-epoch.c */

/*
 * The proofs have heard the hub's keys and epochs: what is verified here, is by them; and what a
 * new epoch made void waits again. *ret: what was lost; epoch 0: nothing new. Returns: 0; FAILED.
 */
int outbox_take_ring(struct accord_outbox *outbox, struct accord_lost *ret,
                     struct accord_error *error);
/* It waits again, where it stood. Returns: 0; -EPROTO; -errno. */
int outbox_reopen(struct accord_outbox *outbox, const struct taken_record *taken);

/* ---- outbox-move.c */

/*
 * The hub has numbers of the stream that this file does not know: it was put back from a backup.
 * Begins a new stream; what was sealed here and never sent moves there, lest its numbers be used
 * twice. What is older keeps its number: it may be what the hub has. @all: it moves too, for the
 * hub has nothing of it. Returns: 0; FAILED.
 */
int outbox_move_on(struct accord_outbox *outbox, bool all, struct accord_error *error);

/*
 * The hub does not take the number for its signature: where that is by a key which the node no
 * longer has, what the stream holds from there on goes on under a new stream, signed anew. None of
 * it can have happened: what had, the hub knows by its bytes. Returns: 0; FAILED.
 */
int outbox_move_from_old_key(struct accord_outbox *outbox, const struct stream_id *stream,
                             uint64_t sequence, bool *ret_moved, struct accord_error *error);

/* ---- outbox-visit.c */

/* Reads @frame's HubFrame into @item: receipt, or refusal with its signed record. INTEGRITY. */
int item_read_answer(struct accord_outbox *outbox, struct bytes frame, struct accord_item *item,
                     struct accord_error *error);
/* What @sealed says of the item; tags are put into the outbox's arena for answers. */
int item_read_sealed(struct accord_outbox *outbox, const struct sealed_record *sealed,
                     struct accord_item *item, struct accord_error *error);
int outbox_arenas(struct accord_outbox *outbox, struct accord_error *error);
/* What stands at a place, whole; valid until the next call with the outbox. INTEGRITY; FAILED. */
int item_read_place(struct accord_outbox *outbox, const struct place *place,
                    struct accord_item *item, struct accord_error *error);

/* ---- outbox-compact.c */

/* Writes the file anew when all is answered and it has grown large. Returns: 0; FAILED. */
int outbox_compact(struct accord_outbox *outbox, struct accord_error *error);

#endif
