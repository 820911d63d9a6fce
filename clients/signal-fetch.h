/* SPDX-License-Identifier: Apache-2.0 */
/* The party's incentive signal, from the hub, added up and ready to be shown. */
#ifndef ACCORD_CLIENTS_SIGNAL_FETCH_H
#define ACCORD_CLIENTS_SIGNAL_FETCH_H

#include "clients/reach.h"
#include "clients/signal-view.h"

/* own(fetched_signal); @view points into the rest, which must not move. */
struct fetched_signal {
        struct reach reach;
        struct accord_incentive *incentive;
        struct signal_sum *sum;
        struct signal_titles titles;
        struct signal_view view;
};

void fetched_signal_cleanup(struct fetched_signal *fetched);

/* By --as-of, if it is given. Says what went wrong. */
enum exit_code signal_fetch(struct call *call, struct fetched_signal *ret);

#endif
