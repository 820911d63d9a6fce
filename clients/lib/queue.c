/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"

void queue_free(struct queue *queue)
{
        free(queue->list);
        *queue = (struct queue) { 0 };
}

/* Room for one more: first by closing the gap at the front, else by growing. */
static int make_room(struct queue *queue)
{
        size_t count = queue->end - queue->first;
        struct queued *list;

        if (queue->end < queue->room)
                return 0;
        if (count >= QUEUE_MAX)
                return -ENOBUFS;
        if (queue->first > queue->room / 2) {
                memmove(queue->list, queue->list + queue->first, count * sizeof(*queue->list));
                queue->first = 0;
                queue->end = count;
                return 0;
        }

        list = reallocarray(queue->list, queue->room ? 2 * queue->room : 64, sizeof(*list));
        if (!list)
                return -ENOMEM;
        queue->list = list;
        queue->room = queue->room ? 2 * queue->room : 64;
        return 0;
}

int queue_push(struct queue *queue, const struct queued *queued)
{
        int r = make_room(queue);

        if (!r)
                queue->list[queue->end++] = *queued;
        return r;
}

int queue_reopen(struct queue *queue, const struct queued *queued)
{
        size_t at;
        int r = queue_push(queue, queued);

        if (r)
                return r;
        for (at = queue->end - 1; at > queue->first && queue->list[at - 1].at >= queued->at; at--)
                queue->list[at] = queue->list[at - 1];
        queue->list[at] = *queued;

        /* It may not have left yet, where one before it has no answer. */
        if (at + 1 < queue->end && queue->list[at + 1].at == queued->at) {
                memmove(&queue->list[at + 1], &queue->list[at + 2],
                        (queue->end - at - 2) * sizeof(*queued));
                queue->end--;
        }
        return 0;
}

void queue_retract(struct queue *queue, uint64_t place)
{
        assert(place >= queue_head(queue));
        if (place < queue_tail(queue))
                queue->end = queue->first + (size_t)(place - queue->first_place);
}

struct queued *queue_at(const struct queue *queue, uint64_t place)
{
        if (place < queue_head(queue) || place >= queue_tail(queue))
                return NULL;
        return queue->list + queue->first + (place - queue->first_place);
}

/* Answers come in the order of sending, so what is looked for stands near the front. */
struct queued *queue_find(const struct queue *queue, const struct stream_id *stream,
                          uint64_t sequence, uint64_t *ret_place)
{
        for (uint64_t place = queue_head(queue); place < queue_tail(queue); place++) {
                struct queued *queued = queue_at(queue, place);

                if (queued->sequence != sequence || queued->answered ||
                    memcmp(queued->stream.octets, stream->octets, sizeof(stream->octets)))
                        continue;
                if (ret_place)
                        *ret_place = place;
                return queued;
        }
        return NULL;
}

void queue_answered(struct queue *queue, struct queued *queued)
{
        queued->answered = true;
        while (queue->first < queue->end && queue->list[queue->first].answered) {
                queue->first++;
                queue->first_place++;
        }
}
