/* SPDX-License-Identifier: Apache-2.0 */
/* What the verbs of alignment look at, made of a provider's signal. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/align.h"

static const struct rate full_usual = { 305499, 100 };  /* formulas 10.2: 90 %, 5 %, CV 1.68 */

void align_view_cleanup(struct align_view *view)
{
        free(view->s);
        free(view->contracts);
        free(view->relayed);
        free(view->category);
        signal_titles_cleanup(&view->titles);
}

int align_view_new(struct align_view *view, uint32_t contracts)
{
        view->s = calloc(1, sizeof(*view->s));
        view->contracts = calloc(contracts + 1, sizeof(*view->contracts));
        view->relayed = calloc(contracts + 1, sizeof(*view->relayed));
        view->category = calloc(contracts + 1, sizeof(*view->category));
        view->contract_count = contracts;
        view->paid_through = DATE_NONE;
        view->full = full_usual;
        return view->s && view->contracts && view->relayed && view->category ? 0 : -ENOMEM;
}

const char *align_view_signal(struct align_view *view, const struct incentive_signal *signal,
                              const struct align_owner *owners, size_t owner_count,
                              struct rate tolerance)
{
        view->party = signal->party;
        view->as_of = signal->as_of;
        view->time = signal->time;
        for (uint32_t i = 0; i < signal->contract_count && i < view->contract_count; i++) {
                const struct incentive_contract *c = &signal->contracts[i];

                view->contracts[i] = c->contract;
                view->relayed[i] = c->relayed;
                view->category[i] = c->category;
                if (c->paid_through != DATE_NONE &&
                    (view->paid_through == DATE_NONE || c->paid_through < view->paid_through))
                        view->paid_through = c->paid_through;
        }
        return align_of_signal(signal, owners, owner_count, tolerance, view->s);
}
