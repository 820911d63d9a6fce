/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be reported, and what was. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/look.h"
#include "clients/publish.h"
#include "clients/report_json.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

static enum exit_code fetch_terms(const struct reach *reach, const struct contract_id *contract,
                                  struct terms *ret)
{
        struct accord_error error = { 0 };
        const struct terms_row *row;

        if (accord_query_terms(reach->session, contract, 0, &row, &error))
                return reach_failed(&error);
        return terms_decode(row->terms, ret);
}

static enum exit_code write_template(struct call *call, const struct terms *terms, enum side side)
{
        own(json_object) struct json_object *document = NULL;
        FILE *to = out_stream(call->out);
        struct period period = { 0 };
        enum exit_code code = take_period_option(call, "period", &period);
        int r;

        if (code)
                return code;
        if (!terms_period(terms, period)) {
                say_error("%s is no period of these terms; see accord contract show %s --terms",
                          call_value(call, "period"), call->words[0]);
                return EXIT_REFUSED;
        }
        if (out_format(call->out) == FORMAT_CSV || out_format(call->out) == FORMAT_RAW) {
                r = report_template_csv(terms, period, side, to);
                return r ? say_failure(r, "the report") : EXIT_DONE;
        }
        r = report_template_json(terms, period, side, &document);
        if (r)
                return say_failure(r, "the report");
        if (out_wants_json(call->out))
                out_document(call->out, "report", give(document));
        else
                fprintf(to, "%s\n",
                        json_object_to_json_string_ext(document, JSON_C_TO_STRING_PRETTY |
                                                       JSON_C_TO_STRING_SPACED |
                                                       JSON_C_TO_STRING_NOSLASHESCAPE));
        return EXIT_DONE;
}

static enum exit_code template_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        struct contract_id contract;
        enum side side = SIDE_NEITHER;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!terms)
                return say_failure(-ENOMEM, "the terms");
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = publish_side(call, &reach, &contract,
                                    "--side bearer or earner says which one it reports for", &side);
        if (!code)
                code = fetch_terms(&reach, &contract, terms);
        return code ? code : write_template(call, terms, side);
}

const struct verb verb_perf_template = {
        .noun = "perf",
        .name = "template",
        .usage = "CONTRACT",
        .says = "write an empty report, of what the terms ask this side to state; -o csv too",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "period", "PERIOD", "the period it is for: 2025, 2025Q3", OPTION_NEEDED },
                { "side", "bearer|earner", "for whom; the party's own side unless given", 0 },
        },
        .run = template_run,
};

static const struct column list_columns[] = {
        COLUMN("kind", "KIND"),
        COLUMN("item", "ITEM"),
        COLUMN("segment", "SEGMENT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN_RIGHT("value", "VALUE"),
        COLUMN("side", "SAID BY"),
        COLUMN("paid_through", "PAID THROUGH"),
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN_WIDE("event", "EVENT"),
        COLUMN_WIDE("current", "CURRENT"),
        COLUMN_WIDE("supersedes", "REPLACES"),
        COLUMN_WIDE("relayed_for", "RELAYED FOR"),
        COLUMN_WIDE("document_sha256", "DOCUMENT"),
        COLUMNS_END
};

static struct cell value_cell(const struct value *value)
{
        switch (value->unit) {
        case UNIT_CENTS:
                return cell_money(value->num);
        case UNIT_RATE:
                return cell_rate(value->num, value->den);
        case UNIT_FLAG:
                return cell_flag(value->num);
        case UNIT_DATE:
                return cell_day((date)value->num);
        case UNIT_COUNT:
                break;
        }
        return cell_count(value->num);
}

static int list_row(void *with, const struct fact_row *row)
{
        const struct fact_key *key = &row->fact.key;
        const struct fact_kind_info *kind = fact_kind_info(key->kind);

        out_row(with, (struct cell[]) {
                cell_text(kind ? kind->name : "unknown"),
                *key->item.text ? cell_text(key->item.text) : cell_none(),
                name_empty(&key->segment) ? cell_none() : cell_text(key->segment.text),
                cell_day(key->period.from), cell_day(key->period.until - 1),
                value_cell(&row->fact.value), cell_text(word_of(side_words, row->fact.side)),
                cell_day(key->paid_through), cell_id(row->fact.index),
                cell_count((int64_t)row->fact.event), cell_flag(row->current),
                row->has_supersedes ? cell_id(row->supersedes) : cell_none(),
                row->by.is ? cell_text(row->by.party.text) : cell_none(),
                row->by.is ? cell_hex(row->by.document_sha256.octets, 32) : cell_none() });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        out_begin(call->out, "fact", list_columns);
        if (accord_query_facts(reach.session, &contract, call_has(call, "history"), list_row,
                               call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_perf_list = {
        .noun = "perf",
        .name = "list",
        .usage = "CONTRACT",
        .says = "list what both sides have stated",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "history", NULL, "also what was replaced since", 0 },
                AS_OF_OPTION,
        },
        .run = list_run,
};
