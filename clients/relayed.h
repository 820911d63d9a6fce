/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Said for an absent party: --relayed-for PARTY --document FILE, which go together. The digest of
 * the document and its name go along; the document stays here.
 */
#ifndef ACCORD_CLIENTS_RELAYED_H
#define ACCORD_CLIENTS_RELAYED_H

#include "core/message.h"
#include "clients/verb.h"

#define RELAYED_OPTIONS(whose, what) \
        { "relayed-for", "PARTY", "the absent party whose " whose " these are", 0 }, \
        { "document", "FILE", what ", whose digest is published", 0 }

/* *ret is as it was where neither option is given. */
enum exit_code take_relayed(const struct call *call, struct relayed *ret);

#endif
