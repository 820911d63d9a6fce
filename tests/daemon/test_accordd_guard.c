/* SPDX-License-Identifier: Apache-2.0 */
/* The program and its guard: what it does with each state that a restore or a crash can leave. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "daemon/daemon.h"
#include "store/blocks.h"
#include "store/guard.h"
#include "tests/daemon/hub_process.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define PATIENCE 10000

static struct hub_process hub;
static struct node payer, provider;
static char note[8192];         /* the checkpoint of the last receipt */
static size_t note_size;
static uint64_t old_size, size; /* entries of the two ledgers */

/* In the hub's directory, for a shell. */
__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
        char line[512], words[768];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(line, sizeof(line), format, arguments);
        va_end(arguments);
        snprintf(words, sizeof(words), "cd %s && %s", hub.directory, line);
        ck_assert_msg(system(words) == 0, "%s", line);
}

static const char *path_of(const char *name)
{
        static char path[128];

        snprintf(path, sizeof(path), "%s/%s", hub.directory, name);
        return path;
}

/* Its answer is its receipt, whose checkpoint is kept. */
static struct receipt send_once(unsigned int number)
{
        struct hub_frame frame;

        if (number > 0)
                node_offer(&payer, &hub, "provider", number);
        else
                node_send(&payer, sink_bytes(&payer.frame));
        ck_assert_msg(node_hear(&payer, PATIENCE, &frame), "no answer came");
        ck_assert_int_eq(frame.kind, HUB_RECEIPT);
        note_size = frame.receipt.checkpoint.size;
        ck_assert_uint_lt(note_size, sizeof(note));
        memcpy(note, frame.receipt.checkpoint.data, note_size);
        return frame.receipt;
}

static void start(void)
{
        hub_process_start(&hub, NULL);
        node_disconnect(&payer);
        node_connect(&payer, &hub);
}

static void stop(void)
{
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}

static struct guard *open_guard(const char *name)
{
        struct guard *guard = NULL;

        ck_assert_int_eq(guard_open(path_of(name), &guard), 0);
        return guard;
}

static struct guard_mark mark_of(const char *name)
{
        own(guard) struct guard *guard = open_guard(name);

        ck_assert_ptr_nonnull(guard_last(guard));
        return *guard_last(guard);
}

/* One offer is in old/ledger and old/guard, two more are in ledger and guard. */
static void make(void)
{
        hub_process_make(&hub, "");
        hub_process_start(&hub, NULL);
        node_admit(&payer, &hub, "payer/one");
        node_admit(&provider, &hub, "provider/one");
        node_connect(&payer, &hub);
        send_once(1);
        stop();
        shell("mkdir old && cp -a ledger guard old");
        start();
        send_once(2);
        send_once(3);
        stop();
        old_size = mark_of("old/guard").size;
        size = mark_of("guard").size;
}

static void end(void)
{
        node_end(&payer);
        node_end(&provider);
        hub_process_end(&hub);
}

/* ---- what a start finds */

static void nothing(void)
{
}

static void old_guard(void)
{
        shell("cp old/guard guard");
}

static void first_half(void)
{
        shell("printf X | dd of=guard bs=1 seek=100 conv=notrunc status=none");
}

static void second_half(void)
{
        shell("printf X | dd of=guard bs=1 seek=4196 conv=notrunc status=none");
}

static void both_halves(void)
{
        first_half();
        second_half();
}

static void old_ledger(void)
{
        shell("mv ledger newest && cp -a old/ledger ledger");
}

static void no_guard(void)
{
        shell("mv guard away");
}

static void old_ledger_no_guard(void)
{
        old_ledger();
        no_guard();
}

static void condemned(void)
{
        own(guard) struct guard *guard = open_guard("guard");

        ck_assert_int_eq(guard_condemn(guard, "entry 4 does not hash to its leaf"), 0);
}

/* With the old guard the hub goes on from the old ledger, and signs otherwise than it had. */
static void other_branch(void)
{
        old_ledger();
        shell("mv guard newest-guard && cp old/guard guard");
        start();
        payer.sequence = 1;
        send_once(7);
        send_once(8);
        send_once(9);
        stop();
        shell("mv newest-guard guard");
}

