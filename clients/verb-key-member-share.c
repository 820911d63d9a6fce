/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key of a contract's pseudonyms on its way to the other party: sealed from one node to
 * another, so that the file can go by any mail.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "proof/memberkey.h"
#include "clients/files.h"
#include "clients/member-key-file.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column columns[] = {
        COLUMN("file", "file"),                 COLUMN("contract", "contract"),
        COLUMN("generation", "generation"),     COLUMN("from", "sealed by"),
        COLUMN("to", "sealed to"),              COLUMNS_END
};

static enum exit_code load_public(const char *path, struct public_keys *ret)
{
        int r = keyfile_load_public(path, ret);

        if (r == -EBADMSG) {
                say_error("%s is no file of public keys: accord key generate writes FILE.pub",
                          path);
                return EXIT_REFUSED;
        }
        if (r == -ENOENT) {
                say_error("there is no file %s", path);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static enum exit_code load_own(const struct call *call, struct keys *ret)
{
        const char *path = cli_need(call->cli, SETTING_KEY_FILE);
        int r;

        if (!path)
                return EXIT_USAGE;
        r = keyfile_load(path, ret);
        if (r == -EPERM) {
                say_error("%s can be read by others: chmod 600 it, and think of new keys", path);
                return EXIT_FAILED;
        }
        if (r == -ENOENT) {
                say_error("there is no file %s", path);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static void show(const struct call *call, const char *path, const struct member_key *key,
                 const struct public_keys *from, const struct public_keys *to)
{
        char contract[CONTRACT_ID_MAX + 1], sender[FINGERPRINT_TEXT_MAX + 1];
        char receiver[FINGERPRINT_TEXT_MAX + 1];

        contract_id_print(&key->contract, contract);
        fingerprint_print(from, sender);
        fingerprint_print(to, receiver);
        out_record(call->out, "shared-member-key", columns, (struct cell[]) {
                cell_text(path), cell_text(contract), cell_count(key->generation),
                cell_text(sender), cell_text(receiver) });
}

static enum exit_code share_run(struct call *call)
{
        own(keys) struct keys ours = { 0 };
        own(member_key) struct member_key key = { 0 };
        char text[MEMBER_KEY_SEALED_MAX];
        const char *path = call_value(call, "out");
        struct public_keys to;
        size_t size = 0;
        enum exit_code code = member_key_file_read(call->words[0], &key);
        int r;

        if (!code)
                code = load_public(call_value(call, "with"), &to);
        if (!code)
                code = load_own(call, &ours);
        if (code)
                return code;
        r = member_key_seal(&key, &ours, &to, text, &size);
        if (r) {
                say_error("%s has a key that cannot be one", call_value(call, "with"));
                return EXIT_REFUSED;
        }
        code = file_write_new(path, (struct bytes) { text, size });
        if (code)
                return code;
        show(call, path, &key, &ours.public, &to);
        say_note(call->cli, "give %s to the other party in any way; the one whose keys those are "
                            "reads it with accord key member take", path);
        return EXIT_DONE;
}

const struct verb verb_key_member_share = {
        .noun = "key",
        .name = "member share",
        .usage = "FILE",
        .says = "seal a contract's member key to a node of the other party, into a file",
        .more = "By this node's key and the other's FILE.pub: nobody else can open it, and it says "
                "who sealed it. Compare the fingerprint of the FILE.pub first: accord key "
                "fingerprint.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "with", "FILE", "the public keys of the other party's node", OPTION_NEEDED },
                { "out", "FILE", "where to (-O); one that is there is left alone",
                  OPTION_NEEDED },
        },
        .run = share_run,
};

/* Whom it is from is known by what was compared before, or has to be compared now. */
static enum exit_code check_sender(const struct call *call, const struct public_keys *from)
{
        const char *path = call_value(call, "from");
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];
        struct public_keys known;
        enum exit_code code;

        fingerprint_print(from, fingerprint);
        if (!path) {
                say_note(call->cli, "sealed by %s: is that the other party's fingerprint? Ask by "
                                    "telephone before you use it", fingerprint);
                return EXIT_DONE;
        }
        code = load_public(path, &known);
        if (code || memcmp(&known, from, sizeof(known)) == 0)
                return code;
        say_error("%s was sealed by %s, not by the keys of %s", call->words[0], fingerprint, path);
        return EXIT_INTEGRITY;
}

static enum exit_code take_run(struct call *call)
{
        own(keys) struct keys ours = { 0 };
        own(member_key) struct member_key key = { 0 };
        own(file) struct file file = { 0 };
        const char *path = call_value(call, "out");
        struct public_keys from;
        enum exit_code code = file_read(call->words[0], MEMBER_KEY_SEALED_MAX, &file);
        int r;

        if (!code)
                code = load_own(call, &ours);
        if (code)
                return code;
        r = member_key_unseal(file_bytes(&file), &ours, &from, &key);
        if (r == -EBADMSG) {
                say_error("%s is no sealed member key", call->words[0]);
                return EXIT_REFUSED;
        }
        if (r) {
                say_error("%s is sealed to other keys than ours, or was changed on its way",
                          call->words[0]);
                return EXIT_INTEGRITY;
        }
        code = check_sender(call, &from);
        if (!code)
                code = member_key_file_new(path, &key);
        if (code)
                return code;
        show(call, path, &key, &from, &ours.public);
        return EXIT_DONE;
}

const struct verb verb_key_member_take = {
        .noun = "key",
        .name = "member take",
        .usage = "FILE",
        .says = "open a member key that the other party sealed to this node",
        .more = "What comes out is a secret file, mode 0600, as accord key member new makes it.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "out", "FILE", "where the key goes (-O); one that is there is left alone",
                  OPTION_NEEDED },
                { "from", "FILE", "the public keys of who must have sealed it", 0 },
        },
        .run = take_run,
};
