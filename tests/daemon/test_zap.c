/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>
#include <zmq.h>

#include "daemon/bus.h"
#include "daemon/publish.h"
#include "tests/daemon/peer.h"
#include "tests/daemon/run.h"

static struct house house;
static struct bus *bus;
static int looks;

static void look(void *with)
{
        struct bus_frame frame;

        (void)with;
        bus_begin(bus);
        while (bus_receive(bus, &frame) == 0)
                looks++;
}

static void open_house(void)
{
        house_open(&house, true);
        looks = 0;
        ck_assert_int_eq(bus_open(&bus, house.context, house.base, &house.options, &house.log,
                                  look, NULL), 0);
}

static void close_house(void)
{
        bus_close(bus);
        house_close(&house);
}

static bool heard(void *with)
{
        (void)with;
        return looks > 0;
}

static bool judged(void *with)
{
        (void)with;
        return house.zap.let_in + house.zap.refused > 0;
}

START_TEST(a_known_key_is_let_in)
{
        struct pair own;
        void *peer;

        pair_make(&own);
        fake_hub_add(&house.hub, own.public, "acme/one");
        peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), house.keys.public, &own);
        zmq_send(peer, "x", 1, 0);
        ck_assert(house_run(&house, 3000, heard, NULL));
        ck_assert_uint_eq(house.zap.let_in, 1);
        zmq_close(peer);
}
END_TEST

START_TEST(an_unknown_key_is_refused)
{
        struct pair own;
        void *peer;

        pair_make(&own);
        peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), house.keys.public, &own);
        zmq_send(peer, "x", 1, 0);
        ck_assert(house_run(&house, 3000, judged, NULL));
        house_run_for(&house, 300);
        ck_assert_uint_eq(house.zap.let_in, 0);
        ck_assert_int_eq(looks, 0);
        ck_assert_uint_ge(bus_monitor_of(bus)->handshakes_failed, 1);
        zmq_close(peer);
}
END_TEST

START_TEST(a_revoked_key_is_refused)
{
        struct pair own;
        void *peer;

        pair_make(&own);
        house.hub.nodes[fake_hub_add(&house.hub, own.public, "acme/one")].revoked = true;
        peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), house.keys.public, &own);
        zmq_send(peer, "x", 1, 0);
        ck_assert(house_run(&house, 3000, judged, NULL));
        ck_assert_uint_eq(house.zap.let_in, 0);
        zmq_close(peer);
}
END_TEST

/* It never comes to the handler: our socket does not speak its mechanism. */
START_TEST(a_peer_without_curve_is_refused)
{
        void *peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), NULL, NULL);

        zmq_send(peer, "x", 1, ZMQ_DONTWAIT);
        house_run_for(&house, 500);
        ck_assert_int_eq(looks, 0);
        ck_assert_uint_eq(house.zap.let_in, 0);
        ck_assert_uint_ge(bus_monitor_of(bus)->handshakes_failed, 1);
        zmq_close(peer);
}
END_TEST

START_TEST(a_peer_with_a_user_name_and_password_is_refused)
{
        void *peer = zmq_socket(house.outside, ZMQ_DEALER);

        bus_socket_set(peer, ZMQ_LINGER, 0);
        zmq_setsockopt(peer, ZMQ_PLAIN_USERNAME, "admin", 5);
        zmq_setsockopt(peer, ZMQ_PLAIN_PASSWORD, "secret", 6);
        ck_assert_int_eq(zmq_connect(peer, bus_endpoint(bus)), 0);
        zmq_send(peer, "x", 1, ZMQ_DONTWAIT);
        house_run_for(&house, 500);
        ck_assert_int_eq(looks, 0);
        ck_assert_uint_eq(house.zap.let_in, 0);
        zmq_close(peer);
}
END_TEST

START_TEST(a_peer_that_believes_another_hub_key_is_refused)
{
        struct pair own, other;
        void *peer;

        pair_make(&own);
        pair_make(&other);
        fake_hub_add(&house.hub, own.public, "acme/one");
        peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), other.public, &own);
        zmq_send(peer, "x", 1, ZMQ_DONTWAIT);
        house_run_for(&house, 500);
        ck_assert_int_eq(looks, 0);
        zmq_close(peer);
}
END_TEST

/*
 * What speaks to the handler directly: a request of libzmq with one part changed. In one context
 * anybody may, so the handler trusts no request more than it says.
 */
static const struct {
        const char *says, *version, *domain, *mechanism;
        size_t key_size, extra;
        const char *status;
} requests[] = {
        { "as it should be", "1.0", ZAP_DOMAIN_INTAKE, "CURVE", 32, 0, "200" },
        { "the other domain", "1.0", ZAP_DOMAIN_SIGNALS, "CURVE", 32, 0, "200" },
        { "another version", "2.0", ZAP_DOMAIN_INTAKE, "CURVE", 32, 0, "400" },
        { "no domain", "1.0", "", "CURVE", 32, 0, "400" },
        { "a domain that is not ours", "1.0", "global", "CURVE", 32, 0, "400" },
        { "NULL for a mechanism", "1.0", ZAP_DOMAIN_INTAKE, "NULL", 0, 0, "400" },
        { "NULL with a key", "1.0", ZAP_DOMAIN_INTAKE, "NULL", 32, 0, "400" },
        { "PLAIN with a key", "1.0", ZAP_DOMAIN_INTAKE, "PLAIN", 32, 0, "400" },
        { "a key cut short", "1.0", ZAP_DOMAIN_INTAKE, "CURVE", 31, 0, "400" },
        { "no key", "1.0", ZAP_DOMAIN_INTAKE, "CURVE", 0, 0, "400" },
        { "a part too many", "1.0", ZAP_DOMAIN_INTAKE, "CURVE", 32, 1, "400" },
        { "a part too large", "1.0", ZAP_DOMAIN_INTAKE, "CURVE", 32, 4000, "400" },
};

