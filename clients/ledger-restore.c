/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy becomes the ledger again: proved where it will be used, held against what the hub is known
 * to have signed, and put in place in one step. What was there is moved aside, never written over.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/ledger-open.h"
#include "clients/progress.h"
#include "clients/verbs.h"
#include "daemon/backup_file.h"

#define GUARD_FILE "/var/lib/accord-guard/guard"

struct restoring {
        struct call *call;
        const char *file, *directory;
        char fresh[BACKUP_PATH_MAX];    /* where the copy is made a ledger; "": not yet */
        char aside[BACKUP_PATH_MAX];    /* where the ledger that is there goes; "": there is none */
        int lock;                       /* that of the ledger that is there; -1: there is none */
        struct guard *guard;            /* NULL: there is none */
        struct guard_ledger ledger;
        struct backup_made made;
};

static enum exit_code hub_runs(const char *what)
{
        say_error("%s is open in a running hub: stop it first", what);
        return EXIT_CONFLICT;
}

/* Nobody may have the ledger open, and none may open it before we are through. */
static enum exit_code take_lock(struct restoring *r)
{
        char path[BACKUP_PATH_MAX];

        snprintf(path, sizeof(path), "%s/lock", r->directory);
        r->lock = open(path, O_RDWR | O_CLOEXEC);
        if (r->lock < 0 && errno != ENOENT)
                return say_failure(-errno, "%s", path);
        if (r->lock >= 0 && flock(r->lock, LOCK_EX | LOCK_NB) < 0)
                return errno == EWOULDBLOCK ? hub_runs(r->directory)
                                            : say_failure(-errno, "%s", path);
        return EXIT_DONE;
}

static enum exit_code take_guard(struct restoring *r)
{
        const char *path = call_value(r->call, "guard");
        int e = guard_open(path ? path : GUARD_FILE, &r->guard);

        if (e == -EWOULDBLOCK)
                return hub_runs("the guard");
        return e && e != -ENOENT ? say_failure(e, "the guard") : EXIT_DONE;
}

static void show(void *with, uint64_t done, uint64_t of)
{
        progress_show(with, done, of);
}

static enum exit_code prove(struct restoring *r)
{
        struct progress progress = { .cli = r->call->cli, .what = "verify" };
        const struct guard_mark *mark = r->guard ? guard_last(r->guard) : NULL;
        int e;

        if (snprintf(r->fresh, sizeof(r->fresh), "%s.restoring", r->directory) >=
            (int)sizeof(r->fresh))
                return say_failure(-ENAMETOOLONG, "%s", r->directory);
        backup_discard(r->fresh);       /* of a restore that was cut short */
        ledger_leaves_behind(r->fresh);
        e = backup_unpack(r->file, r->fresh);
        if (e == -ENOENT) {
                say_error("there is no file %s", r->file);
                return EXIT_ABSENT;
        }
        if (e)
                return say_failure(e, "%s", r->fresh);
        e = backup_prove(r->fresh, mark, show, &progress, &r->ledger, &r->made);
        progress_end(&progress);
        if (e == -EILSEQ) {
                say_error("%s does not prove: %s", r->file, r->made.says);
                return EXIT_INTEGRITY;
        }
        return e ? ledger_refused(r->fresh, e) : EXIT_DONE;
}

/* ---- may it be? */

static enum exit_code refuse(const struct restoring *r, const char *why, bool older)
{
        const struct guard_mark *mark = r->guard ? guard_last(r->guard) : NULL;

        if (mark)
                say_error("%s: the copy has %" PRIu64 " entries of epoch %" PRIu32 ", the hub has "
                          "signed %" PRIu64 " of epoch %" PRIu32, why, r->ledger.size,
                          r->ledger.epoch, mark->size, mark->epoch);
        else
                say_error("%s: the copy has %" PRIu64 " entries", why, r->ledger.size);
        if (older)
                say_error("look for a newer copy; when it is sure that the rest is lost, --older "
                          "puts this one in place, and accordd --recover then begins a new epoch");
        return EXIT_CONFLICT;
}

/* What was condemned is the ledger that goes: this one was proved. */
static enum exit_code judge(const struct restoring *r)
{
        const struct guard_mark *last = r->guard ? guard_last(r->guard) : NULL;
        struct guard_mark mark;
        bool older = call_has(r->call, "older");

        if (last) {
                mark = *last;
                mark.condemned = false;
        }
        switch (guard_judge(last ? &mark : NULL, &r->ledger)) {
        case GUARD_FITS:
        case GUARD_CONDEMNED:
                return EXIT_DONE;
        case GUARD_OTHER:
                return refuse(r, "it is of another hub than the guard", false);
        case GUARD_BEHIND:
                return older ? EXIT_DONE
                             : refuse(r, "it is older than what the hub has signed", true);
        case GUARD_FORKED:
                return older ? EXIT_DONE
                             : refuse(r, "it is not the log that the hub has signed", true);
        case GUARD_LOST:
                return older ? EXIT_DONE
                             : refuse(r, "there is no guard, so nobody knows what the hub has "
                                      "signed", true);
        }
        return EXIT_FAILED;
}

/* ---- putting it in place */

