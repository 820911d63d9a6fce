/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence: what there is, written for a third party, and judged. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/evidence-make.h"
#include "clients/files.h"
#include "clients/lib/hubid.h"
#include "clients/look.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"
#include "proof/hex.h"
#include "proof/keyfile.h"

/* ---- list: contradictions that the node's proofs hold */

static const struct column list_columns[] = {
        COLUMN_RIGHT("number", "NUMBER"),
        COLUMN("time", "TIME"),
        COLUMN("kind", "KIND"),
        COLUMN("says", "SAYS"),
        COLUMNS_END
};

struct listing {
        struct out *out;
        uint64_t count;
};

static int list_row(void *with, const struct accord_contradiction *found)
{
        struct listing *listing = with;
        const char *word = word_of(evidence_kind_words, (int)evidence_kind_of(found->kind));
        char says[400];

        snprintf(says, sizeof(says), "%.*s", (int)found->says.size, (const char *)found->says.data);
        out_row(listing->out, (struct cell[]) {
                cell_id(++listing->count), cell_time(found->at), cell_text(word),
                cell_text(*says ? says : accord_contradiction_says(found->kind)) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(accord_proofs) struct accord_proofs *proofs = NULL;
        struct listing listing = { .out = call->out };
        const struct accord_proofs_visitor visitor = {
                .contradiction = list_row, .with = &listing,
        };
        struct accord_error error = { 0 };
        enum exit_code code = reach_profile(call->cli, &reach);

        if (code)
                return code;
        if (accord_proofs_read(&proofs, &reach.profile, &error))
                return reach_failed(&error);
        out_begin(call->out, "contradiction", list_columns);
        if (accord_proofs_visit(proofs, &visitor, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_evidence_list = {
        .noun = "evidence",
        .name = "list",
        .usage = "",
        .says = "list what this node found that the hub cannot explain",
        .more = "Found by every flush and by accord verify, and kept in the node's proofs. KIND is "
                "the evidence that can be made of it: accord evidence export NUMBER FILE.",
        .prints = true,
        .run = list_run,
};

/* ---- export */

static enum exit_code write_evidence(struct call *call, const struct evidence *evidence,
                                     const char *path)
{
        struct json_object *object = evidence_object(evidence);
        const char *text;
        enum exit_code code;

        if (!object)
                return say_failure(-ENOMEM, "%s", path);
        text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
                                                      JSON_C_TO_STRING_NOSLASHESCAPE);
        code = text ? file_write_new(path, (struct bytes) { text, strlen(text) })
                    : say_failure(-ENOMEM, "%s", path);
        json_object_put(object);
        if (!code)
                say_note(call->cli, "%s: %s", path,
                         word_of(evidence_kind_words, (int)evidence->kind));
        return code;
}

static enum exit_code export_run(struct call *call)
{
        own(making) struct making making = { .call = call };
        const char *what = call->words[0];
        enum exit_code code;

        if (call->word_count == 2 && *what >= '0' && *what <= '9')
                code = make_of_store(&making, what);
        else if (call->word_count == 3 && !strcmp(what, "statement"))
                code = make_of_statement(&making, call->words[1]);
        else if (call->word_count == 3 && !strcmp(what, "equivocation"))
                code = make_of_equivocation(&making, call->words[1]);
        else if (call->word_count == 3 && !strcmp(what, "receipt"))
                code = make_of_receipt(&making, call->words[1]);
        else if (call->word_count == 4 && !strcmp(what, "checkpoints"))
                code = make_of_checkpoints(&making, call->words[1], call->words[2]);
        else
                return call_misused(call, "NUMBER FILE, statement RUN FILE, receipt INDEX FILE, "
                                    "equivocation INDEX FILE, or checkpoints ONE OTHER FILE");
        return code ? code : write_evidence(call, &making.evidence,
                                            call->words[call->word_count - 1]);
}

const struct verb verb_evidence_export = {
        .noun = "evidence",
        .name = "export",
        .usage = "WHAT... FILE",
        .says = "write what a third party needs to judge who broke a promise",
        .more = "WHAT is the NUMBER of accord evidence list; statement RUN, a statement with all "
                "that it is made from; receipt INDEX, for an entry that a later epoch took back; "
                "checkpoints ONE OTHER, files of two checkpoints; or equivocation INDEX, "
                "the entry in which the hub keeps a second message under one number.\n\n"
                "From what this node keeps, or with --audit from what an auditor took along: "
                "equivocation needs that. The file holds what was signed as it was signed, and no "
                "more than that: whoever gets it reads those entries.",
        .words_least = 2,
        .words_most = 4,
        .unsettled = true,
        .options = {
                { "audit", "DIR", "of accord audit fetch", 0 },
        },
        .run = export_run,
};

/* ---- check */

static const struct column check_columns[] = {
        COLUMN("verdict", "VERDICT"),
        COLUMN("against", "AGAINST"),
        COLUMN("kind", "KIND"),
        COLUMN("says", "SAYS"),
        COLUMN_WIDE("hub", "HUB"),
        COLUMNS_END
};

static void print_verdict(struct call *call, const struct evidence *evidence,
                          const struct verdict *verdict, const char *hub)
{
        enum format format = out_format(call->out);

        if (format == FORMAT_TABLE || format == FORMAT_WIDE) {
                fprintf(out_stream(call->out), "%s%s: %s\n",
                        verdict->proved ? "proved against " : "not proved", verdict->against,
                        verdict->says);
                return;
        }
        out_begin(call->out, "verdict", check_columns);
        out_row(call->out, (struct cell[]) {
                cell_text(verdict->proved ? "proved" : "not proved"),
                *verdict->against ? cell_text(verdict->against) : cell_none(),
                cell_text(word_of(evidence_kind_words, (int)evidence->kind)),
                cell_text(verdict->says), cell_text(hub) });
        out_end(call->out);
}

static struct hub_id hub_id_of_key(const uint8_t key[32])
{
        struct hub_id id = { { 0 } };
        struct hasher *hasher = NULL;

        if (hasher_new(&hasher) == 0)
                id = hub_id_derive(hasher, key);
        hasher_free(hasher);
        return id;
}

static enum exit_code read_key(const struct call *call, const char *names, uint8_t ret[32])
{
        const char *path = cli_get(call->cli, SETTING_HUB_KEY);
        struct public_keys keys;
        int r;

        if (!path) {
                say_error("the file is about hub %s, by its own word: give that hub's public keys "
                          "by --hub-key FILE, had by another way", names);
                return EXIT_USAGE;
        }
        r = keyfile_load_public(path, &keys);
        if (r == -EBADMSG) {
                say_error("%s is no file of public keys", path);
                return EXIT_REFUSED;
        }
        memcpy(ret, keys.signing, 32);
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

static enum exit_code check_run(struct call *call)
{
        own(evidence) struct evidence evidence = { .count = 0 };
        own(complaints) struct complaints *to = calloc(1, sizeof(*to));
        own(file) struct file file = { 0 };
        struct verdict verdict;
        char hub[2 * sizeof(struct hub_id) + 1];
        struct hub_id id;
        uint8_t key[32];
        enum exit_code code;
        int r;

        if (!to)
                return say_failure(-ENOMEM, "%s", call->words[0]);
        code = file_read(call->words[0], EVIDENCE_FILE_MAX, &file);
        if (code)
                return code;
        r = evidence_read(file_bytes(&file), &evidence, to);
        if (r < 0)
                return say_failure(r, "%s", call->words[0]);
        complaints_print(to, call->words[0], stderr);
        if (r)
                return EXIT_REFUSED;
        id = hub_id_of_key(evidence.key);
        hex_print(BYTES_OF(id.octets), hub);
        code = read_key(call, hub, key);
        if (code)
                return code;
        r = evidence_judge(&evidence, key, &verdict);
        if (r)
                return say_failure(r, "%s", call->words[0]);
        print_verdict(call, &evidence, &verdict, hub);
        return verdict.proved ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_evidence_check = {
        .noun = "evidence",
        .name = "check",
        .usage = "FILE",
        .says = "judge evidence, by the file and the hub's public key alone",
        .more = "One line: \"proved against the hub\" or \"against node PARTY/NODE\", and it ends "
                "with 0; or \"not proved\", and why, and it ends with 5. The hub's key is that of "
                "--hub-key, or of the profile; the one in the file is not believed. No hub is "
                "asked.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .run = check_run,
};
