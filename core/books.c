/* SPDX-License-Identifier: Apache-2.0 */
#include "core/books.h"

#include "core/check.h"

struct pair {
        enum account pays, is_paid;
        int sign;                       /* of the leg of who pays */
};

/* Which accounts an amount that one side pays the other goes to. */
static struct pair pair_of(enum purpose purpose)
{
        switch (purpose) {
        case PURPOSE_SETTLEMENT:
                return (struct pair) {
                        ACCOUNT_SETTLEMENT_PAYABLE, ACCOUNT_SETTLEMENT_RECEIVABLE, -1,
                };
        case PURPOSE_HOLD:
                return (struct pair) { ACCOUNT_HELD_PAYABLE, ACCOUNT_HELD_RECEIVABLE, -1 };
        case PURPOSE_WITHHOLD:
                return (struct pair) { ACCOUNT_WITHHELD_PAYABLE, ACCOUNT_WITHHELD_RECEIVABLE, -1 };
        case PURPOSE_ADVANCE:
                return (struct pair) { ACCOUNT_ADVANCE_RECEIVABLE, ACCOUNT_ADVANCE_PAYABLE, 1 };
        case PURPOSE_RECOUPMENT:
                return (struct pair) { ACCOUNT_ADVANCE_RECEIVABLE, ACCOUNT_ADVANCE_PAYABLE, -1 };
        case PURPOSE_PAYMENT:
                return (struct pair) {
                        ACCOUNT_SETTLEMENT_PAYABLE, ACCOUNT_SETTLEMENT_RECEIVABLE, 1,
                };
        case PURPOSE_REVERSAL:
                break;
        }
        assert(false);
        return (struct pair) { 0 };
}

void journal_legs(struct journal_entry *entry, enum purpose purpose, int64_t cents)
{
        const struct name *pays = cents > 0 ? &entry->contract.bearer : &entry->contract.earner;
        const struct name *is_paid = cents > 0 ? &entry->contract.earner : &entry->contract.bearer;
        const struct pair pair = pair_of(purpose);
        int64_t amount = cents > 0 ? cents : -cents;

        entry->purpose = purpose;
        entry->leg_count = 2;
        entry->legs[0] = (struct leg) { *pays, pair.pays, pair.sign * amount };
        entry->legs[1] = (struct leg) { *is_paid, pair.is_paid, -pair.sign * amount };
}

int64_t journal_cents(const struct journal_entry *entry)
{
        int64_t cents = entry->leg_count ? entry->legs[0].cents : 0;

        if (cents < 0)
                cents = -cents;
        return entry->leg_count && name_equal(&entry->legs[0].party, &entry->contract.earner)
                       ? -cents : cents;
}

static void count(int64_t *debits, int64_t *credits, int64_t cents)
{
        if (cents > 0)
                *debits += cents;
        else
                *credits -= cents;
}

void balance_enter(struct balance_state *balance, enum journal_state state, int64_t cents)
{
        count(&balance->debits_pending, &balance->credits_pending, cents);
        if (state == JOURNAL_POSTED)
                count(&balance->debits_posted, &balance->credits_posted, cents);
}

void balance_change(struct balance_state *balance, enum journal_state state, int64_t cents)
{
        if (state == JOURNAL_POSTED)
                count(&balance->debits_posted, &balance->credits_posted, cents);
        else
                count(&balance->debits_voided, &balance->credits_voided, cents);
}

const char *account_name(enum account account)
{
        switch (account) {
#define X(code, number, name, says)   \
        case ACCOUNT_##code:          \
                return name;
        ACCOUNTS(X)
#undef X
        }
        return NULL;
}

const char *account_says(enum account account)
{
        switch (account) {
#define X(code, number, name, says)   \
        case ACCOUNT_##code:          \
                return says;
        ACCOUNTS(X)
#undef X
        }
        return NULL;
}

const char *purpose_name(enum purpose purpose)
{
        switch (purpose) {
#define X(code, number, name)         \
        case PURPOSE_##code:          \
                return name;
        PURPOSES(X)
#undef X
        }
        return NULL;
}
