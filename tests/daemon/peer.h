/* SPDX-License-Identifier: Apache-2.0 */
/* The sockets of a hub in one process with those who connect to them, over loopback and CURVE. */
#ifndef ACCORD_TESTS_DAEMON_PEER_H
#define ACCORD_TESTS_DAEMON_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/bus_socket.h"
#include "daemon/log.h"
#include "daemon/zap.h"
#include "tests/daemon/fake_hub.h"

struct event_base;

struct pair {
        uint8_t public[32], secret[32];
};

/*
 * Everything a socket of ours needs; log lines go to a pipe that nobody reads before it is asked.
 */
struct house {
        struct event_base *base;
        void *context;          /* the hub's */
        void *outside;          /* the peers' */
        struct hub hub;
        struct log log;
        struct zap zap;
        struct pair keys;       /* the hub's */
        struct bus_socket_options options;
};

void house_open(struct house *house, bool with_zap);
void house_close(struct house *house);          /* after everything opened in it */

/* Turns the loop until @until says so; false when it did not within @ms. */
bool house_run(struct house *house, int ms, bool (*until)(void *with), void *with);
void house_run_for(struct house *house, int ms);

/* The options of a socket of accordd on a loopback port of the system's choice. */
struct bus_socket_options test_options(const struct pair *keys);

void pair_make(struct pair *ret);

/*
 * A socket of @type that connects; @own NULL: without CURVE at all. Waits for nothing, lingers
 * not.
 */
void *peer_connect(void *context, int type, const char *endpoint, const uint8_t server_key[32],
                   const struct pair *own);

/* -1 when nothing came. */
int peer_receive(void *socket, void *data, size_t size);

#endif
