/* SPDX-License-Identifier: Apache-2.0 */
/* Packing: events about the same wait together until they are numbered, signed and appended. */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/admit.h"
#include "core/check.h"
#include "core/octets.h"
#include "proto/wire.h"

#define TEXT_BLOCK (64u * 1024u)
#define HEADER_ROOM 640u        /* of a SignedSubmission beside its events */

static_assert(4 * CONTRACT_ID_MAX + SIGNATURE_SIZE + 128 < HEADER_ROOM, "room for the header");

/* ---- copies of events */

static void *text_take(struct pack *pack, size_t size)
{
        struct pack_text *text = pack->text;

        if (!text || text->size - text->used < size) {
                size_t room = size > TEXT_BLOCK ? size : TEXT_BLOCK;

                text = malloc(sizeof(*text) + room);
                if (!text)
                        return NULL;
                *text = (struct pack_text) { .next = pack->text, .size = room };
                pack->text = text;
        }
        text->used += size;
        return text->data + text->used - size;
}

static int copy_span(struct pack *pack, struct bytes *span)
{
        void *copy;

        if (span->size == 0)
                return 0;
        copy = text_take(pack, span->size);
        if (!copy)
                return -ENOMEM;
        memcpy(copy, span->data, span->size);
        span->data = copy;
        return 0;
}

static int copy_categories(struct pack *pack, struct block_event *block)
{
        struct bytes span = {
                block->categories, block->category_count * sizeof(*block->categories),
        };
        int r = copy_span(pack, &span);

        block->categories = span.data;
        return r;
}

/* Makes @event, a plain copy so far, point into the pack instead of to the caller's memory. */
static int copy_spans(struct pack *pack, struct event *event)
{
        int r = 0;

        switch (event->kind) {
        case EVENT_OFFER:
                r = copy_span(pack, &event->offer.terms);
                return r ? r : copy_span(pack, &event->offer.relayed.document);
        case EVENT_TERMINATION:
                return copy_span(pack, &event->termination.reason);
        case EVENT_FACT:
                return copy_span(pack, &event->fact.relayed.document);
        case EVENT_BLOCK:
                r = copy_categories(pack, &event->block);
                return r ? r : copy_span(pack, &event->block.columns);
        case EVENT_RELATION:
                r = copy_span(pack, &event->relation.npi);
                if (!r)
                        r = copy_span(pack, &event->relation.tin);
                return r ? r : copy_span(pack, &event->relation.ccn);
        default:
                return 0;
        }
}

static int pack_room(struct pack *pack)
{
        uint32_t room = pack->room ? 2 * pack->room : 16;
        struct event *events;
        uint64_t *tags;

        if (pack->count < pack->room)
                return 0;
        events = reallocarray(pack->events, room, sizeof(*events));
        if (!events)
                return -ENOMEM;
        pack->events = events;
        tags = reallocarray(pack->tags, room, sizeof(*tags));
        if (!tags)
                return -ENOMEM;
        pack->tags = tags;
        pack->room = room;
        return 0;
}

static int pack_put(struct pack *pack, const struct event *event, size_t size, uint64_t tag)
{
        struct event copy = *event;
        int r = pack_room(pack);

        if (!r)
                r = copy_spans(pack, &copy);
        if (r)
                return r;
        pack->events[pack->count] = copy;
        pack->tags[pack->count] = tag;
        pack->count++;
        pack->blocks += event->kind == EVENT_BLOCK && event->block.rows;
        pack->size += size;
        return 0;
}

static void pack_empty(struct pack *pack)
{
        while (pack->text) {
                struct pack_text *next = pack->text->next;

                free(pack->text);
                pack->text = next;
        }
        pack->count = 0;
        pack->blocks = 0;
        pack->size = 0;
        pack->tagged = false;
}

void outbox_drop_packs(struct accord_outbox *outbox)
{
        for (size_t i = 0; i < PACKS_MAX; i++) {
                pack_empty(&outbox->packs[i]);
                free(outbox->packs[i].events);
                free(outbox->packs[i].tags);
                outbox->packs[i] = (struct pack) { 0 };
        }
}

/* ---- sealing */

