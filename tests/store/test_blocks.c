/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks kept under keys: found again, gone when the key is, and in step with the log. What of
 * them is on the disk is looked at as a stranger would: through the files.
 */
#include <stdlib.h>

#include "core/check.h"
#include "store/blocks.h"
#include "store/keyring.h"
#include "tests/store/ledger.h"

#define SIZE 9000u              /* larger than a page */

static struct block_store *store;

static struct block_store_options options(bool read_only)
{
        return (struct block_store_options) {
                .directory = folder, .map_size = MAP_SIZE, .read_only = read_only,
        };
}

static void open_blocks(void)
{
        const struct block_store_options o = options(false);

        ck_assert_int_eq(block_store_open(&o, &store), 0);
}

static void reopen(void)
{
        block_store_close(store);
        store = NULL;
        open_blocks();
}

static void set_up(void)
{
        make_top();
        open_blocks();
}

static void tear_down(void)
{
        block_store_close(store);
        remove_top();
}

static struct block_id id_of(uint64_t index, uint32_t event, uint32_t contract_no, uint32_t year)
{
        return (struct block_id) {
                .index = index, .event = event, .contract_no = contract_no, .year = year,
                .sha256 = { (uint8_t)index, (uint8_t)event },
        };
}

/* The columns of a block: told from its place, and long. */
static struct bytes columns_of(const struct block_id *id, uint8_t room[SIZE])
{
        for (size_t i = 0; i < SIZE; i++)
                room[i] = (uint8_t)(id->index * 31 + id->event * 7 + id->contract_no + i % 251);
        return (struct bytes) { room, SIZE };
}

static void put_since(struct block_id id, uint64_t since)
{
        static uint8_t room[SIZE];

        ck_assert_int_eq(block_store_put(store, &id, since, columns_of(&id, room)), 0);
}

static void put(struct block_id id)
{
        put_since(id, 0);
}

static void commit(void)
{
        ck_assert_int_eq(block_store_commit(store), 0);
}

static int read_again(struct block_id id)
{
        own(block_reader) struct block_reader *reader = NULL;
        static uint8_t room[SIZE];
        struct bytes found;
        int r, has;

        ck_assert_int_eq(block_reader_open(store, SIZE, false, &reader), 0);
        r = block_reader_get(reader, &id, &found);
        has = block_reader_has(reader, &id);
        ck_assert_int_eq(has, r == -EILSEQ ? 0 : r);
        if (!r)
                ck_assert(bytes_equal(found, columns_of(&id, room)));
        return r;
}

START_TEST(what_was_kept_is_read_again)
{
        struct block_id ids[40];

        for (uint32_t i = 0; i < 40; i++) {
                ids[i] = id_of(1000 + i / 3, i % 3, i % 4, 2024 + i % 2);
                put(ids[i]);
        }
        ck_assert_int_eq(read_again(ids[0]), -ENOENT);  /* not committed yet */
        commit();
        for (int round = 0; round < 2; round++) {
                for (uint32_t i = 0; i < 40; i++)
                        ck_assert_int_eq(read_again(ids[i]), 0);
                reopen();
        }
}
END_TEST

START_TEST(what_is_not_committed_is_not_there)
{
        put(id_of(1, 0, 1, 2024));
        block_store_abort(store);
        commit();
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), -ENOENT);
        put(id_of(1, 0, 1, 2024));
        reopen();
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), -ENOENT);
}
END_TEST

START_TEST(the_batch_sees_its_own)
{
        const struct block_id id = id_of(1, 0, 1, 2024);
        struct block_reader *reader;
        struct bytes found;

        put(id);
        ck_assert_int_eq(block_reader_open(store, SIZE, true, &reader), 0);
        ck_assert_int_eq(block_reader_get(reader, &id, &found), 0);
        block_reader_close(reader);
        commit();
        ck_assert_int_eq(block_reader_open(store, SIZE, true, &reader), 0);
        ck_assert_int_eq(block_reader_get(reader, &id, &found), 0);
        block_reader_close(reader);
}
END_TEST

/* All that makes a block what it is. */
START_TEST(a_block_is_no_other)
{
        const struct block_id id = id_of(5, 2, 7, 2024);
        struct block_id other[] = { id, id, id, id, id };

        put(id);
        put(id_of(5, 2, 8, 2024));              /* so that there is a key for each */
        put(id_of(5, 2, 7, 2025));
        commit();
        other[0].index = 6;
        other[1].event = 3;
        other[2].contract_no = 9;
        other[3].year = 2026;
        other[4].sha256[31] = 1;
        for (int i = 0; i < 4; i++)
                ck_assert_int_eq(read_again(other[i]), -ENOENT);
        ck_assert_int_eq(read_again(other[4]), -EILSEQ);
        ck_assert_int_eq(read_again(id), 0);
}
END_TEST

