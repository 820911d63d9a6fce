/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: what there are, and each line by line. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/reach.h"
#include "clients/statement-page.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

static const struct column list_columns[] = {
        COLUMN_RIGHT("run", "RUN"),
        COLUMN("contract", "CONTRACT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN("kind", "KIND"),
        COLUMN_RIGHT("number", "NUMBER"),
        COLUMN("status", "STATUS"),
        COLUMN_RIGHT("payable", "PAYABLE"),
        COLUMN("stale", "STALE"),
        COLUMN_WIDE("earned", "EARNED"),
        COLUMN_WIDE("relayed", "RELAYED"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMNS_END
};

/* "facts, carry": what a run would read now and this one did not. */
static const char *stale_words(uint32_t stale, char ret[64])
{
        static const struct { uint32_t bit; const char *word; } words[] = {
                { STALE_FACTS, "facts" }, { STALE_TERMS, "terms" }, { STALE_CARRY, "carry" },
                { STALE_UPSTREAM, "upstream" },
        };
        size_t used = 0;

        ret[0] = '\0';
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (stale & words[i].bit)
                        used += (size_t)snprintf(ret + used, 64 - used, "%s%s", used ? ", " : "",
                                                 words[i].word);
        return ret;
}

static int list_row(void *with, const struct statement_row *row)
{
        bool known = row->status == STATEMENT_CALCULATED;
        char contract[CONTRACT_ID_MAX + 1], stale[64];

        contract_id_print(&row->contract, contract);
        out_row(with, (struct cell[]) {
                cell_id(row->run), cell_text(contract), cell_day(row->period.from),
                cell_day(row->period.until - 1), cell_text(word_of(run_kind_words, row->kind)),
                cell_count(row->number), cell_text(word_of(status_words, row->status)),
                known ? cell_money(row->payable) : cell_none(),
                row->stale ? cell_text(stale_words(row->stale, stale)) : cell_none(),
                known ? cell_money(row->earned) : cell_none(), cell_flag(row->relayed),
                cell_id(row->index), cell_time(row->time) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = call->word_count ? take_contract(call, 0, &contract) : EXIT_DONE;

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (code)
                return code;
        out_begin(call->out, "settlement", list_columns);
        if (accord_query_statements(reach.session, call->word_count ? &contract : NULL, list_row,
                                    call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_settle_list = {
        .noun = "settle",
        .name = "list",
        .usage = "[CONTRACT]",
        .says = "list the statements of a contract, or of all",
        .more = "STALE says what a run would read now and this statement did not: facts, terms, "
                "carry (the statement of the period before), upstream (a statement of another "
                "contract that a fact is from). Restate the period to take it in.",
        .words_most = 1,
        .prints = true,
        .run = list_run,
};

/* ---- one of them */

static int newest(void *with, const struct statement_row *row)
{
        uint64_t *run = with;

        *run = row->run > *run ? row->run : *run;
        return 0;
}

/* A run by its number, or the newest of a contract. */
static enum exit_code find_run(const struct call *call, const struct reach *reach, uint64_t *ret)
{
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code;

        if (!strchr(call->words[0], '/'))
                return take_number(call, 0, ret);
        code = take_contract(call, 0, &contract);
        if (code)
                return code;
        *ret = 0;
        if (accord_query_statements(reach->session, &contract, newest, ret, &error))
                return reach_failed(&error);
        if (*ret)
                return EXIT_DONE;
        say_error("%s has no statement yet; accord settle preview shows what it would be",
                  call->words[0]);
        return EXIT_ABSENT;
}

/* The session's memory is used again by the next question: what is to be kept is copied. */
static enum exit_code fetch(const struct reach *reach, uint64_t run, struct statement *ret,
                            struct accord_statement *ret_around, struct sink *record)
{
        struct accord_error error = { 0 };
        int r;

        if (accord_query_statement(reach->session, run, ret_around, &error))
                return reach_failed(&error);
        *ret = *ret_around->statement;
        ret_around->statement = ret;
        r = sink_new(record, ret_around->record.size + 1, ret_around->record.size + 1);
        if (!r)
                r = sink_put(record, ret_around->record);
        ret_around->record = sink_bytes(record);
        return r ? say_failure(r, "the statement") : statement_check(ret);
}

static enum exit_code fetch_terms(const struct reach *reach, const struct statement *statement,
                                  struct terms *ret)
{
        struct accord_error error = { 0 };
        const struct terms_row *row;

        if (accord_query_terms(reach->session, &statement->run.contract, statement->terms_version,
                               &row, &error))
                return reach_failed(&error);
        if (memcmp(row->terms_sha256.octets, statement->terms_digest, 32) == 0)
                return terms_decode(row->terms, ret);
        say_error("the terms that the hub gives are not those of the statement");
        return EXIT_INTEGRITY;
}

static void statement_cleanup(struct statement **statement)
{
        free(*statement);
}

static enum exit_code show(struct call *call, bool explain)
{
        own(reach) struct reach reach = { 0 };
        own(statement) struct statement *statement = calloc(1, sizeof(*statement));
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink record = { 0 };
        struct accord_statement around;
        enum exit_code code;
        uint64_t run;

        if (!statement || !terms)
                return say_failure(-ENOMEM, "the statement");
        code = reach_hub(call->cli, &reach);
        if (!code)
                code = find_run(call, &reach, &run);
        if (!code)
                code = fetch(&reach, run, statement, &around, &record);
        if (!code && explain)
                code = fetch_terms(&reach, statement, terms);
        if (!code)
                statement_print(call->out, &around, explain ? terms : NULL);
        return code;
}

static enum exit_code show_run(struct call *call)
{
        return show(call, false);
}

static enum exit_code explain_run(struct call *call)
{
        return show(call, true);
}

const struct verb verb_settle_show = {
        .noun = "settle",
        .name = "show",
        .usage = "RUN|CONTRACT",
        .says = "show a statement: every figure, the rule it follows, the facts, the result",
        .more = "RUN is the number that `settle list` shows; a CONTRACT stands for its newest run. "
                "The hub's signature is checked. -o raw: the signed record itself.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .run = show_run,
};

const struct verb verb_settle_explain = {
        .noun = "settle",
        .name = "explain",
        .usage = "RUN|CONTRACT",
        .says = "show a statement together with the terms it carries out, step by step",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .run = explain_run,
};
