/* SPDX-License-Identifier: Apache-2.0 */
/* What a party's contracts reward: of the party that asks, and of nobody else. */
#include <errno.h>

#include "daemon/incentives.h"
#include "daemon/query.h"

int ask_incentive(struct asked *asked)
{
        struct incentive_signal *signal = rows_new(asked, 1, sizeof(*signal));
        const struct reading by = reading_of(asked);
        struct hub *hub = asked->hub;
        int r = signal ? 0 : -ENOMEM;

        if (!r && !hub->desk)
                r = incentive_desk_new(false, &hub->desk);
        if (!r)
                r = incentives_signal(hub->desk, &by, asked->node->state.party_no,
                                      asked_last(asked), signal);
        asked->answer->incentive = signal;
        return r;
}
