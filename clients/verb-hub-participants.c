/* SPDX-License-Identifier: Apache-2.0 */
/* Who takes part: the hub's operator says, over the control socket of the hub's machine. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct word role_words[] = {
#define X(name, number, word) { word, number },
        ROLES(X)
#undef X
        { NULL, 0 },
};

/* One question over the socket; @ret is valid as long as @control is open. */
static enum exit_code ask(struct call *call, struct accord_control **control,
                          const struct control_request *request, const struct control_answer **ret)
{
        struct accord_error error = { 0 };

        if (!*control && accord_control_open(control, cli_get(call->cli, SETTING_CONTROL), &error))
                return reach_failed(&error);
        if (accord_control_ask(*control, request, call->cli->timeout_ms, ret, &error))
                return reach_failed(&error);
        return EXIT_DONE;
}

/* ---- add */

/* "payer", "payer:2025-01-01", "payer:2025-01-01:2028-01-01". */
static enum exit_code take_role(const struct call *call, const char *text, struct role *ret)
{
        const char *from = strchr(text, ':'), *until = from ? strchr(from + 1, ':') : NULL;
        size_t length = from ? (size_t)(from - text) : strlen(text);
        size_t from_length = until ? (size_t)(until - from) - 1 : from ? strlen(from + 1) : 0;
        int kind;

        *ret = (struct role) { .from = day_today(), .until = DATE_NONE };
        if (!word_parse(role_words, (struct bytes) { text, length }, &kind))
                return call_misused(call, "%.*s is no role: payer, purchaser, administrator, "
                                    "provider, network, convener, community-organisation, funder, "
                                    "supervisor, observer", (int)length, text);
        ret->kind = (enum role_kind)kind;
        if (from && !date_parse((struct bytes) { from + 1, from_length }, &ret->from))
                return call_misused(call, "--role %s: from which day? YYYY-MM-DD", text);
        if (until && !date_parse((struct bytes) { until + 1, strlen(until + 1) }, &ret->until))
                return call_misused(call, "--role %s: until which day? YYYY-MM-DD", text);
        return EXIT_DONE;
}

static enum exit_code take_party(const struct call *call, struct party_admission *ret)
{
        const char *title = call_value(call, "title"), *role;
        const char *two = call_value(call, "two-nodes");
        enum exit_code code = take_name(call, 0, &ret->party);
        size_t at = 0;

        if (!code && strlen(title) > TEXT_MAX_LENGTH)
                return call_misused(call, "--title is longer than %d bytes", TEXT_MAX_LENGTH);
        if (!code && two)
                code = take_rights(call, two, &ret->two_nodes_for);
        memcpy(ret->title.text, title, strnlen(title, TEXT_MAX_LENGTH));
        ret->present = !call_has(call, "absent");
        while (!code && (role = call_next(call, "role", &at))) {
                if (ret->role_count == ROLES_PER_PARTY_MAX)
                        return call_misused(call, "a party has at most %d roles",
                                            ROLES_PER_PARTY_MAX);
                code = take_role(call, role, &ret->roles[ret->role_count++]);
        }
        if (!code && ret->role_count == 0)
                return call_misused(call, "--role is missing: what is it in this community?");
        return code;
}

static enum exit_code take_node(const struct call *call, struct node_admission *ret)
{
        const char *path = call_value(call, "key"), *rights = call_value(call, "rights");
        enum exit_code code = take_name(call, 0, &ret->node.party);

        if (!path || !rights)
                return call_misused(call, "--node, --key and --rights go together");
        if (!code)
                code = take_name_option(call, "node", &ret->node.node);
        if (!code)
                code = take_rights(call, rights, &ret->rights);
        return code ? code : take_keys(path, ret);
}

static const struct column admission_columns[] = {
        COLUMN("admitted", "ADMITTED"),
        COLUMN("name", "NAME"),
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("fingerprint", "FINGERPRINT"),
        COLUMNS_END
};

