/* SPDX-License-Identifier: Apache-2.0 */
/* What a party says of who is to speak for it. */
#include "core/own.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code object_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_SUCCESSION_OBJECTION };
        struct accord_about about;
        enum exit_code code = take_number(call, 0, &event.succession_objection.succession);

        if (!code)
                code = publish_about(call, NULL, &about);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_party_object = {
        .noun = "party",
        .name = "object",
        .usage = "ENTRY",
        .says = "end a succession to this party that was announced: somebody is still there",
        .more = "ENTRY is that of the announcement: accord signal list shows it as the cause of "
                "succession_announced. Takes a node with the right to terms.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                PUBLISH_OPTIONS,
        },
        .run = object_run,
};
