/* SPDX-License-Identifier: Apache-2.0 */
/* Payments, matched as both sides state them. */
#include <errno.h>

#include "daemon/payments.h"
#include "daemon/query.h"

int ask_payments(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX);
        struct payment_row *rows = rows_new(asked, most, sizeof(*rows));
        struct answer *answer = asked->answer;
        struct bytes next = { NULL, 0 };
        int r = rows ? find_contract(asked) : -ENOMEM;

        answer->payments = rows;
        if (!r)
                r = payments_of(asked->hub, asked->contract.no, asked->cut, asked->query->after,
                                rows, most, &answer->payment_count, &next);
        if (!r && next.size)
                go_on_after(asked, next);
        return r;
}
