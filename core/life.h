/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of a statement, and what the books hold because of it. A state machine without I/O: an
 * event changes the life, life_changes() says what must be done so that the books say the same, and
 * what was done is told back entry by entry. Its caller keeps the struct; nothing is allocated.
 *
 *      NONE      posts nothing: a forecast, terms that do not bind, a period before the books
 *      ISSUED    its amounts are pending, until both accept or the window ends
 *      DISPUTED  a side claims another figure: what nobody disputes is posted, the rest is held
 *      ACCEPTED  by both: posted
 *      LAPSED    nobody disputed it in time: posted
 *      REPLACED  another statement has its days: what was pending is void, what was posted is the
 *                other's to make right
 *
 *      issued --> ISSUED --accept, accept--> ACCEPTED ------.
 *                 |    ^ '------lapse------> LAPSED --------+--replace--> REPLACED
 *              dispute | its last dispute ends              |
 *                 v    |                                    |
 *                 DISPUTED ---------------------------------'
 *
 * Amounts are cents; above 0 the bearer pays. For each statement that has not been replaced:
 *
 *      what those before it posted + its own posted + its own pending = undisputed
 *
 * and undisputed is its payable amount while nobody disputes it. Of a figure and a claim the part
 * that nobody disputes is the one nearer to 0 where both have one sign, else 0; of several claims,
 * the least. Held, for each direction apart, is what any of the figures has beyond that part: those
 * of open disputes, and those by either side's version of facts in dispute. What is held is pending
 * for good: it becomes void when its dispute ends or the statement is replaced, and is never posted
 * itself. So an accepted statement on facts in dispute posts what both versions have, and its rest
 * stays held until the facts are decided and a restated run takes its place.
 *
 * What is withheld, advanced and recouped goes along: pending with the statement, posted when it is
 * accepted or has lapsed, also by the difference to what it replaced. A dispute leaves it pending.
 *
 * Decided where more than one thing would do:
 *   - a dispute that ends opens a new window, whatever was left of the old one: what is pending
 *     then is another entry
 *   - who accepted cannot dispute; who disputes takes back the word of its own first node
 *   - a second dispute lowers what is undisputed: what was posted too much is posted back, by an
 *     entry of its own, for a posted entry is never changed
 *   - a dispute is of one statement: it ends with it, and who still disagrees disputes the newer
 *   - one that was ordered before what stands for its days, and computed after, is REPLACED from
 *     the first: it posts nothing
 *   - statements of NONE can be accepted and disputed, too, which moves nothing
 */
#ifndef ACCORD_CORE_LIFE_H
#define ACCORD_CORE_LIFE_H

#include "core/recon.h"

/* What a statement has in the books besides what is held. */
enum life_amount { LIFE_SETTLEMENT, LIFE_WITHHELD, LIFE_ADVANCED, LIFE_RECOUPED, LIFE_AMOUNTS };

struct life_pending {
        uint64_t entry;                 /* index; 0: there is none */
        int64_t cents;
};

struct life_part {
        int64_t says;                   /* by the statement */
        int64_t before;                 /* posted by those it took the place of, and theirs */
        int64_t posted;                 /* by entries of its own, net */
        struct life_pending pending;
};

struct life_claim {
        uint64_t dispute;               /* index of its entry */
        enum side side;                 /* who claims */
        int64_t claims;                 /* what would be payable */
};

#define LIFE_CLAIMS_MAX 16              /* open at one time */

/* Held amounts: what the bearer would pay more, and what the earner would. */
enum life_hold { LIFE_HOLD_BEARER, LIFE_HOLD_EARNER, LIFE_HOLDS };

struct statement_life {
        enum life state;
        bool posts;                     /* it may have entries in the books */
        uint32_t accepted;              /* SIDE_BIT()s of who has said so, by all nodes it takes */
        bool has_versions;              /* facts are in dispute: payable by either side's version */
        int64_t by_bearer, by_earner;
        uint32_t claim_count;
        struct life_claim claims[LIFE_CLAIMS_MAX];
        struct life_part parts[LIFE_AMOUNTS];
        struct life_pending holds[LIFE_HOLDS];
        int64_t paid;                   /* of what was posted: by PAYMENT entries, net */
};

struct life_issue {
        bool posts;                     /* final or restated, binding, ...: see daemon/life.h */
        bool overtaken;                 /* a run that was ordered later stands for its days */
        bool has_versions;              /* by_bearer and by_earner hold something */
        int64_t by_bearer, by_earner;
        int64_t says[LIFE_AMOUNTS];
};

/* ---- events */

void life_issued(struct statement_life *ret, const struct life_issue *issue);

/* @newer was issued for days of @older, which stands: life_stands(). Its disputes are over. */
void life_replaced(struct statement_life *older, struct statement_life *newer);
bool life_stands(const struct statement_life *life);

/* May this side still agree? Not when it has, while anybody disputes it, or when it is over. */
bool life_takes_acceptance(const struct statement_life *life, enum side side);
void life_accepted(struct statement_life *life, enum side side);

/* May this side dispute it? @ret_full: it may, but for the number of open disputes. */
bool life_takes_dispute(const struct statement_life *life, enum side side, bool *ret_full);
void life_disputed(struct statement_life *life, const struct life_claim *claim);

/* Taken back, or closed by a decision. False: no open dispute of that index. */
bool life_dispute_ended(struct statement_life *life, uint64_t dispute);

/* Does a window run? It begins when this comes true, and is dropped when it comes false. */
bool life_waits(const struct statement_life *life);
void life_lapsed(struct statement_life *life);

/* ---- the books */

struct life_change {
        uint64_t entry;                 /* of an entry there is; 0: a new one */
        enum journal_state state;       /* new: pending or posted; else posted or voided */
        enum purpose purpose;
        int64_t cents;                  /* never 0 */
};

#define LIFE_CHANGES_MAX (2 * (LIFE_AMOUNTS + LIFE_HOLDS))

/* What is missing for the books to say what the life says, in this order; 0: they do. */
size_t life_changes(const struct statement_life *life, struct life_change ret[LIFE_CHANGES_MAX]);

/*
 * What has been done. False: a statement's life has no place for it, as a second pending entry for
 * one purpose, any entry of what does not post, or a change of what is not pending. Then nothing
 * has changed.
 */
bool life_entered(struct statement_life *life, uint64_t entry, enum purpose purpose,
                  enum journal_state state, int64_t cents);
bool life_entry_changed(struct statement_life *life, uint64_t entry, enum journal_state state);
/* A posted entry of @purpose and @cents was taken back by another. */
bool life_reversed(struct statement_life *life, enum purpose purpose, int64_t cents);

/* ---- figures */

/* What nobody disputes of the payable amount. */
int64_t life_undisputed(const struct statement_life *life);
/* In dispute, both directions together; >= 0. */
int64_t life_held(const struct statement_life *life);
/* Posted by this statement, and not paid yet. Below 0: to be paid the other way. */
int64_t life_open(const struct statement_life *life);

#endif
