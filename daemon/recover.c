/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "core/terms.h"
#include "daemon/daemon.h"
#include "daemon/epoch.h"
#include "daemon/guarded.h"
#include "daemon/replay.h"
#include "store/folder.h"

#define NOTE_ROOM 65536

struct recovery {
        struct daemon *daemon;
        const struct recover *asked;
        enum guard_verdict verdict;
        struct guard_mark mark;         /* of the ledger as it was found */
        uint64_t known;                 /* size that the guard and the checkpoints know of */
        struct epoch_end end;           /* the largest of these and of the ledger's own */
        uint32_t operator_uid;
};

#define refuse(daemon, ...) daemon_refuse(daemon, "recovery", __VA_ARGS__)

/* ---- what is known of the end */

/* What fits into the ledger must be in it: else it is not this log that lost its end. */
static int hold_against(struct recovery *recovery, const struct epoch_end *end, const char *who)
{
        struct daemon *daemon = recovery->daemon;
        struct digest root;
        int r = 0;

        if (end->tree.size > recovery->known)
                recovery->known = end->tree.size;
        epoch_end_take(&recovery->end, end);
        if (end->tree.size > recovery->mark.size)
                return 0;
        r = hub_root_at(daemon->hub, end->tree.size, &root);
        if (r)
                return refuse(daemon, "the tree cannot be read: %s", strerrordesc_np(-r));
        if (!digest_equal(&root, &end->tree.root))
                return refuse(daemon, "this ledger has another root over its first %" PRIu64
                              " entries than %s says: it contradicts what the hub has signed. "
                              "Restore a backup from before the two parted, and recover that",
                              end->tree.size, who);
        return 0;
}

