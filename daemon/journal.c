/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries of the books and what becomes of them. The fold believes nothing: an entry that the life
 * of its statement has no place for is damage to the log.
 */
#include <errno.h>

#include "core/check.h"
#include "daemon/life.h"
#include "daemon/payments.h"

/* ---- folds */

static int fold_leg(struct hub *hub, uint32_t contract_no, const struct leg *leg,
                    enum journal_state state, bool is_new)
{
        struct balance_state balance;
        struct party_state party;
        int r = state_party(hub->txn, &leg->party, &party);

        if (!r)
                r = state_balance(hub->txn, contract_no, party.party.no, leg->account, &balance);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (is_new)
                balance_enter(&balance, state, leg->cents);
        else
                balance_change(&balance, state, leg->cents);
        return state_balance_put(hub->txn, contract_no, party.party.no, leg->account, &balance);
}

static int fold_legs(struct hub *hub, uint32_t contract_no, const struct journal_entry *entry,
                     enum journal_state state, bool is_new)
{
        int64_t sum = 0;
        uint64_t count;
        int r = 0;

        for (uint32_t i = 0; !r && i < entry->leg_count; i++) {
                const struct leg *leg = &entry->legs[i];

                sum += leg->cents;
                r = fold_leg(hub, contract_no, leg, state, is_new);
                if (!r && is_new)
                        r = leg->cents > 0
                                    ? state_count(hub->txn, "debits-pending", leg->cents, &count)
                                    : state_count(hub->txn, "credits-pending", -leg->cents, &count);
        }
        hub->batch_legs += sum;
        return r ? r : sum ? -EILSEQ : 0;
}

static bool same_legs(const struct journal_entry *a, const struct journal_entry *b)
{
        if (a->leg_count != b->leg_count)
                return false;
        for (uint32_t i = 0; i < a->leg_count; i++)
                if (!name_equal(&a->legs[i].party, &b->legs[i].party) ||
                    a->legs[i].account != b->legs[i].account ||
                    a->legs[i].cents != b->legs[i].cents)
                        return false;
        return true;
}

/* The legs that an entry has by its row. */
static struct journal_entry legs_of(const struct contract_id *contract, enum purpose purpose,
                                    int64_t cents, bool reversed)
{
        struct journal_entry entry = { .contract = *contract };

        journal_legs(&entry, purpose, cents);
        for (uint32_t i = 0; reversed && i < entry.leg_count; i++)
                entry.legs[i].cents = -entry.legs[i].cents;
        return entry;
}

/* A posted entry of the same run is taken back, once. */
static int take_back(struct hub *hub, const struct journal_entry *j, struct life_state *life,
                     struct journal_state_row *row)
{
        struct journal_state_row before;
        struct journal_entry legs;
        int r = state_journal(hub->txn, row->contract_no, j->reverses, &before);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        legs = legs_of(&j->contract, before.purpose, before.cents, true);
        if (before.run != row->run || before.state != JOURNAL_POSTED || before.reversed ||
            row->state != JOURNAL_POSTED || !same_legs(&legs, j) ||
            !life_reversed(&life->life, before.purpose, before.cents))
                return -EILSEQ;
        row->cents = before.cents;
        row->reverses = before.index;
        before.reversed = row->index;
        return state_journal_put(hub->txn, &before);
}

static int enter(const struct journal_entry *j, struct life_state *life,
                 struct journal_state_row *row)
{
        struct journal_entry legs;

        row->cents = journal_cents(j);
        if (!purpose_name(j->purpose) || !row->cents)
                return -EILSEQ;
        legs = legs_of(&j->contract, j->purpose, row->cents, false);
        return same_legs(&legs, j) && life_entered(&life->life, row->index, j->purpose, j->state,
                                                   row->cents)
                       ? 0 : -EILSEQ;
}

/* What an entry means for payments: by which it was made, and when one is overdue. */
static int fold_meaning(struct hub *hub, const struct journal_entry *j,
                        const struct journal_state_row *row, const struct entry *entry)
{
        if (j->purpose == PURPOSE_PAYMENT || j->purpose == PURPOSE_REVERSAL)
                return payments_fold_entry(hub, row->contract_no, j, entry);
        if (j->purpose == PURPOSE_SETTLEMENT && j->state == JOURNAL_POSTED)
                return payments_fold_posted(hub, row->run, entry);
        return 0;
}

int fold_journal(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct journal_entry *j = &record->journal_entry;
        struct journal_state_row row = {
                .index = entry->index, .run = j->run, .purpose = j->purpose, .state = j->state,
        };
        struct life_state life;
        struct run_state run;
        int r = state_run(hub->txn, j->run, &run);

        if (!r)
                r = state_life(hub->txn, j->run, CUT_LAST, &life);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (!contract_id_equal(&run.run.contract, &j->contract))
                return -EILSEQ;
        row.contract_no = run.contract_no;
        r = j->purpose == PURPOSE_REVERSAL ? take_back(hub, j, &life, &row)
                                           : enter(j, &life, &row);
        if (!r)
                r = fold_legs(hub, row.contract_no, j, j->state, true);
        if (!r)
                r = life_put(hub, &life, entry);
        if (!r)
                r = state_journal_put(hub->txn, &row);
        return r ? r : fold_meaning(hub, j, &row, entry);
}

