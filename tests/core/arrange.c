/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/arrange.h"

#include <check.h>
#include <string.h>

static struct name name_is(const char *text)
{
        struct name name;

        ck_assert(name_parse((struct bytes) { text, strlen(text) }, &name));
        return name;
}

void arrange_terms(struct terms *terms)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };

        memset(terms, 0, sizeof(*terms));
        terms->contract =
                (struct contract_id) { name_is("plan"), name_is("clinic"), name_is("c1") };
        terms->version = 1;
        terms->signed_on = date_of(2023, 12, 1);
        terms->effective = year.from;
        terms->applies = APPLIES_NEXT_PERIOD;
        terms->standing = STANDING_BINDING;
        terms->agreement = year;
        terms->lookback_months = MONTHS_LOOKBACK_MAX;
        terms->period_count = 1;
        terms->periods[0] = year;
}

struct step *with_step(struct terms *terms, const char *kind)
{
        struct step *step = &terms->steps[terms->step_count++];

        ck_assert_uint_le(terms->step_count, STEPS_MAX);
        memset(step, 0, sizeof(*step));
        step->kind = name_is(kind);
        step->version = 1;
        return step;
}

static struct param *with_param(struct step *step, const char *name, enum param_type type)
{
        struct param *param = &step->params[step->param_count++];

        ck_assert_uint_le(step->param_count, PARAMS_PER_STEP_MAX);
        param->name = name_is(name);
        param->type = type;
        return param;
}

void with_rate(struct step *step, const char *name, int64_t num, int64_t den)
{
        with_param(step, name, PARAM_RATE)->rate = (struct rate) { num, den };
}

void with_word(struct step *step, const char *name, const char *word)
{
        with_param(step, name, PARAM_WORD)->word = name_is(word);
}

void with_count(struct step *step, const char *name, int64_t count)
{
        with_param(step, name, PARAM_COUNT)->count = count;
}

void with_cents(struct step *step, const char *name, int64_t cents)
{
        with_param(step, name, PARAM_CENTS)->cents = cents;
}

void with_flag(struct step *step, const char *name, bool flag)
{
        with_param(step, name, PARAM_FLAG)->flag = flag;
}

void with_band(struct terms *terms, struct step *step, const char *name, struct band band)
{
        struct param *param = NULL;

        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        param = &step->params[i];
        if (!param) {
                param = with_param(step, name, PARAM_BANDS);
                param->bands.first = terms->band_count;
        }
        param->bands.count++;
        terms->bands[terms->band_count++] = band;
}

void with_all_shared(struct terms *terms)
{
        struct step *step = with_step(terms, "corridor-gate");

        with_word(step, "minimum", "none");
        with_word(step, "losses", "all");
        step = with_step(terms, "share");
        with_rate(step, "up", 1, 1);
        with_word(step, "down", "fixed");
        with_rate(step, "down_rate", 1, 1);
}

void with_size_table(struct terms *terms, struct step *gate)
{
        /* Tenths of a percent at both ends. */
        static const struct {
                int64_t from, to, high, low;
        } rows[] = {
                { 100, 499, 274, 122 },   { 500, 999, 122, 87 },        { 1000, 2999, 87, 50 },
                { 3000, 4999, 50, 39 },   { 5000, 5999, 39, 36 },       { 6000, 6999, 36, 34 },
                { 7000, 7999, 34, 32 },   { 8000, 8999, 32, 31 },       { 9000, 9999, 31, 30 },
                { 10000, 14999, 30, 27 }, { 15000, 19999, 27, 25 },     { 20000, 49999, 25, 22 },
                { 50000, 59999, 22, 20 }, { 60000, COUNT_MAX, 20, 20 },
        };

        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                with_band(terms, gate, "bands",
                          (struct band) { rows[i].from,
                                          rows[i].to,
                                          { rows[i].high, 1000 },
                                          { rows[i].low, 1000 } });
}

