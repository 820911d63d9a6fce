/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/money-open.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/terms-file.h"

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

static int take_row(void *with, const struct recon_row *row)
{
        return row->has_result && row->run && row->open ? add(with, row) : 0;
}

enum exit_code open_list_read(const struct call *call, struct reach *reach,
                              const struct contract_id *contract, struct open_list *list)
{
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(call->cli, reach);
        int r;

        if (code)
                return code;
        r = accord_query_recon(reach->session, contract, take_row, list, &error);
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
