/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/books_check.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/books.h"
#include "core/own.h"
#include "daemon/row.h"
#include "daemon/state_life.h"
#include "proto/wire.h"
#include "store/cursor.h"
#include "store/finding.h"
#include "store/log.h"

#define ACCOUNTS_MAX 64u        /* of one contract: two parties, and the accounts there are */

struct account_made {
        uint32_t party_no;
        enum account account;
        struct balance_state balance;
};

struct check {
        struct store_txn *txn;
        struct arena *arena;
        uint32_t contract_no;
        uint32_t count;
        struct account_made made[ACCOUNTS_MAX];
        struct books_found *found;
};

static int odd(struct check *check, enum table table, uint64_t index, const char *says)
{
        return finding_say(&check->found->finding, table, index,
                           "contract %" PRIu32 ", entry %" PRIu64 " of the books: %s",
                           check->contract_no, index, says);
}

static int read_record(struct check *check, uint64_t index, enum entry_kind kind,
                       struct record *ret)
{
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(check->txn, NULL, index, &entry);

        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (entry.header.kind != kind)
                return -EILSEQ;
        arena_reset(check->arena);
        r = wire_read_record(entry.bytes, check->arena, ret, &fault);
        return r > 0 ? -EILSEQ : r;
}

static struct balance_state *account_of(struct check *check, uint32_t party_no,
                                        enum account account)
{
        struct account_made *made = check->made;

        for (uint32_t i = 0; i < check->count; i++)
                if (made[i].party_no == party_no && made[i].account == account)
                        return &made[i].balance;
        if (check->count == ACCOUNTS_MAX)
                return NULL;
        made[check->count] = (struct account_made) { .party_no = party_no, .account = account };
        return &made[check->count++].balance;
}

static int fold_leg(struct check *check, const struct journal_state_row *row,
                    enum journal_state entered, const struct leg *leg)
{
        struct balance_state *balance;
        struct party_state party;
        int r = state_party(check->txn, &leg->party, &party);

        if (r)
                return r == -ENOENT ? odd(check, TABLE_JOURNAL, row->index,
                                          "it is about a party that is not there") : r;
        balance = account_of(check, party.party.no, leg->account);
        if (!balance)
                return odd(check, TABLE_JOURNAL, row->index, "there are too many accounts");
        balance_enter(balance, entered, leg->cents);
        if (row->changed)
                balance_change(balance, row->state, leg->cents);
        return 0;
}

/* The log says the entry as the row has it. */
static int check_said(struct check *check, const struct journal_state_row *row,
                      const struct journal_entry *said)
{
        int64_t sum = 0;
        uint32_t no;
        int r = state_contract_no(check->txn, &said->contract, &no);

        for (uint32_t i = 0; i < said->leg_count; i++)
                sum += said->legs[i].cents;
        if (r && r != -ENOENT)
                return r;
        if (r || no != check->contract_no)
                return odd(check, TABLE_JOURNAL, row->index, "the log has it of another contract");
        if (sum != 0)
                return odd(check, TABLE_LOG, row->index, "its legs do not sum to nothing");
        if (said->purpose != row->purpose || said->run != row->run ||
            said->reverses != row->reverses ||
            (said->purpose != PURPOSE_REVERSAL && journal_cents(said) != row->cents))
                return odd(check, TABLE_JOURNAL, row->index, "the log says something else of it");
        if (!row->changed && said->state != row->state)
                return odd(check, TABLE_JOURNAL, row->index, "the log has it in another state");
        return 0;
}

static int check_change(struct check *check, const struct journal_state_row *row)
{
        struct record record;
        int r = row->changed ? read_record(check, row->changed, ENTRY_JOURNAL_CHANGE, &record) : 0;

        if (r && r != -EILSEQ)
                return r;
        if (r || (row->changed && (record.journal_change.entry != row->index ||
                                   record.journal_change.state != row->state)))
                return odd(check, TABLE_JOURNAL, row->index,
                           "what posted or voided it is not in the log");
        return 0;
}

/* What took a posted entry back names it. */
static int check_reversal(struct check *check, const struct journal_state_row *row)
{
        struct record record;
        int r = row->reversed ? read_record(check, row->reversed, ENTRY_JOURNAL_ENTRY, &record) : 0;

        if (r && r != -EILSEQ)
                return r;
        if (r || (row->reversed && record.journal_entry.reverses != row->index))
                return odd(check, TABLE_JOURNAL, row->index, "what took it back is not in the log");
        return 0;
}

