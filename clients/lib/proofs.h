/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A participant's own memory of what the hub signed: DIRECTORY/proofs, a file of records beside the
 * outbox (recfile.h) that only grows. In it are every receipt, every distinct checkpoint with when
 * and from where it came, the paths that show how one tree continues another, the hub's records of
 * its keys and epochs, and every contradiction that was found. With it nobody needs to ask the hub
 * whether the hub is honest.
 *
 * It is bound to the hub's first signing key and to the node, not to what a server says of itself.
 * A checkpoint is JOINED when it was shown to belong to the one history that the store follows, of
 * which accord_proofs_last() is the newest; what came and was not shown yet is asked at the next
 * flush. The first checkpoint ever seen begins that history.
 *
 * A torn end is cut off at the next open, kept as DIRECTORY/proofs.torn. A record that was synced
 * and cannot be read any more is damage: to write, the open ends with INTEGRITY; to read, what lies
 * before it is shown, and where it is (accord_proofs_stat()).
 *
 * One process writes. Everything that is added is durable after accord_proofs_sync().
 * Without a directory the store lives in memory and keeps no receipts and paths.
 */
#ifndef ACCORD_CLIENTS_LIB_PROOFS_H
#define ACCORD_CLIENTS_LIB_PROOFS_H

#include <stdbool.h>
#include <stdint.h>

#include "clients/lib/error.h"
#include "clients/lib/profile.h"
#include "core/message.h"
#include "proof/checkpoint.h"
#include "proof/hash.h"

struct accord_proofs;
struct hub_ring;                        /* proof/hubring.h */

/*
 * accord_proofs_open() - open or make the store of a profile, for this process alone
 * accord_proofs_read() - look at it, beside a process that writes; NO_SUCH_THING when there is none
 *
 * Returns: 0; CONFLICT when another process has it open; FAILED; INTEGRITY when it is damaged, or
 * of another node or hub.
 */
int accord_proofs_open(struct accord_proofs **ret, const struct accord_profile *profile,
                       struct accord_error *error);
int accord_proofs_read(struct accord_proofs **ret, const struct accord_profile *profile,
                       struct accord_error *error);
void accord_proofs_close(struct accord_proofs *proofs);         /* NULL is fine */
void accord_proofs_cleanup(struct accord_proofs **proofs);
int accord_proofs_sync(struct accord_proofs *proofs, struct accord_error *error);

/* Where a checkpoint came from: with a receipt, with an answer, by hand (another party's), a
   witness. Numbers are the file's format. */
enum accord_seen_from { ACCORD_SEEN_RECEIPT = 1, ACCORD_SEEN_ANSWER, ACCORD_SEEN_FILE,
                        ACCORD_SEEN_WITNESS };

struct accord_seen {
        struct bytes note;              /* valid until the next call with the store */
        uint64_t size;
        struct digest root;
        uint32_t epoch;                 /* 1: the first */
        instant at;                     /* our clock */
        enum accord_seen_from from;
        bool joined;                    /* shown to be of the one history; or void */
        bool is_void;                   /* of what an epoch took back */
};

/*
 * accord_proofs_see() - a checkpoint came: verify it, and keep it if it is a new one
 * @ret: may be NULL
 *
 * A root that differs from one of the same size and epoch is kept as a contradiction.
 *
 * Returns: 0; INTEGRITY; NO_SUCH_THING when it is by a key or of an epoch that the store does not
 * know, which the hub's records may explain (accord_proofs_ring()): nothing was kept; FAILED.
 */
int accord_proofs_see(struct accord_proofs *proofs, struct bytes note, enum accord_seen_from from,
                      struct accord_seen *ret, struct accord_error *error);

/*
 * accord_proofs_keep_receipt() - keep it, with its checkpoint, once it is shown to lead there
 *
 * Its leaf must have been held against the bytes that were sent (hub_proof_leaf()). One that
 * does not lead to its checkpoint, or has another leaf for an index, is kept as a contradiction.
 * The same receipt again, against whichever tree, is not kept twice.
 *
 * Returns: as accord_proofs_see().
 */
int accord_proofs_keep_receipt(struct accord_proofs *proofs, const struct receipt *receipt,
                               struct accord_error *error);

/*
 * accord_proofs_continue() - @path came to show that the tree @second continues the tree @first
 *
 * Both were seen, both notes are looked up by epoch and size. When it holds, the path is kept, and
 * each is joined when the other is; when it does not, it is a contradiction.
 *
 * Returns: 0; INTEGRITY; NO_SUCH_THING when one of them was never seen; FAILED.
 */
