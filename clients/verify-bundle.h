/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DIRECTORY/statements/RUN: what is needed to make a statement again without the hub. A file of
 * records (recfile.h): a head with the run, then entries of the log, each with its leaf, the path
 * to a tree and which tree that is; the checkpoints are in the proofs. Written whole, then put in
 * place.
 */
#ifndef ACCORD_CLIENTS_VERIFY_BUNDLE_H
#define ACCORD_CLIENTS_VERIFY_BUNDLE_H

#include "clients/exit.h"
#include "clients/lib/proofs.h"
#include "core/message.h"
#include "proof/merkle.h"
#include "proto/arena.h"

struct kept_entry {
        uint64_t index;
        instant time;
        uint32_t kind;                  /* enum entry_kind; 0: no bytes, not ours to read */
        struct digest leaf;
        struct accord_tree tree;
        uint32_t path_count;
        struct digest path[MERKLE_PROOF_MAX];
        struct bytes bytes;             /* the bundle's */
};

/* own(bundle) struct bundle bundle = { 0 }; */
struct bundle {
        uint64_t run;
        struct kept_entry *entries;     /* by index, each once */
        size_t count, room;
        struct bundle_text *text;
};

void bundle_cleanup(struct bundle *bundle);

/* Copies @entry, bytes and all; one that is there stays. 0 or -ENOMEM. */
int bundle_add(struct bundle *bundle, const struct kept_entry *entry);
const struct kept_entry *bundle_find(const struct bundle *bundle, uint64_t index);

/* 0; -errno. */
int bundle_write(const struct bundle *bundle, const char *directory);
/* 0; -ENOENT; -EBADMSG when it is damaged or none; -errno. */
int bundle_read(const char *directory, uint64_t run, struct bundle *ret);

/* The runs there are, ascending; @ret is the caller's, to be freed. 0; -errno. */
int bundle_list(const char *directory, uint64_t **ret, size_t *ret_count);

#endif
