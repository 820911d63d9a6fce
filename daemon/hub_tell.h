/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libhub: signals that are not logged. What a batch may have changed of them is known when it is
 * committed; they are made beside the batches (daemon/telling.h), and leave sealed with one.
 */
#ifndef ACCORD_DAEMON_HUB_TELL_H
#define ACCORD_DAEMON_HUB_TELL_H

#include "daemon/hub.h"

/* Numbers of contracts and parties, more than once perhaps. */
struct hub_touched {
        const uint32_t *contracts, *parties;
        size_t contract_count, party_count;
        bool all;                       /* every party's signal may be another */
        uint64_t size;                  /* of the log at the end of the batch */
};

/* Of the last committed batch; valid until the next hub_begin(). */
void hub_touched(const struct hub *hub, struct hub_touched *ret);

/*
 * hub_tell() - a SignalFrame for every node of the party that may read, sealed; in an open batch
 *
 * One SIGNAL effect for each; nothing is logged. Returns: 0; -errno.
 */
int hub_tell(struct hub *hub, uint32_t party_no, struct bytes frame);

#endif
