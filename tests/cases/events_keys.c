/* SPDX-License-Identifier: Apache-2.0 */
/* What a node says of its keys, and of who follows its party. */
#include <string.h>

#include "proof/possession.h"
#include "tests/cases/reading.h"

/* rotates to-keys-of NODE [keeping-transport] [keeping-sealing] [possession-of NODE] */
void read_key_rotation(struct reading *r)
{
        const struct hub_id id = hub_id(r->play->stage.hub);
        const struct keys *own = &r->player->player.keys;
        struct key_rotation *said = &r->event->key_rotation, other;
        struct keys *next = pool_take(sizeof(*next));

        r->event->kind = EVENT_KEY_ROTATION;
        if (!words_take(r->play->words, "to-keys-of"))
                wrong(r->play, "'to-keys-of' and a node should follow");
        *next = want_player(r->play)->player.keys;
        if (words_take(r->play->words, "keeping-transport")) {
                memcpy(next->public.transport, own->public.transport, 32);
                memcpy(next->secret.transport, own->secret.transport, 32);
        }
        if (words_take(r->play->words, "keeping-sealing")) {
                memcpy(next->public.sealing, own->public.sealing, 32);
                memcpy(next->secret.sealing, own->secret.sealing, 32);
        }
        possession_of_node(&id, &r->player->player.path, next, said);
        if (words_take(r->play->words, "possession-of")) {
                possession_of_node(&id, &r->player->player.path,
                                   &want_player(r->play)->player.keys, &other);
                memcpy(said->possession, other.possession, sizeof(said->possession));
        }
        r->offered->becomes = next;
}

/* objects [LABEL|INDEX] */
void read_succession_objection(struct reading *r)
{
        const char *word = words_peek(r->play->words);

        r->event->kind = EVENT_SUCCESSION_OBJECTION;
        r->event->succession_objection.succession =
                word && (said_as(r->play, word) || strspn(word, "0123456789") == strlen(word))
                        ? want_index(r->play) : r->play->succession;
}