START_TEST(larger_than_was_asked_for_is_damage)
{
        own(block_reader) struct block_reader *reader = NULL;
        const struct block_id id = id_of(5, 2, 7, 2024);
        struct bytes found;

        put(id);
        commit();
        ck_assert_int_eq(block_reader_open(store, SIZE - 1, false, &reader), 0);
        ck_assert_int_eq(block_reader_get(reader, &id, &found), -EILSEQ);
}
END_TEST

/* ---- files, as a stranger sees them */

static size_t read_file(const char *name, uint8_t **ret)
{
        char path[128];
        FILE *file;
        long size;

        snprintf(path, sizeof(path), "%s/%s", folder, name);
        file = fopen(path, "rb");
        ck_assert_ptr_nonnull(file);
        fseek(file, 0, SEEK_END);
        size = ftell(file);
        rewind(file);
        *ret = malloc((size_t)size);
        ck_assert_uint_eq(fread(*ret, 1, (size_t)size, file), (size_t)size);
        fclose(file);
        return (size_t)size;
}

static bool is_in_file(const char *name, struct bytes what)
{
        uint8_t *data;
        size_t size = read_file(name, &data);
        bool found = memmem(data, size, what.data, what.size) != NULL;

        free(data);
        return found;
}

/* The key of the first slot, as it lies in the file. */
static struct bytes first_key(uint8_t room[32])
{
        uint8_t *data;
        size_t size = read_file("keys", &data);

        ck_assert_uint_ge(size, 256);
        memcpy(room, data + 128 + 24, 32);
        free(data);
        return (struct bytes) { room, 32 };
}

START_TEST(no_row_lies_open_on_the_disk)
{
        const struct block_id id = id_of(5, 2, 7, 2024);
        uint8_t room[SIZE];
        struct bytes columns = columns_of(&id, room);

        put(id);
        commit();
        reopen();
        for (size_t at = 0; at + 24 < SIZE; at += 997)
                ck_assert(!is_in_file("data.mdb", (struct bytes) { room + at, 24 }));
        ck_assert_uint_eq(columns.size, SIZE);
}
END_TEST

START_TEST(erased_is_the_key_everywhere_and_with_it_the_rows)
{
        const struct block_id id = id_of(5, 2, 7, 2024), other = id_of(6, 0, 7, 2025);
        uint8_t room[32], *before;
        struct bytes key;
        size_t size;

        put(id);
        put(other);
        commit();
        key = first_key(room);
        size = read_file("data.mdb", &before);
        ck_assert(is_in_file("keys", key));
        ck_assert_int_eq(block_store_erase(store, 7, 2024, 10), 0);
        ck_assert_int_eq(read_again(id), -ENOENT);
        ck_assert_int_eq(read_again(other), 0);
        reopen();
        ck_assert(!is_in_file("keys", key));
        ck_assert(!is_in_file("data.mdb", key));
        ck_assert(!is_in_file("lock.mdb", key));
        ck_assert_int_eq(read_again(id), -ENOENT);
        ck_assert_int_eq(read_again(other), 0);
        ck_assert_uint_gt(size, 0);
        free(before);
}
END_TEST

/* A copy of the rows, from before: without the key it is noise. */
START_TEST(a_copy_of_the_rows_does_not_bring_them_back)
{
        const struct block_id id = id_of(5, 2, 7, 2024);
        char path[128];
        uint8_t *before;
        size_t size;
        FILE *file;

        put(id);
        commit();
        block_store_close(store);
        store = NULL;
        size = read_file("data.mdb", &before);
        open_blocks();
        ck_assert_int_eq(block_store_erase(store, 7, 2024, 10), 0);
        block_store_close(store);
        store = NULL;
        snprintf(path, sizeof(path), "%s/data.mdb", folder);
        file = fopen(path, "wb");
        ck_assert_uint_eq(fwrite(before, 1, size, file), size);
        fclose(file);
        free(before);
        open_blocks();
        ck_assert_int_eq(read_again(id), -ENOENT);
}
END_TEST

START_TEST(after_an_erasure_there_is_a_new_key)
{
        const struct block_id before = id_of(5, 0, 7, 2024), after = id_of(11, 0, 7, 2024);

        put(before);
        commit();
        /* In the batch of the erasure, which is entry 10: its key is not gone yet. */
        put_since(after, 10);
        commit();
        ck_assert_int_eq(block_store_erase(store, 7, 2024, 10), 0);
        ck_assert_int_eq(read_again(before), -ENOENT);
        ck_assert_int_eq(read_again(after), 0);
        reopen();
        put_since(id_of(12, 0, 7, 2024), 10);
        commit();
        ck_assert_int_eq(read_again(id_of(12, 0, 7, 2024)), 0);
}
END_TEST

