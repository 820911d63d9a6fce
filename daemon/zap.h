/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may connect: the ZAP handler, in the same loop as all else, so it cannot hang alone.
 *
 * Fails closed: whoever is not proved by CURVE to hold a key that hub_knows() gets 400. What it
 * vouches for goes with every message as User-Id: the key in 64 hex digits, which is not yet an
 * authority (hub_take() decides as of each batch), but cannot be forged.
 */
#ifndef ACCORD_DAEMON_ZAP_H
#define ACCORD_DAEMON_ZAP_H

#include <stdint.h>

#include "daemon/bus_watch.h"

struct hub;
struct log;

#define ZAP_DOMAIN_INTAKE "accord.intake"
#define ZAP_DOMAIN_SIGNALS "accord.signals"

struct zap {
        void *socket;
        struct bus_watch watch;
        const struct hub *hub;
        struct log *log;
        uint64_t let_in, refused;
};

/* Before any endpoint is bound. 0; -EADDRINUSE when the context has a handler already; -errno. */
int zap_start(struct zap *zap, void *context, struct event_base *base, const struct hub *hub,
              struct log *log);
/* After all endpoints are closed. Harmless on one that never started. */
void zap_stop(struct zap *zap);

#endif
