/* SPDX-License-Identifier: Apache-2.0 */
/* Member keys in files; each says why not. */
#ifndef ACCORD_CLIENTS_MEMBER_KEY_FILE_H
#define ACCORD_CLIENTS_MEMBER_KEY_FILE_H

#include "clients/exit.h"
#include "proof/memberkey.h"

/* The member key of a file, whatever contract it is of. */
enum exit_code member_key_file_read(const char *path, struct member_key *ret);

/*
 * The same, of @contract: that of another contract would make pseudonyms that the other party
 * cannot make, and is refused.
 */
enum exit_code member_key_file(const char *path, const struct contract_id *contract,
                               struct member_key *ret);

/* To a new file, its folder made where there is none; one that is there is left alone. */
enum exit_code member_key_file_new(const char *path, const struct member_key *key);

#endif
