/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/control.h"
#include "daemon/staff.h"
#include "proto/limits.h"
#include "proto/wire.h"
#include "tests/daemon/peer.h"
#include "tests/daemon/run.h"

static struct house house;
static struct control *control;
static char directory[] = "/tmp/accord-control-XXXXXX";
static char path[64];
static struct config_ids operators, groups, auditors, auditor_groups;
static struct control_options options;
static int readies;

static void ready(void *with)
{
        (void)with;
        readies++;
}

static void open_house(void)
{
        house_open(&house, true);
        ck_assert_ptr_nonnull(mkdtemp(directory));
        ck_assert_int_eq(chmod(directory, 0755), 0);
        snprintf(path, sizeof(path), "%s/control.sock", directory);
        readies = 0;
        options = (struct control_options) {
                .path = path, .operators = &operators, .groups = &groups,
                .auditors = &auditors, .auditor_groups = &auditor_groups, .clients = 3,
                .timeout = 300000,
        };
        ck_assert_int_eq(control_open(&control, house.base, &options, &house.log, ready, NULL), 0);
}

static void close_house(void)
{
        control_close(control);
        ck_assert_int_eq(access(path, F_OK), -1);
        rmdir(directory);
        memcpy(directory + strlen(directory) - 6, "XXXXXX", 6);
        house_close(&house);
}

static int dial(void)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);

        memcpy(address.sun_path, path, strlen(path));
        ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        return fd;
}

static void send_head(int fd, uint32_t size)
{
        uint32_t head = htonl(size);

        ck_assert_int_eq(send(fd, &head, 4, MSG_NOSIGNAL), 4);
}

