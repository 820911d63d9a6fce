/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing the file anew: when everything is answered, the bytes of what was received have done
 * their duty. What stays are the newest answers, and what was refused or given up, whole.
 */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "core/own.h"

struct copying {
        struct accord_outbox *outbox;
        struct recfile *to;
        uint64_t kept[RECORD_ABANDONED + 1];    /* answers taken along, by type of record */
};

/* Both records of one submission; @write false: only their size and the answer's type. */
static int copy_one(struct copying *copying, const struct place *place, bool write,
                    uint64_t *ret_size, uint32_t *ret_type)
{
        struct accord_outbox *outbox = copying->outbox;
        struct sealed_record sealed;
        struct answer_record answer;
        struct record_at own_record, said_record;
        int r;

        r = recfile_read(outbox->file, place->sealed, &outbox->own, &own_record);
        if (!r)
                r = recfile_read(outbox->file, place->answer, &outbox->said, &said_record);
        if (r)
                return r;
        if (!read_sealed(own_record.content, &sealed) || !read_answer(said_record.content, &answer))
                return -EIO;
        if (said_record.type == RECORD_RECEIVED) {
                own_record.content.size -= sealed.submission.size;
                sealed.submission = (struct bytes) { 0 };
        }
        *ret_size = own_record.content.size + said_record.content.size + 2 * RECFILE_HEADER;
        *ret_type = said_record.type;
        if (!write)
                return 0;
        r = write_sealed(copying->to, &sealed, NULL);
        return r ? r : write_answer(copying->to, said_record.type, &answer);
}

/* The first of those at the end that together do not exceed what is kept. */
static int choose_first(struct copying *copying, const struct places *places, size_t *ret_first)
{
        uint64_t size, total = 0;
        uint32_t type;
        size_t first;
        int r;

        for (first = places->count; first > 0; first--) {
                r = copy_one(copying, &places->list[first - 1], false, &size, &type);
                if (r)
                        return r;
                total += size;
                if (total > COMPACT_KEEP)
                        break;
                copying->kept[type]++;
        }
        *ret_first = first;
        return 0;
}

/* The counts go before what is kept, so that the file adds up to the same when it is read. */
static int write_front(struct copying *copying)
{
        struct accord_outbox *outbox = copying->outbox;
        struct head_record head = { outbox->proof.id, outbox->node };
        struct stream_record stream = {
                .stream = outbox->stream, .next_sequence = outbox->next_sequence,
                .log_size = outbox->log_size, .at = clock_now(),
                .received = outbox->received - copying->kept[RECORD_RECEIVED],
                .refused = outbox->refused - copying->kept[RECORD_REFUSED],
                .abandoned = outbox->abandoned - copying->kept[RECORD_ABANDONED],
        };
        struct epoch_record epoch = { .epoch = outbox->epoch, .log_size = outbox->log_size };
        int r = recfile_identity(copying->to, &stream.identity);

        if (!r)
                r = write_head(copying->to, &head);
        if (!r)
                r = write_stream(copying->to, &stream);
        if (!r && outbox->epoch > 1)
                r = write_epoch(copying->to, &epoch);
        return r;
}

static int copy_all(struct copying *copying, const struct places *places)
{
        uint64_t size;
        uint32_t type;
        size_t first;
        int r;

        r = choose_first(copying, places, &first);
        if (!r)
                r = write_front(copying);
        for (size_t i = first; i < places->count && !r; i++)
                r = copy_one(copying, &places->list[i], true, &size, &type);
        return r;
}

static int compact(struct accord_outbox *outbox)
{
        own(recfile) struct recfile *to = NULL;
        struct copying copying = { .outbox = outbox };
        struct places places = { 0 };
        int r;

        r = recfile_renew(outbox->file, &to);
        if (r)
                return r;
        copying.to = to;
        r = outbox_find_places(outbox, &places);
        if (!r)
                r = copy_all(&copying, &places);
        free(places.list);
        if (!r)
                r = recfile_replace(outbox->file, to);
        if (!r)
                outbox->file = give(to);
        return r;
}

int outbox_compact(struct accord_outbox *outbox, struct accord_error *error)
{
        int r;

        if (!outbox->path || recfile_size(outbox->file) <= outbox->compact_above ||
            queue_head(&outbox->queue) < queue_tail(&outbox->queue))
                return 0;
        r = compact(outbox);
        return r ? outbox_failed(outbox, r, "cannot write anew", error) : 0;
}