/* ---- in step with the log */

struct erasures {
        uint32_t contract_no, year;
        uint64_t index;
        int r;
        int asked;
};

static int erased(void *with, uint32_t contract_no, uint32_t year, uint64_t *ret)
{
        struct erasures *erasures = with;

        erasures->asked++;
        *ret = contract_no == erasures->contract_no && year == erasures->year ? erasures->index
                                                                              : 0;
        return erasures->r;
}

START_TEST(blocks_of_entries_that_never_were_are_swept)
{
        struct erasures none = { .r = 0 };
        uint64_t dropped;

        for (uint64_t i = 0; i < 10; i++)
                put(id_of(i, 0, (uint32_t)i % 3, 2024));
        commit();
        ck_assert_int_eq(block_store_sweep(store, 7, erased, &none, &dropped), 0);
        ck_assert_uint_eq(dropped, 3);
        for (uint64_t i = 0; i < 10; i++)
                ck_assert_int_eq(read_again(id_of(i, 0, (uint32_t)i % 3, 2024)),
                                 i < 7 ? 0 : -ENOENT);
        ck_assert_int_eq(block_store_sweep(store, 7, erased, &none, &dropped), 0);
        ck_assert_uint_eq(dropped, 0);
}
END_TEST

/* The log says so, and a crash came before the key was destroyed; or an old copy was put back. */
START_TEST(an_erasure_is_finished_at_the_start)
{
        struct erasures some = { .contract_no = 1, .year = 2024, .index = 4 };
        uint8_t room[32];
        struct bytes key;
        uint64_t dropped;

        for (uint64_t i = 1; i < 7; i++)
                put_since(id_of(i, 0, 1, 2024), i < 4 ? 0 : 4);
        put(id_of(2, 1, 1, 2025));
        put(id_of(2, 2, 2, 2024));
        commit();
        key = first_key(room);
        ck_assert_int_eq(block_store_sweep(store, 7, erased, &some, &dropped), 0);
        ck_assert_uint_eq(dropped, 3);
        ck_assert(!is_in_file("keys", key));
        for (uint64_t i = 1; i < 7; i++)
                ck_assert_int_eq(read_again(id_of(i, 0, 1, 2024)), i < 4 ? -ENOENT : 0);
        ck_assert_int_eq(read_again(id_of(2, 1, 1, 2025)), 0);
        ck_assert_int_eq(read_again(id_of(2, 2, 2, 2024)), 0);
}
END_TEST

START_TEST(a_sweep_that_cannot_know_drops_nothing)
{
        struct erasures hurt = { .contract_no = 1, .year = 2024, .index = 4, .r = -EIO };
        uint64_t dropped;

        put(id_of(1, 0, 1, 2024));
        commit();
        ck_assert_int_eq(block_store_sweep(store, 7, erased, &hurt, &dropped), -EIO);
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), 0);
}
END_TEST

START_TEST(the_same_place_again_is_the_newer)
{
        struct block_id id = id_of(5, 0, 1, 2024), newer = id;

        newer.sha256[0] = 77;
        put(id);
        commit();
        put(newer);
        commit();
        ck_assert_int_eq(read_again(newer), 0);
        ck_assert_int_eq(read_again(id), -EILSEQ);
}
END_TEST

/* ---- the file of keys */

static void spoil_keys(size_t at, uint8_t mask)
{
        char path[128];
        uint8_t octet;
        int fd;

        snprintf(path, sizeof(path), "%s/keys", folder);
        fd = open(path, O_RDWR);
        ck_assert_int_eq(pread(fd, &octet, 1, (off_t)at), 1);
        octet ^= mask;
        ck_assert_int_eq(pwrite(fd, &octet, 1, (off_t)at), 1);
        close(fd);
}

START_TEST(a_slot_that_does_not_prove_is_no_key)
{
        put(id_of(1, 0, 1, 2024));
        put(id_of(1, 1, 2, 2024));
        commit();
        block_store_close(store);
        store = NULL;
        spoil_keys(128 + (size_t)_i, 1);
        open_blocks();
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), -ENOENT);
        ck_assert_int_eq(read_again(id_of(1, 1, 2, 2024)), 0);
        put(id_of(2, 0, 1, 2024));      /* under a new one, behind the others */
        commit();
        ck_assert_int_eq(read_again(id_of(2, 0, 1, 2024)), 0);
        ck_assert_int_eq(read_again(id_of(1, 1, 2, 2024)), 0);
}
END_TEST

