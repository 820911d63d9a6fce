/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/ledger-prometheus.h"

#include <inttypes.h>
#include <string.h>

#include <json-c/json.h>

#include "core/date.h"
#include "clients/look.h"

/*
 * Where a figure stands, what it is called, and what it is. Times become seconds, us become
 * seconds.
 */
static const struct metric {
        const char *path, *name, *type, *says;
} metrics[] = {
        { "running", "accord_up", "gauge", "1 while the hub runs" },
        { "ledger.entries", "accord_ledger_entries", "gauge", "Entries in the log" },
        { "ledger.last_time", "accord_ledger_last_entry_timestamp_seconds", "gauge",
          "Time of the last entry" },
        { "ledger.submissions", "accord_ledger_submissions_total", "counter",
          "Submissions in the log" },
        { "ledger.refusals", "accord_ledger_refusals_total", "counter", "Refusals in the log" },
        { "ledger.evidence", "accord_ledger_evidence_total", "counter",
          "Entries that prove a node said two things under one number" },
        { "ledger.facts", "accord_ledger_facts_total", "counter", "Facts stated" },
        { "ledger.contracts", "accord_ledger_contracts", "gauge", "Contracts" },
        { "ledger.parties", "accord_ledger_parties", "gauge", "Parties admitted" },
        { "ledger.nodes", "accord_ledger_nodes", "gauge", "Nodes admitted" },
        { "ledger.nodes_revoked", "accord_ledger_nodes_revoked", "gauge", "Nodes revoked" },
        { "ledger.runs", "accord_settlement_runs_total", "counter", "Settlement runs ordered" },
        { "ledger.runs_pending", "accord_settlement_runs_pending", "gauge",
          "Settlement runs without a statement yet" },
        { "ledger.statements", "accord_settlement_statements_total", "counter",
          "Statements issued" },
        { "ledger.journal_entries", "accord_journal_entries_total", "counter",
          "Entries in the books" },
        { "open.disputes_open", "accord_disputes_open", "gauge", "Disputes of statements" },
        { "open.resolutions_open", "accord_resolutions_open", "gauge",
          "Resolutions that the other side has not signed" },
        { "open.statements_awaiting", "accord_statements_awaiting", "gauge",
          "Statements to be accepted or disputed" },
        { "open.settlements_pending", "accord_settlements_pending", "gauge",
          "Settlement entries that are pending" },
        { "open.pending_cents", "accord_settlement_pending_cents", "gauge",
          "What they come to, either way" },
        { "open.posted_cents", "accord_settlement_posted_cents", "gauge",
          "Posted for settlements, either way" },
        { "open.holds", "accord_holds", "gauge", "Entries held in dispute" },
        { "open.held_cents", "accord_held_cents", "gauge", "What they come to" },
        { "open.payments_cleared", "accord_payments_cleared", "gauge",
          "Entries of payments that both sides say alike" },
        { "open.paid_cents", "accord_payments_cleared_cents", "gauge", "What they come to" },
        { "open.payments_due", "accord_payments_due", "gauge",
          "Settlements that wait for their payment" },
        { "ledger.signals", "accord_signals_total", "counter", "Durable signals" },
        { "ledger.due_pending", "accord_due_pending", "gauge", "Moments waited for" },
        { "ledger.used_bytes", "accord_store_used_bytes", "gauge", "Bytes the ledger takes" },
        { "ledger.quota_bytes", "accord_store_quota_bytes", "gauge",
          "Bytes it may take; 0 is no limit" },
        { "ledger.map_bytes", "accord_store_map_bytes", "gauge", "Address space kept for it" },
        { "ledger.readers", "accord_store_readers", "gauge", "Read transactions open" },
        { "process.uptime_us", "accord_uptime_seconds", "gauge", "How long the hub has run" },
        { "process.rss_bytes", "accord_resident_memory_bytes", "gauge", "Memory in use" },
        { "process.intake.frames", "accord_intake_frames_total", "counter", "Frames received" },
        { "process.intake.frames_dropped", "accord_intake_frames_dropped_total", "counter",
          "Frames dropped unread" },
        { "process.intake.receipts", "accord_intake_receipts_total", "counter", "Receipts given" },
        { "process.intake.refusals", "accord_intake_refusals_total", "counter",
          "Refusals given" },
        { "process.intake.busy", "accord_intake_busy_total", "counter",
          "Submissions put off as busy" },
        { "process.commits.count", "accord_store_commits_total", "counter", "Group commits" },
        { "process.commits.last_minute.p50_us", "accord_store_commit_p50_seconds", "gauge",
          "Half of the last minute's commits were as fast" },
        { "process.commits.last_minute.p99_us", "accord_store_commit_p99_seconds", "gauge",
          "99 % of the last minute's commits were as fast" },
        { "process.connections.keys_refused", "accord_connections_refused_total", "counter",
          "Connections refused for their key" },
        { "process.signals.sent", "accord_signal_frames_total", "counter",
          "Frames sent on the signals socket" },
        { "process.worker.failed", "accord_worker_failures_total", "counter",
          "Settlements that could not be computed" },
        { "process.scrub.running", "accord_scrub_running", "gauge",
          "1 while the ledger is looked through" },
        { "process.scrub.at", "accord_scrub_entries_done", "gauge",
          "Entries looked at in the pass that is or was" },
        { "process.scrub.of", "accord_scrub_entries", "gauge",
          "Entries that pass has to look at" },
        { "process.scrub.last_time", "accord_scrub_last_success_timestamp_seconds", "gauge",
          "When the last pass ended that found all sound" },
        { "process.scrub.last_entries", "accord_scrub_last_success_entries", "gauge",
          "Entries it had looked at" },
        { "process.alarms.damage", "accord_alarm_damage", "gauge",
          "1: the ledger is damaged, nothing is taken or signed" },
        { "process.alarms.clock", "accord_alarm_clock", "gauge", "1: the clock is in doubt" },
        { "process.alarms.space", "accord_alarm_space", "gauge", "1: space runs out" },
};

