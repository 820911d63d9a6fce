/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <sys/wait.h>

#include "store/guard.h"
#include "tests/store/ledger.h"

static struct hasher *hasher;
static struct guard *guard;
static char path[128];

static struct digest digest_of(uint8_t octet)
{
        struct digest digest;

        memset(digest.octets, octet, sizeof(digest.octets));
        return digest;
}

static struct guard_mark mark_of(uint64_t size)
{
        return (struct guard_mark) {
                .genesis = digest_of(1), .epoch = 1, .size = size, .root = digest_of((uint8_t)size),
                .time = (int64_t)size,
        };
}

static void setup(void)
{
        make_top();
        ck_assert_int_eq(mkdir(folder, 0700), 0);
        ck_assert_int_eq(hasher_new(&hasher), 0);
        snprintf(path, sizeof(path), "%s/guard", folder);
        guard = NULL;
}

static void teardown(void)
{
        guard_close(guard);
        hasher_free(hasher);
        remove_top();
}

/* A file whose marks were 7 (made with), 10, 11, ..., the last @size; open. */
static void make_guard(uint64_t size)
{
        struct guard_mark mark = mark_of(7);

        ck_assert_int_eq(guard_create(path, &mark), 0);
        ck_assert_int_eq(guard_open(path, &guard), 0);
        for (uint64_t i = 10; i <= size; i++) {
                mark = mark_of(i);
                ck_assert_int_eq(guard_write(guard, &mark), 0);
        }
}

static void open_again(void)
{
        guard_close(guard);
        guard = NULL;
        ck_assert_int_eq(guard_open(path, &guard), 0);
}

static void spoil(off_t at)
{
        int fd = open(path, O_RDWR);
        uint8_t octet;

        ck_assert_int_eq(pread(fd, &octet, 1, at), 1);
        octet ^= 0x10;
        ck_assert_int_eq(pwrite(fd, &octet, 1, at), 1);
        close(fd);
}

/* ---- judging */

static const struct {
        const char *what;
        bool lost, condemned;
        uint8_t genesis;
        uint32_t mark_epoch, epoch;
        uint64_t mark_size, size;
        uint8_t mark_root, root;
        enum guard_verdict verdict;
} cases[] = {
        { "where the mark is", false, false, 1, 1, 1, 9, 9, 5, 5, GUARD_FITS },
        { "ahead of it", false, false, 1, 1, 1, 9, 10, 5, 5, GUARD_FITS },
        { "far ahead, in a newer epoch", false, false, 1, 1, 2, 9, 900, 5, 5, GUARD_FITS },
        { "one entry short", false, false, 1, 1, 1, 9, 8, 5, 5, GUARD_BEHIND },
        { "empty", false, false, 1, 1, 1, 9, 0, 5, 0, GUARD_BEHIND },
        { "short, and of an older epoch", false, false, 1, 2, 1, 9, 8, 5, 0, GUARD_BEHIND },
        { "another root", false, false, 1, 1, 1, 9, 9, 5, 6, GUARD_FORKED },
        { "ahead with another root", false, false, 1, 1, 1, 9, 90, 5, 6, GUARD_FORKED },
        { "an older epoch with the same root", false, false, 1, 2, 1, 9, 9, 5, 5, GUARD_FORKED },
        { "another genesis", false, false, 2, 1, 1, 9, 9, 5, 5, GUARD_OTHER },
        { "another genesis, behind", false, false, 2, 1, 1, 9, 3, 5, 5, GUARD_OTHER },
        { "another genesis, condemned", false, true, 2, 1, 1, 9, 9, 5, 5, GUARD_OTHER },
        { "condemned where it fits", false, true, 1, 1, 1, 9, 9, 5, 5, GUARD_CONDEMNED },
        { "condemned and behind", false, true, 1, 1, 1, 9, 2, 5, 5, GUARD_CONDEMNED },
        { "no mark", true, false, 1, 1, 1, 9, 9, 5, 5, GUARD_LOST },
};

START_TEST(a_ledger_is_judged_by_the_mark)
{
        struct guard_mark mark = mark_of(cases[_i].mark_size);
        const struct guard_ledger ledger = {
                .genesis = digest_of(cases[_i].genesis), .epoch = cases[_i].epoch,
                .size = cases[_i].size, .root = digest_of(cases[_i].root),
        };
        enum guard_verdict verdict;

        mark.epoch = cases[_i].mark_epoch;
        mark.root = digest_of(cases[_i].mark_root);
        mark.condemned = cases[_i].condemned;
        verdict = guard_judge(cases[_i].lost ? NULL : &mark, &ledger);
        ck_assert_msg(verdict == cases[_i].verdict, "%s: %s", cases[_i].what, guard_word(verdict));
}
END_TEST

