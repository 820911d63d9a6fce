/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the log in a few words, for lists: of what kind, by whom, about which contract. */
#ifndef ACCORD_CLIENTS_ENTRY_GIST_H
#define ACCORD_CLIENTS_ENTRY_GIST_H

#include "core/message.h"
#include "clients/words.h"
#include "proto/arena.h"

extern const struct word entry_kind_words[];

struct gist {
        char who[2 * NAME_MAX_LENGTH + 2], contract[CONTRACT_ID_MAX + 1];
        uint32_t events;
};

/* @arena is reset. What cannot be read has no gist: all of it is empty. */
void read_gist(struct arena *arena, uint32_t kind, struct bytes bytes, struct gist *ret);

#endif
