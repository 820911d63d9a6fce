/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where things stand between the two sides, in words: of statements, facts, disputes, books, and
 * what comes next.
 */
#ifndef ACCORD_CLIENTS_STANDING_H
#define ACCORD_CLIENTS_STANDING_H

#include <stdio.h>

#include "clients/words.h"
#include "core/query.h"

extern const struct word life_words[], match_words[], due_words[], dispute_what_words[],
        dispute_state_words[], journal_state_words[], differs_words[];

/* "medicare", "aco", or "neither side": by the contract. */
const char *side_name(const struct contract_id *contract, enum side side);

/* SIDE_BIT()s as names: "medicare and aco"; "" for none. The arbiter is "the arbiter". */
#define WHO_MAX 96
char *who_names(const struct contract_id *contract, uint32_t sides, char ret[WHO_MAX]);
/* The same in words of the table: "bearer,earner"; NULL for none. */
const char *who_words(uint32_t sides, char ret[WHO_MAX]);

/* What has become of a statement and who has to do what, in sentences. Returns @ret. */
#define STANDS_MAX 1024
char *statement_stands(const struct statement_row *row, char ret[STANDS_MAX]);

/*
 * Where its terms ask for witnesses: "final, awaiting witnesses (bearer's seen)", "final,
 * witnessed", "final, unwitnessed by earner"; NULL where they do not. @sides: who has seen it.
 */
#define FINAL_MAX 96
const char *final_words(enum witnessing witness, uint32_t sides, char ret[FINAL_MAX]);

/* What a moment that is due comes to: "the other side's time to answer a figure ends". */
const char *due_says(enum due_kind kind);

#endif
