/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <zmq.h>

#include "core/own.h"
#include "proof/random.h"
#include "tests/world/must.h"

#define SOCKETS_MAX 8192

void *raw_context(void)
{
        struct rlimit limit;
        void *context;

        if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
                limit.rlim_cur = limit.rlim_max;
                setrlimit(RLIMIT_NOFILE, &limit);
        }
        context = zmq_ctx_new();
        must_be(context != NULL, "a context");
        zmq_ctx_set(context, ZMQ_MAX_SOCKETS, SOCKETS_MAX);
        return context;
}

void *raw_connect(void *context, int type, const char *endpoint, const uint8_t hub_key[32],
                  const struct keys *keys)
{
        void *socket = zmq_socket(context, type);
        const int none = 0, soon = 20;

        must_be(socket != NULL, "a socket");
        zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none));
        zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &soon, sizeof(soon));
        if (keys) {
                zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, hub_key, 32);
                zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, keys->public.transport, 32);
                zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, keys->secret.transport, 32);
        }
        must_be(zmq_connect(socket, endpoint) == 0, endpoint);
        return socket;
}

void raw_topic(const struct node_path *path, char *ret, size_t size)
{
        snprintf(ret, size, "party/%s/%s/", path->party.text, path->node.text);
}

void raw_stream_open(struct raw_stream *stream, const struct accordd *accordd,
                     const struct node *node)
{
        *stream = (struct raw_stream) { .accordd = accordd, .node = node };
        random_stream_id(&stream->stream);
        must(sink_new(&stream->body, 65536, WIRE_SUBMISSION_MAX), "memory");
        must(sink_new(&stream->signed_bytes, 65536, WIRE_SUBMISSION_MAX), "memory");
        stream->scratch.size = sign_room(DOMAIN_SUBMISSION, WIRE_SUBMISSION_MAX);
        stream->scratch.data = malloc(stream->scratch.size);
}

void raw_stream_close(struct raw_stream *stream)
{
        sink_free(&stream->body);
        sink_free(&stream->signed_bytes);
        free(stream->scratch.data);
}

struct bytes raw_submission(struct raw_stream *stream, uint64_t sequence,
                            const struct contract_id *contract, const struct event *events,
                            uint32_t count, const struct node_path *sender)
{
        const struct submission submission = {
                .format = FORMAT_MOST, .hub = hub_id_of(stream->accordd->keys.public.signing),
                .sender = sender ? *sender : stream->node->path, .contract = *contract,
                .stream = stream->stream, .sequence = sequence,
                .made_at = 1735689600000000 + (instant)sequence,
                .events = events, .event_count = count,
        };
        struct signature signature;
        struct bytes body;

        sink_reset(&stream->body);
        sink_reset(&stream->signed_bytes);
        must(wire_write_submission_body(&stream->body, &submission), "a body");
        body = sink_bytes(&stream->body);
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, stream->node->keys.secret.signing,
                        stream->scratch, &signature), "a signature");
        must(wire_write_signed_submission(&stream->signed_bytes, body,
                                          BYTES_OF(signature.octets)), "a submission");
        return sink_bytes(&stream->signed_bytes);
}

static struct bytes copy_of(const struct sink *sink)
{
        uint8_t *copy = malloc(sink->size);

        must_be(copy != NULL, "memory");
        memcpy(copy, sink->data, sink->size);
        return (struct bytes) { copy, sink->size };
}

struct bytes raw_frame(struct bytes signed_submission)
{
        own(sink) struct sink sink = { 0 };

        must(sink_new(&sink, 65536, WIRE_CLIENT_FRAME_MAX), "memory");
        must(wire_write_submission_frame(&sink, signed_submission), "a frame");
        return copy_of(&sink);
}

struct bytes raw_hello(void)
{
        const struct hello hello = { .format = FORMAT_MOST };
        own(sink) struct sink sink = { 0 };

        must(sink_new(&sink, 4096, 4096), "memory");
        must(wire_write_hello(&sink, &hello), "a hello");
        return copy_of(&sink);
}

bool raw_answer(void *socket, int ms, struct arena *arena, struct hub_frame *ret)
{
        static uint8_t frame[WIRE_HUB_FRAME_MAX];
        struct fault fault;
        int size;

        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &ms, sizeof(ms));
        size = zmq_recv(socket, frame, sizeof(frame), 0);
        if (size < 0)
                return false;
        arena_reset(arena);
        must(wire_read_hub_frame((struct bytes) { frame, (size_t)size }, arena, ret, &fault),
             "an answer");
        return true;
}
