/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align_signal.h"

#include <string.h>

#include "core/align_inside.h"
#include "core/check.h"

#define CENTS_PER_DOLLAR 100

/* ---- payers */

static const struct name *payer_name(const struct name *bearer, const struct align_owner *owners,
                                     size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (name_equal(&owners[i].bearer, bearer))
                        return &owners[i].as;
        return bearer;
}

static bool has_payer(const struct align_signal *s, const struct name *name)
{
        for (uint32_t i = 0; i < s->align.payer_count; i++)
                if (name_equal(&s->payers[i].name, name))
                        return true;
        return false;
}

/* By insertion: in order of name, each once. */
static void add_payer(struct align_signal *s, const struct name *name)
{
        uint32_t at = s->align.payer_count;

        if (has_payer(s, name))
                return;
        for (; at > 0 && strcmp(s->payers[at - 1].name.text, name->text) > 0; at--)
                s->payers[at] = s->payers[at - 1];
        s->payers[at] = (struct align_payer) { .name = *name, .keep = exact_of(0) };
        s->align.payer_count++;
}

static uint32_t payer_at(const struct align_signal *s, const struct name *name)
{
        uint32_t at = 0;

        while (!name_equal(&s->payers[at].name, name))
                at++;
        return at;
}

static void take_payers(const struct incentive_signal *signal, const struct align_owner *owners,
                        size_t count, struct align_signal *s)
{
        for (uint32_t i = 0; i < signal->contract_count; i++)
                add_payer(s, payer_name(&signal->contracts[i].contract.bearer, owners, count));
        for (uint32_t i = 0; i < signal->contract_count; i++)
                s->payer_of[i] = payer_at(s, payer_name(&signal->contracts[i].contract.bearer,
                                                        owners, count));
}

/* ---- what is known of revenue and panels */

static bool fits(int64_t *sum, int64_t amount)
{
        return amount >= 0 && amount <= ALIGN_TOTAL_MAX - *sum && (*sum += amount, true);
}

/* All contracts of one bearer. */
struct bearer {
        bool has_revenue, present;
        int64_t revenue, people;
        uint32_t category;
};

static bool is_first(const struct incentive_signal *signal, uint32_t at)
{
        for (uint32_t i = 0; i < at; i++)
                if (name_equal(&signal->contracts[i].contract.bearer,
                               &signal->contracts[at].contract.bearer))
                        return false;
        return true;
}

static struct bearer bearer_of(const struct incentive_signal *signal, uint32_t first)
{
        struct bearer ret = { .revenue = 0 };

        for (uint32_t i = first; i < signal->contract_count; i++) {
                const struct incentive_contract *c = &signal->contracts[i];

                if (!name_equal(&c->contract.bearer, &signal->contracts[first].contract.bearer))
                        continue;
                ret.present = ret.present || !c->relayed;
                ret.category = c->category > ret.category ? c->category : ret.category;
                if (c->has_revenue && c->revenue > ret.revenue)
                        ret.revenue = c->revenue;
                ret.has_revenue = ret.has_revenue || c->has_revenue;
                if (c->has_members && (int64_t)c->members > ret.people)
                        ret.people = (int64_t)c->members;
        }
        return ret;
}

static bool take_bearer(const struct bearer *bearer, uint32_t payer, struct align_signal *s)
{
        int64_t *known = bearer->present ? &s->coverage.present : &s->coverage.relayed;

        if (!fits(&s->people[payer], bearer->people))
                return false;
        if (!bearer->has_revenue) {
                s->coverage.without_revenue++;
                return true;
        }
        s->payers[payer].has_revenue = true;
        return fits(known, bearer->revenue) && fits(&s->payers[payer].revenue, bearer->revenue) &&
               fits(&s->category[bearer->category], bearer->revenue);
}

static const char *contract_fault(const struct incentive_contract *c)
{
        if (c->has_revenue && c->revenue < 0)
                return "a contract's revenue is below zero";
        if (c->category >= LAN_COUNT)
                return "a contract's category is none";
        if (c->has_members && c->members > COUNT_MAX)
                return "a contract's members are more than there can be";
        return NULL;
}

