/* SPDX-License-Identifier: Apache-2.0 */
/* A witness on the stage: it cosigns what it is given, without looking at it first. */
#ifndef ACCORD_TESTS_HUB_COSIGN_H
#define ACCORD_TESTS_HUB_COSIGN_H

#include "tests/hub/stage.h"

#define STAGE_NOTE_MAX 4096

struct stage_note {
        char text[STAGE_NOTE_MAX];
        size_t size;
};

/* The hub's newest checkpoint. */
void stage_note(struct stage *stage, struct stage_note *ret);
/* A checkpoint that the hub's key signs, over a tree that is not its own. */
void stage_forged(struct stage *stage, uint64_t size, const struct digest *root,
                  struct stage_note *ret);
/* A line of @player's under it; seconds of the stage's clock, and @later more. */
void stage_cosign(struct stage *stage, const struct player *player, int64_t later,
                  struct stage_note *note);
/* Hands the hub what it takes for a cosignature from @player. In the batch that is open. */
void stage_take_cosign(struct stage *stage, const struct player *player,
                       const struct stage_note *note, uint64_t session);

#endif
