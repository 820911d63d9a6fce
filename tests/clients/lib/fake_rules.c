/* SPDX-License-Identifier: Apache-2.0 */
/* What the fake hub takes and what it answers. */
#include "core/octets.h"
#include "tests/clients/lib/fake_inside.h"

#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "tests/clients/lib/run.h"

/* ---- making records */

struct bytes fake_keep(struct bytes bytes)
{
        void *copy = malloc(bytes.size ? bytes.size : 1);

        ck_assert_ptr_nonnull(copy);
        memcpy(copy, bytes.data, bytes.size);
        return (struct bytes) { copy, bytes.size };
}

struct bytes fake_sign(struct fake_hub *hub, struct record *record, const uint8_t *secret)
{
        struct signature signature;
        struct bytes body;

        record->format = 1;
        record->hub = hub->id;
        sink_reset(&hub->body);
        sink_reset(&hub->record);
        ck_assert_int_eq(wire_write_record_body(&hub->body, record), 0);
        body = sink_bytes(&hub->body);
        ck_assert_int_eq(sign_spans(DOMAIN_HUB, &body, 1, secret, hub->scratch, &signature), 0);
        ck_assert_int_eq(wire_write_signed_record(&hub->record, body,
                                                  (struct bytes) { signature.octets, 64 }), 0);
        return sink_bytes(&hub->record);
}

static struct bytes write_frame(struct fake_hub *hub, const struct hub_frame *frame)
{
        sink_reset(&hub->out);
        ck_assert_int_eq(wire_write_hub_frame(&hub->out, frame), 0);
        return sink_bytes(&hub->out);
}

static void say(struct fake_hub *hub, struct bytes frame)
{
        zmq_send(hub->intake, hub->peer, hub->peer_size, ZMQ_SNDMORE);
        zmq_send(hub->intake, frame.data, frame.size, 0);
}

/* ---- submissions */

static struct bytes receipt_for(struct fake_hub *hub, const struct submission *s, bool wrong)
{
        struct hub_frame frame = { .kind = HUB_RECEIPT };
        struct receipt *receipt = &frame.receipt;
        uint8_t header[24] = { 1, ENTRY_SUBMISSION };
        struct bytes spans[] = { BYTES_OF(header), s->frame };
        struct digest leaf;

        *receipt = (struct receipt) { .stream = s->stream, .sequence = s->sequence,
                                      .index = hub->log_size, .time = 1000 + (instant)hub->log_size,
                                      .entry_format = 1, .entry_kind = ENTRY_SUBMISSION };
        put_u32(header + 4, (uint32_t)s->frame.size);
        put_u64(header + 8, receipt->index);
        put_u64(header + 16, (uint64_t)receipt->time);
        leaf_hash(hub->hasher, spans, 2, &leaf);
        memcpy(receipt->leaf.octets, leaf.octets, 32);
        receipt->leaf.octets[0] ^= wrong;
        if (hub->history)
                fake_add_proof(hub, receipt);
        return write_frame(hub, &frame);
}

static uint32_t find_faults(const struct submission *s, struct wire_fault *faults)
{
        uint32_t count = 0;

        for (uint32_t i = 0; i < s->event_count && count < REFUSALS_PER_ANSWER_MAX; i++)
                if (s->events[i].kind == EVENT_FACT && s->events[i].fact.key.item.text[0] == 'b')
                        faults[count++] = (struct wire_fault) {
                                .code = REFUSAL_BAD_VALUE, .event = i,
                                .field = { "fact.item", 9 }, .says = { "it is bad", 9 },
                        };
        return count;
}

static struct bytes refusal_for(struct fake_hub *hub, const struct submission *s,
                                const struct digest *digest, const struct wire_fault *faults,
                                uint32_t count, bool wrong)
{
        struct record record = { .kind = ENTRY_REFUSAL };
        struct hub_frame frame = { .kind = HUB_REFUSAL };
        struct refusal_answer *answer = &frame.refusal;

        record.refusal = (struct refusal_record) {
                .node = s->sender, .stream = s->stream, .sequence = s->sequence, .faults = faults,
                .fault_count = count,
        };
        memcpy(record.refusal.submission_sha256.octets, digest->octets, 32);
        *answer = (struct refusal_answer) {
                .has_stream = true, .stream = s->stream, .sequence = s->sequence,
                .faults = faults, .fault_count = count, .logged = true, .index = hub->log_size,
                .time = 1000 + (instant)hub->log_size,
                .submission_sha256 = record.refusal.submission_sha256,
        };
        answer->record = fake_sign(hub, &record, wrong ? hub->stage->node.secret.signing :
                                                           hub->stage->hub.secret.signing);
        return write_frame(hub, &frame);
}

