/* SPDX-License-Identifier: Apache-2.0 */
/* Facts, and the fractions and provenance they share with other messages. */
#include "proto/rows.h"

const struct place no_places[1] = { { .hold = HOLD_NOTHING } };

static const struct place rate_places[] = {
        [1] = { S64(rate, num) },
        [2] = { S64(rate, den) },
};
const struct layout layout_rate = { LAYOUT(rate, rate, rate_places) };

static const struct place value_rate_places[] = {
        [1] = { S64(value, num) },
        [2] = { S64(value, den) },
};
static const struct layout layout_value_rate = { LAYOUT(rate, value, value_rate_places) };

static const struct place relayed_places[] = {
        [1] = { NAME(relayed, party) },
        [2] = { FIXED(relayed, document_sha256) },
        [3] = { SPAN(relayed, document, WIRE_DOCUMENT_MAX), IF_SET },
};
const struct layout layout_relayed = { LAYOUT(relayed, relayed, relayed_places) };

/* An event states a fact, an answer repeats it: the same message in two structs. */
#define FACT_PLACES(t, key, value, by, is_by)                     \
        [1] = { U32(t, key.scope) },                              \
        [2] = { U32(t, key.kind) },                               \
        [3] = { NAME(t, key.segment), IF_SET },                   \
        [4] = { ITEM(t, key.item), IF_SET },                      \
        [5] = { DAY(t, key.period.from) },                        \
        [6] = { DAY(t, key.period.until) },                       \
        [7] = { DAY(t, key.paid_through), IF_DAY },               \
        [8] = { WHOLE_S64(t, value), TAG(UNIT_CENTS) },           \
        [9] = { WHOLE_S64(t, value), TAG(UNIT_COUNT) },           \
        [10] = { INSIDE(t, value, layout_value_rate), TAG(UNIT_RATE) }, \
        [11] = { WHOLE_BOOL(t, value), TAG(UNIT_FLAG) },          \
        [12] = { U64(t, supersedes), IF_FLAG(t, has_supersedes) }, \
        [13] = { INSIDE(t, by, layout_relayed), IF_FLAG(t, is_by) }

static const struct place fact_places[] = {
        FACT_PLACES(fact_event, key, value, relayed, relayed.is),
};
const struct layout layout_fact = {
        LAYOUT(fact, fact_event, fact_places), TAGGED(fact_event, value.unit),
        .not_zero = BIT(7),
};

static const struct place fact_row_places[] = {
        FACT_PLACES(fact_row, fact.key, fact.value, by, fact.relayed),
};
const struct layout layout_fact_row = {
        LAYOUT(fact, fact_row, fact_row_places), TAGGED(fact_row, fact.value.unit),
        .not_zero = BIT(7),
};
