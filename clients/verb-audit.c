/* SPDX-License-Identifier: Apache-2.0 */
/* An auditor's two steps: take along what is released, and check it anywhere. */
#include <stdlib.h>

#include "core/own.h"
#include "clients/audit.h"
#include "clients/verbs.h"

static enum exit_code fetch_run(struct call *call)
{
        return audit_fetch(call, call->words[0]);
}

const struct verb verb_audit_fetch = {
        .noun = "audit",
        .name = "fetch",
        .usage = "DIR",
        .says = "take along leaf hashes, the checkpoint and what is released; for auditors",
        .more = "Over the hub's control socket, for whom its configuration names as auditors. "
                "Without --contract and --party: leaf hashes, checkpoint and the hub's records of "
                "its keys, which hold no content. With them their entries too: each reading is on "
                "the record and told to the parties.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "contract", "CONTRACT", "its entries, and the keys they are signed by",
                  OPTION_MANY },
                { "party", "PARTY", "entries of its own affairs", OPTION_MANY },
                { "because", "TEXT", "why, for the record; the parties see it", 0 },
        },
        .run = fetch_run,
};

static enum exit_code check_run(struct call *call)
{
        own(audit) struct audit audit = { .size = 0 }, since = { .size = 0 };
        const char *older = call_value(call, "since");
        enum exit_code code = audit_load(call, call->words[0], &audit);

        if (!code && older)
                code = audit_load(call, older, &since);
        if (code)
                return code;
        verify_begin(&audit.v);
        code = audit_check(&audit, older ? &since : NULL);
        return verify_end(&audit.v, code);
}

const struct verb verb_audit_check = {
        .noun = "audit",
        .name = "check",
        .usage = "DIR",
        .says = "check, without the hub, what was taken along; one line says what is proved",
        .more = "The root from the leaves; the checkpoint by key and epoch; each released entry "
                "against its leaf and by who signed it; numbers, times, the books; and each "
                "statement made again where its terms and figures were released. --hub-key FILE: "
                "the hub's public keys as the auditor has them; else hub.pub is believed, and the "
                "last line says so. Ends with 9 when something does not hold.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "since", "DIR", "an older one: is the log that one, gone on?", 0 },
        },
        .run = check_run,
};
