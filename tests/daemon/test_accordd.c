/* SPDX-License-Identifier: Apache-2.0 */
/* The program itself: how it starts, refuses to start, reloads and stops. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/daemon.h"
#include "tests/daemon/hub_process.h"
#include "tests/daemon/run.h"

static struct hub_process hub;

static void make(void)
{
        hub_process_make(&hub, "");
}

static void end(void)
{
        hub_process_end(&hub);
}

static void path_of(const char *name, char ret_path[128])
{
        snprintf(ret_path, 128, "%s/%s", hub.directory, name);
}

static bool is_there(const char *name)
{
        char path[128];

        path_of(name, path);
        return access(path, F_OK) == 0;
}

static int unlink_stat(void)
{
        char path[128];

        path_of("run/stat.json", path);
        return unlink(path);
}

START_TEST(ready_is_said_when_everything_is_bound_and_not_before)
{
        ck_assert_int_eq(hub_process_fails(&hub, "before-ready"), 70);
        ck_assert(!hub_process_tells(&hub, "READY=1", 100));
        hub_process_start(&hub, NULL);
        ck_assert(is_there("run/control.sock"));
        ck_assert(is_there("run/stat.json"));
        ck_assert_int_eq(unlink_stat(), 0);
        usleep(2200000);
        ck_assert(is_there("run/stat.json"));
        ck_assert_int_eq(strncmp(hub.intake, "tcp://127.0.0.1:", 16), 0);
        ck_assert(hub_process_tells(&hub, "STATUS=test, 1 entries", 100));
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

static const int stops[] = { SIGTERM, SIGINT };

START_TEST(told_to_stop_it_says_so_clears_up_and_ends_well)
{
        hub_process_start(&hub, NULL);
        kill(hub.pid, stops[_i]);
        ck_assert_int_eq(hub_process_wait(&hub, 5000), 0);
        ck_assert(hub_process_tells(&hub, "STOPPING=1", 100));
        ck_assert(hub_process_says(&hub, "stopped", 100));
        ck_assert(!is_there("run/control.sock"));
        ck_assert(!is_there("run/endpoints"));
        ck_assert(!is_there("run/stat.json"));
}
END_TEST

START_TEST(the_watchdog_hears_of_progress)
{
        setenv("WATCHDOG_USEC", "3000000", 1);
        hub_process_start(&hub, NULL);
        unsetenv("WATCHDOG_USEC");
        ck_assert(hub_process_tells(&hub, "WATCHDOG=1", 4000));
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(without_a_ledger_it_says_how_to_make_one)
{
        char path[128], away[128];

        path_of("ledger", path);
        path_of("away", away);
        ck_assert_int_eq(rename(path, away), 0);
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "accordd --init", 0));
        ck_assert(!hub_process_tells(&hub, "READY=1", 50));
}
END_TEST

START_TEST(a_key_file_that_others_can_read_is_refused)
{
        char path[128];

        path_of("hub.key", path);
        ck_assert_int_eq(chmod(path, 0640), 0);
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "chmod 600", 0));
}
END_TEST

START_TEST(a_ledger_of_other_keys_is_refused)
{
        const char *const init[] = { "--init", "--name", "b", "--origin", "other.test", NULL };
        char key[128], ledger[128], guard[128], away[128];

        path_of("hub.key", key);
        path_of("ledger", ledger);
        path_of("guard", guard);
        path_of("away", away);
        ck_assert_int_eq(rename(ledger, away), 0);
        ck_assert_int_eq(hub_process_run(&hub, init), 1);       /* its guard is there */
        ck_assert_int_eq(access(ledger, F_OK), -1);
        ck_assert_int_eq(unlink(guard), 0);
        ck_assert_int_eq(unlink(key), 0);
        ck_assert_int_eq(hub_process_run(&hub, init), 0);
        hub_process_start(&hub, NULL);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        path_of("mixed", ledger);
        ck_assert_int_eq(unlink(key), 0);
        ck_assert_int_eq(hub_process_run(&hub, init), 1);       /* the ledger is there */
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
        ck_assert(hub_process_says(&hub, "name the one that belongs to it", 0));
}
END_TEST

