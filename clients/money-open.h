/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is owed: by contract and service period, what the books have posted and no payment has
 * cleared. For those who pay, who wait for money, and who read what their bank says.
 */
#ifndef ACCORD_CLIENTS_MONEY_OPEN_H
#define ACCORD_CLIENTS_MONEY_OPEN_H

#include "clients/reach.h"

struct open_item {
        struct contract_id contract;
        struct period period;
        uint64_t run;                   /* whose statement counts for the period */
        int64_t cents;                  /* above 0 the bearer owes, below 0 the earner */
        enum life life;
        date payment;                   /* day on which its payment was planned; see below */
        date late;                      /* from this day on it is overdue */
};

/* own(open_list) struct open_list list = { 0 }; */
struct open_list {
        struct open_item *items;        /* by contract, then period, as the hub has them */
        size_t count, room;
};

void open_list_cleanup(struct open_list *list);

/*
 * open_list_read() - adds what is open
 * @contract: NULL: all of the party's
 *
 * @payment and @late are DATE_NONE until open_list_days(), which asks for each statement.
 */
enum exit_code open_list_read(const struct call *call, struct reach *reach,
                              const struct contract_id *contract, struct open_list *list);
enum exit_code open_list_days(const struct call *call, struct reach *reach,
                              struct open_list *list);

/* Does @party owe it? */
bool open_item_owes(const struct open_item *item, const struct name *party);
const struct name *open_item_payer(const struct open_item *item);
const struct name *open_item_payee(const struct open_item *item);

#endif
