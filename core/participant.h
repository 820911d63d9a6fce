/* SPDX-License-Identifier: Apache-2.0 */
/* Parties and nodes: their roles and rights, and how the hub admits and revokes them. */
#ifndef ACCORD_CORE_PARTICIPANT_H
#define ACCORD_CORE_PARTICIPANT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"
#include "core/ident.h"
#include "core/limits.h"
#include "core/terms.h"

/* Rights of a node; bits, wire format. */
#define RIGHTS(X)                                                                                 \
        X(FACTS,       1, "facts",      "state facts")                                            \
        X(TERMS,       2, "terms",      "offer, accept and end contracts; relations, delegation") \
        X(SETTLEMENT,  4, "settlement", "ask for runs, accept and dispute statements")            \
        X(VOTE,        8, "vote",       "vote in the community")                                  \
        X(READ,       16, "read",       "read what the party may read")

enum right {
#define X(name, bit, word, says) RIGHT_##name = (bit),
        RIGHTS(X)
#undef X
        RIGHTS_ALL = 31,
};

/* Roles of a party; numbers are wire format. */
#define ROLES(X)                                                  \
        X(PAYER,                   1, "payer")                    \
        X(PURCHASER,               2, "purchaser")                \
        X(ADMINISTRATOR,           3, "administrator")            \
        X(PROVIDER,                4, "provider")                 \
        X(NETWORK,                 5, "network")                  \
        X(CONVENER,                6, "convener")                 \
        X(COMMUNITY_ORGANISATION,  7, "community-organisation")   \
        X(FUNDER,                  8, "funder")                   \
        X(SUPERVISOR,              9, "supervisor")               \
        X(OBSERVER,               10, "observer")

enum role_kind {
#define X(name, number, word) ROLE_##name = (number),
        ROLES(X)
#undef X
};

/* PARTY/NODE. */
struct node_path {
        struct name party, node;
};

struct role {
        enum role_kind kind;
        date from, until;               /* until: DATE_NONE = no end yet */
};

struct party_admission {
        struct name party;
        struct text title;
        uint32_t role_count;
        struct role roles[ROLES_PER_PARTY_MAX];
        bool present;
        uint32_t two_nodes_for;         /* rights */
        uint32_t operator_uid;
};

struct node_admission {
        struct node_path node;
        uint8_t transport_key[32], signing_key[32], sealing_key[32];
        uint32_t rights;
        uint32_t operator_uid;
};

struct node_revocation {
        struct node_path node;
        struct text reason;
        uint32_t operator_uid;
};

#endif
