/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log fed back through the same decoding, gathering and folding into empty tables. What it
 * gives must be what is there, byte for byte: then the tables say nothing but what the log says.
 */
#include "daemon/replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/check.h"
#include "daemon/refold.h"
#include "daemon/release.h"
#include "store/verify.h"

#define PROGRESS_EVERY 256
#define COMMIT_EVERY 4096

struct replay {
        struct hub *from, *into;        /* @into: NULL when only looking */
        replay_progress *progress;
        void *with;
        struct replay_report *report;
        uint64_t size;
};

static int found(struct replay_report *report, uint64_t index, const char *what)
{
        if (!report->finding[0])
                snprintf(report->finding, sizeof(report->finding), "entry %llu: %s",
                         (unsigned long long)index, what);
        return -EILSEQ;
}

static void progress(struct replay *replay, uint64_t done)
{
        if (replay->progress && (done % PROGRESS_EVERY == 0 || done == replay->size))
                replay->progress(replay->with, done, replay->size);
}

static int replay_entry(void *with, const struct log_row *row)
{
        struct replay *replay = with;
        struct hub *hub = replay->into;
        struct entry_header header;
        const char *says;
        int r = 0;

        if (row->index % COMMIT_EVERY == 0 && row->index) {
                r = hub_commit(hub);
                if (!r)
                        r = hub_begin(hub, 0);
        }
        if (!r)
                r = log_append(hub->log, hub->txn, (uint8_t)row->kind, row->time, &row->bytes, 1,
                               &header);
        if (!r && (header.index != row->index || header.time != row->time))
                r = found(replay->report, row->index, "its index or time does not follow");
        if (!r) {
                r = refold(hub, row, &says);
                if (r == -EILSEQ)
                        found(replay->report, row->index, says);
        }
        if (r)
                return r;
        replay->report->signatures++;
        replay->report->entries++;
        progress(replay, row->index + 1);
        return 0;
}

/* Over all books together, what was debited was credited. */
static int books_balance(struct store_txn *txn, struct replay_report *report)
{
        struct balance_state total;
        int r = state_balance_total(txn, &total);

        if (r || (total.debits_pending == total.credits_pending &&
                  total.debits_posted == total.credits_posted &&
                  total.debits_voided == total.credits_voided))
                return r;
        snprintf(report->finding, sizeof(report->finding),
                 "BALANCE: the books do not balance: debits %lld, credits %lld cents pending",
                 (long long)total.debits_pending, (long long)total.credits_pending);
        return -EILSEQ;
}

static int compare(struct replay *replay)
{
        own(store_txn) struct store_txn *from = NULL;
        own(store_txn) struct store_txn *into = NULL;
        struct replay_report *report = replay->report;
        struct finding finding;
        int r = store_begin_read(replay->from->env, &from);

        if (!r)
                r = store_begin_read(replay->into->env, &into);
        if (!r)
                r = books_balance(into, report);
        if (!r)
                r = state_compare(from, into, &report->state_rows, &finding);
        if (r == -EILSEQ && !report->finding[0])
                snprintf(report->finding, sizeof(report->finding), "%s: %s",
                         table_name(finding.table), finding.says);
        return r;
}

static int scratch_hub(struct hub *from, const char *scratch, struct hub **ret)
{
        struct hub_options options = from->options;

        options.directory = scratch;
        options.read_only = false;
        options.keys = NULL;            /* nothing is signed or sealed here */
        options.quota = 0;
        return hub_scratch(ret, &options, from);
}

int replay_rebuild(struct hub *hub, const char *scratch, replay_progress *progress_fn, void *with,
                   struct replay_report *report)
{
        own(hub) struct hub *into = NULL;
        struct replay replay = {
                .from = hub, .progress = progress_fn, .with = with, .report = report,
                .size = log_tip(hub->log).size,
        };
        int r = scratch_hub(hub, scratch, &into);

        replay.into = into;
        if (!r)
                r = hub_begin(into, 0);
        if (!r)
                r = hub_visit_log(hub, 0, replay_entry, &replay);
        if (!r)
                r = hub_commit(into);
        return r ? r : compare(&replay);
}

