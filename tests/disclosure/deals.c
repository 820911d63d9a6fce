/* SPDX-License-Identifier: Apache-2.0 */
/* The contracts of a region: terms of three kinds, and the figures they are settled by. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/disclosure/region.h"

struct name region_name(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

static void add_step(struct terms *terms, const char *kind)
{
        struct step *step = &terms->steps[terms->step_count++];

        step->kind = region_name(kind);
        step->version = 1;
}

static struct param *add(struct terms *terms, const char *name, enum param_type type)
{
        struct step *step = &terms->steps[terms->step_count - 1];
        struct param *param = &step->params[step->param_count++];

        param->name = region_name(name);
        param->type = type;
        return param;
}

static void add_word(struct terms *terms, const char *name, const char *word)
{
        add(terms, name, PARAM_WORD)->word = region_name(word);
}

static void add_rate(struct terms *terms, const char *name, struct rate rate)
{
        add(terms, name, PARAM_RATE)->rate = rate;
}

static void add_measures(struct terms *terms, const struct deal *deal)
{
        for (size_t i = 0; i < DEAL_MEASURES && deal->measures[i]; i++) {
                add_step(terms, "measure");
                add_word(terms, "measure", deal->measures[i]);
                add(terms, "weight", PARAM_COUNT)->count = 2 - (int64_t)i;
                add_word(terms, "scale", "linear");
                add_rate(terms, "worst", (struct rate) { 1, 2 });
                add_rate(terms, "best", deal->best);
        }
        if (!deal->measures[0])
                return;
        add_step(terms, "composite");
        add_word(terms, "source", "measures");
}

static void add_savings(struct terms *terms)
{
        add_step(terms, "savings");
        add_step(terms, "corridor-gate");
        add_word(terms, "minimum", "none");
        add_step(terms, "share");
        add_word(terms, "gain", "quality");
        add_rate(terms, "up_low", (struct rate) { 1, 10 });
        add_rate(terms, "up_high", (struct rate) { 1, 2 });
}

static void write_terms(struct terms *terms, const struct deal *deal)
{
        *terms = (struct terms) {
                .contract = deal->contract, .version = 1, .signed_on = date_of(2023, 12, 1),
                .effective = date_of(2024, 1, 1), .applies = APPLIES_WHOLE_PERIOD,
                .standing = STANDING_BINDING, .lookback_months = 24,
                .agreement = { date_of(2024, 1, 1), date_of(2027, 1, 1) },
                .period_count = 3,
        };
        for (int i = 0; i < 3; i++)
                terms->periods[i] = (struct period) { date_of(2024 + i, 1, 1),
                                                      date_of(2025 + i, 1, 1) };
        snprintf(terms->title.text, sizeof(terms->title.text), "%s", deal->title);
        if (deal->kind != DEAL_QUALITY)
                add_step(terms, "attribute");
        if (deal->kind == DEAL_FEE) {
                add_word(terms, "count", "member_months");
        } else if (deal->kind == DEAL_SAVINGS) {
                add_step(terms, "expenditure");
                add_step(terms, "target");
        }
        if (deal->kind != DEAL_FEE)
                add_measures(terms, deal);
        if (deal->kind == DEAL_SAVINGS)
                add_savings(terms);
        if (deal->kind != DEAL_SAVINGS)
                add_step(terms, "fee");
        if (deal->kind == DEAL_FEE)
                add(terms, "pmpm", PARAM_CENTS)->cents = deal->pool;
        if (deal->kind == DEAL_QUALITY) {
                add(terms, "flat", PARAM_CENTS)->cents = deal->pool;
                add_rate(terms, "at_risk", (struct rate) { 1, 1 });
        }
        add_step(terms, "post");
}

size_t region_deal(struct region *region, const struct deal *deal)
{
        struct deal *own = &region->deals[region->deal_count];
        struct event event = { .kind = EVENT_OFFER };
        struct sha256 digest;
        struct sink sink;

        must(region->deal_count < REGION_DEALS ? 0 : -E2BIG, "too many contracts");
        *own = *deal;
        write_terms(region->terms, deal);
        must(sink_new(&sink, 4096, 65536), "sink_new");
        must(wire_write_terms(&sink, region->terms), "wire_write_terms");
        event.offer.terms = sink_bytes(&sink);
        digest = sha256_of(event.offer.terms);
        region_said(region, deal->payer, &deal->contract, &event);
        event = (struct event) { .kind = EVENT_ACCEPTANCE, .acceptance = { 1, digest } };
        region_said(region, deal->provider, &deal->contract, &event);
        sink_free(&sink);
        return region->deal_count++;
}

/* ---- figures */