/* Rows go behind what is signed. */
static int write_blocks(struct accord_outbox *outbox, const struct submission *submission)
{
        struct bytes blocks[BLOCKS_PER_SUBMISSION_MAX];
        uint32_t count = 0;

        for (uint32_t i = 0; i < submission->event_count; i++) {
                const struct event *event = &submission->events[i];

                if (event->kind != EVENT_BLOCK || !event->block.rows)
                        continue;
                assert(count < BLOCKS_PER_SUBMISSION_MAX);
                blocks[count++] = event->block.columns;
        }
        return wire_write_blocks(&outbox->signed_bytes, blocks, count);
}

static int write_and_sign(struct accord_outbox *outbox, const struct submission *submission)
{
        struct signature signature;
        struct bytes body;
        int r = 0;

        if (!outbox->body.data)
                r = sink_new(&outbox->body, TEXT_BLOCK, WIRE_SUBMISSION_MAX);
        if (!r && !outbox->signed_bytes.data)
                r = sink_new(&outbox->signed_bytes, TEXT_BLOCK, WIRE_SUBMISSION_MAX);
        if (r)
                return r;

        sink_reset(&outbox->body);
        sink_reset(&outbox->signed_bytes);
        r = wire_write_submission_body(&outbox->body, submission);
        if (r)
                return r;
        body = sink_bytes(&outbox->body);
        r = sign_spans(DOMAIN_SUBMISSION, &body, 1, outbox->keys->secret.signing,
                       outbox->proof.scratch, &signature);
        if (r)
                return r;
        r = wire_write_signed_submission(&outbox->signed_bytes, body,
                                         (struct bytes) { signature.octets, SIGNATURE_SIZE });
        return r ? r : write_blocks(outbox, submission);
}

/* Tags as they lie in the record. They fit: the scratch holds the largest record. */
static struct bytes tag_octets(struct accord_outbox *outbox, const struct sealing *sealing)
{
        uint8_t *octets = outbox->proof.scratch.data;

        if (!sealing->tags)
                return (struct bytes) { 0 };
        assert((size_t)sealing->count * 8 <= outbox->proof.scratch.size);
        for (uint32_t i = 0; i < sealing->count; i++)
                put_u64(octets + (size_t)i * 8, sealing->tags[i]);
        return (struct bytes) { octets, (size_t)sealing->count * 8 };
}

static int append(struct accord_outbox *outbox, const struct sealing *sealing, instant at)
{
        struct sealed_record sealed = {
                .stream = outbox->stream, .sequence = outbox->next_sequence, .at = at,
                .event_count = sealing->count, .tagged = sealing->tags != NULL,
                .about = *sealing->about, .submission = sink_bytes(&outbox->signed_bytes),
        };
        struct queued queued = { .stream = sealed.stream, .sequence = sealed.sequence,
                                 .size = (uint32_t)sealed.submission.size,
                                 .event_count = sealing->count, .fresh = true };
        int r;

        if (sealing->rest_of) {
                sealed.repack_of_stream = sealing->rest_of->stream;
                sealed.repack_of = sealing->rest_of->sequence;
        }
        sealed.tags = tag_octets(outbox, sealing);

        /* First the place in memory: once it is in the file, nothing must fail. */
        r = queue_push(&outbox->queue, &queued);
        if (r)
                return r;
        r = write_sealed(outbox->file, &sealed,
                         &queue_at(&outbox->queue, queue_tail(&outbox->queue) - 1)->at);
        if (r)
                queue_retract(&outbox->queue, queue_tail(&outbox->queue) - 1);
        return r;
}

int outbox_seal_one(struct accord_outbox *outbox, const struct sealing *sealing,
                    struct accord_error *error)
{
        instant now = clock_now();
        struct submission submission = {
                .format = FORMAT_MOST, .hub = outbox->proof.id, .sender = outbox->node,
                .on_behalf_of = sealing->about->on_behalf_of,
                .contract = sealing->about->contract,
                .stream = outbox->stream, .sequence = outbox->next_sequence, .made_at = now,
                .events = sealing->events, .event_count = sealing->count,
        };
        int r;

        assert(sealing->count > 0);
        r = write_and_sign(outbox, &submission);
        if (r == -ENOBUFS)
                return fail_with(error, ACCORD_USAGE, "the events do not fit a submission");
        if (!r)
                r = append(outbox, sealing, now);
        if (r == -ENOBUFS)
                return fail_with(error, ACCORD_FAILED, "the outbox is full: %u submissions have "
                                 "no answer yet", QUEUE_MAX);
        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);
        outbox->next_sequence++;
        outbox->dirty = true;
        return 0;
}

