/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: what there are, and each line by line. */
#include "core/own.h"
#include "clients/asking.h"
#include "clients/settle-source.h"
#include "clients/standing.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column list_columns[] = {
        COLUMN_RIGHT("run", "RUN"),
        COLUMN("contract", "CONTRACT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN("kind", "KIND"),
        COLUMN_RIGHT("number", "NUMBER"),
        COLUMN("status", "STATUS"),
        COLUMN_RIGHT("payable", "PAYABLE"),
        COLUMN_RIGHT("held", "HELD"),
        COLUMN("life", "LIFE"),
        COLUMN("answer_until", "ANSWER UNTIL"),
        COLUMN("stale", "STALE"),
        COLUMN_WIDE("final", "FINAL"),
        COLUMN_WIDE("accepted_by", "ACCEPTED BY"),
        COLUMN_WIDE("earned", "EARNED"),
        COLUMN_WIDE("relayed", "RELAYED"),
        COLUMN_WIDE("index", "ENTRY"),
        COLUMN_WIDE("time", "TIME"),
        COLUMNS_END
};

/* "facts, carry": what a run would read now and this one did not. */
static const char *stale_words(uint32_t stale, char ret[64])
{
        static const struct { uint32_t bit; const char *word; } words[] = {
                { STALE_FACTS, "facts" }, { STALE_TERMS, "terms" }, { STALE_CARRY, "carry" },
                { STALE_UPSTREAM, "upstream" },
        };
        size_t used = 0;

        ret[0] = '\0';
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (stale & words[i].bit)
                        used += (size_t)snprintf(ret + used, 64 - used, "%s%s", used ? ", " : "",
                                                 words[i].word);
        return ret;
}

static int list_row(void *with, const struct statement_row *row)
{
        bool known = row->status == STATEMENT_CALCULATED;
        char contract[CONTRACT_ID_MAX + 1], stale[64], who[WHO_MAX], final[FINAL_MAX];

        contract_id_print(&row->contract, contract);
        out_row(with, (struct cell[]) {
                cell_id(row->run), cell_text(contract), cell_day(row->period.from),
                cell_day(row->period.until - 1), cell_text(word_of(run_kind_words, row->kind)),
                cell_count(row->number), cell_text(word_of(status_words, row->status)),
                known ? cell_money(row->payable) : cell_none(),
                row->has_held ? cell_money(row->held) : cell_none(),
                cell_text(word_of(life_words, row->life)), cell_time(row->answer_until),
                row->stale ? cell_text(stale_words(row->stale, stale)) : cell_none(),
                cell_text(final_words(row->witness, row->witness_sides, final)),
                cell_text(who_words(row->accepted_by, who)),
                known ? cell_money(row->earned) : cell_none(), cell_flag(row->relayed),
                cell_id(row->index), cell_time(row->time) });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = call->word_count ? take_contract(call, 0, &contract) : EXIT_DONE;

        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        out_begin(call->out, "settlement", list_columns);
        if (accord_query_statements(reach.session, call->word_count ? &contract : NULL, list_row,
                                    call->out, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_settle_list = {
        .noun = "settle",
        .name = "list",
        .usage = "[CONTRACT]",
        .says = "list the statements of a contract, or of all",
        .more = "STALE says what a run would read now and this statement did not: facts, terms, "
                "carry (the statement of the period before), upstream (a statement of another "
                "contract that a fact is from). Restate the period to take it in.\n\n"
                "LIFE is what has become of it: issued (may be disputed until ANSWER UNTIL), "
                "disputed, accepted by both, lapsed (nobody disputed it in time), replaced; see "
                "`accord help reconciling`. FINAL, in the wide format, is whether witnesses "
                "of both sides have seen it, where its terms ask for them.",
        .words_most = 1,
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = list_run,
};

/* ---- one of them */

static enum exit_code show_run(struct call *call)
{
        own(source) struct source source = { 0 };
        enum exit_code code = source_find(call, call->words[0], false, &source);

        if (!code)
                statement_print(call->out, &source.around, source_origins(&source));
        return code;
}

const struct verb verb_settle_show = {
        .noun = "settle",
        .name = "show",
        .usage = "RUN|CONTRACT|FILE",
        .says = "show a statement: every figure, the rule it follows, the facts, the result",
        .more = "RUN is the number that `settle list` shows; a CONTRACT stands for its newest run; "
                "a FILE is what -o json wrote. The hub's signature is checked. -o raw: the signed "
                "record itself.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = { AS_OF_OPTION },
        .run = show_run,
};
