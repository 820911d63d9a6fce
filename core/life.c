/* SPDX-License-Identifier: Apache-2.0 */
#include "core/life.h"

#include <string.h>

#include "core/check.h"

static const enum purpose purposes[LIFE_AMOUNTS] = {
        [LIFE_SETTLEMENT] = PURPOSE_SETTLEMENT,
        [LIFE_WITHHELD] = PURPOSE_WITHHOLD,
        [LIFE_ADVANCED] = PURPOSE_ADVANCE,
        [LIFE_RECOUPED] = PURPOSE_RECOUPMENT,
};

/* ---- events */

void life_issued(struct statement_life *ret, const struct life_issue *issue)
{
        memset(ret, 0, sizeof(*ret));
        ret->posts = issue->posts;
        ret->has_versions = issue->has_versions;
        ret->by_bearer = issue->by_bearer;
        ret->by_earner = issue->by_earner;
        for (int i = 0; i < LIFE_AMOUNTS; i++)
                ret->parts[i].says = issue->says[i];
        if (issue->posts)
                ret->state = issue->overtaken ? LIFE_REPLACED : LIFE_ISSUED;
}

bool life_stands(const struct statement_life *life)
{
        return life->posts && life->state != LIFE_REPLACED;
}

void life_replaced(struct statement_life *older, struct statement_life *newer)
{
        assert(life_stands(older));
        assert(newer->state == LIFE_ISSUED);
        older->state = LIFE_REPLACED;
        older->claim_count = 0;
        memset(older->claims, 0, sizeof(older->claims));
        for (int i = 0; i < LIFE_AMOUNTS; i++)
                newer->parts[i].before += older->parts[i].before + older->parts[i].posted;
}

static bool is_over(const struct statement_life *life)
{
        return life->posts && life->state != LIFE_ISSUED && life->state != LIFE_DISPUTED;
}

bool life_takes_acceptance(const struct statement_life *life, enum side side)
{
        return !is_over(life) && !life->claim_count && !(life->accepted & SIDE_BIT(side));
}

void life_accepted(struct statement_life *life, enum side side)
{
        const uint32_t both = SIDE_BIT(SIDE_BEARER) | SIDE_BIT(SIDE_EARNER);

        assert(life_takes_acceptance(life, side));
        life->accepted |= SIDE_BIT(side);
        if (life->posts && life->accepted == both)
                life->state = LIFE_ACCEPTED;
}

bool life_takes_dispute(const struct statement_life *life, enum side side, bool *ret_full)
{
        *ret_full = life->claim_count == LIFE_CLAIMS_MAX;
        return !is_over(life) && !(life->accepted & SIDE_BIT(side));
}

void life_disputed(struct statement_life *life, const struct life_claim *claim)
{
        bool full;

        assert(life_takes_dispute(life, claim->side, &full));
        assert(!full);
        life->claims[life->claim_count++] = *claim;
        if (life->posts)
                life->state = LIFE_DISPUTED;
}

/* The order of the rest stays: rows of state must not depend on how it came to them. */
bool life_dispute_ended(struct statement_life *life, uint64_t dispute)
{
        uint32_t i = 0;

        while (i < life->claim_count && life->claims[i].dispute != dispute)
                i++;
        if (i == life->claim_count)
                return false;
        life->claim_count--;
        memmove(&life->claims[i], &life->claims[i + 1],
                (life->claim_count - i) * sizeof(life->claims[0]));
        memset(&life->claims[life->claim_count], 0, sizeof(life->claims[0]));
        if (life->state == LIFE_DISPUTED && !life->claim_count)
                life->state = LIFE_ISSUED;
        return true;
}

bool life_waits(const struct statement_life *life)
{
        return life->state == LIFE_ISSUED;
}

void life_lapsed(struct statement_life *life)
{
        assert(life_waits(life));
        life->state = LIFE_LAPSED;
}

/* ---- figures */

