/* SPDX-License-Identifier: Apache-2.0 */
/* Reports as CSV: one figure a row, and the empty report to fill in, in both forms. */
#include <errno.h>
#include <string.h>

#include "clients/csv_rows.h"
#include "clients/report_figure.h"
#include "clients/step_json.h"
#include "clients/words.h"
#include "core/check.h"
#include "core/inputs.h"

static const struct csv_column columns[] = {
        { "contract", false }, { "segment", false }, { "kind", true },
        { "item", false }, { "from", true }, { "through", true },
        { "paid_through", false }, { "value", true }, { "supersedes", false },
        { NULL, false }
};

const char *report_csv_header(void)
{
        return "contract,segment,kind,item,from,through,paid_through,value,supersedes\n";
}

struct reading {
        struct report *report;
        struct complaints *to;
};

/* A file is about one contract; every row may say so again. */
static bool same_contract(struct report *report, const struct csv_row *row, struct complaints *to)
{
        const struct bytes text = csv_field(row, "contract");
        struct contract_id contract;

        if (text.size == 0)
                return true;
        if (!contract_id_parse(text, &contract)) {
                complaints_add_at(to, row->line, 0, "contract",
                                  "must be BEARER/EARNER/LABEL, three words");
                return false;
        }
        if (report->count == 0 && contract_id_empty(&report->contract))
                report->contract = contract;
        if (contract_id_equal(&contract, &report->contract))
                return true;
        complaints_add_at(to, row->line, 0, "contract",
                          "is another contract than the first row's: one file, one contract");
        return false;
}

static int on_row(const struct csv_row *row, void *data)
{
        struct reading *reading = data;
        struct figure_text text;
        struct fact_event event;

        if (!row->header)
                return csv_header(row, columns, reading->to);
        text = (struct figure_text) {
                .kind = csv_field(row, "kind"),
                .item = csv_field(row, "item"),
                .segment = csv_field(row, "segment"),
                .from = csv_field(row, "from"),
                .through = csv_field(row, "through"),
                .paid_through = csv_field(row, "paid_through"),
                .value = csv_field(row, "value"),
                .supersedes = csv_field(row, "supersedes"),
        };
        if (!same_contract(reading->report, row, reading->to) ||
            figure_read(&text, &event, row->line, "", reading->to)) {
                reading->report->rejected++;
                return 0;
        }
        if (reading->report->count == REPORT_FIGURES_MAX) {
                complaints_add_at(reading->to, row->line, 0, "", "more than %d figures in one file",
                                  REPORT_FIGURES_MAX);
                return REFUSAL_MALFORMED;
        }
        return report_add(reading->report, &event, row->line);
}

int report_from_csv(struct bytes text, struct report *ret, struct complaints *to)
{
        struct reading reading = { .report = ret, .to = to };

        memset(ret, 0, sizeof(*ret));
        if (text.size == 0) {
                complaints_add(to, "", "the file is empty: it begins with %s", report_csv_header());
                return REFUSAL_MALFORMED;
        }
        return csv_rows(text, on_row, &reading, to);
}

/* ---- the empty report */

static const char *unit_hint(enum unit unit)
{
        switch (unit) {
        case UNIT_CENTS:
                return "money: 1234.56";
        case UNIT_COUNT:
                return "a count: 1234";
        case UNIT_RATE:
                return "a rate: 0.9217, 92.17% or 1/3";
        case UNIT_FLAG:
                return "yes or no";
        case UNIT_DATE:
                break;
        }
        return "";
}

static const char *need_hint(enum read_need need)
{
        switch (need) {
        case READ_ALWAYS:
                return "needed";
        case READ_WHEN_IT_MATTERS:
                return "needed where the result depends on it";
        case READ_IF_SO:
                break;
        }
        return "an exception: take it out if it does not hold";
}

static struct json_object *empty_figure(const struct input *input)
{
        own(json_object) struct json_object *object = json_object_new_object();
        const struct fact_kind_info *info = fact_kind_info((unsigned int)input->kind);
        char says[256];

        assert(info);
        snprintf(says, sizeof(says), "%s (%s%s)", info->says, need_hint(input->need),
                 input->many ? "; once for each, under an item of its own" : "");
        if (json_put_member(object, "kind", json_object_new_string(info->name)) ||
            (input->item.text[0] &&
             json_put_member(object, "item", json_object_new_string(input->item.text))) ||
            (input->year &&
             json_put_member(object, "period", json_of_period(calendar_year(input->year)))) ||
            json_put_member(object, "value", json_object_new_string("")) ||
            json_put_member(object, "unit", json_object_new_string(unit_hint(info->unit))) ||
            json_put_member(object, "says", json_object_new_string(says)))
                return NULL;
        return give(object);
}

static int put_figures(struct json_object *document, const struct input *inputs, size_t count,
                       enum side side)
{
        own(json_object) struct json_object *list = json_object_new_array();
        int r = 0;

        for (size_t i = 0; !r && i < count; i++)
                if (inputs[i].of_record == side || inputs[i].other == REPORT_MUST)
                        r = json_put_element(list, empty_figure(&inputs[i]));
        return r ? r : json_put_member(document, "figures", give(list));
}

/* Claims count that are paid through this day. */
static date runout_ends(const struct terms *terms, struct period period)
{
        date last = date_add_months(period.until, (int)terms->runout_months) - 1;

        return last < DATE_LAST ? last : DATE_LAST;
}

int report_template_json(const struct terms *terms, struct period period, enum side side,
                         struct json_object **ret)
{
        own(json_object) struct json_object *document = json_object_new_object();
        struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(terms, inputs);
        const char *who = word_of(side_words, (int)side);
        char contract[CONTRACT_ID_MAX + 1];
        int r = json_put_member(document, "schema", json_object_new_string(REPORT_SCHEMA));

        assert(who);
        *ret = NULL;
        contract_id_print(&terms->contract, contract);
        r = r ? r : json_put_member(document, "contract", json_object_new_string(contract));
        r = r ? r : json_put_member(document, "side", json_object_new_string(who));
        r = r ? r : json_put_member(document, "period", json_of_period(period));
        r = r ? r
              : json_put_member(document, "paid_through", json_of_date(runout_ends(terms, period)));
        r = r ? r : put_figures(document, inputs, count, side);
        if (!r)
                *ret = give(document);
        return r;
}

static void print_empty(const char *contract, const struct input *input, struct period period,
                        const char *paid, FILE *to)
{
        char from[11], through[11];

        if (input->year)
                period = calendar_year(input->year);
        date_print(period.from, from);
        date_print(period.until - 1, through);
        fprintf(to, "%s,,%s,%s,%s,%s,%s,,\n", contract,
                fact_kind_info((unsigned int)input->kind)->name, input->item.text, from, through,
                paid);
}

int report_template_csv(const struct terms *terms, struct period period, enum side side, FILE *to)
{
        struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(terms, inputs);
        char contract[CONTRACT_ID_MAX + 1], paid[11];

        contract_id_print(&terms->contract, contract);
        date_print(runout_ends(terms, period), paid);
        fputs(report_csv_header(), to);
        for (size_t i = 0; i < count; i++)
                if (inputs[i].of_record == side || inputs[i].other == REPORT_MUST)
                        print_empty(contract, &inputs[i], period, paid, to);
        return ferror(to) ? -EIO : 0;
}
