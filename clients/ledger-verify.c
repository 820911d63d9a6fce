/* SPDX-License-Identifier: Apache-2.0 */
/* Does the ledger hold? Proved from its bytes, and from nothing that was kept beside them. */
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/ledger-open.h"
#include "clients/progress.h"
#include "clients/verbs.h"
#include "daemon/prove.h"

static const struct column columns[] = {
        COLUMN("check", "CHECK"),
        COLUMN("holds", "HOLDS"),
        COLUMN_RIGHT("entries", "ENTRIES"),
        COLUMN_RIGHT("events", "EVENTS"),
        COLUMN_RIGHT("signatures", "SIGNATURES"),
        COLUMN_RIGHT("statements", "STATEMENTS"),
        COLUMN_RIGHT("state_rows", "STATE ROWS"),
        COLUMN_RIGHT("erased", "ERASED"),
        COLUMN_RIGHT("missing", "MISSING"),
        COLUMN_RIGHT("took_ms", "TOOK MS"),
        COLUMN_RIGHT("entries_a_second", "ENTRIES/S"),
        COLUMN_RIGHT("events_a_second", "EVENTS/S"),
        COLUMN("finding", "FINDING"),
        COLUMNS_END
};

struct verification {
        struct call *call;
        const char *directory;          /* the ledger's */
        char scratch[4096];             /* a directory of our own; "": none */
        struct hub *hub;                /* NULL: it cannot be opened as it is */
        struct progress progress;
        enum exit_code code;            /* the first that is not 0 */
};

/* One way to look at it; 0, -EILSEQ, -errno. */
typedef int check_fn(struct verification *verification, struct replay_report *report);

static void show(void *with, uint64_t done, uint64_t of)
{
        progress_show(with, done, of);
}