static int seal_pack(struct accord_outbox *outbox, struct pack *pack, struct accord_error *error)
{
        struct sealing sealing = { &pack->about, pack->events, pack->count,
                                   pack->tagged ? pack->tags : NULL, NULL };
        int r = outbox_seal_one(outbox, &sealing, error);

        if (!r)
                pack_empty(pack);
        return r;
}

/* NULL when none waits. */
static struct pack *oldest(struct accord_outbox *outbox)
{
        struct pack *found = NULL;

        for (size_t i = 0; i < PACKS_MAX; i++) {
                struct pack *pack = &outbox->packs[i];

                if (pack->count && (!found || pack->began < found->began))
                        found = pack;
        }
        return found;
}

int accord_outbox_seal(struct accord_outbox *outbox, struct accord_error *error)
{
        struct pack *pack;
        int r = outbox_usable(outbox, error);

        while (!r && (pack = oldest(outbox)))
                r = seal_pack(outbox, pack, error);
        return r ? r : outbox_sync(outbox, error);
}

/* ---- adding */

static bool same_about(const struct accord_about *a, const struct accord_about *b)
{
        return contract_id_equal(&a->contract, &b->contract) &&
               name_equal(&a->on_behalf_of, &b->on_behalf_of);
}

/* The pack for what is about this; the oldest is sealed when there is none and all are taken. */
static int find_pack(struct accord_outbox *outbox, const struct accord_about *about,
                     struct pack **ret, struct accord_error *error)
{
        struct pack *found = NULL;
        int r;

        for (size_t i = 0; i < PACKS_MAX; i++) {
                struct pack *pack = &outbox->packs[i];

                if (pack->count && same_about(&pack->about, about)) {
                        *ret = pack;
                        return 0;
                }
                if (!pack->count && !found)
                        found = pack;
        }
        if (!found) {
                found = oldest(outbox);
                r = seal_pack(outbox, found, error);
                if (r)
                        return r;
        }
        found->about = *about;
        found->began = outbox->packs_begun++;
        *ret = found;
        return 0;
}

static bool has_room(const struct accord_outbox *outbox, const struct pack *pack,
                     const struct event *event, size_t size)
{
        return pack->count < outbox->events_most &&
               pack->size + size <= outbox->bytes_most - HEADER_ROOM &&
               pack->blocks + (event->kind == EVENT_BLOCK) <= BLOCKS_PER_SUBMISSION_MAX;
}

/* The hub takes what is said about a contract as a whole only by itself. */
static bool apart(const struct event *a, const struct event *b)
{
        return event_comes_alone(a->kind) || event_comes_alone(b->kind);
}

static int add_one(struct accord_outbox *outbox, const struct accord_about *about,
                   const struct event *event, const uint64_t *tag, struct accord_error *error)
{
        size_t size = wire_event_size(event), most = outbox->bytes_most - HEADER_ROOM;
        struct pack *pack;
        int r;

        if (event->kind == EVENT_BLOCK)
                size += wire_block_size(&event->block);

        if (size > most)
                return fail_with(error, ACCORD_USAGE, "an event of %zu bytes is too large: a "
                                 "submission has %zu", size, most);
        r = find_pack(outbox, about, &pack, error);
        if (r)
                return r;
        if (!has_room(outbox, pack, event, size) ||
            (pack->count && apart(event, &pack->events[0]))) {
                r = seal_pack(outbox, pack, error);
                if (r)
                        return r;
                pack->began = outbox->packs_begun++;
        }
        r = pack_put(pack, event, size, tag ? *tag : 0);
        if (r)
                return outbox_failed(outbox, r, "cannot add to", error);
        pack->tagged |= tag != NULL;
        return 0;
}

int accord_outbox_add(struct accord_outbox *outbox, const struct accord_about *about,
                      const struct event *events, size_t count, const uint64_t *tags,
                      struct accord_error *error)
{
        int r = outbox_usable(outbox, error);

        for (size_t i = 0; i < count && !r; i++)
                r = add_one(outbox, about, &events[i], tags ? &tags[i] : NULL, error);
        return r;
}
