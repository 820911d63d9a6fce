/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub answered: checked, kept; of what it refused, the good rest sealed again. */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/own.h"
#include "proto/wire.h"

#define FORGET_STEP (4u * 1024u * 1024u)        /* bytes given back at once, in memory */

/* In memory the answered front would only pile up: nobody opens it again. */
static void forget_answered(struct accord_outbox *outbox)
{
        const struct queued *head = queue_at(&outbox->queue, queue_head(&outbox->queue));
        uint64_t at = head ? head->at : recfile_size(outbox->file);

        if (outbox->path || at - outbox->visit_from < FORGET_STEP)
                return;
        recfile_forget(outbox->file, at);
        outbox->visit_from = at;
}

static int keep_answer(struct accord_outbox *outbox, struct queued *queued,
                       enum outbox_record type, struct bytes frame, instant *ret_at,
                       struct accord_error *error)
{
        struct answer_record answer = {
                .stream = queued->stream, .sequence = queued->sequence, .at = clock_now(),
                .repacked_stream = queued->repacked_stream, .repacked_as = queued->repacked_as,
                .frame = frame,
        };
        int r = write_answer(outbox->file, type, &answer);

        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);
        *ret_at = answer.at;
        queue_answered(&outbox->queue, queued);
        return 0;
}

/* Reads what was sealed and what the hub says of it into one item. */
static int read_item(struct accord_outbox *outbox, const struct queued *queued,
                     struct bytes frame, struct accord_item *ret, struct accord_error *error)
{
        struct sealed_record sealed;
        int r;

        r = outbox_bytes(outbox, queued, &sealed, error);
        if (!r)
                r = outbox_arenas(outbox, error);
        if (r)
                return r;
        arena_reset(&outbox->answers);
        *ret = (struct accord_item) { 0 };
        r = item_read_sealed(outbox, &sealed, ret, error);
        return r ? r : item_read_answer(outbox, frame, ret, error);
}

/* The log has at least the entry at @index. */
static void note_index(struct accord_outbox *outbox, uint64_t index)
{
        if (index >= outbox->log_size)
                outbox->log_size = index + 1;
}

static int keep_proof(struct accord_outbox *outbox, const struct receipt *receipt,
                      struct accord_error *error)
{
        int r = accord_proofs_keep_receipt(outbox->proofs, receipt, error);

        return r != ACCORD_NO_SUCH_THING ? r :
               fail_with(error, ACCORD_INTEGRITY, "the receipt for number %" PRIu64 " comes with a "
                         "checkpoint by a key or of an epoch that the hub has not told",
                         receipt->sequence);
}

int outbox_take_receipt(struct accord_outbox *outbox, const struct receipt *receipt,
                        struct bytes frame, struct accord_item *ret, bool *ret_new,
                        struct accord_error *error)
{
        struct queued *queued = queue_find(&outbox->queue, &receipt->stream, receipt->sequence,
                                           NULL);
        int r;

        *ret_new = false;
        if (!queued)
                return 0;
        r = read_item(outbox, queued, frame, ret, error);
        if (!r)
                r = hub_proof_leaf(&outbox->proof, &ret->receipt,
                                   wire_without_blocks(ret->submission), error);
        if (!r)
                r = keep_proof(outbox, &ret->receipt, error);
        if (!r)
                r = keep_answer(outbox, queued, RECORD_RECEIVED, frame, &ret->answered_at, error);
        if (r)
                return r;

        note_index(outbox, receipt->index);
        outbox->received++;
        forget_answered(outbox);
        *ret_new = true;
        return 0;
}

/* ---- refusals */

/* A refusal that takes the number must name these very bytes, over the hub's signature. */
static int check_refusal(struct accord_outbox *outbox, const struct accord_item *item,
                         struct accord_error *error)
{
        struct bytes span = wire_without_blocks(item->submission);
        const struct refusal_record *said;
        struct record record;
        struct digest digest;
        int r;

