/* SPDX-License-Identifier: Apache-2.0 */
/* What of contracts is public: said by who pays, read by everybody. */
#include <stdio.h>
#include <string.h>

#include "core/arrangement.h"
#include "core/own.h"
#include "clients/asking.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code open_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_PUBLICATION };
        const bool closes = call_has(call, "close");
        struct contract_id contract;
        struct accord_about about;
        enum exit_code code = take_contract(call, 0, &contract);

        if (code)
                return code;
        event.publication.measures = call_has(call, "measures");
        event.publication.methods = call_has(call, "methods");
        if (closes == (event.publication.measures || event.publication.methods))
                return call_misused(call, "give --measures, --methods or both, or else --close");
        code = publish_about(call, &contract, &about);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_contract_open = {
        .noun = "contract",
        .name = "open",
        .usage = "CONTRACT",
        .says = "let everybody see what a contract of this payer pays for, or no longer",
        .more = "Which measures, and by which method; never targets, rates or amounts. Only the "
                "bearer says so, and the last word counts. What was seen meanwhile stays seen.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "measures", NULL, "which measures it pays for, and which way is better", 0 },
                { "methods", NULL, "how it pays: the HCP-LAN category", 0 },
                { "close", NULL, "nothing of it is public any more", 0 },
                PUBLISH_OPTIONS,
        },
        .run = open_run,
};

/* ---- what is public */

static const struct column public_columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("relayed", "RELAYED"),
        COLUMN("category", "HCP-LAN"),
        COLUMN("concept", "MEASURE"),
        COLUMN("version", "VERSION"),
        COLUMN("population", "POPULATION"),
        COLUMN("better", "BETTER"),
        COLUMN("common", "COMMON"),
        COLUMNS_END
};

static void public_row(struct out *out, const struct publication_row *row,
                       const struct public_measure *measure)
{
        const struct measure_key *key = measure ? &measure->key : NULL;
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&row->contract, contract);
        out_row(out, (struct cell[]) {
                cell_text(contract), cell_flag(row->relayed),
                row->has_category && row->category < LAN_COUNT
                        ? cell_text(lan_category_word(row->category)) : cell_none(),
                key ? cell_text(key->concept.text) : cell_none(),
                key && !name_empty(&key->version) ? cell_text(key->version.text) : cell_none(),
                key && !name_empty(&key->population) ? cell_text(key->population.text)
                                                     : cell_none(),
                key ? cell_text(key->direction == DIRECTION_LESS ? "less" : "more") : cell_none(),
                key ? cell_flag(measure->common) : cell_none() });
}

static int public_rows(void *with, const struct publication_row *row)
{
        struct out *out = with;

        for (uint32_t i = 0; i < row->measure_count; i++)
                public_row(out, row, &row->measures[i]);
        if (!row->measure_count)
                public_row(out, row, NULL);
        return 0;
}

static enum exit_code public_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_asking(call, &reach);

        if (code)
                return code;
        out_begin(call->out, "publication", public_columns);
        if (accord_query_publications(reach.session, public_rows, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_contract_public = {
        .noun = "contract",
        .name = "public",
        .usage = "",
        .says = "list what contracts pay for, where that is public",
        .more = "Of contracts whose payers opened them, and of absent payers whose programmes the "
                "charter names. COMMON: the measure is of the community's common set.",
        .prints = true,
        .options = {
                AS_OF_OPTION,
        },
        .run = public_run,
};
