/* SPDX-License-Identifier: Apache-2.0 */
/* Bringing a dispute to an end: what both could agree on, agreeing to it, and deciding. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/decisions.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/terms-file.h"
#include "clients/verbs.h"

static void tell(void *with, const char *sentence)
{
        say_note(with, "  %s", sentence);
}

static void deciding_cleanup(struct deciding **deciding)
{
        free(*deciding);
}

/* Both say the same thing; they differ in what it takes for it to hold. */
static enum exit_code publish_decisions(struct call *call, enum event_kind kind)
{
        own(reach) struct reach reach = { 0 };
        own(deciding) struct deciding *deciding = calloc(1, sizeof(*deciding));
        own(sink) struct sink bytes = { 0 };
        struct event event = { .kind = kind };
        const char *because = call_value(call, "because");
        struct bytes says = { because, strlen(because) };
        struct accord_about about;
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!deciding)
                return say_failure(-ENOMEM, "what is decided");
        if (!code)
                code = take_decisions(call, &contract, deciding);
        if (!code)
                code = publish_about(call, &contract, &about);
        if (!code)
                code = decisions_encode(&deciding->decisions, &bytes);
        if (code)
                return code;
        say_note(call->cli, "%s, to hold whatever either side says by itself:",
                 kind == EVENT_RESOLUTION ? "what you propose to the other side"
                                          : "what you decide");
        decisions_says(&deciding->decisions, tell, call->cli);
        if (kind == EVENT_RESOLUTION) {
                event.resolution = (struct resolution) { sink_bytes(&bytes), says };
        } else {
                if (!call_agreed(call, "Decide this for both sides?"))
                        return EXIT_USAGE;
                event.determination = (struct determination) { sink_bytes(&bytes), says };
        }
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

static enum exit_code resolve_run(struct call *call)
{
        return publish_decisions(call, EVENT_RESOLUTION);
}

const struct verb verb_settle_resolve = {
        .noun = "settle",
        .name = "resolve",
        .usage = "CONTRACT",
        .says = "propose what both sides could agree on; it holds when the other side agrees",
        .more = "The figures then hold for both, until both say the same other thing; the disputes "
                "named are closed; every period that this touches is settled anew, and the "
                "difference posts. A dispute closed without a figure leaves the statement as a "
                "run says it.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                DECISIONS_OPTIONS,
                PUBLISH_OPTIONS,
        },
        .run = resolve_run,
};

static enum exit_code determine_run(struct call *call)
{
        return publish_decisions(call, EVENT_DETERMINATION);
}

const struct verb verb_settle_determine = {
        .noun = "settle",
        .name = "determine",
        .usage = "CONTRACT",
        .says = "decide a dispute for both sides, as the terms let this party",
        .more = "By the terms that is the arbiter they name, or the side of record of each figure, "
                "which may only decide that its own figure stands. accord contract show CONTRACT "
                "--terms says who.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                DECISIONS_OPTIONS,
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = determine_run,
};

/* ---- agreeing */

struct agreeing {
        const struct call *call;
        struct dispute_row row;         /* its lists are gone after the visit */
        struct digest digest;
        enum exit_code code;
};

/* What is agreed to is the digest of what was shown, and nothing else. */
static int show_proposal(void *with, const struct dispute_row *row)
{
        struct agreeing *agreeing = with;
        const struct cli *cli = agreeing->call->cli;
        own(sink) struct sink bytes = { 0 };
        char hex[DIGEST_TEXT_MAX + 1];

        agreeing->row = *row;
        if (row->what != DISPUTE_RESOLUTION || !row->has_decisions)
                return 0;
        agreeing->code = decisions_encode(&row->decisions, &bytes);
        if (!agreeing->code)
                agreeing->code = terms_digest(sink_bytes(&bytes), &agreeing->digest);
        if (agreeing->code)
                return 0;
        say_note(cli, "%s/%s proposes: %.*s", row->by.party.text, row->by.node.text,
                 (int)row->says.size, row->says.size ? (const char *)row->says.data : "");
        decisions_says(&row->decisions, tell, (void *)(uintptr_t)cli);
        digest_print(&agreeing->digest, hex);
        say_note(cli, "digest %s", hex);
        return 0;
}

static enum exit_code check_proposal(const struct call *call, const struct agreeing *agreeing)
{
        const struct dispute_row *row = &agreeing->row;

        if (agreeing->code)
                return agreeing->code;
        if (row->what == DISPUTE_RESOLUTION && row->state == DISPUTE_OPEN)
                return EXIT_DONE;
        say_error(row->what == DISPUTE_OF_STATEMENT ?
                          "entry %s holds a dispute: what can be agreed to is a proposal, accord "
                          "settle resolve" :
                  row->what == DISPUTE_DETERMINATION ?
                          "entry %s holds a determination, which holds without being agreed to" :
                  row->state == DISPUTE_IN_FORCE ? "the proposal of entry %s is agreed to already" :
                          "the proposal of entry %s is no longer open", call->words[0]);
        return EXIT_CONFLICT;
}

static enum exit_code agree_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_RESOLUTION_ACCEPTANCE };
        struct agreeing agreeing = { .call = call };
        struct contract_id contract;
        struct accord_about about;
        uint64_t index;
        enum exit_code code = take_number(call, 0, &index);

        if (!code)
                code = reach_hub(call->cli, &reach);
        if (!code)
                code = find_dispute(&reach, index, &contract, show_proposal, &agreeing);
        if (!code)
                code = check_proposal(call, &agreeing);
        if (!code)
                code = publish_about(call, &contract, &about);
        if (code)
                return code;
        if (!call_agreed(call, "Agree to this for %s?", reach_party(&reach, &about)->text))
                return EXIT_USAGE;
        event.resolution_acceptance.resolution = index;
        memcpy(event.resolution_acceptance.decisions_sha256.octets, agreeing.digest.octets,
               sizeof(agreeing.digest.octets));
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_settle_agree = {
        .noun = "settle",
        .name = "agree",
        .usage = "RESOLUTION",
        .says = "agree to what the other side proposes, after showing it",
        .more = "RESOLUTION is the number of its entry: accord settle disputes CONTRACT. What is "
                "signed is the digest of what is shown.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "yes", NULL, "do not ask", 0 },
                PUBLISH_OPTIONS,
        },
        .run = agree_run,
};