void with_sequestration(struct terms *terms, struct step *sequester)
{
        const date suspended = date_of(2020, 5, 1), half = date_of(2022, 4, 1),
                   again = date_of(2022, 7, 1);

        with_band(terms, sequester, "bands",
                  (struct band) { DATE_FIRST, suspended - 1, { 1, 50 }, { 1, 50 } });
        with_band(terms, sequester, "bands",
                  (struct band) { suspended, half - 1, { 0, 1 }, { 0, 1 } });
        with_band(terms, sequester, "bands",
                  (struct band) { half, again - 1, { 1, 100 }, { 1, 100 } });
        with_band(terms, sequester, "bands",
                  (struct band) { again, DATE_LAST, { 1, 50 }, { 1, 50 } });
}

static bool two_sided(struct shape shape)
{
        return shape.track != ONE_SIDED_40 && shape.track != ONE_SIDED_50;
}

static void gate_of(struct terms *terms, struct shape shape)
{
        struct step *gate = with_step(terms, "corridor-gate");

        with_word(gate, "losses", two_sided(shape) ? "same" : "none");
        if (shape.elected) {
                with_word(gate, "minimum", "flat");
                with_rate(gate, "rate", 1, 50);
        }
        with_size_table(terms, gate);
        if (!shape.half_below)
                return;
        with_word(gate, "below", "low_revenue");
        with_rate(gate, "below_fraction", 1, 2);
        with_count(gate, "below_least_panel", 5000);
}

static void quality_of(struct terms *terms, struct shape shape)
{
        struct step *gate;

        with_step(terms, "composite");
        gate = with_step(terms, "gate");
        with_word(gate, "met", shape.quality == SCALED ? "scaled" : "full");
        if (shape.quality == GATED)
                with_word(gate, "alternative", "scaled");
        with_flag(gate, "reporting", true);
}

static void share_of(struct terms *terms, struct shape shape)
{
        static const struct rate up[] = {
                [ONE_SIDED_40] = { 2, 5 }, [ONE_SIDED_50] = { 1, 2 }, [FIXED_LOSS_50] = { 1, 2 },
                [TRACK_2] = { 3, 5 },      [ENHANCED] = { 3, 4 },
        };
        struct step *share = with_step(terms, "share");

        with_rate(share, "up", up[shape.track].num, up[shape.track].den);
        if (shape.track == FIXED_LOSS_50) {
                with_word(share, "down", "fixed");
                with_rate(share, "down_rate", 3, 10);
        } else if (two_sided(shape)) {
                with_word(share, "down", "inverse");
                with_rate(share, "down_floor", 2, 5);
                with_rate(share, "down_ceiling", 3, shape.track == TRACK_2 ? 5 : 4);
        }
}

static void limit_of(struct terms *terms, struct shape shape)
{
        struct step *limit = with_step(terms, "limit");

        with_rate(limit, "gain", 1, shape.track == ENHANCED ? 5 : 10);
        if (!two_sided(shape))
                return;
        if (shape.track == FIXED_LOSS_50) {
                with_rate(limit, "loss", 1, 25);
                with_word(limit, "revenue", "always");
                with_rate(limit, "revenue_rate", 2, 25);
        } else {
                with_rate(limit, "loss", shape.track == TRACK_2 ? 1 : 3,
                          shape.track == TRACK_2 ? 10 : 20);
        }
}

static void sequester_of(struct terms *terms)
{
        with_sequestration(terms, with_step(terms, "sequester"));
}

void arrange_mssp(struct terms *terms, struct shape shape)
{
        arrange_terms(terms);
        with_step(terms, "attribute");
        with_step(terms, "expenditure");
        with_step(terms, "target");
        with_step(terms, "savings");
        gate_of(terms, shape);
        if (shape.guardrail)
                with_step(terms, "guardrail");
        quality_of(terms, shape);
        share_of(terms, shape);
        if (shape.limit_first)
                limit_of(terms, shape);
        sequester_of(terms);
        if (!shape.limit_first)
                limit_of(terms, shape);
        if (two_sided(shape))
                with_step(terms, "relief");
        if (shape.advance)
                with_step(terms, "advance");
        with_word(with_step(terms, "post"), "unit", shape.unit ? shape.unit : "cent");
}

