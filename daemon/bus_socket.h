/* SPDX-License-Identifier: Apache-2.0 */
/* A ZeroMQ socket as accordd wants it: CURVE, fail closed, bounded in every direction it can be. */
#ifndef ACCORD_DAEMON_BUS_SOCKET_H
#define ACCORD_DAEMON_BUS_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUS_ENDPOINT_MAX 256
#define BUS_KEY_TEXT 64         /* a CURVE key in hex: what User-Id is on our sockets */
#define BUS_ZAP_ADDRESS "inproc://zeromq.zap.01"

struct bus_socket_options {
        int type;                       /* ZMQ_ROUTER, ZMQ_XPUB */
        int switched_on; /* an option of that type to be 1 before anybody can connect */
        const char *endpoint;           /* tcp://ADDRESS:PORT, port * for any */
        int passed;                     /* a descriptor that listens already; 0: none */
        const char *domain;             /* of ZAP */
        const uint8_t *secret_key;      /* CURVE, 32 bytes */
        int send_high_water, receive_high_water, backlog;
        int64_t message_max;            /* bytes of a frame */
        int handshake_ms, heartbeat_ms;
};

/*
 * One I/O thread. 0 or -errno. The context ends when its last socket has: bus_context_end() waits
 * for that.
 */
int bus_context_new(void **ret);
void bus_context_end(void *context);

/*
 * bus_socket_bind() - make a socket, set everything, bind it
 * @ret_endpoint: where it listens, with the port the system chose
 *
 * Returns: 0; -ENOTCONN when no ZAP handler listens in the context, for libzmq would
 * let every key in; -ENOTSUP when libzmq does not hold to it; -errno of zmq_bind(3).
 */
int bus_socket_bind(void **ret, void *context, const struct bus_socket_options *options,
                    char ret_endpoint[BUS_ENDPOINT_MAX]);
void bus_socket_close(void *socket);

/* True while something is bound to the address of ZAP handlers. */
bool bus_zap_listens(void *context);

int bus_socket_set(void *socket, int option, int value);       /* 0 or -errno */

#endif
