/* SPDX-License-Identifier: Apache-2.0 */
/* Items: a sealed submission and what became of it, read back from the file. */
#include "core/octets.h"
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/fail.h"
#include "proto/limits.h"
#include "proto/wire.h"

int outbox_arenas(struct accord_outbox *outbox, struct accord_error *error)
{
        int r = 0;

        if (!outbox->answers.data)
                r = arena_new(&outbox->answers, WIRE_ARENA_SIZE);
        if (!r && !outbox->events.data)
                r = arena_new(&outbox->events, WIRE_ARENA_SIZE);
        return r ? outbox_failed(outbox, r, "cannot make room for", error) : 0;
}

int item_read_sealed(struct accord_outbox *outbox, const struct sealed_record *sealed,
                     struct accord_item *item, struct accord_error *error)
{
        uint64_t *tags;

        item->state = ACCORD_ITEM_SEALED;
        item->stream = sealed->stream;
        item->sequence = sealed->sequence;
        item->about = sealed->about;
        item->event_count = sealed->event_count;
        item->sealed_at = sealed->at;
        item->submission = sealed->submission;
        if (!sealed->tagged)
                return 0;

        tags = arena_take(&outbox->answers, sealed->event_count * sizeof(*tags));
        if (!tags)
                return outbox_failed(outbox, -ENOMEM, "cannot read from", error);
        for (uint32_t i = 0; i < sealed->event_count; i++)
                tags[i] = get_u64((const uint8_t *)sealed->tags.data + (size_t)i * 8);
        item->tags = tags;
        return 0;
}

/* Faults stand in order of place, so those of one event are neighbours. */
static uint32_t count_refused(const struct accord_item *item)
{
        uint32_t count = 0;

        for (uint32_t i = 0; i < item->fault_count; i++) {
                if (item->faults[i].event >= item->event_count)
                        return item->event_count;
                count += i == 0 || item->faults[i].event != item->faults[i - 1].event;
        }
        return count;
}

static int read_refusal(struct accord_outbox *outbox, const struct refusal_answer *refusal,
                        struct accord_item *item, struct accord_error *error)
{
        struct record record;
        struct fault fault;
        int r;

        item->state = ACCORD_ITEM_REFUSED;
        item->refusal_index = refusal->index;
        item->refusal_time = refusal->time;
        item->refusal_record = refusal->record;

        /* What counts is what the hub signed, not what it says beside it. */
        r = wire_read_record(refusal->record, &outbox->answers, &record, &fault);
        if (r || record.kind != ENTRY_REFUSAL)
                return fail_with(error, ACCORD_INTEGRITY, "the refusal of number %" PRIu64
                                 " comes without its record", item->sequence);
        item->faults = record.refusal.faults;
        item->fault_count = record.refusal.fault_count;
        item->faults_more = record.refusal.more;
        item->refused_count = count_refused(item);
        return 0;
}

int item_read_answer(struct accord_outbox *outbox, struct bytes frame, struct accord_item *item,
                     struct accord_error *error)
{
        struct hub_frame hub_frame;
        struct fault fault;
        int r;

        r = wire_read_hub_frame(frame, &outbox->answers, &hub_frame, &fault);
        if (r || (hub_frame.kind != HUB_RECEIPT && hub_frame.kind != HUB_REFUSAL))
                return fail_with(error, ACCORD_INTEGRITY, "the answer to number %" PRIu64
                                 " cannot be read", item->sequence);
        if (hub_frame.kind == HUB_REFUSAL)
                return read_refusal(outbox, &hub_frame.refusal, item, error);
        item->state = ACCORD_ITEM_RECEIVED;
        item->receipt = hub_frame.receipt;
        return 0;
}

int accord_item_events(struct accord_outbox *outbox, const struct accord_item *item,
                       const struct event **ret, uint32_t *ret_count, struct accord_error *error)
{
        struct submission submission;
        struct fault fault;
        int r = outbox_arenas(outbox, error);

        if (r)
                return r;
        if (!item->submission.size)
                return fail_with(error, ACCORD_NO_SUCH_THING, "number %" PRIu64 " was received; "
                                 "its bytes are no longer kept", item->sequence);
        arena_reset(&outbox->events);
        r = wire_read_submission(item->submission, &outbox->events, &submission, &fault);
        if (r)
                return fail_with(error, ACCORD_INTEGRITY, "number %" PRIu64 " in the outbox cannot "
                                 "be read", item->sequence);
        *ret = submission.events;
        *ret_count = submission.event_count;
        return 0;
}

/* ---- the walk */

int item_read_place(struct accord_outbox *outbox, const struct place *place,
                    struct accord_item *item, struct accord_error *error)
{
        struct sealed_record sealed;
        struct answer_record answer;
        struct record_at record;
        int r;

        *item = (struct accord_item) { 0 };
        arena_reset(&outbox->answers);
        r = recfile_read(outbox->file, place->sealed, &outbox->own, &record);
        if (r || !read_sealed(record.content, &sealed))
                return outbox_failed(outbox, r ? r : -EIO, "cannot read from", error);
        r = item_read_sealed(outbox, &sealed, item, error);
        if (r || !place->answer)
                return r;

        r = recfile_read(outbox->file, place->answer, &outbox->said, &record);
        if (r || !read_answer(record.content, &answer))
                return outbox_failed(outbox, r ? r : -EIO, "cannot read from", error);
        item->answered_at = answer.at;
        item->repacked_as = answer.repacked_as;
        item->repacked_stream = answer.repacked_stream;
        if (record.type == RECORD_ABANDONED) {
                item->state = ACCORD_ITEM_ABANDONED;
                return 0;
        }
        return item_read_answer(outbox, answer.frame, item, error);
}

int accord_outbox_visit(struct accord_outbox *outbox,
                        int (*visit)(void *with, const struct accord_item *item), void *with,
                        struct accord_error *error)
{
        struct places places = { 0 };
        struct accord_item item;
        int r = outbox_arenas(outbox, error);

        if (r)
                return r;
        r = outbox_find_places(outbox, &places);
        if (r)
                r = outbox_failed(outbox, r, "cannot read from", error);
        for (size_t i = 0; i < places.count && !r; i++) {
                r = item_read_place(outbox, &places.list[i], &item, error);
                if (!r)
                        r = visit(with, &item);
        }
        free(places.list);
        return r;
}
