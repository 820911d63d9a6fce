/* SPDX-License-Identifier: Apache-2.0 */
/* Who is to follow a party whose people left: the hub's operator announces it. */
#include <errno.h>
#include <string.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "clients/files.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

#define DOCUMENT_MOST (64u * 1024u * 1024u)
#define DAY_US (INT64_C(86400) * 1000000)

/* The document stays here; its digest and what it is go along. */
static enum exit_code take_document(const struct call *call, struct succession *ret)
{
        own(file) struct file file = { 0 };
        const char *path = call_value(call, "document"), *says = call_value(call, "says");
        struct digest digest;
        enum exit_code code;

        if (strlen(says) > TEXT_MAX_LENGTH)
                return call_misused(call, "--says is longer than %d bytes", TEXT_MAX_LENGTH);
        code = file_read(path, DOCUMENT_MOST, &file);
        if (!code)
                code = terms_digest(file_bytes(&file), &digest);
        if (code)
                return code;
        memcpy(ret->document_sha256.octets, digest.octets, sizeof(digest.octets));
        memcpy(ret->document.text, says, strlen(says));
        return EXIT_DONE;
}

static enum exit_code take_succession(const struct call *call, struct succession *ret)
{
        const char *path = call->words[0];
        uint64_t days = 0;
        enum exit_code code;

        if (!node_path_parse((struct bytes) { path, strlen(path) }, &ret->node.node.party,
                             &ret->node.node.node))
                return call_misused(call, "%s is no node: PARTY/NODE", path);
        code = take_rights(call, call_value(call, "rights"), &ret->node.rights);
        if (!code)
                code = take_number_option(call, "days", 3650, &days);
        if (!code)
                code = take_keys(call_value(call, "key"), &ret->node);
        if (!code)
                code = take_document(call, ret);
        /* A minute more: a day from now is a day after the hub's clock as well. */
        if (!code && days)
                ret->effective = time_now() + (int64_t)days * DAY_US + 60 * INT64_C(1000000);
        return code;
}

static void print_row(struct out *out, const char *path, const struct succession *said,
                      const struct control_answer *answer)
{
        static const struct column columns[] = {
                COLUMN("node", "node"),
                COLUMN("effective", "effective"),
                COLUMN("fingerprint", "fingerprint"),
                COLUMN("index", "entry"),
                COLUMNS_END
        };
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];
        struct public_keys keys;

        memcpy(keys.transport, said->node.transport_key, sizeof(keys.transport));
        memcpy(keys.signing, said->node.signing_key, sizeof(keys.signing));
        memcpy(keys.sealing, said->node.sealing_key, sizeof(keys.sealing));
        fingerprint_print(&keys, fingerprint);
        out_record(out, "succession", columns, (struct cell[]) {
                cell_text(path), said->effective ? cell_time(said->effective) : cell_none(),
                cell_text(fingerprint),
                answer && answer->has_index ? cell_id(answer->index) : cell_none() });
}

static enum exit_code succeed_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        struct control_request request = { .kind = CONTROL_SUCCESSION };
        const struct control_answer *answer = NULL;
        struct accord_error error = { 0 };
        enum exit_code code = take_succession(call, &request.succession);

        if (code)
                return code;
        if (!call_agreed(call, "Announce that %s is to be the only node of its party? All who have "
                               "contracts with it are told.", call->words[0]))
                return EXIT_USAGE;
        if (!call_has(call, "dry-run") &&
            (accord_control_open(&control, cli_get(call->cli, SETTING_CONTROL), &error) ||
             accord_control_ask(control, &request, call->cli->timeout_ms, &answer, &error)))
                return reach_failed(&error);
        print_row(call->out, call->words[0], &request.succession, answer);
        say_note(call->cli, "compare the fingerprint with the one its owner reads out");
        return EXIT_DONE;
}

const struct verb verb_hub_participants_succeed = {
        .noun = "hub",
        .name = "participants succeed",
        .usage = "PARTY/NODE",
        .says = "announce who follows a party whose people left; for the hub's operator",
        .more = "The party and all it has contracts with are told. Unless one of its nodes objects "
                "(accord party object), its other nodes are revoked and this one is admitted when "
                "the days are over: as many as the hub's configuration says unless given, and one "
                "at least.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "key", "FILE", "the new node's public keys", OPTION_NEEDED },
                { "rights", "RIGHT,...", "facts, terms, settlement, vote, read", OPTION_NEEDED },
                { "document", "FILE", "that says who follows; its digest is logged",
                  OPTION_NEEDED },
                { "says", "TEXT", "what that document is, for a reader", OPTION_NEEDED },
                { "days", "N", "days to object", 0 },
                { "yes", NULL, "do not ask", 0 },
                { "dry-run", NULL, "check everything, announce nothing", 0 },
        },
        .run = succeed_run,
};