static int64_t microseconds(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct cell cell_pace(uint64_t count, int64_t took)
{
        return count ? cell_count((int64_t)count * 1000000 / (took > 0 ? took : 1)) : cell_none();
}

static void print_row(struct out *out, const char *check, int r, const char *finding, int64_t took,
                      const struct replay_report *report)
{
        out_row(out, (struct cell[]) {
                cell_text(check), cell_flag(!r), cell_count((int64_t)report->entries),
                cell_count((int64_t)report->events), cell_count((int64_t)report->signatures),
                cell_count((int64_t)report->statements), cell_count((int64_t)report->state_rows),
                cell_count((int64_t)report->erased), cell_count((int64_t)report->missing),
                cell_count(took / 1000), cell_pace(report->entries, took),
                cell_pace(report->events, took), r ? cell_text(finding) : cell_none() });
}

static void run_check(struct verification *v, const char *name, check_fn *check)
{
        struct replay_report report = { .entries = 0 };
        int64_t began = microseconds();
        const char *finding;
        int r;

        v->progress.what = name;
        r = check(v, &report);
        progress_end(&v->progress);
        finding = *report.finding || !r ? report.finding : strerrordesc_np(-r);
        print_row(v->call->out, name, r, finding, microseconds() - began, &report);
        if (*report.beyond)
                say_note(v->call->cli, "%s: member-level rows are no longer here for run%s %s%s",
                         name, report.erased + report.missing == 1 ? "" : "s", report.beyond,
                         sizeof(report.beyond) - strlen(report.beyond) <= 24 ? " ..." : "");
        if (!r)
                return;
        say_error("%s: %s", name, finding);
        if (!v->code)
                v->code = r == -EILSEQ || r == -EPROTONOSUPPORT ? EXIT_INTEGRITY : EXIT_FAILED;
}

static int check_log(struct verification *v, struct replay_report *report)
{
        return prove_log(v->directory, show, &v->progress, report);
}

static int check_tree(struct verification *v, struct replay_report *report)
{
        return prove_tree(v->directory, show, &v->progress, report);
}

static int check_checkpoint(struct verification *v, struct replay_report *report)
{
        return prove_checkpoint(v->hub, report);
}

static int check_state(struct verification *v, struct replay_report *report)
{
        return prove_state(v->hub, report);
}

static int check_books(struct verification *v, struct replay_report *report)
{
        return prove_books(v->hub, show, &v->progress, report);
}

static int check_blocks(struct verification *v, struct replay_report *report)
{
        return prove_blocks(v->hub, show, &v->progress, report);
}

static int check_recompute(struct verification *v, struct replay_report *report)
{
        return replay_recompute(v->hub, show, &v->progress, report);
}

static int remove_one(const char *path, const struct stat *stat, int flag, struct FTW *at)
{
        (void)stat;
        (void)flag;
        (void)at;
        return remove(path);
}

static int make_scratch(char ret[4096])
{
        const char *temporary = getenv("TMPDIR");

        snprintf(ret, 4096, "%s/accord-verify-XXXXXX",
                 temporary && *temporary ? temporary : "/var/tmp");
        return mkdtemp(ret) ? 0 : -errno;
}

static void remove_scratch(const char *path)
{
        if (*path)
                nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* In a directory of its own, which is gone afterwards. */
static int check_rebuild(struct verification *v, struct replay_report *report)
{
        char scratch[4096];
        int r = make_scratch(scratch);

        if (r)
                return r;
        r = replay_rebuild(v->hub, scratch, show, &v->progress, report);
        remove_scratch(scratch);
        return r;
}

/* A copy is one file; a ledger is a directory with that file in it. */
static enum exit_code stand_in(struct verification *v, const char *file)
{
        char *whole = realpath(file, NULL);
        char path[4200];
        int r = whole ? make_scratch(v->scratch) : -errno;

        if (!r) {
                snprintf(path, sizeof(path), "%s/data.mdb", v->scratch);
                r = symlink(whole, path) < 0 ? -errno : 0;
        }
        free(whole);
        v->directory = v->scratch;
        ledger_leaves_behind(v->scratch);
        if (r == -ENOENT) {
                say_error("there is no file %s", file);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", file) : EXIT_DONE;
}

/* What the rest stands on: without it nothing more is looked at. */
static enum exit_code open_hub(struct verification *v)
{
        const struct hub_options options = { .directory = v->directory, .read_only = true };
        int r = hub_open(&v->hub, &options);

        if (!r)
                return EXIT_DONE;
        if (v->code) {
                say_error("books, blocks and state cannot be looked at before the log proves");
                return v->code;
        }
        return ledger_refused(v->directory, r);
}

static void check_all(struct verification *v)
{
        enum exit_code code;

        out_begin(v->call->out, "verification", columns);
        run_check(v, "log", check_log);
        run_check(v, "tree", check_tree);
        code = open_hub(v);
        if (!v->code)
                v->code = code;
        if (!code) {
                run_check(v, "checkpoint", check_checkpoint);
                run_check(v, "state", check_state);
                run_check(v, "books", check_books);
                run_check(v, "blocks", check_blocks);
        }
        if (!code && call_has(v->call, "rebuild"))
                run_check(v, "rebuild", check_rebuild);
        if (!code && call_has(v->call, "recompute"))
                run_check(v, "recompute", check_recompute);
        out_end(v->call->out);
}

/* Is it there, and nobody's? What is asked before anything is printed. */
static enum exit_code look_first(struct verification *v)
{
        int r = prove_open(v->directory);

        return r == -EILSEQ ? EXIT_DONE : ledger_refused(v->directory, r);
}

static enum exit_code verify_run(struct call *call)
{
        struct verification v = {
                .call = call, .directory = cli_get(call->cli, SETTING_LEDGER),
                .progress = { .cli = call->cli },
        };

        ledger_expect_damage();
        if (call_has(call, "backup"))
                v.code = stand_in(&v, call_value(call, "backup"));
        if (!v.code)
                v.code = look_first(&v);
        if (!v.code)
                check_all(&v);
        hub_close(v.hub);
        remove_scratch(v.scratch);
        return v.code;
}

const struct verb verb_ledger_verify = {
        .noun = "ledger",
        .name = "verify",
        .usage = "",
        .says = "prove the ledger from its bytes, while the hub is down; 9 when it does not hold",
        .more = "A row for each check: log, every entry against its leaf; tree, every node against "
                "what lies under it; checkpoint, the hub's signature of the tip; books, every "
                "account against its entries; blocks, member-level rows against their digests; and "
                "what the options ask for.",
        .prints = true,
        .unsettled = true,
        .options = {
                { "rebuild", NULL, "fold the log into empty tables, compare byte for byte", 0 },
                { "recompute", NULL, "derive every statement again, compare it with the log", 0 },
                { "backup", "FILE", "of a copy by accord ledger backup instead", 0 },
        },
        .run = verify_run,
};