int replay_verify(struct hub *hub, replay_progress *progress_fn, void *with,
                  struct replay_report *report)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct finding finding;
        int r = store_begin_read(hub->env, &txn);

        if (!r)
                r = log_verify(txn, progress_fn, with, &finding);
        if (!r)
                r = tree_verify(txn, NULL, NULL, &finding);
        if (r == -EILSEQ || r == -EPROTONOSUPPORT)
                snprintf(report->finding, sizeof(report->finding), "entry %llu: %s",
                         (unsigned long long)finding.index, finding.says);
        report->entries = log_tip(hub->log).size;
        return r;
}

struct recompute {
        struct replay replay;
        struct statement *again;
        struct release_desk *desk;
        struct sink said, derived;
};

/* A statement whose rows are gone stands as it was said: nobody can say it is wrong, or right. */
static int beyond(struct replay_report *report, bool erased, uint64_t run)
{
        size_t used = strlen(report->beyond), room = sizeof(report->beyond) - used;

        report->erased += erased;
        report->missing += !erased;
        if (room > 24)                  /* a comma, twenty digits, an end */
                snprintf(report->beyond + used, room, "%s%llu", used ? ", " : "",
                         (unsigned long long)run);
        return 0;
}

/* The statement as logged against the statement as it comes out of its cut now: the same bytes. */
static int recompute_one(struct recompute *re, const struct log_row *row)
{
        struct hub *hub = re->replay.from;
        struct record record;
        struct fault fault;
        int r = wire_read_record(row->bytes, &hub->arena, &record, &fault);

        if (!r)
                r = hub_compute(hub, record.statement->run.cut, re->again);
        if (r == -ENOKEY || r == -ENODATA)
                return beyond(re->replay.report, r == -ENOKEY, record.statement->run.cut);
        if (r)
                return r < 0 ? r : found(re->replay.report, row->index, "does not parse");
        sink_reset(&re->derived);
        record.statement = re->again;
        r = wire_write_record_body(&re->derived, &record);
        if (r)
                return r;
        if (!bytes_equal(record.body, sink_bytes(&re->derived)))
                return found(re->replay.report, row->index,
                             "the statement does not come out of its cut again");
        re->replay.report->statements++;
        return 0;
}

static int recompute_release(struct recompute *re, const struct log_row *row)
{
        struct hub *hub = re->replay.from;
        struct record record, again = { .kind = ENTRY_RELEASE };
        const struct release_draft *draft;
        struct fault fault;
        int r = wire_read_record(row->bytes, &hub->arena, &record, &fault);

        if (!r)
                r = hub_compute_release(hub, re->desk, record.release.number, &draft);
        if (r)
                return r < 0 ? r : found(re->replay.report, row->index, "does not parse");
        again.format = record.format;
        again.hub = record.hub;
        again.release = draft->release;
        sink_reset(&re->derived);
        r = wire_write_record_body(&re->derived, &again);
        if (r)
                return r;
        if (bytes_equal(record.body, sink_bytes(&re->derived)))
                re->replay.report->releases++;
        else if (draft->rows_gone)
                return beyond(re->replay.report, true, record.release.cut);
        else
                return found(re->replay.report, row->index,
                             "the release does not come out of its cut again");
        return 0;
}

static int recompute_entry(void *with, const struct log_row *row)
{
        struct recompute *re = with;

        arena_reset(&re->replay.from->arena);
        re->replay.report->entries++;
        progress(&re->replay, row->index + 1);
        if (row->kind == ENTRY_RELEASE)
                return recompute_release(re, row);
        return row->kind == ENTRY_STATEMENT ? recompute_one(re, row) : 0;
}

int replay_recompute(struct hub *hub, replay_progress *progress_fn, void *with,
                     struct replay_report *report)
{
        struct recompute re = {
                .replay = {
                        .from = hub, .progress = progress_fn, .with = with, .report = report,
                        .size = log_tip(hub->log).size,
                },
                .again = calloc(1, sizeof(*re.again)),
        };
        int r = re.again ? sink_new(&re.derived, 65536, WIRE_RECORD_MAX) : -ENOMEM;

        if (!r)
                r = release_desk_new(&re.desk);
        if (!r)
                r = hub_visit_log(hub, 0, recompute_entry, &re);
        release_desk_free(re.desk);
        sink_free(&re.derived);
        free(re.again);
        return r;
}
