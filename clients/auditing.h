/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An auditor at the hub's control socket: reading what parties said, which is on the record, and
 * taking the hub's leaf hashes and checkpoint along.
 */
#ifndef ACCORD_CLIENTS_AUDITING_H
#define ACCORD_CLIENTS_AUDITING_H

#include "core/message.h"
#include "clients/lib/control.h"
#include "clients/verb.h"

/* own(accord_control). Says why not. */
enum exit_code auditing_open(const struct call *call, struct accord_control **ret);

/* One entry that was released; valid during the visit. Another answer than EXIT_DONE ends it. */
typedef enum exit_code auditing_visit(void *with, const struct entry_row *row);

/*
 * auditing_read() - all of a contract's or party's entries, as many requests as it takes
 * @read: from where; its from and most are used up
 * @ret_records: entries of the log that say so, one for each request that showed something
 */
enum exit_code auditing_read(const struct call *call, struct accord_control *control,
                             struct control_read *read, auditing_visit *visit, void *with,
                             uint32_t *ret_records);

/* Leaf hashes from 0 on, in order; the checkpoint over all of them is the last that comes. */
typedef enum exit_code auditing_leaves_visit(void *with, struct bytes leaves, struct bytes note);
enum exit_code auditing_leaves(const struct call *call, struct accord_control *control,
                               auditing_leaves_visit *visit, void *with);

/* --because, for the record. */
enum exit_code take_reason(const struct call *call, struct text *ret);
/* CONTRACT or PARTY. */
enum exit_code take_subject(const struct call *call, const char *word, struct control_read *ret);

#endif
