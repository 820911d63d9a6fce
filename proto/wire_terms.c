/* SPDX-License-Identifier: Apache-2.0 */
/* Terms: what an offer carries as opaque bytes. */
#include "proto/wire.h"

#include <string.h>

#include "proto/fill.h"
#include "proto/pack.h"
#include "proto/rows.h"
#include "proto/scan.h"

static const struct place terms_period_places[] = {
        [1] = { DAY(period, from) },
        [2] = { DAY(period, until) },
};
static const struct layout layout_terms_period = {
        LAYOUT(terms_period, period, terms_period_places),
};

static const struct place segment_places[] = {
        [1] = { NAME(segment, name) },
        [2] = { U32(segment, business) },
        [3] = { BOOL(segment, insured) },
};
static const struct layout layout_segment = { LAYOUT(segment, segment, segment_places) };

static const struct place fact_rule_places[] = {
        [1] = { U32(fact_rule, kind) },
        [2] = { U32(fact_rule, of_record) },
        [3] = { U32(fact_rule, other) },
        [4] = { S64(fact_rule, tolerance), IF_SET },
        [5] = { INSIDE(fact_rule, tolerance_share, layout_rate), IF_RATE },
        [6] = { U32(fact_rule, tolerance_rows), IF_SET },
        [7] = { U32(fact_rule, window_days), IF_SET },
        [8] = { S64(fact_rule, materiality), IF_SET },
};
static const struct layout layout_fact_rule = {
        LAYOUT(fact_rule, fact_rule, fact_rule_places), .not_zero = BIT(5),
};

static const struct place band_places[] = {
        [1] = { S64(band, from) },
        [2] = { S64(band, to) },
        [3] = { INSIDE(band, at_from, layout_rate) },
        [4] = { INSIDE(band, at_to, layout_rate) },
};
static const struct layout layout_band = { LAYOUT(band, band, band_places) };

/* The rows of all tables lie together in the terms; a parameter has the first and their count. */
static const struct place bands_places[] = {
        [1] = { POOL(param, bands.first, bands.count, terms, bands, band_count, layout_band) },
};
static const struct layout layout_bands = { LAYOUT(bands, param, bands_places) };

static const struct place param_places[] = {
        [1] = { NAME(param, name) },
        [2] = { S64(param, cents), TAG(PARAM_CENTS) },
        [3] = { S64(param, count), TAG(PARAM_COUNT) },
        [4] = { INSIDE(param, rate, layout_rate), TAG(PARAM_RATE) },
        [5] = { BOOL(param, flag), TAG(PARAM_FLAG) },
        [6] = { NAME(param, word), TAG(PARAM_WORD) },
        [7] = { SAME_STRUCT(layout_bands), TAG(PARAM_BANDS) },
};
static const struct layout layout_param = {
        LAYOUT(param, param, param_places), TAGGED(param, type),
};

static const struct place step_places[] = {
        [1] = { NAME(step, kind) },
        [2] = { U32(step, version) },
        [3] = { ARRAY(step, params, param_count, layout_param) },
};
static const struct layout layout_step = { LAYOUT(step, step, step_places) };

static const struct place reconciling_places[] = {
        [1] = { U32(reconciling, dispute_days), IF_SET },
        [2] = { U32(reconciling, payment_days), IF_SET },
        [3] = { U32(reconciling, decides), IF_SET },
        [4] = { NAME(reconciling, arbiter), IF_SET },
        [5] = { DAY(reconciling, historical_until), IF_DAY },
        [6] = { U32(reconciling, witness_days), IF_SET },
};
static const struct layout layout_reconciling = {
        LAYOUT(reconciling, reconciling, reconciling_places), .not_zero = BIT(5),
};

static const struct place presupposed_places[] = {
        [1] = { U32(presupposed, kind) },
        [2] = { U32(presupposed, step), IF_FLAG(presupposed, has_step) },
};
static const struct layout layout_presupposed = {
        LAYOUT(presupposed, presupposed, presupposed_places),
};

static const struct place terms_places[] = {
        [1] = { FORMAT },
        [2] = { CONTRACT(terms, contract) },
        [3] = { U32(terms, version) },
        [4] = { TEXT(terms, title) },
        [5] = { NAME(terms, template_id), IF_SET },
        [6] = { NAME(terms, bearer_administrator), IF_SET },
        [7] = { NAME(terms, earner_administrator), IF_SET },
        [8] = { DAY(terms, signed_on) },
        [9] = { DAY(terms, effective) },
        [10] = { U32(terms, applies) },
        [11] = { U32(terms, standing) },
        [12] = { U32(terms, lookback_months) },
        [13] = { U32(terms, runout_months) },
        [14] = { DAY(terms, agreement.from) },
        [15] = { DAY(terms, agreement.until) },
        [16] = { ARRAY(terms, periods, period_count, layout_terms_period) },
        [17] = { ARRAY(terms, segments, segment_count, layout_segment) },
        [18] = { ARRAY(terms, rules, rule_count, layout_fact_rule) },
        [19] = { ARRAY(terms, steps, step_count, layout_step) },
        [20] = { INSIDE(terms, reconciling, layout_reconciling), IF_FLAG(terms, reconciling.is) },
        [21] = { ARRAY(terms, presupposes, presupposed_count, layout_presupposed) },
};
const struct layout layout_terms = { LAYOUT(terms, terms, terms_places) };

int wire_read_terms(struct bytes terms, struct terms *ret, struct fault *ret_fault)
{
        int r;

        memset(ret, 0, sizeof(*ret));
        r = scan_format(terms, ret_fault);
        return r ? r : fill_checked(&layout_terms, terms, WIRE_TERMS_MAX, UNKNOWN_REFUSED, NULL,
                                    ret, ret_fault);
}

int wire_write_terms(struct sink *sink, const struct terms *terms)
{
        return layout_pack(&layout_terms, terms, sink);
}
