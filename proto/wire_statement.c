/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: what a run came to, as a record and as a preview. */
#include "core/fact.h"
#include "proto/rows.h"

static const struct place line_places[] = {
        [1] = { U16(line, step) },
        [2] = { U16(line, code) },
        [3] = { U32(line, unit) },
        [4] = { FRACTION(line, num) },
        [5] = { ITEM_AT(line, item, statement, items, item_count), IF_SET },
        [6] = { U16(line, form), IF_SET },
        [7] = { U16(line, fact), IF_SET },
        [8] = { U16(line, facts), IF_SET },
        [9] = { U16(line, carried), IF_SET },
        [10] = { BOOL(line, members), IF_SET },
};
static const struct layout layout_line = { LAYOUT(line, line, line_places) };

_Static_assert(offsetof(struct line, den) == offsetof(struct line, num) + sizeof(wide),
               "a fraction is two wide, one behind the other");
_Static_assert((int)ITEMS_PER_STATEMENT_MAX >= (int)LINES_PER_STATEMENT_MAX,
               "every line may have an item of its own");

static const struct place carried_places[] = {
        [1] = { U32(carried, what) },
        [2] = { ITEM(carried, item), IF_SET },
        [3] = { FRACTION(carried, figure.num) },
        [4] = { U64(carried, run) },
};
static const struct layout layout_carried = { LAYOUT(carried, carried, carried_places) };

_Static_assert(offsetof(struct exact, den) == offsetof(struct exact, num) + sizeof(wide),
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
        [9] = { DAY(used_fact, period.from), IF_OTHER(used_fact, period, statement, run.period) },
        [10] = { DAY(used_fact, period.until), IF_OTHER(used_fact, period, statement, run.period) },
        [11] = { BOOL(used_fact, decided), IF_SET },
};
static const struct layout layout_used_fact = {
        LAYOUT(used_fact, used_fact, used_fact_places), .together = { BIT(9) | BIT(10) },
        .not_zero = BIT(9) | BIT(10),
};

static const struct place disputed_fact_places[] = {
        [1] = { KIND(disputed_fact, kind) },
        [2] = { NAME(disputed_fact, segment), IF_SET },
        [3] = { ITEM(disputed_fact, item), IF_SET },
        [4] = { DAY(disputed_fact, period.from) },
        [5] = { DAY(disputed_fact, period.until) },
        [6] = { U64(disputed_fact, bearer.index) },
        [7] = { U32(disputed_fact, bearer.event) },
        [8] = { S64(disputed_fact, bearer.value.num) },
        [9] = { S64(disputed_fact, bearer.value.den) },
        [10] = { U64(disputed_fact, earner.index) },
        [11] = { U32(disputed_fact, earner.event) },
        [12] = { S64(disputed_fact, earner.value.num) },
        [13] = { S64(disputed_fact, earner.value.den) },
};
static const struct layout layout_disputed_fact = {
        LAYOUT(disputed_fact, disputed_fact, disputed_fact_places),
};

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
        [19] = { ARRAY(statement, carried, carried_count, layout_carried) },
        [20] = { U64(statement, member_rows), IF_FLAG(statement, has_members) },
        [21] = { FIXED(statement, members_digest), IF_FLAG(statement, has_members) },
        [22] = { S64(statement, by_bearer), IF_FLAG(statement, has_versions) },
        [23] = { S64(statement, by_earner), IF_FLAG(statement, has_versions) },
        [24] = { U32(statement, basis), IF_FLAG(statement, has_versions) },
        [25] = { ARRAY(statement, disputed, disputed_count, layout_disputed_fact) },
        [26] = { U32(statement, disputed_more), IF_SET },
};
const struct layout layout_statement = {
        LAYOUT(statement, statement, statement_places), .is_root = true,
        .together = { BIT(15) | BIT(16), BIT(20) | BIT(21), BIT(22) | BIT(23) | BIT(24) },
};

/* What a line was read from must be there: whoever reads a statement goes and looks. */
static const char *line_fault(const struct statement *statement, const struct line *line)
{
        if (line->facts > statement->fact_count ||
            line->fact > statement->fact_count - line->facts)
                return "lines.facts";
        return line->carried > statement->carried_count ? "lines.carried" : NULL;
}

int statement_finish(struct statement *statement, struct fault *ret_fault)
{
        for (uint32_t i = 0; i < statement->fact_count; i++) {
                struct used_fact *fact = &statement->facts[i];

                fact->value.unit = fact_kind_info(fact->kind)->unit;
                if (fact->period.from == DATE_NONE && fact->period.until == DATE_NONE)
                        fact->period = statement->run.period;
        }
        for (uint32_t i = 0; i < statement->disputed_count; i++) {
                struct disputed_fact *fact = &statement->disputed[i];

                fact->bearer.value.unit = fact_kind_info(fact->kind)->unit;
                fact->earner.value.unit = fact->bearer.value.unit;
        }
        for (uint32_t i = 0; i < statement->line_count; i++) {
                const char *field = line_fault(statement, &statement->lines[i]);

                if (!field)
                        continue;
                *ret_fault = (struct fault) {
                        .code = REFUSAL_MALFORMED, .event = REFUSAL_WHOLE, .field = field,
                        .says = "names what the statement does not have",
                };
                return REFUSAL_MALFORMED;
        }
        return 0;
}
