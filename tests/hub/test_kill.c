/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Killed at any moment: what was acknowledged is there, once, and what is there was sent. A child
 * takes submissions and writes each receipt down a pipe after its commit; the parent kills it,
 * opens the ledger and compares. It proves the order of things, not the disk: the page cache
 * outlives SIGKILL.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/hub/play.h"
#include "tests/proof/run.h"

#define ROUNDS 12
#define PER_BATCH 5

struct acknowledged {
        uint64_t number, index;
};

static struct scene scene;
static uint64_t next_number;            /* of what is said: the item of a fact */

static struct bytes say_number(uint64_t number, struct voice *voice)
{
        char item[ITEM_MAX_LENGTH + 1];
        struct event event;

        snprintf(item, sizeof(item), "%llu", (unsigned long long)number);
        event = fact_event(FACT_HEAD_COUNT, (int64_t)number, item);
        return voice_say(&scene.stage, voice, &scene.contract, &event, 1);
}

/* Says and acknowledges until it is killed. */
_Noreturn static void child(int pipe_to, struct voice voice, uint64_t number)
{
        for (;;) {
                struct acknowledged done[PER_BATCH];
                struct hub_frame answer;

                stage_begin(&scene.stage);
                for (uint64_t i = 0; i < PER_BATCH; i++) {
                        struct bytes bytes = say_number(number + i, &voice);

                        stage_take_submission(&scene.stage, &voice.player, bytes, i + 1);
                        free((void *)bytes.data);
                }
                stage_commit(&scene.stage);
                for (uint64_t i = 0; i < PER_BATCH; i++) {
                        stage_answer(&scene.stage, i + 1, &answer);
                        if (answer.kind != HUB_RECEIPT)
                                _exit(3);
                        done[i] = (struct acknowledged) { number + i, answer.receipt.index };
                }
                if (write(pipe_to, done, sizeof(done)) != (ssize_t)sizeof(done))
                        _exit(4);
                number += PER_BATCH;
        }
}

struct in_log {
        uint64_t last, count;           /* number said last, how many there are */
        uint64_t index_of[200000];
};

static int look_at(void *with, const struct log_row *row)
{
        static uint8_t memory[1 << 16];
        struct arena arena = { memory, sizeof(memory), 0 };
        struct in_log *in_log = with;
        struct submission submission;
        struct fault fault;
        uint64_t number;

        if (row->kind != ENTRY_SUBMISSION)
                return 0;
        must(wire_read_submission(row->bytes, &arena, &submission, &fault), "read");
        if (submission.events[0].kind != EVENT_FACT)
                return 0;
        number = (uint64_t)submission.events[0].fact.value.num;
        ck_assert_uint_eq(number, in_log->last + 1);    /* each once, in order, none left out */
        in_log->last = number;
        in_log->count++;
        in_log->index_of[number] = row->index;
        return 0;
}

/* Some time after the first acknowledgement, however slow the machine is. */
static void kill_some_time(pid_t pid, unsigned int round, int pipe_from,
                           struct acknowledged *ret_first)
{
        int status;

        ck_assert_int_eq(read(pipe_from, ret_first, sizeof(*ret_first)), sizeof(*ret_first));
        usleep(round * 3571 % 20000);
        kill(pid, SIGKILL);
        ck_assert_int_eq(waitpid(pid, &status, 0), pid);
        ck_assert_msg(WIFSIGNALED(status), "the child ended by itself: %d", WEXITSTATUS(status));
}

static void compare(int pipe_from, struct acknowledged done, struct in_log *in_log)
{
        memset(in_log, 0, sizeof(*in_log));
        must(hub_visit_log(scene.stage.hub, 0, look_at, in_log), "hub_visit_log");
        do {
                ck_assert_uint_le(done.number, in_log->last);
                ck_assert_uint_eq(in_log->index_of[done.number], done.index);
        } while (read(pipe_from, &done, sizeof(done)) == (ssize_t)sizeof(done));
        ck_assert_uint_eq(in_log->count % PER_BATCH, 0);        /* a batch is there whole or not */
        next_number = in_log->last + 1;
        scene.payer.said = in_log->last + 1;    /* and the offer */
}

START_TEST(acknowledged_means_kept)
{
        static struct in_log in_log;

        scene_set_up(&scene, NULL);
        scene_of_contract(&scene);
        next_number = 1;
        for (unsigned int round = 0; round < ROUNDS; round++) {
                struct acknowledged first;
                int ends[2];
                pid_t pid;

                ck_assert_int_eq(pipe(ends), 0);
                hub_close(scene.stage.hub);
                scene.stage.hub = NULL;
                pid = fork();
                ck_assert_int_ge(pid, 0);
                if (pid == 0) {
                        must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
                        child(ends[1], scene.payer, next_number);
                }
                close(ends[1]);
                kill_some_time(pid, round, ends[0], &first);
                must(hub_open(&scene.stage.hub, &scene.stage.options), "hub_open");
                compare(ends[0], first, &in_log);
                close(ends[0]);
                scene.stage.now += SECOND * 3600;
        }
        ck_assert_uint_ge(in_log.count, ROUNDS * PER_BATCH);
        ck_assert_ptr_null(stage_finding(&scene.stage));
        scene_tear_down(&scene);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("kill");

        tcase_set_timeout(tests, 50);
        tcase_add_test(tests, acknowledged_means_kept);
        return run_case(tests, "kill");
}
