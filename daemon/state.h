/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state: what the log has come to so far, row by row. Every row is a fold of the log; nothing
 * here decides. Readers return 0, -ENOENT when there is no such row, -EILSEQ when it is damaged,
 * other -errno. Writers return 0 or -errno. All within one transaction of the caller's.
 *
 * Parties, nodes, streams and contracts have dense numbers of the hub's own, in order of
 * appearance, so that keys are short and what belongs together lies together.
 */
#ifndef ACCORD_DAEMON_STATE_H
#define ACCORD_DAEMON_STATE_H

#include "core/message.h"
#include "core/view.h"
#include "store/txn.h"

/* ---- counters: by name; absent = 0 */

int state_counter(struct store_txn *txn, const char *name, uint64_t *ret);
int state_count(struct store_txn *txn, const char *name, int64_t by, uint64_t *ret_after);

/* ---- parties: name -> particulars; number -> name */

struct party_state {
        struct view_party party;        /* known, no, name, present, two_nodes_for, roles */
        struct text title;
        uint64_t index;                 /* entry that admitted it last */
        uint32_t operator_uid;
};

int state_party(struct store_txn *txn, const struct name *name, struct party_state *ret);
int state_party_put(struct store_txn *txn, const struct party_state *party);
int state_party_name(struct store_txn *txn, uint32_t no, struct name *ret);

/* ---- nodes: number -> particulars; every transport and signing key there ever was -> number */

struct node_state {
        uint32_t no, party_no;
        struct node_path path;
        uint8_t transport_key[32], signing_key[32], sealing_key[32];
        uint32_t rights, operator_uid;
        uint64_t admitted;              /* index */
        uint64_t revoked;               /* index; 0: not revoked */
};

int state_node(struct store_txn *txn, uint32_t no, struct node_state *ret);
int state_node_put(struct store_txn *txn, const struct node_state *node);

/* ---- streams: (node, stream) -> place; (stream number, sequence) -> index of its entry */

struct stream_state {
        uint32_t no;
        uint64_t last;                  /* the last sequence taken; 0: none */
        bool closed;
};

int state_stream(struct store_txn *txn, uint32_t node_no, const struct stream_id *id,
                 struct stream_state *ret);
int state_stream_put(struct store_txn *txn, uint32_t node_no, const struct stream_id *id,
                     const struct stream_state *stream);
int state_stream_count(struct store_txn *txn, uint32_t node_no, uint32_t *ret_open);
int state_sequence(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                   uint64_t *ret_index);
int state_sequence_put(struct store_txn *txn, uint32_t stream_no, uint64_t sequence,
                       uint64_t index);

/* ---- contracts: id -> number; number -> particulars; (party, number) for lists */

struct contract_state_row {
        uint32_t no, bearer_no, earner_no;
        struct contract_id id;
        enum contract_state state;
        uint32_t version_in_force, version_offered, version_last;
        date ends;                      /* DATE_NONE: no end said */
        uint64_t ended;                 /* entry that said it; 0: none */
};

int state_contract_no(struct store_txn *txn, const struct contract_id *id, uint32_t *ret);
int state_contract(struct store_txn *txn, uint32_t no, struct contract_state_row *ret);
int state_contract_put(struct store_txn *txn, const struct contract_state_row *contract);
/* The party's first contract with a number above @after; -ENOENT: no more. */
int state_contract_next(struct store_txn *txn, uint32_t party_no, uint32_t after, uint32_t *ret);

/* ---- terms: (contract, version) */

int state_terms(struct store_txn *txn, uint32_t contract_no, uint32_t version,
                struct view_terms *ret);
int state_terms_put(struct store_txn *txn, uint32_t contract_no, const struct view_terms *terms);

/* ---- facts: (scope, its number, side, kind, segment, item, period, paid through, index) */

struct fact_state {
        struct fact fact;
        bool has_supersedes;
        uint64_t supersedes;
        uint32_t scope_no;              /* contract or party number; 0 for the community */
        struct sha256 document_sha256;  /* of a relayed fact */
};

int state_fact_put(struct store_txn *txn, const struct fact_state *fact);
/* The version of the key in force at @cut: the last one said at or before that index. */
int state_fact_current(struct store_txn *txn, uint32_t scope_no, enum side side,
                       const struct fact_key *key, uint64_t cut, uint64_t *ret_index);
/*
 * What a side had said last at @cut of a thing, which is a key whose paid_through does not count:
 * claims paid through a later day count before earlier ones. -ENOENT: nothing.
 */
