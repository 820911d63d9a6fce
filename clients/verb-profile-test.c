/* SPDX-License-Identifier: Apache-2.0 */
/* Does it work? Connects, and shows what the hub said of itself and of us. */
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/profile.h"
#include "clients/reach.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN("hub", "hub"),
        COLUMN("hub_name", "its name"),
        COLUMN("hub_id", "its identity, proved"),
        COLUMN("node", "takes us for"),
        COLUMN("format_least", "oldest format it speaks"),
        COLUMN("format_most", "newest format it speaks"),
        COLUMN("log_size", "entries in its log"),
        COLUMN("last_signal", "our newest signal"),
        COLUMN("window", "unanswered submissions it allows"),
        COLUMN("submission_bytes", "largest submission, bytes"),
        COLUMN("submission_events", "most events in one"),
        COLUMN("hub_time", "its clock"),
        COLUMN("clock_skew_us", "ahead of ours, microseconds"),
        COLUMN("round_trip_us", "round trip, microseconds"),
        COLUMNS_END
};

static enum exit_code test_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        const struct welcome *welcome;
        struct accord_hub hub;
        char node[2 * NAME_MAX_LENGTH + 2];
        enum exit_code code = reach_hub(call->cli, &reach);

        if (code)
                return code;
        if (accord_hello(reach.session, call->cli->timeout_ms, &hub, &error))
                return reach_failed(&error);
        welcome = &hub.welcome;
        snprintf(node, sizeof(node), "%s/%s", welcome->node.party.text, welcome->node.node.text);
        out_record(call->out, "hub-welcome", columns, (struct cell[]) {
                cell_text(reach.profile.intake), cell_text(hub.name),
                cell_hex(welcome->hub.octets, sizeof(welcome->hub.octets)), cell_text(node),
                cell_count(welcome->format_least), cell_count(welcome->format_most),
                cell_count((int64_t)welcome->log_size), cell_id(welcome->last_signal),
                cell_count(welcome->window), cell_count(welcome->submission_bytes),
                cell_count(welcome->submission_events), cell_time(welcome->hub_time),
                cell_count(hub.clock_skew), cell_count(hub.round_trip) });
        return EXIT_DONE;
}

const struct verb verb_profile_test = {
        .noun = "profile",
        .name = "test",
        .usage = "",
        .says = "connect to the hub of the profile in use (or of -p), and show what it said",
        .prints = true,
        .run = test_run,
};