/* What one of the two says in one submission. */
struct saying {
        struct region *region;
        struct deal *deal;
        size_t speaker;
        date paid_through;
        uint32_t count;
        size_t places[DEAL_FACTS];
        struct event events[DEAL_FACTS];
};

static void state(struct saying *saying, size_t place, enum fact_kind kind, const char *item,
                  int64_t value)
{
        struct event *event = &saying->events[saying->count];
        uint64_t at = saying->deal->at[place];

        *event = (struct event) {
                .kind = EVENT_FACT,
                .fact = {
                        .key = {
                                .scope = SCOPE_CONTRACT, .kind = kind,
                                .period = { date_of(2024, 1, 1), date_of(2025, 1, 1) },
                                .paid_through = saying->paid_through,
                        },
                        .value = { fact_kind_info(kind)->unit, value, 1 },
                        .has_supersedes = at != 0, .supersedes = at,
                },
        };
        snprintf(event->fact.key.item.text, sizeof(event->fact.key.item.text), "%s", item);
        saying->places[saying->count++] = place;
}

static void say_all(struct saying *saying)
{
        uint64_t index;

        if (!saying->count)
                return;
        index = region_say(saying->region, saying->speaker, &saying->deal->contract,
                           saying->events, saying->count);
        must(index ? 0 : -EPERM, "figures refused (ACCORD_SHOW_REFUSALS=1 says why)");
        for (uint32_t i = 0; i < saying->count; i++)
                saying->deal->at[saying->places[i]] = index;
}

static void payer_reports(struct saying *saying, int64_t revenue)
{
        if (saying->deal->kind == DEAL_FEE)
                state(saying, 1, FACT_MEMBER_MONTHS, "", revenue / 50000);
        if (saying->deal->kind != DEAL_SAVINGS)
                return;
        state(saying, 1, FACT_HEAD_COUNT, "", revenue / 600000 + 30);
        state(saying, 2, FACT_BENCHMARK, "", revenue + revenue / 20);
        state(saying, 3, FACT_EXPENDITURE, "", revenue);
}

static void provider_reports(struct saying *saying, int64_t revenue, uint32_t met)
{
        const char *const *measures = saying->deal->measures;

        state(saying, 0, FACT_PAYER_REVENUE, "", revenue);
        for (size_t i = 0; i < DEAL_MEASURES && measures[i]; i++) {
                state(saying, 4 + 2 * i, FACT_MEASURE_NUMERATOR, measures[i], met);
                state(saying, 5 + 2 * i, FACT_MEASURE_DENOMINATOR, measures[i], 1000);
        }
}

void region_report(struct region *region, size_t place, date paid_through, int64_t revenue,
                   uint32_t met)
{
        struct deal *deal = &region->deals[place];
        struct saying saying = {
                .region = region, .deal = deal, .speaker = deal->payer,
                .paid_through = paid_through,
        };

        must(region->said_count < REGION_SAID ? 0 : -E2BIG, "too much was said");
        region->said[region->said_count++] =
                (struct said_revenue) { region->stage.now, place, revenue };
        if (deal->through != paid_through)      /* other figures, which replace none */
                memset(deal->at, 0, sizeof(deal->at));
        deal->through = paid_through;
        payer_reports(&saying, revenue);
        say_all(&saying);
        saying.count = 0;
        saying.speaker = deal->provider;
        provider_reports(&saying, revenue, met);
        say_all(&saying);
}

void region_state_revenue(struct region *region, size_t provider, int year, int64_t cents)
{
        struct member *member = &region->members[provider];
        struct event event = {
                .kind = EVENT_FACT,
                .fact = {
                        .key = {
                                .scope = SCOPE_PARTY, .kind = FACT_ALL_SOURCE_REVENUE,
                                .period = { date_of(year, 1, 1), date_of(year + 1, 1, 1) },
                                .paid_through = DATE_NONE,
                        },
                        .value = { UNIT_CENTS, cents, 1 },
                        .has_supersedes = member->revenue_at != 0,
                        .supersedes = member->revenue_at,
                },
        };

        member->revenue = cents;
        member->revenue_at = region_said(region, provider, NULL, &event);
}
