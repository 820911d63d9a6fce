/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scripted hub as a program, for a script that shows an incentive signal:
 *
 *      signal-hub DIRECTORY [empty]
 *
 * writes its public keys, a node's keys and its endpoints there, answers what contracts reward with
 * the clinic of tests/core/signalling.h, and says it again and again over PUB, each time as of one
 * entry more, every third time marked for the digest. When its input ends it writes all that
 * clients sent to DIRECTORY/heard.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proof/keyfile.h"
#include "tests/clients/lib/fake_hub.h"
#include "tests/clients/lib/run.h"
#include "tests/core/signalling.h"

#define BETWEEN_MS 40

static struct laid_signal laid;

static const char *directory;
static bool empty;

static char *path_of(const char *name)
{
        static char path[512];

        snprintf(path, sizeof(path), "%s/%s", directory, name);
        return path;
}

static void write_place(const struct stage *stage)
{
        char text[512];
        int length = snprintf(text, sizeof(text), "intake=%s\nsignals=%s\n", stage->profile.intake,
                              stage->profile.signals);

        ck_assert_int_eq(keyfile_write_public(path_of("hub.pub"), &stage->hub.public), 0);
        ck_assert_int_eq(keyfile_write(path_of("node.key"), &stage->node), 0);
        stage_write(path_of("endpoints.new"), text, (size_t)length);
        snprintf(text, sizeof(text), "%s", path_of("endpoints.new"));
        ck_assert_int_eq(rename(text, path_of("endpoints")), 0);
}

static void say_until_the_input_ends(struct fake_hub *hub)
{
        struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
        struct signal_frame frame = { .kind = FRAME_INCENTIVE, .incentive = laid.signal };

        while (poll(&input, 1, BETWEEN_MS) == 0) {
                frame.incentive.as_of++;
                frame.incentive.digest = frame.incentive.as_of % 3 == 0;
                fake_hub_send(hub, &frame, false);
        }
}

/* The scripted hub asserts, so it has to be a test. */
START_TEST(serves)
{
        struct stage stage;
        struct fake_hub *hub;
        struct bytes heard;

        stage_begin(&stage);
        strcpy(stage.profile.node.party.text, "cascade");
        if (empty)
                lay_signal(&laid);
        else
                lay_clinic(&laid);
        hub = fake_hub_start(&stage, NULL, NULL);
        fake_hub_reward(hub, &laid.signal);
        write_place(&stage);
        say_until_the_input_ends(hub);
        fake_hub_stop(hub);
        heard = fake_hub_heard(hub);
        stage_write(path_of("heard"), heard.data, heard.size);
        fake_hub_free(hub);
        stage_end(&stage);
}
END_TEST

int main(int argc, char *argv[])
{
        Suite *suite = suite_create("signal_hub");
        TCase *tests = tcase_create("signal_hub");

        if (argc < 2)
                return EXIT_FAILURE;
        directory = argv[1];
        empty = argc > 2;
        putenv("CK_FORK=no");
        tcase_add_test(tests, serves);
        suite_add_tcase(suite, tests);
        return run_suite(suite);
}
