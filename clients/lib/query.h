/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking the hub. What the node may not see answers as what does not exist: NO_SUCH_THING.
 *
 * Visitors get each row once, over as many answers as it takes; one that answers other than 0 ends
 * the walk, and that is what the call answers. A row is valid during the visit; a visitor must not
 * use the session. Returns everywhere: 0; UNREACHABLE (also when asked and not answered: nothing
 * changed by asking); what accord_code_of_refusal() makes of the hub's refusal; INTEGRITY.
 */
#ifndef ACCORD_CLIENTS_LIB_QUERY_H
#define ACCORD_CLIENTS_LIB_QUERY_H

#include "clients/lib/error.h"
#include "clients/lib/query-proof.h"
#include "core/message.h"

struct accord_session;

/*
 * How long one question may take, < 0: for ever; 5 s when not set. A walk allows it for each
 * answer.
 */
void accord_query_timeout(struct accord_session *session, int timeout_ms);

/*
 * The log as it was, for all questions that come after: up to and including an entry, or the last
 * one at or before a moment. NULL: as it is. Tip, signals and a run's statement are not affected.
 */
struct accord_as_of {
        bool has_index;
        uint64_t index;
        instant time;                   /* 0: not asked */
};
void accord_query_as_of(struct accord_session *session, const struct accord_as_of *as_of);

/* One question, one answer: valid until the session's next call. @query's id is filled in here. */
int accord_ask(struct accord_session *session, const struct query *query, const struct answer **ret,
               struct accord_error *error);

int accord_query_tip(struct accord_session *session, struct tip *ret, struct accord_error *error);

typedef int accord_contract_visit(void *with, const struct contract_row *row);
int accord_query_contracts(struct accord_session *session, accord_contract_visit *visit, void *with,
                           struct accord_error *error);

/*
 * @version 0: the newest. @ret, and its terms' bytes, valid until the session's next call; digest
 * checked.
 */
int accord_query_terms(struct accord_session *session, const struct contract_id *contract,
                       uint32_t version, const struct terms_row **ret, struct accord_error *error);

typedef int accord_fact_visit(void *with, const struct fact_row *row);
int accord_query_facts(struct accord_session *session, const struct contract_id *contract,
                       bool history, accord_fact_visit *visit, void *with,
                       struct accord_error *error);

/* What is said of blocks of member-level rows, by both sides: without the rows. */
typedef int accord_block_visit(void *with, const struct block_row *row);
int accord_query_blocks(struct accord_session *session, const struct contract_id *contract,
                        bool history, accord_block_visit *visit, void *with,
                        struct accord_error *error);

/* @contract NULL: all of the party's. */
typedef int accord_statement_visit(void *with, const struct statement_row *row);
int accord_query_statements(struct accord_session *session, const struct contract_id *contract,
                            accord_statement_visit *visit, void *with, struct accord_error *error);

/*
 * The statement of a run, from its entry, the hub's signature verified. Valid until the session's
 * next call.
 */
struct accord_statement {
        const struct statement *statement;
        uint64_t index;                 /* of its entry; 0 for a preview */
        instant time;
        uint64_t as_of;                 /* log size it was read at */
        struct bytes record;            /* SignedRecord; empty for a preview */
        const struct statement_row *row;        /* the caller's: what has become of it; or NULL */
};

int accord_query_statement(struct accord_session *session, uint64_t run,
                           struct accord_statement *ret, struct accord_error *error);

/*
 * What a run would come to now; nothing is logged, nothing is signed. @kind: as a run of that kind;
 * 0: a preview.
 */
int accord_query_preview(struct accord_session *session, const struct contract_id *contract,
                         struct period period, date payment, enum run_kind kind,
                         struct accord_statement *ret, struct accord_error *error);

/* ---- reconciling. @contract NULL: all of the party's. */

/* Both sides' figures side by side; @period NULL: of all periods. */
typedef int accord_match_visit(void *with, const struct match_row *row);
int accord_query_matches(struct accord_session *session, const struct contract_id *contract,
                         const struct period *period, accord_match_visit *visit, void *with,
                         struct accord_error *error);

typedef int accord_recon_visit(void *with, const struct recon_row *row);
int accord_query_recon(struct accord_session *session, const struct contract_id *contract,
                       accord_recon_visit *visit, void *with, struct accord_error *error);

typedef int accord_journal_visit(void *with, const struct journal_row *row);
int accord_query_journal(struct accord_session *session, const struct contract_id *contract,
                         accord_journal_visit *visit, void *with, struct accord_error *error);

typedef int accord_balance_visit(void *with, const struct balance_row *row);
int accord_query_balances(struct accord_session *session, const struct contract_id *contract,
                          accord_balance_visit *visit, void *with, struct accord_error *error);

typedef int accord_payment_visit(void *with, const struct payment_row *row);
int accord_query_payments(struct accord_session *session, const struct contract_id *contract,
                          accord_payment_visit *visit, void *with, struct accord_error *error);

/* Disputes, resolutions and determinations. */
typedef int accord_dispute_visit(void *with, const struct dispute_row *row);
int accord_query_disputes(struct accord_session *session, const struct contract_id *contract,
                          accord_dispute_visit *visit, void *with, struct accord_error *error);

/* A side's own figure against the hub's run. @ret is valid until the session's next call. */
int accord_query_compare(struct accord_session *session, const struct contract_id *contract,
                         struct period period, enum side side, const struct comparison **ret,
                         struct accord_error *error);

/* ---- the council */

/* The charter in force, or one of its versions. @ret is valid until the session's next call. */
int accord_query_charter(struct accord_session *session, uint32_t version,
                         const struct charter_row **ret, struct accord_error *error);

/* Newest first. */
typedef int accord_ballot_visit(void *with, const struct ballot_row *row);
int accord_query_ballots(struct accord_session *session, accord_ballot_visit *visit, void *with,
                         struct accord_error *error);

/* ---- what parties say of themselves; conflicts among the party's own contracts */

typedef int accord_publication_visit(void *with, const struct publication_row *row);
int accord_query_publications(struct accord_session *session, accord_publication_visit *visit,
                              void *with, struct accord_error *error);

typedef int accord_benefit_visit(void *with, const struct benefit_row *row);
int accord_query_benefits(struct accord_session *session, accord_benefit_visit *visit, void *with,
                          struct accord_error *error);

typedef int accord_capability_visit(void *with, const struct capability_row *row);
int accord_query_capabilities(struct accord_session *session, accord_capability_visit *visit,
                              void *with, struct accord_error *error);

typedef int accord_conflict_visit(void *with, const struct conflict_row *row);
int accord_query_conflicts(struct accord_session *session, accord_conflict_visit *visit,
                           void *with, struct accord_error *error);

/* What the hub's staff read of the party's, in the order of the log. */
typedef int accord_read_visit(void *with, const struct read_row *row);
int accord_query_reads(struct accord_session *session, accord_read_visit *visit, void *with,
                       struct accord_error *error);

/*
 * Durable signals after number @since, oldest first, signatures verified. Touches no state of
 * signals.h.
 */
struct accord_signal;
typedef int accord_signal_visit(void *with, const struct accord_signal *signal);
int accord_query_signals(struct accord_session *session, uint64_t since, accord_signal_visit *visit,
                         void *with, struct accord_error *error);

#endif
