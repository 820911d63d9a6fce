/* SPDX-License-Identifier: Apache-2.0 */
/* What is said in the council: proposals, votes, and what the hub says came of them. */
#ifndef ACCORD_CORE_COUNCIL_H
#define ACCORD_CORE_COUNCIL_H

#include "core/bytes.h"
#include "core/charter.h"
#include "core/moment.h"

struct proposal {
        struct bytes charter;           /* wire_read_charter() decodes it */
        instant closes;
        date effective;
        struct bytes says;
};

enum choice { CHOICE_FOR = 1, CHOICE_AGAINST = 2, CHOICE_ABSTAINS = 3 };

struct vote {
        uint64_t ballot;
        enum choice choice;
        struct sha256 charter_sha256;
};

struct class_tally {
        enum role_kind role;
        uint32_t seats, vacant, votes_for, votes_against, abstained;
        bool quorum;
};

enum ballot_outcome {
        BALLOT_PASSED = 1,
        BALLOT_NO_QUORUM = 2,
        BALLOT_REJECTED = 3,
        BALLOT_OUTDATED = 4,            /* another charter took effect, or was passed, before it */
};

struct ballot_result {
        uint64_t ballot;
        struct sha256 charter_sha256;
        uint32_t version;
        enum ballot_outcome outcome;
        uint32_t class_count;
        struct class_tally classes[CHARTER_CLASSES_MAX];
        date effective;
        struct text lowered;            /* empty: no bar is */
        struct text says;
};

/* ---- answers */

struct charter_row {
        struct bytes charter;
        struct sha256 charter_sha256;
        uint64_t ballot, since;
};

struct vote_row {
        struct name party;
        enum choice choice;
        uint64_t index;
};

struct ballot_row {
        uint64_t ballot;
        instant time;
        struct name by;
        uint32_t version;
        struct bytes charter;
        struct sha256 charter_sha256;
        instant closes;
        date effective;
        struct bytes says;
        struct text lowered;
        const struct vote_row *votes;
        uint32_t vote_count;
        const struct ballot_result *result;     /* NULL: it is open */
};

#endif
