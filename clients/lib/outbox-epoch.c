/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hub lost and said so: answers from the index of a new epoch on are void. Their
 * submissions wait again, in the order in which they were sealed, and go out as the same bytes.
 * What was compacted away is told: there nothing is left to be sent, and the numbers behind it
 * cannot be used, so the rest goes on under a new stream.
 */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <stdlib.h>

#include "clients/lib/proofs-inside.h"

/* From which index on, and up to where, all that was answered before is void. */
static bool lost_span(const struct accord_outbox *outbox, const struct hub_ring *ring,
                      struct accord_lost *ret)
{
        *ret = (struct accord_lost) { .epoch = hub_ring_number(ring), .first = UINT64_MAX };
        for (uint32_t i = 0; i < ring->epoch_count; i++) {
                const struct hub_ring_epoch *epoch = &ring->epochs[i];

                if (epoch->number <= outbox->epoch)
                        continue;
                if (epoch->index < ret->first)
                        ret->first = epoch->index;
                if (epoch->end_size > ret->until)
                        ret->until = epoch->end_size;
        }
        return ret->epoch > outbox->epoch;
}

static bool is_void(const struct accord_item *item, uint64_t first)
{
        if (item->state == ACCORD_ITEM_RECEIVED)
                return item->receipt.index >= first;
        return item->state == ACCORD_ITEM_REFUSED && item->refusal_index >= first;
}

static int take_one(struct accord_outbox *outbox, const struct place *place,
                    const struct accord_item *item, struct accord_error *error)
{
        struct taken_record taken = {
                .stream = item->stream, .sequence = item->sequence, .sealed = place->sealed,
                .refused = item->state == ACCORD_ITEM_REFUSED,
                .repacked_stream = item->repacked_stream, .repacked_as = item->repacked_as,
        };
        int r = write_taken(outbox->file, &taken);

        outbox->dirty = true;
        if (!r)
                r = outbox_reopen(outbox, &taken);
        return r ? outbox_failed(outbox, r, "cannot write to", error) : 0;
}

static int take_places(struct accord_outbox *outbox, const struct places *places,
                       struct accord_lost *lost, struct accord_error *error)
{
        struct accord_item item;
        int r = outbox_arenas(outbox, error);

        for (size_t i = 0; i < places->count && !r; i++) {
                r = item_read_place(outbox, &places->list[i], &item, error);
                if (r || !is_void(&item, lost->first))
                        continue;
                lost->void_answers++;
                if (!item.submission.size) {
                        lost->gone++;
                        continue;
                }
                lost->again++;
                r = take_one(outbox, &places->list[i], &item, error);
        }
        return r;
}

static int keep_epoch(struct accord_outbox *outbox, const struct accord_lost *lost,
                      struct accord_error *error)
{
        struct epoch_record record = { .epoch = lost->epoch, .log_size = outbox->log_size };
        int r;

        if (record.log_size > lost->first)
                record.log_size = lost->first;
        r = write_epoch(outbox->file, &record);
        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);
        outbox->epoch = record.epoch;
        outbox->log_size = record.log_size;
        outbox->dirty = true;
        return outbox_sync(outbox, error);
}

int outbox_take_ring(struct accord_outbox *outbox, struct accord_lost *ret,
                     struct accord_error *error)
{
        const struct hub_ring *ring = accord_proofs_hub_ring(outbox->proofs);
        struct places places = { 0 };
        int r;

        hub_proof_copy_ring(&outbox->proof, &outbox->proofs->proof);
        if (!ring || !lost_span(outbox, ring, ret)) {
                *ret = (struct accord_lost) { 0 };
                return 0;
        }
        r = outbox_find_places(outbox, &places);
        if (r)
                r = outbox_failed(outbox, r, "cannot read from", error);
        if (!r)
                r = take_places(outbox, &places, ret, error);
        free(places.list);
        if (!r && ret->gone)
                r = outbox_move_on(outbox, true, error);
        return r ? r : keep_epoch(outbox, ret, error);
}

int outbox_reopen(struct accord_outbox *outbox, const struct taken_record *taken)
{
        struct sealed_record sealed;
        struct record_at record;
        struct queued queued = { .stream = taken->stream, .sequence = taken->sequence,
                                 .at = taken->sealed, .repacked_stream = taken->repacked_stream,
                                 .repacked_as = taken->repacked_as };
        int r = recfile_read(outbox->file, taken->sealed, &outbox->said, &record);

        if (r || record.type != RECORD_SEALED || !read_sealed(record.content, &sealed))
                return r ? r : -EPROTO;
        queued.size = (uint32_t)sealed.submission.size;
        queued.event_count = sealed.event_count;
        outbox->received -= !taken->refused;
        outbox->refused -= taken->refused;
        return queue_reopen(&outbox->queue, &queued);
}
