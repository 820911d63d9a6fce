/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_STORE_SCHEMA_H
#define ACCORD_STORE_SCHEMA_H

#include "store/mdb.h"

/*
 * schema_open() - open every table; a writer makes those that an older ledger lacks
 *
 * Returns: 0; -EPROTO when there is a table we do not know, or one with other keys; -errno.
 */
int schema_open(struct store_env *env);

#endif
