/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the hub: a run, the newest run of a contract, a preview. */
#include "clients/settle-source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/exact_read.h"
#include "clients/take.h"
#include "clients/terms-file.h"

void source_cleanup(struct source *source)
{
        free(source->statement);
        free(source->terms);
        sink_cleanup(&source->record);
        json_object_put(source->document);
}

const struct origins *source_origins(const struct source *source)
{
        return source->here ? &source->origins : NULL;
}

static int newest(void *with, const struct statement_row *row)
{
        uint64_t *run = with;

        *run = row->run > *run ? row->run : *run;
        return 0;
}

/* A run by its number, or the newest of a contract. */
static enum exit_code find_run(const struct call *call, const char *word,
                               const struct reach *reach, uint64_t *ret)
{
        const struct bytes text = { word, strlen(word) };
        struct accord_error error = { 0 };
        struct contract_id contract;

        if (!strchr(word, '/'))
                return id_parse(text, ret) && *ret < UINT64_MAX
                               ? EXIT_DONE
                               : call_misused(call, "%s is no number of a run, and no file", word);
        if (!contract_id_parse(text, &contract))
                return call_misused(call, "%s is no contract: BEARER/EARNER/LABEL, and no file",
                                    word);
        *ret = 0;
        if (accord_query_statements(reach->session, &contract, newest, ret, &error))
                return reach_failed(&error);
        if (*ret)
                return EXIT_DONE;
        say_error("%s has no statement yet; accord settle preview shows what it would be", word);
        return EXIT_ABSENT;
}

/* The session's memory is used again by the next question: what is to be kept is copied. */
static enum exit_code keep(struct source *ret)
{
        int r;

        ret->statement = malloc(sizeof(*ret->statement));
        if (!ret->statement)
                return say_failure(-ENOMEM, "the statement");
        *ret->statement = *ret->around.statement;
        ret->around.statement = ret->statement;
        r = sink_new(&ret->record, ret->around.record.size + 1, ret->around.record.size + 1);
        if (!r)
                r = sink_put(&ret->record, ret->around.record);
        ret->around.record = sink_bytes(&ret->record);
        return r ? say_failure(r, "the statement") : statement_check(ret->statement);
}

static enum exit_code fetch_terms(const struct reach *reach, struct source *ret)
{
        const struct statement *statement = ret->statement;
        struct accord_error error = { 0 };
        const struct terms_row *row;

        ret->terms = calloc(1, sizeof(*ret->terms));
        if (!ret->terms)
                return say_failure(-ENOMEM, "the terms");
        if (accord_query_terms(reach->session, &statement->run.contract, statement->terms_version,
                               &row, &error))
                return reach_failed(&error);
        if (memcmp(row->terms_sha256.octets, statement->terms_digest, 32) == 0)
                return terms_decode(row->terms, ret->terms);
        say_error("the terms that the hub gives are not those of the statement");
        return EXIT_INTEGRITY;
}

static int find_row(void *with, const struct statement_row *row)
{
        struct source *source = with;

        if (row->run == source->statement->run.cut) {
                source->row = *row;
                source->around.row = &source->row;
        }
        return 0;
}

/* Where it stands now, which its own record cannot say. */
static enum exit_code fetch_row(const struct reach *reach, struct source *ret)
{
        struct accord_error error = { 0 };

        if (accord_query_statements(reach->session, &ret->statement->run.contract, find_row, ret,
                                    &error))
                return reach_failed(&error);
        return EXIT_DONE;
}

enum exit_code source_of_run(const struct reach *reach, uint64_t run, struct source *ret)
{
        struct accord_error error = { 0 };
        enum exit_code code;

        if (accord_query_statement(reach->session, run, &ret->around, &error))
                return reach_failed(&error);
        code = keep(ret);
        return code ? code : fetch_row(reach, ret);
}

enum exit_code source_to_answer(const struct call *call, struct reach *reach, uint64_t *ret_run,
                                struct source *ret, struct accord_about *ret_about)
{
        enum exit_code code = take_number(call, 0, ret_run);

