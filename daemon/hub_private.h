/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of libhub share. Nothing outside libhub includes it. */
#ifndef ACCORD_DAEMON_HUB_PRIVATE_H
#define ACCORD_DAEMON_HUB_PRIVATE_H

#include <stdatomic.h>

#include "core/outcome.h"
#include "core/own.h"
#include "core/view.h"
#include "daemon/directory.h"
#include "daemon/effects.h"
#include "daemon/hub.h"
#include "daemon/receipts.h"
#include "daemon/touched.h"
#include "proof/checkpoint.h"
#include "proof/hash.h"
#include "proof/hubring.h"
#include "proto/wire.h"
#include "store/env.h"
#include "store/log.h"
#include "store/stat.h"
#include "store/txn.h"

#define ERASURES_PER_BATCH_MAX 16

/* An erasure of this batch: its keys are destroyed when it is committed. */
struct hub_erasure {
        uint32_t contract_no, year;
        uint64_t index;
};

/* How the log stands, and the hub's signature of it. */
struct hub_checkpoint {
        struct checkpoint tree;
        size_t note_size;               /* 0: no key to sign it with */
        char note[CHECKPOINT_MAX];
};

struct hub {
        struct hub_options options;
        struct hub_id id;
        struct text name;
        struct hub_ring ring;           /* its keys and epochs: daemon/ring.h */
        struct note_key note_key;       /* of its checkpoints, in the epoch that is */
        struct note_key previous_key;   /* of their second line, where options.previous is given */
        struct digest genesis;          /* leaf of entry 0 */
        uint32_t epoch;                 /* 1: that of the genesis */

        struct store_env *env;
        struct store_log *log;
        struct directory *directory;
        struct block_store *blocks;     /* NULL: not there, or of no use (replay) */

        struct hub_checkpoint checkpoint;       /* of the last commit */

        atomic_int condemned;                   /* daemon/condemn.c */
        char condemned_says[GUARD_SAYS_MAX + 1];

        /* the batch that is open: */
        struct store_txn *txn;          /* NULL: none */
        instant now;
        uint64_t batch;                 /* counts batches since the start */
        size_t batch_bytes;
        int64_t batch_legs;             /* cents of all legs in it: must come to nothing */
        bool looking;                   /* it is a condemned hub's: @txn cannot be written */
        bool refolding;                 /* nothing is judged: what only judging needs is not read */
        bool ring_changed;              /* has it keys or epochs that are not committed */
        bool directory_changed;         /* has it nodes, or news of nodes, that are not committed */
        bool no_room;                   /* the disk or quota is full: submissions get BUSY */
        bool no_block_room;             /* for blocks: those with rows do */
        struct hub_erasure erasures[ERASURES_PER_BATCH_MAX];
        uint32_t erasure_count;
        struct effects effects;
        struct receipts receipts;       /* that have their place among the effects */
        struct touched touched;         /* kept behind the commit, until the next batch */
        bool has_staged_checkpoint;
        struct hub_checkpoint staged_checkpoint;

        /* memory to work in, made once: */
        struct hasher *hasher;
        struct arena arena;             /* the message in hand */
        struct sink body, record;       /* the hub record in hand */
        struct scratch scratch;         /* signing and verifying */
        struct faults *faults;
        struct terms *terms;            /* the offer in hand */
        struct statement *statement;    /* the statement in hand, when folded from bytes */
        struct incentive_desk *desk;    /* NULL until somebody asks what contracts reward */
};

/*
 * An empty hub in @options->directory that stands for @of: for replay.
 * Its directory is made, and cleared by the caller.
 */
int hub_scratch(struct hub **ret, const struct hub_options *options, const struct hub *of);

/* Entries as the batch sees them, its own too: what it says leaves after its commit. */
uint64_t hub_size(const struct hub *hub);

/* ---- entries: append, fold, and say so */

/* An entry in the middle of being folded. */
struct entry {
        uint64_t index;
        instant time;
};

/*
 * hub_append() - the next entry of the log
 * Below the line: fails with -errno only, and then the batch is spoilt.
 */
int hub_append(struct hub *hub, enum entry_kind kind, struct bytes bytes, struct entry *ret);

/*
 * A record of the hub's own: written, signed, appended, folded.
 * @ret_bytes (may be NULL) lies in hub->record.
 */
