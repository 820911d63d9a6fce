/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/signalling.h"

#include <stdio.h>
#include <string.h>

#include "core/community.h"
#include "tests/core/run.h"
#include "tests/draw.h"

#define DAY_US INT64_C(86400000000)

struct name name_of(const char *text)
{
        struct name name;

        ck_assert(name_parse((struct bytes) { text, strlen(text) }, &name));
        return name;
}

void lay_signal(struct laid_signal *laid)
{
        memset(laid, 0, sizeof(*laid));
        laid->signal = (struct incentive_signal) {
                .party = name_of("cascade"), .as_of = 1234,
                .time = (date_of(2026, 8, 31) * DAY_US) + DAY_US / 2,
                .contracts = laid->contracts, .rows = laid->rows, .needs = laid->needs,
        };
}

struct incentive_contract *lay_contract(struct laid_signal *laid, const char *contract)
{
        struct incentive_contract *c = &laid->contracts[laid->signal.contract_count++];

        *c = (struct incentive_contract) {
                .version = 1, .standing = STANDING_BINDING, .share = { 1, 1 },
                .period = { date_of(2026, 1, 1), date_of(2027, 1, 1) },
                .paid_through = date_of(2026, 8, 31), .payment = date_of(2027, 10, 1),
                .has_members = true, .members = 1000,
        };
        ck_assert(contract_id_parse((struct bytes) { contract, strlen(contract) }, &c->contract));
        return c;
}

struct incentive *lay_row(struct laid_signal *laid, const char *concept, int64_t point,
                          int64_t stake)
{
        struct incentive_row *row = &laid->rows[laid->signal.row_count++];

        row->contract = laid->signal.contract_count - 1;
        row->is = (struct incentive) {
                .of = INCENTIVE_MEASURE,
                .key = { .concept = name_of(concept), .direction = DIRECTION_MORE },
                .has_counts = true, .numerator = 400, .denominator = 1000,
                .point = { point, point, point }, .stake = stake,
        };
        snprintf(row->is.item.text, sizeof(row->is.item.text), "%s", concept);
        return &row->is;
}

struct incentive *lay_cost(struct laid_signal *laid, int64_t point, int64_t stake)
{
        struct incentive *is = lay_row(laid, CONCEPT_TOTAL_COST, point, stake);

        is->of = INCENTIVE_TOTAL_COST;
        is->key.direction = DIRECTION_LESS;
        is->has_counts = false;
        is->item.text[0] = '\0';
        return is;
}

void lay_need(struct laid_signal *laid, uint32_t kind, bool paid, enum capability_said has)
{
        laid->needs[laid->signal.need_count++] = (struct capability_need) {
                laid->signal.contract_count - 1, kind, paid, has };
}

/* ---- drawn */

static int64_t drawn_cents(uint64_t *state)
{
        int64_t most = xorshift_below(state, 20) ? 10000000 : SIGNAL_CENTS_MAX;
        int64_t cents = (int64_t)xorshift_below(state, (uint64_t)most + 1);

        return xorshift_below(state, 4) ? cents : -cents;
}

static void draw_contract(struct laid_signal *laid, uint64_t *state)
{
        struct incentive_contract *c;
        char text[64];

        snprintf(text, sizeof(text), "payer%d/earner%d/c%d", (int)xorshift_below(state, 6),
                 (int)xorshift_below(state, 2), (int)laid->signal.contract_count);
        c = lay_contract(laid, text);
        c->relayed = xorshift_below(state, 3) == 0;
        c->through = xorshift_below(state, 3) == 0;
        if (c->through)
                c->share = (struct rate) { (int64_t)xorshift_below(state, 1000), 1000 };
        if (xorshift_below(state, 10) == 0)
                c->share = (struct rate) { 0, 0 };
        c->has_revenue = xorshift_below(state, 4) != 0;
        c->revenue = c->has_revenue ? (int64_t)xorshift_below(state, 1000000000) : 0;
        if (xorshift_below(state, 4) == 0)
                c->period = (struct period) { date_of(2025, 7, 1), date_of(2026, 7, 1) };
        if (xorshift_below(state, 5) == 0)
                c->paid_through = DATE_NONE;
        c->low = drawn_cents(state);
        c->central = drawn_cents(state);
        c->high = drawn_cents(state);
        c->least = drawn_cents(state);
        c->most = drawn_cents(state);
}

static void draw_row(struct laid_signal *laid, uint64_t *state)
{
        static const char *const concepts[] = { "cbp", "hbd", "bcs", "total-cost", "pcr" };
        static const char *const words[] = { "", "2024", "2025" };
        struct incentive *is = lay_row(laid, concepts[xorshift_below(state, 5)],
                                       drawn_cents(state), drawn_cents(state));

        if (xorshift_below(state, 5) == 0)
                is->of = INCENTIVE_TOTAL_COST;
        is->key.direction = xorshift_below(state, 6) ? DIRECTION_MORE : DIRECTION_LESS;
        strcpy(is->key.version.text, words[xorshift_below(state, 3)]);
        strcpy(is->key.population.text, words[xorshift_below(state, 2)]);
        is->point[FORECAST_LOW] = drawn_cents(state);
        is->has_counts = xorshift_below(state, 4) != 0;
        is->denominator = xorshift_below(state, 20) ? xorshift_below(state, 5000) : COUNT_MAX;
        is->has_patient = xorshift_below(state, 2) != 0;
        is->patient = drawn_cents(state);
        is->has_target = xorshift_below(state, 2) != 0;
        is->target = (struct rate) { 60 + (int64_t)xorshift_below(state, 5), 100 };
        is->has_reachable = xorshift_below(state, 2) != 0;
        is->reachable = xorshift_below(state, 1000);
        is->edge = (enum edge)xorshift_below(state, EDGE_BEST + 1);
        is->edge_steps = 1 + (int64_t)xorshift_below(state, 20);
        is->edge_worth = drawn_cents(state);
        is->gate = xorshift_below(state, 4) == 0;
}

