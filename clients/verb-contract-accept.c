/* SPDX-License-Identifier: Apache-2.0 */
/* Countersigning terms, and ending a contract. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

/* Shows what is about to be signed; it is these bytes and no others. */
static enum exit_code show_offer(const struct call *call, const struct terms_row *row)
{
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        char hex[DIGEST_TEXT_MAX + 1];
        struct digest digest;
        enum exit_code code;

        code = terms ? terms_decode(row->terms, terms) : say_failure(-ENOMEM, "the terms");
        if (code)
                return code;
        memcpy(digest.octets, row->terms_sha256.octets, sizeof(digest.octets));
        digest_print(&digest, hex);
        say_note(call->cli, "version %u, \"%s\", %zu steps, digest %s", terms->version,
                 terms->title.text, (size_t)terms->step_count, hex);
        return EXIT_DONE;
}

static enum exit_code check_digest(const struct call *call, const struct terms_row *row)
{
        const char *given = call_value(call, "digest");
        struct digest digest;

        if (!given)
                return EXIT_DONE;
        if (!digest_parse((struct bytes) { given, strlen(given) }, &digest))
                return call_misused(call, "--digest takes 64 hex digits");
        if (memcmp(digest.octets, row->terms_sha256.octets, sizeof(digest.octets)) == 0)
                return EXIT_DONE;
        say_error("the terms on offer have another digest: nothing is accepted; "
                  "see accord contract show %s --terms", call->words[0]);
        return EXIT_CONFLICT;
}

static enum exit_code accept_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_ACCEPTANCE };
        struct accord_error error = { 0 };
        const struct terms_row *row;
        struct accord_about about;
        struct contract_id contract;
        uint64_t version = 0;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_number_option(call, "version", UINT32_MAX, &version);
        if (!code)
                code = publish_about(call, &contract, &about);
        if (!code)
                code = reach_hub(call->cli, &reach);
        if (code)
                return code;
        if (accord_query_terms(reach.session, &contract, (uint32_t)version, &row, &error))
                return reach_failed(&error);
        code = show_offer(call, row);
        if (!code)
                code = check_digest(call, row);
        if (code)
                return code;
        if (!call_has(call, "digest") &&
            !call_agreed(call, "Accept these terms for %s?", reach_party(&reach, &about)->text))
                return EXIT_USAGE;
        event.acceptance.version = row->version;
        event.acceptance.terms_sha256 = row->terms_sha256;
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_contract_accept = {
        .noun = "contract",
        .name = "accept",
        .usage = "CONTRACT",
        .says = "countersign the terms on offer, after showing their digest",
        .more = "What is signed is the digest of the very bytes on offer. Give --digest, had from "
                "the other side by another way, to be sure that both mean the same.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "version", "N", "this version of the terms; the newest unless given", 0 },
                { "digest", "HEX", "accept only if this is the digest", 0 },
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = accept_run,
};

static enum exit_code terminate_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_TERMINATION };
        const char *reason = call_value(call, "reason");
        struct accord_about about;
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_day_option(call, "effective", &event.termination.effective);
        if (!code)
                code = publish_about(call, &contract, &about);
        if (code)
                return code;
        if (reason)
                event.termination.reason = (struct bytes) { reason, strlen(reason) };
        if (!call_agreed(call, "End %s on %s?", call->words[0], call_value(call, "effective")))
                return EXIT_USAGE;
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_contract_terminate = {
        .noun = "contract",
        .name = "terminate",
        .usage = "CONTRACT",
        .says = "end a contract",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "effective", "DAY", "the first day on which it no longer holds", OPTION_NEEDED },
                { "reason", "TEXT", "for the other side", 0 },
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = terminate_run,
};
