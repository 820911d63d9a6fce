/* SPDX-License-Identifier: Apache-2.0 */
/* What a party says of who is to speak for it, and that it leaves. */
#include <string.h>

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

static enum exit_code leave_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_DEPARTURE };
        struct departure *said = &event.departure;
        const char *because = call_value(call, "because");
        struct accord_about about;
        enum exit_code code = take_day_option(call, "on", &said->effective);

        if (!code)
                code = take_name_option(call, "into", &said->into);
        said->reason = (struct bytes) { because, because ? strlen(because) : 0 };
        if (!code)
                code = publish_about(call, NULL, &about);
        if (!code && !call_agreed(call, "From %s on this party offers, accepts, proposes and votes "
                                  "nothing any more, for good. Go on?", call_value(call, "on")))
                code = EXIT_USAGE;
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_party_leave = {
        .noun = "party",
        .name = "leave",
        .usage = "",
        .says = "say that this party leaves the community",
        .more = "From that day on it makes no offers, accepts nothing new, and has no seat in the "
                "council; its contracts go on as they are, and it goes on reporting, settling and "
                "being paid. With --into another party may act for it in all of them, as after a "
                "merger: that takes a node that has all rights. All it has contracts with and the "
                "council are told. It cannot be taken back: who comes back is admitted under a "
                "name of its own.",
        .prints = true,
        .writes = true,
        .options = {
                { "on", "DAY", "the first day on which it is no member any more", OPTION_NEEDED },
                { "into", "PARTY", "goes on in its place", 0 },
                { "because", "TEXT", "why, for the others", 0 },
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = leave_run,
};

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
