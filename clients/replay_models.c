/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Published results of ACO REACH and Kidney Care Choices, settled again.
 *
 * REACH: from the final benchmark and the cost to the shared savings or losses; how the discount
 * and quality made the final benchmark cannot be followed from the file. Published to the cent.
 *
 * Kidney Care Choices: from the unadjusted benchmark, withhold and earn-back to the gross savings;
 * the file does not show all that goes into the net. Published to the dollar.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "clients/replay.h"
#include "clients/template.h"
#include "core/lines.h"

#define MODEL_FACTS_MAX 8

/* Which column is which fact. */
struct source {
        const char *column;
        enum fact_kind kind;
        const char *item;
        bool percent, optional;
};

struct model {
        const char *family;             /* of templates: "reach" */
        int year;
        const char *option_column;      /* "Global", which names the template */
        const struct template_setting *settings;
        size_t setting_count;
        const struct source *sources;
        size_t source_count;
        const char *published;          /* column */
        enum line_code line;            /* what it is held against; 0: what is earned */
        int64_t unit;                   /* cents that it is published to */
};

struct replaying {
        const struct model *model;
        replay_row_fn *call;
        void *data;
        struct replay_summary *summary;
        struct complaints *to;
        struct terms *terms;
        struct statement *statement;
};

/* ---- a row */

static int wrong(const struct replaying *r, const struct csv_row *row, const char *column,
                 const char *says)
{
        return complaints_add_at(r->to, row->line, 0, column, "%s", says);
}

/* "Graduated Level 2" as "graduated-2", behind the family. */
static bool template_of(const struct model *model, struct bytes option, char ret[64])
{
        static const struct { const char *option, *name; } names[] = {
                { "Global", "global" },
                { "Professional", "professional" },
                { "Graduated Level 1", "graduated-2" }, /* no withhold: nothing of it is read */
                { "Graduated Level 2", "graduated-2" },
        };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                if (bytes_equal(option, (struct bytes) { names[i].option,
                                                         strlen(names[i].option) })) {
                        snprintf(ret, 64, "%s-%s", model->family, names[i].name);
                        return true;
                }
        return false;
}

static int make_terms(struct replaying *r, const struct csv_row *row)
{
        struct template_setting settings[8] = { { "bearer", "cms" }, { "earner", "entity" } };
        const struct bytes option = csv_field(row, r->model->option_column);
        bool withholds = csv_field(row, "quality_withhold").size > 0;
        size_t count = 2;
        char name[64];

        if (!template_of(r->model, option, name))
                return wrong(r, row, r->model->option_column, "is no option of this model");
        for (size_t i = 0; i < r->model->setting_count; i++)
                settings[count++] = r->model->settings[i];
        if (csv_has(row->header, "quality_withhold") && !withholds)
                settings[count++] = (struct template_setting) { "final", "yes" };
        return template_terms(name, r->model->year, settings, count, r->terms, r->to);
}

static int read_value(const struct replaying *r, const struct csv_row *row,
                      const struct source *source, struct value *ret)
{
        const struct bytes text = csv_field(row, source->column);
        struct rate rate;
        const char *fault;

        if (!source->percent) {
                fault = value_parse(source->kind, text, ret);
                return fault ? wrong(r, row, source->column, fault) : 0;
        }
        fault = rate_parse(text, &rate);
        if (fault || rate.den > RATE_PART_MAX / 100)
                return wrong(r, row, source->column, fault ? fault : "has too many decimals");
        *ret = (struct value) { UNIT_RATE, rate.num, rate.den * 100 };
        fault = fact_value_fault(source->kind, ret);
        return fault ? wrong(r, row, source->column, fault) : 0;
}

static int read_facts(const struct replaying *r, const struct csv_row *row, struct fact *ret,
                      size_t *count)
{
        int worst = 0;

        *count = 0;
        for (size_t i = 0; i < r->model->source_count; i++) {
                const struct source *source = &r->model->sources[i];
                struct fact *fact = &ret[*count];
                int e;

                if (source->optional && !csv_field(row, source->column).size)
                        continue;
                *fact = (struct fact) {
                        .key = { .scope = SCOPE_CONTRACT, .kind = source->kind,
                                 .period = r->terms->periods[0], .paid_through = DATE_NONE },
                        .index = i + 1,
                        .side = terms_of_record(r->terms, source->kind),
                };
                snprintf(fact->key.item.text, sizeof(fact->key.item.text), "%s", source->item);
                e = read_value(r, row, source, &fact->value);
                worst = e ? e : worst;
                (*count)++;
        }
        return worst;
}

/* ---- what it came to */

static int64_t figure_of(const struct replaying *r)
{
        const struct statement *s = r->statement;

        for (size_t i = s->line_count; r->model->line && i > 0; i--)
                if (s->lines[i - 1].code == r->model->line && !s->lines[i - 1].item)
                        return (int64_t)exact_round((struct exact) { s->lines[i - 1].num,
                                                                     s->lines[i - 1].den },
                                                    1, ROUND_HALF_AWAY);
        return s->earned;
}

