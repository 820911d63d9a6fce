/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Killed at any moment, the ledger has what was acknowledged, and of a batch under way all or
 * nothing. This is about the order of things; what a power cut leaves on the disk is tested apart.
 */
#include <signal.h>
#include <sys/wait.h>

#include "store/verify.h"
#include "tests/store/ledger.h"

#define BATCH 7

/* Opens, takes up, and proves all of it; closes again. Returns: entries. */
static uint64_t size_after(void)
{
        struct store_log *log;
        struct finding finding;
        struct store_txn *txn;
        uint64_t size;

        open_ledger();
        log = load(UINT64_MAX);
        size = log_tip(log).size;
        log_free(log);
        txn = reading();
        ck_assert_msg(log_verify(txn, NULL, NULL, &finding) == 0, "%s", finding.says);
        store_abort(txn);
        close_ledger();
        return size;
}

enum moment { AFTER_BEGIN, AFTER_APPEND, AFTER_PREPARE, AFTER_COMMIT, MOMENTS };

static const struct {
        const char *says;
        bool there;             /* the batch, afterwards */
} moments[MOMENTS] = {
        [AFTER_BEGIN] = { "before the first entry", false },
        [AFTER_APPEND] = { "between append and commit", false },
        [AFTER_PREPARE] = { "with the tip written, before the commit", false },
        [AFTER_COMMIT] = { "after the commit, before anybody was told", true },
};

static void die_at(enum moment now, enum moment wanted)
{
        if (now == wanted)
                raise(SIGKILL);
}

static void batch_dying_at(enum moment moment)
{
        struct store_log *log;
        struct store_txn *txn;

        open_ledger();
        log = load(LOG_TAIL);
        txn = writing();
        ck_assert_int_eq(log_begin(log, txn), 0);
        die_at(AFTER_BEGIN, moment);
        append(log, txn, BATCH);
        die_at(AFTER_APPEND, moment);
        ck_assert_int_eq(log_prepare_commit(log, txn, NULL), 0);
        die_at(AFTER_PREPARE, moment);
        ck_assert_int_eq(store_commit(txn), 0);
        die_at(AFTER_COMMIT, moment);
        _exit(0);
}

START_TEST(killed_at_a_chosen_moment)
{
        uint64_t before = 0;

        for (int round = 0; round < 6; round++) {
                pid_t child = fork();
                int status;

                if (child == 0)
                        batch_dying_at((enum moment)_i);
                ck_assert_int_eq(waitpid(child, &status, 0), child);
                ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

                before += moments[_i].there ? BATCH : 0;
                ck_assert_msg(size_after() == before, "%s", moments[_i].says);
        }
}
END_TEST

/* Appends for ever and says after each commit how many there are. */
static void append_and_tell(int pipe_end)
{
        struct store_log *log;
        uint64_t size;

        open_ledger();
        log = load(LOG_TAIL);
        for (;;) {
                commit_batch(log, BATCH);
                size = log_tip(log).size;
                if (write(pipe_end, &size, sizeof(size)) != sizeof(size))
                        _exit(1);
        }
}

static uint64_t last_told(int pipe_end)
{
        uint64_t size, last = 0;

        while (read(pipe_end, &size, sizeof(size)) == sizeof(size))
                last = size;
        return last;
}

START_TEST(what_was_acknowledged_is_there)
{
        uint64_t told = 0, size = 0;

        for (unsigned int round = 0; round < 25; round++) {
                int ends[2];
                pid_t child;
                int status;

                ck_assert_int_eq(pipe(ends), 0);
                child = fork();
                if (child == 0)
                        append_and_tell(ends[1]);
                close(ends[1]);
                usleep(2000 + round * 1713 % 40000);
                ck_assert_int_eq(kill(child, SIGKILL), 0);
                ck_assert_int_eq(waitpid(child, &status, 0), child);
                ck_assert(WIFSIGNALED(status));
                told = last_told(ends[0]);
                close(ends[0]);
                if (told == 0)
                        told = size;    /* it did not get that far */

                size = size_after();
                ck_assert_uint_ge(size, told);
                ck_assert_uint_le(size, told + BATCH);
                ck_assert_uint_eq(size % BATCH, 0);
        }
        ck_assert_uint_gt(size, 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("crash");

        tcase_add_checked_fixture(tests, make_top, remove_top);
        tcase_set_timeout(tests, 110);
        tcase_add_loop_test(tests, killed_at_a_chosen_moment, 0, MOMENTS);
        tcase_add_test(tests, what_was_acknowledged_is_there);
        return run_case(tests, "store/crash");
}