static void other_ledger(void)
{
        static const char *const init[] = { "--init", "--name", "b", "--origin", "other.test",
                                            NULL };

        shell("mv ledger newest && mv guard newest-guard");
        ck_assert_int_eq(hub_process_run(&hub, init), 0);
        shell("mv newest-guard guard");
}

static const struct {
        const char *what;
        void (*spoil)(void);
        const char *says;       /* NULL: it starts, and nothing is said of the guard */
        bool starts;
} finds[] = {
        { "what it left", nothing, NULL, true },
        { "a guard that is behind", old_guard, NULL, true },
        { "one half damaged", first_half, "one half of the guard did not prove", true },
        { "the other half damaged", second_half, "one half of the guard did not prove", true },
        { "an older ledger", old_ledger, "the ledger is older than what the hub has signed: the "
          "ledger has ", false },
        { "no guard", no_guard, "there is no guard, so nobody knows", false },
        { "an older ledger and no guard", old_ledger_no_guard, "bring the guard back", false },
        { "both halves damaged", both_halves, "neither half of the guard proves", false },
        { "condemned", condemned, "damage was found in the ledger (entry 4 does not hash to its "
          "leaf)", false },
        { "another branch", other_branch, "the ledger is not the one that the hub has signed",
          false },
        { "another ledger", other_ledger, "the guard is of another ledger", false },
};

START_TEST(each_state_is_started_from_or_refused_with_what_can_be_done)
{
        finds[_i].spoil();
        shell("true >log; cp guard before 2>/dev/null || true; ls -lR ledger >listed");
        if (finds[_i].starts) {
                start();
                if (finds[_i].says)
                        ck_assert(hub_process_says(&hub, finds[_i].says, 0));
                else
                        ck_assert(!hub_process_says(&hub, "guard", 0));
                ck_assert_uint_eq(send_once(4).index, size);
                stop();
                ck_assert_uint_gt(mark_of("guard").size, size);
                return;
        }
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert_msg(hub_process_says(&hub, finds[_i].says, 0), "%s", finds[_i].what);
        ck_assert(hub_process_says(&hub, "Nothing was signed or taken. What can be done: ", 0));
        ck_assert(!hub_process_tells(&hub, "READY=1", 0));
        shell("test ! -e before || cmp guard before");
        shell("ls -lR ledger | cmp - listed");
}
END_TEST

static const struct block_id row_id = { .index = 100, .contract_no = 1, .year = 2024 };

static struct block_store *open_blocks(void)
{
        const struct block_store_options options = {
                .directory = path_of("ledger.blocks"), .map_size = 1 << 24,
        };
        struct block_store *store = NULL;

        ck_assert_int_eq(block_store_open(&options, &store), 0);
        return store;
}

static int row_is_there(void)
{
        own(block_store) struct block_store *store = open_blocks();
        own(block_reader) struct block_reader *reader = NULL;

        ck_assert_int_eq(block_reader_open(store, 64, false, &reader), 0);
        return block_reader_has(reader, &row_id);
}

/* To an older ledger they are of no entry: it must not drop what the newer one will look for. */
START_TEST(a_ledger_that_is_refused_sweeps_no_rows)
{
        struct block_store *store = open_blocks();

        ck_assert_int_eq(block_store_put(store, &row_id, 0, (struct bytes) { "rows", 4 }), 0);
        ck_assert_int_eq(block_store_commit(store), 0);
        block_store_close(store);
        old_ledger();
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert_int_eq(row_is_there(), 0);
        shell("rm -rf ledger && mv newest ledger");
        start();
        stop();
        ck_assert_msg(row_is_there() == -ENOENT, "the right one does");
}
END_TEST

START_TEST(a_guard_within_the_ledgers_directory_is_refused)
{
        char text[128];

        snprintf(text, sizeof(text), "[guard]\nfile = %s/ledger/guard\n", hub.directory);
        hub_process_override(&hub, text);
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "it lies within the ledger's directory", 0));
}
END_TEST

/* ---- two of them */

/* Another configuration for the next start: where the ledger and the guard are. */
static int second_fails(const char *ledger, const char *guard)
{
        struct hub_process second = hub;
        char text[384];
        int status;

        second.pid = 0;
        snprintf(text, sizeof(text),
                 "[ledger]\ndirectory = %s/%s\n[guard]\nfile = %s/%s\n[runtime]\ndirectory = "
                 "%s/run2\n", hub.directory, ledger, hub.directory, guard, hub.directory);
        hub_process_override(&second, text);
        status = hub_process_fails(&second, NULL);
        hub_process_tells(&second, "more", 10);  /* or its manager has no room for the next */
        hub_process_override(&second, "");
        return status;
}

