/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "daemon/bus.h"
#include "tests/daemon/peer.h"
#include "tests/daemon/run.h"

static struct house house;
static struct bus *bus;
static struct pair own, second;
static int looks, frames, dropped;
static int budget;              /* frames a look may take */
static bool echo;

static void look(void *with)
{
        struct bus_frame frame;
        int r = 0;

        (void)with;
        looks++;
        if (budget == 0)
                return;         /* the test itself receives */
        bus_begin(bus);
        for (int i = 0; i < budget && r != -EAGAIN; i++) {
                r = bus_receive(bus, &frame);
                frames += r == 0;
                dropped += r == -EBADMSG;
                if (r == 0 && echo)
                        bus_send(bus, frame.session, frame.bytes);
        }
}

static void open_house(void)
{
        house_open(&house, true);
        looks = frames = dropped = 0;
        budget = 64;
        echo = true;
        pair_make(&own);
        pair_make(&second);
        fake_hub_add(&house.hub, own.public, "acme/one");
        fake_hub_add(&house.hub, second.public, "acme/two");
        ck_assert_int_eq(bus_open(&bus, house.context, house.base, &house.options, &house.log,
                                  look, NULL), 0);
}

static void close_house(void)
{
        bus_close(bus);
        house_close(&house);
}

static void *dealer(const struct pair *pair)
{
        return peer_connect(house.outside, ZMQ_DEALER, bus_endpoint(bus), house.keys.public, pair);
}

static bool enough(void *wanted)
{
        return frames + dropped >= *(int *)wanted;
}

static void await_frames(int wanted)
{
        ck_assert_msg(house_run(&house, 5000, enough, &wanted), "%d frames and %d dropped of %d",
                      frames, dropped, wanted);
}

START_TEST(an_answer_goes_to_who_asked)
{
        void *peers[] = { dealer(&own), dealer(&second) };
        char data[8];

        zmq_send(peers[0], "one", 3, 0);
        zmq_send(peers[1], "two", 3, 0);
        await_frames(2);
        house_run_for(&house, 100);
        ck_assert_int_eq(peer_receive(peers[0], data, sizeof(data)), 3);
        ck_assert_int_eq(memcmp(data, "one", 3), 0);
        ck_assert_int_eq(peer_receive(peers[1], data, sizeof(data)), 3);
        ck_assert_int_eq(memcmp(data, "two", 3), 0);
        ck_assert_int_eq(peer_receive(peers[0], data, sizeof(data)), -1);
        zmq_close(peers[0]);
        zmq_close(peers[1]);
}
END_TEST

START_TEST(a_frame_comes_with_the_key_that_sent_it)
{
        void *peer = dealer(&second);

        budget = 0;
        zmq_send(peer, "x", 1, 0);
        for (int i = 0; i < 2000; i++) {
                struct bus_frame frame;

                house_run_for(&house, 2);
                bus_begin(bus);
                if (bus_receive(bus, &frame) == 0) {
                        ck_assert_int_eq(memcmp(frame.key, second.public, 32), 0);
                        ck_assert_int_eq(memcmp(bus_key(bus, frame.session), second.public, 32), 0);
                        zmq_close(peer);
                        return;
                }
        }
        ck_abort_msg("the frame did not come");
}
END_TEST

START_TEST(a_message_of_several_frames_is_dropped_and_the_next_one_heard)
{
        void *peer = dealer(&own);

        zmq_send(peer, "a", 1, ZMQ_SNDMORE);
        zmq_send(peer, "b", 1, 0);
        for (int i = 0; i < 500; i++)
                zmq_send(peer, "c", 1, ZMQ_SNDMORE);
        zmq_send(peer, "d", 1, 0);
        zmq_send(peer, "", 0, ZMQ_SNDMORE);
        zmq_send(peer, "envelope", 8, 0);
        zmq_send(peer, "good", 4, 0);
        await_frames(4);
        ck_assert_int_eq(frames, 1);
        ck_assert_int_eq(dropped, 3);
        ck_assert_uint_eq(bus_figures(bus).dropped_parts, 3);
        zmq_close(peer);
}
END_TEST

START_TEST(a_frame_too_large_ends_its_connection_and_no_other)
{
        void *peers[] = { dealer(&own), dealer(&second) };
        char *large = calloc(1, 65537);

        zmq_send(peers[0], large, 65537, 0);
        zmq_send(peers[1], large, 65536, 0);
        await_frames(1);
        house_run_for(&house, 300);
        ck_assert_int_eq(frames, 1);
        ck_assert_int_eq(dropped, 0);
        free(large);
        zmq_close(peers[0]);
        zmq_close(peers[1]);
}
END_TEST

/* With a name of its own choice a peer could take over the way back to another. */
START_TEST(a_connection_that_names_itself_is_not_heard)
{
        void *peer = zmq_socket(house.outside, ZMQ_DEALER);

        bus_socket_set(peer, ZMQ_LINGER, 0);
        zmq_setsockopt(peer, ZMQ_ROUTING_ID, "named", 5);
        zmq_setsockopt(peer, ZMQ_CURVE_SERVERKEY, house.keys.public, 32);
        zmq_setsockopt(peer, ZMQ_CURVE_PUBLICKEY, own.public, 32);
        zmq_setsockopt(peer, ZMQ_CURVE_SECRETKEY, own.secret, 32);
        ck_assert_int_eq(zmq_connect(peer, bus_endpoint(bus)), 0);
        zmq_send(peer, "x", 1, 0);
        await_frames(1);
        ck_assert_int_eq(dropped, 1);
        zmq_close(peer);
}
END_TEST

