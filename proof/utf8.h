/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_PROOF_UTF8_H
#define ACCORD_PROOF_UTF8_H

#include <stdbool.h>

#include "core/bytes.h"

/* Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. Empty is. */
bool utf8_valid(struct bytes text);

#endif
