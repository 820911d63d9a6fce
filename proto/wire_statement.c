/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: what a run came to, as a record and as a preview. */
#include "core/fact.h"
#include "proto/rows.h"

static const struct place line_places[] = {
        [1] = { U16(line, step) },
        [2] = { U16(line, code) },
        [3] = { U32(line, unit) },
        [4] = { FRACTION(line, num) },
};
static const struct layout layout_line = { LAYOUT(line, line, line_places) };

_Static_assert(offsetof(struct line, den) == offsetof(struct line, num) + sizeof(wide),
               "a fraction is two wide, one behind the other");

static const struct place used_fact_places[] = {
        [1] = { U64(used_fact, index) },
        [2] = { U32(used_fact, event) },
        [3] = { KIND(used_fact, kind) },
        [4] = { U32(used_fact, side) },
        [5] = { BOOL(used_fact, relayed) },
        [6] = { ITEM(used_fact, item), IF_SET },
        [7] = { S64(used_fact, value.num) },
        [8] = { S64(used_fact, value.den) },
};
static const struct layout layout_used_fact = { LAYOUT(used_fact, used_fact, used_fact_places) };

static const struct place statement_places[] = {
        [1] = { U64(statement, run.cut) },
        [2] = { CONTRACT(statement, run.contract) },
        [3] = { DAY(statement, run.period.from) },
        [4] = { DAY(statement, run.period.until) },
        [5] = { U32(statement, run.kind) },
        [6] = { U32(statement, run.number) },
        [7] = { DAY(statement, run.payment) },
        [8] = { U32(statement, terms_version) },
        [9] = { U64(statement, terms_index) },
        [10] = { FIXED(statement, terms_digest) },
        [11] = { U32(statement, standing) },
        [12] = { BOOL(statement, relayed) },
        [13] = { U32(statement, status) },
        [14] = { TEXT(statement, reason), IF_SET },
        [15] = { S64(statement, earned), WHEN(statement, status, STATEMENT_CALCULATED) },
        [16] = { S64(statement, payable), WHEN(statement, status, STATEMENT_CALCULATED) },
        [17] = { ARRAY(statement, lines, line_count, layout_line) },
        [18] = { ARRAY(statement, facts, fact_count, layout_used_fact) },
};
const struct layout layout_statement = {
        LAYOUT(statement, statement, statement_places), .together = { BIT(15) | BIT(16) },
};

void statement_finish(struct statement *statement)
{
        for (uint32_t i = 0; i < statement->fact_count; i++) {
                struct used_fact *fact = &statement->facts[i];

                fact->value.unit = fact_kind_info(fact->kind)->unit;
        }
}
