/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All that judging a submission may depend on, gathered from the state before it is judged. No
 * clock is among it: what time does is in the state already, by DUE entries.
 */
#ifndef ACCORD_CORE_VIEW_H
#define ACCORD_CORE_VIEW_H

#include "core/message.h"

struct seen;
struct view_decide;                     /* core/view_decide.h */
struct view_council;                    /* core/view_council.h */

struct view_party {
        bool known;
        uint32_t no;                    /* the hub's own dense number for it */
        struct name name;
        bool present;
        bool left;                      /* it says nothing new any more */
        uint32_t two_nodes_for;         /* rights for which two of its nodes must speak */
        uint32_t role_count;
        struct role roles[ROLES_PER_PARTY_MAX];
};

#define FACT_KIND_WORDS 2               /* kinds have numbers below 128 */

/* What of a version of the terms is needed to judge what comes under it. */
struct view_terms {
        bool known;
        uint32_t version;
        enum terms_state state;
        enum standing standing;
        enum applies applies;
        uint64_t index;                 /* entry that offered them */
        uint32_t event;                 /* place in it */
        struct sha256 sha256;
        date effective;
        struct period agreement;
        uint32_t lookback_months, runout_months;
        struct reconciling reconciling;
        uint64_t answered[FACT_KIND_WORDS];     /* kinds that the other side may answer, bits */
        uint16_t period_count, segment_count;
        struct period periods[PERIODS_MAX];
        struct name segments[SEGMENTS_MAX];
        instant open_until;             /* 0: stays open */
        uint32_t accepted_count;
        struct view_acceptance {
                enum side side;
                uint32_t node_no;
                uint64_t index;         /* entry that said so */
        } accepted[ACCEPTANCES_MAX];
        uint64_t closed;                /* entry by which they lapsed or were replaced; 0: none */
};

struct view_contract {
        bool known;
        uint32_t no;
        struct contract_id id;
        enum contract_state state;
        uint32_t version_in_force;      /* 0: none */
        uint32_t version_offered;       /* 0: nothing on offer */
        uint32_t version_last;          /* the highest there ever was */
        date ends;                      /* DATE_NONE: no end said */
        uint64_t ended;                 /* entry that said it */
        struct view_party bearer, earner;
        struct view_terms in_force;     /* those accepted last, or relayed last */
        struct view_terms offered;
};

/* A statement of this contract that something is said of. */
struct view_statement {
        bool is;                        /* it is there, and of this contract */
        bool is_calculated;
        uint32_t line_count;
        struct sha256 sha256;           /* of the SignedRecord; for acceptances */
        bool takes_acceptance, takes_dispute, disputes_full;    /* of who speaks: core/life.h */
        bool has_spoken;                /* this node has accepted it */
};

/* The statement that an amount is said to be of: core/upstream.h. */
struct view_upstream {
        bool is_theirs;                 /* it is there, and the speaker is party to its contract */
        bool too_many;                  /* it was not read: there were enough before it */
        bool is_own;                    /* of the contract that the fact is about */
        bool is_calculated, is_relayed;
        bool has_line;                  /* that is in cents */
        int64_t cents;                  /* of the line, rounded */
};

/* Keys that a node is to have from now on. */
struct view_keys {
        bool is_possessed;              /* the new signing key has signed that it is to be this */
        bool transport_taken;           /* it is, or was, the transport key of another node */
        bool signing_taken;             /* it is, or was, the signing key of any node */
        bool sealing_fits;              /* something can be sealed to it */
        bool too_many;                  /* the node has had as many as it may have */
};

/* What only one event needs. */
struct view_event {
        /* facts, blocks: the current version of the same key by the same side */
        bool has_current;
        uint64_t current;
        bool twice;                     /* the key stands earlier in this submission */
        struct view_upstream upstream;

        /* offers: the terms, decoded; NULL with the fault when they do not decode */
        const struct terms *terms;
        struct fault terms_fault;

