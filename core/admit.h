/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May this party say this, and can it be so? The last word before the line: what passes here has
 * happened. Pure: everything it looks at is in the view. Each check adds what is wrong to @faults
 * and the next one is made all the same, so that a sender learns everything at once.
 */
#ifndef ACCORD_CORE_ADMIT_H
#define ACCORD_CORE_ADMIT_H

#include "core/view.h"

struct judgement {
        const struct view *view;
        const struct submission *submission;
        struct faults *faults;
};

/* Whom it speaks for and about which contract. False when looking at the events makes no sense. */
bool admit_header(const struct judgement *judgement);

/* The right an event takes: the node's own, and the delegated one where it speaks for another. */
bool admit_right(const struct judgement *judgement, uint32_t place, uint32_t right);

/* Who has left binds itself, and the community, to nothing new; and nobody binds it. */
void admit_member(const struct judgement *judgement, uint32_t place);

/*
 * What is said about the contract as a whole changes what the rest is judged by:
 * it comes by itself.
 */
bool event_comes_alone(enum event_kind kind);

/*
 * What is said of a contract lies within its agreement, or before it as far as the terms let facts
 * reach back; @segment is one of theirs, or empty.
 */
void admit_covered(const struct judgement *judgement, uint32_t place, struct period period,
                   const char *period_field, const struct name *segment,
                   const char *segment_field);

typedef void admit_fn(const struct judgement *judgement, uint32_t place, const struct event *event,
                      const struct view_event *seen);

admit_fn admit_offer, admit_acceptance, admit_termination, admit_fact, admit_run_request,
        admit_relation, admit_delegation, admit_delegation_end, admit_stream_close, admit_block;
admit_fn admit_statement_acceptance, admit_dispute, admit_dispute_end, admit_resolution,
        admit_resolution_acceptance, admit_determination, admit_figure, admit_payment;
admit_fn admit_key_rotation, admit_succession_objection;
admit_fn admit_proposal, admit_vote, admit_publication, admit_benefit, admit_capability,
        admit_departure;

#endif
