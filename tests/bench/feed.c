/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/feed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/random.h"
#include "proof/sign.h"

#define ROOM (1u << 18)
#define SPELL 4096u     /* submissions about one contract, then the next: rows lie together */

static void must(int r, const char *what)
{
        if (!r)
                return;
        fprintf(stderr, "bench: %s: %s\n", what, r < 0 ? strerrordesc_np(-r) : "refused");
        exit(1);
}

struct feed *feed_new(struct world *world)
{
        char ledger[300];
        const struct hub_options options = {
                .directory = ledger, .keys = &world->hub_keys, .window = 1000000,
        };
        struct feed *feed = calloc(1, sizeof(*feed));

        snprintf(ledger, sizeof(ledger), "%s/ledger", world->directory);
        must(hub_open(&feed->hub, &options), "ledger");
        feed->keys = &world->node_keys[1];
        feed->scratch.size = sign_room(DOMAIN_SUBMISSION, ROOM);
        feed->scratch.data = malloc(feed->scratch.size);
        random_stream_id(&feed->stream);
        must(sink_new(&feed->body, ROOM, ROOM), "memory");
        must(sink_new(&feed->signed_one, ROOM, ROOM), "memory");
        must(sink_new(&feed->frame, ROOM, ROOM), "memory");
        return feed;
}

void feed_free(struct feed *feed, struct world *world)
{
        struct guard_mark mark;
        char guard[300];

        snprintf(guard, sizeof(guard), "%s/guard", world->directory);
        hub_mark(feed->hub, &mark);
        hub_close(feed->hub);
        must(guard_replace(guard, NULL, &mark), "guard");
        sink_free(&feed->body);
        sink_free(&feed->signed_one);
        sink_free(&feed->frame);
        free(feed->scratch.data);
        free(feed);
}

static void fill(struct feed *feed, unsigned int count)
{
        for (unsigned int i = 0; i < count; i++) {
                struct fact_event *fact = &feed->events[i].fact;
                uint64_t n = feed->facts++;

                feed->events[i].kind = EVENT_FACT;
                fact->key = (struct fact_key) {
                        .scope = SCOPE_CONTRACT, .kind = FACT_EXPENDITURE,
                        .period = { date_of(2024, 1, 1), date_of(2024, 2, 1) },
                        .paid_through = DATE_NONE,
                };
                snprintf(fact->key.item.text, sizeof(fact->key.item.text), "n%llx",
                         (unsigned long long)n);
                fact->value = (struct value) { UNIT_CENTS, (int64_t)(n * 7919 % 100000000), 1 };
        }
}

void feed_make(struct feed *feed, unsigned int count)
{
        uint64_t contract = feed->sequence / SPELL % WORLD_CONTRACTS;
        struct submission submission = {
                .format = FORMAT_MOST, .hub = hub_id(feed->hub),
                .contract = world_contract((unsigned int)contract),
                .stream = feed->stream, .sequence = ++feed->sequence, .made_at = 1,
                .events = feed->events, .event_count = count,
        };
        struct signature signature;
        struct bytes body;

        fill(feed, count);
        strcpy(submission.sender.party.text, "payer");
        strcpy(submission.sender.node.text, "n1");
        sink_reset(&feed->body);
        sink_reset(&feed->signed_one);
        sink_reset(&feed->frame);
        must(wire_write_submission_body(&feed->body, &submission), "body");
        body = sink_bytes(&feed->body);
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, feed->keys->secret.signing, feed->scratch,
                        &signature), "signature");
        must(wire_write_signed_submission(&feed->signed_one, body, BYTES_OF(signature.octets)),
             "submission");
        must(wire_write_submission_frame(&feed->frame, sink_bytes(&feed->signed_one)), "frame");
}

void feed_take(struct feed *feed)
{
        struct hub_ahead ahead = { .checked = true, .good = true };
        struct bytes found;

        if (!wire_find_signature(sink_bytes(&feed->frame), &ahead.body, &found))
                must(-EINVAL, "frame");
        ahead.signature = found.data;
        memcpy(ahead.signing_key, feed->keys->public.signing, sizeof(ahead.signing_key));
        must(hub_take_ahead(feed->hub, feed->keys->public.transport, sink_bytes(&feed->frame), 1,
                            &ahead), "submission");
}

void feed_begin(struct feed *feed)
{
        struct guard_mark mark;

        hub_mark(feed->hub, &mark);
        must(hub_begin(feed->hub, mark.time + 1), "begin");
}

/* Of the first answer: a HubFrame's first octet says what it is. */
static bool is_receipt(struct feed *feed)
{
        struct effect effect;

        return hub_effect(feed->hub, 0, &effect) && effect.kind == EFFECT_REPLY &&
               ((const uint8_t *)effect.bytes.data)[0] == 0x12;
}

void feed_commit(struct feed *feed)
{
        must(hub_commit(feed->hub), "commit");
        if (!is_receipt(feed))
                must(-EPROTO, "what was made is not taken");
}
