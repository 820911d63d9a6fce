/* SPDX-License-Identifier: Apache-2.0 */
/* Incentive signals. */
#include "proto/rows.h"

static const struct place incentive_contract_places[] = {
        [1] = { CONTRACT(incentive_contract, contract) },
        [2] = { U32(incentive_contract, version) },
        [3] = { U32(incentive_contract, standing) },
        [4] = { BOOL(incentive_contract, relayed) },
        [5] = { BOOL(incentive_contract, through) },
        [6] = { INSIDE(incentive_contract, share, layout_rate), IF_RATE },
        [7] = { DAY(incentive_contract, period.from) },
        [8] = { DAY(incentive_contract, period.until) },
        [9] = { DAY(incentive_contract, paid_through), IF_DAY },
        [10] = { DAY(incentive_contract, payment), IF_DAY },
        [11] = { S64(incentive_contract, revenue), IF_FLAG(incentive_contract, has_revenue) },
        [12] = { U32(incentive_contract, category) },
        [13] = { S64(incentive_contract, low) },
        [14] = { S64(incentive_contract, central) },
        [15] = { S64(incentive_contract, high) },
        [16] = { S64(incentive_contract, least) },
        [17] = { S64(incentive_contract, most) },
        [18] = { TEXT(incentive_contract, reason), IF_SET },
        [19] = { U64(incentive_contract, members), IF_FLAG(incentive_contract, has_members) },
};
static const struct layout layout_incentive_contract = {
        LAYOUT(incentive_contract, incentive_contract, incentive_contract_places),
        .not_zero = BIT(6) | BIT(9) | BIT(10),
};

static const struct place incentive_row_places[] = {
        [1] = { U32(incentive_row, contract) },
        [2] = { U32(incentive_row, is.of) },
        [3] = { NAME(incentive_row, is.key.concept) },
        [4] = { NAME(incentive_row, is.key.version), IF_SET },
        [5] = { NAME(incentive_row, is.key.population), IF_SET },
        [6] = { U32(incentive_row, is.key.direction) },
        [7] = { NAME(incentive_row, is.excludes), IF_SET },
        [8] = { ITEM(incentive_row, is.item), IF_SET },
        [9] = { U64(incentive_row, is.numerator), IF_FLAG(incentive_row, is.has_counts) },
        [10] = { U64(incentive_row, is.denominator), IF_FLAG(incentive_row, is.has_counts) },
        [11] = { INSIDE(incentive_row, is.target, layout_rate),
                 IF_FLAG(incentive_row, is.has_target) },
        [12] = { S64(incentive_row, is.point[FORECAST_LOW]) },
        [13] = { S64(incentive_row, is.point[FORECAST_CENTRAL]) },
        [14] = { S64(incentive_row, is.point[FORECAST_HIGH]) },
        [15] = { S64(incentive_row, is.patient), IF_FLAG(incentive_row, is.has_patient) },
        [16] = { S64(incentive_row, is.stake) },
        [17] = { U64(incentive_row, is.reachable), IF_FLAG(incentive_row, is.has_reachable) },
        [18] = { S64(incentive_row, is.edge_steps), IF_SET },
        [19] = { S64(incentive_row, is.edge_worth), IF_SET },
        [20] = { U32(incentive_row, is.edge), IF_SET },
        [21] = { BOOL(incentive_row, is.gate) },
};
static const struct layout layout_incentive_row = {
        LAYOUT(incentive_row, incentive_row, incentive_row_places),
        .together = { BIT(9) | BIT(10) },
};

static const struct place capability_need_places[] = {
        [1] = { U32(capability_need, contract) },
        [2] = { U32(capability_need, kind) },
        [3] = { BOOL(capability_need, paid) },
        [4] = { U32(capability_need, has) },
};
static const struct layout layout_capability_need = {
        LAYOUT(capability_need, capability_need, capability_need_places),
};

static const struct place incentive_signal_places[] = {
        [1] = { NAME(incentive_signal, party) },
        [2] = { U64(incentive_signal, as_of) },
        [3] = { I64(incentive_signal, time) },
        [4] = { LIST(incentive_signal, contracts, contract_count, SIGNAL_CONTRACTS_MAX,
                     layout_incentive_contract) },
        [5] = { LIST(incentive_signal, rows, row_count, SIGNAL_ROWS_MAX, layout_incentive_row) },
        [6] = { S64(incentive_signal, all_source_revenue),
                IF_FLAG(incentive_signal, has_revenue) },
        [7] = { DAY(incentive_signal, revenue_period.from),
                IF_FLAG(incentive_signal, has_revenue) },
        [8] = { DAY(incentive_signal, revenue_period.until),
                IF_FLAG(incentive_signal, has_revenue) },
        [9] = { LIST(incentive_signal, needs, need_count, SIGNAL_NEEDS_MAX,
                     layout_capability_need) },
        [10] = { BOOL(incentive_signal, digest) },
        [11] = { U32(incentive_signal, more), IF_SET },
};
const struct layout layout_incentive_signal = {
        LAYOUT(incentive_signal, incentive_signal, incentive_signal_places),
        .together = { BIT(6) | BIT(7) | BIT(8) },
};
