/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libhub: the hub without its sockets. Bytes, a transaction and a time come in; what is to be sent
 * goes out. No clock, no file descriptor but the ledger's, no thread of its own: the daemon, the
 * case language, the simulator and `accord ledger` all run this same code.
 *
 * Writing goes in batches, by one thread:
 *
 *      hub_begin(hub, now)
 *          hub_take(hub, ...)  hub_admit_party(hub, ...)  hub_order_run(hub, ...)
 *          hub_post_statement(hub, ...)  hub_heartbeat(hub)            any number, any order
 *      hub_commit(hub)         one flush for all of it
 *      hub_effect(hub, i)      only now may anything be sent
 *
 * What a batch decided may be said to nobody before hub_commit() answered 0. When it does not, the
 * outcome is unknown: send nothing, leave the process, start again, verify (exit status 74,
 * EX_IOERR).
 */
#ifndef ACCORD_DAEMON_HUB_H
#define ACCORD_DAEMON_HUB_H

#include "core/message.h"
#include "daemon/hub_ahead.h"
#include "daemon/hub_work.h"
#include "daemon/orders.h"
#include "daemon/read.h"
#include "proof/checkpoint.h"
#include "proof/keys.h"
#include "store/guard.h"

struct hub;

struct hub_options {
        const char *directory;          /* of the ledger */
        const struct keys *keys;        /* the hub's own; must outlive the hub */
        const struct keys *previous;    /* NULL, or what it signed with before: checkpoints too */
        size_t map_size;                /* bytes of address space; 0: 1 TiB */
        uint64_t quota;                 /* bytes the ledger may take on disk; 0: no bound */
        const char *blocks_directory;   /* NULL, "": that of the ledger with ".blocks" added */
        uint64_t blocks_quota;          /* bytes they may take on disk; 0: no bound */
        uint32_t window;                /* submissions of a node in one batch; 0: 256 */
        uint32_t rate;                  /* submissions of a node a second; 0: no limit */
        int64_t succession_wait;        /* us before one takes effect; 0: 30 days */
        bool read_only;                 /* for looking at a ledger no daemon has open */
        bool unjudged;                  /* it may be the wrong one: wait for hub_go_on() */
};

/*
 * hub_create() - make a new ledger whose entry 0 is the genesis
 * Returns: 0; -EEXIST when there is a ledger already; -errno.
 */
int hub_create(const struct hub_options *options, const char *name, const char *origin,
               instant now);

/*
 * hub_open() - open the ledger and prove its tail
 * Returns: 0; -EWOULDBLOCK when another process has it; -ENOENT when there is none (hub_create()
 * makes one); -EILSEQ when what is on disk does not prove; -EKEYREJECTED when the keys are not
 * those that the ledger names last, -EKEYREVOKED when the previous ones are not former ones of it;
 * -EPROTO when state tables are of a newer format; other -errno.
 * Tables of an older format are made anew from the log first (-ESTALE when opened read-only).
 */
int hub_open(struct hub **ret, const struct hub_options *options);
/*
 * hub_go_on() - what a ledger that is not the newest would make the hub do wrong: sign how it
 *               stands, drop rows of members whose entries it does not have
 *
 * hub_open() does it itself unless the ledger is unjudged. Returns: 0; -errno.
 */
int hub_go_on(struct hub *hub);

/*
 * hub_prove_blocks() - the rows of members that the last entries brought, from what is stored
 * @ret_lost: blocks that are not there, or not what their entries say, without the erased ones
 *
 * Of 4096 entries, as far as 64 MiB of rows go. Lost ones can be sent again, and are no reason not
 * to start. Not of a ledger that is opened to read. Returns: 0; -EILSEQ; -errno.
 */
int hub_prove_blocks(struct hub *hub, uint64_t *ret_lost);
void hub_close(struct hub *hub);
void hub_cleanup(struct hub **hub);

struct hub_id hub_id(const struct hub *hub);
const char *hub_name(const struct hub *hub);

/*
 * The identifier of the hub that signs with this key:
 * SHA-256 of "accord/hub/v1" NUL key, its first 16 bytes.
 */
struct hub_id hub_id_of(const uint8_t signing_key[32]);

/* ---- who is there: asked by the ZAP handler. As of the last commit. */

/* True when the CURVE key is that of a node that may connect; its path if wanted. */
bool hub_knows(const struct hub *hub, const uint8_t transport_key[32], struct node_path *ret_node);

/* ---- how the log stands, as of the last commit */

/*
 * The hub's signed note, in force from the moment its commit is durable; valid until the next
 * commit. Empty without keys. @ret_tree may be NULL.
 */
struct bytes hub_checkpoint(const struct hub *hub, struct checkpoint *ret_tree);

/* What the guard is to say from now on; needs no reading. */
void hub_mark(const struct hub *hub, struct guard_mark *ret);

/* The root of the tree over the first @size entries. 0; -ENOENT when there are fewer; -EILSEQ. */
int hub_root_at(const struct hub *hub, uint64_t size, struct digest *ret);

/* ---- damage */

/*
 * hub_condemn() - damage was found; any thread; the first sentence stays
 * @says: where, for the operator
 *
 * From then on nothing is taken or signed: an open batch cannot be committed, those after it only
 * answer queries, and every submission is answered BUSY. There is no way back but to start again
 * from what proves.
 */
void hub_condemn(struct hub *hub, const char *says);
/* What was found; NULL: nothing was. */
const char *hub_condemned(const struct hub *hub);

/* ---- a batch */

/*
 * @now: the one reading of the clock for all of the batch.
 * Entries' times are strictly monotone whatever it says.
 */
int hub_begin(struct hub *hub, instant now);

/*
 * hub_take() - a frame from the intake
 * @transport_key: the CURVE key ZAP vouched for: the only authority; nothing in the frame is
 *                 believed that does not agree with it
 * @session:       the caller's own number for where the answer goes; comes back in the effect
 *
 * Every frame gets exactly one answer among the effects. Returns 0 or -errno (the batch is spoilt).
 */
int hub_take(struct hub *hub, const uint8_t transport_key[32], struct bytes frame,
             uint64_t session);

/*
 * A SignedSubmission that came as a file; who sent it is whom its signature proves.
 * One REPLY effect.
 */
int hub_ingest(struct hub *hub, struct bytes signed_submission, uint64_t session);

/* Appends the DUE entries of moments that @now of the batch has passed; cheap without any. */
int hub_pass_time(struct hub *hub);

/* One SIGNAL effect for every node: the party's last signal number. Not logged. */
int hub_heartbeat(struct hub *hub);

/* True when the batch holds as much as one commit should: 4 MiB of entries, 32 MiB of answers. */
bool hub_batch_full(const struct hub *hub);

/* -ECANCELED: damage was met, nothing was decided and nothing may be said: hub_abort(). */
int hub_commit(struct hub *hub);
/* Drops the batch and its effects; for shutting down. */
void hub_abort(struct hub *hub);

enum effect_kind {
        EFFECT_REPLY = 1,       /* a HubFrame for @session */
        EFFECT_SIGNAL = 2,      /* for the signals socket: one frame, topic and sealed body */
};

struct effect {
        enum effect_kind kind;
        uint64_t session;
        struct bytes bytes;     /* valid until the next hub_begin() */
};

/* Effects of the last committed batch, in order; false when @i is past the last. */
bool hub_effect(const struct hub *hub, size_t i, struct effect *ret);

#endif
