/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Evidence: a file, accord.evidence.v1, that holds all that somebody who knows the hub's public key
 * and nothing else needs to judge who broke a promise. What was signed is in it as it was signed.
 * What a file does not prove it does not claim: a path is signed by nobody, so one that does not
 * hold convicts nobody.
 */
#ifndef ACCORD_CLIENTS_EVIDENCE_H
#define ACCORD_CLIENTS_EVIDENCE_H

#include "clients/complaint.h"
#include "clients/verify-bundle.h"
#include "clients/words.h"

struct json_object;

enum evidence_kind {
        EVIDENCE_EQUIVOCATION = 1,      /* two messages of a node under one number */
        EVIDENCE_FORKED_CHECKPOINT,     /* two roots for one size of one epoch */
        EVIDENCE_FORKED_ENTRY,          /* two leaves at one index of one history */
        EVIDENCE_NOT_CONTINUED,         /* two trees and a path that does not lead */
        EVIDENCE_BAD_RECEIPT,           /* a signed tree and a path that does not lead */
        EVIDENCE_WRONG_STATEMENT,       /* a statement and what it says it is made from */
        EVIDENCE_BROKEN_EPOCH,          /* an entry that was signed for and taken back */
};

extern const struct word evidence_kind_words[];

#define EVIDENCE_FILE_MAX (16u << 20)
#define EVIDENCE_ENTRIES_MAX 4096u
#define EVIDENCE_SAYS_MAX 600

/* own(evidence) struct evidence evidence = { .kind = ... }; spans: its arena, or the maker's. */
struct evidence {
        enum evidence_kind kind;
        uint8_t key[32];                /* the hub's first signing key, by who made the file */
        uint64_t run;                   /* of a statement */
        struct bytes notes[2];          /* checkpoints */
        uint32_t note_count;
        struct bytes said[2];           /* SignedSubmissions */
        uint32_t said_count;
        struct digest path[MERKLE_PROOF_MAX];   /* by which the second tree continues the first */
        uint32_t path_count;
        /*
         * Entries, the hub's records of its keys and epochs among them. tree.size is the place of
         * the checkpoint that the path leads to, from 1; 0: none.
         */
        struct kept_entry *entries;     /* owned */
        size_t count, room;
        struct arena arena;
};

void evidence_cleanup(struct evidence *evidence);
/* 0 or -ENOMEM. Bytes are not copied. */
int evidence_add(struct evidence *evidence, const struct kept_entry *entry);

/* 0; a refusal, having complained of each field at fault; -ENOMEM. */
int evidence_read(struct bytes text, struct evidence *ret, struct complaints *to);
/* NULL: no memory. */
struct json_object *evidence_object(const struct evidence *evidence);

struct verdict {
        bool proved;
        char against[72];               /* "the hub", "node PARTY/NODE"; empty: nobody */
        char says[EVIDENCE_SAYS_MAX];
};

/* Judges by the hub's key alone. 0 or -errno. */
int evidence_judge(const struct evidence *evidence, const uint8_t key[32], struct verdict *ret);

#endif