static struct bytes free_refusal(struct fake_hub *hub, const struct submission *s, uint32_t code)
{
        struct wire_fault fault = { .code = code, .event = REFUSAL_WHOLE, .says = { "no", 2 } };
        struct hub_frame frame = { .kind = HUB_REFUSAL };

        frame.refusal = (struct refusal_answer) { .has_stream = true, .stream = s->stream,
                                                  .sequence = s->sequence, .faults = &fault,
                                                  .fault_count = 1 };
        return write_frame(hub, &frame);
}

static uint64_t next_of(const struct fake_hub *hub, const struct stream_id *stream)
{
        uint64_t next = 1;

        for (uint64_t i = 0; i < hub->entry_count; i++)
                if (!memcmp(&hub->entries[i].stream, stream, sizeof(*stream)))
                        next = hub->entries[i].sequence + 1;
        return next;
}

static const struct entry *find_entry(const struct fake_hub *hub, const struct submission *s)
{
        for (uint64_t i = 0; i < hub->entry_count; i++)
                if (hub->entries[i].sequence == s->sequence &&
                    !memcmp(&hub->entries[i].stream, &s->stream, sizeof(s->stream)))
                        return &hub->entries[i];
        return NULL;
}

/* Takes it by the rules of the hub; the answer. */
static struct bytes take(struct fake_hub *hub, const struct submission *s, enum mishap mishap)
{
        static struct wire_fault faults[REFUSALS_PER_ANSWER_MAX];
        const struct entry *known = find_entry(hub, s);
        struct bytes span = s->frame, answer;
        struct digest digest;
        uint32_t count;

        hash_spans(hub->hasher, &span, 1, &digest);
        if (known && digest_equal(&known->digest, &digest)) {
                hub->figures.same_again++;
                return known->answer;
        }
        if (known) {
                hub->figures.equivocations++;
                return free_refusal(hub, s, REFUSAL_EQUIVOCATION);
        }
        if (s->sequence != next_of(hub, &s->stream))
                return free_refusal(hub, s, REFUSAL_SEQUENCE_GAP);
        ck_assert_uint_lt(hub->entry_count, ENTRIES_MAX);

        count = find_faults(s, faults);
        hub->figures.refusals += count > 0;
        for (uint32_t i = 0; i < s->event_count && !count; i++)
                hub->numbers[hub->number_count++] = (uint64_t)s->events[i].fact.value.num;
        answer = count ? refusal_for(hub, s, &digest, faults, count, mishap == HAP_WRONG_SIGNATURE)
                       : receipt_for(hub, s, mishap == HAP_WRONG_LEAF);
        hub->log_size++;
        hub->entries[hub->entry_count] = (struct entry) { s->stream, s->sequence, digest,
                                                          fake_keep(answer) };
        return hub->entries[hub->entry_count++].answer;
}

static struct bytes busy_for(struct fake_hub *hub, const struct submission *s)
{
        struct hub_frame frame = { .kind = HUB_BUSY };

        frame.busy = (struct busy) { .has_stream = true, .stream = s->stream,
                                     .sequence = s->sequence, .says = { "window", 6 },
                                     .again_after_ms = 5 };
        return write_frame(hub, &frame);
}

static void take_submission(struct fake_hub *hub, const struct submission *s)
{
        enum mishap mishap = hub->mishap ? hub->mishap(hub->with, hub->figures.frames) : 0;
        struct bytes answer, late;

        hub->figures.frames++;
        if (mishap == HAP_LOST)
                return;
        if (mishap == HAP_CUT) {
                zmq_close(hub->intake);
                fake_open_intake(hub);
                return;
        }
        if (mishap == HAP_BUSY)
                answer = busy_for(hub, s);
        else if (mishap == HAP_GAP)
                answer = free_refusal(hub, s, REFUSAL_SEQUENCE_GAP);
        else
                answer = take(hub, s, mishap);
        if (mishap == HAP_UNANSWERED)
                return;
        late = hub->late;
        hub->late = (struct bytes) { 0 };
        if (mishap == HAP_LATE)
                hub->late = fake_keep(answer);
        else
                say(hub, answer);
        if (mishap == HAP_TWICE)
                say(hub, answer);
        if (late.data) {
                say(hub, late);
                free((void *)(uintptr_t)late.data);
        }
}

