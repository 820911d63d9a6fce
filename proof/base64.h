/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as base64 of RFC 4648 section 4, with padding. */
#ifndef ACCORD_PROOF_BASE64_H
#define ACCORD_PROOF_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"

#define BASE64_SIZE(size) (((size) + 2) / 3 * 4)

/* NUL-terminated; @ret_text has room for BASE64_SIZE(data.size) + 1. Returns: the length. */
size_t base64_print(struct bytes data, char *ret_text);

/*
 * Of at most @room octets. Each value has one text only: false for characters that do not
 * belong, missing padding, and bits that say nothing.
 */
bool base64_parse(struct bytes text, void *ret, size_t room, size_t *ret_size);

/* Of exactly @size octets. */
bool base64_parse_exactly(struct bytes text, void *ret, size_t size);

#endif