START_TEST(a_second_daemon_is_refused_whatever_path_leads_there)
{
        static const struct { const char *ledger, *guard, *says; } ways[] = {
                { "ledger", "guard", "ledger: another process has it open" },
                { "ledger", "guard-2", "ledger: another process has it open" },
                { "link", "guard", "link: another process has it open" },
                { "link", "guard-2", "link: another process has it open" },
                { "copy", "guard", "guard: another process has it open" },
                { "copy", "guard-link", "guard-link: another process has it open" },
        };

        shell("cp -a ledger copy && cp guard guard-2 && ln -s ledger link && ln -s guard "
              "guard-link");
        start();
        for (size_t i = 0; i < COUNT_OF(ways); i++) {
                ck_assert_msg(second_fails(ways[i].ledger, ways[i].guard) == DAEMON_FAILED, "%s",
                              ways[i].says);
                ck_assert_msg(hub_process_says(&hub, ways[i].says, 0), "%s", ways[i].says);
        }
        send_once(4);
        stop();
}
END_TEST

START_TEST(a_second_daemon_is_refused_through_a_bind_mount)
{
        char from[128], to[128];

        shell("mkdir bound && cp guard guard-2");
        snprintf(from, sizeof(from), "%s/ledger", hub.directory);
        snprintf(to, sizeof(to), "%s/bound", hub.directory);
        if (mount(from, to, NULL, MS_BIND, NULL) < 0) {
                printf("skipped: a bind mount: %s\n", strerrordesc_np(errno));
                return;
        }
        start();
        ck_assert_int_eq(second_fails("bound", "guard-2"), DAEMON_FAILED);
        ck_assert_int_eq(umount(to), 0);
        ck_assert(hub_process_says(&hub, "bound: another process has it open", 0));
        stop();
}
END_TEST

/* ---- recovery */

/* What it said, with a number in it. */
__attribute__((format(printf, 1, 2))) static bool said(const char *format, ...)
{
        char text[256];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(text, sizeof(text), format, arguments);
        va_end(arguments);
        return hub_process_says(&hub, text, 0);
}

/* accordd --recover with these words more. */
static int recover(const char *one, const char *two)
{
        const char *words[] = { "--recover", "--because", "the disk was lost", one, two, NULL };

        shell("true >log");
        return hub_process_run(&hub, words);
}

static void note_into(const char *name)
{
        FILE *out = fopen(path_of(name), "w");

        ck_assert_uint_eq(fwrite(note, 1, note_size, out), note_size);
        fclose(out);
}

START_TEST(a_ledger_that_lost_its_end_goes_on_in_a_new_epoch)
{
        struct receipt receipt;
        uint64_t index;

        old_ledger();
        ck_assert_int_eq(recover(NULL, NULL), 0);
        ck_assert(said("epoch        2, begun by entry %" PRIu64 "\n", old_size));
        ck_assert(hub_process_says(&hub, "origin       hub.test/2\n", 0));
        ck_assert(said("void         entries %" PRIu64 " to %" PRIu64 " of the", old_size,
                       size - 1));
        ck_assert_uint_eq(mark_of("guard").epoch, 2);
        ck_assert_uint_eq(mark_of("guard").size, old_size + 1);
        ck_assert_uint_eq(mark_of("guard.epoch-1").size, size);

        start();
        payer.sequence = 1;
        ck_assert_uint_eq(send_once(2).index, old_size + 1);
        ck_assert_msg(strncmp(note, "hub.test/2\n", 11) == 0, "%.11s", note);
        receipt = send_once(3);
        index = receipt.index;
        ck_assert_uint_gt(receipt.proof_count, 0);
        stop();
        start();
        ck_assert_uint_eq(send_once(0).index, index);
        ck_assert_uint_eq(mark_of("guard.epoch-1").epoch, 1);
        stop();
}
END_TEST

