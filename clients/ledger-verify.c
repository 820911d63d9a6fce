/* SPDX-License-Identifier: Apache-2.0 */
/* Does the ledger hold? Proved from its bytes, and from nothing that was kept beside them. */
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/ledger-open.h"
#include "clients/progress.h"
#include "clients/verbs.h"
#include "daemon/replay.h"

static const struct column columns[] = {
        COLUMN("check", "CHECK"),
        COLUMN("holds", "HOLDS"),
        COLUMN_RIGHT("entries", "ENTRIES"),
        COLUMN_RIGHT("signatures", "SIGNATURES"),
        COLUMN_RIGHT("statements", "STATEMENTS"),
        COLUMN_RIGHT("state_rows", "STATE ROWS"),
        COLUMN_RIGHT("erased", "ERASED"),
        COLUMN_RIGHT("missing", "MISSING"),
        COLUMN("finding", "FINDING"),
        COLUMNS_END
};

static void show(void *with, uint64_t done, uint64_t of)
{
        progress_show(with, done, of);
}

static enum exit_code print_report(struct call *call, const char *check, int r,
                                   const struct replay_report *report)
{
        const char *finding = report->finding;

        if (r && !*finding)
                finding = strerrordesc_np(-r);
        out_row(call->out, (struct cell[]) {
                cell_text(check), cell_flag(!r), cell_count((int64_t)report->entries),
                cell_count((int64_t)report->signatures), cell_count((int64_t)report->statements),
                cell_count((int64_t)report->state_rows), cell_count((int64_t)report->erased),
                cell_count((int64_t)report->missing), r ? cell_text(finding) : cell_none() });
        if (*report->beyond)
                say_note(call->cli, "%s: member-level rows are no longer here for run%s %s%s",
                         check, report->erased + report->missing == 1 ? "" : "s", report->beyond,
                         sizeof(report->beyond) - strlen(report->beyond) <= 24 ? " ..." : "");
        if (!r)
                return EXIT_DONE;
        say_error("%s: %s", check, finding);
        return r == -EILSEQ ? EXIT_INTEGRITY : EXIT_FAILED;
}

static int remove_one(const char *path, const struct stat *stat, int flag, struct FTW *at)
{
        (void)stat;
        (void)flag;
        (void)at;
        return remove(path);
}

/* In a directory of its own, which is gone afterwards. */
static int rebuild(struct hub *hub, struct progress *progress, struct replay_report *report)
{
        const char *temporary = getenv("TMPDIR");
        char scratch[4096];
        int r;

        snprintf(scratch, sizeof(scratch), "%s/accord-rebuild-XXXXXX",
                 temporary && *temporary ? temporary : "/var/tmp");
        if (!mkdtemp(scratch))
                return -errno;
        r = replay_rebuild(hub, scratch, show, progress, report);
        nftw(scratch, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        return r;
}

static enum exit_code verify_run(struct call *call)
{
        own(hub) struct hub *hub = NULL;
        struct progress progress = { .cli = call->cli, .what = "verify" };
        struct replay_report report = { 0 };
        enum exit_code code = ledger_open(call->cli, &hub), one;

        if (code)
                return code;
        out_begin(call->out, "verification", columns);
        code = print_report(call, "log", replay_verify(hub, show, &progress, &report), &report);
        progress_end(&progress);
        if (call_has(call, "rebuild")) {
                progress.what = "rebuild";
                report = (struct replay_report) { 0 };
                one = print_report(call, "rebuild", rebuild(hub, &progress, &report), &report);
                progress_end(&progress);
                code = code ? code : one;
        }
        if (call_has(call, "recompute")) {
                progress.what = "recompute";
                report = (struct replay_report) { 0 };
                one = print_report(call, "recompute",
                                   replay_recompute(hub, show, &progress, &report), &report);
                progress_end(&progress);
                code = code ? code : one;
        }
        out_end(call->out);
        return code;
}

const struct verb verb_ledger_verify = {
        .noun = "ledger",
        .name = "verify",
        .usage = "",
        .says = "prove the ledger from its bytes, while the hub is down; 9 when it does not hold",
        .prints = true,
        .unsettled = true,
        .options = {
                { "rebuild", NULL, "fold the log into empty tables, compare byte for byte", 0 },
                { "recompute", NULL, "derive every statement again, compare it with the log", 0 },
        },
        .run = verify_run,
};
