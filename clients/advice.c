/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/advice.h"

#include <inttypes.h>
#include <stdio.h>

#include "clients/cli.h"

static const struct {
        unsigned int refusal;
        const char *says;
} rows[] = {
        { REFUSAL_OVERSIZE, "publish it in parts" },
        { REFUSAL_MALFORMED, "look whether this version of accord is older than the hub" },
        { REFUSAL_WRONG_FORMAT, "update accord, or ask the hub's operator to" },
        { REFUSAL_UNKNOWN_NODE, "ask the hub's operator to admit this node: accord key show" },
        { REFUSAL_REVOKED_NODE, "ask the hub's operator; new keys and a new admission are needed" },
        { REFUSAL_WRONG_HUB, "look at hub and hub-key: accord profile show" },
        { REFUSAL_WRONG_SENDER, "look at as and key-file: accord profile show" },
        { REFUSAL_BAD_SIGNATURE, "look at key-file: is it the one that was admitted?" },
        { REFUSAL_STREAM_CLOSED, "begin a new outbox: another state-dir" },
        { REFUSAL_TOO_MANY_STREAMS, "close a stream that is no longer used" },
        { REFUSAL_SEQUENCE_GAP, "send what waits first: accord outbox flush" },
        { REFUSAL_BUSY, "wait, then: accord outbox flush" },
        { REFUSAL_EQUIVOCATION, "was this outbox copied? Keep the evidence, and begin a new one" },
        { REFUSAL_NO_SUCH_THING, "look at the name: accord contract list" },
        { REFUSAL_NOT_PERMITTED, "the terms say who may (accord contract show --terms), the hub's "
                                 "operator which node" },
        { REFUSAL_NOT_DELEGATED, "ask that party for a delegation: accord delegation publish" },
        { REFUSAL_WRONG_SCOPE, "publish it apart from the rest" },
        { REFUSAL_ABSENT_PARTY, "say where it comes from: --relayed-for, --document" },
        { REFUSAL_NOT_RELAYABLE, "let the counterparty relay it, or the party say it itself" },
        { REFUSAL_BAD_VALUE, "correct the value" },
        { REFUSAL_BAD_TERMS, "correct the terms: accord contract validate" },
        { REFUSAL_ALREADY_EXISTS, "see what is there: accord contract show, accord perf list" },
        { REFUSAL_TERMS_DIFFER, "look at the offer again: accord contract show" },
        { REFUSAL_OFFER_CLOSED, "look at what is on offer now: accord contract show" },
        { REFUSAL_SECOND_NODE, "let another node of the party do the same" },
        { REFUSAL_NOT_IN_FORCE, "both sides must accept the terms first: accord contract show" },
        { REFUSAL_PERIOD_NOT_COVERED, "see the terms' periods: accord contract show --terms" },
        { REFUSAL_UNKNOWN_SEGMENT, "see the terms' segments: accord contract show --terms" },
        { REFUSAL_NO_PREDECESSOR, "publish it with --replace, or see accord perf list" },
        { REFUSAL_STALE_PREDECESSOR, "publish it with --replace, or see accord perf list" },
        { REFUSAL_TWICE_IN_ONE, "leave one of the two out" },
        { REFUSAL_RUN_PENDING, "wait for its statement: accord settle list" },
        { REFUSAL_TOO_EARLY, "see what is next and when: accord recon status" },
        { REFUSAL_PLAN_STALE, "review it again: accord settle plan" },
        { REFUSAL_STATEMENT_CLOSED, "see where it stands: accord settle list" },
        { REFUSAL_NOT_ASKED_FOR, "the terms settle without it: accord contract show --terms" },
};

const char *advice_for(unsigned int refusal)
{
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (rows[i].refusal == refusal)
                        return rows[i].says;
        return "";
}

static void advise_one(const struct wire_fault *fault, const uint64_t *tags)
{
        const char *name = refusal_name(fault->code), *advice = advice_for(fault->code);
        char place[64] = "";

        if (fault->event != REFUSAL_WHOLE && tags && tags[fault->event])
                snprintf(place, sizeof(place), "row %" PRIu64 ": ", tags[fault->event]);
        else if (fault->event != REFUSAL_WHOLE)
                snprintf(place, sizeof(place), "event %" PRIu32 ": ", fault->event + 1);
        say_error("%s%.*s%s%s (%" PRIu32 "): %.*s%s%s", place, (int)fault->field.size,
                  fault->field.size ? (const char *)fault->field.data : "",
                  fault->field.size ? ": " : "", name ? name : "refused", fault->code,
                  (int)fault->says.size, fault->says.size ? (const char *)fault->says.data : "",
                  *advice ? "; " : "", advice);
}

void advise(const struct wire_fault *faults, uint32_t count, uint32_t more, const uint64_t *tags)
{
        for (uint32_t i = 0; i < count; i++)
                advise_one(&faults[i], tags);
        if (more)
                say_error("and %" PRIu32 " more like these", more);
}