        if (!code)
                code = reach_hub(call->cli, reach);
        if (!code)
                code = source_of_run(reach, *ret_run, ret);
        return code ? code : publish_about(call, &ret->statement->run.contract, ret_about);
}

static enum exit_code of_run(struct call *call, const char *word, bool terms, struct source *ret)
{
        own(reach) struct reach reach = { 0 };
        enum exit_code code;
        uint64_t run = 0;

        code = reach_asking(call, &reach);
        if (!code)
                code = find_run(call, word, &reach, &run);
        if (!code)
                code = source_of_run(&reach, run, ret);
        return code || !terms ? code : fetch_terms(&reach, ret);
}

/* The terms of a file's statement: within it, or given beside it; those and no others. */
static enum exit_code terms_beside(struct call *call, const char *word, struct source *ret)
{
        own(sink) struct sink bytes = { 0 };
        const char *path = call_value(call, "terms");
        struct digest digest;
        enum exit_code code = EXIT_DONE;

        if (!ret->terms && path)
                code = terms_file_read(path, &ret->terms);
        if (code)
                return code;
        if (!ret->terms) {
                say_error("%s has not the terms it carries out: give --terms FILE, or write it "
                          "with accord settle explain -o json", word);
                return EXIT_ABSENT;
        }
        code = terms_encode(ret->terms, &bytes, &digest);
        if (code || memcmp(digest.octets, ret->statement->terms_digest, 32) == 0)
                return code;
        say_error("the terms of %s are not those that its statement carries out: their digests "
                  "differ", path ? path : word);
        return EXIT_INTEGRITY;
}

enum exit_code source_find(struct call *call, const char *word, bool terms, struct source *ret)
{
        enum exit_code code;

        if (strcmp(word, "-") != 0 && access(word, F_OK) != 0 && !strstr(word, ".json"))
                return of_run(call, word, terms, ret);
        code = source_from_file(word, ret);
        return code || !terms ? code : terms_beside(call, word, ret);
}

/* What the hub would come to now, in another period or paid on another day if options say so. */
static enum exit_code ask(struct call *call, const struct contract_id *contract,
                          struct period period, date payment, struct source *ret)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = take_period_option(call, "period", &period);

        if (!code)
                code = take_day_option(call, "payment", &payment);
        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        if (accord_query_preview(reach.session, contract, period, payment, 0, &ret->around,
                                 &error))
                return reach_failed(&error);
        code = keep(ret);
        return code ? code : fetch_terms(&reach, ret);
}

enum exit_code source_of_kind(const struct reach *reach, const struct run *run,
                              struct source *ret)
{
        struct accord_error error = { 0 };

        if (accord_query_preview(reach->session, &run->contract, run->period, run->payment,
                                 run->kind, &ret->around, &error))
                return reach_failed(&error);
        return keep(ret);
}

static enum exit_code of_hub(struct call *call, const char *word, struct source *ret)
{
        const struct period none = { 0, 0 };
        struct contract_id contract;

        if (!contract_id_parse((struct bytes) { word, strlen(word) }, &contract))
                return call_misused(call, "%s is no contract: BEARER/EARNER/LABEL", word);
        if (!call_has(call, "period"))
                return call_misused(call, "--period PERIOD is missing");
        return ask(call, &contract, none, day_today(), ret);
}

enum exit_code source_again(struct call *call, const struct statement *like, struct source *ret)
{
        return ask(call, &like->run.contract, like->run.period, like->run.payment, ret);
}

enum exit_code source_preview(struct call *call, const char *contract, struct source *ret)
{
        if (contract && call_has(call, "terms"))
                return call_misused(call, "a CONTRACT is settled by the hub, --terms without one: "
                                          "give one of them");
        if (contract && (call_has(call, "facts") || call_has(call, "carried")))
                return call_misused(call, "--facts and --carried go with --terms");
        if (contract)
                return of_hub(call, contract, ret);
        if (!call_has(call, "terms"))
                return call_misused(call, "what is to be settled? Give a CONTRACT, or --terms and "
                                          "--facts");
        return source_from_files(call, ret);
}
