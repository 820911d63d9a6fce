/* SPDX-License-Identifier: Apache-2.0 */
/* Every bound in bytes on the wire. They only ever grow. Counts are in core/limits.h. */
#ifndef ACCORD_PROTO_LIMITS_H
#define ACCORD_PROTO_LIMITS_H

#define WIRE_SUBMISSION_MAX (1024u * 1024u)             /* a SignedSubmission, blocks and all */
#define WIRE_CLIENT_FRAME_MAX (WIRE_SUBMISSION_MAX + 64u)       /* a ClientFrame */
#define WIRE_DECISIONS_MAX (64u * 1024u)                        /* a Decisions */
#define WIRE_TERMS_MAX (128u * 1024u)                           /* a Terms */
#define WIRE_HUB_FRAME_MAX (4u * 1024u * 1024u)                 /* a HubFrame */
/* A SignedRecord: an equivocation holds a submission. */
#define WIRE_RECORD_MAX (WIRE_SUBMISSION_MAX + 4096u)
/*
 * A record with a statement: 1,024 lines and as many facts, 256 carried figures, 64 disputed facts,
 * each text and figure as long as it gets. It fits any record.
 */
#define WIRE_STATEMENT_MAX (336u * 1024u)
#define WIRE_CONTROL_MAX (4u * 1024u * 1024u)                   /* a control message */
#define WIRE_DEPTH_MAX 8u                                       /* messages within messages */

#define WIRE_SAYS_MAX 1000u             /* a sentence for a reader, a field's path */
#define WIRE_DOCUMENT_MAX 500u          /* what a relayed document is */
#define WIRE_NUMBER_MAX 16u             /* an NPI, TIN or CCN */
#define WIRE_CURSOR_MAX 511u            /* where an answer goes on; a due moment's key */
#define WIRE_NOTE_MAX 8192u             /* a checkpoint with its signatures */
#define WIRE_CHARTER_MAX (128u * 1024u)                         /* a Charter */
#define WIRE_BALLOTS_MAX 16u            /* ballots, releases of one answer */
#define WIRE_PROOF_MAX 64u              /* hashes of an inclusion proof */
#define WIRE_ROWS_MAX 8192u             /* rows of one kind in an answer */
#define WIRE_RECON_ROWS_MAX 1024u       /* of matches, journal entries, payments and the like */
#define WIRE_DISPUTES_MAX 64u           /* disputes, each with lists of its own */
#define WIRE_PROOFS_MAX 256u            /* proofs, and entries, of one answer */
#define WIRE_LEAVES_MAX 65536u          /* leaf hashes of one answer */
#define WIRE_WITNESSES_MAX 64u          /* cosignatures in one message */
#define WIRE_ROTATIONS_MAX 1024u        /* keys that one node, or the hub, has had */
#define WIRE_DIFFERENCES_MAX 2048u      /* lines of two settlements that differ */

/* Enough for any message within the limits above: a submission full of lines of figures. */
#define WIRE_ARENA_SIZE (16u * 1024u * 1024u)

#endif
