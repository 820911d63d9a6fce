/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is sealed and not answered, in order. Places are counted from the first ever queued and
 * never change, so they can be kept while the queue moves on.
 */
#ifndef ACCORD_CLIENTS_LIB_QUEUE_H
#define ACCORD_CLIENTS_LIB_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ident.h"

#define QUEUE_MAX (256u * 1024u)        /* submissions: some 24 MiB */

struct queued {
        struct stream_id stream;
        uint64_t sequence;
        uint64_t at;                    /* of its record in the file */
        uint32_t size;                  /* of the submission, rows and all */
        uint32_t event_count;
        bool answered;                  /* leaves when all before it have */
        bool sent;                      /* by this process */
        bool fresh;                     /* sealed by this process */
        struct stream_id repacked_stream;       /* of the good rest, already sealed; */
        uint64_t repacked_as;                   /* 0: not yet */
};

struct queue {
        struct queued *list;
        size_t first, end, room;        /* in list */
        uint64_t first_place;           /* of list[first] */
};

static inline uint64_t queue_head(const struct queue *queue)
{
        return queue->first_place;
}

static inline uint64_t queue_tail(const struct queue *queue)
{
        return queue->first_place + (queue->end - queue->first);
}

void queue_free(struct queue *queue);
int queue_push(struct queue *queue, const struct queued *queued);       /* 0; -ENOMEM; -ENOBUFS */
/* Takes back what was pushed at and after @place. */
void queue_retract(struct queue *queue, uint64_t place);
struct queued *queue_at(const struct queue *queue, uint64_t place);     /* NULL outside */
/* NULL when it is not there or has its answer. */
struct queued *queue_find(const struct queue *queue, const struct stream_id *stream,
                          uint64_t sequence, uint64_t *ret_place);
/* What was answered waits again, by its place in the file; places behind it move. */
int queue_reopen(struct queue *queue, const struct queued *queued);
void queue_answered(struct queue *queue, struct queued *queued);

#endif
