/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books of a contract for other programs: as a journal of hledger, whose own check then adds
 * them up again, or as CSV or JSON.
 *
 * A transaction of hledger has one date, and its balances are asserted in order of dates: an entry
 * stands at the day it was posted, a pending one at the day it was made. What was voided is a
 * comment. The last transaction moves nothing and asserts what the hub says that every account
 * holds.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/books.h"
#include "clients/figure.h"
#include "clients/page.h"
#include "clients/standing.h"
#include "clients/take.h"
#include "clients/verbs.h"

#define DAY_US (INT64_C(86400) * 1000000)

static date day_of(const struct journal_row *row)
{
        instant at = row->state == JOURNAL_POSTED && row->changed ? row->changed_at : row->time;

        return (date)(at / DAY_US);
}

static uint64_t place_of(const struct journal_row *row)
{
        return row->state == JOURNAL_POSTED && row->changed ? row->changed : row->index;
}

/* By day; within it in the order of the log. */
static int by_day(const void *a, const void *b)
{
        const struct journal_row *x = a, *y = b;

        if (day_of(x) != day_of(y))
                return day_of(x) < day_of(y) ? -1 : 1;
        return place_of(x) < place_of(y) ? -1 : place_of(x) > place_of(y);
}

static void put_account(FILE *to, const struct contract_id *contract, const struct name *party,
                        enum account account)
{
        char text[CONTRACT_ID_MAX + 1];

        contract_id_print(contract, text);
        fprintf(to, "%s:%s:%s", party->text, text, account_name(account));
}

static void put_leg(FILE *to, const struct contract_id *contract, const struct leg *leg)
{
        char money[FIGURE_TEXT_MAX];

        fputs("    ", to);
        put_account(to, contract, &leg->party, leg->account);
        fprintf(to, "  $%s\n", money_print(leg->cents, money));
}

/* A description ends where its line does, and a comment begins with a semicolon. */
static char *describe(const struct journal_row *row, char ret[TEXT_MAX_LENGTH + 1])
{
        snprintf(ret, TEXT_MAX_LENGTH + 1, "%s", row->entry.says.text);
        for (char *c = ret; *c; c++)
                if (*c == ';' || *c == '|')
                        *c = ',';
        return make_harmless(ret);
}

static void put_voided(FILE *to, const struct journal_row *row)
{
        char day[11], text[TEXT_MAX_LENGTH + 1], money[FIGURE_TEXT_MAX];

        date_print((date)(row->time / DAY_US), day);
        fprintf(to, "; %s (%" PRIu64 ") %s: %s, voided by entry %" PRIu64 "\n", day, row->index,
                purpose_name(row->entry.purpose), describe(row, text), row->changed);
        for (uint32_t i = 0; i < row->entry.leg_count; i++) {
                fputs(";     ", to);
                put_account(to, &row->entry.contract, &row->entry.legs[i].party,
                            row->entry.legs[i].account);
                fprintf(to, "  $%s\n", money_print(row->entry.legs[i].cents, money));
        }
        fputc('\n', to);
}

static void put_entry(FILE *to, const struct journal_row *row)
{
        const struct journal_entry *entry = &row->entry;
        char day[11], text[TEXT_MAX_LENGTH + 1];

        if (row->state == JOURNAL_VOIDED) {
                put_voided(to, row);
                return;
        }
        date_print(day_of(row), day);
        fprintf(to, "%s %c (%" PRIu64 ") %s  ; purpose:%s, made:", day,
                row->state == JOURNAL_POSTED ? '*' : '!', row->index, describe(row, text),
                purpose_name(entry->purpose));
        date_print((date)(row->time / DAY_US), day);
        fputs(day, to);
        if (entry->run)
                fprintf(to, ", run:%" PRIu64, entry->run);
        if (row->changed)
                fprintf(to, ", changed:%" PRIu64, row->changed);
        if (entry->reverses)
                fprintf(to, ", reverses:%" PRIu64, entry->reverses);
        if (*entry->trace.text)
                fprintf(to, ", trace:%s", entry->trace.text);
        fputc('\n', to);
        for (uint32_t i = 0; i < entry->leg_count; i++)
                put_leg(to, &entry->contract, &entry->legs[i]);
        fputc('\n', to);
}

