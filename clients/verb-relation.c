/* SPDX-License-Identifier: Apache-2.0 */
/* What a party is to another: relations, and delegation. */
#include <string.h>

#include "core/own.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct word relation_words[] = {
        { "participates-in", RELATION_PARTICIPATES_IN },
        { "bills-for", RELATION_BILLS_FOR },
        { "owns", RELATION_OWNS },
        { "administers-for", RELATION_ADMINISTERS_FOR },
        { NULL, 0 },
};

static bool all_digits(const char *text, size_t count)
{
        return strlen(text) == count && strspn(text, "0123456789") == count;
}

/* The check digit of a National Provider Identifier: Luhn over 80840 and the number. */
static bool npi_holds(const char *npi)
{
        int sum = 24;           /* what the prefix 80840 comes to */

        if (!all_digits(npi, 10))
                return false;
        for (int i = 0; i < 10; i++) {
                int digit = npi[i] - '0';

                if (i % 2 == 0)
                        digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
                sum += digit;
        }
        return sum % 10 == 0;
}

static struct bytes text_option(const struct call *call, const char *option)
{
        const char *value = call_value(call, option);

        return (struct bytes) { value, value ? strlen(value) : 0 };
}

static enum exit_code take_identifiers(const struct call *call, struct relation *relation)
{
        const char *npi = call_value(call, "npi"), *tin = call_value(call, "tin");

        if (npi && !npi_holds(npi))
                return call_misused(call, "--npi %s is no NPI: ten digits, the last a check",
                                    npi);
        if (tin && !all_digits(tin, 9))
                return call_misused(call, "--tin takes nine digits");
        relation->npi = text_option(call, "npi");
        relation->tin = text_option(call, "tin");
        relation->ccn = text_option(call, "ccn");
        return EXIT_DONE;
}

static enum exit_code relation_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_RELATION };
        struct accord_about about;
        int kind = 0;
        enum exit_code code = take_name(call, 0, &event.relation.other);

        event.relation.until = DATE_NONE;
        if (!code)
                code = take_word_option(call, "kind", relation_words, &kind);
        if (!code)
                code = take_day_option(call, "from", &event.relation.from);
        if (!code)
                code = take_day_option(call, "until", &event.relation.until);
        if (!code)
                code = take_identifiers(call, &event.relation);
        if (!code)
                code = publish_about(call, NULL, &about);
        if (code)
                return code;
        event.relation.kind = (enum relation_kind)kind;
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_relation_publish = {
        .noun = "relation",
        .name = "publish",
        .usage = "PARTY",
        .says = "state what this party is to another",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "kind", "participates-in|bills-for|owns|administers-for", "what it is to it",
                  OPTION_NEEDED },
                { "from", "DAY", "from this day on", OPTION_NEEDED },
                { "until", "DAY", "no longer from this day on", 0 },
                { "npi", "NPI", "National Provider Identifier", 0 },
                { "tin", "TIN", "taxpayer number", 0 },
                { "ccn", "CCN", "CMS certification number", 0 },
                PUBLISH_OPTIONS,
        },
        .run = relation_run,
};

static enum exit_code delegate_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_DELEGATION };
        struct accord_about about;
        enum exit_code code = take_name(call, 0, &event.delegation.to);

        if (!code)
                code = take_rights(call, call_value(call, "rights"), &event.delegation.rights);
        if (!code)
                code = take_time_option(call, "from", &event.delegation.from);
        if (!code)
                code = take_time_option(call, "until", &event.delegation.until);
        if (!code)
                code = publish_about(call, NULL, &about);
        if (code)
                return code;
        if (!call_has(call, "from"))
                event.delegation.from = time_now();
        return publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_delegation_publish = {
        .noun = "delegation",
        .name = "publish",
        .usage = "PARTY",
        .says = "let another party's nodes act for this one",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "rights", "RIGHT,...", "facts, terms, settlement, vote, read", OPTION_NEEDED },
                { "from", "MOMENT", "from then on; from now on unless given", 0 },
                { "until", "MOMENT", "no longer from then on", OPTION_NEEDED },
                PUBLISH_OPTIONS,
        },
        .run = delegate_run,
};

static enum exit_code end_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_DELEGATION_END };
        struct accord_about about;
        enum exit_code code = take_name(call, 0, &event.delegation_end.to);

        if (!code)
                code = publish_about(call, NULL, &about);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_delegation_end = {
        .noun = "delegation",
        .name = "end",
        .usage = "PARTY",
        .says = "take a delegation back",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                PUBLISH_OPTIONS,
        },
        .run = end_run,
};
