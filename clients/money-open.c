/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/money-open.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/terms-file.h"

#define ROWS_AT_ONCE 256
#define CURSOR_MOST 512

void open_list_cleanup(struct open_list *list)
{
        free(list->items);
}

const struct name *open_item_payer(const struct open_item *item)
{
        return item->cents > 0 ? &item->contract.bearer : &item->contract.earner;
}

const struct name *open_item_payee(const struct open_item *item)
{
        return item->cents > 0 ? &item->contract.earner : &item->contract.bearer;
}

bool open_item_owes(const struct open_item *item, const struct name *party)
{
        return item->cents != 0 && name_equal(open_item_payer(item), party);
}

/* ---- walks */

static int endless(struct accord_error *error)
{
        *error = (struct accord_error) { .code = ACCORD_INTEGRITY };
        snprintf(error->text, sizeof(error->text), "the hub's answers do not come to an end");
        return ACCORD_INTEGRITY;
}

/* Hands on the rows of one answer. */
typedef int hand_rows(const struct answer *answer, void *with);

static int walk(struct accord_session *session, struct query *query, hand_rows *hand, void *with,
                struct accord_error *error)
{
        uint8_t cursor[CURSOR_MOST];
        const struct answer *answer;
        size_t size = 0;
        int r;

        query->most = ROWS_AT_ONCE;
        do {
                query->after = (struct bytes) { cursor, size };
                r = accord_ask(session, query, &answer, error);
                if (r)
                        return r;
                if (answer->next.size > sizeof(cursor) ||
                    (size && bytes_equal(answer->next, query->after)))
                        return endless(error);
                size = answer->next.size;
                if (size)
                        memcpy(cursor, answer->next.data, size);
                r = hand(answer, with);
        } while (!r && size);
        return r;
}

struct handing {
        payment_visit *visit;
        void *with;
};

static int hand_payments(const struct answer *answer, void *with)
{
        const struct handing *handing = with;
        int r = 0;

        for (uint32_t i = 0; i < answer->payment_count && !r; i++)
                r = handing->visit(handing->with, &answer->payments[i]);
        return r;
}

int payments_walk(struct accord_session *session, const struct query *as_of,
                  const struct contract_id *contract, payment_visit *visit, void *with,
                  struct accord_error *error)
{
        struct query query = as_of ? *as_of : (struct query) { 0 };
        struct handing handing = { visit, with };

        query.kind = QUERY_PAYMENTS;
        query.contract = *contract;
        return walk(session, &query, hand_payments, &handing, error);
}

/* ---- what is open */

static int add(struct open_list *list, const struct recon_row *row)
{
        if (list->count == list->room) {
                size_t room = list->room ? 2 * list->room : 16;
                struct open_item *items = reallocarray(list->items, room, sizeof(*items));

                if (!items)
                        return -ENOMEM;
                list->items = items;
                list->room = room;
        }
        list->items[list->count++] = (struct open_item) {
                .contract = row->contract, .period = row->period, .run = row->run,
                .cents = row->open, .life = row->life, .payment = DATE_NONE, .late = DATE_NONE,
        };
        return 0;
}

static int hand_recons(const struct answer *answer, void *with)
{
        int r = 0;

        for (uint32_t i = 0; i < answer->recon_count && !r; i++) {
                const struct recon_row *row = &answer->recons[i];

                if (row->has_result && row->run && row->open)
                        r = add(with, row);
        }
        return r;
}

enum exit_code open_list_read(const struct call *call, struct reach *reach,
                              const struct contract_id *contract, struct open_list *list)
{
        struct query query = { .kind = QUERY_RECON };
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(call->cli, reach);
        int r;

        if (code)
                return code;
        if (contract)
                query.contract = *contract;
        r = walk(reach->session, &query, hand_recons, list, &error);
        if (r < 0)
                return say_failure(r, "what is open");
        return r ? reach_failed(&error) : EXIT_DONE;
}

/* The planned day is the statement's; how long after it is still in time, its terms'. */
static enum exit_code read_days(struct reach *reach, struct terms *terms, struct open_item *item)
{
        struct accord_statement statement;
        struct accord_error error = { 0 };
        const struct terms_row *row;
        enum exit_code code;

        if (accord_query_statement(reach->session, item->run, &statement, &error))
                return reach_failed(&error);
        item->payment = statement.statement->run.payment;
        if (accord_query_terms(reach->session, &item->contract,
                               statement.statement->terms_version, &row, &error))
                return reach_failed(&error);
        code = terms_decode(row->terms, terms);
        if (!code)
                item->late = item->payment + 1 + (date)terms->reconciling.payment_days;
        return code;
}

enum exit_code open_list_days(const struct call *call, struct reach *reach, struct open_list *list)
{
        own(terms) struct terms *terms = calloc(1, sizeof(*terms));
        enum exit_code code = terms ? reach_hub(call->cli, reach)
                                    : say_failure(-ENOMEM, "the terms");

        for (size_t i = 0; !code && i < list->count; i++)
                code = read_days(reach, terms, &list->items[i]);
        return code;
}
