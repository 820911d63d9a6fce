/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new epoch: the log lost its end, which the hub had signed, and goes on from what is kept. The
 * first entry behind that names the lost end; checkpoints bear another origin from then on, so that
 * none of them can be taken for one of the tree that is gone.
 */
#ifndef ACCORD_DAEMON_EPOCH_H
#define ACCORD_DAEMON_EPOCH_H

#include <stdint.h>

#include "core/bytes.h"
#include "daemon/hub.h"
#include "proof/checkpoint.h"

/* The tree that the hub is known to have signed last, and in which epoch. */
struct epoch_end {
        uint32_t epoch;
        struct checkpoint tree;
};

/* The larger tree counts: nobody may be left with a receipt beyond the end that is named. */
void epoch_end_take(struct epoch_end *known, const struct epoch_end *also);

/*
 * epoch_open_note() - a checkpoint of this hub's, also of an epoch or a size that its log lost
 *
 * Signed by any key that the log names or that the hub was opened with. Returns: 0; -EBADMSG when
 * it is no checkpoint of this hub's origin; -ENOKEY, -EKEYREJECTED when none of its keys signed it.
 */
int epoch_open_note(const struct hub *hub, struct bytes note, struct epoch_end *ret);

/* The epoch that is: its end is that of the one before. Zeros but for the number in the first. */
void epoch_last(const struct hub *hub, uint64_t *ret_index, struct epoch_end *ret);

/*
 * epoch_begin() - within a batch: the record that begins the next epoch
 * @end:     not before the log's own end, whose root is then its own
 * @newest:  number of the newest epoch that anybody knows of; the next comes after it
 * @because: what happened, 1 to TEXT_MAX_LENGTH octets
 *
 * Returns: 0; -errno.
 */
int epoch_begin(struct hub *hub, const struct epoch_end *end, uint32_t newest, const char *because,
                uint32_t operator_uid);

#endif
