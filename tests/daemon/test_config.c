/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "daemon/config.h"
#include "daemon/units.h"
#include "tests/daemon/run.h"

static char directory[] = "/tmp/accord-config-XXXXXX";
static char file[64];
static struct config_faults faults;

static void make_directory(void)
{
        ck_assert_ptr_nonnull(mkdtemp(directory));
        snprintf(file, sizeof(file), "%s/accordd.conf", directory);
}

static void remove_directory(void)
{
        char path[128];

        unlink(file);
        snprintf(path, sizeof(path), "%s.d/10-a.conf", file);
        unlink(path);
        snprintf(path, sizeof(path), "%s.d/20-b.conf", file);
        unlink(path);
        snprintf(path, sizeof(path), "%s.d/ignored", file);
        unlink(path);
        snprintf(path, sizeof(path), "%s.d", file);
        rmdir(path);
        rmdir(directory);
        memcpy(directory + strlen(directory) - 6, "XXXXXX", 6);
}

static void write_text(const char *path, const char *text)
{
        FILE *out = fopen(path, "w");

        ck_assert_ptr_nonnull(out);
        fputs(text, out);
        fclose(out);
}

/* What is written, and the end of what is said of it: the whole file's name goes before. */
static const struct {
        const char *text, *says;
} wrong[] = {
        { "[bus]\nwindow = 12\nwidow = 12\n", ":3: section [bus] has no setting 'widow'" },
        { "[bsu]\nwindow = 12\n", ":1: there is no section [bsu]" },
        { "[empty]\n", ":1: there is no section [empty]" },
        { "window = 12\n", ":1: 'window' stands before any [section]" },
        { "[bus]\nwindow\n", ":2: neither [section], nor setting = value, nor # comment" },
        { "[bus]\nwindow = 0\n", ":2: window: it must lie between 1 and 65536" },
        { "[bus]\n\n\nwindow = 65537\n", ":4: window: it must lie between 1 and 65536" },
        { "[bus]\nwindow = -1\n", ":2: window: '-1' is no whole number" },
        { "[bus]\nwindow = 12.5\n", ":2: window: '12.5' is no whole number" },
        { "[bus]\nwindow = 99999999999999999999\n",
          ":2: window: '99999999999999999999' is no whole number" },
        { "[bus]\nwindow = 1\nwindow = 2\n", ":3: [bus] window is set twice in this file" },
        { "[bus]\nwindow = 1\n  2\n", ":3: [bus] window is set twice in this file" },
        { "[bus]\nhandshake = 5\n",
          ":2: handshake: '5' is no duration: a whole number, then us, ms, s, min, h or d" },
        { "[bus]\nhandshake = 5 weeks\n",
          ":2: handshake: '5 weeks' is no duration: a whole number, then us, ms, s, min, h or d" },
        { "[bus]\nhandshake = 99ms\n", ":2: handshake: it must lie between 100ms and 5min" },
        { "[ledger]\nmap_size = 1k\n",
          ":2: map_size: '1k' is no size: a whole number, then K, M, G, T or nothing" },
        { "[ledger]\nmap_size = 99999999T\n",
          ":2: map_size: '99999999T' is no size: a whole number, then K, M, G, T or nothing" },
        { "[ledger]\nmap_size = 1M\n", ":2: map_size: it must lie between 16M and 64T" },
        { "[ledger]\ndirectory = ledger\n",
          ":2: directory: 'ledger' is no path that begins with /" },
        { "[ledger]\ndirectory =\n", ":2: directory: '' is no path that begins with /" },
        { "[bus]\nintake = tcp://127.0.0.1\n",
          ":2: intake: 'tcp://127.0.0.1' is not tcp://ADDRESS:PORT" },
        { "[bus]\nintake = ipc:///tmp/x:1\n",
          ":2: intake: 'ipc:///tmp/x:1' is not tcp://ADDRESS:PORT" },
        { "[bus]\nintake = tcp://*:65536\n",
          ":2: intake: 'tcp://*:65536' is not tcp://ADDRESS:PORT" },
        { "[bus]\nintake = tcp://:7410\n", ":2: intake: 'tcp://:7410' is not tcp://ADDRESS:PORT" },
        { "[log]\nlevel = loud\n", ":2: level: 'loud' is none of error warning notice info debug" },
        { "[control]\noperators = nobody-of-that-name\n",
          ":2: operators: there is no 'nobody-of-that-name' on this machine" },
        { "[control]\noperators = 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n",
          ":2: operators: there are more than 16" },
};

