/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/signal-margin.h"

#include <string.h>

struct dollars {
        wide paid;              /* cents for a dollar less for each member */
        wide members;
        bool uncounted;
};

static void add_costs(const struct incentive_signal *signal, const struct signal_sum *sum,
                      struct dollars *ret)
{
        for (uint32_t i = 0; i < signal->row_count; i++) {
                const struct incentive_row *row = &signal->rows[i];
                const struct incentive_contract *c = &signal->contracts[row->contract];
                struct dollars *at = &ret[sum->payer_of[row->contract]];

                if (row->is.of != INCENTIVE_TOTAL_COST)
                        continue;
                at->paid += row->is.point[FORECAST_CENTRAL];
                at->members += (wide)(c->has_members ? c->members : 0);
                at->uncounted = at->uncounted || !c->has_members || !c->members;
        }
}

static struct exact rounded(struct exact a)
{
        return exact_round_decimals(a, MARGIN_DECIMALS, ROUND_HALF_AWAY);
}

static void set_payer(const struct signal_sum *sum, uint16_t at, const struct dollars *dollars,
                      int64_t whole, struct margin_payer *ret)
{
        const struct signal_payer *payer = &sum->payers[at];

        ret->has = !dollars->uncounted;
        ret->rho = ret->has && dollars->members ?
                   rounded(exact_ratio(dollars->paid, dollars->members * 100)) : exact_of(0);
        ret->has_share = payer->has_revenue && whole > 0;
        ret->share = ret->has_share ? rounded(exact_ratio(payer->revenue, whole)) : exact_of(0);
}

void margin_of(const struct incentive_signal *signal, const struct signal_sum *sum,
               struct margin *ret)
{
        struct dollars dollars[SIGNAL_CONTRACTS_MAX];
        int64_t whole = sum->has_revenue ? sum->all_source_revenue :
                                           sum->cover.here_cents + sum->cover.relayed_cents;

        memset(dollars, 0, sizeof(dollars));
        memset(ret, 0, sizeof(*ret));
        add_costs(signal, sum, dollars);
        ret->of_all = sum->has_revenue;
        ret->known = ret->rho = ret->least = exact_of(0);
        for (uint16_t i = 0; i < sum->payer_count; i++) {
                struct margin_payer *payer = &ret->payers[i];

                set_payer(sum, i, &dollars[i], whole, payer);
                if (!payer->has || !payer->has_share)
                        continue;
                ret->known = exact_add(ret->known, payer->share);
                ret->least = exact_add(ret->least,
                                       rounded(exact_mul(payer->share, payer->rho)));
        }
        ret->has = exact_sign(ret->known) > 0;
        if (ret->has)
                ret->rho = rounded(exact_div(ret->least, ret->known));
}

/* What is not known pays nothing, or the whole dollar. */
enum margin_verdict margin_against(const struct margin *margin, struct exact own)
{
        struct exact unknown = exact_max(exact_sub(exact_of(1), margin->known), exact_of(0));
        int least = exact_cmp(margin->least, own);
        int most = exact_cmp(exact_add(margin->least, unknown), own);

        if (least == 0 && most == 0)
                return MARGIN_EVEN;
        if (least >= 0)
                return MARGIN_GAINS;
        return most <= 0 ? MARGIN_LOSES : MARGIN_DEPENDS;
}
