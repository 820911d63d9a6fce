/* SPDX-License-Identifier: Apache-2.0 */
/* Answers about reconciling: matches, where periods stand, the books, payments, disputes. */
#include "proto/rows.h"

static const struct place match_side_places[] = {
        [1] = { U64(match_side, index) },
        [2] = { U32(match_side, event) },
        [3] = { I64(match_side, time) },
        [4] = { S64(match_side, num) },
        [5] = { S64(match_side, den) },
        [6] = { DAY(match_side, paid_through), IF_DAY },
        [7] = { BOOL(match_side, relayed) },
};
static const struct layout layout_match_side = {
        LAYOUT(match_side, match_side, match_side_places), .not_zero = BIT(6),
};

static const struct place match_row_places[] = {
        [1] = { KIND(match_row, kind) },
        [2] = { NAME(match_row, segment), IF_SET },
        [3] = { ITEM(match_row, item), IF_SET },
        [4] = { DAY(match_row, period.from) },
        [5] = { DAY(match_row, period.until) },
        [6] = { U32(match_row, result) },
        [7] = { U32(match_row, of_record) },
        [8] = { U32(match_row, other) },
        [9] = { INSIDE(match_row, bearer, layout_match_side), IF_FLAG(match_row, has_bearer) },
        [10] = { INSIDE(match_row, earner, layout_match_side), IF_FLAG(match_row, has_earner) },
        [11] = { INSIDE(match_row, decided, layout_match_side), IF_FLAG(match_row, has_decided) },
        [12] = { I64(match_row, answer_until), IF_SET },
        [13] = { BOOL(match_row, window_over) },
        [14] = { BOOL(match_row, held) },
};
const struct layout layout_match_row = { LAYOUT(match_row, match_row, match_row_places) };

static const struct place recon_row_places[] = {
        [1] = { CONTRACT(recon_row, contract) },
        [2] = { DAY(recon_row, period.from) },
        [3] = { DAY(recon_row, period.until) },
        [4] = { U32(recon_row, standing) },
        [5] = { U32(recon_row, agreed) },
        [6] = { U32(recon_row, missing_bearer) },
        [7] = { U32(recon_row, missing_earner) },
        [8] = { U32(recon_row, one_sided) },
        [9] = { U32(recon_row, disputed) },
        [10] = { U64(recon_row, run), IF_SET },
        [11] = { U32(recon_row, run_kind), IF_SET },
        [12] = { U32(recon_row, life), IF_SET },
        [13] = { S64(recon_row, payable), IF_FLAG(recon_row, has_result) },
        [14] = { S64(recon_row, held), IF_FLAG(recon_row, has_result) },
        [15] = { S64(recon_row, open), IF_FLAG(recon_row, has_result) },
        [16] = { U32(recon_row, due), IF_SET },
        [17] = { I64(recon_row, due_at), IF_SET },
        [18] = { U32(recon_row, due_for) },
        [19] = { U32(recon_row, stale), IF_SET },
        [20] = { U32(recon_row, witness), IF_SET },
        [21] = { U32(recon_row, witness_sides), IF_SET },
};
const struct layout layout_recon_row = {
        LAYOUT(recon_row, recon_row, recon_row_places),
        .together = { BIT(13) | BIT(14) | BIT(15) },
};

static const struct place journal_row_places[] = {
        [1] = { U64(journal_row, index) },
        [2] = { I64(journal_row, time) },
        [3] = { INSIDE(journal_row, entry, layout_journal_entry) },
        [4] = { U32(journal_row, state) },
        [5] = { U64(journal_row, changed), IF_SET },
        [6] = { I64(journal_row, changed_at), IF_SET },
        [7] = { TEXT(journal_row, changed_says), IF_SET },
};
const struct layout layout_journal_row = {
        LAYOUT(journal_row, journal_row, journal_row_places),
};

static const struct place balance_row_places[] = {
        [1] = { CONTRACT(balance_row, contract) },
        [2] = { NAME(balance_row, party) },
        [3] = { U32(balance_row, account) },
        [4] = { I64(balance_row, debits_pending) },
        [5] = { I64(balance_row, credits_pending) },
        [6] = { I64(balance_row, debits_posted) },
        [7] = { I64(balance_row, credits_posted) },
        [8] = { I64(balance_row, debits_voided) },
        [9] = { I64(balance_row, credits_voided) },
};
const struct layout layout_balance_row = {
        LAYOUT(balance_row, balance_row, balance_row_places),
};

