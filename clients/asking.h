/* SPDX-License-Identifier: Apache-2.0 */
/* A session for a verb that reads: of the log as it is, or as it was by --as-of. */
#ifndef ACCORD_CLIENTS_ASKING_H
#define ACCORD_CLIENTS_ASKING_H

#include "clients/reach.h"

#define AS_OF_OPTION                                                                               \
        { "as-of", "INDEX|TIME",                                                                   \
          "the log as it was: up to that entry, or to that moment; a day is its first moment", 0 }

/* What --as-of says; all zero: nothing. */
enum exit_code take_as_of(const struct call *call, struct accord_as_of *ret);

/* As reach_hub(), and every question is then about that time. */
enum exit_code reach_asking(const struct call *call, struct reach *reach);

/*
 * The contract of a dispute, resolution or determination, by the index of its entry, among those of
 * the party; told to @visit in the course of it. EXIT_ABSENT having said so.
 */
enum exit_code find_dispute(const struct reach *reach, uint64_t index,
                            struct contract_id *ret_contract, accord_dispute_visit *visit,
                            void *with);

#endif
