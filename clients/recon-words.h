/* SPDX-License-Identifier: Apache-2.0 */
/* One thing that both sides say, in words: how far apart they are, and who must do what by when. */
#ifndef ACCORD_CLIENTS_RECON_WORDS_H
#define ACCORD_CLIENTS_RECON_WORDS_H

#include <stdbool.h>

#include "core/exact.h"
#include "core/query.h"

/* No figure of it is over nothing: a hub can answer what makes no sense. */
bool match_is_sound(const struct match_row *row);

/* The bearer's figure less the earner's. False: one side has none, or it is no number. */
bool match_apart(const struct match_row *row, struct exact *ret);

/* A sentence, empty where nothing is left to do. Returns @ret. */
#define TODO_MAX 512
char *match_todo(const struct contract_id *contract, const struct match_row *row,
                 char ret[TODO_MAX]);

/* What comes next for a contract and period, and for whom; empty when nothing is awaited. */
char *recon_next(const struct recon_row *row, char ret[TODO_MAX]);

#endif