static const struct place payment_said_places[] = {
        [1] = { U64(payment_said, index) },
        [2] = { I64(payment_said, time) },
        [3] = { INSIDE(payment_said, payment, layout_payment) },
};
static const struct layout layout_payment_said = {
        LAYOUT(payment_said, payment_said, payment_said_places),
};

static const struct place payment_row_places[] = {
        [1] = { ITEM(payment_row, trace) },
        [2] = { U32(payment_row, payer) },
        [3] = { U32(payment_row, state) },
        [4] = { INSIDE(payment_row, sent, layout_payment_said), IF_FLAG(payment_row, has_sent) },
        [5] = { INSIDE(payment_row, received, layout_payment_said),
                IF_FLAG(payment_row, has_received) },
        [6] = { U64(payment_row, entry), IF_SET },
        [7] = { TEXT(payment_row, says) },
};
const struct layout layout_payment_row = {
        LAYOUT(payment_row, payment_row, payment_row_places),
};

static const struct place dispute_row_places[] = {
        [1] = { U32(dispute_row, what) },
        [2] = { U64(dispute_row, index) },
        [3] = { I64(dispute_row, time) },
        [4] = { NODE(dispute_row, by) },
        [5] = { U32(dispute_row, side) },
        [6] = { U32(dispute_row, state) },
        [7] = { INSIDE(dispute_row, dispute, layout_dispute), IF_FLAG(dispute_row, has_dispute) },
        [8] = { INSIDE(dispute_row, decisions, layout_decisions),
                IF_FLAG(dispute_row, has_decisions) },
        [9] = { LINES(dispute_row, says, WIRE_SAYS_MAX), IF_SET },
        [10] = { U64(dispute_row, ended), IF_SET },
};
const struct layout layout_dispute_row = {
        LAYOUT(dispute_row, dispute_row, dispute_row_places),
};

static const struct place difference_places[] = {
        [1] = { U32(figure_difference, cause) },
        [2] = { U32(figure_difference, line) },
        [3] = { FRACTION(figure_difference, hub.num) },
        [4] = { FRACTION(figure_difference, theirs.num) },
        [5] = { TEXT(figure_difference, says) },
};
static const struct layout layout_difference = {
        LAYOUT(difference, figure_difference, difference_places),
};

static const struct place comparison_places[] = {
        [1] = { U64(comparison, figure) },
        [2] = { S64(comparison, earned) },
        [3] = { S64(comparison, payable) },
        [4] = { POINTER(comparison, statement, layout_statement) },
        [5] = { U32(comparison, lines_agreed) },
        [6] = { LIST(comparison, differences, difference_count, WIRE_DIFFERENCES_MAX,
                     layout_difference) },
};
const struct layout layout_comparison = { LAYOUT(comparison, comparison, comparison_places) };

static const struct place roster_difference_places[] = {
        [1] = { FIXED(roster_difference, member) },
        [2] = { U32(roster_difference, month) },
        [3] = { U32(roster_difference, what) },
        [4] = { S64(roster_difference, bearer_cents), IF_FLAG(roster_difference, has_bearer) },
        [5] = { S64(roster_difference, earner_cents), IF_FLAG(roster_difference, has_earner) },
        [6] = { U32(roster_difference, bearer_risk), IF_FLAG(roster_difference, has_bearer) },
        [7] = { U32(roster_difference, earner_risk), IF_FLAG(roster_difference, has_earner) },
        [8] = { U32(roster_difference, bearer_category), IF_FLAG(roster_difference, has_bearer) },
        [9] = { U32(roster_difference, earner_category), IF_FLAG(roster_difference, has_earner) },
};
static const struct layout layout_roster_difference = {
        LAYOUT(roster_difference, roster_difference, roster_difference_places),
        .together = { BIT(4) | BIT(6) | BIT(8), BIT(5) | BIT(7) | BIT(9) },
};

static const struct place roster_match_places[] = {
        [1] = { U64(roster_match, both) },
        [2] = { U64(roster_match, differ) },
        [3] = { U64(roster_match, bearer_only) },
        [4] = { U64(roster_match, earner_only) },
        [5] = { S64(roster_match, bearer_cents) },
        [6] = { S64(roster_match, earner_cents) },
        [7] = { U64(roster_match, members_both) },
        [8] = { U64(roster_match, members_bearer_only) },
        [9] = { U64(roster_match, members_earner_only) },
        [10] = { U32(roster_match, result) },
        [11] = { LIST(roster_match, differences, difference_count, ROSTER_DIFFERENCES_MAX,
                      layout_roster_difference) },
};
const struct layout layout_roster_match = {
        LAYOUT(roster_match, roster_match, roster_match_places),
};
