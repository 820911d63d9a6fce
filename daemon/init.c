/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/init.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "daemon/daemon.h"
#include "daemon/hub.h"
#include "proof/hex.h"
#include "proof/keyfile.h"
#include "proof/setup.h"

static int fail(struct daemon *daemon, const char *what, const char *path, int r)
{
        log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL, "%s %s: %s", what, path,
                strerrordesc_np(-r));
        return DAEMON_FAILED;
}

/*
 * 0; -errno. The public half is written again when it is missing: it can always be told from the
 * other.
 */
static int make_keys(struct daemon *daemon)
{
        char public_path[CONFIG_TEXT_MAX + 8];
        int r;

        r = keyfile_load(daemon->key_path, &daemon->keys);
        if (r == -ENOENT) {
                keys_generate(KEY_KIND_HUB, &daemon->keys);
                r = keyfile_write(daemon->key_path, &daemon->keys);
        }
        if (!r && daemon->keys.kind != KEY_KIND_HUB)
                r = -EKEYREJECTED;
        if (r)
                return r;
        snprintf(public_path, sizeof(public_path), "%s.pub", daemon->key_path);
        r = keyfile_write_public(public_path, &daemon->keys.public);
        return r == -EEXIST ? 0 : r;
}

int become_owner(const char *directory)
{
        char parent[PATH_MAX];
        const char *slash = strrchr(directory, '/');
        struct stat status;

        snprintf(parent, sizeof(parent), "%.*s", slash == directory ? 1 : (int)(slash - directory),
                 directory);
        if (stat(parent, &status) < 0)
                return -errno;
        if (geteuid() != 0 || status.st_uid == 0)
                return 0;
        return setegid(status.st_gid) < 0 || seteuid(status.st_uid) < 0 ? -errno : 0;
}

static void say_done(const struct daemon *daemon, const char *name, const char *origin)
{
        const struct public_keys *keys = &daemon->keys.public;
        struct hub_id id = hub_id_of(keys->signing);
        char hex[2 * sizeof(id.octets) + 1], text[KEYS_TEXT_MAX];
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];

        hex_print(BYTES_OF(id.octets), hex);
        fingerprint_print(keys, fingerprint);
        public_keys_print(keys, text);
        printf("hub          %s\nid           %s\norigin       %s\nledger       %s\n"
               "guard        %s\nkeys         %s\npublic keys  %s.pub\nfingerprint  %s\n\n%s",
               name, hex, origin, daemon->config.ledger_directory, daemon->config.guard_file,
               daemon->key_path,
               daemon->key_path, fingerprint, text);
}

static int left_as_is(struct daemon *daemon, const char *what, const char *path)
{
        log_say(&daemon->log, MESSAGE_NOT_STARTED, NULL,
                "there is a %s in %s already; it is left as it is", what, path);
        return DAEMON_FAILED;
}

/*
 * A guard without its ledger, or a ledger with more than its first entry, is what is left of a hub
 * that was here; only a ledger that has just been begun is given a guard.
 */
static int make_guard(struct daemon *daemon, const struct hub_options *options)
{
        own(hub) struct hub *hub = NULL;
        struct guard_mark mark;
        int r = hub_open(&hub, options);

        if (r)
                return r;
        hub_mark(hub, &mark);
        return mark.size > 1 ? -EEXIST : guard_create(daemon->config.guard_file, &mark);
}

static bool is_there(const char *directory, const char *name)
{
        char path[CONFIG_TEXT_MAX + 16];

        snprintf(path, sizeof(path), "%s%s", directory, name);
        return access(path, F_OK) == 0;
}

static int make_ledger(struct daemon *daemon, const struct hub_options *options, const char *name,
                       const char *origin)
{
        const char *guard = daemon->config.guard_file;
        int r;

        if (is_there(guard, ""))
                return is_there(options->directory, "/data.mdb")
                               ? left_as_is(daemon, "ledger", options->directory)
                               : left_as_is(daemon, "guard", guard);
        if (mkdir(options->directory, 0700) < 0 && errno != EEXIST)
                return fail(daemon, "directory of the ledger", options->directory, -errno);
        r = hub_create(options, name, origin, clock_wall());
        if (r && r != -EEXIST)
                return fail(daemon, "ledger", options->directory, r);
        r = make_guard(daemon, options);
        if (r == -EEXIST)
                return left_as_is(daemon, "ledger", options->directory);
        return r ? fail(daemon, "guard", guard, r) : 0;
}

int init_run(struct daemon *daemon, const char *name, const char *origin)
{
        const struct hub_options options = {
                .directory = daemon->config.ledger_directory,
                .keys = &daemon->keys,
                .map_size = (size_t)daemon->config.ledger_map_size,
                .quota = daemon->config.ledger_quota,
                .blocks_directory = daemon->config.blocks_directory,
                .blocks_quota = daemon->config.blocks_quota,
        };
        int r;

        r = proof_setup();
        if (!r)
                r = make_keys(daemon);
        if (r)
                return fail(daemon, "key file", daemon->key_path, r);
        r = become_owner(options.directory);
        if (r)
                return fail(daemon, "directory of the ledger", options.directory, r);
        r = make_ledger(daemon, &options, name, origin);
        if (!r)
                say_done(daemon, name, origin);
        return r;
}