static bool answered(void *socket)
{
        int events = 0;
        size_t size = sizeof(events);

        zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size);
        return events & ZMQ_POLLIN;
}

START_TEST(a_request_is_judged_by_every_part_of_it)
{
        static const char extra[4000];
        void *asker = zmq_socket(house.context, ZMQ_REQ);
        char part[256];
        struct pair own;

        pair_make(&own);
        fake_hub_add(&house.hub, own.public, "acme/one");
        bus_socket_set(asker, ZMQ_LINGER, 0);
        ck_assert_int_eq(zmq_connect(asker, BUS_ZAP_ADDRESS), 0);
        zmq_send(asker, requests[_i].version, strlen(requests[_i].version), ZMQ_SNDMORE);
        zmq_send(asker, "7", 1, ZMQ_SNDMORE);
        zmq_send(asker, requests[_i].domain, strlen(requests[_i].domain), ZMQ_SNDMORE);
        zmq_send(asker, "127.0.0.1", 9, ZMQ_SNDMORE);
        zmq_send(asker, "", 0, ZMQ_SNDMORE);
        zmq_send(asker, requests[_i].mechanism, strlen(requests[_i].mechanism), ZMQ_SNDMORE);
        zmq_send(asker, own.public, requests[_i].key_size, requests[_i].extra ? ZMQ_SNDMORE : 0);
        if (requests[_i].extra)
                zmq_send(asker, extra, requests[_i].extra, 0);
        ck_assert(house_run(&house, 2000, answered, asker));
        ck_assert_int_eq(zmq_recv(asker, part, sizeof(part), 0), 3);    /* version */
        ck_assert_int_eq(zmq_recv(asker, part, sizeof(part), 0), 1);    /* request */
        ck_assert_int_eq(*part, '7');
        ck_assert_int_eq(zmq_recv(asker, part, sizeof(part), 0), 3);    /* status */
        ck_assert_msg(memcmp(part, requests[_i].status, 3) == 0, "%s", requests[_i].says);
        zmq_recv(asker, part, sizeof(part), 0);                         /* text */
        ck_assert_int_eq(zmq_recv(asker, part, sizeof(part), 0),        /* user */
                         *requests[_i].status == '2' ? BUS_KEY_TEXT : 0);
        zmq_close(asker);
}
END_TEST

START_TEST(a_handler_takes_no_place_that_is_taken)
{
        struct zap second;

        ck_assert_int_eq(zap_start(&second, house.context, house.base, &house.hub, &house.log),
                         -EADDRINUSE);
}
END_TEST

START_TEST(without_a_handler_no_endpoint_is_bound)
{
        struct house bare;
        struct bus *second = NULL;
        struct publish *publish = NULL;

        house_open(&bare, false);
        ck_assert(!bus_zap_listens(bare.context));
        ck_assert_int_eq(bus_open(&second, bare.context, bare.base, &bare.options, &bare.log, look,
                                  NULL), -ENOTCONN);
        ck_assert_int_eq(publish_open(&publish, bare.context, bare.base, &bare.options, &bare.hub,
                                      &bare.log), -ENOTCONN);
        ck_assert_ptr_null(second);
        ck_assert_ptr_null(publish);
        house_close(&bare);
}
END_TEST

/* The option that no header shows: with it, a handler that has gone lets nobody in. */
START_TEST(with_the_handler_gone_nobody_is_let_in)
{
        struct pair own;
        void *peer;

        pair_make(&own);
        fake_hub_add(&house.hub, own.public, "acme/one");
        zap_stop(&house.zap);
        peer = peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), house.keys.public, &own);
        zmq_send(peer, "x", 1, ZMQ_DONTWAIT);
        house_run_for(&house, 700);
        ck_assert_int_eq(looks, 0);
        zmq_close(peer);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("zap");

        tcase_add_checked_fixture(tests, open_house, close_house);
        tcase_add_test(tests, a_known_key_is_let_in);
        tcase_add_test(tests, an_unknown_key_is_refused);
        tcase_add_test(tests, a_revoked_key_is_refused);
        tcase_add_test(tests, a_peer_without_curve_is_refused);
        tcase_add_test(tests, a_peer_with_a_user_name_and_password_is_refused);
        tcase_add_test(tests, a_peer_that_believes_another_hub_key_is_refused);
        tcase_add_loop_test(tests, a_request_is_judged_by_every_part_of_it, 0, COUNT_OF(requests));
        tcase_add_test(tests, a_handler_takes_no_place_that_is_taken);
        tcase_add_test(tests, without_a_handler_no_endpoint_is_bound);
        tcase_add_test(tests, with_the_handler_gone_nobody_is_let_in);
        return run_case(tests, "zap", 20);
}