/* Admits one of them and prints its row. */
static enum exit_code admit(struct call *call, struct accord_control **control,
                            const struct control_request *request, const char *name)
{
        const struct control_answer *answer = NULL;
        bool is_node = request->kind == CONTROL_ADMIT_NODE;
        char fingerprint[FINGERPRINT_TEXT_MAX + 1] = "";
        struct public_keys keys;
        enum exit_code code = EXIT_DONE;

        if (is_node) {
                memcpy(keys.transport, request->admit_node.transport_key, sizeof(keys.transport));
                memcpy(keys.signing, request->admit_node.signing_key, sizeof(keys.signing));
                memcpy(keys.sealing, request->admit_node.sealing_key, sizeof(keys.sealing));
                fingerprint_print(&keys, fingerprint);
        }
        if (!call_has(call, "dry-run"))
                code = ask(call, control, request, &answer);
        if (code)
                return code;
        out_row(call->out, (struct cell[]) {
                cell_text(is_node ? "node" : "party"), cell_text(name),
                answer && answer->has_index ? cell_id(answer->index) : cell_none(),
                is_node ? cell_text(fingerprint) : cell_none() });
        return EXIT_DONE;
}

static enum exit_code add_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        struct control_request party = { .kind = CONTROL_ADMIT_PARTY };
        struct control_request node = { .kind = CONTROL_ADMIT_NODE };
        bool has_party = call_has(call, "title"), has_node = call_has(call, "node");
        char path[2 * NAME_MAX_LENGTH + 2];
        enum exit_code code = EXIT_DONE;

        if (!has_party && !has_node)
                return call_misused(call, "say what it is: --title and --role for a party, --node, "
                                    "--key and --rights for a node of one that is there");
        if (has_party)
                code = take_party(call, &party.admit_party);
        if (!code && has_node)
                code = take_node(call, &node.admit_node);
        if (code)
                return code;
        out_begin(call->out, "admission", admission_columns);
        if (has_party)
                code = admit(call, &control, &party, call->words[0]);
        snprintf(path, sizeof(path), "%s/%s", call->words[0], node.admit_node.node.node.text);
        if (!code && has_node)
                code = admit(call, &control, &node, path);
        out_end(call->out);
        if (!code && has_node)
                say_note(call->cli, "compare the fingerprint with the one its owner reads out");
        return code;
}

const struct verb verb_hub_participants_add = {
        .noun = "hub",
        .name = "participants add",
        .usage = "PARTY",
        .says = "admit a party, a node of one, or both; for the hub's operator",
        .more = "A party: --title and --role. A node: --node, --key and --rights. The same again "
                "is no mistake. Roles: payer, purchaser, administrator, provider, network, "
                "convener, community-organisation, funder, supervisor, observer.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "title", "TEXT", "its legal or usual name", 0 },
                { "role", "ROLE[:FROM[:UNTIL]]", "what it is, from today unless given",
                  OPTION_MANY },
                { "absent", NULL, "it has no node; others relay for it", 0 },
                { "two-nodes", "RIGHT,...", "two of its nodes must speak for these", 0 },
                { "node", "NAME", "a node of it", 0 },
                { "key", "FILE", "the node's public keys", 0 },
                { "rights", "RIGHT,...", "facts, terms, settlement, vote, read", 0 },
                { "dry-run", NULL, "check everything, admit nothing", 0 },
        },
        .run = add_run,
};

/* ---- list */