static int take_note(struct recovery *recovery, const char *path)
{
        own(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
        static char note[NOTE_ROOM];
        struct epoch_end end;
        ssize_t n = fd < 0 ? -1 : read(fd, note, sizeof(note));
        int r;

        if (n < 0)
                return refuse(recovery->daemon, "%s: %s", path, strerrordesc_np(errno));
        r = epoch_open_note(recovery->daemon->hub, (struct bytes) { note, (size_t)n }, &end);
        if (r)
                return refuse(recovery->daemon, "%s: %s", path,
                              r == -EBADMSG ? "it is no checkpoint of this hub"
                                            : "no key of this hub has signed it");
        printf("checkpoint   %" PRIu64 " entries of epoch %" PRIu32 ": %s\n", end.tree.size,
               end.epoch, path);
        return hold_against(recovery, &end, path);
}

static int gather_ends(struct recovery *recovery)
{
        const struct guard *guard = recovery->daemon->guard;
        const struct guard_mark *last = guard ? guard_last(guard) : NULL;
        int r = 0;

        recovery->end = (struct epoch_end) {
                recovery->mark.epoch, { recovery->mark.size, recovery->mark.root },
        };
        if (last)
                r = hold_against(recovery,
                                 &(struct epoch_end) { last->epoch, { last->size, last->root } },
                                 "the guard");
        for (size_t i = 0; !r && i < recovery->asked->count; i++)
                r = take_note(recovery, recovery->asked->checkpoints[i]);
        return r;
}

/* ---- may it be done? */

static int judge(struct recovery *recovery)
{
        struct daemon *daemon = recovery->daemon;
        const struct recover *asked = recovery->asked;
        int r = guarded_judge(daemon, &recovery->verdict);
        char found[768];

        if (r)
                return refuse(daemon, "guard %s: %s", daemon->config.guard_file,
                              r == -EWOULDBLOCK ? "another process has it open; stop that first"
                                                : strerrordesc_np(-r));
        hub_mark(daemon->hub, &recovery->mark);
        guarded_say(daemon, recovery->verdict, found, sizeof(found));
        printf("found        %s\n", found);
        if (recovery->verdict == GUARD_FITS)
                return refuse(daemon, "there is nothing to recover: start the hub");
        if (recovery->verdict == GUARD_OTHER)
                return refuse(daemon, "the guard is of another ledger: name the two that belong "
                              "together, or move the guard away");
        if (recovery->verdict == GUARD_LOST && asked->count == 0 && !asked->no_checkpoint)
                return refuse(daemon, "without a guard only a participant can tell how far the "
                              "hub had come: --checkpoint FILE with the newest that any of them "
                              "has, or --no-checkpoint when none of them has one");
        return 0;
}

static int prove(struct recovery *recovery)
{
        struct replay_report report = { .entries = 0 };
        int r = replay_verify(recovery->daemon->hub, NULL, NULL, &report);

        if (r)
                return refuse(recovery->daemon, "the ledger does not prove, restore a backup: %s",
                              *report.finding ? report.finding : strerrordesc_np(-r));
        printf("proved       %" PRIu64 " entries, each by its leaf, and the tree over them\n",
               report.entries);
        return 0;
}

/* ---- doing it */

/*
 * The record is there and the guard is still the one before it: something ended us in between. A
 * guard that is lost says nothing of the kind.
 */
static bool is_begun(const struct recovery *recovery)
{
        const struct guard *guard = recovery->daemon->guard;
        const struct guard_mark *last = guard ? guard_last(guard) : NULL;
        struct epoch_end end;
        uint64_t index;

        epoch_last(recovery->daemon->hub, &index, &end);
        return last && end.epoch > last->epoch && index + 1 == recovery->mark.size &&
               end.tree.size >= recovery->known;
}

static int begin(struct recovery *recovery)
{
        struct hub *hub = recovery->daemon->hub;
        int r = hub_go_on(hub);

        if (!r)
                r = hub_begin(hub, clock_wall());
        if (!r)
                r = epoch_begin(hub, &recovery->end, recovery->end.epoch,
                                recovery->asked->because, recovery->operator_uid);
        if (!r)
                r = hub_commit(hub);
        return r;
}

/* FILE.epoch-N: N is the epoch that ended. */
static int renew_guard(struct recovery *recovery, char *ret_kept, size_t size)
{
        struct daemon *daemon = recovery->daemon;
        const char *path = daemon->config.guard_file;
        struct guard_mark mark;

        hub_mark(daemon->hub, &mark);
        snprintf(ret_kept, size, "%s.epoch-%" PRIu32, path, mark.epoch - 1);
        return guard_replace(path, ret_kept, &mark);
}

static void say_done(const struct recovery *recovery, const char *kept)
{
        struct daemon *daemon = recovery->daemon;
        struct checkpoint tree;
        struct bytes note = hub_checkpoint(daemon->hub, &tree);
        struct epoch_end end;
        uint64_t index;
        int origin = (int)strcspn(note.data, "\n");

        epoch_last(daemon->hub, &index, &end);
        printf("epoch        %" PRIu32 ", begun by entry %" PRIu64 "\n"
               "origin       %.*s\n"
               "kept         entries 0 to %" PRIu64 "\n", end.epoch, index, origin,
               (const char *)note.data, index - 1);
        if (end.tree.size > index)
                printf("void         entries %" PRIu64 " to %" PRIu64
                       " of the epoch before: whoever has a receipt for one sends it again\n",
                       index, end.tree.size - 1);
        printf("guard        %s", daemon->config.guard_file);
        if (access(kept, F_OK) == 0)
                printf(", the old one kept as %s", kept);
        printf("\n");
        log_say(&daemon->log, MESSAGE_EPOCH_BEGUN, NULL, "%" PRIu32 ", at entry %" PRIu64 ", by "
                "user %" PRIu32 ": %s", end.epoch, index, recovery->operator_uid,
                recovery->asked->because);
}

/* Whoever reads the origin must be able to tell epochs apart, so none may take another's place. */
static int check_kept(struct recovery *recovery)
{
        struct daemon *daemon = recovery->daemon;
        uint32_t newest = recovery->end.epoch;
        char path[CONFIG_TEXT_MAX + 32];

        snprintf(path, sizeof(path), "%s.epoch-%" PRIu32, daemon->config.guard_file, newest);
        if (access(path, F_OK) < 0)
                return 0;
        return refuse(daemon, "%s says that epoch %" PRIu32 " was ended before: the ledger and "
                      "the guard do not know of the one that followed. Name a --checkpoint of it",
                      path, newest);
}

static int act(struct recovery *recovery)
{
        struct daemon *daemon = recovery->daemon;
        char kept[CONFIG_TEXT_MAX + 32];
        int r = 0;

        if (!is_begun(recovery)) {
                r = check_kept(recovery);
                if (r)
                        return r;
                r = begin(recovery);
                if (r)
                        daemon_die(daemon, strerrordesc_np(-r), DAEMON_COMMIT_FAILED);
        }
        r = renew_guard(recovery, kept, sizeof(kept));
        if (r) {
                log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "recovery: the epoch is begun, "
                        "but not the guard %s: %s; mend that and run the same again",
                        daemon->config.guard_file, strerrordesc_np(-r));
                return DAEMON_FAILED;
        }
        say_done(recovery, kept);
        return 0;
}

int recover_run(struct daemon *daemon, const struct recover *asked)
{
        struct recovery recovery = {
                .daemon = daemon, .asked = asked, .operator_uid = (uint32_t)getuid(),
        };
        int r = daemon_open(daemon);

        if (!r)
                r = judge(&recovery);
        if (!r)
                r = gather_ends(&recovery);
        if (!r)
                r = prove(&recovery);
        if (!r)
                r = act(&recovery);
        daemon_stop(daemon);
        return r;
}