START_TEST(a_mistake_is_named_with_its_file_and_line)
{
        struct config config;
        char says[512];

        write_text(file, wrong[_i].text);
        ck_assert_int_eq(config_load(&config, file, &faults), -EINVAL);
        ck_assert_uint_eq(faults.count, 1);
        snprintf(says, sizeof(says), "%s%s", file, wrong[_i].says);
        ck_assert_str_eq(faults.text[0], says);
}
END_TEST

START_TEST(every_mistake_is_named_at_once)
{
        struct config config;

        write_text(file, "[bus]\nwindow = 0\nrate = x\nwidow = 1\n[log]\nlevel = x\n");
        ck_assert_int_eq(config_load(&config, file, &faults), -EINVAL);
        ck_assert_uint_eq(faults.count, 4);
}
END_TEST

START_TEST(a_line_too_long_is_a_mistake)
{
        char text[600] = "[bus]\nintake = tcp://";
        struct config config;

        memset(text + strlen(text), 'a', 400);
        write_text(file, text);
        ck_assert_int_eq(config_load(&config, file, &faults), -EINVAL);
        ck_assert_ptr_nonnull(strstr(faults.text[0], ":2: the line is longer than"));
}
END_TEST

START_TEST(what_is_not_set_stays_at_its_default)
{
        struct config config;

        write_text(file, "# nothing\n");
        ck_assert_int_eq(config_load(&config, file, &faults), 0);
        ck_assert_str_eq(config.ledger_directory, "/var/lib/accord/ledger");
        ck_assert_uint_eq(config.ledger_map_size, UINT64_C(1) << 40);
        ck_assert_uint_eq(config.bus_handshake, 5000000);
        ck_assert_uint_eq(config.log_level, LOG_INFO);
        ck_assert_uint_eq(config.control_operators.count, 0);
}
END_TEST

START_TEST(what_is_set_is_taken)
{
        struct config config;

        write_text(file,
                   "[bus]\nintake = tcp://127.0.0.1:* ; any port\nheartbeat = 1500ms\n"
                   "[control]\noperators = root, 4711\n[log]\nlevel = debug\ntarget = plain\n");
        ck_assert_int_eq(config_load(&config, file, &faults), 0);
        ck_assert_str_eq(config.bus_intake, "tcp://127.0.0.1:*");
        ck_assert_uint_eq(config.bus_heartbeat, 1500000);
        ck_assert_uint_eq(config.control_operators.count, 2);
        ck_assert_uint_eq(config.control_operators.ids[0], 0);
        ck_assert_uint_eq(config.control_operators.ids[1], 4711);
        ck_assert_uint_eq(config.log_level, LOG_DEBUG);
        ck_assert_uint_eq(config.log_target, CONFIG_TARGET_PLAIN);
}
END_TEST

START_TEST(files_in_the_directory_come_after_in_order_of_name)
{
        struct config config;
        char path[128];

        write_text(file, "[bus]\nwindow = 1\nrate = 1\nbacklog = 1\n");
        snprintf(path, sizeof(path), "%s.d", file);
        ck_assert_int_eq(mkdir(path, 0700), 0);
        snprintf(path, sizeof(path), "%s.d/20-b.conf", file);
        write_text(path, "[bus]\nrate = 3\n");
        snprintf(path, sizeof(path), "%s.d/10-a.conf", file);
        write_text(path, "[bus]\nrate = 2\nbacklog = 2\n");
        snprintf(path, sizeof(path), "%s.d/ignored", file);
        write_text(path, "nonsense\n");
        ck_assert_int_eq(config_load(&config, file, &faults), 0);
        ck_assert_uint_eq(config.bus_window, 1);
        ck_assert_uint_eq(config.bus_backlog, 2);
        ck_assert_uint_eq(config.bus_rate, 3);

        write_text(path, "");
        snprintf(path, sizeof(path), "%s.d/20-b.conf", file);
        write_text(path, "[bus]\nrates = 3\n");
        ck_assert_int_eq(config_load(&config, file, &faults), -EINVAL);
        ck_assert_ptr_nonnull(strstr(faults.text[0], "20-b.conf:2: "));
}
END_TEST