/* ---- hello and queries */

static void take_hello(struct fake_hub *hub, const struct hello *hello)
{
        struct hub_frame frame = { .kind = HUB_WELCOME };
        struct welcome *welcome = &frame.welcome;

        *welcome = (struct welcome) {
                .hub = hub->id, .format_least = 1, .format_most = 1, .hub_time = 1000000,
                .last_signal = hub->signal_count, .window = hub->window,
                .submission_bytes = WIRE_SUBMISSION_MAX,
                .submission_events = EVENTS_PER_SUBMISSION_MAX, .log_size = hub->log_size,
                .hub_name = { "fake", 4 }, .node = hub->stage->profile.node,
        };
        if (hello->has_stream) {
                welcome->has_next_sequence = true;
                welcome->next_sequence = next_of(hub, &hello->stream);
        }
        say(hub, write_frame(hub, &frame));
}

static void take_query(struct fake_hub *hub, const struct query *query)
{
        static struct record_entry rows[SIGNALS_MAX];
        struct hub_frame frame = { .kind = HUB_ANSWER };
        struct answer *answer = &frame.answer;
        struct tip tip = { .size = hub->log_size };

        *answer = (struct answer) { .id = query->id, .as_of = hub->log_size };
        if (hub->history && (query->kind == QUERY_PROOF || query->kind == QUERY_KEYS)) {
                if (!fake_answer_proof(hub, query, answer))
                        return;
        } else if (query->kind == QUERY_INCENTIVE && hub->incentive) {
                answer->incentive = &hub->incentive->signal;
        } else if (query->kind == QUERY_TIP) {
                answer->tip = &tip;
        } else if (query->kind == QUERY_SIGNALS) {
                hub->asked++;
                for (uint64_t n = query->since; n < hub->signal_count; n++) {
                        if (answer->signal_count == query->most)
                                break;
                        rows[answer->signal_count++] =
                                (struct record_entry) { n + 1, 1000, hub->records[n] };
                }
                answer->signals = rows;
                answer->has_last_signal = true;
                answer->last_signal = hub->signal_count;
        } else {
                answer->refused = true;
                answer->fault = (struct wire_fault) { .code = REFUSAL_NO_SUCH_THING,
                                                      .event = REFUSAL_WHOLE };
        }
        say(hub, write_frame(hub, &frame));
}

void fake_take_frame(struct fake_hub *hub)
{
        static uint8_t bytes[WIRE_CLIENT_FRAME_MAX];
        int peer = zmq_recv(hub->intake, hub->peer, sizeof(hub->peer), 0);
        int size = zmq_recv(hub->intake, bytes, sizeof(bytes), 0);
        struct client_frame frame;
        struct fault fault;
        int r;

        ck_assert_int_gt(peer, 0);
        ck_assert_int_gt(size, 0);
        /* Once: a busy machine makes clients say the same again. */
        if (hub->heard_size + (size_t)size <= HEARD_MAX &&
            !memmem(hub->heard, hub->heard_size, bytes, (size_t)size)) {
                memcpy(hub->heard + hub->heard_size, bytes, (size_t)size);
                hub->heard_size += (size_t)size;
        }
        hub->peer_size = (size_t)peer;
        arena_reset(&hub->arena);
        r = wire_read_client_frame((struct bytes) { bytes, (size_t)size }, &hub->arena, &frame,
                                   &fault);
        ck_assert_msg(r == 0, "the client sends what does not parse: %s %s", fault.field,
                      fault.says);
        if (frame.kind == CLIENT_HELLO)
                take_hello(hub, &frame.hello);
        else if (frame.kind == CLIENT_QUERY)
                take_query(hub, &frame.query);
        else
                take_submission(hub, &frame.submission);
}
