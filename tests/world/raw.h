/* SPDX-License-Identifier: Apache-2.0 */
/* Peers that speak to a hub by themselves, without libaccord and without its manners. */
#ifndef ACCORD_TESTS_WORLD_RAW_H
#define ACCORD_TESTS_WORLD_RAW_H

#include "proto/wire.h"
#include "tests/world/node.h"

/* A ZeroMQ context with room for thousands of sockets. */
void *raw_context(void);
/* Connects; @keys NULL: without CURVE. Lingers not, keeps messages until there is a connection. */
void *raw_connect(void *context, int type, const char *endpoint, const uint8_t hub_key[32],
                  const struct keys *keys);

/* "party/PARTY/NODE/". */
void raw_topic(const struct node_path *path, char *ret, size_t size);

/* One node's stream, written and signed here. */
struct raw_stream {
        const struct accordd *accordd;
        const struct node *node;
        struct stream_id stream;
        struct sink body, signed_bytes;
        struct scratch scratch;
};

void raw_stream_open(struct raw_stream *stream, const struct accordd *accordd,
                     const struct node *node);
void raw_stream_close(struct raw_stream *stream);
/*
 * The SignedSubmission under that number; valid until the next. @sender: whom it names, NULL: the
 * node itself.
 */
struct bytes raw_submission(struct raw_stream *stream, uint64_t sequence,
                            const struct contract_id *contract, const struct event *events,
                            uint32_t count, const struct node_path *sender);
/* As a frame for the intake, a copy: the caller's to free(). */
struct bytes raw_frame(struct bytes signed_submission);

/* A hello, as raw_frame(). */
struct bytes raw_hello(void);
/* Waits up to @ms for one answer and decodes it into @arena. False when none came. */
bool raw_answer(void *socket, int ms, struct arena *arena, struct hub_frame *ret);

#endif
