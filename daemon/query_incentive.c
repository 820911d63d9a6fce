/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a party's contracts reward: of the party that asks, and of nobody else. What was made for
 * the newest is kept from answer to answer, as long as no entry touches it: to ask again and again
 * holds up nobody.
 */
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
                r = incentive_desk_new(true, &hub->desk);
        if (!r)
                r = incentives_signal(hub->desk, &by, asked->node->state.party_no,
                                      asked_last(asked), asked->cut != CUT_NONE, signal);
        asked->answer->incentive = signal;
        return r;
}
