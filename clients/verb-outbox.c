/* SPDX-License-Identifier: Apache-2.0 */
/* What was said and waits for its answer. */
#include <inttypes.h>

#include "core/own.h"
#include "clients/publish.h"
#include "clients/verbs.h"

struct listing {
        struct out *out;
        bool all;
};

static int list_item(void *with, const struct accord_item *item)
{
        const struct listing *listing = with;

        if (listing->all || item->state == ACCORD_ITEM_SEALED)
                publish_row(listing->out, item);
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct listing listing = { .out = call->out, .all = call_has(call, "all") };
        struct accord_error error = { 0 };
        enum exit_code code = reach_profile(call->cli, &reach);
        bool there;

        if (code)
                return code;
        /* An outbox that was never written to is as good as an empty one. */
        there = !accord_outbox_read(&reach.outbox, &reach.profile, &error);
        if (!there && error.code != ACCORD_NO_SUCH_THING)
                return reach_failed(&error);
        out_begin(call->out, "submission", publish_columns);
        if (there && accord_outbox_visit(reach.outbox, list_item, &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_outbox_list = {
        .noun = "outbox",
        .name = "list",
        .usage = "",
        .says = "list what waits to be sent; --all: and what was answered",
        .prints = true,
        .options = {
                { "all", NULL, "answered ones too", 0 },
        },
        .run = list_run,
};

static enum exit_code flush_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_outbox_stat stat;
        enum exit_code code;

        if (!call_has(call, "dry-run"))
                return publish_and_prove(call, &reach);
        code = reach_outbox(call->cli, &reach);
        if (code)
                return code;
        accord_outbox_stat(reach.outbox, &stat);
        say_note(call->cli, "%" PRIu64 " would be sent; nothing was", stat.sealed);
        return publish_nothing(call);
}

const struct verb verb_outbox_flush = {
        .noun = "outbox",
        .name = "flush",
        .usage = "",
        .says = "send what waits, the same bytes again where no answer came",
        .prints = true,
        .writes = true,
        .options = {
                { "dry-run", NULL, "say how much waits, send nothing", 0 },
        },
        .run = flush_run,
};
