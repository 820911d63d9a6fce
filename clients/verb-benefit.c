/* SPDX-License-Identifier: Apache-2.0 */
/* How a payer's benefits treat a provider. */
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/figure.h"
#include "clients/publish.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code take_tier(const struct call *call, struct benefit *benefit)
{
        uint64_t tier = 0, tiers = 0;
        enum exit_code code = take_number_option(call, "tier", BENEFIT_TIERS_MAX, &tier);

        if (!code)
                code = take_number_option(call, "of", BENEFIT_TIERS_MAX, &tiers);
        if (code)
                return code;
        if (tier < 1 || tier > tiers)
                return call_misused(call, "--tier is one of the tiers: from 1 to what --of says");
        benefit->tier = (uint32_t)tier;
        benefit->tiers = (uint32_t)tiers;
        return EXIT_DONE;
}

static enum exit_code take_sharing(const struct call *call, struct benefit *benefit)
{
        const char *copayment = call_value(call, "copayment");
        const char *coinsurance = call_value(call, "coinsurance");
        enum exit_code code = EXIT_DONE;
        struct bytes text;

        benefit->has_copayment = copayment != NULL;
        if (copayment)
                code = take_money(call, "copayment", copayment, &benefit->copayment);
        if (code)
                return code;
        if (benefit->copayment < 0)
                return call_misused(call, "--copayment is what members pay: from 0 on");
        benefit->has_coinsurance = coinsurance != NULL;
        if (!coinsurance)
                return EXIT_DONE;
        text = (struct bytes) { coinsurance, strlen(coinsurance) };
        if (rate_parse(text, &benefit->coinsurance) || benefit->coinsurance.num < 0 ||
            benefit->coinsurance.num > benefit->coinsurance.den)
                return call_misused(call, "--coinsurance %s is no part from 0 to 1: 0.2, 1/5, 20%%",
                                    coinsurance);
        return EXIT_DONE;
}

static enum exit_code publish_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct event event = { .kind = EVENT_BENEFIT, .benefit = { .until = DATE_NONE } };
        struct benefit *benefit = &event.benefit;
        struct accord_about about;
        enum exit_code code = take_name(call, 0, &benefit->provider);

        if (!code)
                code = take_tier(call, benefit);
        if (!code)
                code = take_name_option(call, "service", &benefit->service);
        if (!code)
                code = take_sharing(call, benefit);
        if (!code)
                code = take_day_option(call, "from", &benefit->from);
        if (!code)
                code = take_day_option(call, "until", &benefit->until);
        if (!code)
                code = publish_about(call, NULL, &about);
        return code ? code : publish(call, &reach, &about, &event, 1, NULL, NULL, NULL);
}

const struct verb verb_benefit_publish = {
        .noun = "benefit",
        .name = "publish",
        .usage = "PARTY",
        .says = "state how this payer's benefits treat a provider",
        .more = "The last statement of a provider and service counts. The provider can read it. "
                "Where it does not go together with a contract, as when members pay more at a "
                "provider that the contract pays for lower cost, a signal and accord benefit list "
                "say so, to this payer alone.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "tier", "N", "the tier it is in; 1 is what members pay least for",
                  OPTION_NEEDED },
                { "of", "N", "how many tiers there are", OPTION_NEEDED },
                { "service", "WORD", "of this kind of service only", 0 },
                { "copayment", "AMOUNT", "what a member pays for each visit", 0 },
                { "coinsurance", "RATE", "the part of the cost a member pays", 0 },
                { "from", "DAY", "from this day on", OPTION_NEEDED },
                { "until", "DAY", "no longer from this day on", 0 },
                PUBLISH_OPTIONS,
        },
        .run = publish_run,
};

/* ---- list */

static const struct column list_columns[] = {
        COLUMN("payer", "PAYER"),
        COLUMN("provider", "PROVIDER"),
        COLUMN("service", "SERVICE"),
        COLUMN_RIGHT("tier", "TIER"),
        COLUMN_RIGHT("tiers", "OF"),
        COLUMN_RIGHT("copayment", "COPAYMENT"),
        COLUMN_RIGHT("coinsurance", "COINSURANCE"),
        COLUMN("from", "FROM"),
        COLUMN("until", "UNTIL"),
        COLUMN("contradicts", "DOES NOT GO WITH"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMN_WIDE("current", "CURRENT"),
        COLUMNS_END
};

struct listing {
        struct out *out;
        bool history;
};

static int list_row(void *with, const struct benefit_row *row)
{
        const struct listing *listing = with;
        const struct benefit *b = &row->benefit;

        if (!row->current && !listing->history)
                return 0;
        out_row(listing->out, (struct cell[]) {
                cell_text(row->payer.text), cell_text(b->provider.text),
                name_empty(&b->service) ? cell_none() : cell_text(b->service.text),
                cell_count(b->tier), cell_count(b->tiers),
                b->has_copayment ? cell_money(b->copayment) : cell_none(),
                b->has_coinsurance ? cell_rate(b->coinsurance.num, b->coinsurance.den)
                                   : cell_none(),
                cell_day(b->from), cell_day(b->until),
                *row->contradicts.text ? cell_text(row->contradicts.text) : cell_none(),
                cell_id(row->index), cell_flag(row->current) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct listing listing = { .out = call->out, .history = call_has(call, "history") };
        struct accord_error error = { 0 };
        enum exit_code code = reach_asking(call, &reach);

        if (code)
                return code;
        out_begin(call->out, "benefit", list_columns);
        if (accord_query_benefits(reach.session, list_row, &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_benefit_list = {
        .noun = "benefit",
        .name = "list",
        .usage = "",
        .says = "list the benefits this party stated, and those in which it is named",
        .prints = true,
        .options = {
                { "history", NULL, "with what was replaced since", 0 },
                AS_OF_OPTION,
        },
        .run = list_run,
};
