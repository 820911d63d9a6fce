/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <dirent.h>
#include <unistd.h>

#include "proof/keyfile.h"
#include "tests/proof/run.h"

static char folder[] = "/tmp/accord-keyfile-XXXXXX";
static char path[64];
static struct keys keys;

static void setup(void)
{
        ck_assert_ptr_nonnull(mkdtemp(folder));
        snprintf(path, sizeof(path), "%s/key", folder);
        keys_generate(KEY_KIND_HUB, &keys);
        ck_assert_int_eq(keyfile_write(path, &keys), 0);
}

static void teardown(void)
{
        unlink(path);
        ck_assert_msg(rmdir(folder) == 0, "something was left behind");
}

static void put(const char *text)
{
        FILE *file = fopen(path, "w");

        ck_assert_ptr_nonnull(file);
        ck_assert_int_ge(fputs(text, file), 0);
        ck_assert_int_eq(fclose(file), 0);
}

START_TEST(what_is_written_is_private_and_loads)
{
        struct keys again;
        struct stat status;

        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_uint_eq(status.st_mode & 07777, 0600);
        ck_assert_int_eq(keyfile_load(path, &again), 0);
        ck_assert_mem_eq(&again, &keys, sizeof(keys));
}
END_TEST

START_TEST(a_file_is_never_replaced)
{
        struct keys another, again;

        keys_generate(KEY_KIND_HUB, &another);
        ck_assert_int_eq(keyfile_write(path, &another), -EEXIST);
        ck_assert_int_eq(keyfile_write_public(path, &another.public), -EEXIST);
        ck_assert_int_eq(keyfile_load(path, &again), 0);
        ck_assert_mem_eq(&again, &keys, sizeof(keys));
}
END_TEST

static const struct {
        mode_t mode;
        int answer;
} modes[] = {
        { 0600, 0 },
        { 0400, 0 },
        { 0700, 0 },
        { 0640, -EPERM },
        { 0660, -EPERM },
        { 0610, -EPERM },
        { 0604, -EPERM },
        { 0602, -EPERM },
        { 0644, -EPERM },
        { 0440, -EPERM },
};

START_TEST(others_may_not_be_let_in)
{
        static const struct keys wiped;
        struct keys again;

        ck_assert_int_eq(chmod(path, modes[_i].mode), 0);
        ck_assert_msg(keyfile_load(path, &again) == modes[_i].answer, "mode %o", modes[_i].mode);
        if (modes[_i].answer)
                ck_assert_mem_eq(&again, &wiped, sizeof(again));
}
END_TEST

/* An access control list; the kernel wants its entries in this order. */
static const struct {
        const char *says;
        int user;               /* who is named, counted from the caller */
        uint8_t group, named_group, other;      /* permissions */
        int answer;
} lists[] = {
        { "the list names the caller", 0, 0, 0, 0, 0 },
        { "the list names somebody else", 1, 0, 0, 0, -EPERM },
        { "the list names a group", 0, 0, 4, 0, -EPERM },
        { "the list lets the file's own group in", 0, 4, 0, 0, -EPERM },
        { "the list lets everybody in", 0, 0, 0, 4, -EPERM },
};

#define ENTRY(tag, permissions, id)                                                           \
        (tag), 0, (permissions), 0, (uint8_t)(id), (uint8_t)((id) >> 8), (uint8_t)((id) >> 16), \
                (uint8_t)((id) >> 24)
#define NOBODY UINT32_MAX

START_TEST(a_list_may_let_in_the_caller_only)
{
        uint32_t user = (uint32_t)((int)geteuid() + lists[_i].user);
        uint8_t list[] = {
                2, 0, 0, 0,
                ENTRY(0x01, 4, NOBODY),
                ENTRY(0x02, 4, user),
                ENTRY(0x04, lists[_i].group, NOBODY),
                ENTRY(0x08, lists[_i].named_group, UINT32_C(12345)),
                ENTRY(0x10, 4, NOBODY),
                ENTRY(0x20, lists[_i].other, NOBODY),
        };
        struct keys again;

        if (setxattr(path, "system.posix_acl_access", list, sizeof(list), 0) < 0) {
                ck_assert_int_eq(errno, EOPNOTSUPP);
                printf("skipped: no access control lists on the file system of /tmp\n");
                return;
        }
        ck_assert_msg(keyfile_load(path, &again) == lists[_i].answer, "%s", lists[_i].says);
}
END_TEST

START_TEST(what_is_no_key_file_is_told_apart)
{
        char text[KEYS_TEXT_MAX];
        struct keys again;

        put("");
        ck_assert_int_eq(keyfile_load(path, &again), -EBADMSG);
        public_keys_print(&keys.public, text);
        put(text);
        ck_assert_int_eq(keyfile_load(path, &again), -EBADMSG);
        memset(text, 'a', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        put(text);
        ck_assert_int_eq(keyfile_load(path, &again), -EBADMSG);

        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(keyfile_load(path, &again), -ENOENT);
        ck_assert_int_eq(mkfifo(path, 0600), 0);
        ck_assert_int_eq(keyfile_load(path, &again), -EBADMSG);
        ck_assert_int_eq(keyfile_load(folder, &again), -EBADMSG);
}
END_TEST

START_TEST(the_public_file_is_for_everybody)
{
        struct public_keys again;
        struct stat status;
        mode_t mask = umask(0077);

        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(keyfile_write_public(path, &keys.public), 0);
        umask(mask);
        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_uint_eq(status.st_mode & 07777, 0644);
        ck_assert_int_eq(keyfile_load_public(path, &again), 0);
        ck_assert_mem_eq(&again, &keys.public, sizeof(again));
        put("accord-public v2\n");
        ck_assert_int_eq(keyfile_load_public(path, &again), -EBADMSG);
}
END_TEST

START_TEST(a_name_too_long_and_a_folder_that_is_not_there)
{
        char name[5000];

        memset(name, 'a', sizeof(name) - 1);
        name[sizeof(name) - 1] = '\0';
        ck_assert_int_eq(keyfile_write(name, &keys), -ENAMETOOLONG);
        ck_assert_int_eq(keyfile_write("/nowhere/at/all", &keys), -ENOENT);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("keyfile");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_add_test(tests, what_is_written_is_private_and_loads);
        tcase_add_test(tests, a_file_is_never_replaced);
        tcase_add_loop_test(tests, others_may_not_be_let_in, 0, COUNT_OF(modes));
        tcase_add_loop_test(tests, a_list_may_let_in_the_caller_only, 0, COUNT_OF(lists));
        tcase_add_test(tests, what_is_no_key_file_is_told_apart);
        tcase_add_test(tests, the_public_file_is_for_everybody);
        tcase_add_test(tests, a_name_too_long_and_a_folder_that_is_not_there);
        return run_case(tests, "proof/keyfile");
}
