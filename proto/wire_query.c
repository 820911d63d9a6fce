/* SPDX-License-Identifier: Apache-2.0 */
/* Queries and the answers to them. */
#include "proto/rows.h"

/* ---- queries: one struct for all, so each message's fields lie in that */

static const struct layout layout_query_tip = { LAYOUT(query_tip, query, no_places) };

static const struct place query_contracts_places[] = {
        [1] = { CONTRACT_SPAN(query, after), IF_SET },
        [2] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_contracts = {
        LAYOUT(query_contracts, query, query_contracts_places),
};

static const struct place query_terms_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { U32(query, version), IF_SET },
};
static const struct layout layout_query_terms = { LAYOUT(query_terms, query, query_terms_places) };

static const struct place query_facts_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { BOOL(query, history), IF_SET },
        [3] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [4] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_facts = { LAYOUT(query_facts, query, query_facts_places) };

static const struct place query_statements_places[] = {
        [1] = { CONTRACT(query, contract), IF_SET },
        [2] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [3] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_statements = {
        LAYOUT(query_statements, query, query_statements_places),
};

static const struct place query_statement_places[] = {
        [1] = { U64(query, run) },
};
static const struct layout layout_query_statement = {
        LAYOUT(query_statement, query, query_statement_places),
};

static const struct place query_preview_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { DAY(query, period.from) },
        [3] = { DAY(query, period.until) },
        [4] = { DAY(query, payment) },
        [5] = { U32(query, run_kind), IF_SET },
};
static const struct layout layout_query_preview = {
        LAYOUT(query_preview, query, query_preview_places),
};

static const struct place query_signals_places[] = {
        [1] = { U64(query, since) },
        [2] = { U32(query, most) },
};
static const struct layout layout_query_signals = {
        LAYOUT(query_signals, query, query_signals_places),
};

static const struct layout layout_query_blocks = {
        LAYOUT(query_blocks, query, query_facts_places),
};

static const struct place query_matches_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { DAY(query, period.from), IF_FLAG(query, has_period) },
        [3] = { DAY(query, period.until), IF_FLAG(query, has_period) },
        [4] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [5] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_matches = {
        LAYOUT(query_matches, query, query_matches_places), .together = { BIT(2) | BIT(3) },
};

static const struct layout layout_query_recon = {
        LAYOUT(query_recon, query, query_statements_places),
};
static const struct layout layout_query_balances = {
        LAYOUT(query_balances, query, query_statements_places),
};

static const struct place query_journal_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [3] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_journal = {
        LAYOUT(query_journal, query, query_journal_places),
};
static const struct layout layout_query_payments = {
        LAYOUT(query_payments, query, query_journal_places),
};
static const struct layout layout_query_disputes = {
        LAYOUT(query_disputes, query, query_journal_places),
};

static const struct place query_compare_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { DAY(query, period.from) },
        [3] = { DAY(query, period.until) },
        [4] = { U32(query, side) },
};
static const struct layout layout_query_compare = {
        LAYOUT(query_compare, query, query_compare_places),
};

static const struct place query_roster_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { DAY(query, period.from) },
        [3] = { DAY(query, period.until) },
        [4] = { NAME(query, segment), IF_SET },
        [5] = { U32(query, most), IF_SET },
        [6] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
};
static const struct layout layout_query_roster = {
        LAYOUT(query_roster, query, query_roster_places),
};

static const struct place query_proof_places[] = {
        [1] = { LIST(query, include, include_count, WIRE_PROOFS_MAX, layout_place_at) },
        [2] = { LIST(query, grow, grow_count, WIRE_PROOFS_MAX, layout_place_at) },
        [3] = { U64(query, size), IF_FLAG(query, has_size) },
};
static const struct layout layout_query_proof = { LAYOUT(query_proof, query, query_proof_places) };

static const struct place query_entries_places[] = {
        [1] = { LIST(query, include, include_count, WIRE_PROOFS_MAX, layout_place_at) },
};
static const struct layout layout_query_entries = {
        LAYOUT(query_entries, query, query_entries_places),
};

static const struct place query_leaves_places[] = {
        [1] = { U64(query, from) },
        [2] = { U32(query, most), IF_SET },
};
const struct layout layout_query_leaves = { LAYOUT(query_leaves, query, query_leaves_places) };