        struct view_party other;        /* relayed-for, related, delegated party; arbiter */

        /* run requests, for contract and period */
        bool has_run_pending, has_final;
        bool period_runs_out;                   /* claims of it are still awaited */
        bool has_plan, plan_is_current;         /* the plan is what a run would say now */
        bool period_covered;                    /* a run is for this period: core/timeline.h */
        const char *period_says;                /* why not, when not; NULL: nothing to add */
        bool has_delegation;                    /* delegation ends */
        struct view_statement statement;        /* acceptances, disputes */
        const struct view_decide *decide;       /* resolutions, determinations; else NULL */
        bool has_dispute;                       /* dispute ends: an open one of this side */
        bool has_stream;                        /* stream closes: an open one of this node */
        struct view_keys keys;                  /* rotations */
        bool has_succession;                    /* objections: it is announced, to this party */
        const struct view_council *council;     /* proposals, votes; else NULL */
        bool leaves;                            /* departures: it has said so before */
        date today;                             /* likewise: the day of the entry it would be */
        /* payments, a bit for each part: it is a run of this contract; whose statement posts */
        uint64_t parts_known, parts_posting;
};

struct view {
        struct node_path node;
        uint32_t node_no;
        uint32_t rights;                /* the node's own */
        struct view_party sender;       /* the node's party */
        struct view_party speaking;     /* whom the submission speaks for: the sender, or another */
        bool delegated;                 /* a delegation in force covers it */
        uint32_t delegated_rights;
        struct view_contract contract;  /* known only when the header names one that exists */
        /*
         * The terms in force, whole; NULL but for blocks, decisions, and facts of kinds that the
         * other side may answer.
         */
        const struct terms *steps;
        bool has_decided;               /* there are decided facts of the contract */
        const struct view_event *events;
        struct seen *seen;              /* of the gathering */
};

/* The side the speaking party has in the contract; SIDE_NEITHER for a stranger. */
enum side view_side(const struct view *view);

/* All that it says are determinations: what an arbiter, who is of neither side, may say. */
bool only_determines(const struct submission *submission);

/* The side a fact stands on: a relayed one is the absent party's. */
enum side view_fact_side(const struct view *view, const struct fact_event *fact);
/* The number of the contract or party a fact is about; 0 for the community. */
uint32_t view_fact_scope_no(const struct view *view, const struct fact_event *fact);

/* By the terms' rules: may the side that is not of record report facts of this kind? */
bool view_kind_answered(const struct view_terms *terms, enum fact_kind kind);
void view_note_answered(struct view_terms *terms, const struct terms *from);

/* The party that stands on @side of the contract. */
const struct view_party *view_party_of(const struct view_contract *contract, enum side side);

/* Does the party that speaks decide for the two sides, by the terms in force? */
bool view_is_arbiter(const struct view *view);

/* How many of the party's nodes must accept terms. */
unsigned int view_nodes_needed(const struct view_party *party, enum right right);

/* Nodes that accepted the terms for @side. */
unsigned int view_accepted(const struct view_terms *terms, enum side side);

/* Both sides have said as much as they ask of themselves; with @node_no counted in for @side. */
bool view_accepted_by_both(const struct view_contract *contract, const struct view_terms *terms,
                           enum side side);

bool view_has_role(const struct view_party *party, unsigned int role_bits, date day);
#define ROLE_BIT(role) (1u << (role))
#define ROLES_THAT_BEAR                                             \
        (ROLE_BIT(ROLE_PAYER) | ROLE_BIT(ROLE_PURCHASER) |          \
         ROLE_BIT(ROLE_NETWORK) | ROLE_BIT(ROLE_CONVENER))
#define ROLES_THAT_EARN                                             \
        (ROLE_BIT(ROLE_PROVIDER) | ROLE_BIT(ROLE_NETWORK) |         \
         ROLE_BIT(ROLE_CONVENER) | ROLE_BIT(ROLE_COMMUNITY_ORGANISATION))

#endif