START_TEST(a_sector_reads_as_it_was_written)
{
        struct guard_mark mark = mark_of(UINT64_C(0x0102030405060708)), again;
        uint8_t sector[GUARD_SECTOR_SIZE];

        mark.number = 77;
        mark.epoch = 3;
        mark.condemned = true;
        memset(mark.says, 'x', GUARD_SAYS_MAX);
        guard_print(hasher, &mark, sector);
        ck_assert(guard_parse(hasher, sector, &again));
        ck_assert_int_eq(memcmp(&again, &mark, sizeof(mark)), 0);
}
END_TEST

START_TEST(every_octet_of_a_sector_counts)
{
        struct guard_mark mark = mark_of(12), again;
        uint8_t sector[GUARD_SECTOR_SIZE];

        mark.number = 5;
        guard_print(hasher, &mark, sector);
        for (size_t i = 0; i < sizeof(sector); i++) {
                sector[i] ^= 1;
                ck_assert_msg(!guard_parse(hasher, sector, &again), "octet %zu", i);
                sector[i] ^= 1;
        }
        memset(sector, 0, sizeof(sector));
        ck_assert(!guard_parse(hasher, sector, &again));
}
END_TEST

/* ---- the file */

START_TEST(it_is_private_whole_and_never_made_over_another)
{
        struct guard_mark first = mark_of(3), other = mark_of(4);
        struct stat status;
        mode_t mask = umask(0);

        ck_assert_int_eq(rmdir(folder), 0);
        ck_assert_int_eq(guard_create(path, &first), 0);
        umask(mask);
        ck_assert_int_eq(stat(folder, &status), 0);
        ck_assert_uint_eq(status.st_mode & 07777, 0700);
        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_uint_eq(status.st_mode & 07777, 0600);
        ck_assert_int_eq(status.st_size, GUARD_SIZE);
        ck_assert_uint_eq(status.st_nlink, 1);
        ck_assert_int_eq(guard_create(path, &other), -EEXIST);
        ck_assert_int_eq(guard_open(path, &guard), 0);
        ck_assert_uint_eq(guard_last(guard)->size, 3);
        ck_assert_uint_eq(guard_damaged(guard), 0);
}
END_TEST

START_TEST(what_was_written_last_counts)
{
        make_guard(14);
        for (uint64_t size = 15; size < 19; size++) {
                struct guard_mark mark = mark_of(size);

                open_again();
                ck_assert_uint_eq(guard_last(guard)->size, size - 1);
                ck_assert_uint_eq(guard_last(guard)->root.octets[0], size - 1);
                ck_assert_int_eq(guard_last(guard)->time, (int64_t)size - 1);
                ck_assert_int_eq(guard_write(guard, &mark), 0);
                ck_assert_uint_eq(guard_last(guard)->size, size);
        }
}
END_TEST

/* What is written is on the disk when the call returns: the descriptor says so. */
START_TEST(it_is_written_synchronously)
{
        char name[64], to[160];
        int found = 0;

        make_guard(10);
        for (int fd = 3; fd < 64; fd++) {
                ssize_t n;

                snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
                n = readlink(name, to, sizeof(to) - 1);
                to[n > 0 ? n : 0] = '\0';
                if (strcmp(to, path) != 0)
                        continue;
                found++;
                ck_assert(fcntl(fd, F_GETFL) & O_DSYNC);
        }
        ck_assert_int_eq(found, 1);
}
END_TEST

/* Marks alternate: after 10 and 11 either half is the newer one once. */
START_TEST(one_damaged_half_leaves_the_other_and_is_mended)
{
        uint64_t last = (uint64_t)(10 + _i / 2), newer;
        struct guard_mark mark = mark_of(20);
        off_t half = (_i % 2) * GUARD_SECTOR_SIZE;

        make_guard(last);
        spoil(half + 70);
        open_again();
        ck_assert_uint_eq(guard_damaged(guard), 1);
        ck_assert_ptr_nonnull(guard_last(guard));
        newer = guard_last(guard)->size;
        ck_assert(newer == last || newer == (last == 10 ? 7 : last - 1));
        ck_assert_int_eq(guard_write(guard, &mark), 0);
        open_again();
        ck_assert_uint_eq(guard_damaged(guard), 0);
        ck_assert_uint_eq(guard_last(guard)->size, 20);
}
END_TEST

START_TEST(with_both_damaged_there_is_no_mark)
{
        make_guard(12);
        spoil(60);
        spoil(GUARD_SECTOR_SIZE + 4090);
        open_again();
        ck_assert_ptr_null(guard_last(guard));
        ck_assert_uint_eq(guard_damaged(guard), 2);
        ck_assert_int_eq(guard_condemn(guard, "nobody can"), -EIO);
}
END_TEST

START_TEST(a_file_cut_short_is_damaged_as_far)
{
        static const struct { off_t size; unsigned int damaged; } cuts[] = {
                { 0, 2 }, { GUARD_SECTOR_SIZE - 1, 2 }, { GUARD_SECTOR_SIZE, 1 },
                { GUARD_SIZE - 1, 1 },
        };

        make_guard(12);
        for (size_t i = COUNT_OF(cuts); i-- > 0;) {
                ck_assert_int_eq(truncate(path, cuts[i].size), 0);
                open_again();
                ck_assert_uint_eq(guard_damaged(guard), cuts[i].damaged);
        }
}
END_TEST

