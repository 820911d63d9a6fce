/* SPDX-License-Identifier: Apache-2.0 */
/* The council: charters, proposals, votes, what came of them. */
#include "proto/wire.h"

#include <string.h>

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

static const struct place seat_class_places[] = {
        [1] = { U32(seat_class, role) },
        [2] = { INSIDE(seat_class, quorum, layout_rate) },
};
static const struct layout layout_seat_class = {
        LAYOUT(seat_class, seat_class, seat_class_places),
};

static const struct place seat_places[] = {
        [1] = { NAME(seat, party) },
        [2] = { U32(seat, role) },
};
static const struct layout layout_seat = {
        LAYOUT(seat, seat, seat_places),
};

static const struct place specification_places[] = {
        [1] = { NAME(specification, key) },
        [2] = { NAME(specification, bearer), IF_SET },
        [3] = { NAME(specification, is.concept) },
        [4] = { NAME(specification, is.version), IF_SET },
        [5] = { NAME(specification, is.population), IF_SET },
        [6] = { U32(specification, is.direction) },
        [7] = { BOOL(specification, common) },
        [8] = { TEXT(specification, title), IF_SET },
};
static const struct layout layout_specification = {
        LAYOUT(specification, specification, specification_places),
};

static const struct place disclosure_places[] = {
        [1] = { U32(disclosure_rules, contributors) },
        [2] = { INSIDE(disclosure_rules, most_share, layout_rate) },
        [3] = { U32(disclosure_rules, dominant) },
        [4] = { INSIDE(disclosure_rules, dominant_share, layout_rate) },
        [5] = { INSIDE(disclosure_rules, estimate, layout_rate) },
        [6] = { U32(disclosure_rules, least_cell) },
        [7] = { U32(disclosure_rules, lag_days) },
        [8] = { U32(disclosure_rules, least_change) },
        [9] = { S64(disclosure_rules, round_cents) },
        [10] = { U32(disclosure_rules, round_ppm) },
};
static const struct layout layout_disclosure = {
        LAYOUT(disclosure, disclosure_rules, disclosure_places),
};

static const struct place calendar_places[] = {
        [1] = { U32(release_calendar, months) },
        [2] = { U32(release_calendar, day) },
};
static const struct layout layout_calendar = {
        LAYOUT(calendar, release_calendar, calendar_places),
};

static const struct place thresholds_places[] = {
        [1] = { INSIDE(thresholds, alignment, layout_rate) },
        [2] = { INSIDE(thresholds, dominant, layout_rate) },
        [3] = { INSIDE(thresholds, dominant_dollars, layout_rate) },
        [4] = { INSIDE(thresholds, conflict, layout_rate) },
};
static const struct layout layout_thresholds = {
        LAYOUT(thresholds, thresholds, thresholds_places),
};

static const struct place public_party_places[] = {
        [1] = { .hold = HOLD_NAME, .offset = 0 },
};
static const struct layout layout_public_party = {
        LAYOUT(public_party, name, public_party_places),
};

static const struct place legal_basis_places[] = {
        [1] = { TEXT(legal_basis, says) },
        [2] = { BOOL(legal_basis, state_action) },
        [3] = { NAME(legal_basis, supervisor), IF_SET },
};
static const struct layout layout_legal_basis = {
        LAYOUT(legal_basis, legal_basis, legal_basis_places),
};

static const struct place charter_places[] = {
        [1] = { FORMAT },
        [2] = { U32(charter, version) },
        [3] = { TEXT(charter, title) },
        [4] = { U32(charter, notice_days) },
        [5] = { INSIDE(charter, approval, layout_rate) },
        [6] = { ARRAY(charter, classes, class_count, layout_seat_class) },
        [7] = { ARRAY(charter, seats, seat_count, layout_seat) },
        [8] = { ARRAY(charter, specifications, specification_count, layout_specification) },
        [9] = { INSIDE(charter, disclosure, layout_disclosure) },
        [10] = { INSIDE(charter, calendar, layout_calendar) },
        [11] = { INSIDE(charter, thresholds, layout_thresholds),
                 IF_FLAG(charter, thresholds.is) },
        [12] = { ARRAY(charter, public_parties, public_count, layout_public_party) },
        [13] = { INSIDE(charter, pooled, layout_legal_basis), IF_FLAG(charter, pooled.is) },
};
const struct layout layout_charter = {
        LAYOUT(charter, charter, charter_places),
};