static int64_t most(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

static int64_t nearer(int64_t a, int64_t b)
{
        if (a > 0 && b > 0)
                return a < b ? a : b;
        if (a < 0 && b < 0)
                return most(a, b);
        return 0;
}

int64_t life_undisputed(const struct statement_life *life)
{
        int64_t part = life->parts[LIFE_SETTLEMENT].says;

        for (uint32_t i = 0; i < life->claim_count; i++)
                part = nearer(part, life->claims[i].claims);
        return part;
}

/* How much more one side would pay by the figure that is worst for it; @sign 1: the bearer. */
static int64_t held_of(const struct statement_life *life, int64_t sign)
{
        int64_t worst = most(sign * life->parts[LIFE_SETTLEMENT].says, 0);

        if (!life_stands(life))
                return 0;
        if (life->has_versions)
                worst = most(worst, most(sign * life->by_bearer, sign * life->by_earner));
        for (uint32_t i = 0; i < life->claim_count; i++)
                worst = most(worst, sign * life->claims[i].claims);
        return worst - most(sign * life_undisputed(life), 0);
}

int64_t life_held(const struct statement_life *life)
{
        return held_of(life, 1) + held_of(life, -1);
}

int64_t life_open(const struct statement_life *life)
{
        return life->parts[LIFE_SETTLEMENT].posted - life->paid;
}

/* ---- what the books lack */

struct list {
        struct life_change *to;
        size_t count;
};

static void add(struct list *list, uint64_t entry, enum journal_state state, enum purpose purpose,
                int64_t cents)
{
        if (cents)
                list->to[list->count++] = (struct life_change) { entry, state, purpose, cents };
}

/* The one pending entry is to be of @cents, or is not to be. */
static void leave_pending(struct list *list, enum purpose purpose,
                          const struct life_pending *pending, int64_t cents)
{
        if (pending->entry && pending->cents == cents)
                return;
        if (pending->entry)
                add(list, pending->entry, JOURNAL_VOIDED, purpose, pending->cents);
        add(list, 0, JOURNAL_PENDING, purpose, cents);
}

/* Nothing is to be pending, and @cents more are to be posted. */
static void post(struct list *list, enum purpose purpose, const struct life_pending *pending,
                 int64_t cents)
{
        if (pending->entry && pending->cents == cents) {
                add(list, pending->entry, JOURNAL_POSTED, purpose, cents);
                return;
        }
        if (pending->entry)
                add(list, pending->entry, JOURNAL_VOIDED, purpose, pending->cents);
        add(list, 0, JOURNAL_POSTED, purpose, cents);
}

static void amount_changes(struct list *list, const struct statement_life *life,
                           enum life_amount amount)
{
        const struct life_part *part = &life->parts[amount];
        int64_t there = part->before + part->posted, lacks = part->says - there;
        bool is_settlement = amount == LIFE_SETTLEMENT;

        if (!life_stands(life))
                leave_pending(list, purposes[amount], &part->pending, 0);
        else if (life->state == LIFE_DISPUTED && is_settlement)
                post(list, purposes[amount], &part->pending, life_undisputed(life) - there);
        else if (life->state == LIFE_ISSUED || life->state == LIFE_DISPUTED)
                leave_pending(list, purposes[amount], &part->pending, lacks);
        else
                post(list, purposes[amount], &part->pending, lacks);
}

size_t life_changes(const struct statement_life *life, struct life_change ret[LIFE_CHANGES_MAX])
{
        struct list list = { ret, 0 };

        for (enum life_amount i = 0; i < LIFE_AMOUNTS; i++)
                amount_changes(&list, life, i);
        leave_pending(&list, PURPOSE_HOLD, &life->holds[LIFE_HOLD_BEARER], held_of(life, 1));
        leave_pending(&list, PURPOSE_HOLD, &life->holds[LIFE_HOLD_EARNER], -held_of(life, -1));
        assert(list.count <= LIFE_CHANGES_MAX);
        return list.count;
}

/* ---- what has been done */

static struct life_part *part_of(struct statement_life *life, enum purpose purpose)
{
        for (int i = 0; i < LIFE_AMOUNTS; i++)
                if (purposes[i] == purpose)
                        return &life->parts[i];
        return NULL;
}

static bool begin_pending(struct life_pending *pending, uint64_t entry, int64_t cents)
{
        if (pending->entry)
                return false;
        *pending = (struct life_pending) { entry, cents };
        return true;
}

bool life_entered(struct statement_life *life, uint64_t entry, enum purpose purpose,
                  enum journal_state state, int64_t cents)
{
        struct life_part *part = part_of(life, purpose);

        if (!life->posts || !entry || !cents ||
            (state != JOURNAL_PENDING && state != JOURNAL_POSTED))
                return false;
        if (purpose == PURPOSE_HOLD)
                return state == JOURNAL_PENDING &&
                       begin_pending(&life->holds[cents > 0 ? LIFE_HOLD_BEARER : LIFE_HOLD_EARNER],
                                     entry, cents);
        if (purpose == PURPOSE_PAYMENT && state == JOURNAL_POSTED) {
                life->paid += cents;
                return true;
        }
        if (!part)
                return false;
        if (state == JOURNAL_PENDING)
                return begin_pending(&part->pending, entry, cents);
        part->posted += cents;
        return true;
}

bool life_entry_changed(struct statement_life *life, uint64_t entry, enum journal_state state)
{
        const struct life_pending none = { 0, 0 };

        if (!entry || (state != JOURNAL_POSTED && state != JOURNAL_VOIDED))
                return false;
        for (int i = 0; i < LIFE_HOLDS; i++) {
                if (life->holds[i].entry != entry)
                        continue;
                if (state != JOURNAL_VOIDED)
                        return false;
                life->holds[i] = none;
                return true;
        }
        for (int i = 0; i < LIFE_AMOUNTS; i++) {
                struct life_part *part = &life->parts[i];

                if (part->pending.entry != entry)
                        continue;
                if (state == JOURNAL_POSTED)
                        part->posted += part->pending.cents;
                part->pending = none;
                return true;
        }
        return false;
}

bool life_reversed(struct statement_life *life, enum purpose purpose, int64_t cents)
{
        struct life_part *part = part_of(life, purpose);

        if (!life->posts || (!part && purpose != PURPOSE_PAYMENT))
                return false;
        if (part)
                part->posted -= cents;
        else
                life->paid -= cents;
        return true;
}
