/* SPDX-License-Identifier: Apache-2.0 */
/* Products of two 128-bit numbers, for what is compared or rounded before it must fit again. */
#ifndef ACCORD_CORE_EXACT_LONG_H
#define ACCORD_CORE_EXACT_LONG_H

#include "core/exact.h"

struct product {
        uwide high, low;
};

struct product long_product(uwide a, uwide b);
int long_compare(struct product a, struct product b);

#endif
