/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of statements, of facts that the sides do not agree on, and of payments. */
#include <string.h>

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"
#include "proto/wire.h"

static const struct place statement_acceptance_places[] = {
        [1] = { U64(statement_acceptance, run) },
        [2] = { FIXED(statement_acceptance, statement_sha256) },
};
const struct layout layout_statement_acceptance = {
        LAYOUT(statement_acceptance, statement_acceptance, statement_acceptance_places),
};

static const struct place disputed_line_places[] = {
        [1] = { U32(disputed_line, line) },
        [2] = { FRACTION(disputed_line, exact.num) },
};
static const struct layout layout_disputed_line = {
        LAYOUT(disputed_line, disputed_line, disputed_line_places),
};

static const struct place dispute_places[] = {
        [1] = { U64(dispute, run) },
        [2] = { S64(dispute, claims) },
        [3] = { LIST(dispute, lines, line_count, DISPUTED_LINES_MAX, layout_disputed_line) },
        [4] = { LINES(dispute, says, WIRE_SAYS_MAX) },
        [5] = { FIXED(dispute, evidence_sha256), IF_FLAG(dispute, has_evidence) },
        [6] = { SPAN(dispute, evidence, WIRE_DOCUMENT_MAX), IF_SET },
};
const struct layout layout_dispute = { LAYOUT(dispute, dispute, dispute_places) };

static const struct place dispute_end_places[] = {
        [1] = { U64(dispute_end, dispute) },
};
const struct layout layout_dispute_end = {
        LAYOUT(dispute_end, dispute_end, dispute_end_places),
};

static const struct place value_rate_places[] = {
        [1] = { S64(value, num) },
        [2] = { S64(value, den) },
};
static const struct layout layout_value_rate = { LAYOUT(rate, value, value_rate_places) };

static const struct place decision_places[] = {
        [1] = { KIND(decision, kind) },
        [2] = { NAME(decision, segment), IF_SET },
        [3] = { ITEM(decision, item), IF_SET },
        [4] = { DAY(decision, period.from) },
        [5] = { DAY(decision, period.until) },
        [6] = { WHOLE_S64(decision, value), TAG(UNIT_CENTS) },
        [7] = { WHOLE_S64(decision, value), TAG(UNIT_COUNT) },
        [8] = { INSIDE(decision, value, layout_value_rate), TAG(UNIT_RATE) },
        [9] = { WHOLE_BOOL(decision, value), TAG(UNIT_FLAG) },
};
static const struct layout layout_decision = {
        LAYOUT(decision, decision, decision_places), TAGGED(decision, value.unit),
};

static const struct place decisions_places[] = {
        [1] = { FORMAT },
        [2] = { CONTRACT(decisions, contract) },
        [3] = { LIST(decisions, facts, fact_count, DECISIONS_MAX, layout_decision) },
        [4] = { LIST(decisions, disputes, dispute_count, DECISIONS_MAX, layout_dispute_end) },
};
const struct layout layout_decisions = { LAYOUT(decisions, decisions, decisions_places) };

static const struct place resolution_places[] = {
        [1] = { SPAN(resolution, decisions, WIRE_DECISIONS_MAX) },
        [2] = { LINES(resolution, says, WIRE_SAYS_MAX) },
};
const struct layout layout_resolution = { LAYOUT(resolution, resolution, resolution_places) };

static const struct place resolution_acceptance_places[] = {
        [1] = { U64(resolution_acceptance, resolution) },
        [2] = { FIXED(resolution_acceptance, decisions_sha256) },
};
const struct layout layout_resolution_acceptance = {
        LAYOUT(resolution_acceptance, resolution_acceptance, resolution_acceptance_places),
};

static const struct place determination_places[] = {
        [1] = { SPAN(determination, decisions, WIRE_DECISIONS_MAX) },
        [2] = { LINES(determination, says, WIRE_SAYS_MAX) },
};
const struct layout layout_determination = {
        LAYOUT(determination, determination, determination_places),
};

static const struct place figure_line_places[] = {
        [1] = { U16(figure_line, code) },
        [2] = { ITEM(figure_line, item), IF_SET },
        [3] = { FRACTION(figure_line, exact.num) },
};
static const struct layout layout_figure_line = {
        LAYOUT(figure_line, figure_line, figure_line_places),
};

static const struct place figure_places[] = {
        [1] = { DAY(figure, period.from) },
        [2] = { DAY(figure, period.until) },
        [3] = { S64(figure, earned) },
        [4] = { S64(figure, payable), IF_FLAG(figure, has_payable) },
        [5] = { U32(figure, terms_version), IF_SET },
        [6] = { LIST(figure, lines, line_count, FIGURE_LINES_MAX, layout_figure_line) },
        [7] = { U64(figure, supersedes), IF_FLAG(figure, has_supersedes) },
};
const struct layout layout_figure = { LAYOUT(figure, figure, figure_places) };

static const struct place payment_part_places[] = {
        [1] = { U64(payment_part, run) },
        [2] = { S64(payment_part, cents) },
};
static const struct layout layout_payment_part = {
        LAYOUT(payment_part, payment_part, payment_part_places),
};

static const struct place payment_places[] = {
        [1] = { U32(payment, direction) },
        [2] = { ITEM(payment, trace) },
        [3] = { DAY(payment, day) },
        [4] = { S64(payment, cents) },
        [5] = { LIST(payment, parts, part_count, PAYMENT_PARTS_MAX, layout_payment_part) },
        [6] = { ITEM(payment, method), IF_SET },
        [7] = { U64(payment, supersedes), IF_FLAG(payment, has_supersedes) },
};
const struct layout layout_payment = { LAYOUT(payment, payment, payment_places) };

int wire_read_decisions(struct bytes decisions, struct arena *arena, struct decisions *ret,
                        struct fault *ret_fault)
{
        int r;

        memset(ret, 0, sizeof(*ret));
        r = scan_format(decisions, ret_fault);
        return r ? r : fill_checked(&layout_decisions, decisions, WIRE_DECISIONS_MAX,
                                    UNKNOWN_REFUSED, arena, ret, ret_fault);
}

int wire_write_decisions(struct sink *sink, const struct decisions *decisions)
{
        return layout_pack(&layout_decisions, decisions, sink);
}