START_TEST(an_answer_to_who_has_left_is_dropped_and_counted)
{
        void *peer = dealer(&own);
        struct bus_frame frame = { .session = 0 };

        budget = 0;
        zmq_send(peer, "x", 1, 0);
        for (int i = 0; i < 500; i++) {
                house_run_for(&house, 5);
                bus_begin(bus);
                if (bus_receive(bus, &frame) == 0)
                        break;
        }
        zmq_close(peer);
        house_run_for(&house, 200);
        ck_assert_int_eq(bus_send(bus, frame.session, (struct bytes) { "y", 1 }), -EHOSTUNREACH);
        ck_assert_uint_eq(bus_figures(bus).dropped_gone, 1);
}
END_TEST

/* The answers pile up at a peer that takes none; the hub does not wait for it. */
START_TEST(an_answer_to_who_takes_none_is_dropped_and_counted)
{
        char *large = calloc(1, 60000);
        void *peer = zmq_socket(house.outside, ZMQ_DEALER);
        struct bus_frame frame = { .session = 0 };
        int r = 0;

        bus_socket_set(peer, ZMQ_LINGER, 0);
        bus_socket_set(peer, ZMQ_RCVHWM, 1);
        bus_socket_set(peer, ZMQ_RCVBUF, 4096);
        zmq_setsockopt(peer, ZMQ_CURVE_SERVERKEY, house.keys.public, 32);
        zmq_setsockopt(peer, ZMQ_CURVE_PUBLICKEY, own.public, 32);
        zmq_setsockopt(peer, ZMQ_CURVE_SECRETKEY, own.secret, 32);
        ck_assert_int_eq(zmq_connect(peer, bus_endpoint(bus)), 0);
        budget = 0;
        zmq_send(peer, "x", 1, 0);
        for (int i = 0; i < 500; i++) {
                house_run_for(&house, 5);
                bus_begin(bus);
                if (bus_receive(bus, &frame) == 0)
                        break;
        }
        for (int i = 0; i < 5000 && r == 0; i++)
                r = bus_send(bus, frame.session, (struct bytes) { large, 60000 });
        ck_assert_int_eq(r, -EAGAIN);
        ck_assert_uint_eq(bus_figures(bus).dropped_full, 1);
        free(large);
        zmq_close(peer);
}
END_TEST

/* More than a look takes at once, sent in one go, with answers between: nothing may lie there. */
START_TEST(nothing_is_left_lying_whatever_a_look_takes)
{
        static const int budgets[] = { 1, 2, 7, 64, 10000 };
        void *peer = dealer(&own);

        budget = budgets[_i];
        for (int round = 1; round <= 20; round++) {
                for (int i = 0; i < 50; i++)
                        zmq_send(peer, "x", 1, 0);
                await_frames(50 * round);
        }
        ck_assert_uint_eq(bus_finds(bus), 0);
        ck_assert_uint_eq(bus_figures(bus).answers, 1000);
        zmq_close(peer);
}
END_TEST

START_TEST(a_batch_has_an_end)
{
        void *peer = dealer(&own);
        struct bus_frame frame;
        int r = -EAGAIN;

        bus_socket_set(peer, ZMQ_SNDHWM, 0);
        budget = 0;
        bus_begin(bus);
        for (int i = 0; i < BUS_HELD_MAX + 10; i++)
                zmq_send(peer, "x", 1, 0);
        for (int i = 0; i < 10000 && r != -ENOBUFS; i++) {
                r = bus_receive(bus, &frame);
                frames += r == 0;
                if (r == -EAGAIN)
                        house_run_for(&house, 2);
        }
        ck_assert_int_eq(r, -ENOBUFS);
        ck_assert_int_eq(frames, BUS_HELD_MAX);
        bus_begin(bus);
        ck_assert_int_eq(bus_receive(bus, &frame), 0);
        zmq_close(peer);
}
END_TEST

START_TEST(a_port_of_the_systems_choice_is_told)
{
        ck_assert_int_eq(strncmp(bus_endpoint(bus), "tcp://127.0.0.1:", 16), 0);
        ck_assert_int_gt((int)strtol(bus_endpoint(bus) + 16, NULL, 10), 0);
}
END_TEST

START_TEST(an_endpoint_that_is_taken_is_not_bound)
{
        struct bus_socket_options options = house.options;
        struct bus *other = NULL;

        options.endpoint = bus_endpoint(bus);
        ck_assert_int_eq(bus_open(&other, house.context, house.base, &options, &house.log, look,
                                  NULL), -EADDRINUSE);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("bus");

        tcase_add_checked_fixture(tests, open_house, close_house);
        tcase_add_test(tests, an_answer_goes_to_who_asked);
        tcase_add_test(tests, a_frame_comes_with_the_key_that_sent_it);
        tcase_add_test(tests, a_message_of_several_frames_is_dropped_and_the_next_one_heard);
        tcase_add_test(tests, a_frame_too_large_ends_its_connection_and_no_other);
        tcase_add_test(tests, a_connection_that_names_itself_is_not_heard);
        tcase_add_test(tests, an_answer_to_who_has_left_is_dropped_and_counted);
        tcase_add_test(tests, an_answer_to_who_takes_none_is_dropped_and_counted);
        tcase_add_loop_test(tests, nothing_is_left_lying_whatever_a_look_takes, 0, 5);
        tcase_add_test(tests, a_batch_has_an_end);
        tcase_add_test(tests, a_port_of_the_systems_choice_is_told);
        tcase_add_test(tests, an_endpoint_that_is_taken_is_not_bound);
        return run_case(tests, "bus", 30);
}
