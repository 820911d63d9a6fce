/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of this node: made here, and only their public halves ever leave. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "clients/profile.h"
#include "clients/verbs.h"

static const struct column key_columns[] = {
        COLUMN("file", "file"),
        COLUMN("public_file", "public keys"),
        COLUMN("fingerprint", "fingerprint"),
        COLUMNS_END
};

/* The file named, else the key file of the settings. */
static const char *key_path(const struct call *call)
{
        return call->word_count ? call->words[0] : cli_need(call->cli, SETTING_KEY_FILE);
}

static enum exit_code refuse_overwriting(const char *path)
{
        say_error("%s is there already, and is left alone: choose another name", path);
        return EXIT_CONFLICT;
}

/* The secret file first: when the public one cannot be written, no secret is left without it. */
static enum exit_code write_pair(const char *path, const char *public_path, const struct keys *keys)
{
        int r = profile_make_parent(path);

        if (r)
                return say_failure(r, "%s", path);
        if (access(public_path, F_OK) == 0)
                return refuse_overwriting(public_path);
        r = keyfile_write(path, keys);
        if (r == -EEXIST)
                return refuse_overwriting(path);
        if (r)
                return say_failure(r, "%s", path);
        r = keyfile_write_public(public_path, &keys->public);
        if (!r)
                return EXIT_DONE;
        unlink(path);
        return r == -EEXIST ? refuse_overwriting(public_path) : say_failure(r, "%s", public_path);
}

static enum exit_code generate_run(struct call *call)
{
        own(keys) struct keys keys = { 0 };
        own(profile_text) char *public_path = NULL;
        const char *path = key_path(call), *kind = call_value(call, "kind");
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];
        enum exit_code code;

        if (!path)
                return EXIT_USAGE;
        if (kind && strcmp(kind, "node") != 0 && strcmp(kind, "hub") != 0)
                return call_misused(call, "--kind %s is neither node nor hub", kind);
        if (asprintf(&public_path, "%s.pub", path) < 0)
                return say_failure(-ENOMEM, "%s", path);
        keys_generate(kind && *kind == 'h' ? KEY_KIND_HUB : KEY_KIND_NODE, &keys);
        code = write_pair(path, public_path, &keys);
        if (code)
                return code;
        fingerprint_print(&keys.public, fingerprint);
        out_record(call->out, "key", key_columns, (struct cell[]) {
                cell_text(path), cell_text(public_path), cell_text(fingerprint) });
        say_note(call->cli, keys.kind == KEY_KIND_HUB
                         ? "give %s to whoever takes part; %s stays here"
                         : "give %s to the hub's operator and read the fingerprint to them; %s "
                           "stays here",
                 public_path, path);
        return EXIT_DONE;
}

const struct verb verb_key_generate = {
        .noun = "key",
        .name = "generate",
        .usage = "[FILE]",
        .says = "make new keys: a secret file, mode 0600, and FILE.pub for the hub's operator",
        .more = "Without FILE: the key file of the settings. Never replaces a file.",
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "kind", "node|hub", "whose keys; node unless given", 0 },
        },
        .run = generate_run,
};

/* Public keys from either kind of file. */
static enum exit_code load_public(const struct call *call, const char **ret_path,
                                  struct public_keys *ret)
{
        own(keys) struct keys keys = { 0 };
        const char *path = *ret_path = key_path(call);
        int r;

        if (!path)
                return EXIT_USAGE;
        r = keyfile_load_public(path, ret);
        if (r == -EBADMSG) {
                r = keyfile_load(path, &keys);
                *ret = keys.public;
        }
        if (r == -EPERM) {
                say_error("%s can be read by others: chmod 600 it, and think of new keys", path);
                return EXIT_FAILED;
        }
        if (r == -EBADMSG) {
                say_error("%s is no key file", path);
                return EXIT_REFUSED;
        }
        if (r == -ENOENT) {
                say_error("there is no %s; accord key generate makes keys", path);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static enum exit_code show_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("file", "file"),
                COLUMN("transport", "transport"),
                COLUMN("signing", "signing"),
                COLUMN("sealing", "sealing"),
                COLUMN("fingerprint", "fingerprint"),
                COLUMNS_END
        };
        char fingerprint[FINGERPRINT_TEXT_MAX + 1], text[KEYS_TEXT_MAX];
        struct public_keys keys;
        const char *path;
        enum exit_code code = load_public(call, &path, &keys);

        if (code)
                return code;
        if (out_format(call->out) == FORMAT_RAW) {
                public_keys_print(&keys, text);
                fputs(text, out_stream(call->out));
                return EXIT_DONE;
        }
        fingerprint_print(&keys, fingerprint);
        out_record(call->out, "public-keys", columns, (struct cell[]) {
                cell_text(path), cell_hex(keys.transport, sizeof(keys.transport)),
                cell_hex(keys.signing, sizeof(keys.signing)),
                cell_hex(keys.sealing, sizeof(keys.sealing)), cell_text(fingerprint) });
        return EXIT_DONE;
}

const struct verb verb_key_show = {
        .noun = "key",
        .name = "show",
        .usage = "[FILE]",
        .says = "show the public keys of a secret or public file; -o raw: as FILE.pub has them",
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = show_run,
};

static enum exit_code fingerprint_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("fingerprint", "fingerprint"),
                COLUMNS_END
        };
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];
        struct public_keys keys;
        const char *path;
        enum exit_code code = load_public(call, &path, &keys);

        if (code)
                return code;
        fingerprint_print(&keys, fingerprint);
        if (out_format(call->out) == FORMAT_TABLE)
                fprintf(out_stream(call->out), "%s\n", fingerprint);
        else
                out_record(call->out, "fingerprint", columns,
                           (struct cell[]) { cell_text(fingerprint) });
        return EXIT_DONE;
}

const struct verb verb_key_fingerprint = {
        .noun = "key",
        .name = "fingerprint",
        .usage = "[FILE]",
        .says = "show the fingerprint of keys, to be compared over the telephone",
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = fingerprint_run,
};
