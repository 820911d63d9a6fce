/* SPDX-License-Identifier: Apache-2.0 */
/* Disputes, what was proposed to end them, and what was decided. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/decisions.h"
#include "clients/json.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/standing.h"
#include "clients/statement-json.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("what", "WHAT"),
        COLUMN("state", "STATE"),
        COLUMN("by", "BY"),
        COLUMN_WIDE("side", "SIDE"),
        COLUMN_RIGHT("run", "RUN"),
        COLUMN_RIGHT("claims", "CLAIMS"),
        COLUMN("decides", "DECIDES"),
        COLUMN("says", "WHY"),
        COLUMN_WIDE("evidence", "EVIDENCE"),
        COLUMN_WIDE("evidence_sha256", "ITS DIGEST"),
        COLUMN_RIGHT("ended", "ENDED BY"),
        COLUMN("time", "TIME"),
        COLUMN_WIDE("lines", "LINES"),
        COLUMNS_END
};

#define TEXT_MOST 2048

struct joined {
        struct json_object *list;
        char text[TEXT_MOST];
};

static void join(void *with, const char *sentence)
{
        struct joined *joined = with;
        size_t used = strlen(joined->text);

        json_object_array_add(joined->list, json_object_new_string(sentence));
        snprintf(joined->text + used, TEXT_MOST - used, "%s%s", used ? "; " : "", sentence);
}

static struct cell decides(const struct dispute_row *row, struct joined *joined)
{
        *joined = (struct joined) { .list = json_object_new_array() };
        if (row->has_decisions)
                decisions_says(&row->decisions, join, joined);
        return cell_json(joined->list, joined->text);
}

/* The statement's lines by their numbers from 1, as its page has them. */
static struct cell lines(const struct dispute_row *row, struct joined *joined)
{
        char text[128], exact[LOOK_MAX];

        *joined = (struct joined) { .list = json_object_new_array() };
        for (uint32_t i = 0; row->has_dispute && i < row->dispute.line_count; i++) {
                const struct disputed_line *line = &row->dispute.lines[i];

                snprintf(text, sizeof(text), "line %" PRIu32 " = %.100s", line->line + 1,
                         look_fraction(line->exact, exact));
                join(joined, text);
        }
        return cell_json(joined->list, joined->text);
}

static char *text_of(struct bytes bytes, char ret[TEXT_MOST])
{
        snprintf(ret, TEXT_MOST, "%.*s", (int)bytes.size,
                 bytes.size ? (const char *)bytes.data : "");
        return make_harmless(ret);
}

static int list_row(void *with, const struct dispute_row *row)
{
        const struct dispute *dispute = &row->dispute;
        const struct cell none = cell_none();
        char by[2 * NAME_MAX_LENGTH + 2], why[TEXT_MOST], evidence[TEXT_MOST];
        struct joined said, wrong;

        snprintf(by, sizeof(by), "%s/%s", row->by.party.text, row->by.node.text);
        out_row(with, (struct cell[]) {
                cell_id(row->index), cell_text(word_of(dispute_what_words, row->what)),
                cell_text(word_of(dispute_state_words, row->state)), cell_text(by),
                cell_text(word_of(side_words, row->side)),
                row->has_dispute ? cell_id(dispute->run) : none,
                row->has_dispute ? cell_money(dispute->claims) : none, decides(row, &said),
                cell_text(text_of(row->has_dispute ? dispute->says : row->says, why)),
                row->has_dispute && dispute->has_evidence
                        ? cell_text(text_of(dispute->evidence, evidence)) : none,
                row->has_dispute && dispute->has_evidence
                        ? cell_hex(dispute->evidence_sha256.octets, 32) : none,
                row->ended ? cell_id(row->ended) : none, cell_time(row->time),
                lines(row, &wrong) });
        return 0;
}

static enum exit_code disputes_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        out_begin(call->out, "dispute", columns);
        if (accord_query_disputes(reach.session, &contract, list_row, call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_settle_disputes = {
        .noun = "settle",
        .name = "disputes",
        .usage = "CONTRACT",
        .says = "list disputes, what was proposed to end them, and what was decided",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = disputes_run,
};
