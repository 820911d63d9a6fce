/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/outbox-record.h"

#include "clients/lib/pen.h"
#include "core/check.h"

#define ID 16                   /* octets of a stream's or hub's name */
#define NAME PEN_NAME

#define HEAD_SIZE (4 + 4 + ID + 2 * NAME)
#define STREAM_SIZE (ID + 8 * 8)
#define SEALED_SIZE (ID + 8 + 8 + 4 + 4 + ID + 8 + 4 * NAME)
#define ANSWER_SIZE (ID + 8 + 8 + ID + 8)
#define TAKEN_SIZE (ID + 8 + 8 + 4 + 4 + ID + 8)
#define EPOCH_SIZE (4 + 4 + 8)

int write_head(struct recfile *file, const struct head_record *head)
{
        uint8_t octets[HEAD_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);

        pen_u32(&pen, OUTBOX_FORMAT);
        pen_u32(&pen, 0);
        pen_octets(&pen, head->hub.octets, ID);
        pen_octets(&pen, head->node.party.text, NAME);
        pen_octets(&pen, head->node.node.text, NAME);
        return recfile_append(file, RECORD_HEAD, &span, 1, NULL);
}

bool read_head(struct bytes content, struct head_record *ret)
{
        struct eye eye = { content.data };

        if (content.size != HEAD_SIZE || eye_u32(&eye) != OUTBOX_FORMAT)
                return false;
        (void)eye_u32(&eye);
        eye_octets(&eye, ret->hub.octets, ID);
        return eye_name(&eye, &ret->node.party) && eye_name(&eye, &ret->node.node);
}

int write_stream(struct recfile *file, const struct stream_record *stream)
{
        uint8_t octets[STREAM_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);

        pen_octets(&pen, stream->stream.octets, ID);
        pen_u64(&pen, stream->identity.inode);
        pen_u64(&pen, stream->identity.born);
        pen_u64(&pen, stream->next_sequence);
        pen_u64(&pen, stream->log_size);
        pen_u64(&pen, stream->received);
        pen_u64(&pen, stream->refused);
        pen_u64(&pen, stream->abandoned);
        pen_u64(&pen, (uint64_t)stream->at);
        return recfile_append(file, RECORD_STREAM, &span, 1, NULL);
}

bool read_stream(struct bytes content, struct stream_record *ret)
{
        struct eye eye = { content.data };

        if (content.size != STREAM_SIZE)
                return false;
        eye_octets(&eye, ret->stream.octets, ID);
        ret->identity.inode = eye_u64(&eye);
        ret->identity.born = eye_u64(&eye);
        ret->next_sequence = eye_u64(&eye);
        ret->log_size = eye_u64(&eye);
        ret->received = eye_u64(&eye);
        ret->refused = eye_u64(&eye);
        ret->abandoned = eye_u64(&eye);
        ret->at = (instant)eye_u64(&eye);
        return ret->next_sequence > 0;
}

