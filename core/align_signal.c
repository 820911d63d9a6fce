/* SPDX-License-Identifier: Apache-2.0 */
#include "core/align_signal.h"

#include <string.h>

#include "core/align_inside.h"
#include "core/align_mean.h"
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

static bool take_revenue(const struct incentive_contract *c, struct align_payer *payer,
                         struct align_signal *s)
{
        int64_t *known = c->relayed ? &s->coverage.relayed : &s->coverage.present;

        if (!c->has_revenue) {
                s->coverage.without_revenue++;
                return true;
        }
        payer->has_revenue = true;
        return fits(known, c->revenue) && fits(&payer->revenue, c->revenue) &&
               c->category < LAN_COUNT && fits(&s->category[c->category], c->revenue);
}

static const char *take_contracts(const struct incentive_signal *signal, struct align_signal *s)
{
        for (uint32_t i = 0; i < signal->contract_count; i++) {
                const struct incentive_contract *c = &signal->contracts[i];
                uint32_t payer = s->payer_of[i];

                s->coverage.contracts++;
                s->coverage.relayed_contracts += c->relayed;
                s->coverage.not_calculable += c->reason.text[0] != '\0';
                if (!take_revenue(c, &s->payers[payer], s))
                        return "a contract's revenue or category is none";
                if (c->has_members && (c->members > COUNT_MAX ||
                                       !fits(&s->people[payer], (int64_t)c->members)))
                        return "a contract's members are more than there can be";
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

/* What a contract leaves of a dollar saved; false: not known. */
static bool contract_keeps(const struct incentive_signal *signal, uint32_t contract,
                           struct exact *ret)
{
        const struct incentive_contract *c = &signal->contracts[contract];

        *ret = exact_of(0);
        if (c->reason.text[0])
                return false;
        for (uint32_t i = 0; i < signal->row_count; i++) {
                const struct incentive_row *row = &signal->rows[i];

                if (row->contract != contract || row->is.of != INCENTIVE_TOTAL_COST)
                        continue;
                if (!c->has_members || !c->members)
                        return false;
                *ret = exact_add(*ret, exact_ratio(row->is.point[FORECAST_CENTRAL],
                                                   (wide)c->members * CENTS_PER_DOLLAR));
        }
        return true;
}

static void take_keep(const struct incentive_signal *signal, struct align_signal *s, uint32_t payer)
{
        struct align_payer *p = &s->payers[payer];
        struct mean mean;
        bool rounded;

        mean_begin(&mean);
        for (uint32_t i = 0; i < signal->contract_count; i++) {
                const struct incentive_contract *c = &signal->contracts[i];
                struct exact keeps;

                if (s->payer_of[i] != payer || !c->has_revenue)
                        continue;
                if (!contract_keeps(signal, i, &keeps))
                        return;
                mean_add(&mean, (uwide)c->revenue, keeps);
        }
        p->has_keep = mean_end(&mean, &p->keep, &rounded);
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
