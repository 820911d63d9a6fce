/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose pseudonyms are whose: a party's own list of its members, joined on this machine. It is read
 * when everything has been asked, and nothing of it is told to anybody.
 *
 *      member      the member's number
 *      pseudonym   32 hexadecimal digits; where the column is missing, made with the member key
 */
#ifndef ACCORD_CLIENTS_REVEAL_H
#define ACCORD_CLIENTS_REVEAL_H

#include "clients/exit.h"
#include "proof/memberkey.h"

#define REVEAL_NUMBER_MAX 64

struct revealed {
        uint8_t member[PSEUDONYM_SIZE];
        char number[REVEAL_NUMBER_MAX + 1];
};

/* own(reveal) struct reveal reveal = { 0 }; wiped on every way out. */
struct reveal {
        struct revealed *list;          /* by pseudonym */
        size_t count, room;
};

void reveal_cleanup(struct reveal *reveal);

/* @key: NULL where the list has pseudonyms. Says everything that is wrong. */
enum exit_code reveal_read(const char *path, const struct member_key *key, struct reveal *ret);
/* NULL: not in the list. */
const char *reveal_number(const struct reveal *reveal, const uint8_t member[PSEUDONYM_SIZE]);

#endif
