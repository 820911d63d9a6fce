/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for a settlement: what it would come to, and a run of it. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/plan.h"
#include "clients/publish.h"
#include "clients/settle-source.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code preview_run(struct call *call)
{
        own(source) struct source source = { 0 };
        enum exit_code code = source_preview(call, call->word_count ? call->words[0] : NULL,
                                             &source);

        if (!code)
                statement_print(call->out, &source.around, source_origins(&source));
        return code;
}

const struct verb verb_settle_preview = {
        .noun = "settle",
        .name = "preview",
        .usage = "[CONTRACT]",
        .says = "show what a settlement would come to now; nothing is recorded",
        .more = "A CONTRACT is settled by the hub, with the facts it has. With --terms it is "
                "settled here, by the same rules, without a hub:\n\n"
                "  accord settle preview --terms terms.json --facts payer.json --period 2025",
        .words_most = 1,
        .prints = true,
        .options = {
                { "period", "PERIOD", "the performance period: 2025", 0 },
                SOURCE_OPTIONS,
                AS_OF_OPTION,
        },
        .run = preview_run,
};

/* ---- waiting for the statement of a run that was asked for */

struct waiting {
        uint64_t after;                 /* the request's entry */
        struct period period;
        uint64_t run;                   /* 0: not there yet */
};

static int look_for(void *with, const struct statement_row *row)
{
        struct waiting *waiting = with;

        if (row->run > waiting->after && period_equal(row->period, waiting->period))
                waiting->run = row->run;
        return 0;
}

static enum exit_code wait_for_statement(struct call *call, const struct reach *reach,
                                         const struct contract_id *contract,
                                         struct waiting *waiting)
{
        const struct timespec pause = { .tv_nsec = 50000000 };
        instant until = time_now() + (instant)call->cli->timeout_ms * 1000;
        struct accord_error error = { 0 };

        while (!waiting->run) {
                if (accord_query_statements(reach->session, contract, look_for, waiting, &error))
                        return reach_failed(&error);
                if (waiting->run)
                        break;
                if (time_now() > until) {
                        say_error("the run is recorded and its statement is not there yet; "
                                  "see accord settle list");
                        return EXIT_IN_DOUBT;
                }
                nanosleep(&pause, NULL);
        }
        say_note(call->cli, "accord settle explain %" PRIu64 " shows the statement", waiting->run);
        return EXIT_DONE;
}

static enum exit_code take_options(const struct call *call, struct contract_id *contract,
                                   struct run_request *ret)
{
        int kind = RUN_FINAL;
        enum exit_code code;

        if (!call->word_count || !call_has(call, "period") || !call_has(call, "payment"))
                return call_misused(call, "give a CONTRACT, --period and --payment, or --plan");
        code = take_contract(call, 0, contract);
        if (!code)
                code = take_period_option(call, "period", &ret->period);
        if (!code)
                code = take_word_option(call, "kind", run_kind_words, &kind);
        if (!code)
                code = take_day_option(call, "payment", &ret->payment);
        if (!code && kind == RUN_PREVIEW)
                return call_misused(call, "a preview is not recorded: accord settle preview");
        ret->kind = (enum run_kind)kind;
        return code;
}

static enum exit_code take_request(const struct call *call, struct contract_id *contract,
                                   struct run_request *ret)
{
        if (!call_has(call, "plan"))
                return take_options(call, contract, ret);
        if (call->word_count || call_has(call, "period") || call_has(call, "payment") ||
            call_has(call, "kind"))
                return call_misused(call, "the plan says what is run: give --plan alone");
        return plan_read(call_value(call, "plan"), contract, ret);
}

static enum exit_code run_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_RUN_REQUEST };
        struct waiting waiting = { 0 };
        struct accord_about about;
        struct contract_id contract;
        enum exit_code code = take_request(call, &contract, &event.run_request);

        if (!code)
                code = publish_about(call, &contract, &about);
        if (code)
                return code;
        code = publish(call, &reach, &about, &event, 1, NULL, NULL, &waiting.after);
        if (code || !waiting.after || !call_has(call, "wait"))
                return code;
        waiting.period = event.run_request.period;
        return wait_for_statement(call, &reach, &contract, &waiting);
}

const struct verb verb_settle_run = {
        .noun = "settle",
        .name = "run",
        .usage = "[CONTRACT]",
        .says = "ask for a settlement, which is recorded and binds as its terms say",
        .more = "With --plan it is made only if it says what was reviewed: when facts, terms or "
                "disputes have changed since, nothing is recorded and it ends with 6. Then plan "
                "again.",
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "period", "PERIOD", "the performance period: 2025", 0 },
                { "payment", "DAY", "when it is to be paid", 0 },
                { "kind", "interim|final|restated", "final unless given", 0 },
                { "plan", "FILE", "as planned by accord settle plan, and not otherwise", 0 },
                { "wait", NULL, "wait for the statement, for as long as --timeout", 0 },
                PUBLISH_OPTIONS,
        },
        .run = run_run,
};
