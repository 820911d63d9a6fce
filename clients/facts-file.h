/* SPDX-License-Identifier: Apache-2.0 */
/* Reports as the facts that a settlement takes: for what is settled here, without a hub. */
#ifndef ACCORD_CLIENTS_FACTS_FILE_H
#define ACCORD_CLIENTS_FACTS_FILE_H

#include "core/fact.h"
#include "core/terms.h"
#include "clients/exit.h"

struct facts_list {
        struct fact *facts;     /* owned */
        size_t count, room;
};

void facts_list_cleanup(struct facts_list *list);

/*
 * facts_file_read() - add a report's figures to a list
 * @number: the file's, from 1: its facts say that they were said in entry @number, as events by
 *          their lines in the file
 * @terms:  what the report must be about; a figure without a side is of the side of record
 *
 * Says everything that is wrong: rows that are none, another contract's, a segment that the terms
 * do not have, the same figure of the same side twice.
 */
enum exit_code facts_file_read(const char *path, uint64_t number, const struct terms *terms,
                               struct facts_list *list);

#endif
