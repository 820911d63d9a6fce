/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/hubkeys.h"

#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/daemon.h"
#include "daemon/guarded.h"
#include "daemon/hub.h"
#include "proof/keyfile.h"
#include "proof/setup.h"

#define FORMER_MAX 64           /* files FILE.until-* that are looked at, newest first */

static void print_next(const struct daemon *daemon, char ret[PATH_MAX])
{
        snprintf(ret, PATH_MAX, "%s.next", daemon->key_path);
}

/* The ledger is opened as its owner; the key file may be of who began us. */
static uid_t be_oneself(void)
{
        uid_t was = geteuid();

        if (was != getuid() && seteuid(getuid()) < 0)
                abort();
        return was;
}

static void be_again(uid_t was)
{
        if (geteuid() != was && seteuid(was) < 0)
                abort();        /* never go on with more than was asked for */
}

static int load_hub(const char *path, struct keys *ret)
{
        uid_t was = be_oneself();
        int r = keyfile_load(path, ret);

        be_again(was);
        return r == 0 && ret->kind != KEY_KIND_HUB ? -EKEYREJECTED : r;
}

int hubkeys_load(struct daemon *daemon)
{
        const char *previous = daemon->config.keys_previous;
        int r = proof_setup();

        if (!r)
                r = load_hub(daemon->key_path, &daemon->keys);
        if (!r && *previous)
                r = load_hub(previous, &daemon->previous_keys) ? -EKEYREVOKED : 0;
        return r;
}

/* ---- FILE.next in the place of FILE */

static int swap(struct daemon *daemon, char ret_kept[PATH_MAX])
{
        uid_t was = be_oneself();
        int r = keyfile_replace(daemon->key_path, clock_wall(), ret_kept, PATH_MAX);

        be_again(was);
        return r;
}

/* ---- the file that fits */

static int open_by(struct daemon *daemon, const char *path, const struct hub_options *options)
{
        int r = load_hub(path, &daemon->keys);

        return r ? -EKEYREJECTED : hub_open(&daemon->hub, options);
}

static int open_by_next(struct daemon *daemon, const struct hub_options *options)
{
        char next[PATH_MAX], kept[PATH_MAX];
        int r;

        print_next(daemon, next);
        r = open_by(daemon, next, options);
        if (r)
                return r;
        r = swap(daemon, kept);
        daemon->finished_rotation = r == 0;
        log_say(&daemon->log, MESSAGE_HUB_KEY, NULL, "%s%s%s", next,
                r ? ": it could not be put in the place of the other: " : ", now in its place",
                r ? strerrordesc_np(-r) : "");
        return 0;
}

/* An epoch can take back the entry that replaced it. */
static int open_by_former(struct daemon *daemon, const struct hub_options *options)
{
        char pattern[PATH_MAX];
        glob_t found;
        int r = -EKEYREJECTED;

        snprintf(pattern, sizeof(pattern), "%s.until-*", daemon->key_path);
        if (glob(pattern, 0, NULL, &found) != 0)
                return r;
        for (size_t i = found.gl_pathc, tried = 0;
             i > 0 && tried < FORMER_MAX && r == -EKEYREJECTED; i--, tried++) {
                r = open_by(daemon, found.gl_pathv[i - 1], options);
                if (r == 0)
                        log_say(&daemon->log, MESSAGE_HUB_KEY, NULL, "%s: name it in [keys] file",
                                found.gl_pathv[i - 1]);
        }
        globfree(&found);
        return r;
}

int hubkeys_open(struct daemon *daemon, const struct hub_options *options)
{
        struct hub_options with = *options;
        int r;

        if (*daemon->config.keys_previous)
                with.previous = &daemon->previous_keys;
        r = hub_open(&daemon->hub, &with);
        if (r == -EKEYREJECTED)
                r = open_by_next(daemon, &with);
        if (r == -EKEYREJECTED)
                r = open_by_former(daemon, &with);
        return r;
}

/* ---- a rotation */

#define refuse(daemon, ...) daemon_refuse(daemon, "key rotation", __VA_ARGS__)

/* One that was made and not said yet serves as well as a new one. */
static int make_next(const struct daemon *daemon, struct keys *ret)
{
        char path[PATH_MAX];
        uid_t was;
        int r;

        print_next(daemon, path);
        r = load_hub(path, ret);
        if (r != -ENOENT)
                return r;
        keys_generate(KEY_KIND_HUB, ret);
        memcpy(ret->public.transport, daemon->keys.public.transport,
               sizeof(ret->public.transport));
        memcpy(ret->public.sealing, daemon->keys.public.sealing, sizeof(ret->public.sealing));
        memcpy(ret->secret.transport, daemon->keys.secret.transport,
               sizeof(ret->secret.transport));
        memcpy(ret->secret.sealing, daemon->keys.secret.sealing, sizeof(ret->secret.sealing));
        was = be_oneself();
        r = keyfile_write(path, ret);
        be_again(was);
        return r;
}

/* An unknown outcome ends it like any other: the next run finds out. */
static int say(struct daemon *daemon, const struct keys *next, const char *because,
               uint64_t *ret_index)
{
        struct text reason = { { 0 } };
        const char *says = "";
        int r = hub_begin(daemon->hub, clock_wall());

        snprintf(reason.text, sizeof(reason.text), "%s", because);
        if (!r)
                r = hub_rotate_key(daemon->hub, next, &reason, (uint32_t)getuid(), ret_index,
                                   &says);
        if (r > 0)
                return refuse(daemon, "%s", says);
        if (!r)
                r = hub_commit(daemon->hub);
        if (!r)
                r = guarded_commit(daemon);
        if (r)
                daemon_die(daemon, strerrordesc_np(-r), DAEMON_COMMIT_FAILED);
        return 0;
}

static int rotate(struct daemon *daemon, const char *because)
{
        static struct keys next;
        char kept[PATH_MAX], fingerprint[FINGERPRINT_TEXT_MAX + 1];
        uint64_t index;
        int r;

        r = make_next(daemon, &next);
        if (r)
                return refuse(daemon, "%s.next: %s", daemon->key_path, strerrordesc_np(-r));
        r = say(daemon, &next, because, &index);
        if (r)
                return r;
        r = swap(daemon, kept);
        if (r)
                return refuse(daemon, "it is said, entry %" PRIu64 "; but %s.next could not be "
                              "put in the place of %s: %s. Run the same again", index,
                              daemon->key_path, daemon->key_path, strerrordesc_np(-r));
        fingerprint_print(&next.public, fingerprint);
        printf("entry        %" PRIu64 "\nkeys         %s\nfingerprint  %s\nbefore       %s\n\n"
               "Until every participant has met the new key, let checkpoints bear both:\n"
               "[keys]\nprevious = %s\n", index, daemon->key_path, fingerprint, kept, kept);
        keys_wipe(&next);
        return 0;
}

int hubkeys_rotate(struct daemon *daemon, const char *because)
{
        int r = daemon_open(daemon);

        if (!r && daemon->finished_rotation) {
                printf("keys         %s\nThe rotation that was cut short is finished; no other "
                       "was begun.\n", daemon->key_path);
                daemon_stop(daemon);
                return 0;
        }
        if (!r)
                r = guarded_start(daemon);
        if (r < 0)
                r = refuse(daemon, "the guard %s: %s", daemon->config.guard_file,
                           strerrordesc_np(-r));
        if (!r && hub_go_on(daemon->hub))
                r = refuse(daemon, "the ledger cannot be gone on with");
        if (!r)
                r = rotate(daemon, because);
        daemon_stop(daemon);
        return r;
}