int state_fact_of_thing(struct store_txn *txn, uint32_t contract_no, enum side side,
                        const struct fact_key *thing, uint64_t cut, struct fact_state *ret);
/* 0 when the side had said anything of that item, of the whole contract, by @cut; else -ENOENT. */
int state_fact_names(struct store_txn *txn, uint32_t contract_no, enum side side,
                     enum fact_kind kind, const struct item *item, uint64_t cut);
/*
 * Walks all facts of one contract, party or of the community
 * in key order, versions in order of index.
 */
int state_facts(struct store_txn *txn, enum scope scope, uint32_t scope_no, struct bytes after,
                int (*visit)(void *with, const struct fact_state *fact, struct bytes key),
                void *with);
/* The key's bytes without the index: equal bytes = the same key. */
struct row;
void fact_key_row(struct row *ret, enum scope scope, uint32_t scope_no, enum side side,
                  const struct fact_key *key);

/* ---- delegations; relations: daemon/state_relation.h */

struct delegation_state {
        uint32_t from_no, to_no, rights;
        instant from, until;
        bool active;                    /* a DUE entry has made it so */
        uint64_t index;                 /* entry that said it */
};

int state_delegation(struct store_txn *txn, uint32_t from_no, uint32_t to_no,
                     struct delegation_state *ret);
/* The first party above @after_no that @from_no lets act for it; -ENOENT: no more. */
int state_delegation_next(struct store_txn *txn, uint32_t from_no, uint32_t after_no,
                          uint32_t *ret_to);
int state_delegation_put(struct store_txn *txn, const struct delegation_state *delegation);
int state_delegation_del(struct store_txn *txn, uint32_t from_no, uint32_t to_no);

/* ---- due moments, in order of time */

struct due_state {
        enum due_kind kind;
        instant at;
        uint32_t a, b;                  /* offer: contract, version; delegation: from, to */
        uint64_t index;                 /* entry that set it */
};

int state_due_put(struct store_txn *txn, const struct due_state *due);
int state_due_del(struct store_txn *txn, struct bytes key);
/* By what it says; 0 when it has passed already. */
int state_due_drop(struct store_txn *txn, const struct due_state *due);
/* The earliest; its key is valid while the transaction is. -ENOENT: none. */
int state_due_first(struct store_txn *txn, struct due_state *ret, struct bytes *ret_key);
int state_due_at(struct bytes key, struct due_state *ret);

/* ---- runs: index -> particulars; (contract, index) for lists; pending ones apart */

struct run_state {
        uint64_t index;                 /* of the RUN entry: the cut */
        uint32_t contract_no;
        struct run run;                 /* with contract and cut */
        uint64_t cause;
        uint64_t statement;             /* index; 0: none yet */
        instant statement_time;
        enum statement_status status;
        int64_t earned, payable;
        bool relayed, binding, posts;   /* posts: it may have entries in the books */
        uint32_t terms_version;         /* that the statement carries out */
};

int state_run(struct store_txn *txn, uint64_t index, struct run_state *ret);
int state_run_put(struct store_txn *txn, const struct run_state *run);
int state_run_settled(struct store_txn *txn, uint64_t index);
/* The first pending run above @after; -ENOENT: no more. */
int state_run_pending(struct store_txn *txn, uint64_t after, uint64_t *ret);
/* The contract's first run above @after; -ENOENT: no more. */
int state_run_next(struct store_txn *txn, uint32_t contract_no, uint64_t after, uint64_t *ret);

/* ---- books: (contract, party, account) -> counters; their entries: daemon/state_life.h */

/* No such row is not an answer here: a balance that is absent is zeros. */
int state_balance(struct store_txn *txn, uint32_t contract_no, uint32_t party_no,
                  enum account account, struct balance_state *ret);
int state_balance_put(struct store_txn *txn, uint32_t contract_no, uint32_t party_no,
                      enum account account, const struct balance_state *balance);
/* Sums over all books. */
int state_balance_total(struct store_txn *txn, struct balance_state *ret);

/* ---- signals: (party, number) -> index */

int state_signal_last(struct store_txn *txn, uint32_t party_no, uint64_t *ret);
int state_signal_put(struct store_txn *txn, uint32_t party_no, uint64_t number, uint64_t index);
int state_signal(struct store_txn *txn, uint32_t party_no, uint64_t number, uint64_t *ret_index);

#endif