void draw_signal(struct laid_signal *laid, uint64_t *state)
{
        size_t contracts = xorshift_below(state, 12);

        lay_signal(laid);
        for (size_t i = 0; i < contracts; i++) {
                size_t rows = xorshift_below(state, 8), needs = xorshift_below(state, 3);

                draw_contract(laid, state);
                for (size_t row = 0; row < rows; row++)
                        draw_row(laid, state);
                for (size_t need = 0; need < needs; need++)
                        lay_need(laid, 1 + (uint32_t)xorshift_below(state, 10),
                                 xorshift_below(state, 2), CAPABILITY_HAS);
        }
        laid->signal.has_revenue = xorshift_below(state, 3) != 0;
        laid->signal.all_source_revenue = (int64_t)xorshift_below(state, 4000000000u);
        laid->signal.revenue_period = (struct period) { date_of(2025, 1, 1), date_of(2026, 1, 1) };
}

void shuffle_signal(const struct laid_signal *laid, struct laid_signal *ret, uint64_t *state)
{
        uint32_t order[SIGNAL_CONTRACTS_MAX], count = laid->signal.contract_count;

        lay_signal(ret);
        for (uint32_t i = 0; i < count; i++) {
                uint32_t at = (uint32_t)xorshift_below(state, i + 1);

                order[i] = order[at];
                order[at] = i;
        }
        for (uint32_t i = 0; i < count; i++) {
                ret->contracts[ret->signal.contract_count++] = laid->contracts[order[i]];
                for (uint32_t row = laid->signal.row_count; row-- > 0;)
                        if (laid->rows[row].contract == order[i]) {
                                ret->rows[ret->signal.row_count] = laid->rows[row];
                                ret->rows[ret->signal.row_count++].contract = i;
                        }
                for (uint32_t need = laid->signal.need_count; need-- > 0;)
                        if (laid->needs[need].contract == order[i]) {
                                ret->needs[ret->signal.need_count] = laid->needs[need];
                                ret->needs[ret->signal.need_count++].contract = i;
                        }
        }
        ret->signal.has_revenue = laid->signal.has_revenue;
        ret->signal.all_source_revenue = laid->signal.all_source_revenue;
        ret->signal.revenue_period = laid->signal.revenue_period;
}

/* ---- the example */

static struct incentive_contract *clinic_contract(struct laid_signal *laid, const char *contract,
                                                  int64_t revenue)
{
        struct incentive_contract *c = lay_contract(laid, contract);

        c->has_revenue = true;
        c->revenue = revenue;
        return c;
}

static void clinic_pressure(struct laid_signal *laid, int64_t low, int64_t point, int64_t high,
                            uint64_t people, int64_t target)
{
        struct incentive *is = lay_row(laid, "cbp", point, 4 * high);

        is->point[FORECAST_LOW] = low;
        is->point[FORECAST_HIGH] = high;
        is->denominator = people;
        is->numerator = people * 6 / 10;
        is->has_reachable = true;
        is->reachable = people * 4 / 10;
        is->has_patient = true;
        is->patient = point * 100 / (int64_t)people;
        is->has_target = true;
        is->target = (struct rate) { target, 100 };
}

void lay_clinic(struct laid_signal *laid)
{
        struct incentive_contract *c;

        lay_signal(laid);
        laid->signal.has_revenue = true;
        laid->signal.all_source_revenue = 1000000000;
        laid->signal.revenue_period = (struct period) { date_of(2026, 1, 1), date_of(2027, 1, 1) };
        c = clinic_contract(laid, "medicare/cascade-aco/mssp-2026", 300000000);
        c->relayed = c->through = true;
        c->share = (struct rate) { 1, 4 };
        c->low = 0;
        c->central = 1200000;
        c->high = 3100000;
        clinic_pressure(laid, 0, 400000, 600000, 8400, 70);
        lay_cost(laid, 40000, 2000000)->key.population = name_of("attributed");
        lay_need(laid, CAPABILITY_CARE_MANAGERS, true, CAPABILITY_HAS_NOT);
        clinic_contract(laid, "northstar/cascade/vbc-2026", 200000000);
        clinic_pressure(laid, 0, 500000, 600000, 1200, 71);
        lay_row(laid, "bcs", 0, 300000)->edge = EDGE_GATE;
        laid->rows[laid->signal.row_count - 1].is.edge_steps = 2;
        laid->rows[laid->signal.row_count - 1].is.edge_worth = 150000;
        lay_need(laid, CAPABILITY_CARE_MANAGERS, false, CAPABILITY_HAS_NOT);
        clinic_contract(laid, "state-medicaid/cascade/p4p-2026", 120000000);
        clinic_pressure(laid, 0, 240000, 300000, 800, 62);
        laid->rows[laid->signal.row_count - 1].is.excludes = name_of("dialysis");
        clinic_contract(laid, "union-plan/cascade/fee-2026", 180000000);
        lay_need(laid, CAPABILITY_REGISTRY, true, CAPABILITY_HAS);
}
