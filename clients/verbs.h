/* SPDX-License-Identifier: Apache-2.0 */
/* Every verb there is, in the order of help. A new one is a file and a row here. */
#ifndef ACCORD_CLIENTS_VERBS_H
#define ACCORD_CLIENTS_VERBS_H

#include "clients/verb.h"

#define VERBS(X)           \
        X(key_generate)    \
        X(key_show)        \
        X(key_fingerprint) \
        X(profile_add)     \
        X(profile_list)    \
        X(profile_show)    \
        X(profile_use)     \
        X(profile_rm)      \
        X(completion)      \
        X(complete)        \
        X(help)            \
        X(version)

#define X(name) extern const struct verb verb_##name;
VERBS(X)
#undef X

#endif
