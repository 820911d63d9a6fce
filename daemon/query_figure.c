/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement, held against the hub's. */
#include <errno.h>

#include "daemon/figure.h"
#include "daemon/query.h"

int ask_compare(struct asked *asked)
{
        struct comparison *comparison = rows_new(asked, 1, sizeof(*comparison));
        const struct query *query = asked->query;
        struct figure_key key = { .period = query->period };
        int r = comparison ? find_contract(asked) : -ENOMEM;

        if (!r && query->side != SIDE_BEARER && query->side != SIDE_EARNER)
                return refuse_query(asked, REFUSAL_BAD_VALUE, "compare.side",
                                    "must be the bearer's figure or the earner's");
        key.contract_no = asked->contract.no;
        key.side = (enum side)query->side;
        if (r)
                return r;
        r = figure_compare(asked->hub, &key, asked->cut, &asked->hub->arena, comparison);
        if (r == -ENOENT)
                return refuse_query(asked, REFUSAL_NO_SUCH_THING, "compare.side",
                                    "that side has stated no figure for the period");
        if (r == -ENOKEY)
                return refuse_query(asked, REFUSAL_BAD_VALUE, "compare.period",
                                    "rows of members that the run rests on were erased since");
        if (r == -ENODATA)
                return refuse_query(asked, REFUSAL_BAD_VALUE, "compare.period",
                                    "the hub has lost rows that the run rests on");
        if (!r)
                asked->answer->comparison = comparison;
        return r;
}