/* Nobody knows what it was: it goes with the next that is destroyed. */
START_TEST(a_damaged_slot_goes_with_the_next_erasure)
{
        uint8_t room[32];
        struct bytes key;

        put(id_of(1, 0, 1, 2024));
        put(id_of(1, 1, 2, 2024));
        commit();
        key = first_key(room);
        block_store_close(store);
        store = NULL;
        spoil_keys(128 + 127, 1);
        open_blocks();
        ck_assert(is_in_file("keys", key));
        ck_assert_int_eq(block_store_erase(store, 2, 2024, 10), 0);
        ck_assert(!is_in_file("keys", key));
}
END_TEST

START_TEST(a_file_cut_short_goes_on)
{
        char path[128];

        put(id_of(1, 0, 1, 2024));
        put(id_of(1, 1, 2, 2024));
        commit();
        block_store_close(store);
        store = NULL;
        snprintf(path, sizeof(path), "%s/keys", folder);
        ck_assert_int_eq(truncate(path, _i), 0);
        open_blocks();
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), _i >= 256 ? 0 : -ENOENT);
        ck_assert_int_eq(read_again(id_of(1, 1, 2, 2024)), -ENOENT);
        put(id_of(3, 0, 2, 2024));
        commit();
        reopen();
        ck_assert_int_eq(read_again(id_of(3, 0, 2, 2024)), 0);
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), _i >= 256 ? 0 : -ENOENT);
}
END_TEST

START_TEST(another_file_is_refused)
{
        const struct block_store_options o = options(false);

        block_store_close(store);
        store = NULL;
        spoil_keys(3, 1);
        ck_assert_int_eq(block_store_open(&o, &store), -EILSEQ);
        store = NULL;
        spoil_keys(3, 1);
}
END_TEST

START_TEST(to_read_nothing_is_made)
{
        struct block_store_options o = options(true);
        char path[80];

        put(id_of(1, 0, 1, 2024));
        commit();
        block_store_close(store);
        store = NULL;
        ck_assert_int_eq(block_store_open(&o, &store), 0);
        ck_assert_int_eq(read_again(id_of(1, 0, 1, 2024)), 0);
        block_store_close(store);
        store = NULL;
        snprintf(path, sizeof(path), "%s/none", top);
        o.directory = path;
        ck_assert_int_eq(block_store_open(&o, &store), -ENOENT);
        ck_assert_int_eq(access(path, F_OK), -1);
}
END_TEST

START_TEST(one_at_a_time)
{
        const struct block_store_options o = options(false);
        struct block_store *second = NULL;

        ck_assert_int_eq(block_store_open(&o, &second), -EWOULDBLOCK);
}
END_TEST

/* Neither is taken for the other. */
START_TEST(a_ledger_is_no_store_of_blocks)
{
        const struct store_options ledger = { .directory = folder, .map_size = MAP_SIZE };

        put(id_of(1, 0, 1, 2024));
        commit();
        block_store_close(store);
        store = NULL;
        ck_assert_int_eq(store_open(&ledger, &env), -EPROTO);
        env = NULL;
}
END_TEST

int main(void)
{
        static const int cuts[] = { 0, 100, 128, 200, 255, 256, 300, 383 };
        TCase *tests = tcase_create("blocks");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, what_was_kept_is_read_again);
        tcase_add_test(tests, what_is_not_committed_is_not_there);
        tcase_add_test(tests, the_batch_sees_its_own);
        tcase_add_test(tests, a_block_is_no_other);
        tcase_add_test(tests, larger_than_was_asked_for_is_damage);
        tcase_add_test(tests, no_row_lies_open_on_the_disk);
        tcase_add_test(tests, erased_is_the_key_everywhere_and_with_it_the_rows);
        tcase_add_test(tests, a_copy_of_the_rows_does_not_bring_them_back);
        tcase_add_test(tests, after_an_erasure_there_is_a_new_key);
        tcase_add_test(tests, blocks_of_entries_that_never_were_are_swept);
        tcase_add_test(tests, an_erasure_is_finished_at_the_start);
        tcase_add_test(tests, a_sweep_that_cannot_know_drops_nothing);
        tcase_add_test(tests, the_same_place_again_is_the_newer);
        tcase_add_loop_test(tests, a_slot_that_does_not_prove_is_no_key, 0, 128);
        tcase_add_test(tests, a_damaged_slot_goes_with_the_next_erasure);
        for (int i = 0; i < COUNT_OF(cuts); i++)
                tcase_add_loop_test(tests, a_file_cut_short_goes_on, cuts[i], cuts[i] + 1);
        tcase_add_test(tests, another_file_is_refused);
        tcase_add_test(tests, to_read_nothing_is_made);
        tcase_add_test(tests, one_at_a_time);
        tcase_add_test(tests, a_ledger_is_no_store_of_blocks);
        return run_case(tests, "store-blocks");
}
