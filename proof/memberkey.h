/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pseudonyms of members: 16 octets that the two parties of a contract can make of a member's
 * number, and nobody else. One key for each contract and period of its agreement, made by one party
 * and handed to the other; the hub never has it. Another key, another pseudonym: members cannot be
 * followed from contract to contract.
 *
 * The key file:
 *
 *   accord-member-key v1
 *   contract BEARER/EARNER/LABEL
 *   generation NUMBER
 *   secret 64 hex digits
 */
#ifndef ACCORD_PROOF_MEMBERKEY_H
#define ACCORD_PROOF_MEMBERKEY_H

#include <stdint.h>

#include "core/ident.h"
#include "core/member_rows.h"

#define MEMBER_KEY_GENERATION_MAX UINT32_C(999999999)

/* A value: own(member_key) struct member_key key = { 0 }; wiped on every way out. */
struct member_key {
        struct contract_id contract;
        uint32_t generation;            /* 1, 2, ... of the contract's keys */
        uint8_t octets[32];
};

void member_key_new(const struct contract_id *contract, uint32_t generation,
                    struct member_key *ret);
void member_key_wipe(struct member_key *key);

static inline void member_key_cleanup(struct member_key *key)
{
        member_key_wipe(key);
}

/* As keyfile_write(): a new file, mode 0600. */
int member_key_write(const char *path, const struct member_key *key);
/* As keyfile_load(). */
int member_key_load(const char *path, struct member_key *ret);

/* Of the text form, which is exact but for CR LF and the last line's end. 0; -EBADMSG. */
int member_key_parse(struct bytes text, struct member_key *ret);

/* The first 16 octets of HMAC-SHA-256 over the number's octets, as they are. */
void pseudonym_make(const struct member_key *key, struct bytes number,
                    uint8_t ret[PSEUDONYM_SIZE]);

#endif