START_TEST(a_ledger_is_made_once)
{
        const char *const init[] = { "--init", "--name", "b", "--origin", "other.test", NULL };

        ck_assert_int_eq(hub_process_run(&hub, init), 1);
        ck_assert(hub_process_says(&hub, "it is left as it is", 0));
        hub_process_start(&hub, NULL);
        ck_assert(hub_process_tells(&hub, "STATUS=test", 100));
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(what_participants_need_is_printed)
{
        ck_assert(hub_process_says(&hub, "public transport ", 0));
        ck_assert(hub_process_says(&hub, "origin       hub.test", 0));
        ck_assert(hub_process_says(&hub, "fingerprint  ", 0));
        ck_assert(is_there("hub.key.pub"));
}
END_TEST

START_TEST(a_second_daemon_on_the_ledger_is_refused)
{
        struct hub_process second;
        char text[256];

        hub_process_start(&hub, NULL);
        hub_process_make(&second, "");
        snprintf(text, sizeof(text), "[ledger]\ndirectory = %s/ledger\n", hub.directory);
        snprintf(second.config, sizeof(second.config), "%s/second.conf", hub.directory);
        hub_process_write_config(&hub, "");
        ck_assert_int_eq(rename(hub.config, second.config), 0);
        ck_assert_int_eq(hub_process_fails(&second, NULL), DAEMON_FAILED);
        ck_assert(hub_process_says(&second, "another process has it open", 0));
        hub_process_end(&second);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(an_endpoint_that_is_taken_is_named)
{
        char line[256];
        struct hub_process second;

        hub_process_start(&hub, NULL);
        hub_process_make(&second, "");
        snprintf(line, sizeof(line), "[bus]\nintake = %s\n", hub.intake);
        hub_process_override(&second, line);
        ck_assert_int_eq(hub_process_fails(&second, NULL), DAEMON_FAILED);
        ck_assert(hub_process_says(&second, hub.intake, 0));
        ck_assert(hub_process_says(&second, "somebody listens there already", 0));
        hub_process_end(&second);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(a_mistake_in_the_configuration_is_refused_with_its_line)
{
        const char *const check[] = { "--check-config", NULL };

        ck_assert_int_eq(hub_process_run(&hub, check), 0);
        hub_process_write_config(&hub, "[log]\nlevle = info\n");
        ck_assert_int_eq(hub_process_run(&hub, check), DAEMON_REFUSES);
        ck_assert(
                hub_process_says(&hub, "accordd.conf:14: section [log] has no setting 'levle'", 0));
        ck_assert_int_eq(hub_process_fails(&hub, NULL), DAEMON_REFUSES);
}
END_TEST

static const struct {
        const char *words[4];
        int status;
        const char *says;
} calls[] = {
        { { "--version" }, 0, "accordd " },
        { { "--print-defaults" }, 0, "#map_size = 1T" },
        { { "--nonsense" }, DAEMON_USAGE, "unrecognized option" },
        { { "extra" }, DAEMON_USAGE, "one argument too many" },
        { { "--init" }, DAEMON_USAGE, "--init needs --name NAME and --origin ORIGIN" },
        { { "--name", "x" }, DAEMON_USAGE, "go with --init" },
};

START_TEST(a_call_is_answered_with_its_status)
{
        ck_assert_int_eq(hub_process_run(&hub, calls[_i].words), calls[_i].status);
        ck_assert(hub_process_says(&hub, calls[_i].says, 0));
}
END_TEST

START_TEST(what_can_be_reloaded_is_and_what_not_is_named)
{
        hub_process_start(&hub, NULL);
        hub_process_write_config(&hub, "[log]\nlevel = notice\n[worker]\nnice = 3\n");
        kill(hub.pid, SIGHUP);
        ck_assert(hub_process_says(&hub, "only a restart takes it up: [worker] nice", 2000));
        hub_process_write_config(&hub, "[worker]\nnice = 33\n");
        kill(hub.pid, SIGHUP);
        ck_assert(hub_process_says(&hub, "nice: it must lie between 0 and 19; nothing is changed",
                                   2000));
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(killed_it_starts_again_over_what_it_left_behind)
{
        for (int i = 0; i < 5; i++) {
                hub_process_start(&hub, NULL);
                kill(hub.pid, SIGKILL);
                ck_assert_int_eq(hub_process_wait(&hub, 5000), 128 + SIGKILL);
                ck_assert(is_there("run/control.sock"));
        }
        hub_process_start(&hub, NULL);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(a_failpoint_of_no_such_name_is_wrong_usage)
{
        ck_assert_int_eq(hub_process_fails(&hub, "nowhere"), DAEMON_USAGE);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, ready_is_said_when_everything_is_bound_and_not_before);
        tcase_add_loop_test(tests, told_to_stop_it_says_so_clears_up_and_ends_well, 0, 2);
        tcase_add_test(tests, the_watchdog_hears_of_progress);
        tcase_add_test(tests, without_a_ledger_it_says_how_to_make_one);
        tcase_add_test(tests, a_key_file_that_others_can_read_is_refused);
        tcase_add_test(tests, a_ledger_of_other_keys_is_refused);
        tcase_add_test(tests, a_ledger_is_made_once);
        tcase_add_test(tests, what_participants_need_is_printed);
        tcase_add_test(tests, a_second_daemon_on_the_ledger_is_refused);
        tcase_add_test(tests, an_endpoint_that_is_taken_is_named);
        tcase_add_test(tests, a_mistake_in_the_configuration_is_refused_with_its_line);
        tcase_add_loop_test(tests, a_call_is_answered_with_its_status, 0, COUNT_OF(calls));
        tcase_add_test(tests, what_can_be_reloaded_is_and_what_not_is_named);
        tcase_add_test(tests, killed_it_starts_again_over_what_it_left_behind);
        tcase_add_test(tests, a_failpoint_of_no_such_name_is_wrong_usage);
        return run_case(tests, "accordd", 60);
}
