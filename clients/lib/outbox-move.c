/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Going on under a new stream: when the file was put back from a backup, and with what was signed
 * by keys that the node no longer has.
 */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/check.h"
#include "proof/sign.h"
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

/* What is moved: all that has no answer, what never left here, or one stream from a number on. */
struct moving {
        bool all;
        const struct stream_id *stream;         /* NULL: of any */
        uint64_t from;
};

static bool moves(const struct moving *moving, const struct queued *queued)
{
        if (queued->answered)
                return false;
        if (moving->stream)
                return queued->sequence >= moving->from &&
                       memcmp(&queued->stream, moving->stream, sizeof(queued->stream)) == 0;
        return moving->all || (queued->fresh && !queued->sent);
}

static int move(struct accord_outbox *outbox, const struct moving *moving,
                struct accord_error *error)
{
        uint64_t end = queue_tail(&outbox->queue);
        int r = outbox_begin_stream(outbox, error);

        if (r)
                return r;
        outbox->moved = true;
        for (uint64_t place = queue_head(&outbox->queue); place < end; place++) {
                const struct queued *queued = queue_at(&outbox->queue, place);

                if (!moves(moving, queued))
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

int outbox_move_on(struct accord_outbox *outbox, bool all, struct accord_error *error)
{
        return move(outbox, &(struct moving) { .all = all }, error);
}

/* Does the signature of a sealed submission fit the keys that the outbox seals by now? */
static int is_by_own_key(struct accord_outbox *outbox, const struct queued *queued, bool *ret,
                         struct accord_error *error)
{
        struct sealed_record sealed;
        struct signature signature;
        struct bytes body, found;
        int r = outbox_bytes(outbox, queued, &sealed, error);

        *ret = false;
        if (r || !wire_find_signed(sealed.submission, &body, &found) ||
            found.size != sizeof(signature.octets))
                return r;
        memcpy(signature.octets, found.data, sizeof(signature.octets));
        *ret = sign_verify(DOMAIN_SUBMISSION, &body, 1, outbox->keys->public.signing, &signature,
                           outbox->proof.scratch) == 0;
        return 0;
}

int outbox_move_from_old_key(struct accord_outbox *outbox, const struct stream_id *stream,
                             uint64_t sequence, bool *ret_moved, struct accord_error *error)
{
        const struct stream_id of = *stream;
        const struct queued *queued = queue_find(&outbox->queue, &of, sequence, NULL);
        bool own;
        int r;

        *ret_moved = !queued;           /* it went with one before it */
        if (!queued)
                return 0;
        r = is_by_own_key(outbox, queued, &own, error);
        if (r || own)
                return r;
        *ret_moved = true;
        return move(outbox, &(struct moving) { .stream = &of, .from = sequence }, error);
}
