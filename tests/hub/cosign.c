/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/hub/cosign.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "proof/cosignature.h"

void stage_note(struct stage *stage, struct stage_note *ret)
{
        const struct bytes note = hub_checkpoint(stage->hub, NULL);

        must(note.size && note.size <= sizeof(ret->text) ? 0 : -ENOSPC, "stage_note");
        memcpy(ret->text, note.data, note.size);
        ret->size = note.size;
}

void stage_forged(struct stage *stage, uint64_t size, const struct digest *root,
                  struct stage_note *ret)
{
        const struct checkpoint checkpoint = { size, *root };

        ret->size = checkpoint_sign(&checkpoint, &stage->hub->note_key,
                                    stage->keys.secret.signing, ret->text);
}

void stage_cosign(struct stage *stage, const struct player *player, int64_t later,
                  struct stage_note *note)
{
        const char *origin = stage->hub->ring.origin;
        struct note_key key;

        must(cosigner_make((struct bytes) { origin, strlen(origin) }, &player->path,
                           player->keys.public.signing, &key), "cosigner_make");
        must(note->size + COSIGNATURE_LINE_MAX <= sizeof(note->text) ? 0 : -ENOSPC, "stage_cosign");
        note->size = cosignature_add(note->text, note->size, stage->now / SECOND + later, &key,
                                     player->keys.secret.signing);
}

void stage_take_cosign(struct stage *stage, const struct player *player,
                       const struct stage_note *note, uint64_t session)
{
        const struct cosign cosign = { { note->text, note->size } };

        sink_reset(&stage->frame);
        must(wire_write_cosign(&stage->frame, &cosign), "wire_write_cosign");
        stage_take(stage, player, sink_bytes(&stage->frame), session);
}