/* As what was there, else as the directory that it goes into: the hub must be able to open it. */
static int give_away(const struct restoring *r)
{
        char data[BACKUP_PATH_MAX], above[BACKUP_PATH_MAX];
        struct stat like;
        char *slash;

        snprintf(above, sizeof(above), "%s", r->directory);
        if (r->lock < 0) {
                slash = strrchr(above, '/');
                snprintf(slash ? slash + (slash == above) : above, 2, "%s", slash ? "" : ".");
        }
        if (stat(above, &like) < 0)
                return -errno;
        snprintf(data, sizeof(data), "%.*s/data.mdb", BACKUP_PATH_MAX - 16, r->fresh);
        if (chown(data, like.st_uid, like.st_gid) < 0 ||
            chown(r->fresh, like.st_uid, like.st_gid) < 0)
                return -errno;
        return r->lock >= 0 && chmod(r->fresh, like.st_mode & 07777) < 0 ? -errno : 0;
}

/* What LMDB and we made while proving it: the hub makes its own. */
static void tidy(const struct restoring *r)
{
        char path[BACKUP_PATH_MAX];

        snprintf(path, sizeof(path), "%.*s/lock.mdb", BACKUP_PATH_MAX - 16, r->fresh);
        unlink(path);
        snprintf(path, sizeof(path), "%.*s/lock", BACKUP_PATH_MAX - 16, r->fresh);
        unlink(path);
}

static int name_aside(struct restoring *r)
{
        time_t now = time(NULL);
        struct stat there;
        struct tm parts;
        char text[32];

        if (lstat(r->directory, &there) < 0)
                return errno == ENOENT ? 0 : -errno;
        do {                    /* two in one second: the next second's name */
                strftime(text, sizeof(text), "%Y%m%dT%H%M%SZ", gmtime_r(&now, &parts));
                if (snprintf(r->aside, sizeof(r->aside), "%s.replaced-%s", r->directory, text) >=
                    (int)sizeof(r->aside))
                        return -ENAMETOOLONG;
                now++;
        } while (lstat(r->aside, &there) == 0);
        return rename(r->directory, r->aside) < 0 ? -errno : 0;
}

static int sync_above(const char *path)
{
        char above[BACKUP_PATH_MAX];
        char *slash;
        int fd, r;

        snprintf(above, sizeof(above), "%s", path);
        slash = strrchr(above, '/');
        if (slash)
                slash[1] = '\0';
        fd = open(slash ? above : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        r = fsync(fd) < 0 ? -errno : 0;
        close(fd);
        return r;
}

static enum exit_code put_in_place(struct restoring *r)
{
        int e = give_away(r);

        tidy(r);
        if (!e)
                e = name_aside(r);
        if (!e && rename(r->fresh, r->directory) < 0)
                e = -errno;
        if (!e)
                e = sync_above(r->directory);
        if (e)
                return say_failure(e, "%s", r->directory);
        *r->fresh = '\0';
        return EXIT_DONE;
}

/* It was proved whole, so what was found in the other says nothing of it. */
static enum exit_code lift(const struct restoring *r)
{
        const struct guard_mark *last = r->guard ? guard_last(r->guard) : NULL;
        int e = last && last->condemned && last->size <= r->ledger.size ? guard_lift(r->guard) : 0;

        return e ? say_failure(e, "the guard") : EXIT_DONE;
}

static void print(struct restoring *r)
{
        static const struct column columns[] = {
                COLUMN("ledger", "LEDGER"),
                COLUMN_RIGHT("entries", "ENTRIES"),
                COLUMN("root", "ROOT"),
                COLUMN("replaced", "WHAT WAS THERE"),
                COLUMNS_END
        };

        out_begin(r->call->out, "restored", columns);
        out_row(r->call->out, (struct cell[]) {
                cell_text(r->directory), cell_id(r->made.tree.size),
                cell_hex(r->made.tree.root.octets, DIGEST_SIZE),
                *r->aside ? cell_text(r->aside) : cell_none() });
        out_end(r->call->out);
}

static enum exit_code restore(struct restoring *r)
{
        enum exit_code code = take_lock(r);

        if (!code)
                code = take_guard(r);
        if (!code)
                code = prove(r);
        if (!code)
                code = judge(r);
        if (!code)
                code = put_in_place(r);
        if (!code)
                code = lift(r);
        if (!code)
                print(r);
        return code;
}

static enum exit_code restore_run(struct call *call)
{
        struct restoring r = {
                .call = call, .file = call->words[0],
                .directory = cli_get(call->cli, SETTING_LEDGER), .lock = -1,
        };
        enum exit_code code;

        ledger_expect_damage();
        code = restore(&r);
        if (*r.fresh)
                backup_discard(r.fresh);
        guard_close(r.guard);
        if (r.lock >= 0)
                close(r.lock);
        return code;
}

const struct verb verb_ledger_restore = {
        .noun = "ledger",
        .name = "restore",
        .usage = "FILE",
        .says = "make a copy by accord ledger backup the ledger again, while the hub is down",
        .more = "The copy is proved whole and held against the guard: one that ends before what "
                "the hub has signed, or is another log, is refused (6), for the hub would then "
                "sign against its own word. The ledger that is there is moved to "
                "DIRECTORY.replaced-TIME; owner and mode stay.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "guard", "FILE", "the hub's guard; " GUARD_FILE " unless said", 0 },
                { "older", NULL, "although it is older: accordd --recover has to follow", 0 },
        },
        .run = restore_run,
};
