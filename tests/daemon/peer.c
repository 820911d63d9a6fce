/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/daemon/peer.h"

#include <check.h>
#include <event2/event.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "daemon/clock.h"
#include "proof/seal.h"

void pair_make(struct pair *ret)
{
        seal_keypair(ret->public, ret->secret);
}

struct bus_socket_options test_options(const struct pair *keys)
{
        return (struct bus_socket_options) {
                .endpoint = "tcp://127.0.0.1:*", .secret_key = keys->secret,
                .send_high_water = 1000, .receive_high_water = 1000, .backlog = 64,
                .message_max = 65536, .handshake_ms = 2000, .heartbeat_ms = 1000,
        };
}

void house_open(struct house *house, bool with_zap)
{
        memset(house, 0, sizeof(*house));
        pair_make(&house->keys);
        house->options = test_options(&house->keys);
        house->base = event_base_new();
        ck_assert_int_eq(bus_context_new(&house->context), 0);
        house->outside = zmq_ctx_new();
        log_open(&house->log, LOG_DEBUG, LOG_TARGET_PLAIN);
        house->log.fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (with_zap)
                ck_assert_int_eq(zap_start(&house->zap, house->context, house->base, &house->hub,
                                           &house->log), 0);
}

void house_close(struct house *house)
{
        zap_stop(&house->zap);
        zmq_ctx_term(house->outside);
        bus_context_end(house->context);
        event_base_free(house->base);
        close(house->log.fd);
}

bool house_run(struct house *house, int ms, bool (*until)(void *with), void *with)
{
        int64_t end = clock_steady() + (int64_t)ms * 1000;

        while (clock_steady() < end) {
                event_base_loop(house->base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
                if (until && until(with))
                        return true;
                usleep(1000);
        }
        return false;
}

void house_run_for(struct house *house, int ms)
{
        house_run(house, ms, NULL, NULL);
}

void *peer_connect(void *context, int type, const char *endpoint, const uint8_t server_key[32],
                   const struct pair *own)
{
        void *socket = zmq_socket(context, type);

        ck_assert_ptr_nonnull(socket);
        ck_assert_int_eq(bus_socket_set(socket, ZMQ_LINGER, 0), 0);
        ck_assert_int_eq(bus_socket_set(socket, ZMQ_RECONNECT_IVL, 50), 0);
        if (own) {
                ck_assert_int_eq(zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, 32), 0);
                ck_assert_int_eq(zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, own->public, 32), 0);
                ck_assert_int_eq(zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, own->secret, 32), 0);
        }
        ck_assert_int_eq(zmq_connect(socket, endpoint), 0);
        return socket;
}

int peer_receive(void *socket, void *data, size_t size)
{
        return zmq_recv(socket, data, size, ZMQ_DONTWAIT);
}