static const char *take_contracts(const struct incentive_signal *signal, struct align_signal *s)
{
        for (uint32_t i = 0; i < signal->contract_count; i++) {
                const char *wrong = contract_fault(&signal->contracts[i]);

                if (wrong)
                        return wrong;
                s->coverage.contracts++;
                s->coverage.relayed_contracts += signal->contracts[i].relayed;
                s->coverage.not_calculable += signal->contracts[i].reason.text[0] != '\0';
        }
        for (uint32_t i = 0; i < signal->contract_count; i++) {
                struct bearer bearer = bearer_of(signal, i);

                if (is_first(signal, i) && !take_bearer(&bearer, s->payer_of[i], s))
                        return "revenues are too much together";
        }
        s->coverage.has_all = signal->has_revenue;
        s->coverage.all = signal->has_revenue ? signal->all_source_revenue : 0;
        return s->coverage.all < 0 ? "the revenue from all sources is below zero" : NULL;
}

/* ---- rows */

static const char *take_rows(const struct incentive_signal *signal, struct align_signal *s)
{
        for (uint32_t i = 0; i < signal->row_count; i++) {
                const struct incentive_row *from = &signal->rows[i];
                struct align_row *row = &s->rows[i];

                if (from->contract >= signal->contract_count)
                        return "a row is of no contract";
                *row = (struct align_row) {
                        .payer = s->payer_of[from->contract],
                        .contract = from->contract,
                        .key = from->is.key,
                        .excludes = from->is.excludes,
                        .period = signal->contracts[from->contract].period,
                        .has_target = from->is.has_target,
                        .target = from->is.target,
                        .gate = from->is.gate,
                        .dollars = from->is.stake,
                };
                memcpy(row->point, from->is.point, sizeof(row->point));
        }
        s->align.row_count = signal->row_count;
        return NULL;
}

/* ---- F10 */

static const struct incentive_row *cost_row(const struct incentive_signal *signal,
                                            uint32_t contract)
{
        for (uint32_t i = 0; i < signal->row_count; i++)
                if (signal->rows[i].contract == contract &&
                    signal->rows[i].is.of == INCENTIVE_TOTAL_COST)
                        return &signal->rows[i];
        return NULL;
}

static void take_keep(const struct incentive_signal *signal, struct align_signal *s, uint32_t payer)
{
        wide paid = 0, saved = 0;

        for (uint32_t i = 0; i < signal->contract_count; i++) {
                const struct incentive_contract *c = &signal->contracts[i];
                const struct incentive_row *cost = cost_row(signal, i);

                if (s->payer_of[i] != payer)
                        continue;
                if (c->reason.text[0] || (cost && (!c->has_members || !c->members)))
                        return;
                if (!cost)
                        continue;
                paid += cost->is.point[FORECAST_CENTRAL];
                saved += (wide)c->members * CENTS_PER_DOLLAR;
        }
        s->payers[payer].has_keep = true;
        s->payers[payer].keep = saved ? exact_ratio(paid, saved) : exact_of(0);
}

const char *align_of_signal(const struct incentive_signal *signal, const struct align_owner *owners,
                            size_t owner_count, struct rate tolerance, struct align_signal *ret)
{
        const char *wrong;

        if (signal->contract_count > SIGNAL_CONTRACTS_MAX || signal->row_count > SIGNAL_ROWS_MAX)
                return "there are more contracts or rows than a signal has";
        memset(ret, 0, sizeof(*ret));
        ret->align = (struct align) { .payers = ret->payers, .rows = ret->rows,
                                      .tolerance = tolerance };
        take_payers(signal, owners, owner_count, ret);
        wrong = take_contracts(signal, ret);
        if (!wrong)
                wrong = take_rows(signal, ret);
        if (!wrong)
                wrong = align_prepare(&ret->align);
        for (uint32_t i = 0; !wrong && i < ret->align.payer_count; i++)
                take_keep(signal, ret, i);
        return wrong;
}

struct align_index align_covered(const struct align_coverage *coverage, int64_t part)
{
        if (!coverage->has_all)
                return align_is_not("the revenue from all sources is not stated");
        return align_part(part, coverage->all);
}

struct align_index align_unknown(const struct align_coverage *coverage)
{
        wide known = (wide)coverage->present + coverage->relayed;

        if (!coverage->has_all)
                return align_is_not("the revenue from all sources is not stated");
        if (known > coverage->all)
                return align_is_not("contracts bring more than the revenue from all sources");
        return align_part(coverage->all - (int64_t)known, coverage->all);
}
