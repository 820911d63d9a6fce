/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/stat_json.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/outcome.h"
#include "proof/hex.h"

#define DAY_US INT64_C(86400000000)

/* Says no more after the first that found no room. */
struct json {
        struct sink *sink;
        bool first;             /* of its object: no comma before it */
        int status;
};

__attribute__((format(printf, 2, 3)))
static void put(struct json *json, const char *format, ...)
{
        char text[256];
        va_list arguments;
        int length;

        va_start(arguments, format);
        length = vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        if (length < 0 || (size_t)length >= sizeof(text))
                length = 0;     /* nothing we write is so long */
        if (json->status == 0)
                json->status = sink_put(json->sink, (struct bytes) { text, (size_t)length });
}

static void put_key(struct json *json, const char *key)
{
        put(json, "%s\"%s\":", json->first ? "" : ",", key);
        json->first = false;
}

static void put_open(struct json *json, const char *key)
{
        put_key(json, key);
        put(json, "{");
        json->first = true;
}

static void put_close(struct json *json)
{
        put(json, "}");
        json->first = false;
}

static void put_count(struct json *json, const char *key, uint64_t value)
{
        put_key(json, key);
        put(json, "%" PRIu64, value);
}

static void put_flag(struct json *json, const char *key, bool value)
{
        put_key(json, key);
        put(json, value ? "true" : "false");
}

static void put_text(struct json *json, const char *key, const char *text)
{
        put_key(json, key);
        put(json, "\"");
        for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
                if (*at < ' ' || *at == '"' || *at == '\\')
                        put(json, "\\u%04x", *at);
                else
                        put(json, "%c", *at);
        }
        put(json, "\"");
}

static void put_hex(struct json *json, const char *key, struct bytes octets)
{
        char text[2 * 32 + 1] = "";

        if (octets.size <= 32)
                hex_print(octets, text);
        put_text(json, key, text);
}

/* RFC 3339; a time without a day of ours is none. */
static void put_time(struct json *json, const char *key, instant at)
{
        int64_t day = at >= 0 ? at / DAY_US : -1;
        uint64_t rest = at >= 0 ? (uint64_t)(at % DAY_US) : 0;
        uint64_t second = rest / 1000000;
        char date_text[11];

        put_key(json, key);
        if (day < 0 || day > DATE_LAST) {
                put(json, "null");
                return;
        }
        date_print((date)day, date_text);
        put(json, "\"%sT%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%06" PRIu64 "Z\"", date_text,
            second / 3600, second / 60 % 60, second % 60, rest % 1000000);
}

static void put_money(struct json *json, const char *key, int64_t cents)
{
        uint64_t whole = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;

        put_key(json, key);
        put(json, "{\"amount\":\"%s%" PRIu64 ".%02" PRIu64 "\",\"currency\":\"USD\"}",
            cents < 0 ? "-" : "", whole / 100, whole % 100);
}

static void put_ledger(struct json *json, const struct hub_stat *stat)
{
        put_open(json, "ledger");
        put_count(json, "entries", stat->entries);
        put_hex(json, "root", BYTES_OF(stat->root.octets));
        put_time(json, "last_time", stat->last_time);
        put_count(json, "submissions", stat->submissions);
        put_count(json, "refusals", stat->refusals);
        put_count(json, "evidence", stat->evidence);
        put_count(json, "facts", stat->facts);
        put_count(json, "blocks", stat->blocks);
        put_count(json, "block_erasures", stat->erasures);
        put_count(json, "block_bytes", stat->blocks_bytes);
        put_count(json, "contracts", stat->contracts);
        put_count(json, "runs", stat->runs);
        put_count(json, "runs_pending", stat->runs_pending);
        put_count(json, "statements", stat->statements);
        put_count(json, "journal_entries", stat->journal_entries);
        put_count(json, "signals", stat->signals);
        put_count(json, "parties", stat->parties);
        put_count(json, "nodes", stat->nodes);
        put_count(json, "nodes_revoked", stat->nodes_revoked);
        put_count(json, "streams", stat->streams);
        put_count(json, "due_pending", stat->due_pending);
        put_money(json, "debits_pending", stat->debits_pending);
        put_money(json, "credits_pending", stat->credits_pending);
        put_count(json, "map_bytes", stat->map_size);
        put_count(json, "used_bytes", stat->used_bytes);
        put_count(json, "quota_bytes", stat->quota);
        put_count(json, "free_pages", stat->free_pages);
        put_count(json, "readers", stat->readers);
        put_close(json);
}

static void put_open_things(struct json *json, const struct hub_stat *stat)
{
        put_open(json, "open");
#define X(name, member, says) put_count(json, #member, stat->open.member);
        TALLIES(X)
#undef X
        put_count(json, "payments_due", stat->payments_due);
        put_close(json);
}