static const struct place query_reads_places[] = {
        [1] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [2] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_reads = { LAYOUT(query_reads, query, query_reads_places) };

static const struct layout layout_query_keys = { LAYOUT(query_keys, query, no_places) };

static const struct place query_witnesses_places[] = {
        [1] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
};
static const struct layout layout_query_witnesses = {
        LAYOUT(query_witnesses, query, query_witnesses_places),
};

static const struct place query_nodes_places[] = {
        [1] = { CONTRACT(query, contract) },
        [2] = { SPAN(query, after, WIRE_CURSOR_MAX), IF_SET },
        [3] = { U32(query, most), IF_SET },
};
static const struct layout layout_query_nodes = { LAYOUT(query_nodes, query, query_nodes_places) };

static const struct layout layout_query_incentive = { LAYOUT(query_incentive, query, no_places) };

static const struct place query_charter_places[] = {
        [1] = { U32(query, version), IF_SET },
};
static const struct layout layout_query_charter = {
        LAYOUT(query_charter, query, query_charter_places),
};

static const struct layout layout_query_ballots = {
        LAYOUT(query_ballots, query, query_reads_places),
};
static const struct layout layout_query_releases = {
        LAYOUT(query_releases, query, query_reads_places),
};
static const struct layout layout_query_conflicts = {
        LAYOUT(query_conflicts, query, query_reads_places),
};
static const struct layout layout_query_publications = {
        LAYOUT(query_publications, query, query_reads_places),
};
static const struct layout layout_query_benefits = {
        LAYOUT(query_benefits, query, query_reads_places),
};
static const struct layout layout_query_capabilities = {
        LAYOUT(query_capabilities, query, query_reads_places),
};

static const struct place query_places[] = {
        [1] = { U64(query, id) },
        [2] = { SAME_STRUCT(layout_query_tip), TAG(QUERY_TIP) },
        [3] = { SAME_STRUCT(layout_query_contracts), TAG(QUERY_CONTRACTS) },
        [4] = { SAME_STRUCT(layout_query_terms), TAG(QUERY_TERMS) },
        [5] = { SAME_STRUCT(layout_query_facts), TAG(QUERY_FACTS) },
        [6] = { SAME_STRUCT(layout_query_statements), TAG(QUERY_STATEMENTS) },
        [7] = { SAME_STRUCT(layout_query_statement), TAG(QUERY_STATEMENT) },
        [8] = { SAME_STRUCT(layout_query_preview), TAG(QUERY_PREVIEW) },
        [9] = { SAME_STRUCT(layout_query_signals), TAG(QUERY_SIGNALS) },
        [10] = { SAME_STRUCT(layout_query_blocks), TAG(QUERY_BLOCKS) },
        [11] = { SAME_STRUCT(layout_query_matches), TAG(QUERY_MATCHES) },
        [12] = { SAME_STRUCT(layout_query_recon), TAG(QUERY_RECON) },
        [13] = { SAME_STRUCT(layout_query_journal), TAG(QUERY_JOURNAL) },
        [14] = { SAME_STRUCT(layout_query_balances), TAG(QUERY_BALANCES) },
        [15] = { SAME_STRUCT(layout_query_payments), TAG(QUERY_PAYMENTS) },
        [16] = { SAME_STRUCT(layout_query_disputes), TAG(QUERY_DISPUTES) },
        [17] = { SAME_STRUCT(layout_query_compare), TAG(QUERY_COMPARE) },
        [18] = { SAME_STRUCT(layout_query_roster), TAG(QUERY_ROSTER) },
        [19] = { SAME_STRUCT(layout_query_proof), TAG(QUERY_PROOF) },
        [20] = { SAME_STRUCT(layout_query_entries), TAG(QUERY_ENTRIES) },
        [21] = { SAME_STRUCT(layout_query_leaves), TAG(QUERY_LEAVES) },
        [22] = { SAME_STRUCT(layout_query_reads), TAG(QUERY_READS) },
        [23] = { SAME_STRUCT(layout_query_keys), TAG(QUERY_KEYS) },
        [24] = { SAME_STRUCT(layout_query_nodes), TAG(QUERY_NODES) },
        [25] = { SAME_STRUCT(layout_query_witnesses), TAG(QUERY_WITNESSES) },
        [26] = { SAME_STRUCT(layout_query_incentive), TAG(QUERY_INCENTIVE) },
        [27] = { SAME_STRUCT(layout_query_charter), TAG(QUERY_CHARTER) },
        [28] = { SAME_STRUCT(layout_query_ballots), TAG(QUERY_BALLOTS) },
        [29] = { SAME_STRUCT(layout_query_releases), TAG(QUERY_RELEASES) },
        [30] = { U64(query, as_of), IF_FLAG(query, has_as_of) },
        [31] = { I64(query, as_of_time), IF_SET },
        [32] = { SAME_STRUCT(layout_query_conflicts), TAG(QUERY_CONFLICTS) },
        [33] = { SAME_STRUCT(layout_query_publications), TAG(QUERY_PUBLICATIONS) },
        [34] = { SAME_STRUCT(layout_query_benefits), TAG(QUERY_BENEFITS) },
        [35] = { SAME_STRUCT(layout_query_capabilities), TAG(QUERY_CAPABILITIES) },
};
const struct layout layout_query = {
        LAYOUT(query, query, query_places), TAGGED(query, kind),
};

/* ---- answers */

static const struct place tip_places[] = {
        [1] = { U64(tip, size) },
        [2] = { FIXED(tip, root) },
        [3] = { I64(tip, time) },
        [4] = { SPAN(tip, checkpoint, WIRE_NOTE_MAX), IF_SET },
        [5] = { U32(tip, epoch), IF_SET },
};
static const struct layout layout_tip = { LAYOUT(tip, tip, tip_places) };

static const struct place contract_row_places[] = {
        [1] = { CONTRACT(contract_row, contract) },
        [2] = { U32(contract_row, state) },
        [3] = { TEXT(contract_row, title) },
        [4] = { U32(contract_row, version_in_force) },
        [5] = { U32(contract_row, version_offered) },
        [6] = { U32(contract_row, standing) },
        [7] = { DAY(contract_row, ends), IF_DAY },
        [8] = { U32(contract_row, awaited) },
};
static const struct layout layout_contract_row = {
        LAYOUT(contract_row, contract_row, contract_row_places), .not_zero = BIT(7),
};

static const struct place terms_row_places[] = {
        [1] = { U32(terms_row, version) },
        [2] = { U32(terms_row, state) },
        [3] = { U64(terms_row, index) },
        [4] = { SPAN(terms_row, terms, WIRE_TERMS_MAX) },
        [5] = { FIXED(terms_row, terms_sha256) },
        [6] = { NODE_ARRAY(terms_row, accepted_by, accepted_count) },
};
static const struct layout layout_terms_row = { LAYOUT(terms_row, terms_row, terms_row_places) };

static const struct place fact_row_places[] = {
        [1] = { SAME_STRUCT(layout_fact_row) },
        [2] = { U64(fact_row, fact.index) },
        [3] = { U32(fact_row, fact.event) },
        [4] = { U32(fact_row, fact.side) },
        [5] = { BOOL(fact_row, current) },
};
static const struct layout layout_fact_row_whole = {
        LAYOUT(fact_row, fact_row, fact_row_places),
};

static const struct place block_row_places[] = {
        [1] = { INSIDE(block_row, block, layout_block) },
        [2] = { U64(block_row, index) },
        [3] = { U32(block_row, event) },
        [4] = { U32(block_row, side) },
        [5] = { BOOL(block_row, current) },
        [6] = { U32(block_row, year) },
        [7] = { U32(block_row, keeping) },
};
static const struct layout layout_block_row = { LAYOUT(block_row, block_row, block_row_places) };

static const struct place statement_row_places[] = {
        [1] = { U64(statement_row, run) },
        [2] = { U64(statement_row, index) },
        [3] = { I64(statement_row, time) },
        [4] = { CONTRACT(statement_row, contract) },
        [5] = { DAY(statement_row, period.from) },
        [6] = { DAY(statement_row, period.until) },
        [7] = { U32(statement_row, kind) },
        [8] = { U32(statement_row, number) },
        [9] = { U32(statement_row, status) },
        [10] = { S64(statement_row, earned) },
        [11] = { S64(statement_row, payable) },
        [12] = { BOOL(statement_row, relayed) },
        [13] = { U32(statement_row, stale), IF_SET },
        [14] = { U32(statement_row, life), IF_SET },
        [15] = { U32(statement_row, accepted_by), IF_SET },
        [16] = { I64(statement_row, answer_until), IF_SET },
        [17] = { S64(statement_row, held), IF_FLAG(statement_row, has_held) },
        [18] = { U32(statement_row, witness), IF_SET },
        [19] = { U32(statement_row, witness_sides), IF_SET },
};
static const struct layout layout_statement_row = {
        LAYOUT(statement_row, statement_row, statement_row_places),
};

/* Two messages with the same fields. */
static const struct place record_entry_places[] = {
        [1] = { U64(record_entry, index) },
        [2] = { I64(record_entry, time) },
        [3] = { SPAN(record_entry, record, WIRE_RECORD_MAX) },
};
static const struct layout layout_record_entry = {
        LAYOUT(record_entry, record_entry, record_entry_places),
};
const struct layout layout_signal_entry = {
        LAYOUT(signal_entry, record_entry, record_entry_places),
};

static const struct place answer_places[] = {
        [1] = { U64(answer, id) },
        [2] = { U64(answer, as_of) },
        [3] = { INSIDE(answer, fault, layout_fault), IF_FLAG(answer, refused) },
        [4] = { SPAN(answer, next, WIRE_CURSOR_MAX), IF_SET },
        [5] = { POINTER(answer, tip, layout_tip), IF_SET },
        [6] = { LIST(answer, contracts, contract_count, WIRE_ROWS_MAX, layout_contract_row) },
        [7] = { POINTER(answer, terms, layout_terms_row), IF_SET },
        [8] = { LIST(answer, facts, fact_count, WIRE_ROWS_MAX, layout_fact_row_whole) },
        [9] = { LIST(answer, statements, statement_count, WIRE_ROWS_MAX, layout_statement_row) },
        [10] = { POINTER(answer, preview, layout_statement), IF_SET },
        [11] = { POINTER(answer, statement, layout_record_entry), IF_SET },
        [12] = { LIST(answer, signals, signal_count, WIRE_ROWS_MAX, layout_signal_entry) },
        [13] = { U64(answer, last_signal), IF_FLAG(answer, has_last_signal) },
        [14] = { LIST(answer, blocks, block_count, WIRE_ROWS_MAX, layout_block_row) },
        [15] = { LIST(answer, matches, match_count, WIRE_RECON_ROWS_MAX, layout_match_row) },
        [16] = { LIST(answer, recons, recon_count, WIRE_RECON_ROWS_MAX, layout_recon_row) },
        [17] = { LIST(answer, journal, journal_count, WIRE_RECON_ROWS_MAX, layout_journal_row) },
        [18] = { LIST(answer, balances, balance_count, WIRE_RECON_ROWS_MAX,
                      layout_balance_row) },
        [19] = { LIST(answer, payments, payment_count, WIRE_RECON_ROWS_MAX,
                      layout_payment_row) },
        [20] = { LIST(answer, disputes, dispute_count, WIRE_DISPUTES_MAX, layout_dispute_row) },
        [21] = { POINTER(answer, comparison, layout_comparison), IF_SET },
        [22] = { POINTER(answer, roster, layout_roster_match), IF_SET },
        [23] = { POINTER(answer, proof, layout_proof), IF_SET },
        [24] = { LIST(answer, entries, entry_count, WIRE_PROOFS_MAX, layout_entry_row) },
        [25] = { POINTER(answer, leaves, layout_leaves), IF_SET },
        [26] = { LIST(answer, reads, read_count, WIRE_RECON_ROWS_MAX, layout_read_row) },
        [27] = { LIST(answer, records, record_count, WIRE_ROTATIONS_MAX, layout_record_entry) },
        [28] = { LIST(answer, nodes, node_count, WIRE_PROOFS_MAX, layout_node_keys) },
        [29] = { LIST(answer, witnesses, witness_count, WIRE_WITNESSES_MAX,
                      layout_cosignature) },
        [30] = { POINTER(answer, incentive, layout_incentive_signal), IF_SET },
        [31] = { POINTER(answer, charter, layout_charter_row), IF_SET },
        [32] = { LIST(answer, ballots, ballot_count, WIRE_BALLOTS_MAX, layout_ballot_row) },
        [33] = { LIST(answer, releases, release_count, WIRE_BALLOTS_MAX, layout_record_entry) },
        [34] = { LIST(answer, conflicts, conflict_count, WIRE_RECON_ROWS_MAX,
                      layout_conflict_row) },
        [35] = { LIST(answer, publications, publication_count, WIRE_RECON_ROWS_MAX,
                      layout_publication_row) },
        [36] = { LIST(answer, benefits, benefit_count, WIRE_RECON_ROWS_MAX, layout_benefit_row) },
        [37] = { LIST(answer, capabilities, capability_count, WIRE_RECON_ROWS_MAX,
                      layout_capability_row) },
};
const struct layout layout_answer = { LAYOUT(answer, answer, answer_places) };