static enum replay_status judge(const struct replaying *r, const struct replay_row *row,
                                bool has_published)
{
        int64_t off = row->computed > row->published ? row->computed - row->published
                                                     : row->published - row->computed;

        if (!row->has_amount || !has_published)
                return REPLAY_UNVERIFIABLE;
        if (off == 0)
                return REPLAY_EXACT;
        return off <= r->model->unit ? REPLAY_WITHIN_1 : REPLAY_DIFFERENT;
}

static int settle_row(struct replaying *r, const struct csv_row *csv)
{
        struct fact facts[MODEL_FACTS_MAX];
        struct settle_inputs inputs = { .facts = facts };
        struct run run = { .kind = RUN_PREVIEW, .number = 1 };
        struct replay_row row = { .statement = r->statement };
        const struct bytes id = csv_field(csv, "case_id");
        const struct bytes published = csv_field(csv, r->model->published);
        char case_id[64];
        int e = make_terms(r, csv);

        if (!e)
                e = read_facts(r, csv, facts, &inputs.fact_count);
        if (!e && published.size && money_parse(published, &row.published))
                e = wrong(r, csv, r->model->published, money_parse(published, &row.published));
        if (e)
                return e;
        run.contract = r->terms->contract;
        run.period = r->terms->periods[0];
        run.payment = date_add_months(run.period.until, 9);
        settle(r->terms, &run, &inputs, r->statement);
        row.has_amount = r->statement->status == STATEMENT_CALCULATED;
        row.computed = figure_of(r);
        row.status = judge(r, &row, published.size > 0);
        snprintf(case_id, sizeof(case_id), "%.*s", (int)id.size, (const char *)id.data);
        row.case_id = case_id;
        r->summary->counts[row.status]++;
        return r->call(&row, r->data);
}

static int check_header(const struct replaying *r, const struct csv_row *header)
{
        int worst = 0;

        for (size_t i = 0; i < r->model->source_count; i++)
                if (!csv_has(header, r->model->sources[i].column)) {
                        complaints_add_at(r->to, header->line, 0, r->model->sources[i].column,
                                          "is no column of it");
                        worst = REFUSAL_MALFORMED;
                }
        return worst;
}

static int on_row(const struct csv_row *row, void *data)
{
        struct replaying *r = data;
        int e;

        if (!row->header)
                return check_header(r, row);
        r->summary->rows++;
        e = settle_row(r, row);
        if (e <= 0)
                return e;
        r->summary->rejected++;
        return 0;
}

static int replay(const struct model *model, struct bytes text, replay_row_fn *call, void *data,
                  struct replay_summary *ret, struct complaints *to)
{
        struct replaying r = { model, call, data, ret, to, NULL, NULL };
        int e = -ENOMEM;

        memset(ret, 0, sizeof(*ret));
        r.terms = malloc(sizeof(*r.terms));
        r.statement = calloc(1, sizeof(*r.statement));
        if (r.terms && r.statement)
                e = csv_rows(text, on_row, &r, to);
        if (!e && ret->rows == 0) {
                complaints_add(to, "", "the file has no rows");
                e = REFUSAL_MALFORMED;
        }
        free(r.terms);
        free(r.statement);
        return e;
}

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

int replay_reach(struct bytes text, replay_row_fn *call, void *data, struct replay_summary *ret,
                 struct complaints *to)
{
        static const struct source sources[] = {
                { "final_benchmark", FACT_BENCHMARK, "", false, false },
                { "total_cost", FACT_EXPENDITURE, "", false, false },
                { "quality_score_pct", FACT_QUALITY_SCORE, "", true, true },
        };
        static const struct template_setting settings[] = { { "final", "yes" } };
        static const struct model model = {
                .family = "reach", .year = 2023, .option_column = "risk_arrangement",
                .settings = settings, .setting_count = 1,
                .sources = sources, .source_count = COUNT_OF(sources),
                .published = "net_savings", .unit = 1,
        };

        return replay(&model, text, call, data, ret, to);
}

int replay_kcc(struct bytes text, replay_row_fn *call, void *data, struct replay_summary *ret,
               struct complaints *to)
{
        static const struct source sources[] = {
                { "unadjusted_benchmark", FACT_BENCHMARK, "", false, false },
                { "expenditure", FACT_EXPENDITURE, "", false, false },
                { "quality_score_pct", FACT_QUALITY_SCORE, "", true, false },
                { "esrd_discount", FACT_OTHER_AMOUNT, "esrd-discount", false, true },
        };
        static const struct model model = {
                .family = "kcc", .year = 2023, .option_column = "option",
                .sources = sources, .source_count = COUNT_OF(sources),
                .published = "gross", .line = LINE_SAVINGS, .unit = 100,
        };

        return replay(&model, text, call, data, ret, to);
}
