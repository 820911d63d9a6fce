/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ZeroMQ socket over CURVE and what its monitor says of the connection. One frame is one message.
 * It connects by itself, and again when the connection is lost or the handshake is refused.
 */
#ifndef ACCORD_CLIENTS_LIB_LINK_H
#define ACCORD_CLIENTS_LIB_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"

struct link;

enum link_kind { LINK_ASK, LINK_LISTEN };       /* DEALER; SUB */

enum link_state {
        LINK_NOBODY,            /* nothing answers at the endpoint yet */
        LINK_SHAKING,           /* somebody is there; the handshake is not over */
        LINK_READY,
        LINK_STRANGER,          /* it does not know our key */
        LINK_OTHER,             /* the handshake failed: it has another key, or is no hub */
};

struct link_options {
        enum link_kind kind;
        const char *endpoint;
        const uint8_t *hub_key, *public_key, *secret_key;       /* CURVE, 32 bytes; must live on */
        const char *topic;      /* LINK_LISTEN: the prefix to subscribe to */
        int64_t frame_most;     /* bytes */
};

/* Returns: 0; -EINVAL when the endpoint is none; -errno. */
int link_open(struct link **ret, const struct link_options *options);
void link_close(struct link *link);             /* NULL is fine */
void link_cleanup(struct link **link);

/* Readable means: look. It stays the same for the life of the link. */
int link_fd(const struct link *link);

/* 0; -EAGAIN when there is no connection to put it on; -errno. */
int link_send(struct link *link, struct bytes frame);

/* 0 with the frame, valid until the next receive; -EAGAIN when there is none; -errno. */
int link_receive(struct link *link, struct bytes *ret);

/*
 * True when a frame waits already. The descriptor is edge-triggered and sending may swallow the
 * edge: to be asked before waiting for it.
 */
bool link_pending(struct link *link);

/* Takes note of what happened to the connection; tries a refused one again after a while. */
void link_look(struct link *link, int64_t now_ms);
enum link_state link_state(const struct link *link);
uint64_t link_times_ready(const struct link *link);     /* handshakes that succeeded */
int64_t link_retry_at(const struct link *link);         /* ms; < 0: nothing to retry */

#endif
