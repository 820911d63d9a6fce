/* SPDX-License-Identifier: Apache-2.0 */
/* Agreeing with a statement. */
#include <inttypes.h>
#include <string.h>

#include "core/own.h"
#include "clients/publish.h"
#include "clients/settle-source.h"
#include "clients/standing.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

/* Shows what is about to be signed. */
static void show(const struct call *call, const struct source *source)
{
        char result[RESULT_MAX], stands[STANDS_MAX];

        say_note(call->cli, "%s", statement_result(source->statement, result));
        if (source->around.row)
                say_note(call->cli, "%s", statement_stands(source->around.row, stands));
}

static enum exit_code accept_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(source) struct source source = { 0 };
        struct event event = { .kind = EVENT_STATEMENT_ACCEPTANCE };
        struct accord_about about;
        struct digest digest;
        uint64_t run;
        enum exit_code code = source_to_answer(call, &reach, &run, &source, &about);

        if (!code)
                code = terms_digest(source.around.record, &digest);
        if (code)
                return code;
        show(call, &source);
        if (!call_agreed(call, "Accept this statement for %s?",
                         reach_party(&reach, &about)->text))
                return EXIT_USAGE;
        event.statement_acceptance.run = run;
        memcpy(event.statement_acceptance.statement_sha256.octets, digest.octets,
               sizeof(digest.octets));
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_settle_accept = {
        .noun = "settle",
        .name = "accept",
        .usage = "RUN",
        .says = "agree with a statement; when both sides have, it posts",
        .more = "What is signed is the digest of the hub's own record of the statement, after "
                "showing what it says. A statement that was replaced, or that a side disputes, "
                "can no longer be accepted: that ends with 6.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = accept_run,
};