START_TEST(condemned_it_stays_until_it_is_lifted)
{
        struct guard_mark mark = mark_of(13);

        make_guard(12);
        ck_assert_int_eq(guard_condemn(guard, "entry 5 does not hash to its leaf"), 0);
        ck_assert_int_eq(guard_condemn(guard, "something else"), 0);
        ck_assert_int_eq(guard_write(guard, &mark), -EPERM);
        for (int half = 0; half < 2; half++) {
                spoil(half * GUARD_SECTOR_SIZE);
                open_again();
                ck_assert_msg(guard_last(guard)->condemned, "damage to one half undoes it");
                ck_assert_str_eq(guard_last(guard)->says, "entry 5 does not hash to its leaf");
                ck_assert_uint_eq(guard_last(guard)->size, 12);
                spoil(half * GUARD_SECTOR_SIZE);
        }
        open_again();
        ck_assert_int_eq(guard_lift(guard), 0);
        open_again();
        ck_assert(!guard_last(guard)->condemned);
        ck_assert_str_eq(guard_last(guard)->says, "");
        ck_assert_int_eq(guard_write(guard, &mark), 0);
}
END_TEST

/* 0 or -errno of guard_open() in a process of its own. */
static int answer_elsewhere(const char *name)
{
        pid_t child = fork();
        int status;

        if (child == 0) {
                struct guard *other = NULL;

                _exit(-guard_open(name, &other));
        }
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        return -WEXITSTATUS(status);
}

START_TEST(two_never_have_it_whatever_the_path)
{
        char link[160];

        make_guard(10);
        ck_assert_int_eq(answer_elsewhere(path), -EWOULDBLOCK);
        snprintf(link, sizeof(link), "%s/other-name", folder);
        ck_assert_int_eq(symlink(path, link), 0);
        ck_assert_int_eq(answer_elsewhere(link), -EWOULDBLOCK);
        guard_close(give(guard));
        ck_assert_int_eq(answer_elsewhere(link), 0);
        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(answer_elsewhere(path), -ENOENT);
}
END_TEST

START_TEST(a_new_one_takes_its_place_and_the_old_is_kept)
{
        struct guard_mark next = mark_of(9);
        char kept[160];

        make_guard(12);
        guard_close(give(guard));
        snprintf(kept, sizeof(kept), "%s.epoch-1", path);
        next.epoch = 2;
        ck_assert_int_eq(guard_replace(path, kept, &next), 0);
        ck_assert_int_eq(guard_open(path, &guard), 0);
        ck_assert_uint_eq(guard_last(guard)->epoch, 2);
        ck_assert_uint_eq(guard_last(guard)->size, 9);
        guard_close(give(guard));
        ck_assert_int_eq(guard_open(kept, &guard), 0);
        ck_assert_uint_eq(guard_last(guard)->size, 12);
        guard_close(give(guard));
        next.epoch = 3;
        ck_assert_msg(guard_replace(path, kept, &next) == -EEXIST, "what is kept is never lost");
        ck_assert_int_eq(guard_open(path, &guard), 0);
        ck_assert_uint_eq(guard_last(guard)->epoch, 2);
}
END_TEST

START_TEST(without_an_old_one_a_new_one_is_made)
{
        struct guard_mark first = mark_of(9);
        char kept[160];

        snprintf(kept, sizeof(kept), "%s.epoch-1", path);
        ck_assert_int_eq(guard_replace(path, kept, &first), 0);
        ck_assert_int_eq(access(kept, F_OK), -1);
        ck_assert_int_eq(guard_open(path, &guard), 0);
        ck_assert_uint_eq(guard_last(guard)->size, 9);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("guard");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_add_loop_test(tests, a_ledger_is_judged_by_the_mark, 0, COUNT_OF(cases));
        tcase_add_test(tests, a_sector_reads_as_it_was_written);
        tcase_add_test(tests, every_octet_of_a_sector_counts);
        tcase_add_test(tests, it_is_private_whole_and_never_made_over_another);
        tcase_add_test(tests, what_was_written_last_counts);
        tcase_add_test(tests, it_is_written_synchronously);
        tcase_add_loop_test(tests, one_damaged_half_leaves_the_other_and_is_mended, 0, 4);
        tcase_add_test(tests, with_both_damaged_there_is_no_mark);
        tcase_add_test(tests, a_file_cut_short_is_damaged_as_far);
        tcase_add_test(tests, condemned_it_stays_until_it_is_lifted);
        tcase_add_test(tests, two_never_have_it_whatever_the_path);
        tcase_add_test(tests, a_new_one_takes_its_place_and_the_old_is_kept);
        tcase_add_test(tests, without_an_old_one_a_new_one_is_made);
        return run_case(tests, "store/guard");
}