int hub_say(struct hub *hub, struct record *record, struct entry *ret, struct bytes *ret_bytes);

/* Numbers, signs, appends and seals a signal for every node of the party that may read. */
int hub_signal(struct hub *hub, const struct name *party, struct signal *signal);

/* ---- folds: state = fold(state, entry). No clock, no choice, no refusal. */

int fold_submission(struct hub *hub, const struct view *view, const struct submission *submission,
                    const struct entry *entry);
/* A record's: of all kinds, then by kind. */
typedef int fold_record_fn(struct hub *hub, const struct record *record,
                           const struct entry *entry);
fold_record_fn fold_record, fold_erasure, fold_due, fold_journal, fold_journal_change,
        fold_hub_key, fold_epoch, fold_staff_read, fold_witnessed, fold_succession,
        fold_ballot_result, fold_release, fold_conflict;
/* A node's row, and the directory's copy of it. */
int fold_put_node(struct hub *hub, const struct node_state *node);
/* A new node, whose keys stand in the entry at @keys_index. -EILSEQ: its party is unknown. */
int fold_admit(struct hub *hub, const struct node_admission *admission, uint64_t keys_index,
               const struct entry *entry);
/* A delegation takes the place of what there was between the two, which comes and ends no more. */
int fold_delegate(struct hub *hub, const struct delegation_state *delegation);
/* One number of a stream is used up by the entry. */
int fold_sequence(struct hub *hub, uint32_t node_no, const struct stream_id *stream,
                  uint64_t sequence, const struct entry *entry);

/*
 * ---- gathering: everything that judging and folding the submission will look at.
 * @node NULL: the operator.
 */

int gather(struct hub *hub, const struct directory_node *node, const struct submission *submission,
           struct view *ret);

/* ---- what follows from a submission, as hub records behind it */

int follow(struct hub *hub, const struct view *view, const struct submission *submission,
           const struct entry *entry);
/* A RUN entry and the word of it to both sides. */
int follow_run(struct hub *hub, const struct contract_state_row *contract,
               const struct run_request *request, uint64_t cause, uint64_t *ret_index);
/* What every signal about a run says of it. */
struct signal signal_of_run(const struct run_state *run, enum signal_kind kind, uint64_t cause);
/* The same signal to both sides of a contract. */
int signal_both(struct hub *hub, const struct contract_id *contract, const struct signal *signal);
/* And one about a run, with what is said of it. */
int signal_of(struct hub *hub, uint64_t run_index, enum signal_kind kind, uint64_t cause,
              const struct text *says);

/* ---- answers */

int answer_query(struct hub *hub, const struct directory_node *node, const struct query *query,
                 uint64_t session);
/* A witness's cosignature, taken or not. */
int answer_cosign(struct hub *hub, struct directory_node *node, const struct cosign *cosign,
                  uint64_t session);
int answer_hello(struct hub *hub, const struct directory_node *node, const struct hello *hello,
                 uint64_t session);
/* What is wrong, from hub->faults, as the wire has it. @ret: room for REFUSALS_PER_ANSWER_MAX. */
uint32_t answer_faults(const struct faults *faults, struct wire_fault *ret);
/* A refusal that leaves the number free. */
int answer_refusal(struct hub *hub, const struct submission *submission, uint64_t session);
/* A refusal that is an entry: told from its record, so that it is the same whenever it is told. */
int answer_logged_refusal(struct hub *hub, const struct refusal_record *said,
                          const struct entry *entry, struct bytes record, uint64_t session);
int answer_busy(struct hub *hub, const struct submission *submission, const char *says,
                uint32_t again_after_ms, uint64_t session);
int answer_fault(struct hub *hub, const struct fault *fault, uint64_t session);
int answer_receipt(struct hub *hub, const struct submission *submission, uint64_t index,
                   instant time, uint64_t session);
int answer_frame(struct hub *hub, const struct hub_frame *frame, uint64_t session);

/* ---- what is in the way of an admission: 0; a refusal with *ret_says; -errno */

int admission_fault(struct hub *hub, const struct node_admission *admission,
                    const char **ret_says);

/* ---- what is in the way of a submission before it is looked at */

bool node_has_room(struct hub *hub, struct directory_node *node);

#endif
