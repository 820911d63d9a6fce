/* SPDX-License-Identifier: Apache-2.0 */
/* Where each submission and its answer lie in the file. */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int places_add(struct places *places, const struct place *place)
{
        if (places->count == places->room) {
                size_t room = places->room ? 2 * places->room : 256;
                struct place *list = reallocarray(places->list, room, sizeof(*list));

                if (!list)
                        return -ENOMEM;
                places->list = list;
                places->room = room;
        }
        places->list[places->count++] = *place;
        return 0;
}

static void places_answer(struct places *places, const struct answer_record *answer, uint64_t at)
{
        for (size_t i = places->first_open; i < places->count; i++) {
                struct place *place = &places->list[i];

                if (place->sequence == answer->sequence && !place->answer &&
                    !memcmp(&place->stream, &answer->stream, sizeof(place->stream))) {
                        place->answer = at;
                        break;
                }
        }
        while (places->first_open < places->count && places->list[places->first_open].answer)
                places->first_open++;
}

/* Its answer is void. */
static void places_reopen(struct places *places, uint64_t sealed)
{
        for (size_t i = 0; i < places->count; i++) {
                if (places->list[i].sealed != sealed)
                        continue;
                places->list[i].answer = 0;
                if (i < places->first_open)
                        places->first_open = i;
                return;
        }
}

int outbox_find_places(struct accord_outbox *outbox, struct places *places)
{
        struct record_at record = { .next = outbox->visit_from };
        struct sealed_record sealed;
        struct answer_record answer;
        struct taken_record taken;
        int r;

        for (;;) {
                r = recfile_read(outbox->file, record.next, &outbox->own, &record);
                if (r == -ENODATA || (r == -EBADMSG && outbox->read_only))
                        return 0;
                if (r)
                        return r;
                if (record.type == RECORD_SEALED && read_sealed(record.content, &sealed)) {
                        struct place place = { sealed.stream, sealed.sequence, record.at, 0 };

                        r = places_add(places, &place);
                        if (r)
                                return r;
                } else if (record.type == RECORD_TAKEN_BACK) {
                        if (read_taken(record.content, &taken))
                                places_reopen(places, taken.sealed);
                } else if (record.type >= RECORD_RECEIVED && record.type <= RECORD_ABANDONED &&
                           read_answer(record.content, &answer)) {
                        places_answer(places, &answer, record.at);
                }
        }
}
