/* SPDX-License-Identifier: Apache-2.0 */
#include "core/benefit.h"

#include "core/sentence.h"

/* Of several, the one that makes the provider answer for most; the first of equals. */
static const struct benefit_contract *most_of(const struct benefit_contract *contracts,
                                              size_t count)
{
        const struct benefit_contract *most = NULL;

        for (size_t i = 0; i < count; i++)
                if (!most || contracts[i].category > most->category)
                        most = &contracts[i];
        return most;
}

static void say_tier(const struct benefit *benefit, struct text *ret)
{
        sentence_add(ret, " (tier ");
        sentence_add_number(ret, benefit->tier);
        sentence_add(ret, " of ");
        sentence_add_number(ret, benefit->tiers);
        sentence_add(ret, ")");
}

enum benefit_finding benefit_check(const struct benefit *benefit,
                                   const struct benefit_contract *contracts, size_t count,
                                   struct text *ret)
{
        const struct benefit_contract *most = most_of(contracts, count);
        char id[CONTRACT_ID_MAX + 1];

        *ret = (struct text) { { 0 } };
        if (benefit->tier > 1 && most && most->category >= LAN_2C) {
                contract_id_print(&most->contract, id);
                sentence_add(ret, "members pay more");
                say_tier(benefit, ret);
                sentence_add(ret, ", while ");
                sentence_add(ret, id);
                sentence_add(ret, " (HCP-LAN ");
                sentence_add(ret, lan_category_word(most->category));
                sentence_add(ret, ") makes the provider responsible for cost or quality");
                return BENEFIT_CONTRADICTION;
        }
        if (benefit->tier == 1 && benefit->tiers > 1 && !most) {
                sentence_add(ret, "members pay least");
                say_tier(benefit, ret);
                sentence_add(ret, ", and no contract with ");
                sentence_add(ret, benefit->provider.text);
                sentence_add(ret, " is in force: nothing is paid for results there");
                return BENEFIT_NOTE;
        }
        return BENEFIT_FITS;
}