static struct json_object *find(struct json_object *object, const char *path)
{
        while (object && *path) {
                char key[64];
                size_t length = strcspn(path, ".");

                snprintf(key, sizeof(key), "%.*s", (int)length, path);
                if (!json_object_object_get_ex(object, key, &object))
                        return NULL;
                path += length + (path[length] == '.');
        }
        return object;
}

static void print_micro(FILE *to, int64_t value)
{
        fprintf(to, "%" PRId64 ".%06" PRId64, value / 1000000, value % 1000000);
}

static void print_value(FILE *to, const struct metric *metric, struct json_object *value)
{
        size_t length = strlen(metric->path);
        instant time;

        if (json_object_is_type(value, json_type_string) &&
            time_parse(json_object_get_string(value), &time))
                print_micro(to, time);
        else if (length > 3 && strcmp(metric->path + length - 3, "_us") == 0)
                print_micro(to, json_object_get_int64(value));
        else if (json_object_is_type(value, json_type_boolean))
                fputs(json_object_get_boolean(value) ? "1" : "0", to);
        else
                fprintf(to, "%" PRId64, json_object_get_int64(value));
}

static void print_reasons(FILE *to, struct json_object *stat)
{
        struct json_object *reasons = find(stat, "process.intake.refused_for");

        if (!reasons)
                return;
        fputs("# HELP accord_intake_refused_for_total Refusals given, by reason\n"
              "# TYPE accord_intake_refused_for_total counter\n", to);
        json_object_object_foreach(reasons, key, value)
                fprintf(to, "accord_intake_refused_for_total{reason=\"%s\"} %" PRId64 "\n", key,
                        json_object_get_int64(value));
}

void prometheus_print(FILE *to, struct json_object *stat)
{
        for (size_t i = 0; i < sizeof(metrics) / sizeof(metrics[0]); i++) {
                const struct metric *metric = &metrics[i];
                struct json_object *value = find(stat, metric->path);

                if (!value)
                        continue;
                fprintf(to, "# HELP %s %s\n# TYPE %s %s\n%s ", metric->name, metric->says,
                        metric->name, metric->type, metric->name);
                print_value(to, metric, value);
                fputc('\n', to);
        }
        print_reasons(to, stat);
        fprintf(to, "# HELP accord_build_info The version of accord that tells\n"
                "# TYPE accord_build_info gauge\naccord_build_info{version=\"%s\"} 1\n",
                ACCORD_VERSION);
}
