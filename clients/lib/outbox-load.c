/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading the file at the start: what waits for an answer, what comes next, and is it still ours?
 */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <string.h>

#include "clients/lib/fail.h"

/* The state between two records of a file that is being read. */
struct loading {
        struct head_record head;
        struct stream_record stream;
        bool has_head, has_stream;
};

static int load_sealed(struct accord_outbox *outbox, const struct sealed_record *sealed,
                       uint64_t at)
{
        struct queued queued = { .stream = sealed->stream, .sequence = sealed->sequence, .at = at,
                                 .size = (uint32_t)sealed->submission.size,
                                 .event_count = sealed->event_count };
        struct queued *refused;

        if (!memcmp(sealed->stream.octets, outbox->stream.octets, sizeof(outbox->stream.octets)) &&
            sealed->sequence >= outbox->next_sequence)
                outbox->next_sequence = sealed->sequence + 1;

        /* We died between sealing the rest and noting the refusal: it must not be sealed twice. */
        refused = sealed->repack_of ? queue_find(&outbox->queue, &sealed->repack_of_stream,
                                                 sealed->repack_of, NULL) : NULL;
        if (refused) {
                refused->repacked_stream = sealed->stream;
                refused->repacked_as = sealed->sequence;
        }
        return queue_push(&outbox->queue, &queued);
}

static void load_answer(struct accord_outbox *outbox, uint32_t type,
                        const struct answer_record *answer)
{
        struct queued *queued = queue_find(&outbox->queue, &answer->stream, answer->sequence, NULL);

        if (queued)
                queue_answered(&outbox->queue, queued);
        outbox->received += type == RECORD_RECEIVED;
        outbox->refused += type == RECORD_REFUSED;
        outbox->abandoned += type == RECORD_ABANDONED;
}

static int load_stream(struct accord_outbox *outbox, struct loading *loading)
{
        loading->has_stream = true;
        outbox->stream = loading->stream.stream;
        outbox->next_sequence = loading->stream.next_sequence;
        outbox->log_size = loading->stream.log_size;
        outbox->received = loading->stream.received;
        outbox->refused = loading->stream.refused;
        outbox->abandoned = loading->stream.abandoned;
        return 0;
}

/* Records of a type that is not known are of a later version: reading on would be guessing. */
static int load_record(struct accord_outbox *outbox, const struct record_at *record,
                       struct loading *loading)
{
        struct sealed_record sealed;
        struct answer_record answer;
        struct taken_record taken;
        struct epoch_record epoch;

        switch (record->type) {
        case RECORD_HEAD:
                loading->has_head = read_head(record->content, &loading->head);
                return loading->has_head ? 0 : -EPROTO;
        case RECORD_STREAM:
                if (!read_stream(record->content, &loading->stream))
                        return -EPROTO;
                return load_stream(outbox, loading);
        case RECORD_SEALED:
                if (!read_sealed(record->content, &sealed))
                        return -EPROTO;
                return load_sealed(outbox, &sealed, record->at);
        case RECORD_RECEIVED:
        case RECORD_REFUSED:
        case RECORD_ABANDONED:
                if (!read_answer(record->content, &answer))
                        return -EPROTO;
                load_answer(outbox, record->type, &answer);
                return 0;
        case RECORD_TAKEN_BACK:
                return read_taken(record->content, &taken) ? outbox_reopen(outbox, &taken) :
                                                             -EPROTO;
        case RECORD_EPOCH:
                if (!read_epoch(record->content, &epoch))
                        return -EPROTO;
                outbox->epoch = epoch.epoch;
                outbox->log_size = epoch.log_size;
                return 0;
        default:
                return -EPROTO;
        }
}

static int load_records(struct accord_outbox *outbox, struct loading *loading)
{
        struct record_at record = { .next = RECFILE_FIRST };
        int r;

        for (;;) {
                r = recfile_read(outbox->file, record.next, &outbox->own, &record);
                if (r == -ENODATA)
                        return 0;
                if (r)
                        break;
                r = load_record(outbox, &record, loading);
                if (r)
                        return r;
        }
        if (r != -EBADMSG)
                return r;

        /* Whoever is only looking may see a record that is just being written. */
        outbox->torn_bytes = recfile_size(outbox->file) - record.next;
        return outbox->read_only ? 0 : recfile_cut(outbox->file, record.next);
}

static int check_head(const struct accord_outbox *outbox, const struct loading *loading,
                      struct accord_error *error)
{
        if (!memcmp(&loading->head.hub, &outbox->proof.id, sizeof(outbox->proof.id)) &&
            name_equal(&loading->head.node.party, &outbox->node.party) &&
            name_equal(&loading->head.node.node, &outbox->node.node))
                return 0;
        return fail_with(error, ACCORD_INTEGRITY, "%s is the outbox of %s/%s%s: take another "
                         "directory", outbox->path, loading->head.node.party.text,
                         loading->head.node.node.text,
                         memcmp(&loading->head.hub, &outbox->proof.id, sizeof(outbox->proof.id)) ?
                         " at another hub" : "");
}

static int begin_file(struct accord_outbox *outbox, struct accord_error *error)
{
        struct head_record head = { outbox->proof.id, outbox->node };
        int r = write_head(outbox->file, &head);

        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);
        return outbox_begin_stream(outbox, error);
}

int outbox_load(struct accord_outbox *outbox, struct accord_error *error)
{
        struct loading loading = { 0 };
        struct recfile_identity identity;
        int r;

        r = load_records(outbox, &loading);
        if (r == -EPROTO)
                return fail_with(error, ACCORD_FAILED, "%s holds records that this version does "
                                 "not know", outbox->path);
        if (r)
                return outbox_failed(outbox, r, "cannot read", error);

        if (loading.has_head) {
                r = check_head(outbox, &loading, error);
                if (r)
                        return r;
        }
        if (outbox->read_only)
                return 0;
        if (!loading.has_head)
                return begin_file(outbox, error);
        if (!loading.has_stream)
                return outbox_begin_stream(outbox, error);

        r = recfile_identity(outbox->file, &identity);
        if (r)
                return outbox_failed(outbox, r, "cannot look at", error);
        outbox->moved = identity.inode != loading.stream.identity.inode ||
                        identity.born != loading.stream.identity.born;
        return outbox->moved ? outbox_begin_stream(outbox, error) : outbox_compact(outbox, error);
}
