/* SPDX-License-Identifier: Apache-2.0 */
/* Payments as both sides state them, and what should have come and has not. */
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/asking.h"
#include "clients/money-open.h"
#include "clients/take.h"
#include "clients/verbs.h"

static const struct column list_columns[] = {
        COLUMN("trace", "TRACE"),
        COLUMN("payer", "PAYER"),
        COLUMN("state", "STATE"),
        COLUMN_RIGHT("sent", "SENT"),
        COLUMN("sent_on", "ON"),
        COLUMN_RIGHT("received", "RECEIVED"),
        COLUMN("received_on", "ON"),
        COLUMN("for", "FOR"),
        COLUMN("why", "WHY"),
        COLUMN_WIDE("method", "METHOD"),
        COLUMN_WIDE("sent_index", "SENT ENTRY"),
        COLUMN_WIDE("received_index", "RECEIVED ENTRY"),
        COLUMN_WIDE("entry", "BOOKED"),
        COLUMNS_END
};

const struct word payment_state_words[] = {
        { "matched", PAYMENT_MATCHED },
        { "partial", PAYMENT_PARTIAL },
        { "unmatched", PAYMENT_UNMATCHED },
        { "needs_review", PAYMENT_NEEDS_REVIEW },
        { NULL, 0 },
};

#define PARTS_TEXT_MAX (PAYMENT_PARTS_MAX * 48)

/* "123=50.00; 124=20.00"; as `accord payment publish` takes it. */
static char *print_parts(const struct payment *payment, char ret[PARTS_TEXT_MAX])
{
        size_t at = 0;

        ret[0] = '\0';
        for (uint32_t i = 0; i < payment->part_count && at < PARTS_TEXT_MAX; i++)
                at += (size_t)snprintf(ret + at, PARTS_TEXT_MAX - at, "%s%llu=%lld.%02lld",
                                       i ? "; " : "", (unsigned long long)payment->parts[i].run,
                                       (long long)(payment->parts[i].cents / 100),
                                       (long long)(payment->parts[i].cents % 100));
        return ret;
}

struct listing {
        struct out *out;
        const struct contract_id *contract;
        int state;                      /* of these only; 0: of any */
};

static int list_row(void *with, const struct payment_row *row)
{
        const struct listing *listing = with;
        const struct payment *one = row->has_sent ? &row->sent.payment : &row->received.payment;
        const struct payment *sent = row->has_sent ? &row->sent.payment : NULL;
        const struct payment *received = row->has_received ? &row->received.payment : NULL;
        const struct name *payer = row->payer == SIDE_BEARER ? &listing->contract->bearer
                                                             : &listing->contract->earner;
        char parts[PARTS_TEXT_MAX];

        if (listing->state && (int)row->state != listing->state)
                return 0;
        out_row(listing->out, (struct cell[]) {
                cell_text(row->trace.text), cell_text(payer->text),
                cell_text(word_of(payment_state_words, row->state)),
                sent ? cell_money(sent->cents) : cell_none(),
                sent ? cell_day(sent->day) : cell_none(),
                received ? cell_money(received->cents) : cell_none(),
                received ? cell_day(received->day) : cell_none(),
                one->part_count ? cell_text(print_parts(one, parts)) : cell_none(),
                cell_text(row->says.text),
                *one->method.text ? cell_text(one->method.text) : cell_none(),
                sent ? cell_id(row->sent.index) : cell_none(),
                received ? cell_id(row->received.index) : cell_none(),
                row->entry ? cell_id(row->entry) : cell_none() });
        return 0;
}

static enum exit_code list_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        struct listing listing = { .out = call->out };
        struct accord_error error = { 0 };
        struct contract_id contract;
        enum exit_code code = take_contract(call, 0, &contract);

        if (!code)
                code = take_word_option(call, "state", payment_state_words, &listing.state);
        if (!code)
                code = reach_asking(call, &reach);
        if (code)
                return code;
        listing.contract = &contract;
        out_begin(call->out, "payment", list_columns);
        if (accord_query_payments(reach.session, &contract, list_row, &listing, &error))
                code = reach_failed(&error);
        out_end(call->out);
        return code;
}

const struct verb verb_payment_list = {
        .noun = "payment",
        .name = "list",
        .usage = "CONTRACT",
        .says = "list the payments that either side has stated, how they match, and why",
        .more = "matched: both say the same, and it is all that is owed; partial: the same, and "
                "less than is owed; unmatched: one side only has stated it; needs_review: they "
                "differ, or it is more than is owed: nothing is cleared.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .options = {
                { "state", "matched|partial|unmatched|needs_review", "those in this state only",
                  0 },
                AS_OF_OPTION,
        },
        .run = list_run,
};

/* ---- overdue */

static const struct column overdue_columns[] = {
        COLUMN("contract", "CONTRACT"),
        COLUMN("period_from", "FROM"),
        COLUMN("period_through", "THROUGH"),
        COLUMN_RIGHT("run", "RUN"),
        COLUMN("payer", "PAYER"),
        COLUMN_RIGHT("open", "OPEN"),
        COLUMN("payment", "PLANNED"),
        COLUMN("overdue_since", "OVERDUE SINCE"),
        COLUMN_RIGHT("days", "DAYS"),
        COLUMNS_END
};

static void overdue_row(struct out *out, const struct open_item *item, date today)
{
        char contract[CONTRACT_ID_MAX + 1];

        contract_id_print(&item->contract, contract);
        out_row(out, (struct cell[]) {
                cell_text(contract), cell_day(item->period.from), cell_day(item->period.until - 1),
                cell_id(item->run), cell_text(open_item_payer(item)->text),
                cell_money(item->cents > 0 ? item->cents : -item->cents),
                cell_day(item->payment), cell_day(item->late),
                cell_count(today - item->late + 1) });
}

static enum exit_code overdue_run(struct call *call)
{
        own(reach) struct reach reach = { 0 };
        own(open_list) struct open_list list = { 0 };
        struct contract_id contract;
        date today = day_today();
        enum exit_code code = call->word_count ? take_contract(call, 0, &contract) : EXIT_DONE;

        if (!code)
                code = take_day_option(call, "on", &today);
        if (!code)
                code = open_list_read(call, &reach, call->word_count ? &contract : NULL, &list);
        if (!code)
                code = open_list_days(call, &reach, &list);
        if (code)
                return code;
        out_begin(call->out, "overdue-payment", overdue_columns);
        for (size_t i = 0; i < list.count; i++)
                if (list.items[i].late <= today)
                        overdue_row(call->out, &list.items[i], today);
        out_end(call->out);
        return EXIT_DONE;
}

const struct verb verb_payment_overdue = {
        .noun = "payment",
        .name = "overdue",
        .usage = "[CONTRACT]",
        .says = "list what is posted, not paid, and past its day",
        .more = "A payment is overdue when the days that the terms give after its planned day are "
                "over.",
        .words_most = 1,
        .prints = true,
        .options = {
                { "on", "DAY", "as of this day; today unless given", 0 },
        },
        .run = overdue_run,
};
