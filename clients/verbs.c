/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/verbs.h"

const struct verb *const verbs[] = {
#define X(name) &verb_##name,
        VERBS(X)
#undef X
        NULL,
};
