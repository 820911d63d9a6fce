/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A settlement here, without a hub, of files that hold both sides' figures: by the terms' rules,
 * with each side's version of what they do not agree on, as the hub makes it. Windows, and what was
 * decided, only the hub knows: here every answer is in time and nothing is decided.
 */
#ifndef ACCORD_CLIENTS_SETTLE_VERSIONS_H
#define ACCORD_CLIENTS_SETTLE_VERSIONS_H

#include "core/statement.h"

/* @ret is written whole, but for index and digest of the terms. 0 or -ENOMEM. */
int settle_by_versions(const struct terms *terms, const struct run *run,
                       const struct settle_inputs *inputs, struct statement *ret);

#endif
