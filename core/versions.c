/* SPDX-License-Identifier: Apache-2.0 */
#include "core/versions.h"

#include "core/check.h"

static int64_t magnitude(int64_t cents)
{
        return cents < 0 ? -cents : cents;
}

static bool one_sign(int64_t a, int64_t b)
{
        return (a > 0 && b > 0) || (a < 0 && b < 0);
}

enum side versions_basis(int64_t by_bearer, int64_t by_earner, int64_t material,
                         enum side of_record)
{
        if (magnitude(by_bearer - by_earner) < material)
                return SIDE_NEITHER;
        if (!one_sign(by_bearer, by_earner) || by_bearer == by_earner)
                return of_record;
        return magnitude(by_bearer) < magnitude(by_earner) ? SIDE_BEARER : SIDE_EARNER;
}

int64_t versions_agreed(int64_t by_bearer, int64_t by_earner)
{
        if (!one_sign(by_bearer, by_earner))
                return 0;
        return magnitude(by_bearer) < magnitude(by_earner) ? by_bearer : by_earner;
}

/* One dispute without such a limit makes every cent material. */
static int64_t least_material(const struct match *const *matches, size_t count)
{
        int64_t least = matches[0]->rule->materiality;

        for (size_t i = 1; i < count; i++)
                if (matches[i]->rule->materiality < least)
                        least = matches[i]->rule->materiality;
        return least;
}

static struct said_value said(const struct fact *fact)
{
        return (struct said_value) { fact->index, fact->event, fact->value };
}

static void list(const struct match *const *matches, size_t count, struct statement *ret)
{
        for (size_t i = 0; i < count; i++) {
                const struct match *match = matches[i];

                if (ret->disputed_count == DISPUTED_PER_STATEMENT_MAX) {
                        ret->disputed_more = (uint32_t)(count - i);
                        return;
                }
                ret->disputed[ret->disputed_count++] = (struct disputed_fact) {
                        .kind = match->bearer->key.kind, .segment = match->bearer->key.segment,
                        .item = match->bearer->key.item, .period = match->bearer->key.period,
                        .bearer = said(match->bearer), .earner = said(match->earner),
                };
        }
}

static void take_basis(const struct match *const *matches, size_t count,
                       const struct statement *bearer, const struct statement *earner,
                       struct statement *ret)
{
        const int64_t b = bearer->payable, e = earner->payable;
        const enum side basis = versions_basis(b, e, least_material(matches, count),
                                               matches[0]->of_record);

        if (basis != SIDE_NEITHER) {
                *ret = basis == SIDE_BEARER ? *bearer : *earner;
                ret->payable = versions_agreed(b, e);
        }
        ret->has_versions = true;
        ret->by_bearer = b;
        ret->by_earner = e;
        ret->basis = basis;
}

void versions_say(const struct match *const *matches, size_t count,
                  const struct statement *bearer, const struct statement *earner,
                  struct statement *ret)
{
        const bool relayed = bearer->relayed || earner->relayed;

        assert(count > 0);
        if (bearer->status == STATEMENT_CALCULATED && earner->status == STATEMENT_CALCULATED)
                take_basis(matches, count, bearer, earner, ret);
        ret->relayed = ret->relayed || relayed;
        ret->disputed_count = 0;
        ret->disputed_more = 0;
        list(matches, count, ret);
}
