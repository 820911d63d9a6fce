/* SPDX-License-Identifier: Apache-2.0 */
/* Performance and cost reports: from a file to the hub. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/perf-replace.h"
#include "clients/publish.h"
#include "clients/relayed.h"
#include "clients/rejects.h"
#include "clients/report_json.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define REPORT_SIZE_MOST (64u << 20)

/* A report that was read: own(reading) struct reading reading = { 0 }. */
struct reading {
        struct file file;
        struct report report;
        struct complaints *complaints;
};

static void reading_cleanup(struct reading *reading)
{
        file_cleanup(&reading->file);
        report_free(&reading->report);
        free(reading->complaints);
}

/* Says what is wrong with it, row by row; @ret->report has what is right. */
static enum exit_code read_report(const char *path, struct reading *ret)
{
        enum exit_code code = file_read(path, REPORT_SIZE_MOST, &ret->file);
        int r;

        if (code)
                return code;
        ret->complaints = calloc(1, sizeof(*ret->complaints));
        if (!ret->complaints)
                return say_failure(-ENOMEM, "%s", path);
        r = report_from_text(file_bytes(&ret->file), &ret->report, ret->complaints);
        if (r < 0)
                return say_failure(r, "%s", path);
        complaints_print(ret->complaints, path, stderr);
        return r ? EXIT_REFUSED : EXIT_DONE;
}

static enum exit_code validate_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("file", "file"),         COLUMN("contract", "contract"),
                COLUMN("figures", "figures"),   COLUMN("rejected", "rejected rows"),
                COLUMNS_END
        };
        own(reading) struct reading reading = { 0 };
        enum exit_code code = read_report(call->words[0], &reading);
        char contract[CONTRACT_ID_MAX + 1];

        if (code)
                return code;
        contract_id_print(&reading.report.contract, contract);
        out_record(call->out, "report-check", columns, (struct cell[]) {
                cell_text(call->words[0]),
                contract_id_empty(&reading.report.contract) ? cell_none() : cell_text(contract),
                cell_count((int64_t)reading.report.count),
                cell_count((int64_t)reading.report.rejected) });
        return reading.report.rejected ? EXIT_REFUSED : EXIT_DONE;
}

const struct verb verb_perf_validate = {
        .noun = "perf",
        .name = "validate",
        .usage = "FILE",
        .says = "check a report, JSON or CSV, and say all that is wrong with it",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = validate_run,
};

static void refused(void *with, uint64_t tag, const struct wire_fault *fault)
{
        rejects_fault(with, tag, fault);
}

/* Each figure is an event; its tag is its line, so that a refusal finds its row. */
static enum exit_code send_figures(struct call *call, struct reach *reach,
                                   const struct report *report, const struct relayed *relayed,
                                   struct rejects *rejects)
{
        const struct publish_watch watch = { .refused = refused, .with = rejects };
        struct event *events = calloc(report->count, sizeof(*events));
        uint64_t *tags = calloc(report->count, sizeof(*tags));
        struct accord_about about;
        enum exit_code code;

        for (size_t i = 0; events && tags && i < report->count; i++) {
                events[i] = (struct event) { .kind = EVENT_FACT, .fact = report->figures[i] };
                events[i].fact.relayed = *relayed;
                tags[i] = report->lines[i];
        }
        code = events && tags ? EXIT_DONE : say_failure(-ENOMEM, "the report");
        if (!code)
                code = publish_about(call, &report->contract, &about);
        if (!code)
                code = publish(call, reach, &about, events, report->count, tags, &watch, NULL);
        free(events);
        free(tags);
        return code;
}

/* Can it be published at all? */
static enum exit_code check_report(const struct call *call, const struct report *report)
{
        if (report->rejected && !call_has(call, "rejects"))
                say_error("nothing was published: correct these rows, or give --rejects FILE to "
                          "leave them out");
        else if (report->count == 0)
                say_error("%s has no figure that could be published", call->words[0]);
        else
                return EXIT_DONE;
        return EXIT_REFUSED;
}

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(reading) struct reading reading = { 0 };
        const char *path = call_value(call, "rejects");
        struct report *report = &reading.report;
        struct relayed relayed = { .is = false };
        struct rejects rejects;
        enum exit_code code = take_relayed(call, &relayed), closed;
        size_t same = 0;

        if (!code)
                code = read_report(call->words[0], &reading);
        if (!code)
                code = check_report(call, report);
        if (!code && call_has(call, "replace"))
                code = perf_replace(call, &reach, report, &relayed, &same);
        if (code)
                return code;
        if (same)
                say_note(call->cli, "%zu figure%s already as said and left out", same,
                         same == 1 ? " stands" : "s stand");
        code = rejects_open(&rejects, call_has(call, "dry-run") ? NULL : path,
                            file_bytes(&reading.file));
        if (code)
                return code;
        rejects_complaints(&rejects, reading.complaints);
        code = report->count ? send_figures(call, &reach, report, &relayed, &rejects)
                             : publish_nothing(call);
        closed = rejects_close(&rejects);
        if (closed)
                return closed;
        if (rejects.count)
                say_note(call->cli, "%zu refused%s%s", rejects.count, path ? ", see " : "",
                         path ? path : "");
        return code == EXIT_DONE && report->rejected ? EXIT_PARTIAL : code;
}

const struct verb verb_perf_publish = {
        .noun = "perf",
        .name = "publish",
        .usage = "FILE",
        .says = "state the figures of a report, JSON or CSV",
        .more = "Without --rejects a report with a bad row is not published at all.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "replace", NULL, "replace what this side stated before, where it differs", 0 },
                { "rejects", "FILE", "publish the good rows and write the others here", 0 },
                RELAYED_OPTIONS("figures", "the document they were taken from"),
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};
