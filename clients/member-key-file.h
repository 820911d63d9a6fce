/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_MEMBER_KEY_FILE_H
#define ACCORD_CLIENTS_MEMBER_KEY_FILE_H

#include "clients/exit.h"
#include "proof/memberkey.h"

/*
 * The member key of a file; that of another contract would make pseudonyms that the other party
 * cannot make, and is refused. Else says why not.
 */
enum exit_code member_key_file(const char *path, const struct contract_id *contract,
                               struct member_key *ret);

#endif
