/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An exact figure of a statement as text: "123", "-5/7". One spelling for each pair of numbers:
 * no plus, no leading zeros, no "-0", no "/1"; not reduced, so that what was calculated is
 * what is read.
 */
#ifndef ACCORD_PROTO_FRACTION_H
#define ACCORD_PROTO_FRACTION_H

#include <stdbool.h>

#include "core/bytes.h"
#include "core/statement.h"

#define FRACTION_TEXT_MAX 80u   /* a sign, 39 digits, a stroke, 39 digits */

/* @den > 0. Returns the length; nothing is put behind it. */
size_t fraction_print(wide num, wide den, char ret_text[FRACTION_TEXT_MAX]);
bool fraction_parse(struct bytes text, wide *ret_num, wide *ret_den);

#endif
