/* SPDX-License-Identifier: Apache-2.0 */
/* The running hub looks through its ledger now, not when the next pass is due. */
#include "core/own.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/verbs.h"

static enum exit_code scrub_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_request request = { .kind = CONTROL_SCRUB };
        const struct control_answer *answer;
        struct accord_error error = { 0 };

        if (accord_control_open(&control, cli_get(call->cli, SETTING_CONTROL), &error) ||
            accord_control_ask(control, &request, call->cli->timeout_ms, &answer, &error))
                return reach_failed(&error);
        say_note(call->cli, "%.*s; accord ledger stat shows how far it is, under process.scrub",
                 (int)answer->says.size, (const char *)answer->says.data);
        return EXIT_DONE;
}

const struct verb verb_ledger_scrub = {
        .noun = "ledger",
        .name = "scrub",
        .usage = "",
        .says = "have the running hub look through its whole ledger now",
        .more = "Every entry against its leaf, every node against what lies under it, the books "
                "against their entries, beside the work. The hub does so by itself as [scrub] "
                "says, more slowly. When it finds damage it takes and signs nothing from then "
                "on, and says so in its log and its figures.",
        .unsettled = true,
        .run = scrub_run,
};
