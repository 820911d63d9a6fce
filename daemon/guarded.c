/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/guarded.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "daemon/daemon.h"
#include "daemon/hub.h"

/* What a person can do, in the order in which it should be tried. */
#define FIND "look for the newer copy of the ledger (a disk that is not mounted, the directory " \
             "that was moved away)"
#define RESTORE "restore a backup that is not older than the guard"
#define RECOVER "or, when it is sure that the rest is lost, begin a new epoch: " \
                "accordd --recover --because TEXT"

static const char *const remedies[] = {
        [GUARD_BEHIND] = FIND "; " RESTORE "; " RECOVER,
        [GUARD_FORKED] = FIND "; " RESTORE "; " RECOVER,
        [GUARD_OTHER] = "name the ledger and the guard that belong together, [ledger] directory "
                        "and [guard] file",
        [GUARD_CONDEMNED] = "keep the directory as it is; restore a backup that is not older than "
                            "the guard; " RECOVER,
        [GUARD_LOST] = "bring the guard back ([guard] file; a disk that is not mounted?); " RECOVER
                       ", with --checkpoint FILE of the newest checkpoint that any participant "
                       "has",
};

static void print_time(int64_t at, char ret[32])
{
        time_t seconds = (time_t)(at / 1000000);
        struct tm parts;

        gmtime_r(&seconds, &parts);
        strftime(ret, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static bool lies_within(const char *path, const char *directory)
{
        size_t length = strlen(directory);

        while (length > 1 && directory[length - 1] == '/')
                length--;
        return strncmp(path, directory, length) == 0 && path[length] == '/';
}

int guarded_judge(struct daemon *daemon, enum guard_verdict *ret)
{
        const char *path = daemon->config.guard_file;
        const struct guard_mark *last = NULL;
        struct guard_ledger ledger;
        struct guard_mark mark;
        int r;

        if (lies_within(path, daemon->config.ledger_directory))
                return -EXDEV;
        r = guard_open(path, &daemon->guard);
        if (r && r != -ENOENT)
                return r;
        if (!r)
                last = guard_last(daemon->guard);
        hub_mark(daemon->hub, &mark);
        ledger = (struct guard_ledger) {
                .genesis = mark.genesis, .epoch = mark.epoch, .size = mark.size,
        };
        r = last && last->size <= mark.size
                    ? hub_root_at(daemon->hub, last->size, &ledger.root)
                    : 0;
        if (!r)
                *ret = guard_judge(last, &ledger);
        return r;
}

/* Both ends, as far as they are known. */
static void print_ends(const struct daemon *daemon, char *ret_text, size_t size)
{
        const struct guard_mark *last = daemon->guard ? guard_last(daemon->guard) : NULL;
        char here[32], there[32] = "";
        struct guard_mark mark;

        hub_mark(daemon->hub, &mark);
        print_time(mark.time, here);
        if (!last) {
                snprintf(ret_text, size, "the ledger has %" PRIu64 " entries, the last of %s",
                         mark.size, here);
                return;
        }
        print_time(last->time, there);
        snprintf(ret_text, size,
                 "the ledger has %" PRIu64 " entries of epoch %" PRIu32 ", the last of %s; the "
                 "guard knows %" PRIu64 " of epoch %" PRIu32 ", the last of %s",
                 mark.size, mark.epoch, here, last->size, last->epoch, there);
}

void guarded_say(const struct daemon *daemon, enum guard_verdict verdict, char *ret_text,
                 size_t size)
{
        const struct guard_mark *last = daemon->guard ? guard_last(daemon->guard) : NULL;
        char ends[320], found[GUARD_SAYS_MAX + 64];

        switch (verdict) {
        case GUARD_FITS:
                snprintf(found, sizeof(found), "the ledger fits its guard");
                break;
        case GUARD_BEHIND:
                snprintf(found, sizeof(found), "the ledger is older than what the hub has signed");
                break;
        case GUARD_FORKED:
                snprintf(found, sizeof(found),
                         "the ledger is not the one that the hub has signed");
                break;
        case GUARD_OTHER:
                snprintf(found, sizeof(found), "the guard is of another ledger");
                break;
        case GUARD_CONDEMNED:
                snprintf(found, sizeof(found), "damage was found in the ledger (%s)",
                         last ? last->says : "");
                break;
        case GUARD_LOST:
                snprintf(found, sizeof(found), "%s",
                         daemon->guard ? "neither half of the guard proves"
                                       : "there is no guard, so nobody knows what the hub has "
                                         "signed");
                break;
        }
        print_ends(daemon, ends, sizeof(ends));
        snprintf(ret_text, size, "%s: %s", found, ends);
}

int guarded_start(struct daemon *daemon)
{
        enum guard_verdict verdict = GUARD_LOST;
        char text[1024];
        int r = guarded_judge(daemon, &verdict);

        if (r)
                return r;
        if (verdict != GUARD_FITS) {
                guarded_say(daemon, verdict, text, sizeof(text));
                log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "guard %s: %s. Nothing was "
                        "signed or taken. What can be done: %s", daemon->config.guard_file, text,
                        remedies[verdict]);
                return DAEMON_REFUSES;
        }
        if (guard_damaged(daemon->guard) > 0)
                log_say(&daemon->log, MESSAGE_GUARD_DAMAGED, NULL, "%s",
                        daemon->config.guard_file);
        return guarded_commit(daemon);
}

int guarded_commit(struct daemon *daemon)
{
        const struct guard_mark *last = guard_last(daemon->guard);
        struct guard_mark mark;

        hub_mark(daemon->hub, &mark);
        return mark.size == last->size ? 0 : guard_write(daemon->guard, &mark);
}
