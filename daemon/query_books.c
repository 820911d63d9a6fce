/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books: entries, each with what has become of it, and what the accounts hold. As it is now,
 * the accounts' own rows are read; as it was, the entries are added up again.
 */
#include <errno.h>
#include <string.h>

#include "daemon/query.h"
#include "daemon/row.h"
#include "daemon/state_life.h"

/* ---- entries */

/* Read where it stands; its own memory is given back. */
static int read_record(struct hub *hub, uint64_t index, enum entry_kind kind, instant *ret_time,
                       struct record *ret)
{
        const size_t used = hub->arena.used;
        struct log_entry entry;
        struct fault fault;
        int r = log_read_proved(hub->txn, NULL, index, &entry);

        if (!r)
                r = wire_read_record(entry.bytes, &hub->arena, ret, &fault);
        hub->arena.used = used;
        if (r || ret->kind != kind)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        *ret_time = entry.header.time;
        return 0;
}

/* As it was made, when what changed it came after the cut. */
static bool is_changed(const struct asked *asked, const struct journal_state_row *state)
{
        return state->changed && state->changed <= asked->cut;
}

static int journal_row(const struct asked *asked, const struct journal_state_row *state,
                       struct journal_row *ret)
{
        struct record record;
        int r = read_record(asked->hub, state->index, ENTRY_JOURNAL_ENTRY, &ret->time, &record);

        if (r)
                return r;
        ret->index = state->index;
        ret->entry = record.journal_entry;
        ret->state = record.journal_entry.state;
        if (!is_changed(asked, state))
                return 0;
        r = read_record(asked->hub, state->changed, ENTRY_JOURNAL_CHANGE, &ret->changed_at,
                        &record);
        if (r)
                return r;
        ret->changed = state->changed;
        ret->state = record.journal_change.state;
        ret->changed_says = record.journal_change.says;
        return 0;
}

static uint64_t index_after(struct bytes cursor)
{
        struct row_reader reader = row_read(cursor);

        return cursor.size == 8 ? read_u64(&reader) : 0;
}

int ask_journal(struct asked *asked)
{
        uint32_t most = rows_wanted(asked, ROWS_MAX);
        struct journal_row *rows = rows_new(asked, most, sizeof(*rows));
        struct journal_state_row state = { .index = index_after(asked->query->after) };
        struct answer *answer = asked->answer;
        int r = rows ? find_contract(asked) : -ENOMEM;

        answer->journal = rows;
        while (!r) {
                ROW(cursor);

                row_u64(&cursor, state.index);
                r = state_journal_next(asked->hub->txn, asked->contract.no, state.index, &state);
                if (r || state.index > asked->cut)
                        return r == -ENOENT ? 0 : r;
                if (answer->journal_count == most) {
                        go_on_after(asked, row_span(&cursor));
                        return 0;
                }
                r = journal_row(asked, &state, &rows[answer->journal_count]);
                answer->journal_count += !r;
        }
        return r;
}

/* ---- balances: of one contract, by side and account */

struct accounts {
        struct balance_state of[2][ACCOUNT_LAST + 1];
};

static int read_accounts(const struct asked *asked, const struct contract_state_row *contract,
                         struct accounts *ret)
{
        const uint32_t parties[2] = { contract->bearer_no, contract->earner_no };
        int r = 0;

        for (int i = 0; i < 2; i++)
                for (enum account account = 1; !r && account <= ACCOUNT_LAST; account++)
                        r = state_balance(asked->hub->txn, contract->no, parties[i], account,
                                          &ret->of[i][account]);
        return r;
}

static int add_entry(const struct asked *asked, const struct contract_state_row *contract,
                     const struct journal_state_row *state, struct accounts *ret)
{
        struct record record;
        instant time;
        int r = read_record(asked->hub, state->index, ENTRY_JOURNAL_ENTRY, &time, &record);
        const struct journal_entry *entry = &record.journal_entry;

        if (r)
                return r;
        for (uint32_t i = 0; i < entry->leg_count; i++) {
                const struct leg *leg = &entry->legs[i];
                int side = name_equal(&leg->party, &contract->id.bearer) ? 0 : 1;

                if (!leg->account || leg->account > ACCOUNT_LAST)
                        return -EILSEQ;
                balance_enter(&ret->of[side][leg->account], entry->state, leg->cents);
                if (is_changed(asked, state))
                        balance_change(&ret->of[side][leg->account], state->state, leg->cents);
        }
        return 0;
}

