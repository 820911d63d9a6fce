/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/signal-fetch.h"

#include <errno.h>
#include <stdlib.h>

#include "clients/asking.h"

void fetched_signal_cleanup(struct fetched_signal *fetched)
{
        signal_titles_cleanup(&fetched->titles);
        free(fetched->sum);
        accord_incentive_free(fetched->incentive);
        reach_cleanup(&fetched->reach);
}

enum exit_code signal_fetch(struct call *call, struct fetched_signal *ret)
{
        struct accord_error error = { 0 };
        enum exit_code code = reach_asking(call, &ret->reach);

        if (code)
                return code;
        if (accord_query_incentive(ret->reach.session, &ret->incentive, &error))
                return reach_failed(&error);
        code = signal_titles_fetch(&ret->reach, &ret->titles);
        if (code)
                return code;
        ret->sum = malloc(sizeof(*ret->sum));
        if (!ret->sum)
                return say_failure(-ENOMEM, "the signal");
        signal_sum(&ret->incentive->signal, signal_tolerance, ret->sum);
        ret->view = (struct signal_view) { .signal = &ret->incentive->signal, .sum = ret->sum,
                                           .titles = &ret->titles,
                                           .past = call_has(call, "as-of") };
        return EXIT_DONE;
}
