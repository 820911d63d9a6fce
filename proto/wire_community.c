/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves, conflicts, releases. */
#include "proto/rows.h"

static const struct place publication_places[] = {
        [1] = { BOOL(publication, measures) },
        [2] = { BOOL(publication, methods) },
};
const struct layout layout_publication = {
        LAYOUT(publication, publication, publication_places),
};

static const struct place benefit_places[] = {
        [1] = { NAME(benefit, provider) },
        [2] = { NAME(benefit, service), IF_SET },
        [3] = { U32(benefit, tier) },
        [4] = { U32(benefit, tiers) },
        [5] = { S64(benefit, copayment), IF_FLAG(benefit, has_copayment) },
        [6] = { INSIDE(benefit, coinsurance, layout_rate), IF_FLAG(benefit, has_coinsurance) },
        [7] = { DAY(benefit, from) },
        [8] = { DAY(benefit, until), IF_DAY },
};
const struct layout layout_benefit = {
        LAYOUT(benefit, benefit, benefit_places), .not_zero = BIT(8),
};

static const struct place capability_places[] = {
        [1] = { U32(capability, kind) },
        [2] = { BOOL(capability, has) },
        [3] = { U64(capability, count), IF_FLAG(capability, has_count) },
        [4] = { DAY(capability, from) },
        [5] = { DAY(capability, until), IF_DAY },
        [6] = { LINES(capability, says, WIRE_SAYS_MAX), IF_SET },
};
const struct layout layout_capability = {
        LAYOUT(capability, capability, capability_places), .not_zero = BIT(5),
};

static const struct place departure_places[] = {
        [1] = { DAY(departure, effective) },
        [2] = { NAME(departure, into), IF_SET },
        [3] = { SPAN(departure, reason, WIRE_SAYS_MAX), IF_SET },
};
const struct layout layout_departure = {
        LAYOUT(departure, departure, departure_places),
};

static const struct place conflict_places[] = {
        [1] = { NAME(conflict, party) },
        [2] = { U32(conflict, type) },
        [3] = { CONTRACT(conflict, contract) },
        [4] = { CONTRACT(conflict, against) },
        [5] = { NAME(conflict, concept), IF_SET },
        [6] = { U64(conflict, cause) },
        [7] = { BOOL(conflict, ended) },
};
const struct layout layout_conflict = {
        LAYOUT(conflict, conflict, conflict_places),
};

/* ---- releases */

static const struct place release_figure_places[] = {
        [1] = { U32(release_figure, figure) },
        [2] = { ITEM(release_figure, item), IF_SET },
        [3] = { S64(release_figure, num), IF_FLAG(release_figure, has_value) },
        [4] = { S64(release_figure, den), IF_FLAG(release_figure, has_value) },
        [5] = { U32(release_figure, decision) },
        [6] = { INSIDE(release_figure, coverage, layout_rate),
                IF_FLAG(release_figure, has_coverage) },
};
static const struct layout layout_release_figure = {
        LAYOUT(release_figure, release_figure, release_figure_places),
        .together = { BIT(3) | BIT(4) },
};

static const struct place release_group_places[] = {
        [1] = { U32(release_group, figure) },
        [2] = { ITEM(release_group, item), IF_SET },
        [3] = { FIXED(release_group, members_sha256) },
        [4] = { U32(release_group, changed) },
};
static const struct layout layout_release_group = {
        LAYOUT(release_group, release_group, release_group_places),
};

static const struct place release_places[] = {
        [1] = { U32(release, number) },
        [2] = { U64(release, cut) },
        [3] = { DAY(release, period.from) },
        [4] = { DAY(release, period.until) },
        [5] = { U32(release, charter) },
        [6] = { LIST(release, figures, figure_count, RELEASE_FIGURES_MAX, layout_release_figure) },
        [7] = { LIST(release, groups, group_count, RELEASE_FIGURES_MAX, layout_release_group) },
};
const struct layout layout_release = {
        LAYOUT(release, release, release_places),
};

/* ---- answers */

static const struct place conflict_row_places[] = {
        [1] = { U64(conflict_row, index) },
        [2] = { I64(conflict_row, time) },
        [3] = { INSIDE(conflict_row, conflict, layout_conflict) },
};
const struct layout layout_conflict_row = {
        LAYOUT(conflict_row, conflict_row, conflict_row_places),
};

static const struct place public_measure_places[] = {
        [1] = { NAME(public_measure, key.concept) },
        [2] = { NAME(public_measure, key.version), IF_SET },
        [3] = { NAME(public_measure, key.population), IF_SET },
        [4] = { U32(public_measure, key.direction) },
        [5] = { BOOL(public_measure, common) },
};
static const struct layout layout_public_measure = {
        LAYOUT(public_measure, public_measure, public_measure_places),
};

static const struct place publication_row_places[] = {
        [1] = { CONTRACT(publication_row, contract) },
        [2] = { BOOL(publication_row, relayed) },
        [3] = { LIST(publication_row, measures, measure_count, INCENTIVES_MAX,
                     layout_public_measure) },
        [4] = { U32(publication_row, category), IF_FLAG(publication_row, has_category) },
};
const struct layout layout_publication_row = {
        LAYOUT(publication_row, publication_row, publication_row_places),
};

static const struct place benefit_row_places[] = {
        [1] = { NAME(benefit_row, payer) },
        [2] = { INSIDE(benefit_row, benefit, layout_benefit) },
        [3] = { U64(benefit_row, index) },
        [4] = { BOOL(benefit_row, current) },
        [5] = { TEXT(benefit_row, contradicts), IF_SET },
};
const struct layout layout_benefit_row = {
        LAYOUT(benefit_row, benefit_row, benefit_row_places),
};

static const struct place capability_row_places[] = {
        [1] = { INSIDE(capability_row, capability, layout_capability) },
        [2] = { U64(capability_row, index) },
        [3] = { BOOL(capability_row, current) },
};
const struct layout layout_capability_row = {
        LAYOUT(capability_row, capability_row, capability_row_places),
};
