/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/bus_socket.h"

#include <errno.h>
#include <string.h>
#include <zmq.h>

/* Hidden behind ZMQ_BUILD_DRAFT_API in zmq.h and compiled into the library all the same. */
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif

#define LINGER_MS 500

/* Where a passed descriptor listens is its own affair; an address without names asks nobody. */
#define BUS_PASSED "tcp://*:1"

/* What CURVE makes of a frame is longer, and that is what libzmq holds against the limit. */
#define CURVE_OVERHEAD 33

int bus_context_new(void **ret)
{
        void *context = zmq_ctx_new();

        if (!context)
                return -ENOMEM;
        zmq_ctx_set(context, ZMQ_IO_THREADS, 1);
        *ret = context;
        return 0;
}

void bus_context_end(void *context)
{
        if (!context)
                return;
        while (zmq_ctx_term(context) < 0 && errno == EINTR)
                ;
}

int bus_socket_set(void *socket, int option, int value)
{
        return zmq_setsockopt(socket, option, &value, sizeof(value)) < 0 ? -errno : 0;
}

/* Nobody else can bind where somebody is bound: asking for the place is how to know. */
bool bus_zap_listens(void *context)
{
        void *socket = zmq_socket(context, ZMQ_REP);
        bool taken;

        if (!socket)
                return false;
        taken = zmq_bind(socket, BUS_ZAP_ADDRESS) < 0 && errno == EADDRINUSE;
        if (!taken)
                zmq_unbind(socket, BUS_ZAP_ADDRESS);    /* closing gives the place up only later */
        zmq_close(socket);
        return taken;
}

static int set_bounds(void *socket, const struct bus_socket_options *options)
{
        const struct {
                int option, value;
        } numbers[] = {
                { ZMQ_LINGER, LINGER_MS },
                { ZMQ_SNDHWM, options->send_high_water },
                { ZMQ_RCVHWM, options->receive_high_water },
                { ZMQ_BACKLOG, options->backlog },
                { ZMQ_HANDSHAKE_IVL, options->handshake_ms },
                { ZMQ_HEARTBEAT_IVL, options->heartbeat_ms },
                { ZMQ_HEARTBEAT_TIMEOUT, options->heartbeat_ms * 3 },
                { ZMQ_HEARTBEAT_TTL, options->heartbeat_ms * 3 },
                { ZMQ_TCP_KEEPALIVE, 1 },
                { ZMQ_IPV6, strncmp(options->endpoint, "tcp://[", 7) == 0 },
        };
        const int64_t message_max = options->message_max + CURVE_OVERHEAD;
        int r;

        for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
                r = bus_socket_set(socket, numbers[i].option, numbers[i].value);
                if (r)
                        return r;
        }
        r = zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &message_max, sizeof(message_max));
        return r < 0 ? -errno : 0;
}

/* Without the enforced domain libzmq admits everybody when nobody answers for ZAP. */
static int set_curve(void *socket, const struct bus_socket_options *options)
{
        int enforced = 0, server = 0, r;
        size_t size = sizeof(int);

        r = bus_socket_set(socket, ZMQ_CURVE_SERVER, 1);
        if (r)
                return r;
        if (zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, options->secret_key, 32) < 0 ||
            zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, options->domain, strlen(options->domain)) < 0)
                return -errno;
        r = bus_socket_set(socket, ZMQ_ZAP_ENFORCE_DOMAIN, 1);
        if (r || zmq_getsockopt(socket, ZMQ_ZAP_ENFORCE_DOMAIN, &enforced, &size) < 0 ||
            enforced != 1)
                return -ENOTSUP;
        if (zmq_getsockopt(socket, ZMQ_CURVE_SERVER, &server, &size) < 0 || server != 1)
                return -ENOTSUP;
        return 0;
}

int bus_socket_bind(void **ret, void *context, const struct bus_socket_options *options,
                    char ret_endpoint[BUS_ENDPOINT_MAX])
{
        size_t size = BUS_ENDPOINT_MAX;
        void *socket;
        int r;

        if (!bus_zap_listens(context))
                return -ENOTCONN;
        socket = zmq_socket(context, options->type);
        if (!socket)
                return -errno;
        r = set_bounds(socket, options);
        if (!r)
                r = bus_socket_set(socket, options->switched_on, 1);
        if (!r)
                r = set_curve(socket, options);
        if (!r && options->passed > 0)
                r = bus_socket_set(socket, ZMQ_USE_FD, options->passed);
        if (!r && zmq_bind(socket, options->passed > 0 ? BUS_PASSED : options->endpoint) < 0)
                r = -errno;
        if (!r && zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, ret_endpoint, &size) < 0)
                r = -errno;
        if (r) {
                zmq_close(socket);
                return r;
        }
        *ret = socket;
        return 0;
}

void bus_socket_close(void *socket)
{
        if (socket)
                zmq_close(socket);
}
