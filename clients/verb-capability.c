/* SPDX-License-Identifier: Apache-2.0 */
/* What a provider has to care with. */
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "proto/limits.h"

static enum exit_code take_kind(const struct call *call, enum capability_kind *ret)
{
        const char *word = call->words[0];
        unsigned int kind = capability_of_word((struct bytes) { word, strlen(word) });

        if (!kind)
                return call_misused(call, "%s is no capability: see accord capability publish "
                                    "--help", word);
        *ret = (enum capability_kind)kind;
        return EXIT_DONE;
}

static enum exit_code take_count(const struct call *call, struct capability *capability)
{
        enum exit_code code = take_number_option(call, "count", COUNT_MAX, &capability->count);

        capability->has = !call_has(call, "none");
        capability->has_count = call_has(call, "count");
        if (code || !capability->has_count)
                return code;
        if (!capability->has)
                return call_misused(call, "--count and --none do not go together");
        if (!capability_is_counted(capability->kind) || !capability->count)
                return call_misused(call, "%s: --count is from 1 on, and of what can be counted",
                                    call->words[0]);
        return EXIT_DONE;
}

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_CAPABILITY, .capability = { .until = DATE_NONE } };
        struct capability *capability = &event.capability;
        const char *says = call_value(call, "says");
        struct accord_about about;
        enum exit_code code = take_kind(call, &capability->kind);

        if (!code)
                code = take_count(call, capability);
        if (!code)
                code = take_day_option(call, "from", &capability->from);
        if (!code)
                code = take_day_option(call, "until", &capability->until);
        if (!code)
                code = publish_about(call, NULL, &about);
        if (code)
                return code;
        capability->says = (struct bytes) { says, says ? strlen(says) : 0 };
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

#define X(name, number, how, word, says) word ": " says "; "
static const char more[] =
        "Of each kind the last statement counts. Terms say which they take for granted and which "
        "they pay for; the incentive signal holds the two against each other. Kinds: "
        CAPABILITIES(X) "those with a number may say how many there are.";
#undef X

const struct verb verb_capability_publish = {
        .noun = "capability",
        .name = "publish",
        .usage = "KIND",
        .says = "state what this provider has to care with, or has not",
        .more = more,
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "none", NULL, "it has none, or no longer", 0 },
                { "count", "N", "how many, of what can be counted", 0 },
                { "from", "DAY", "from this day on", OPTION_NEEDED },
                { "until", "DAY", "no longer from this day on", 0 },
                { "says", "TEXT", "for a reader", 0 },
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};

/* ---- list */

static const struct column list_columns[] = {
        COLUMN("kind", "KIND"),
        COLUMN("has", "HAS"),
        COLUMN_RIGHT("count", "COUNT"),
        COLUMN("from", "FROM"),
        COLUMN("until", "UNTIL"),
        COLUMN("says", "SAYS"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMN_WIDE("current", "CURRENT"),
        COLUMNS_END
};

struct listing {
        struct out *out;
        bool history;
};

static int list_row(void *with, const struct capability_row *row)
{
        const struct listing *listing = with;
        const struct capability *c = &row->capability;
        char says[WIRE_SAYS_MAX + 1] = "";

        if (!row->current && !listing->history)
                return 0;
        if (c->says.size)
                memcpy(says, c->says.data, c->says.size);
        out_row(listing->out, (struct cell[]) {
                cell_text(capability_word(c->kind)), cell_flag(c->has),
                c->has_count ? cell_count((int64_t)c->count) : cell_none(),
                cell_day(c->from), cell_day(c->until), *says ? cell_text(says) : cell_none(),
                cell_id(row->index), cell_flag(row->current) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct listing listing = { .out = call->out, .history = call_has(call, "history") };
        struct accord_error error = { 0 };
        enum exit_code code = reach_asking(call, &reach);

        if (code)
                return code;
        out_begin(call->out, "capability", list_columns);
        if (accord_query_capabilities(reach.session, list_row, &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_capability_list = {
        .noun = "capability",
        .name = "list",
        .usage = "",
        .says = "list what this party said that it has to care with",
        .prints = true,
        .options = {
                { "history", NULL, "with what was replaced since", 0 },
                AS_OF_OPTION,
        },
        .run = list_run,
};
