/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_PROOF_RANDOM_H
#define ACCORD_PROOF_RANDOM_H

#include <stddef.h>

#include "core/ident.h"

/* Unpredictable bytes from the kernel; never fails, after proof_setup(). Not for the fold. */
void random_bytes(void *ret, size_t size);

/* The name of a new outbox. */
void random_stream_id(struct stream_id *ret);

/* The name of a new hub, fixed by the genesis. */
void random_hub_id(struct hub_id *ret);

#endif
