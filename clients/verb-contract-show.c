/* SPDX-License-Identifier: Apache-2.0 */
/* What contracts there are, and what they say. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

static const char *contract_word(enum contract_state state)
{
        switch (state) {
        case CONTRACT_OFFERED:
                return "offered";
        case CONTRACT_IN_FORCE:
                return "in force";
        case CONTRACT_TERMINATED:
                return "terminated";
        case CONTRACT_RELAYED:
                return "relayed";
        case CONTRACT_LAPSED:
                return "lapsed";
        }
        return "unknown";
}

static const char *awaited_word(uint32_t awaited)
{
        static const char *const words[] = { NULL, "bearer", "earner", "both" };

        return words[awaited & 3];
}

static const struct column list_columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("state", "STATE"),
        COLUMN_RIGHT("version_in_force", "IN FORCE"),
        COLUMN_RIGHT("version_offered", "OFFERED"),
        COLUMN("awaited", "AWAITED"),
        COLUMN("standing", "STANDING"),
        COLUMN_WIDE("ends", "ENDS"),
        COLUMN("title", "TITLE"),
        COLUMNS_END
};

static int list_row(void *with, const struct contract_row *row)
{
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&row->contract, contract);
        out_row(with, (struct cell[]) {
                cell_text(contract), cell_text(contract_word(row->state)),
                row->version_in_force ? cell_count(row->version_in_force) : cell_none(),
                row->version_offered ? cell_count(row->version_offered) : cell_none(),
                cell_text(awaited_word(row->awaited)),
                cell_text(word_of(standing_words, row->standing)), cell_day(row->ends),
                cell_text(row->title.text) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_asking(call, &reach);

        if (code)
                return code;
        out_begin(call->out, "contract", list_columns);
        if (accord_query_contracts(reach.session, list_row, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_contract_list = {
        .noun = "contract",
        .name = "list",
        .usage = "",
        .says = "list the party's contracts, and whose signature is awaited",
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = list_run,
};

static const char *terms_word(enum terms_state state)
{
        switch (state) {
        case TERMS_ON_OFFER:
                return "on offer";
        case TERMS_ACCEPTED:
                return "accepted";
        case TERMS_REPLACED:
                return "replaced";
        case TERMS_LAPSED:
                return "lapsed";
        case TERMS_RELAYED:
                return "relayed";
        }
        return "unknown";
}

static const struct column show_columns[] = {
        COLUMN("contract", "contract"),
        COLUMN("title", "title"),
        COLUMN("version", "version"),
        COLUMN("state", "state"),
        COLUMN("standing", "standing"),
        COLUMN("agreement_from", "agreement from"),
        COLUMN("agreement_through", "agreement through"),
        COLUMN("periods", "periods"),
        COLUMN("steps", "steps"),
        COLUMN("terms_sha256", "digest of the terms"),
        COLUMN("index", "offered in entry"),
        COLUMN("accepted_by", "accepted by"),
        COLUMNS_END
};

static struct cell accepted_by(const struct terms_row *row, char *text, size_t room)
{
        struct json_object *list = json_object_new_array();
        char node[2 * NAME_MAX_LENGTH + 2];

        text[0] = '\0';
        for (uint32_t i = 0; i < row->accepted_count; i++) {
                snprintf(node, sizeof(node), "%s/%s", row->accepted_by[i].party.text,
                         row->accepted_by[i].node.text);
                json_object_array_add(list, json_object_new_string(node));
                snprintf(text + strlen(text), room - strlen(text), "%s%s", *text ? " " : "", node);
        }
        return cell_json(list, text);
}

static void show_record(struct call *call, const struct terms_row *row, const struct terms *terms)
{
        char contract[CONTRACT_ID_MAX + 1], accepted[ACCEPTANCES_MAX * 70];

        contract_id_print(&terms->contract, contract);
        out_record(call->out, "contract-terms", show_columns, (struct cell[]) {
                cell_text(contract), cell_text(terms->title.text), cell_count(terms->version),
                cell_text(terms_word(row->state)),
                cell_text(word_of(standing_words, terms->standing)),
                cell_day(terms->agreement.from), cell_day(terms->agreement.until - 1),
                cell_count(terms->period_count), cell_count(terms->step_count),
                cell_hex(row->terms_sha256.octets, sizeof(row->terms_sha256.octets)),
                cell_id(row->index), accepted_by(row, accepted, sizeof(accepted)) });
}

static enum exit_code show_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        struct accord_error error = { 0 };
        const struct terms_row *row;
        struct contract_id contract;
        struct digest digest;
        uint64_t version = 0;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_number_option(call, "version", UINT32_MAX, &version);
        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        if (accord_query_terms(reach.session, &contract, (uint32_t)version, &row, &error))
                return reach_failed(&error);
        code = terms ? terms_decode(row->terms, terms) : say_failure(-ENOMEM, "the terms");
        if (code)
                return code;
        memcpy(digest.octets, row->terms_sha256.octets, sizeof(digest.octets));
        if (call_has(call, "terms") || out_format(call->out) == FORMAT_RAW)
                return terms_print(call->out, terms, row->terms, &digest);
        show_record(call, row, terms);
        return EXIT_DONE;
}

const struct verb verb_contract_show = {
        .noun = "contract",
        .name = "show",
        .usage = "CONTRACT",
        .says = "show where a contract stands; --terms: what it says",
        .more = "With --terms, -o json writes the file that `contract publish` reads, and -o raw "
                "the very bytes whose digest is signed.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "version", "N", "this version of the terms; the newest unless given", 0 },
                { "terms", NULL, "the terms themselves, step by step", 0 },
                AS_OF_OPTION,
        },
        .run = show_run,
};
