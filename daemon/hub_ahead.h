/* SPDX-License-Identifier: Apache-2.0 */
/* Frames looked at before they are taken: a part of daemon/hub.h. */
#ifndef ACCORD_DAEMON_HUB_AHEAD_H
#define ACCORD_DAEMON_HUB_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bytes.h"
#include "proof/sign.h"

struct hub;

/*
 * What may be known of a frame before it is taken: that its signature is, or is not, one by this
 * key. Checking is pure and may be done in another thread; hub_take_ahead() believes it only when
 * the key is still the node's.
 */
struct hub_ahead {
        bool checked;                   /* it is a submission, and was looked at */
        bool good;
        const void *signature;          /* where in the frame */
        struct bytes body;
        uint8_t signing_key[32];
};

/* The key by which a node signs now; false when there is no such node. */
bool hub_signing_key(const struct hub *hub, const uint8_t transport_key[32], uint8_t ret[32]);
void hub_check_ahead(struct bytes frame, const uint8_t signing_key[32], struct scratch scratch,
                     struct hub_ahead *ret);
/* As hub_take(). @ahead may be NULL. */
int hub_take_ahead(struct hub *hub, const uint8_t transport_key[32], struct bytes frame,
                   uint64_t session, const struct hub_ahead *ahead);

#endif