START_TEST(what_a_crash_cut_short_is_finished_without_a_second_epoch)
{
        old_ledger();
        shell("cp guard kept");
        ck_assert_int_eq(recover(NULL, NULL), 0);
        shell("cp kept guard && rm guard.epoch-1");
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert_int_eq(recover(NULL, NULL), 0);
        ck_assert(said("epoch        2, begun by entry %" PRIu64 "\n", old_size));
        ck_assert_uint_eq(mark_of("guard").size, old_size + 1);
        start();
        stop();
}
END_TEST

START_TEST(a_ledger_that_fits_or_is_anothers_is_not_recovered)
{
        shell("cp guard before");
        ck_assert_int_eq(recover(NULL, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "there is nothing to recover", 0));
        other_ledger();
        ck_assert_int_eq(recover("--no-checkpoint", NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "the guard is of another ledger", 0));
        shell("cmp guard before");
}
END_TEST

START_TEST(without_a_guard_a_participants_checkpoint_tells_the_end)
{
        char file[128], kept;

        snprintf(file, sizeof(file), "--checkpoint=%s/note", hub.directory);
        old_ledger_no_guard();
        ck_assert_int_eq(recover(NULL, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "only a participant can tell how far", 0));
        shell("echo nothing >note");
        ck_assert_int_eq(recover(file, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "it is no checkpoint of this hub", 0));
        kept = note[note_size - 20];
        note[note_size - 20] = kept == 'A' ? 'B' : 'A';
        note_into("note");
        ck_assert_int_eq(recover(file, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "no key of this hub has signed it", 0));
        note[note_size - 20] = kept;
        note_into("note");
        ck_assert_int_eq(recover(file, NULL), 0);
        ck_assert(said("void         entries %" PRIu64 " to %" PRIu64, old_size, size - 1));
        start();
        stop();
}
END_TEST

START_TEST(without_anybodys_checkpoint_that_is_to_be_said)
{
        no_guard();
        ck_assert_int_eq(recover("--no-checkpoint", NULL), 0);
        ck_assert(said("epoch        2, begun by entry %" PRIu64 "\n", size));
        ck_assert(!hub_process_says(&hub, "void ", 0));
        start();
        stop();
}
END_TEST

START_TEST(what_contradicts_what_was_signed_is_never_gone_on_from)
{
        char file[128];

        snprintf(file, sizeof(file), "--checkpoint=%s/note", hub.directory);
        note_into("note");
        other_branch();
        ck_assert_int_eq(recover(NULL, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "it contradicts what the hub has signed", 0));
        no_guard();
        ck_assert_int_eq(recover(file, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "it contradicts what the hub has signed", 0));
}
END_TEST

START_TEST(a_second_recovery_takes_a_number_that_nobody_had)
{
        old_ledger();
        ck_assert_int_eq(recover(NULL, NULL), 0);
        start();
        payer.sequence = 1;
        send_once(2);
        stop();
        shell("rm -rf ledger && cp -a old/ledger ledger");
        ck_assert_int_eq(recover(NULL, NULL), 0);
        ck_assert(said("epoch        3, begun by entry %" PRIu64 "\n", old_size));
        shell("rm -rf ledger && cp -a old/ledger ledger && cp guard.epoch-1 guard");
        ck_assert_int_eq(recover(NULL, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "says that epoch 1 was ended before", 0));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-guard");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_loop_test(tests, each_state_is_started_from_or_refused_with_what_can_be_done, 0,
                            COUNT_OF(finds));
        tcase_add_test(tests, a_ledger_that_is_refused_sweeps_no_rows);
        tcase_add_test(tests, a_guard_within_the_ledgers_directory_is_refused);
        tcase_add_test(tests, a_second_daemon_is_refused_whatever_path_leads_there);
        tcase_add_test(tests, a_second_daemon_is_refused_through_a_bind_mount);
        tcase_add_test(tests, a_ledger_that_lost_its_end_goes_on_in_a_new_epoch);
        tcase_add_test(tests, what_a_crash_cut_short_is_finished_without_a_second_epoch);
        tcase_add_test(tests, a_ledger_that_fits_or_is_anothers_is_not_recovered);
        tcase_add_test(tests, without_a_guard_a_participants_checkpoint_tells_the_end);
        tcase_add_test(tests, without_anybodys_checkpoint_that_is_to_be_said);
        tcase_add_test(tests, what_contradicts_what_was_signed_is_never_gone_on_from);
        tcase_add_test(tests, a_second_recovery_takes_a_number_that_nobody_had);
        return run_case(tests, "accordd-guard", 60);
}