        r = hub_proof_record(&outbox->proof, item->refusal_index, item->refusal_record,
                             &outbox->events, &record, error);
        if (r)
                return r;
        said = &record.refusal;
        hash_spans(outbox->proof.hasher, &span, 1, &digest);
        if (record.kind != ENTRY_REFUSAL || said->sequence != item->sequence ||
            memcmp(said->stream.octets, item->stream.octets, sizeof(item->stream.octets)) ||
            memcmp(said->submission_sha256.octets, digest.octets, DIGEST_SIZE) ||
            !name_equal(&said->node.party, &outbox->node.party) ||
            !name_equal(&said->node.node, &outbox->node.node) || said->fault_count == 0)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's refusal of number %" PRIu64
                                 " is not about what was sent", item->sequence);
        return 0;
}

/* Keeps the events that nothing is said against, with their tags; how many there are. */
static uint32_t keep_good(const struct accord_item *item, struct event *events, uint64_t *tags,
                          uint32_t count)
{
        bool bad[EVENTS_PER_SUBMISSION_MAX] = { false };
        uint32_t kept = 0;

        for (uint32_t i = 0; i < item->fault_count; i++) {
                if (item->faults[i].event >= count)
                        return 0;
                bad[item->faults[i].event] = true;
        }
        for (uint32_t i = 0; i < count; i++) {
                if (bad[i])
                        continue;
                events[kept] = events[i];
                tags[kept] = item->tags ? item->tags[i] : 0;
                kept++;
        }
        return kept;
}

/* Seals what is good of a refused submission under the next number. */
static int repack(struct accord_outbox *outbox, uint64_t place, const struct accord_item *item,
                  struct accord_error *error)
{
        struct sealing sealing = { .about = &item->about };
        struct queued refused = *queue_at(&outbox->queue, place);
        const struct event *events;
        struct queued *queued;
        struct event *good;
        uint64_t *tags;
        uint32_t count;
        int r;

        r = accord_item_events(outbox, item, &events, &count, error);
        if (r)
                return r;
        good = arena_take(&outbox->events, count * sizeof(*good));
        tags = arena_take(&outbox->events, count * sizeof(*tags));
        if (!good || !tags)
                return outbox_failed(outbox, -ENOMEM, "cannot repack in", error);
        memcpy(good, events, count * sizeof(*good));

        sealing.events = good;
        sealing.count = keep_good(item, good, tags, count);
        sealing.tags = item->tags ? tags : NULL;
        sealing.rest_of = &refused;
        if (sealing.count == 0)
                return 0;

        r = outbox_seal_one(outbox, &sealing, error);
        if (r)
                return r;
        queued = queue_at(&outbox->queue, place);
        queued->repacked_stream = outbox->stream;
        queued->repacked_as = outbox->next_sequence - 1;
        return 0;
}

int outbox_take_refusal(struct accord_outbox *outbox, const struct refusal_answer *refusal,
                        struct bytes frame, struct accord_item *ret, bool *ret_new,
                        struct accord_error *error)
{
        uint64_t place;
        struct queued *queued = queue_find(&outbox->queue, &refusal->stream, refusal->sequence,
                                           &place);
        int r;

        *ret_new = false;
        if (!queued)
                return 0;
        r = read_item(outbox, queued, frame, ret, error);
        if (r)
                return r;
        arena_reset(&outbox->events);
        r = check_refusal(outbox, ret, error);
        if (!r && !queued->repacked_as)
                r = repack(outbox, place, ret, error);
        if (r)
                return r;

        queued = queue_at(&outbox->queue, place);
        ret->repacked_as = queued->repacked_as;
        ret->repacked_stream = queued->repacked_stream;
        r = keep_answer(outbox, queued, RECORD_REFUSED, frame, &ret->answered_at, error);
        if (r)
                return r;
        outbox->dirty = true;
        note_index(outbox, ret->refusal_index);
        outbox->refused++;
        *ret_new = true;
        return 0;
}
