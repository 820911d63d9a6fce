/* SPDX-License-Identifier: Apache-2.0 */
/* Going on under a new stream when the file was put back from a backup. */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/check.h"
#include "proto/wire.h"

/* The same events under the new stream's next number. */
static int seal_again(struct accord_outbox *outbox, uint64_t place, struct accord_error *error)
{
        struct queued old = *queue_at(&outbox->queue, place);
        struct accord_item item = { .sequence = old.sequence };
        struct sealing sealing = { .about = &item.about, .rest_of = &old };
        struct sealed_record sealed;
        struct queued *queued;
        int r;

        r = outbox_bytes(outbox, &old, &sealed, error);
        if (!r)
                r = outbox_arenas(outbox, error);
        if (r)
                return r;
        arena_reset(&outbox->answers);
        r = item_read_sealed(outbox, &sealed, &item, error);
        if (!r)
                r = accord_item_events(outbox, &item, &sealing.events, &sealing.count, error);
        if (r)
                return r;

        sealing.tags = item.tags;
        r = outbox_seal_one(outbox, &sealing, error);
        if (r)
                return r;
        queued = queue_at(&outbox->queue, place);
        queued->repacked_stream = outbox->stream;
        queued->repacked_as = outbox->next_sequence - 1;
        return 0;
}

static int give_up(struct accord_outbox *outbox, uint64_t place, struct accord_error *error)
{
        struct queued *queued = queue_at(&outbox->queue, place);
        struct answer_record answer = {
                .stream = queued->stream, .sequence = queued->sequence, .at = clock_now(),
                .repacked_stream = queued->repacked_stream, .repacked_as = queued->repacked_as,
        };
        int r = write_answer(outbox->file, RECORD_ABANDONED, &answer);

        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);
        outbox->abandoned++;
        outbox->dirty = true;
        queue_answered(&outbox->queue, queued);
        return 0;
}

int outbox_move_on(struct accord_outbox *outbox, bool all, struct accord_error *error)
{
        uint64_t end = queue_tail(&outbox->queue);
        int r = outbox_begin_stream(outbox, error);

        if (r)
                return r;
        outbox->moved = true;
        for (uint64_t place = queue_head(&outbox->queue); place < end; place++) {
                const struct queued *queued = queue_at(&outbox->queue, place);

                if (queued->answered || (!all && (!queued->fresh || queued->sent)))
                        continue;
                /* Of a refused one the good rest waits by itself. */
                if (!queued->repacked_as)
                        r = seal_again(outbox, place, error);
                if (!r)
                        r = give_up(outbox, place, error);
                if (r)
                        return r;
        }
        return outbox_sync(outbox, error);
}
