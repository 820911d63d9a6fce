/* SPDX-License-Identifier: Apache-2.0 */
/* What the accounts hold, and entry by entry how it came about. */
#include <inttypes.h>

#include "core/own.h"
#include "clients/books.h"
#include "clients/look.h"
#include "clients/standing.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column balance_columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("party", "PARTY"),
        COLUMN("account", "ACCOUNT"),
        COLUMN_RIGHT("posted", "POSTED"),
        COLUMN_RIGHT("pending", "PENDING"),
        COLUMN("says", "WHAT IT HOLDS"),
        COLUMN_WIDE("debits_posted", "DEBITS"),
        COLUMN_WIDE("credits_posted", "CREDITS"),
        COLUMN_WIDE("debits_pending", "DEBITS EVER"),
        COLUMN_WIDE("credits_pending", "CREDITS EVER"),
        COLUMN_WIDE("debits_voided", "DEBITS VOIDED"),
        COLUMN_WIDE("credits_voided", "CREDITS VOIDED"),
        COLUMNS_END
};

static void balance_row(struct out *out, const struct balance_row *row)
{
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&row->contract, contract);
        out_row(out, (struct cell[]) {
                cell_text(contract), cell_text(row->party.text),
                cell_text(account_name(row->account)), cell_money(balance_posted(row)),
                cell_money(balance_open(row)), cell_text(account_says(row->account)),
                cell_money(row->debits_posted), cell_money(row->credits_posted),
                cell_money(row->debits_pending), cell_money(row->credits_pending),
                cell_money(row->debits_voided), cell_money(row->credits_voided) });
}

static enum exit_code balance_run(struct call *call)
{
        own(books) struct books books = { 0 };
        struct contract_id contract;
        enum exit_code code = call->word_count ? take_contract(call, 0, &contract) : EXIT_DONE;

        if (!code)
                code = books_read_balances(call, call->word_count ? &contract : NULL, &books);
        if (code)
                return code;
        out_begin(call->out, "balance", balance_columns);
        for (size_t i = 0; i < books.balance_count; i++)
                balance_row(call->out, &books.balances[i]);
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_ledger_balance = {
        .noun = "ledger",
        .name = "balance",
        .usage = "[CONTRACT]",
        .says = "show what the accounts of a contract hold, or of all",
        .more = "Above zero is a debit: the party has it to come; below zero a credit: the party "
                "owes it. All of them together are zero. PENDING waits for the statement to be "
                "accepted, or for a dispute to be decided.",
        .words_most = 1,
        .prints = true,
        .options = { BOOKS_OPTIONS },
        .run = balance_run,
};

/* ---- entry by entry */

static const struct column journal_columns[] = {
        COLUMN_RIGHT("index", "ENTRY"),
        COLUMN("time", "TIME"),
        COLUMN("purpose", "PURPOSE"),
        COLUMN("state", "STATE"),
        COLUMN("party", "PARTY"),
        COLUMN("account", "ACCOUNT"),
        COLUMN_RIGHT("debit", "DEBIT"),
        COLUMN_RIGHT("credit", "CREDIT"),
        COLUMN_RIGHT("run", "RUN"),
        COLUMN_WIDE("changed", "CHANGED BY"),
        COLUMN_WIDE("changed_at", "CHANGED"),
        COLUMN_WIDE("changed_says", "WHY CHANGED"),
        COLUMN_WIDE("cause", "CAUSE"),
        COLUMN_WIDE("reverses", "REVERSES"),
        COLUMN_WIDE("trace", "TRACE"),
        COLUMN("says", "WHAT FOR"),
        COLUMNS_END
};

static void journal_leg(struct out *out, const struct journal_row *row, const struct leg *leg)
{
        const struct journal_entry *entry = &row->entry;
        const struct cell none = cell_none();

        out_row(out, (struct cell[]) {
                cell_id(row->index), cell_time(row->time), cell_text(purpose_name(entry->purpose)),
                cell_text(word_of(journal_state_words, row->state)), cell_text(leg->party.text),
                cell_text(account_name(leg->account)),
                leg->cents > 0 ? cell_money(leg->cents) : none,
                leg->cents < 0 ? cell_money(-leg->cents) : none,
                entry->run ? cell_id(entry->run) : none,
                row->changed ? cell_id(row->changed) : none,
                cell_time(row->changed_at),
                row->changed ? cell_text(row->changed_says.text) : none,
                entry->cause ? cell_id(entry->cause) : none,
                entry->reverses ? cell_id(entry->reverses) : none,
                *entry->trace.text ? cell_text(entry->trace.text) : none,
                cell_text(entry->says.text) });
}

static enum exit_code journal_run(struct call *call)
{
        own(books) struct books books = { 0 };
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = books_read_entries(call, &contract, &books);
        if (code)
                return code;
        out_begin(call->out, "posting", journal_columns);
        for (size_t i = 0; i < books.entry_count; i++)
                for (uint32_t j = 0; j < books.entries[i].entry.leg_count; j++)
                        journal_leg(call->out, &books.entries[i], &books.entries[i].entry.legs[j]);
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_ledger_journal = {
        .noun = "ledger",
        .name = "journal",
        .usage = "CONTRACT",
        .says = "list the entries of a contract's books, a row for each account",
        .more = "An entry is never changed: a pending one is posted or voided by another entry of "
                "the log (CHANGED BY with -o wide), a posted one is reversed by another entry.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = { BOOKS_OPTIONS },
        .run = journal_run,
};
