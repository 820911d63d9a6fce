/* SPDX-License-Identifier: Apache-2.0 */
/* Every verb there is, in the order of help. A new one is a file and a row here. */
#ifndef ACCORD_CLIENTS_VERBS_H
#define ACCORD_CLIENTS_VERBS_H

#include "clients/verb.h"

#define VERBS(X)                   \
        X(key_generate)            \
        X(key_show)                \
        X(key_fingerprint)         \
        X(key_rotate)              \
        X(key_member_new)          \
        X(key_member_share)        \
        X(key_member_take)         \
        X(profile_add)             \
        X(profile_list)            \
        X(profile_show)            \
        X(profile_use)             \
        X(profile_rm)              \
        X(profile_test)            \
        X(template_list)           \
        X(template_show)           \
        X(contract_new)            \
        X(contract_validate)       \
        X(contract_publish)        \
        X(contract_accept)         \
        X(contract_list)           \
        X(contract_show)           \
        X(contract_terminate)      \
        X(perf_template)           \
        X(perf_validate)           \
        X(perf_publish)            \
        X(perf_list)               \
        X(import_csv)              \
        X(block_publish)           \
        X(block_keep)              \
        X(block_list)              \
        X(block_show)              \
        X(block_erase)             \
        X(roster_diff)             \
        X(settle_preview)          \
        X(settle_plan)             \
        X(settle_run)              \
        X(settle_list)             \
        X(settle_show)             \
        X(settle_explain)          \
        X(settle_diff)             \
        X(settle_figure_publish)   \
        X(settle_compare)          \
        X(settle_accept)           \
        X(settle_dispute)          \
        X(settle_withdraw)         \
        X(settle_disputes)         \
        X(settle_resolve)          \
        X(settle_agree)            \
        X(settle_determine)        \
        X(recon_status)            \
        X(recon_show)              \
        X(risk_simulate)           \
        X(risk_exposure)           \
        X(payment_sent)            \
        X(payment_received)        \
        X(payment_publish)         \
        X(payment_list)            \
        X(payment_overdue)         \
        X(remit_export)            \
        X(remit_match)             \
        X(witness)                 \
        X(witness_show)            \
        X(signal_tail)             \
        X(signal_list)             \
        X(outbox_list)             \
        X(outbox_flush)            \
        X(verify)                  \
        X(relation_publish)        \
        X(delegation_publish)      \
        X(delegation_end)          \
        X(party_object)            \
        X(hub_participants_add)    \
        X(hub_participants_list)   \
        X(hub_participants_revoke) \
        X(hub_participants_succeed) \
        X(hub_ingest)              \
        X(hub_read)                \
        X(reads_list)              \
        X(audit_fetch)             \
        X(audit_check)             \
        X(evidence_list)           \
        X(evidence_export)         \
        X(evidence_check)          \
        X(ledger_stat)             \
        X(ledger_log)              \
        X(ledger_balance)          \
        X(ledger_journal)          \
        X(ledger_export)           \
        X(ledger_verify)           \
        X(ledger_scrub)            \
        X(ledger_tip)              \
        X(ledger_proof)            \
        X(ledger_backup)           \
        X(ledger_restore)          \
        X(replay_mssp)             \
        X(replay_reach)            \
        X(replay_kcc)              \
        X(completion)              \
        X(complete)                \
        X(manual)                  \
        X(verbs)                   \
        X(help)                    \
        X(version)

#define X(name) extern const struct verb verb_##name;
VERBS(X)
#undef X

#endif