static void ask(int fd, const char *text)
{
        send_head(fd, (uint32_t)strlen(text));
        ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* What came back: its size; 0 at the end; -1 for nothing yet. */
static ssize_t hear(int fd, void *data, size_t size)
{
        uint32_t head = 0;

        if (recv(fd, &head, 4, MSG_DONTWAIT) != 4)
                return errno == EAGAIN && head == 0 ? -1 : 0;
        ck_assert_uint_le(ntohl(head), size);
        return recv(fd, data, ntohl(head), MSG_DONTWAIT | MSG_WAITALL);
}

static bool is_ready(void *wanted)
{
        return readies >= *(int *)wanted;
}

static void await_ready(int wanted)
{
        ck_assert(house_run(&house, 2000, is_ready, &wanted));
}

static bool is_over(void *fd)
{
        char octet;

        return recv(*(int *)fd, &octet, 1, MSG_DONTWAIT | MSG_PEEK) == 0 ||
               (errno != EAGAIN && errno != EWOULDBLOCK);
}

START_TEST(a_request_is_heard_with_the_uid_of_who_asks_and_is_answered)
{
        struct control_ask asked;
        int fd = dial();
        char data[16];

        for (int round = 1; round <= 3; round++) {
                ask(fd, "request");
                await_ready(round);
                ck_assert(control_next(control, 0, &asked));
                ck_assert_uint_eq(asked.operator_uid, getuid());
                ck_assert_uint_ge(asked.session, CONTROL_SESSION);
                ck_assert(bytes_equal(asked.request, (struct bytes) { "request", 7 }));
                control_answer(control, asked.session, (struct bytes) { "answer", 6 });
                ck_assert(!control_next(control, 0, &asked));
                house_run_for(&house, 10);
                ck_assert_int_eq(hear(fd, data, sizeof(data)), 6);
                ck_assert_int_eq(memcmp(data, "answer", 6), 0);
        }
        close(fd);
}
END_TEST

START_TEST(requests_of_several_are_met_in_turn)
{
        struct control_ask asked = { .session = 0 };
        int fds[] = { dial(), dial(), dial() };
        int met = 0;

        for (int i = 0; i < 3; i++)
                ask(fds[i], "x");
        await_ready(3);
        while (control_next(control, asked.session, &asked))
                met++;
        ck_assert_int_eq(met, 3);
        for (int i = 0; i < 3; i++)
                close(fds[i]);
}
END_TEST

START_TEST(a_request_may_come_in_pieces)
{
        struct control_ask asked;
        int fd = dial();

        for (const char *at = "\0\0\0\3abc", *end = at + 7; at < end; at++) {
                ck_assert_int_eq(send(fd, at, 1, MSG_NOSIGNAL), 1);
                house_run_for(&house, 5);
        }
        ck_assert(control_next(control, 0, &asked));
        ck_assert(bytes_equal(asked.request, (struct bytes) { "abc", 3 }));
        close(fd);
}
END_TEST

static const uint32_t no_sizes[] = { 0, WIRE_CONTROL_MAX + 1, UINT32_MAX };

START_TEST(a_size_out_of_bounds_ends_the_connection)
{
        int fd = dial();

        send_head(fd, no_sizes[_i]);
        ck_assert(house_run(&house, 1000, is_over, &fd));
        ck_assert_int_eq(readies, 0);
        close(fd);
}
END_TEST

START_TEST(who_is_silent_or_slow_is_let_go)
{
        int silent = dial(), slow = dial();

        send_head(slow, 100);
        ck_assert(house_run(&house, 2000, is_over, &silent));
        ck_assert(house_run(&house, 2000, is_over, &slow));
        close(silent);
        close(slow);
}
END_TEST

START_TEST(who_comes_when_all_places_are_taken_waits_for_one)
{
        int fds[] = { dial(), dial(), dial() };
        int fourth = dial();

        house_run_for(&house, 20);
        ask(fourth, "x");
        house_run_for(&house, 50);
        ck_assert_int_eq(readies, 0);
        close(fds[1]);
        await_ready(1);
        close(fds[0]);
        close(fds[2]);
        close(fourth);
}
END_TEST

START_TEST(who_leaves_before_the_answer_harms_nobody)
{
        struct control_ask asked;
        int fd = dial();

        ask(fd, "x");
        await_ready(1);
        close(fd);
        house_run_for(&house, 20);
        ck_assert(control_next(control, 0, &asked));
        control_answer(control, asked.session, (struct bytes) { "answer", 6 });
        house_run_for(&house, 20);
        fd = dial();
        ask(fd, "y");
        await_ready(2);
        close(fd);
}
END_TEST

START_TEST(an_answer_larger_than_the_kernel_holds_arrives_whole)
{
        static char large[2000000], got[2000004];
        struct control_ask asked;
        size_t done = 0;
        int fd = dial();

        memset(large, 'x', sizeof(large));
        ask(fd, "x");
        await_ready(1);
        ck_assert(control_next(control, 0, &asked));
        control_answer(control, asked.session, BYTES_OF(large));
        for (int i = 0; i < 2000 && done < sizeof(got); i++) {
                ssize_t r = recv(fd, got + done, sizeof(got) - done, MSG_DONTWAIT);

                done += r > 0 ? (size_t)r : 0;
                house_run_for(&house, 1);
        }
        ck_assert_uint_eq(done, sizeof(got));
        ck_assert_int_eq(memcmp(got + 4, large, sizeof(large)), 0);
        close(fd);
}
END_TEST

/* As another user, in a process of its own: 0 when it was told NOT_PERMITTED and let go. */
static int ask_as(uid_t uid, gid_t gid)
{
        uint8_t memory[4096], data[256];
        struct arena arena = { memory, sizeof(memory), 0 };
        struct control_answer answer;
        struct fault fault;
        uint32_t head = 0;
        int fd;

        if (setgid(gid) < 0 || setuid(uid) < 0)
                return 77;
        fd = dial();
        if (recv(fd, &head, 4, MSG_WAITALL) != 4 || ntohl(head) > sizeof(data) ||
            recv(fd, data, ntohl(head), MSG_WAITALL) != (ssize_t)ntohl(head) ||
            wire_read_control_answer((struct bytes) { data, ntohl(head) }, &arena, &answer, &fault))
                return 2;
        return answer.code == REFUSAL_NOT_PERMITTED && recv(fd, data, 1, 0) == 0 ? 0 : 3;
}

START_TEST(another_user_is_told_so_and_let_go)
{
        const struct passwd *nobody = getpwnam("daemon");
        int status = 0;
        pid_t child;

        if (getuid() != 0 || !nobody)
                return;         /* only root can be somebody else */
        child = fork();
        if (child == 0)
                _exit(ask_as(nobody->pw_uid, nobody->pw_gid));
        for (int i = 0; i < 500 && waitpid(child, &status, WNOHANG) == 0; i++)
                house_run_for(&house, 5);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), 0);
        ck_assert_uint_eq(control_figures(control).refused, 1);
        ck_assert_int_eq(readies, 0);
}
END_TEST

