/* SPDX-License-Identifier: Apache-2.0 */
/* A run to be reviewed first. */
#include <string.h>

#include "core/own.h"
#include "clients/json.h"
#include "clients/plan.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code take_run(const struct call *call, struct run *ret)
{
        const char *word = call->words[2];
        int kind = 0;
        enum exit_code code = take_contract(call, 0, &ret->contract);

        if (!code)
                code = take_period(call, 1, &ret->period);
        if (!code && (!word_parse(run_kind_words, (struct bytes) { word, strlen(word) }, &kind) ||
                      kind == RUN_PREVIEW))
                return call_misused(call, "%s is not interim, final or restated", word);
        ret->kind = (enum run_kind)kind;
        return code ? code : take_day_option(call, "payment", &ret->payment);
}

static enum exit_code plan_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(source) struct source source = { 0 };
        own(json_object) struct json_object *object = NULL;
        const char *path = call_value(call, "plan");
        struct run run = { 0 };
        enum exit_code code = take_run(call, &run);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = source_of_kind(&reach, &run, &source);
        if (!code && path)
                code = plan_write(path, &source);
        if (!code && out_wants_json(call->out))
                code = plan_object(&source, &object);
        if (code)
                return code;
        if (object)
                out_document(call->out, "plan", give(object));
        else
                statement_print(call->out, &source.around, NULL);
        if (path)
                say_note(call->cli, "accord settle run --plan %s carries it out, or nothing at "
                         "all", path);
        return EXIT_DONE;
}

const struct verb verb_settle_plan = {
        .noun = "settle",
        .name = "plan",
        .usage = "CONTRACT PERIOD interim|final|restated",
        .says = "write down what a run would come to, to be reviewed and then run as it is",
        .more = "The file has the whole statement, and the digest that binds the run to it: what "
                "was reviewed is what posts. -o json writes it on standard output.\n\n"
                "  accord settle plan medicare/aco/mssp 2025 final --payment 2026-10-15 --plan "
                "plan.json\n"
                "  accord settle run --plan plan.json --wait",
        .words_least = 3,
        .words_most = 3,
        .prints = true,
        .options = {
                { "payment", "DAY", "when it is to be paid", OPTION_NEEDED },
                { "plan", "FILE", "where to write it; a file that is there is left alone", 0 },
        },
        .run = plan_run,
};
