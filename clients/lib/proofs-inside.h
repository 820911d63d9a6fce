/* SPDX-License-Identifier: Apache-2.0 */
/* The proof store as the library sees it. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_PROOFS_INSIDE_H
#define ACCORD_CLIENTS_LIB_PROOFS_INSIDE_H

#include "clients/lib/hubproof.h"
#include "clients/lib/proofs-record.h"
#include "clients/lib/proofs.h"

/* A distinct checkpoint. */
struct known_tree {
        struct accord_tree tree;
        struct digest root;
        instant at;
        enum accord_seen_from from;
        bool joined;
        bool contradicted;              /* what of it does not hold is kept, not asked anew */
        uint64_t place;                 /* of its record in the file */
};

#define RING_MAX (HUB_KEYS_MAX + HUB_EPOCHS_MAX)
#define NOTE_KEPT 1024                  /* a note that is not longer is remembered */
#define LEAF_KEPT 19                    /* octets of a leaf hash that are held in memory */

struct known_leaf {
        uint64_t index;
        uint32_t epoch;
        uint8_t leaf[LEAF_KEPT];
        bool proved;
};

struct accord_proofs {
        struct recfile *file;
        char *path;                     /* NULL: in memory */
        bool read_only, dirty, broken;
        struct node_path node;
        struct hub_proof proof;         /* with what is known of the hub's keys and epochs */
        struct known_record {
                uint64_t index;
                struct digest digest;   /* of the SignedRecord */
        } ring[RING_MAX];               /* that are kept, in the order in which they came */
        uint32_t ring_count;

        /* By epoch, then size; by epoch, then index. */
        struct known_tree *trees;
        size_t tree_count, tree_room;
        struct known_leaf *leaves;
        size_t leaf_count, leaf_room;

        uint64_t paths, contradictions;
        bool counted;                   /* @waiting is how many trees are not joined */
        uint32_t waiting;
        uint64_t torn_bytes, damaged_at;
        uint64_t visit_from;            /* in memory: what lies before was given back */
        struct recfile_buffer buffer, notes[2];
        struct {
                char note[NOTE_KEPT];
                size_t size;            /* 0: none */
                struct accord_tree tree;
        } newest;                       /* the note that was verified last: receipts share one */
        struct arena arena;
};

/* ---- proofs.c */

/* -errno @r as FAILED; what was appended before may be there or not: the store is broken. */
int proofs_failed(struct accord_proofs *proofs, int r, const char *what,
                  struct accord_error *error);
int proofs_usable(const struct accord_proofs *proofs, struct accord_error *error);
/* What to put beside the next record's type, and that something is to be synced. */
uint32_t proofs_flags(struct accord_proofs *proofs);
/* The hub's epoch, as far as it is known. */
uint32_t proofs_epoch(const struct accord_proofs *proofs);

/* ---- proofs-known.c: what is held in memory */

bool tree_is_void(const struct accord_proofs *proofs, struct accord_tree tree);
bool leaf_is_void(const struct accord_proofs *proofs, uint32_t epoch, uint64_t index);
struct known_tree *known_find(struct accord_proofs *proofs, struct accord_tree tree);
/* Adds one that is not there. NULL: no memory. The first of a history is joined. */
struct known_tree *known_add(struct accord_proofs *proofs, const struct known_tree *tree);
/* Each is joined when the other is. */
void known_join(struct accord_proofs *proofs, struct known_tree *first, struct known_tree *second);
/* The newest that is joined and not void; NULL: none. */
struct known_tree *known_last(struct accord_proofs *proofs);
/* Where nothing is joined that is not void, the oldest that is not begins the history. */
void known_begin(struct accord_proofs *proofs);
/* In memory only: lets go of what is joined and not the last, and of the octets before it. */
void known_forget(struct accord_proofs *proofs);
/* The leaf at an index, or where it would be; *ret_there says which. */
struct known_leaf *leaf_find(struct accord_proofs *proofs, uint32_t epoch, uint64_t index,
                             bool *ret_there);
int leaf_add(struct accord_proofs *proofs, struct known_leaf *at, const struct known_leaf *leaf);

/* ---- proofs-load.c */

/* Reads the file, cuts off a torn end, begins what is new. FAILED, INTEGRITY. */
int proofs_load(struct accord_proofs *proofs, struct accord_error *error);

/* ---- proofs-ring.c */

/* Remembers a record of the ring, so that it is known when it comes again. */
void ring_note(struct accord_proofs *proofs, const struct record_entry *entry);

/* ---- proofs-see.c */

/* The note of a tree, read into notes[@which]. False when it cannot be. */
bool proofs_note(struct accord_proofs *proofs, const struct known_tree *tree, int which,
                 struct bytes *ret);

/* ---- for a session: what is to be shown */

/* Trees that are not joined, void or contradicted: up to @most of them, oldest first; how many. */
uint32_t proofs_waiting(const struct accord_proofs *proofs, struct accord_tree *ret, uint32_t most);
uint32_t proofs_waiting_count(struct accord_proofs *proofs);

#endif
