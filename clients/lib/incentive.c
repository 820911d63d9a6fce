/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/incentive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"
#include "core/signal_sum.h"

/* The signal and its three lists, one behind the other: widest alignment first. */
struct held {
        struct accord_incentive incentive;
        struct incentive_contract contracts[];
};

int accord_incentive_copy(struct accord_incentive **ret, const struct incentive_signal *signal)
{
        size_t contracts = signal->contract_count * sizeof(signal->contracts[0]);
        size_t rows = signal->row_count * sizeof(signal->rows[0]);
        size_t needs = signal->need_count * sizeof(signal->needs[0]);
        struct held *held = malloc(sizeof(*held) + contracts + rows + needs);
        uint8_t *at;

        if (!held)
                return -ENOMEM;
        held->incentive.signal = *signal;
        at = (uint8_t *)held->contracts;
        if (contracts)
                memcpy(at, signal->contracts, contracts);
        held->incentive.signal.contracts = (void *)at;
        if (rows)
                memcpy(at + contracts, signal->rows, rows);
        held->incentive.signal.rows = (void *)(at + contracts);
        if (needs)
                memcpy(at + contracts + rows, signal->needs, needs);
        held->incentive.signal.needs = (void *)(at + contracts + rows);
        *ret = &held->incentive;
        return 0;
}

_Static_assert(sizeof(struct incentive_contract) % _Alignof(struct incentive_row) == 0 &&
               sizeof(struct incentive_row) % _Alignof(struct capability_need) == 0,
               "each list begins where its rows may");

void accord_incentive_free(struct accord_incentive *incentive)
{
        free(incentive);
}

void accord_incentive_cleanup(struct accord_incentive **incentive)
{
        accord_incentive_free(*incentive);
}

int accord_query_incentive(struct accord_session *session, struct accord_incentive **ret,
                           struct accord_error *error)
{
        struct query query = { .kind = QUERY_INCENTIVE };
        const struct answer *answer;
        const char *fault;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->incentive)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's answer holds no incentive "
                                 "signal");
        if (!name_equal(&answer->incentive->party, &session->node.party))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's incentive signal is not for "
                                 "%s", session->node.party.text);
        fault = incentive_signal_fault(answer->incentive);
        if (fault)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's incentive signal cannot be "
                                 "added up: %s", fault);
        r = accord_incentive_copy(ret, answer->incentive);
        return r ? fail_errno(error, r, "cannot keep the incentive signal") : 0;
}
