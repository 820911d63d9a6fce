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
#include "proof/keys.h"

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

#define MEMBER_KEY_TEXT_MAX 256
/* The text form, with a NUL behind it; secret: the caller wipes it. Returns its length. */
size_t member_key_print(const struct member_key *key, char ret[MEMBER_KEY_TEXT_MAX]);

/*
 * member_key_seal() - the key as a text that only one node of the other party can open
 * @from: our own keys; their public half stands in the text, so that who opens it sees whose it is
 *
 *   accord-sealed-member-key v1
 *   accord-public v1 ...               of who sealed it, see proof/keys.h
 *   sealed nonce and box, hexadecimal  see proof/seal.h
 *
 * Returns: 0; -EKEYREJECTED when @to has a key that cannot be one.
 */
#define MEMBER_KEY_SEALED_MAX 2048
int member_key_seal(const struct member_key *key, const struct keys *from,
                    const struct public_keys *to, char ret[MEMBER_KEY_SEALED_MAX],
                    size_t *ret_size);

/*
 * member_key_unseal() - back again; @ret is wiped on failure
 * @ret_from: who sealed it. That it is who it should be is for the caller to check.
 *
 * Returns: 0; -EBADMSG when it is no such text; -EKEYREJECTED when it was sealed to somebody else,
 * or changed since.
 */
int member_key_unseal(struct bytes text, const struct keys *to, struct public_keys *ret_from,
                      struct member_key *ret);

/* The first 16 octets of HMAC-SHA-256 over the number's octets, as they are. */
void pseudonym_make(const struct member_key *key, struct bytes number,
                    uint8_t ret[PSEUDONYM_SIZE]);

#endif
