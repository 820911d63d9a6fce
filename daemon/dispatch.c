/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/dispatch.h"

#include "core/check.h"

static const struct handler handlers[] = {
        [EVENT_OFFER] = {
                .name = "offer", .right = RIGHT_TERMS, .about = ABOUT_CONTRACT,
                .gather = gather_offer, .admit = admit_offer,
                .fold = fold_offer, .follow = follow_offer,
        },
        [EVENT_ACCEPTANCE] = {
                .name = "acceptance", .right = RIGHT_TERMS, .about = ABOUT_CONTRACT,
                .gather = gather_nothing, .admit = admit_acceptance,
                .fold = fold_acceptance, .follow = follow_acceptance,
        },
        [EVENT_TERMINATION] = {
                .name = "termination", .right = RIGHT_TERMS, .about = ABOUT_CONTRACT,
                .gather = gather_nothing, .admit = admit_termination,
                .fold = fold_termination, .follow = follow_termination,
        },
        [EVENT_FACT] = {
                .name = "fact", .right = RIGHT_FACTS, .about = ABOUT_EITHER,
                .gather = gather_fact, .admit = admit_fact,
                .fold = fold_fact,
        },
        [EVENT_RUN_REQUEST] = {
                .name = "run-request", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_run_request, .admit = admit_run_request,
                .fold = fold_nothing, .follow = follow_run_request,
        },
        [EVENT_RELATION] = {
                .name = "relation", .right = RIGHT_TERMS, .about = ABOUT_NOTHING,
                .gather = gather_relation, .admit = admit_relation,
                .fold = fold_relation,
        },
        [EVENT_DELEGATION] = {
                .name = "delegation", .right = RIGHT_TERMS, .about = ABOUT_NOTHING,
                .gather = gather_delegation, .admit = admit_delegation,
                .fold = fold_delegation,
        },
        [EVENT_DELEGATION_END] = {
                .name = "delegation-end", .right = RIGHT_TERMS, .about = ABOUT_NOTHING,
                .gather = gather_delegation_end, .admit = admit_delegation_end,
                .fold = fold_delegation_end,
        },
        [EVENT_STREAM_CLOSE] = {
                .name = "stream-close", .right = 0, .about = ABOUT_NOTHING,
                .gather = gather_stream_close, .admit = admit_stream_close,
                .fold = fold_stream_close,
        },
        [EVENT_BLOCK] = {
                .name = "block", .right = RIGHT_FACTS, .about = ABOUT_CONTRACT,
                .gather = gather_block, .admit = admit_block,
                .fold = fold_block,
        },
        [EVENT_STATEMENT_ACCEPTANCE] = {
                .name = "statement-acceptance", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_statement_acceptance, .admit = admit_statement_acceptance,
                .fold = fold_statement_acceptance, .follow = follow_statement_acceptance,
        },
        [EVENT_DISPUTE] = {
                .name = "dispute", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_dispute, .admit = admit_dispute,
                .fold = fold_dispute, .follow = follow_dispute,
        },
        [EVENT_DISPUTE_END] = {
                .name = "dispute-end", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_dispute_end, .admit = admit_dispute_end,
                .fold = fold_dispute_end, .follow = follow_dispute_end,
        },
        [EVENT_RESOLUTION] = {
                .name = "resolution", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_resolution, .admit = admit_resolution,
                .fold = fold_resolution, .follow = follow_resolution,
        },
        [EVENT_RESOLUTION_ACCEPTANCE] = {
                .name = "resolution-acceptance", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_resolution_acceptance, .admit = admit_resolution_acceptance,
                .fold = fold_resolution_acceptance, .follow = follow_resolution_acceptance,
        },
        [EVENT_DETERMINATION] = {
                .name = "determination", .right = RIGHT_SETTLEMENT, .about = ABOUT_CONTRACT,
                .gather = gather_determination, .admit = admit_determination,
                .fold = fold_determination, .follow = follow_determination,
        },
        [EVENT_FIGURE] = {
                .name = "figure", .right = RIGHT_FACTS, .about = ABOUT_CONTRACT,
                .gather = gather_figure, .admit = admit_figure,
                .fold = fold_figure, .follow = follow_figure,
        },
        [EVENT_PAYMENT] = {
                .name = "payment", .right = RIGHT_FACTS, .about = ABOUT_CONTRACT,
                .gather = gather_payment, .admit = admit_payment,
                .fold = fold_payment, .follow = follow_payment,
        },
        [EVENT_KEY_ROTATION] = {
                .name = "key-rotation", .right = 0, .about = ABOUT_NOTHING,
                .gather = gather_key_rotation, .admit = admit_key_rotation,
                .fold = fold_key_rotation, .follow = follow_key_rotation,
        },
        [EVENT_SUCCESSION_OBJECTION] = {
                .name = "succession-objection", .right = RIGHT_TERMS, .about = ABOUT_NOTHING,
                .gather = gather_succession_objection, .admit = admit_succession_objection,
                .fold = fold_succession_objection, .follow = follow_succession_objection,
        },
        [EVENT_PROPOSAL] = {
                .name = "proposal", .right = RIGHT_VOTE, .about = ABOUT_NOTHING,
                .gather = gather_proposal, .admit = admit_proposal,
                .fold = fold_proposal, .follow = follow_proposal,
        },
        [EVENT_VOTE] = {
                .name = "vote", .right = RIGHT_VOTE, .about = ABOUT_NOTHING,
                .gather = gather_vote, .admit = admit_vote,
                .fold = fold_vote,
        },
        [EVENT_PUBLICATION] = {
                .name = "publication", .right = RIGHT_TERMS, .about = ABOUT_CONTRACT,
                .gather = gather_publication, .admit = admit_publication,
                .fold = fold_publication,
        },
        [EVENT_BENEFIT] = {
                .name = "benefit", .right = RIGHT_FACTS, .about = ABOUT_NOTHING,
                .gather = gather_benefit, .admit = admit_benefit,
                .fold = fold_benefit, .follow = follow_benefit,
        },
        [EVENT_CAPABILITY] = {
                .name = "capability", .right = RIGHT_FACTS, .about = ABOUT_NOTHING,
                .gather = gather_capability, .admit = admit_capability,
                .fold = fold_capability,
        },
        [EVENT_DEPARTURE] = {
                .name = "departure", .right = RIGHT_TERMS, .about = ABOUT_NOTHING,
                .gather = gather_departure, .admit = admit_departure,
                .fold = fold_departure, .follow = follow_departure,
        },
};

static_assert(sizeof(handlers) / sizeof(handlers[0]) == EVENT_KIND_COUNT,
              "an event has no handler");

const struct handler *handler_of(enum event_kind kind)
{
        assert(kind >= EVENT_OFFER);
        assert(kind < EVENT_KIND_COUNT);
        return &handlers[kind];
}