#define OPERATOR STAFF_BIT(STAFF_OPERATOR)
#define AUDITOR STAFF_BIT(STAFF_AUDITOR)

static const struct {
        const char *says;
        uid_t uid;
        gid_t group, other_group;
        unsigned int rights;
} peers[] = {
        { "root operates, and reads nothing", 0, 0, 0, OPERATOR },
        { "a user who is named operator", 4711, 100, 100, OPERATOR },
        { "a user who is not named", 4712, 100, 100, 0 },
        { "a member of a group that is named", 4712, 200, 100, OPERATOR },
        { "a member of it among other groups", 4712, 100, 200, OPERATOR },
        { "a user who is named auditor reads, and operates nothing", 4713, 100, 100, AUDITOR },
        { "a member of a group of auditors", 4712, 100, 300, AUDITOR },
        { "an operator in a group of auditors is both", 4711, 100, 300, OPERATOR | AUDITOR },
        { "whom our namespace does not know, though it is named", 65534, 100, 100, 0 },
        { "a group it does not know, though it is named", 4712, 65534, 65534, 0 },
};

START_TEST(who_may_as_what_is_root_and_who_is_named)
{
        const struct config_ids users = { 2, { 4711, 65534 } }, some = { 2, { 200, 65534 } };
        const struct config_ids readers = { 2, { 4713, 65534 } }, others = { 2, { 300, 65534 } };
        const struct control_options these = {
                .operators = &users, .groups = &some, .auditors = &readers,
                .auditor_groups = &others,
        };
        struct control_peer peer = {
                .uid = peers[_i].uid, .group_count = 2,
                .groups = { peers[_i].group, peers[_i].other_group },
        };

        ck_assert_msg(control_rights(&these, &peer) == peers[_i].rights, "%s", peers[_i].says);
}
END_TEST

START_TEST(a_socket_that_somebody_answers_on_is_not_taken)
{
        struct control *other = NULL;

        ck_assert_int_eq(control_open(&other, house.base, &options, &house.log, ready, NULL),
                         -EADDRINUSE);
        ck_assert_int_eq(access(path, F_OK), 0);
}
END_TEST

START_TEST(a_socket_left_by_a_dead_daemon_is_replaced)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);

        control_close(control);
        memcpy(address.sun_path, path, strlen(path));
        ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        close(fd);
        ck_assert_int_eq(control_open(&control, house.base, &options, &house.log, ready, NULL), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("control");

        tcase_add_checked_fixture(tests, open_house, close_house);
        tcase_add_test(tests, a_request_is_heard_with_the_uid_of_who_asks_and_is_answered);
        tcase_add_test(tests, requests_of_several_are_met_in_turn);
        tcase_add_test(tests, a_request_may_come_in_pieces);
        tcase_add_loop_test(tests, a_size_out_of_bounds_ends_the_connection, 0,
                            COUNT_OF(no_sizes));
        tcase_add_test(tests, who_is_silent_or_slow_is_let_go);
        tcase_add_test(tests, who_comes_when_all_places_are_taken_waits_for_one);
        tcase_add_test(tests, who_leaves_before_the_answer_harms_nobody);
        tcase_add_test(tests, an_answer_larger_than_the_kernel_holds_arrives_whole);
        tcase_add_test(tests, another_user_is_told_so_and_let_go);
        tcase_add_loop_test(tests, who_may_as_what_is_root_and_who_is_named, 0, COUNT_OF(peers));
        tcase_add_test(tests, a_socket_that_somebody_answers_on_is_not_taken);
        tcase_add_test(tests, a_socket_left_by_a_dead_daemon_is_replaced);
        return run_case(tests, "control", 20);
}
