/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/books.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "daemon/hub_private.h"
#include "daemon/state.h"

static int found(struct books *books, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* Ends a walk of the log. */
static int found(struct books *books, const char *format, ...)
{
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(books->finding, sizeof(books->finding), format, arguments);
        va_end(arguments);
        return 1;
}

void books_free(struct books *books)
{
        free(books->entries);
        free(books->statements);
        memset(books, 0, sizeof(*books));
}

static void *room_for(void *rows, size_t count, size_t *room, size_t size)
{
        if (count < *room)
                return rows;
        *room = *room ? *room * 2 : 64;
        rows = realloc(rows, *room * size);
        must(rows ? 0 : -ENOMEM, "realloc");
        return rows;
}

static unsigned int contract_of(struct books *books, const struct contract_id *id)
{
        unsigned int i;

        for (i = 0; i < books->contract_count; i++)
                if (contract_id_equal(&books->contracts[i], id))
                        return i;
        must(i < BOOKS_CONTRACTS_MAX ? 0 : -ENOMEM, "contracts");
        books->contracts[books->contract_count++] = *id;
        return i;
}

static struct book_entry *entry_at(const struct books *books, uint64_t index)
{
        size_t low = 0, high = books->entry_count;

        while (low < high) {
                size_t middle = (low + high) / 2;

                if (books->entries[middle].index == index)
                        return &books->entries[middle];
                if (books->entries[middle].index < index)
                        low = middle + 1;
                else
                        high = middle;
        }
        return NULL;
}

const struct book_entry *books_entry(const struct books *books, uint64_t index)
{
        return entry_at(books, index);
}

static struct book_statement *statement_at(const struct books *books, uint64_t run)
{
        for (size_t i = books->statement_count; i > 0; i--)
                if (books->statements[i - 1].run == run)
                        return &books->statements[i - 1];
        return NULL;
}

int64_t book_cents(const struct books *books, const struct book_entry *entry)
{
        const struct contract_id *id = &books->contracts[entry->contract];
        const struct leg *leg = &entry->legs[0];
        const struct book_entry *taken_back;

        if (entry->purpose == PURPOSE_REVERSAL) {
                taken_back = entry_at(books, entry->reverses);
                return taken_back ? -book_cents(books, taken_back) : 0;
        }
        for (uint32_t i = 0; i < entry->leg_count; i++)
                if (entry->legs[i].account % 2 == (entry->purpose != PURPOSE_ADVANCE &&
                                                   entry->purpose != PURPOSE_RECOUPMENT))
                        leg = &entry->legs[i];
        return (name_equal(&leg->party, &id->bearer) ? 1 : -1) *
               (leg->cents < 0 ? -leg->cents : leg->cents);
}

static int check_legs(struct books *books, const struct book_entry *entry)
{
        const struct contract_id *id = &books->contracts[entry->contract];
        int64_t sum = 0;

        for (uint32_t i = 0; i < entry->leg_count; i++) {
                const struct leg *leg = &entry->legs[i];

                sum += leg->cents;
                if (!name_equal(&leg->party, &id->bearer) && !name_equal(&leg->party, &id->earner))
                        return found(books, "entry %llu is in the book of a stranger",
                                     (unsigned long long)entry->index);
                if (!leg->cents)
                        return found(books, "entry %llu has a leg of nothing",
                                     (unsigned long long)entry->index);
        }
        if (sum || entry->leg_count < 2)
                return found(books, "entry %llu does not sum to nothing",
                             (unsigned long long)entry->index);
        return 0;
}

static int check_reversal(struct books *books, const struct book_entry *entry)
{
        struct book_entry *taken_back = entry_at(books, entry->reverses);

        if (!taken_back || taken_back->state != JOURNAL_POSTED ||
            entry->leg_count != taken_back->leg_count || entry->state != JOURNAL_POSTED)
                return found(books, "entry %llu reverses what is not posted",
                             (unsigned long long)entry->index);
        if (taken_back->reversed)
                return found(books, "entry %llu reverses what is reversed already",
                             (unsigned long long)entry->index);
        taken_back->reversed = true;
        for (uint32_t i = 0; i < entry->leg_count; i++)
                if (entry->legs[i].cents != -taken_back->legs[i].cents ||
                    entry->legs[i].account != taken_back->legs[i].account ||
                    !name_equal(&entry->legs[i].party, &taken_back->legs[i].party))
                        return found(books, "entry %llu is not what it reverses",
                                     (unsigned long long)entry->index);
        return 0;
}

static int check_purpose(struct books *books, const struct book_entry *entry)
{
        struct book_statement *statement = statement_at(books, entry->run);

        if (entry->purpose == PURPOSE_REVERSAL)
                return check_reversal(books, entry);
        if (!statement)
                return found(books, "entry %llu is of no statement",
                             (unsigned long long)entry->index);
        if (entry->purpose != PURPOSE_SETTLEMENT || entry->state != JOURNAL_PENDING)
                return 0;
        if (statement->pending)
                return found(books, "run %llu has two pending settlements",
                             (unsigned long long)entry->run);
        statement->pending = entry->index;
        return 0;
}

static void add(int64_t *debits, int64_t *credits, int64_t cents)
{
        if (cents > 0)
                *debits += cents;
        else
                *credits -= cents;
}

/* What is posted at once has been pending for no time. */
static void count(struct books *books, const struct book_entry *entry, bool is_new)
{
        const struct name *bearer = &books->contracts[entry->contract].bearer;
        enum purpose purpose = entry->purpose == PURPOSE_REVERSAL
                                       ? entry_at(books, entry->reverses)->purpose
                                       : entry->purpose;

        if (is_new || entry->state == JOURNAL_VOIDED)
                books->sums[entry->contract][purpose] +=
                        is_new ? book_cents(books, entry) : -book_cents(books, entry);
        for (uint32_t i = 0; i < entry->leg_count; i++) {
                const struct leg *leg = &entry->legs[i];
                struct balance_state *is = &books->accounts[entry->contract]
                        .of[!name_equal(&leg->party, bearer)][leg->account];

                if (is_new)
                        add(&is->debits_pending, &is->credits_pending, leg->cents);
                if (entry->state == JOURNAL_POSTED)
                        add(&is->debits_posted, &is->credits_posted, leg->cents);
                if (entry->state == JOURNAL_VOIDED)
                        add(&is->debits_voided, &is->credits_voided, leg->cents);
        }
}

static int read_entry(struct books *books, const struct log_row *row,
                      const struct journal_entry *said)
{
        struct book_entry *entry;
        int r;

        books->entries = room_for(books->entries, books->entry_count, &books->entry_room,
                                  sizeof(*books->entries));
        entry = &books->entries[books->entry_count];
        *entry = (struct book_entry) {
                .index = row->index, .run = said->run, .reverses = said->reverses,
                .contract = contract_of(books, &said->contract),
                .purpose = said->purpose ? said->purpose : PURPOSE_SETTLEMENT,
                .first = said->state, .state = said->state, .leg_count = said->leg_count,
        };
        memcpy(entry->legs, said->legs, said->leg_count * sizeof(*said->legs));
        r = check_legs(books, entry);
        if (!r)
                r = check_purpose(books, entry);
        books->entry_count++;
        if (!r)
                count(books, entry, true);
        return r;
}

static int read_change(struct books *books, const struct log_row *row,
                       const struct journal_change *change)
{
        struct book_entry *entry = entry_at(books, change->entry);
        struct book_statement *statement;

        if (!entry || entry->state != JOURNAL_PENDING || entry->changed ||
            (change->state != JOURNAL_POSTED && change->state != JOURNAL_VOIDED) ||
            !contract_id_equal(&books->contracts[entry->contract], &change->contract))
                return found(books, "entry %llu changes what is not pending",
                             (unsigned long long)row->index);
        entry->state = change->state;
        entry->changed = row->index;
        statement = statement_at(books, entry->run);
        if (statement && statement->pending == entry->index)
                statement->pending = 0;
        count(books, entry, false);
        return 0;
}

static void read_statement(struct books *books, const struct statement *s)
{
        books->statements = room_for(books->statements, books->statement_count,
                                     &books->statement_room, sizeof(*books->statements));
        books->statements[books->statement_count++] = (struct book_statement) {
                .run = s->run.cut, .contract = contract_of(books, &s->run.contract),
                .period = s->run.period, .kind = s->run.kind,
                .calculated = s->status == STATEMENT_CALCULATED, .relayed = s->relayed,
                .standing = s->standing, .payable = s->payable,
                .holds = s->has_versions && s->basis != SIDE_NEITHER,
                .by_bearer = s->by_bearer, .by_earner = s->by_earner,
        };
}

struct reader {
        struct books *books;
        struct stage *stage;
};

static int read_row(void *with, const struct log_row *row)
{
        struct reader *reader = with;
        struct record record;
        struct fault fault;

        reader->books->next = row->index + 1;
        if (row->kind != ENTRY_STATEMENT && row->kind != ENTRY_JOURNAL_ENTRY &&
            row->kind != ENTRY_JOURNAL_CHANGE)
                return 0;
        arena_reset(&reader->stage->arena);
        must(wire_read_record(row->bytes, &reader->stage->arena, &record, &fault),
             "wire_read_record");
        if (row->kind == ENTRY_JOURNAL_ENTRY)
                return read_entry(reader->books, row, &record.journal_entry);
        if (row->kind == ENTRY_JOURNAL_CHANGE)
                return read_change(reader->books, row, &record.journal_change);
        read_statement(reader->books, record.statement);
        return 0;
}

const char *books_read(struct books *books, struct stage *stage)
{
        struct reader reader = { books, stage };
        int r = hub_visit_log(stage->hub, books->next, read_row, &reader);

        must(r < 0 ? r : 0, "hub_visit_log");
        return r ? books->finding : NULL;
}

static bool in_state(const struct book_entry *entry, enum journal_state state)
{
        return state ? entry->state == state : entry->state != JOURNAL_VOIDED;
}

int64_t books_sum(const struct books *books, const struct contract_id *contract,
                  enum purpose purpose, enum journal_state state)
{
        int64_t sum = 0;

        for (size_t i = 0; i < books->entry_count; i++) {
                const struct book_entry *entry = &books->entries[i];

                if (contract_id_equal(&books->contracts[entry->contract], contract) &&
                    entry->purpose == purpose && in_state(entry, state))
                        sum += book_cents(books, entry);
        }
        return sum;
}

int64_t books_balance(const struct books *books, const struct contract_id *contract,
                      const struct name *party, enum account account, enum journal_state state)
{
        int64_t sum = 0;

        for (size_t i = 0; i < books->entry_count; i++) {
                const struct book_entry *entry = &books->entries[i];

                if (!contract_id_equal(&books->contracts[entry->contract], contract) ||
                    !in_state(entry, state))
                        continue;
                for (uint32_t j = 0; j < entry->leg_count; j++)
                        if (name_equal(&entry->legs[j].party, party) &&
                            entry->legs[j].account == account)
                                sum += entry->legs[j].cents;
        }
        return sum;
}

/* ---- the hub's balances, account by account */

static int hold_side(struct books *books, struct store_txn *txn, unsigned int contract,
                     uint32_t contract_no, unsigned int side)
{
        const struct contract_id *id = &books->contracts[contract];
        const struct name *party = side ? &id->earner : &id->bearer;
        struct balance_state is;
        struct party_state state;

        must(state_party(txn, party, &state), party->text);
        for (int i = 1; i <= ACCOUNT_LAST; i++) {
                must(state_balance(txn, contract_no, state.party.no, (enum account)i, &is),
                     "state_balance");
                if (memcmp(&books->accounts[contract].of[side][i], &is, sizeof(is)) != 0)
                        return found(books, "the counters of %s, %s are not those of the log",
                                     party->text, account_name((enum account)i));
        }
        return 0;
}

static int64_t net_of(const struct balance_state *balance)
{
        return balance->debits_pending - balance->debits_voided -
               (balance->credits_pending - balance->credits_voided);
}

static int hold_contract(struct books *books, struct store_txn *txn, unsigned int contract)
{
        int64_t sum = 0;
        uint32_t no;
        int r;

        must(state_contract_no(txn, &books->contracts[contract], &no), "state_contract_no");
        r = hold_side(books, txn, contract, no, 0);
        if (!r)
                r = hold_side(books, txn, contract, no, 1);
        for (int i = 1; i <= ACCOUNT_LAST; i++)
                sum += net_of(&books->accounts[contract].of[0][i]) +
                       net_of(&books->accounts[contract].of[1][i]);
        return r || !sum ? r : found(books, "the books of %s do not sum to nothing",
                                     books->contracts[contract].label.text);
}

const char *books_hold_contract(struct books *books, struct stage *stage, unsigned int contract)
{
        own(store_txn) struct store_txn *txn = NULL;

        must(store_begin_read(stage->hub->env, &txn), "store_begin_read");
        return hold_contract(books, txn, contract) ? books->finding : NULL;
}

const char *books_hold(struct books *books, struct stage *stage)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct balance_state total;
        struct hub_stat stat;

        must(store_begin_read(stage->hub->env, &txn), "store_begin_read");
        for (unsigned int i = 0; i < books->contract_count; i++)
                if (hold_contract(books, txn, i))
                        return books->finding;
        must(state_balance_total(txn, &total), "state_balance_total");
        must(hub_read_stat(stage->hub, &stat), "hub_read_stat");
        if (total.debits_pending != total.credits_pending ||
            total.debits_posted != total.credits_posted ||
            total.debits_voided != total.credits_voided ||
            stat.debits_pending != stat.credits_pending) {
                found(books, "the books do not balance");
                return books->finding;
        }
        if (stat.journal_entries != books->entry_count) {
                found(books, "the hub counts %llu entries of the journal, the log has %zu",
                      (unsigned long long)stat.journal_entries, books->entry_count);
                return books->finding;
        }
        return NULL;
}