static void put_refusals(struct json *json, const struct stat_process *process)
{
        put_open(json, "refused_for");
        for (unsigned int code = 1; code < STAT_CODES; code++)
                if (refusal_name(code) && process->refused_for[code] > 0)
                        put_count(json, refusal_name(code), process->refused_for[code]);
        put_close(json);
}

static void put_intake(struct json *json, const struct stat_process *process)
{
        put_open(json, "intake");
        put_count(json, "frames", process->frames);
        put_count(json, "frames_dropped", process->frames_dropped);
        put_count(json, "welcomes", process->welcomes);
        put_count(json, "receipts", process->receipts);
        put_count(json, "refusals", process->refusals);
        put_count(json, "busy", process->busies);
        put_count(json, "answers", process->answers);
        put_refusals(json, process);
        put_count(json, "unreachable_dropped", process->answers_gone);
        put_count(json, "full_dropped", process->answers_full);
        put_close(json);
}

static void put_commits(struct json *json, const struct stat_process *process)
{
        put_open(json, "commits");
        put_count(json, "count", process->commits);
        put_open(json, "last_minute");
        put_count(json, "count", process->minute.commits);
        put_count(json, "taken", process->minute.taken);
        put_count(json, "largest_batch", process->minute.largest);
        put_count(json, "p50_us", process->minute.p50);
        put_count(json, "p99_us", process->minute.p99);
        put_close(json);
        put_close(json);
}

static void put_connections(struct json *json, const struct stat_process *process)
{
        put_open(json, "connections");
        put_count(json, "keys_let_in", process->keys_let_in);
        put_count(json, "keys_refused", process->keys_refused);
        put_count(json, "handshakes_failed", process->handshakes_failed);
        put_count(json, "accepts_failed", process->accepts_failed);
        put_close(json);
        put_open(json, "signals");
        put_count(json, "sent", process->signals);
        put_count(json, "failed", process->signals_failed);
        put_count(json, "topics_applied", process->topics_applied);
        put_count(json, "topics_refused", process->topics_refused);
        put_count(json, "upstream_dropped", process->upstream_dropped);
        put_close(json);
}

static void put_scrub(struct json *json, const struct stat_process *process)
{
        put_open(json, "scrub");
        put_flag(json, "running", process->scrub.running);
        put_count(json, "at", process->scrub.at);
        put_count(json, "of", process->scrub.size);
        put_count(json, "passes", process->scrub.passes);
        put_time(json, "last_time", process->scrub.last_time ? process->scrub.last_time : -1);
        put_count(json, "last_entries", process->scrub.last_size);
        put_close(json);
}

static void put_process(struct json *json, const struct stat_process *process)
{
        put_open(json, "process");
        put_count(json, "pid", process->pid);
        put_count(json, "uptime_us", process->uptime);
        put_count(json, "rss_bytes", process->rss);
        put_intake(json, process);
        put_commits(json, process);
        put_connections(json, process);
        put_open(json, "worker");
        put_count(json, "computed", process->runs_computed);
        put_count(json, "failed", process->runs_failed);
        put_close(json);
        put_open(json, "incentives");
        put_count(json, "made", process->incentives.made);
        put_count(json, "told", process->incentives.told);
        put_count(json, "pending", process->incentives.pending);
        put_count(json, "behind_us", process->incentives.behind);
        put_count(json, "failed", process->incentives.failed);
        put_close(json);
        put_open(json, "control");
        put_count(json, "requests", process->control_requests);
        put_count(json, "refused", process->control_refused);
        put_close(json);
        put_scrub(json, process);
        put_open(json, "alarms");
        put_flag(json, "damage", process->damage != NULL);
        if (process->damage)
                put_text(json, "damage_found", process->damage);
        put_flag(json, "clock", process->clock_alarm);
        put_flag(json, "space", process->space_alarm);
        put_key(json, "clock_ahead_us");
        put(json, "%" PRId64, process->clock_ahead);
        put_count(json, "safety_timer_finds", process->safety_finds);
        put_count(json, "log_lines_withheld", process->log_withheld);
        put_close(json);
        put_close(json);
}

int stat_json(struct sink *sink, const struct stat_report *report)
{
        struct json json = { .sink = sink, .first = true };

        put(&json, "{");
        put_text(&json, "schema", "accord.stat.v1");
        put_time(&json, "time", report->now);
        put_text(&json, "hub", report->hub_name);
        put_hex(&json, "hub_id", BYTES_OF(report->hub.octets));
        put_flag(&json, "running", report->process != NULL);
        put_ledger(&json, &report->ledger);
        put_open_things(&json, &report->ledger);
        if (report->process)
                put_process(&json, report->process);
        put(&json, "}");
        return json.status;
}
