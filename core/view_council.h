/* SPDX-License-Identifier: Apache-2.0 */
/* What proposals and votes are judged by, gathered before they are. */
#ifndef ACCORD_CORE_VIEW_COUNCIL_H
#define ACCORD_CORE_VIEW_COUNCIL_H

#include "core/check.h"
#include "core/view.h"

#define DAY_MICROSECONDS (INT64_C(86400) * 1000000)

static_assert(CHARTER_SEATS_MAX <= 64 && PUBLIC_PARTIES_MAX <= 64, "a bit for each");

struct view_council {
        /* Whose seats propose and vote: the charter in force; NULL: there is none yet. */
        const struct charter *council;

        /* of a proposal */
        const struct charter *proposed;         /* NULL with the fault when it does not decode */
        struct fault fault;
        instant now;                    /* the moment of the entry that it would be */
        uint64_t seats_fit;             /* bits: known, present, not left, and of that role */
        uint64_t public_absent;         /* bits: known, and absent */
        bool supervisor_fits;           /* of settlement pooled over payers */
        unsigned int open;              /* ballots of the party that are open */
        uint32_t asked_by;              /* another node has proposed the same; 0: nobody */

        /* of a vote: its ballot */
        bool is, is_closed;
        struct sha256 sha256;
        bool has_seat;
        struct { enum choice choice; uint32_t by; } asked;      /* by one node, where two must */
};

#endif