struct accord_tree {
        uint32_t epoch;
        uint64_t size;
};
int accord_proofs_continue(struct accord_proofs *proofs, struct accord_tree first,
                           struct accord_tree second, const struct sha256 *path, uint32_t count,
                           struct accord_error *error);

/*
 * accord_proofs_ring() - what the hub says of its keys and epochs, from the genesis on
 *
 * Each record is verified by the key that the ones before it name; the genesis must be of the
 * profile's key. What is new is kept; it must go on from what is there, else it is a contradiction.
 * A new epoch makes receipts and checkpoints behind its index void.
 *
 * Returns: 0, *ret_epochs how many epochs are new (may be NULL); INTEGRITY; FAILED.
 */
int accord_proofs_ring(struct accord_proofs *proofs, const struct record_entry *records,
                       uint32_t count, uint32_t *ret_epochs, struct accord_error *error);
/* NULL as long as neither the genesis nor a checkpoint was seen. */
const struct hub_ring *accord_proofs_hub_ring(const struct accord_proofs *proofs);
/* The key by which the hub signs the record at @index; before anything was seen the first one. */
const uint8_t *accord_proofs_signer(const struct accord_proofs *proofs, uint64_t index);

/* ---- contradictions; numbers are the file's format */

#define ACCORD_CONTRADICTIONS(X)                                                               \
        X(TWO_ROOTS,     1, "two roots for one size")                                          \
        X(NOT_CONTINUED, 2, "a tree that does not continue an earlier one")                    \
        X(NOT_INCLUDED,  3, "a receipt that does not lead to its checkpoint")                  \
        X(TWO_LEAVES,    4, "two entries at one index")                                        \
        X(SHRANK,        5, "a tree that got smaller")                                         \
        X(TWO_PASTS,     6, "keys or epochs said differently than before")                     \
        X(NOT_TAKEN_BACK, 7, "a tree larger than the end that the new epoch names")

enum accord_contradiction_kind {
#define X(name, number, says) ACCORD_##name = (number),
        ACCORD_CONTRADICTIONS(X)
#undef X
};

const char *accord_contradiction_says(enum accord_contradiction_kind kind);     /* never NULL */

struct accord_contradiction {
        enum accord_contradiction_kind kind;
        instant at;
        struct bytes says;              /* one sentence, with the figures */
        struct bytes first, second;     /* signed notes; empty where there is none */
        struct bytes detail;            /* of 32 octets each: a path that does not hold; a receipt's
                                           index, leaf and path. Or a SignedRecord */
};

/* For what a session finds; keeps, syncs and answers INTEGRITY with its sentence. */
int accord_proofs_contradiction(struct accord_proofs *proofs,
                                const struct accord_contradiction *found,
                                struct accord_error *error);

/* ---- looking */

/* The newest joined checkpoint; false when there is none. */
bool accord_proofs_last(struct accord_proofs *proofs, struct accord_seen *ret);
bool accord_proofs_find(struct accord_proofs *proofs, struct accord_tree tree,
                        struct accord_seen *ret);

struct accord_kept_receipt {
        struct receipt receipt;         /* checkpoint empty: find it by @tree */
        struct accord_tree tree;        /* size 0: it came without proof */
        instant at;                     /* our clock */
        bool is_void;                   /* an epoch took it back */
};

struct accord_kept_path {
        struct accord_tree first, second;
        const struct digest *path;
        uint32_t count;
};

/* NULL for what is not looked for. An answer other than 0 ends the walk and is its answer. */
struct accord_proofs_visitor {
        int (*seen)(void *with, const struct accord_seen *seen);
        int (*receipt)(void *with, const struct accord_kept_receipt *receipt);
        int (*path)(void *with, const struct accord_kept_path *path);
        int (*ring)(void *with, const struct record_entry *record);
        int (*contradiction)(void *with, const struct accord_contradiction *contradiction);
        void *with;
};

/* Everything, in the order in which it came. A visitor may look, not add. 0; FAILED. */
int accord_proofs_visit(struct accord_proofs *proofs, const struct accord_proofs_visitor *visitor,
                        struct accord_error *error);

struct accord_proofs_stat {
        uint64_t receipts, checkpoints, paths, contradictions, void_receipts;
        uint64_t waiting;               /* checkpoints that are not joined yet */
        uint32_t epoch;                 /* of the hub, as far as known */
        uint64_t bytes, torn_bytes;
        uint64_t damaged_at;            /* octet of the first record that cannot be read; 0: none */
};
void accord_proofs_stat(const struct accord_proofs *proofs, struct accord_proofs_stat *ret);

#endif
