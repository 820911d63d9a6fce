/* SPDX-License-Identifier: Apache-2.0 */
/* What is to be sent once the batch is committed, in order. Memory is kept from batch to batch. */
#ifndef ACCORD_DAEMON_EFFECTS_H
#define ACCORD_DAEMON_EFFECTS_H

#include "daemon/hub.h"
#include "proto/arena.h"

struct effects {
        struct sink bytes;              /* all of them, end to end */
        struct effect_row { enum effect_kind kind; uint64_t session; size_t offset, size; } *rows;
        size_t count, room;
};

int effects_new(struct effects *ret);
void effects_free(struct effects *effects);
void effects_reset(struct effects *effects);

/* Write to effects->bytes between begin and end. */
int effects_begin(struct effects *effects, enum effect_kind kind, uint64_t session);
void effects_end(struct effects *effects);

/* The same for a place that was taken before: its bytes come later than those behind it. */
void effects_begin_at(struct effects *effects, size_t row);
void effects_end_at(struct effects *effects, size_t row);

bool effects_at(const struct effects *effects, size_t i, struct effect *ret);

#endif