static int add_up_accounts(const struct asked *asked, const struct contract_state_row *contract,
                           struct accounts *ret)
{
        struct journal_state_row state = { .index = 0 };
        int r;

        while (!(r = state_journal_next(asked->hub->txn, contract->no, state.index, &state))) {
                if (state.index > asked->cut)
                        return 0;
                r = add_entry(asked, contract, &state, ret);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

struct balance_page {
        struct asked *asked;
        struct balance_row *rows;
        uint32_t most;
        uint32_t after_no, after;       /* of the cursor: contract, and account of either side */
};

#define PLACE(side, account) ((uint32_t)(side) * (ACCOUNT_LAST + 1) + (account))

static void page_go_on(struct balance_page *page, uint32_t no, uint32_t place)
{
        ROW(cursor);

        row_u32(&cursor, no);
        row_u32(&cursor, place);
        go_on_after(page->asked, row_span(&cursor));
}

static bool is_empty(const struct balance_state *balance)
{
        static const struct balance_state nothing;

        return memcmp(balance, &nothing, sizeof(nothing)) == 0;
}

static struct balance_row balance_row(const struct contract_id *id, int side, enum account account,
                                      const struct balance_state *balance)
{
        return (struct balance_row) {
                .contract = *id, .party = side ? id->earner : id->bearer, .account = account,
                .debits_pending = balance->debits_pending,
                .credits_pending = balance->credits_pending,
                .debits_posted = balance->debits_posted,
                .credits_posted = balance->credits_posted,
                .debits_voided = balance->debits_voided,
                .credits_voided = balance->credits_voided,
        };
}

/* 1 when the answer takes no more. */
static int add_accounts(struct balance_page *page, const struct contract_state_row *contract)
{
        struct answer *answer = page->asked->answer;
        struct accounts accounts = { 0 };
        uint32_t last = contract->no == page->after_no ? page->after : 0;
        int r = page->asked->cut == CUT_NONE ? read_accounts(page->asked, contract, &accounts)
                                             : add_up_accounts(page->asked, contract, &accounts);

        for (int side = 0; side < 2; side++)
                for (enum account account = 1; !r && account <= ACCOUNT_LAST; account++) {
                        const struct balance_state *balance = &accounts.of[side][account];

                        if (PLACE(side, account) <= last || is_empty(balance))
                                continue;
                        if (answer->balance_count == page->most) {
                                page_go_on(page, contract->no, last);
                                return 1;
                        }
                        page->rows[answer->balance_count++] =
                                balance_row(&contract->id, side, account, balance);
                        last = PLACE(side, account);
                }
        return r;
}

int ask_balances(struct asked *asked)
{
        struct row_reader cursor = row_read(asked->query->after);
        struct balance_page page = { .asked = asked, .most = rows_wanted(asked, ROWS_MAX) };
        struct contract_state_row row = { .no = 0 };
        int r = 0;

        asked->answer->balances = page.rows = rows_new(asked, page.most, sizeof(*page.rows));
        if (!page.rows)
                return -ENOMEM;
        if (asked->query->after.size == 8) {
                page.after_no = read_u32(&cursor);
                page.after = read_u32(&cursor);
                row.no = page.after_no ? page.after_no - 1 : 0;
        }
        if (!contract_id_empty(&asked->query->contract)) {
                r = find_contract(asked);
                if (!r)
                        r = add_accounts(&page, &asked->contract);
                return r > 0 ? 0 : r;
        }
        while (!(r = next_contract(asked, row.no, &row)))
                if ((r = add_accounts(&page, &row)))
                        break;
        return r == -ENOENT || r > 0 ? 0 : r;
}
