/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "tests/crash/crash.h"
#include "tests/world/must.h"

struct reading {
        struct outboxes *outboxes;
        unsigned int publisher;
};

static int by_name(const void *a_, const void *b_)
{
        const struct said *a = a_, *b = b_;
        int streams = memcmp(&a->stream, &b->stream, sizeof(a->stream));

        if (a->publisher != b->publisher)
                return a->publisher < b->publisher ? -1 : 1;
        if (streams)
                return streams;
        return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

static void keep_number(struct outboxes *outboxes, unsigned int publisher, uint64_t number)
{
        uint8_t **taken = &outboxes->taken[publisher];
        size_t *room = &outboxes->taken_room[publisher];

        if (number >= *room) {
                size_t more = 2 * number + 1024;

                *taken = realloc(*taken, more);
                must_be(*taken != NULL, "memory");
                memset(*taken + *room, 0, more - *room);
                *room = more;
        }
        must_be((*taken)[number] == 0, "an event stands in two submissions with receipts");
        (*taken)[number] = 1;
}

static void keep_numbers(struct reading *reading, const struct accord_item *item)
{
        struct outboxes *outboxes = reading->outboxes;

        must_be(item->tags != NULL, "an item without tags");
        for (uint32_t i = 0; i < item->event_count; i++) {
                uint64_t number = item->tags[i] / TAG_KINDS;

                if (number > outboxes->last[reading->publisher])
                        outboxes->last[reading->publisher] = number;
                if (item->state == ACCORD_ITEM_RECEIVED)
                        keep_number(outboxes, reading->publisher, number);
        }
}

static void keep_bytes(struct said *said, const struct accord_item *item)
{
        said->size = item->submission.size;
        said->bytes = malloc(said->size);
        must_be(said->size && said->bytes, "a refused submission without its bytes");
        memcpy(said->bytes, item->submission.data, said->size);
}

static int take_item(void *with, const struct accord_item *item)
{
        struct reading *reading = with;
        struct outboxes *outboxes = reading->outboxes;
        struct said *said;

        if (outboxes->count == outboxes->room) {
                outboxes->room = 2 * outboxes->room + 1024;
                outboxes->list = realloc(outboxes->list,
                                         outboxes->room * sizeof(*outboxes->list));
                must_be(outboxes->list != NULL, "memory");
        }
        said = &outboxes->list[outboxes->count++];
        *said = (struct said) {
                .publisher = reading->publisher, .stream = item->stream,
                .sequence = item->sequence, .refused = item->state == ACCORD_ITEM_REFUSED,
        };
        must_be(said->refused || item->state == ACCORD_ITEM_RECEIVED,
                "an outbox has something that is not answered");
        if (said->refused) {
                said->index = item->refusal_index;
                keep_bytes(said, item);
                outboxes->refused++;
        } else {
                said->index = item->receipt.index;
                said->leaf = item->receipt.leaf;
                outboxes->received++;
        }
        keep_numbers(reading, item);
        return 0;
}

void outboxes_read(struct outboxes *outboxes, const struct crash *crash)
{
        memset(outboxes, 0, sizeof(*outboxes));
        for (unsigned int i = 0; i < PUBLISHERS; i++) {
                const struct accord_profile profile = node_profile(&crash->publishers[i],
                                                                   &crash->accordd);
                struct reading reading = { outboxes, i };
                struct accord_outbox *outbox = NULL;
                struct accord_error error = { 0 };

                must_do(accord_outbox_read(&outbox, &profile, &error), &error, "an outbox");
                must_do(accord_outbox_visit(outbox, take_item, &reading, &error), &error,
                        "an outbox");
                accord_outbox_close(outbox);
        }
        if (outboxes->count)
                qsort(outboxes->list, outboxes->count, sizeof(*outboxes->list), by_name);
        for (size_t i = 1; i < outboxes->count; i++)
                must_be(by_name(&outboxes->list[i - 1], &outboxes->list[i]) < 0,
                        "a number stands twice in the outboxes");
}

void outboxes_free(struct outboxes *outboxes)
{
        for (size_t i = 0; i < outboxes->count; i++)
                free(outboxes->list[i].bytes);
        for (unsigned int i = 0; i < PUBLISHERS; i++)
                free(outboxes->taken[i]);
        free(outboxes->list);
}

struct said *outboxes_find(struct outboxes *outboxes, unsigned int publisher,
                           const struct stream_id *stream, uint64_t sequence)
{
        const struct said key = { .publisher = publisher, .stream = *stream,
                                  .sequence = sequence };

        return bsearch(&key, outboxes->list, outboxes->count, sizeof(key), by_name);
}

unsigned int publisher_of(const struct crash *crash, const struct node_path *path)
{
        unsigned int i = 0;

        while (i < PUBLISHERS && (!name_equal(&path->party, &crash->publishers[i].path.party) ||
                                  !name_equal(&path->node, &crash->publishers[i].path.node)))
                i++;
        return i;
}
