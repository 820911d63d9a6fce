/* SPDX-License-Identifier: Apache-2.0 */
/* Terms on their way from a file to the wire. */
#ifndef ACCORD_CLIENTS_TERMS_FILE_H
#define ACCORD_CLIENTS_TERMS_FILE_H

#include "proof/hash.h"
#include "proto/arena.h"
#include "clients/complaint.h"
#include "clients/output.h"
#include "clients/terms_json.h"

void terms_cleanup(struct terms **terms);               /* for own(): free() */
void complaints_cleanup(struct complaints **complaints);

/* Reads and checks the file; else says everything that is wrong. @ret is the caller's. */
enum exit_code terms_file_read(const char *path, struct terms **ret);

/* What the hub gave, as terms that this version can carry out; else says what it cannot. */
enum exit_code terms_decode(struct bytes bytes, struct terms *ret);

/* The bytes to be offered, and the digest that is to be accepted. */
enum exit_code terms_encode(const struct terms *terms, struct sink *ret, struct digest *ret_digest);
enum exit_code terms_digest(struct bytes bytes, struct digest *ret);

/* Prints the terms in the format asked for; @bytes for raw. */
enum exit_code terms_print(struct out *out, const struct terms *terms, struct bytes bytes,
                           const struct digest *digest);

#endif
