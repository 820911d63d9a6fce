/* SPDX-License-Identifier: Apache-2.0 */
/* What the books hold: kept again from the log, and as the hub tells its parties. */
#include <string.h>

#include "tests/cases/case.h"

static bool read_state(struct play *play, enum journal_state *ret)
{
        static const char *const states[] = { [1] = "pending", "posted", "voided" };

        for (unsigned int i = 1; i < 4; i++)
                if (words_take(play->words, states[i])) {
                        *ret = (enum journal_state)i;
                        return true;
                }
        return false;
}

static enum account want_account(struct play *play)
{
        const char *word = want(play, "an account");

        for (int i = 1; i <= ACCOUNT_LAST; i++)
                if (strcmp(account_name((enum account)i), word) == 0)
                        return (enum account)i;
        wrong(play, "there is no account '%s'", word);
}

/* As the hub tells it; rows that are all zeros need not be there. */
static int64_t told(struct play *play, const struct contract_id *contract,
                    const struct name *party, enum account account, enum journal_state state)
{
        struct query query = { .kind = QUERY_BALANCES };
        struct answer answer;

        ask_as_side(play, contract, SIDE_EARNER, &query, &answer);
        for (uint32_t i = 0; i < answer.balance_count; i++) {
                const struct balance_row *row = &answer.balances[i];
                int64_t posted = row->debits_posted - row->credits_posted;
                int64_t all = row->debits_pending - row->credits_pending -
                              (row->debits_voided - row->credits_voided);

                if (row->account == account && name_equal(&row->party, party))
                        return state == JOURNAL_POSTED    ? posted
                               : state == JOURNAL_PENDING ? all - posted
                                                          : all;
        }
        return 0;
}

/*
 * expect balance PARTY CONTRACT ACCOUNT AMOUNT [pending|posted]: debits less credits; of what is
 * pending and what is posted, unless it says one
 */
void expect_balance(struct play *play)
{
        struct name party = want_name(play);
        const struct contract_id contract = want_contract(play)->id;
        enum account account = want_account(play);
        int64_t cents = want_money(play), is;
        enum journal_state state = 0;

        read_state(play, &state);
        is = told(play, &contract, &party, account, state);
        if (is != cents)
                wrong(play, "the balance is %lld cents", (long long)is);
        if (!play->has_as_of &&
            is != books_balance(&play->books, &contract, &party, account, state))
                wrong(play, "by the log the balance is another");
}

static enum purpose want_purpose(struct play *play)
{
        const char *word = want(play, "a purpose");

        for (int i = 1; i <= PURPOSE_REVERSAL; i++)
                if (strcmp(purpose_name((enum purpose)i), word) == 0)
                        return (enum purpose)i;
        wrong(play, "entries of the books have no purpose '%s'", word);
}

/* What the hub shows of the journal is what the log says. */
static void hold_journal(struct play *play, const struct contract_id *contract, uint64_t *ret)
{
        struct query query = { .kind = QUERY_JOURNAL };
        struct answer answer;
        size_t shown = 0;

        ask_as_side(play, contract, SIDE_BEARER, &query, &answer);
        *ret = answer.journal_count;
        if (play->has_as_of || answer.next.size)
                return;
        for (size_t i = 0; i < play->books.entry_count; i++) {
                const struct book_entry *entry = &play->books.entries[i];

                if (!contract_id_equal(&play->books.contracts[entry->contract], contract))
                        continue;
                if (shown == answer.journal_count ||
                    answer.journal[shown].index != entry->index ||
                    answer.journal[shown].state != entry->state ||
                    answer.journal[shown].changed != entry->changed)
                        wrong(play, "the hub's journal lacks entry %llu, or shows it otherwise",
                              (unsigned long long)entry->index);
                shown++;
        }
        if (shown != answer.journal_count)
                wrong(play, "the hub shows %u entries of the journal", answer.journal_count);
}

/*
 * expect journal CONTRACT [N entries] [PURPOSE pending|posted|voided AMOUNT] ...: the sum over its
 * entries of that purpose in that state; above 0 the bearer pays. A reversal's is that of what it
 * takes back, the other way round.
 */
void expect_journal(struct play *play)
{
        const struct contract_id contract = want_contract(play)->id;
        enum journal_state state;
        enum purpose purpose;
        const char *word;
        uint64_t rows, should;
        int64_t is;

        hold_journal(play, &contract, &rows);
        while ((word = words_peek(play->words))) {
                if (read_number(word, &should)) {
                        words_next(play->words);
                        if (!words_take(play->words, "entries") || should != rows)
                                wrong(play, "it has %llu entries", (unsigned long long)rows);
                        continue;
                }
                purpose = want_purpose(play);
                if (!read_state(play, &state))
                        wrong(play, "pending, posted or voided should follow");
                is = books_sum(&play->books, &contract, purpose, state);
                if (is != want_money(play))
                        wrong(play, "what is %s comes to %lld cents", purpose_name(purpose),
                              (long long)is);
        }
}