int wire_read_charter(struct bytes charter, struct charter *ret, struct fault *ret_fault)
{
        int r;

        memset(ret, 0, sizeof(*ret));
        r = scan_format(charter, ret_fault);
        return r ? r : fill_checked(&layout_charter, charter, WIRE_CHARTER_MAX, UNKNOWN_REFUSED,
                                    NULL, ret, ret_fault);
}

int wire_write_charter(struct sink *sink, const struct charter *charter)
{
        return layout_pack(&layout_charter, charter, sink);
}

/* ---- events */

static const struct place proposal_places[] = {
        [1] = { SPAN(proposal, charter, WIRE_CHARTER_MAX) },
        [2] = { I64(proposal, closes) },
        [3] = { DAY(proposal, effective) },
        [4] = { LINES(proposal, says, WIRE_SAYS_MAX) },
};
const struct layout layout_proposal = {
        LAYOUT(proposal, proposal, proposal_places),
};

static const struct place vote_places[] = {
        [1] = { U64(vote, ballot) },
        [2] = { U32(vote, choice) },
        [3] = { FIXED(vote, charter_sha256) },
};
const struct layout layout_vote = {
        LAYOUT(vote, vote, vote_places),
};

/* ---- records */

static const struct place class_tally_places[] = {
        [1] = { U32(class_tally, role) },
        [2] = { U32(class_tally, seats) },
        [3] = { U32(class_tally, vacant) },
        [4] = { U32(class_tally, votes_for) },
        [5] = { U32(class_tally, votes_against) },
        [6] = { U32(class_tally, abstained) },
        [7] = { BOOL(class_tally, quorum) },
};
static const struct layout layout_class_tally = {
        LAYOUT(class_tally, class_tally, class_tally_places),
};

static const struct place ballot_result_places[] = {
        [1] = { U64(ballot_result, ballot) },
        [2] = { FIXED(ballot_result, charter_sha256) },
        [3] = { U32(ballot_result, version) },
        [4] = { U32(ballot_result, outcome) },
        [5] = { ARRAY(ballot_result, classes, class_count, layout_class_tally) },
        [6] = { DAY(ballot_result, effective) },
        [7] = { TEXT(ballot_result, lowered), IF_SET },
        [8] = { TEXT(ballot_result, says) },
};
const struct layout layout_ballot_result = {
        LAYOUT(ballot_result, ballot_result, ballot_result_places),
};

/* ---- answers */

static const struct place charter_row_places[] = {
        [1] = { SPAN(charter_row, charter, WIRE_CHARTER_MAX) },
        [2] = { FIXED(charter_row, charter_sha256) },
        [3] = { U64(charter_row, ballot) },
        [4] = { U64(charter_row, since) },
};
const struct layout layout_charter_row = {
        LAYOUT(charter_row, charter_row, charter_row_places),
};

static const struct place vote_row_places[] = {
        [1] = { NAME(vote_row, party) },
        [2] = { U32(vote_row, choice) },
        [3] = { U64(vote_row, index) },
};
static const struct layout layout_vote_row = {
        LAYOUT(vote_row, vote_row, vote_row_places),
};

static const struct place ballot_row_places[] = {
        [1] = { U64(ballot_row, ballot) },
        [2] = { I64(ballot_row, time) },
        [3] = { NAME(ballot_row, by) },
        [4] = { U32(ballot_row, version) },
        [5] = { SPAN(ballot_row, charter, WIRE_CHARTER_MAX) },
        [6] = { FIXED(ballot_row, charter_sha256) },
        [7] = { I64(ballot_row, closes) },
        [8] = { DAY(ballot_row, effective) },
        [9] = { LINES(ballot_row, says, WIRE_SAYS_MAX) },
        [10] = { TEXT(ballot_row, lowered), IF_SET },
        [11] = { LIST(ballot_row, votes, vote_count, CHARTER_SEATS_MAX, layout_vote_row) },
        [12] = { POINTER(ballot_row, result, layout_ballot_result), IF_SET },
};
const struct layout layout_ballot_row = {
        LAYOUT(ballot_row, ballot_row, ballot_row_places),
};
