/* SPDX-License-Identifier: Apache-2.0 */
/* How the tip stands in META: u8 format = 1 | i64 time | root | frontier. */
#ifndef ACCORD_STORE_TIP_H
#define ACCORD_STORE_TIP_H

#include "store/log.h"

#define TIP_FORMAT 1
#define TIP_RECORD_MAX (1 + 8 + DIGEST_SIZE + FRONTIER_WRITTEN_MAX)

static const struct bytes tip_key = { "tip", 3 };

/* Returns: the span of @record that was written. */
struct bytes tip_write(const struct log_tip *tip, const struct frontier *frontier,
                       uint8_t record[TIP_RECORD_MAX]);

/* Returns: 0; -EPROTONOSUPPORT for a newer format; -EILSEQ. */
int tip_read(struct bytes record, struct log_tip *ret, struct frontier *ret_frontier);

#endif
