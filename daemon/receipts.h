/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts of a batch. What they prove is known when the batch ends: until then each keeps its
 * place among the answers, and is written when the checkpoint is signed.
 */
#ifndef ACCORD_DAEMON_RECEIPTS_H
#define ACCORD_DAEMON_RECEIPTS_H

#include "core/answer.h"

struct hub;

#define RECEIPT_SIZE 3584               /* octets it takes among the answers, at the most */

struct receipts {
        struct receipt_due { size_t effect; struct receipt receipt; } *rows;
        size_t count, room;
};

void receipts_free(struct receipts *receipts);
void receipts_reset(struct receipts *receipts);

/* A place among the answers to @session; all of @receipt but its proof. 0; -ENOMEM. */
int receipts_add(struct hub *hub, const struct receipt *receipt, uint64_t session);

/* Writes them all, each with its path to the checkpoint of the batch. 0; -EILSEQ; -errno. */
int receipts_write(struct hub *hub);

#endif
