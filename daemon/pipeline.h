/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_DAEMON_PIPELINE_H
#define ACCORD_DAEMON_PIPELINE_H

#include "daemon/hub_private.h"

/*
 * pipeline_run() - the whole way of a submission
 * @node: who sent it, by the key the transport or the signature proved
 * @ahead: what is known of the signature already; NULL: nothing
 *
 * One answer among the effects, whatever comes of it. Returns 0 or -errno (the batch is spoilt).
 */
int pipeline_run(struct hub *hub, struct directory_node *node, const struct submission *submission,
                 const struct hub_ahead *ahead, uint64_t session);

#endif