void facts_begin(struct facts *facts)
{
        facts->count = 0;
}

struct fact *fact_is(struct facts *facts, enum fact_kind kind, int64_t num, int64_t den)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        struct fact *fact = &facts->list[facts->count];

        ck_assert_uint_lt(facts->count, sizeof(facts->list) / sizeof(facts->list[0]));
        *fact = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .paid_through = DATE_NONE,
                         .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) } },
                .value = { info->unit, num, den },
                .index = 100 + facts->count,
                .side = info->customary,
        };
        ck_assert_msg(!fact_value_fault(kind, &fact->value), "%s",
                      fact_value_fault(kind, &fact->value));
        facts->count++;
        return fact;
}

struct fact *fact_of(struct facts *facts, enum fact_kind kind, const char *item, int64_t num,
                     int64_t den)
{
        struct fact *fact = fact_is(facts, kind, num, den);

        ck_assert_uint_le(strlen(item), ITEM_MAX_LENGTH);
        memcpy(fact->key.item.text, item, strlen(item));
        return fact;
}

struct fact *fact_in(struct facts *facts, int year, enum fact_kind kind, const char *item,
                     int64_t num, int64_t den)
{
        struct fact *fact = fact_of(facts, kind, item, num, den);

        fact->key.period = (struct period) { date_of(year, 1, 1), date_of(year + 1, 1, 1) };
        return fact;
}

void facts_money(struct facts *facts, int64_t benchmark, int64_t savings, int64_t people)
{
        facts_begin(facts);
        fact_is(facts, FACT_BENCHMARK, benchmark, 1);
        fact_is(facts, FACT_EXPENDITURE, benchmark - savings, 1);
        fact_is(facts, FACT_HEAD_COUNT, people, 1);
}

struct run run_of_2024(date payment)
{
        return (struct run) {
                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                .kind = RUN_FINAL,
                .number = 1,
                .payment = payment,
                .cut = 1000,
        };
}

const struct statement *settled(const struct terms *terms, const struct facts *facts, date payment)
{
        static struct statement statement;
        const struct run run = run_of_2024(payment);

        memset(&statement, 0xa5, sizeof(statement));
        settle(terms, &run,
               &(struct settle_inputs) { .facts = facts->list, .fact_count = facts->count },
               &statement);
        return &statement;
}

bool has_line(const struct statement *statement, enum line_code code)
{
        for (size_t i = 0; i < statement->line_count; i++)
                if (statement->lines[i].code == (uint16_t)code)
                        return true;
        return false;
}

struct exact line_of(const struct statement *statement, enum line_code code)
{
        for (size_t i = statement->line_count; i-- > 0;)
                if (statement->lines[i].code == (uint16_t)code)
                        return (struct exact) { statement->lines[i].num, statement->lines[i].den };
        ck_abort_msg("the statement has no line %s", line_info((unsigned int)code)->name);
        return exact_of(0);
}

struct exact line_of_item(const struct statement *statement, enum line_code code, const char *item)
{
        for (size_t i = statement->line_count; i-- > 0;) {
                const struct line *line = &statement->lines[i];
                const struct item *of = line_item(statement, line);

                if (line->code == (uint16_t)code && strcmp(of ? of->text : "", item) == 0)
                        return (struct exact) { line->num, line->den };
        }
        ck_abort_msg("the statement has no line %s of '%s'",
                     line_info((unsigned int)code)->name, item);
        return exact_of(0);
}

size_t lines_of(const struct statement *statement, enum line_code code)
{
        size_t count = 0;

        for (size_t i = 0; i < statement->line_count; i++)
                count += statement->lines[i].code == (uint16_t)code;
        return count;
}
