/* SPDX-License-Identifier: Apache-2.0 */
/* The control client against a socket that answers, answers in pieces, refuses, or hangs up. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/own.h"
#include "core/octets.h"
#include "proto/wire.h"
#include "tests/clients/lib/run.h"
#include "tests/clients/lib/stage.h"

enum manner { ANSWERS, IN_PIECES, REFUSES, HANGS_UP, SAYS_NOTHING };

static struct stage stage;
static struct accord_error error;
static char path[160];
static int listener;
static pthread_t thread;
static enum manner manner;

static void read_request(int fd, uint8_t *bytes, size_t *ret_size)
{
        uint8_t head[4];

        ck_assert_int_eq(recv(fd, head, 4, MSG_WAITALL), 4);
        *ret_size = get_u32(head);
        ck_assert_int_eq(recv(fd, bytes, *ret_size, MSG_WAITALL), (ssize_t)*ret_size);
}

static void write_answer(int fd)
{
        struct control_answer answer = { .says = { "done", 4 }, .has_index = true, .index = 42 };
        uint8_t bytes[256];
        struct sink sink = sink_on(bytes + 4, sizeof(bytes) - 4);
        size_t step = manner == IN_PIECES ? 1 : 256, size;

        if (manner == REFUSES)
                answer = (struct control_answer) { .code = REFUSAL_ALREADY_EXISTS,
                                                   .says = { "it is there", 11 } };
        ck_assert_int_eq(wire_write_control_answer(&sink, &answer), 0);
        put_u32(bytes, (uint32_t)sink.size);
        size = sink.size + 4;
        for (size_t at = 0; at < size; at += step) {
                ck_assert_int_gt(write(fd, bytes + at, size - at < step ? size - at : step), 0);
                if (manner == IN_PIECES)
                        usleep(200);
        }
}

static void *serve(void *nothing)
{
        static uint8_t bytes[4096];
        size_t size;
        int fd = accept(listener, NULL, NULL);

        ck_assert_int_ge(fd, 0);
        read_request(fd, bytes, &size);
        if (manner == SAYS_NOTHING)
                (void)recv(fd, bytes, 1, 0);
        else if (manner != HANGS_UP)
                write_answer(fd);
        close(fd);
        return nothing;
}

static void begin(void)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };

        stage_begin(&stage);
        snprintf(path, sizeof(path), "%s/control.sock", stage.directory);
        snprintf(address.sun_path, sizeof(address.sun_path), "%.100s", path);
        listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
        ck_assert_int_eq(listen(listener, 4), 0);
}

static void end(void)
{
        close(listener);
        stage_end(&stage);
}

/* Asks a server of that manner; what the call answers. */
static int ask(enum manner how, int timeout_ms, struct control_answer *ret)
{
        own(accord_control) struct accord_control *control = NULL;
        struct control_request request = { .kind = CONTROL_STAT };
        const struct control_answer *answer;
        int r;

        manner = how;
        ck_assert_int_eq(pthread_create(&thread, NULL, serve, NULL), 0);
        ck_call(accord_control_open(&control, path, &error), 0, error);
        r = accord_control_ask(control, &request, timeout_ms, &answer, &error);
        if (answer)
                *ret = *answer;

        /* What would come too late is never taken for the answer to something else. */
        if (r == ACCORD_IN_DOUBT)
                ck_call(accord_control_ask(control, &request, timeout_ms, &answer, &error),
                        ACCORD_FAILED, error);
        accord_control_close(give(control));
        pthread_join(thread, NULL);
        return r;
}

START_TEST(an_answer_comes_whole_or_in_pieces)
{
        struct control_answer answer;

        for (enum manner how = ANSWERS; how <= IN_PIECES; how++) {
                ck_call(ask(how, 30000, &answer), 0, error);
                ck_assert(answer.has_index);
                ck_assert_uint_eq(answer.index, 42);
        }
}
END_TEST

START_TEST(a_refusal_is_its_code)
{
        struct control_answer answer = { 0 };

        ck_call(ask(REFUSES, 30000, &answer), ACCORD_CONFLICT, error);
        ck_assert_uint_eq(answer.code, REFUSAL_ALREADY_EXISTS);
        ck_assert_ptr_nonnull(strstr(error.text, "it is there"));
}
END_TEST

START_TEST(asked_and_not_answered_is_in_doubt)
{
        struct control_answer answer;

        ck_call(ask(HANGS_UP, 30000, &answer), ACCORD_IN_DOUBT, error);
        ck_call(ask(SAYS_NOTHING, 100, &answer), ACCORD_IN_DOUBT, error);
}
END_TEST

START_TEST(nobody_there_is_unreachable)
{
        struct accord_control *control = NULL;

        ck_call(accord_control_open(&control, "/nowhere/control.sock", &error), ACCORD_UNREACHABLE,
                error);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("control");
        TCase *tests = tcase_create("control");

        tcase_add_checked_fixture(tests, begin, end);
        tcase_add_test(tests, an_answer_comes_whole_or_in_pieces);
        tcase_add_test(tests, a_refusal_is_its_code);
        tcase_add_test(tests, asked_and_not_answered_is_in_doubt);
        tcase_add_test(tests, nobody_there_is_unreachable);
        tcase_set_timeout(tests, 60);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