START_TEST(a_file_that_is_not_there_is_said_to_be_so)
{
        struct config config;

        ck_assert_int_eq(config_load(&config, "/nowhere/accordd.conf", &faults), -ENOENT);
}
END_TEST

/* Uncommented, what --print-defaults prints means the same as nothing at all. */
START_TEST(the_printed_defaults_are_the_defaults)
{
        struct config config, defaults;
        FILE *out = fopen(file, "w"), *in;
        char line[256], path[128];
        struct setting row;
        int settings = 0;

        config_print_defaults(out);
        fclose(out);
        in = fopen(file, "r");
        snprintf(path, sizeof(path), "%s.plain", file);
        out = fopen(path, "w");
        while (fgets(line, sizeof(line), in)) {
                settings += line[0] == '#' && line[1] != ' ';
                fputs(line[0] == '#' && line[1] != ' ' ? line + 1 : line, out);
        }
        fclose(in);
        fclose(out);
        config_defaults(&defaults);
        ck_assert_int_eq(config_load(&config, path, &faults), 0);
        unlink(path);
        for (size_t i = 0; config_setting(i, &row); i++) {
                ck_assert_msg(config_same(&config, &defaults, i), "%s", row.key);
                settings--;
        }
        ck_assert_int_eq(settings, 0);
}
END_TEST

static const struct {
        const char *text;
        uint64_t us;
} durations[] = {
        { "0", 0 }, { "1us", 1 }, { "250ms", 250000 }, { "5s", 5000000 }, { "2min", 120000000 },
        { "1h", UINT64_C(3600000000) }, { "3d", UINT64_C(259200000000) }, { "5 s", 5000000 },
};

START_TEST(a_duration_is_read_and_printed)
{
        char text[UNITS_TEXT_MAX];
        uint64_t us = 1, again = 1;

        ck_assert(duration_parse(durations[_i].text, &us));
        ck_assert_uint_eq(us, durations[_i].us);
        duration_print(us, text);
        ck_assert(duration_parse(text, &again));
        ck_assert_uint_eq(again, us);
}
END_TEST

static const char *const no_durations[] = {
        "", "s", "5", "5S", "-5s", "5.5s", "5s ", "1000000000000d", "18446744073709551616us",
};

START_TEST(what_is_no_duration_is_not_read)
{
        uint64_t us = 42;

        ck_assert(!duration_parse(no_durations[_i], &us));
        ck_assert_uint_eq(us, 42);
}
END_TEST

START_TEST(a_size_is_read_and_printed)
{
        char text[UNITS_TEXT_MAX];
        uint64_t size = 0;

        ck_assert(size_parse("4096", &size));
        ck_assert_uint_eq(size, 4096);
        size_print(size, text);
        ck_assert_str_eq(text, "4K");
        ck_assert(size_parse("1T", &size));
        ck_assert_uint_eq(size, UINT64_C(1) << 40);
        size_print(size, text);
        ck_assert_str_eq(text, "1T");
        size_print((UINT64_C(1) << 40) + 1, text);
        ck_assert_str_eq(text, "1099511627777");
        ck_assert(!size_parse("1KB", &size));
        ck_assert(!size_parse("16777216T", &size));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("config");

        tcase_add_checked_fixture(tests, make_directory, remove_directory);
        tcase_add_loop_test(tests, a_mistake_is_named_with_its_file_and_line, 0, COUNT_OF(wrong));
        tcase_add_test(tests, every_mistake_is_named_at_once);
        tcase_add_test(tests, a_line_too_long_is_a_mistake);
        tcase_add_test(tests, what_is_not_set_stays_at_its_default);
        tcase_add_test(tests, what_is_set_is_taken);
        tcase_add_test(tests, files_in_the_directory_come_after_in_order_of_name);
        tcase_add_test(tests, a_file_that_is_not_there_is_said_to_be_so);
        tcase_add_test(tests, the_printed_defaults_are_the_defaults);
        tcase_add_loop_test(tests, a_duration_is_read_and_printed, 0, COUNT_OF(durations));
        tcase_add_loop_test(tests, what_is_no_duration_is_not_read, 0, COUNT_OF(no_durations));
        tcase_add_test(tests, a_size_is_read_and_printed);
        return run_case(tests, "config", 20);
}