int fold_journal_change(struct hub *hub, const struct record *record, const struct entry *entry)
{
        const struct journal_change *change = &record->journal_change;
        struct journal_state_row row;
        struct journal_entry legs;
        struct life_state life;
        uint32_t contract_no;
        int r = state_contract_no(hub->txn, &change->contract, &contract_no);

        if (!r)
                r = state_journal(hub->txn, contract_no, change->entry, &row);
        if (!r)
                r = state_life(hub->txn, row.run, CUT_LAST, &life);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (row.state != JOURNAL_PENDING ||
            !life_entry_changed(&life.life, row.index, change->state))
                return -EILSEQ;
        legs = legs_of(&change->contract, row.purpose, row.cents, false);
        row.state = change->state;
        row.changed = entry->index;
        r = fold_legs(hub, contract_no, &legs, change->state, false);
        if (!r)
                r = life_put(hub, &life, entry);
        if (!r)
                r = state_journal_put(hub->txn, &row);
        if (r || row.purpose != PURPOSE_SETTLEMENT || row.state != JOURNAL_POSTED)
                return r;
        return payments_fold_posted(hub, row.run, entry);
}

/* ---- following */

static const char *says_of(enum purpose purpose, enum journal_state state)
{
        switch (purpose) {
        case PURPOSE_SETTLEMENT:
                return state == JOURNAL_POSTED
                               ? "settlement of the period: what nobody disputes"
                               : "settlement of the period, until accepted or the dispute window "
                                 "ends";
        case PURPOSE_HOLD:
                return "in dispute: held until it is decided";
        case PURPOSE_WITHHOLD:
                return "withheld by the terms";
        case PURPOSE_ADVANCE:
                return "advanced in the period";
        case PURPOSE_RECOUPMENT:
                return "advances recouped by the settlement";
        case PURPOSE_PAYMENT:
                return "paid";
        case PURPOSE_REVERSAL:
                return "taken back";
        }
        return "";
}

static const char *change_says(const struct statement_life *life, const struct life_change *change)
{
        if (change->state == JOURNAL_POSTED)
                return life->state == LIFE_LAPSED ? "nobody disputed the statement in time"
                       : life->state == LIFE_ACCEPTED ? "both sides have accepted the statement"
                                                      : "nobody disputes it";
        if (life->state == LIFE_REPLACED)
                return "another statement took the place of this one";
        if (change->purpose == PURPOSE_HOLD)
                return "other amounts are in dispute now";
        return life->state == LIFE_DISPUTED ? "the statement is disputed"
                                            : "another amount takes its place";
}

static void say(struct text *text, const char *words)
{
        memset(text, 0, sizeof(*text));
        memcpy(text->text, words, strnlen(words, TEXT_MAX_LENGTH));
}

int journal_post(struct hub *hub, const struct journal_entry *journal_entry, struct entry *ret)
{
        struct record record = { .kind = ENTRY_JOURNAL_ENTRY, .journal_entry = *journal_entry };
        struct run_state run;
        int r = state_run(hub->txn, journal_entry->run, &run);

        if (!r && !run.posts)
                r = -EINVAL;
        return r ? r == -ENOENT ? -EINVAL : r : hub_say(hub, &record, ret, NULL);
}

static int carry_out(struct hub *hub, const struct run_state *run, const struct life_state *life,
                     const struct life_change *change, uint64_t cause)
{
        struct record record = { .kind = ENTRY_JOURNAL_CHANGE };
        struct entry entry;

        if (!change->entry) {
                struct journal_entry made = {
                        .run = run->index, .contract = run->run.contract, .state = change->state,
                        .cause = cause == run->statement ? 0 : cause,
                };

                journal_legs(&made, change->purpose, change->cents);
                say(&made.says, says_of(change->purpose, change->state));
                return journal_post(hub, &made, &entry);
        }
        record.journal_change = (struct journal_change) {
                .entry = change->entry, .contract = run->run.contract, .state = change->state,
                .cause = cause,
        };
        say(&record.journal_change.says, change_says(&life->life, change));
        return hub_say(hub, &record, &entry, NULL);
}

/* @ret_changed counts on. */
static int settle_run(struct hub *hub, const struct run_state *run, uint64_t cause,
                      size_t *ret_changed)
{
        struct life_change changes[LIFE_CHANGES_MAX];
        struct life_state life;
        size_t count = 0;
        int r = state_life(hub->txn, run->index, CUT_LAST, &life);

        if (!r)
                count = life_changes(&life.life, changes);
        for (size_t i = 0; !r && i < count; i++)
                r = carry_out(hub, run, &life, &changes[i], cause);
        *ret_changed += count;
        return r == -ENOENT ? -EILSEQ : r;
}

static int tell(struct hub *hub, const struct run_state *run, uint64_t cause)
{
        struct signal signal = signal_of_run(run, SIGNAL_BOOKS_CHANGED, cause);

        say(&signal.says, "entries of the books of this contract were made, posted or voided");
        return signal_both(hub, &run->run.contract, &signal);
}

int life_settle(struct hub *hub, uint32_t contract_no, uint64_t cause)
{
        struct run_state run, last = { .index = 0 };
        bool by_statement = false;
        uint64_t at = 0;
        int r;

        while (!(r = state_run_next(hub->txn, contract_no, at, &at))) {
                size_t changed = 0;

                r = state_run(hub->txn, at, &run);
                if (!r && run.posts)
                        r = settle_run(hub, &run, cause, &changed);
                if (r)
                        return r;
                if (changed)
                        last = run;
                by_statement |= run.statement == cause;
        }
        if (r != -ENOENT)
                return r;
        r = last.index && !by_statement ? tell(hub, &last, cause) : 0;
        return r || !last.index ? r : payments_again(hub, contract_no, cause);
}
