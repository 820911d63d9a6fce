/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as hex digits; in constant time, as secret keys pass here too. */
#ifndef ACCORD_PROOF_HEX_H
#define ACCORD_PROOF_HEX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"

/* Lower-case, NUL-terminated; @ret_text has room for 2 * size + 1. */
void hex_print(struct bytes data, char *ret_text);

/* Exactly 2 * @size digits, either case; else false, and @size octets at @ret are zeroed. */
bool hex_parse(struct bytes text, void *ret, size_t size);

#endif