static const struct column list_columns[] = {
        COLUMN("party", "PARTY"),
        COLUMN("title", "TITLE"),
        COLUMN("roles", "ROLES"),
        COLUMN_WIDE("present", "PRESENT"),
        COLUMN_WIDE("two_nodes_for", "TWO NODES FOR"),
        COLUMN("node", "NODE"),
        COLUMN("rights", "RIGHTS"),
        COLUMN("state", "STATE"),
        COLUMN_WIDE("fingerprint", "FINGERPRINT"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMNS_END
};

static const char *print_roles(const struct party_admission *party, char ret[512])
{
        ret[0] = '\0';
        for (uint32_t i = 0; i < party->role_count; i++) {
                const struct role *role = &party->roles[i];
                const char *word = word_of(role_words, (int)role->kind);
                char from[11], until[11] = "";

                date_print(role->from, from);
                if (role->until != DATE_NONE)
                        date_print(role->until, until);
                snprintf(ret + strlen(ret), 512 - strlen(ret), "%s%s:%s%s%s", i ? " " : "",
                         word ? word : "?", from, *until ? ":" : "", until);
        }
        return ret;
}

static void list_row(struct out *out, const struct party_row *row, const struct node_row *node)
{
        const struct party_admission *party = &row->admission;
        char roles[512], two[64], rights[64], fingerprint[FINGERPRINT_TEXT_MAX + 1] = "";
        struct public_keys keys;

        if (node) {
                memcpy(keys.transport, node->admission.transport_key, sizeof(keys.transport));
                memcpy(keys.signing, node->admission.signing_key, sizeof(keys.signing));
                memcpy(keys.sealing, node->admission.sealing_key, sizeof(keys.sealing));
                fingerprint_print(&keys, fingerprint);
        }
        out_row(out, (struct cell[]) {
                cell_text(party->party.text), cell_text(party->title.text),
                cell_text(print_roles(party, roles)), cell_flag(party->present),
                party->two_nodes_for ? cell_text(print_rights(party->two_nodes_for, two))
                                     : cell_none(),
                node ? cell_text(node->admission.node.node.text) : cell_none(),
                node ? cell_text(print_rights(node->admission.rights, rights)) : cell_none(),
                cell_text(node && node->is_revoked ? "revoked" : party->present ? "admitted"
                                                                              : "absent"),
                node ? cell_text(fingerprint) : cell_none(), cell_id(node ? node->index
                                                                          : row->index) });
}

static enum exit_code list_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_request request = { .kind = CONTROL_PARTICIPANTS };
        const struct control_answer *answer;
        enum exit_code code = ask(call, &control, &request, &answer);

        if (code)
                return code;
        out_begin(call->out, "participant", list_columns);
        for (uint32_t i = 0; i < answer->party_count; i++) {
                const struct name *party = &answer->parties[i].admission.party;
                bool any = false;

                for (uint32_t j = 0; j < answer->node_count; j++)
                        if (name_equal(&answer->nodes[j].admission.node.party, party)) {
                                list_row(call->out, &answer->parties[i], &answer->nodes[j]);
                                any = true;
                        }
                if (!any)
                        list_row(call->out, &answer->parties[i], NULL);
        }
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_hub_participants_list = {
        .noun = "hub",
        .name = "participants list",
        .usage = "",
        .says = "list parties and their nodes; for the hub's operator",
        .prints = true,
        .run = list_run,
};

/* ---- revoke */

static enum exit_code revoke_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        struct control_request request = { .kind = CONTROL_REVOKE_NODE };
        struct node_revocation *revocation = &request.revoke_node;
        const char *path = call->words[0], *reason = call_value(call, "reason");
        const struct control_answer *answer = NULL;
        enum exit_code code = EXIT_DONE;

        if (!node_path_parse((struct bytes) { path, strlen(path) }, &revocation->node.party,
                             &revocation->node.node))
                return call_misused(call, "%s is no node: PARTY/NODE", path);
        if (strlen(reason) > TEXT_MAX_LENGTH)
                return call_misused(call, "--reason is longer than %d bytes", TEXT_MAX_LENGTH);
        memcpy(revocation->reason.text, reason, strlen(reason));
        if (!call_agreed(call, "Revoke %s? It cannot be undone.", path))
                return EXIT_USAGE;
        if (!call_has(call, "dry-run"))
                code = ask(call, &control, &request, &answer);
        if (code)
                return code;
        out_begin(call->out, "revocation", admission_columns);
        out_row(call->out, (struct cell[]) {
                cell_text("revoked"), cell_text(path),
                answer && answer->has_index ? cell_id(answer->index) : cell_none(), cell_none() });
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_hub_participants_revoke = {
        .noun = "hub",
        .name = "participants revoke",
        .usage = "PARTY/NODE",
        .says = "end a node's admission: nothing is taken from it or sealed to it any more",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "reason", "TEXT", "for the record", OPTION_NEEDED },
                { "yes", NULL, "do not ask", 0 },
                { "dry-run", NULL, "check everything, revoke nothing", 0 },
        },
        .run = revoke_run,
};
