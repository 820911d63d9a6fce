/* SPDX-License-Identifier: Apache-2.0 */
/* What resolutions and determinations are judged by, gathered before they are. */
#ifndef ACCORD_CORE_VIEW_DECIDE_H
#define ACCORD_CORE_VIEW_DECIDE_H

#include "core/view.h"

#define DECISION_SIGNERS_MAX 4          /* two of either side */

/* What is to be decided, or agreed to, and whether it is in dispute. */
struct view_decide {
        const struct decisions *decisions;      /* NULL with the fault when they do not decode */
        struct fault fault;
        const struct view_decision {            /* of each figure */
                bool open;                      /* the sides differ, or do since it was decided */
                enum side of_record;
                bool has_record;
                struct value record;            /* the current figure of record */
        } *facts;
        const bool *disputes_open;              /* of each dispute: open, of this contract */

        /*
         * What another node has said before: the resolution that is accepted, or the same
         * determination by another node of the same party, where that waits for a second one.
         */
        bool is, is_open;
        uint64_t index;                         /* of its entry */
        struct sha256 sha256;                   /* of the decisions; for a new one too */
        uint32_t signed_count;
        struct view_acceptance signed_by[DECISION_SIGNERS_MAX];
};

/* With the node that speaks: have as many signed as both sides ask of themselves? */
bool view_resolved_by_both(const struct view *view, const struct view_decide *seen);
/* The same of who determines. */
bool view_determined(const struct view *view, const struct view_decide *seen);

#endif