static int check_entry(struct check *check, const struct journal_state_row *row)
{
        struct record record;
        int r = check_change(check, row);

        if (!r)
                r = check_reversal(check, row);
        if (!r)
                r = read_record(check, row->index, ENTRY_JOURNAL_ENTRY, &record);
        if (r == -EILSEQ && !*check->found->finding.says)
                return odd(check, TABLE_JOURNAL, row->index, "it is not in the log");
        if (!r)
                r = check_said(check, row, &record.journal_entry);
        for (uint32_t i = 0; !r && i < record.journal_entry.leg_count; i++)
                r = fold_leg(check, row, record.journal_entry.state,
                             &record.journal_entry.legs[i]);
        check->found->entries += !r;
        return r;
}

static int check_balance(struct check *check, const struct account_made *made)
{
        struct balance_state stored;
        int r = state_balance(check->txn, check->contract_no, made->party_no, made->account,
                              &stored);

        if (r && r != -EILSEQ)
                return r;
        if (r || memcmp(&stored, &made->balance, sizeof(stored)) != 0)
                return finding_say(&check->found->finding, TABLE_BALANCE, 0,
                                   "contract %" PRIu32 ", party %" PRIu32 ", %s: the account is "
                                   "not what its entries come to", check->contract_no,
                                   made->party_no, account_name(made->account));
        check->found->accounts++;
        return 0;
}

static int check_no_more(struct check *check)
{
        own(store_cursor) struct store_cursor *cursor = NULL;
        struct bytes key, value;
        uint32_t rows = 0;
        ROW(prefix);
        int r;

        row_u32(&prefix, check->contract_no);
        r = cursor_open(check->txn, TABLE_BALANCE, row_span(&prefix), &cursor);
        while (!r && !(r = cursor_next(cursor, &key, &value)))
                rows++;
        if (r != -ENOENT)
                return r;
        return rows == check->count
                       ? 0 : finding_say(&check->found->finding, TABLE_BALANCE, 0,
                                         "contract %" PRIu32 ": %" PRIu32 " accounts, its entries "
                                         "make %" PRIu32, check->contract_no, rows, check->count);
}

int books_check_contract(struct store_txn *txn, struct arena *arena, uint32_t contract_no,
                         struct books_found *found)
{
        struct check check = {
                .txn = txn, .arena = arena, .contract_no = contract_no, .found = found,
        };
        struct contract_state_row contract;
        struct journal_state_row row = { .index = 0 };
        int r = state_contract(txn, contract_no, &contract);

        if (r)
                return r;
        while (!(r = state_journal_next(txn, contract_no, row.index, &row)) &&
               !(r = check_entry(&check, &row)))
                ;
        if (r == -EILSEQ && !*found->finding.says)
                odd(&check, TABLE_JOURNAL, row.index, "its row cannot be read");
        if (r != -ENOENT)
                return r;
        r = 0;
        for (uint32_t i = 0; !r && i < check.count; i++)
                r = check_balance(&check, &check.made[i]);
        return r ? r : check_no_more(&check);
}

static int check_rows(struct store_txn *txn, enum table table, uint64_t want,
                      struct books_found *found)
{
        uint64_t rows;
        int r = store_count(txn, table, &rows);

        if (r || rows == want)
                return r;
        return finding_say(&found->finding, table, 0,
                           "%s has %" PRIu64 " rows, the contracts have %" PRIu64,
                           table_name(table), rows, want);
}

int books_check_all(struct store_txn *txn, struct arena *arena, verify_progress *progress,
                    void *with, struct books_found *found)
{
        uint64_t contracts;
        int r = store_count(txn, TABLE_CONTRACT, &contracts);

        *found = (struct books_found) { .entries = 0 };
        for (uint32_t no = 1; !r && no <= contracts; no++) {
                r = books_check_contract(txn, arena, no, found);
                if (progress)
                        progress(with, no, contracts);
        }
        if (r == -ENOENT)
                r = finding_say(&found->finding, TABLE_CONTRACT, 0, "a contract is not there");
        if (!r)
                r = check_rows(txn, TABLE_JOURNAL, found->entries, found);
        return r ? r : check_rows(txn, TABLE_BALANCE, found->accounts, found);
}