/* What the hub says of every account, to be held against the sum of the entries. */
static void put_assertions(FILE *to, const struct books *books)
{
        char day[11], money[FIGURE_TEXT_MAX];

        if (!books->entry_count || !books->balance_count)
                return;
        date_print(day_of(&books->entries[books->entry_count - 1]), day);
        fprintf(to, "%s * what the hub says that the accounts hold, posted and pending\n", day);
        for (size_t i = 0; i < books->balance_count; i++) {
                const struct balance_row *row = &books->balances[i];

                fputs("    ", to);
                put_account(to, &row->contract, &row->party, row->account);
                fprintf(to, "  $0.00 = $%s\n",
                        money_print(balance_posted(row) + balance_open(row), money));
        }
}

static void put_head(FILE *to, const struct contract_id *contract, const struct books *books)
{
        char text[CONTRACT_ID_MAX + 1];

        contract_id_print(contract, text);
        fprintf(to, "; The books of %s, by accord ledger export. Debits are above zero.\n"
                "; * is posted, ! is pending; what was voided is a comment.\n", text);
        if (books->as_of)
                fprintf(to, "; The log up to entry %" PRIu64 ".\n", books->as_of - 1);
        fputs("\ncommodity $1000.00\n", to);
        for (size_t i = 0; i < books->balance_count; i++) {
                fputs("account ", to);
                put_account(to, contract, &books->balances[i].party, books->balances[i].account);
                fprintf(to, "  ; %s\n", account_says(books->balances[i].account));
        }
        fputc('\n', to);
}

static enum exit_code write_hledger(struct call *call, const struct contract_id *contract)
{
        own(books) struct books books = { 0 };
        FILE *to = out_stream(call->out);
        enum exit_code code = books_read_entries(call, contract, &books);

        if (!code)
                code = books_read_balances(call, contract, &books);
        if (code)
                return code;
        if (books.entry_count)
                qsort(books.entries, books.entry_count, sizeof(*books.entries), by_day);
        put_head(to, contract, &books);
        for (size_t i = 0; i < books.entry_count; i++)
                put_entry(to, &books.entries[i]);
        put_assertions(to, &books);
        return EXIT_DONE;
}

/* As rows: in the format that --format names, whatever -o says. */
static enum exit_code write_rows(struct call *call, enum format format)
{
        struct cli cli = *call->cli;
        own(out) struct out *out = NULL;
        struct call as_journal = *call;
        int r;

        cli.format = format;
        r = out_new(&out, &cli, stdout);
        if (r)
                return say_failure(r, "the books");
        as_journal.out = out;
        r = (int)verb_ledger_journal.run(&as_journal);
        return r ? (enum exit_code)r : out_finish(out);
}

static enum exit_code export_run(struct call *call)
{
        static const struct word formats[] = {
                { "hledger", FORMAT_TABLE }, { "csv", FORMAT_CSV }, { "json", FORMAT_JSON },
                { NULL, 0 },
        };
        int format = (int)out_format(call->out);
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_word_option(call, "format", formats, &format);
        if (code)
                return code;
        if (format == FORMAT_TABLE || format == FORMAT_WIDE || format == FORMAT_RAW)
                return write_hledger(call, &contract);
        return write_rows(call, (enum format)format);
}

const struct verb verb_ledger_export = {
        .noun = "ledger",
        .name = "export",
        .usage = "CONTRACT",
        .says = "write the books of a contract as a journal of hledger, as CSV or as JSON",
        .more = "The journal has an account for each party, contract and account of the books; "
                "`hledger check` then adds it up and holds it against what the hub says that the "
                "accounts hold. Voided entries stand in it as comments:\n\n"
                "  accord ledger export medicare/aco/mssp > books.journal\n"
                "  hledger -f books.journal check",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "format", "hledger|csv|json", "what to write; hledger unless -o says otherwise",
                  0 },
                BOOKS_OPTIONS,
        },
        .run = export_run,
};