int write_sealed(struct recfile *file, const struct sealed_record *sealed, uint64_t *ret_at)
{
        uint8_t octets[SEALED_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = { BYTES_OF(octets), sealed->tags, sealed->submission };

        pen_octets(&pen, sealed->stream.octets, ID);
        pen_u64(&pen, sealed->sequence);
        pen_u64(&pen, (uint64_t)sealed->at);
        pen_u32(&pen, sealed->event_count);
        pen_u32(&pen, sealed->tagged);
        pen_octets(&pen, sealed->repack_of_stream.octets, ID);
        pen_u64(&pen, sealed->repack_of);
        pen_octets(&pen, sealed->about.contract.bearer.text, NAME);
        pen_octets(&pen, sealed->about.contract.earner.text, NAME);
        pen_octets(&pen, sealed->about.contract.label.text, NAME);
        pen_octets(&pen, sealed->about.on_behalf_of.text, NAME);
        return recfile_append(file, RECORD_SEALED, spans, 3, ret_at);
}

bool read_sealed(struct bytes content, struct sealed_record *ret)
{
        struct eye eye = { content.data };
        size_t tags;

        if (content.size < SEALED_SIZE)
                return false;
        eye_octets(&eye, ret->stream.octets, ID);
        ret->sequence = eye_u64(&eye);
        ret->at = (instant)eye_u64(&eye);
        ret->event_count = eye_u32(&eye);
        ret->tagged = eye_u32(&eye) != 0;
        eye_octets(&eye, ret->repack_of_stream.octets, ID);
        ret->repack_of = eye_u64(&eye);
        if (!eye_name(&eye, &ret->about.contract.bearer) ||
            !eye_name(&eye, &ret->about.contract.earner) ||
            !eye_name(&eye, &ret->about.contract.label) ||
            !eye_name(&eye, &ret->about.on_behalf_of))
                return false;

        tags = ret->tagged ? (size_t)ret->event_count * 8 : 0;
        if (ret->event_count > EVENTS_PER_SUBMISSION_MAX || tags > content.size - SEALED_SIZE)
                return false;
        ret->tags = (struct bytes) { eye.from, tags };
        ret->submission = (struct bytes) { eye.from + tags, content.size - SEALED_SIZE - tags };
        return ret->sequence > 0;
}

int write_answer(struct recfile *file, enum outbox_record type, const struct answer_record *answer)
{
        uint8_t octets[ANSWER_SIZE];
        struct pen pen = { octets };
        struct bytes spans[] = { BYTES_OF(octets), answer->frame };

        pen_octets(&pen, answer->stream.octets, ID);
        pen_u64(&pen, answer->sequence);
        pen_u64(&pen, (uint64_t)answer->at);
        pen_octets(&pen, answer->repacked_stream.octets, ID);
        pen_u64(&pen, answer->repacked_as);
        return recfile_append(file, type, spans, 2, NULL);
}

bool read_answer(struct bytes content, struct answer_record *ret)
{
        struct eye eye = { content.data };

        if (content.size < ANSWER_SIZE)
                return false;
        eye_octets(&eye, ret->stream.octets, ID);
        ret->sequence = eye_u64(&eye);
        ret->at = (instant)eye_u64(&eye);
        eye_octets(&eye, ret->repacked_stream.octets, ID);
        ret->repacked_as = eye_u64(&eye);
        ret->frame = (struct bytes) { eye.from, content.size - ANSWER_SIZE };
        return ret->sequence > 0;
}

int write_taken(struct recfile *file, const struct taken_record *taken)
{
        uint8_t octets[TAKEN_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);

        pen_octets(&pen, taken->stream.octets, ID);
        pen_u64(&pen, taken->sequence);
        pen_u64(&pen, taken->sealed);
        pen_u32(&pen, taken->refused);
        pen_u32(&pen, 0);
        pen_octets(&pen, taken->repacked_stream.octets, ID);
        pen_u64(&pen, taken->repacked_as);
        return recfile_append(file, RECORD_TAKEN_BACK, &span, 1, NULL);
}

bool read_taken(struct bytes content, struct taken_record *ret)
{
        struct eye eye = { content.data };

        if (content.size != TAKEN_SIZE)
                return false;
        eye_octets(&eye, ret->stream.octets, ID);
        ret->sequence = eye_u64(&eye);
        ret->sealed = eye_u64(&eye);
        ret->refused = eye_u32(&eye) != 0;
        (void)eye_u32(&eye);
        eye_octets(&eye, ret->repacked_stream.octets, ID);
        ret->repacked_as = eye_u64(&eye);
        return ret->sequence > 0;
}

int write_epoch(struct recfile *file, const struct epoch_record *epoch)
{
        uint8_t octets[EPOCH_SIZE];
        struct pen pen = { octets };
        struct bytes span = BYTES_OF(octets);

        pen_u32(&pen, epoch->epoch);
        pen_u32(&pen, 0);
        pen_u64(&pen, epoch->log_size);
        return recfile_append(file, RECORD_EPOCH, &span, 1, NULL);
}

bool read_epoch(struct bytes content, struct epoch_record *ret)
{
        struct eye eye = { content.data };

        if (content.size != EPOCH_SIZE)
                return false;
        ret->epoch = eye_u32(&eye);
        (void)eye_u32(&eye);
        ret->log_size = eye_u64(&eye);
        return ret->epoch > 0;
}
