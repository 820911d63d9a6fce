/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole protocol in one table: every event a submission may hold, and all the hub does with it.
 */
#ifndef ACCORD_DAEMON_DISPATCH_H
#define ACCORD_DAEMON_DISPATCH_H

#include "core/admit.h"
#include "daemon/hub_private.h"

/* Reads the state the event will be judged by. */
typedef int gather_fn(struct hub *hub, const struct submission *submission, const struct view *view,
                      uint32_t place, struct view_event *ret);
/* Writes the state it comes to. */
typedef int fold_fn(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry);
/* Appends the hub records that follow from it. */
typedef int follow_fn(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry);

enum about { ABOUT_CONTRACT = 1, ABOUT_NOTHING = 2, ABOUT_EITHER = 3 };

struct handler {
        const char *name;
        uint32_t right;         /* what the node must hold */
        enum about about;       /* whether its submission names a contract */
        gather_fn *gather;      /* reads */
        admit_fn *admit;        /* may refuse; pure */
        fold_fn *fold;          /* writes */
        follow_fn *follow;      /* appends; NULL: nothing follows */
};

/* @kind is one that wire lets through. */
const struct handler *handler_of(enum event_kind kind);

gather_fn gather_offer, gather_fact, gather_nothing, gather_run_request, gather_relation,
        gather_delegation, gather_delegation_end, gather_stream_close, gather_block;
gather_fn gather_key_rotation, gather_succession_objection;
gather_fn gather_proposal, gather_vote, gather_publication, gather_benefit, gather_capability,
        gather_departure;
gather_fn gather_statement_acceptance, gather_dispute, gather_dispute_end, gather_resolution,
        gather_resolution_acceptance, gather_determination, gather_figure, gather_payment;
fold_fn fold_offer, fold_acceptance, fold_termination, fold_fact, fold_nothing, fold_relation,
        fold_delegation, fold_delegation_end, fold_stream_close, fold_block;
fold_fn fold_statement_acceptance, fold_dispute, fold_dispute_end, fold_resolution,
        fold_resolution_acceptance, fold_determination, fold_figure, fold_payment;
fold_fn fold_key_rotation, fold_succession_objection;
fold_fn fold_proposal, fold_vote, fold_publication, fold_benefit, fold_capability, fold_departure;
follow_fn follow_offer, follow_acceptance, follow_termination, follow_run_request;
follow_fn follow_key_rotation, follow_succession_objection;
follow_fn follow_proposal, follow_benefit, follow_departure;
follow_fn follow_statement_acceptance, follow_dispute, follow_dispute_end, follow_resolution,
        follow_resolution_acceptance, follow_determination, follow_figure, follow_payment;

/* ---- for what gathers elsewhere */

/* One that there is not is not known. */
int gather_party(struct hub *hub, const struct name *name, struct view_party *ret);
struct seen;
/* Has the event's key stood earlier in this submission? Notes it for those that follow. */
bool gather_twice(struct seen *seen, const struct submission *submission, uint32_t place);
/* May a run be for that period: period_covered and period_says of @ret. */
int gather_covered(struct hub *hub, const struct view *view, struct period period,
                   struct view_event *ret);

#endif
