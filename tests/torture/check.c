/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger against what its client has. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "daemon/hub.h"
#include "tests/torture/client.h"
#include "tests/world/must.h"

struct checking {
        struct client *client;
        struct client_report *report;
};

__attribute__((format(printf, 2, 3)))
static void say(struct client_report *report, const char *format, ...)
{
        va_list arguments;

        if (report->says[0])
                return;
        va_start(arguments, format);
        vsnprintf(report->says, sizeof(report->says), format, arguments);
        va_end(arguments);
}

static bool same_bytes(struct bytes a, struct bytes b)
{
        return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static void take_ours(struct checking *checking, const struct log_row *row, uint64_t sequence)
{
        struct client_report *report = checking->report;
        struct sent *sent;

        report->ours++;
        if (sequence < 1 || sequence > checking->client->count) {
                report->strange++;
                say(report, "entry %llu was never sent", (unsigned long long)row->index);
                return;
        }
        sent = &checking->client->sent[sequence - 1];
        if (!same_bytes(row->bytes, sent->submission) || sent->seen++ > 0) {
                report->strange++;
                say(report, "entry %llu is number %llu, %s", (unsigned long long)row->index,
                    (unsigned long long)sequence,
                    sent->seen > 1 ? "which stands in the log already" : "and other bytes");
        }
        if (sent->answered && (sent->index != row->index ||
                               memcmp(&sent->leaf, &row->leaf, sizeof(sent->leaf)) != 0)) {
                report->unproved++;
                say(report, "the receipt for number %llu names entry %llu; it is %llu",
                    (unsigned long long)sequence, (unsigned long long)sent->index,
                    (unsigned long long)row->index);
        }
}

static int take_row(void *with, const struct log_row *row)
{
        struct checking *checking = with;
        struct client *client = checking->client;
        struct submission submission;
        struct fault fault;

        checking->report->entries++;
        if (row->kind != ENTRY_SUBMISSION)
                return 0;
        arena_reset(&client->arena);
        if (wire_read_submission(row->bytes, &client->arena, &submission, &fault)) {
                checking->report->strange++;
                say(checking->report, "entry %llu does not parse", (unsigned long long)row->index);
                return 0;
        }
        if (memcmp(&submission.stream, &client->stream.stream, sizeof(submission.stream)) == 0)
                take_ours(checking, row, submission.sequence);
        return 0;
}

/* Each acknowledged one is there; each signed head is one of the tree there is. */
static void check_kept(struct client *client, struct hub *hub, struct client_report *report)
{
        struct digest root;

        for (size_t i = 0; i < client->count; i++) {
                if (!client->sent[i].answered || client->sent[i].seen > 0)
                        continue;
                report->lost++;
                say(report, "number %zu has a receipt and is not in the log", i + 1);
        }
        for (size_t i = 0; i < client->head_count; i++) {
                const struct checkpoint *head = &client->heads[i];

                if (hub_root_at(hub, head->size, &root) == 0 && digest_equal(&root, &head->root))
                        continue;
                report->unproved++;
                say(report, "the hub signed a tree of %llu entries that is not this one's",
                    (unsigned long long)head->size);
        }
}

int client_check(struct client *client, struct client_report *report)
{
        const struct hub_options options = {
                .directory = client->accordd.ledger, .keys = &client->accordd.keys,
                .map_size = (size_t)16 << 30, .read_only = true,
        };
        struct checking checking = { client, report };
        struct hub *hub = NULL;
        int r;

        memset(report, 0, sizeof(*report));
        for (size_t i = 0; i < client->count; i++)
                client->sent[i].seen = 0;
        r = hub_open(&hub, &options);
        if (!r)
                r = hub_visit_log(hub, 0, take_row, &checking);
        if (r)
                say(report, "the ledger does not open: %s", strerror(-r));
        else
                check_kept(client, hub, report);
        hub_close(hub);
        return r;
}

void client_must_hold(struct client *client)
{
        struct client_report report;

        must(client_check(client, &report), "the ledger");
        if (report.says[0])
                die("%s (%llu entries, %llu lost, %llu strange, %llu unproved)", report.says,
                    (unsigned long long)report.entries, (unsigned long long)report.lost,
                    (unsigned long long)report.strange, (unsigned long long)report.unproved);
}
