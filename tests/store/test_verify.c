/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tip.h"
#include "store/verify.h"
#include "tests/store/ledger.h"

#define ENTRIES 60

static void setup(void)
{
        struct store_log *log;

        make_ledger();
        log = load(LOG_TAIL);
        commit_batch(log, ENTRIES);
        log_free(log);
}

static int verify(struct finding *finding)
{
        own(store_txn) struct store_txn *txn = reading();

        return log_verify(txn, NULL, NULL, finding);
}

/* The row of @index as @change leaves it, in @table. */
static void rewrite(struct store_txn *txn, enum table table, uint64_t index,
                    void (*change)(uint8_t *row, size_t *size))
{
        uint8_t row[1024];
        struct bytes stored;
        size_t size;

        ck_assert_int_eq(store_get(txn, table, number_key(&index), &stored), 0);
        memcpy(row, stored.data, stored.size);
        size = stored.size;
        change(row, &size);
        force(txn, table, number_key(&index), (struct bytes) { row, size });
}

static int verify_tree(struct finding *finding)
{
        own(store_txn) struct store_txn *txn = reading();

        return tree_verify(txn, NULL, NULL, finding);
}

static int verify_tip(struct finding *finding)
{
        own(store_txn) struct store_txn *txn = reading();
        own(hasher) struct hasher *hasher = NULL;
        struct log_tip tip;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        return tip_verify(txn, hasher, &tip, finding);
}

static void flip_byte(uint8_t *row, size_t *size)
{
        row[*size - 1] ^= 0x20;
}

static void flip_kind(uint8_t *row, size_t *size)
{
        (void)size;
        row[1] ^= 1;
}

static void newer_format(uint8_t *row, size_t *size)
{
        (void)size;
        row[0]++;
}

static void flip_length(uint8_t *row, size_t *size)
{
        (void)size;
        row[7] ^= 1;
}

static void shorten(uint8_t *row, size_t *size)
{
        (void)row;
        *size -= 1;
}

static void to_nothing(uint8_t *row, size_t *size)
{
        (void)row;
        *size = 0;
}

static void not_zero(uint8_t *row, size_t *size)
{
        (void)size;
        row[3] = 1;
}

static void flip_index(uint8_t *row, size_t *size)
{
        (void)size;
        row[15] ^= 1;
}

static void same_time(uint8_t *row, size_t *size)
{
        (void)size;
        row[23]--;
}

static const struct {
        const char *says;
        enum table table;
        void (*change)(uint8_t *row, size_t *size);
        int answer;
        const char *finding;
} changes[] = {
        { "the last byte", TABLE_LOG, flip_byte, -EILSEQ,
          "entry 33: its bytes do not hash to its leaf" },
        { "the kind", TABLE_LOG, flip_kind, -EILSEQ,
          "entry 33: its bytes do not hash to its leaf" },
        { "a newer format", TABLE_LOG, newer_format, -EPROTONOSUPPORT,
          "entry 33: it is of a format that this version does not know" },
        { "the length", TABLE_LOG, flip_length, -EILSEQ, "entry 33: its header is damaged" },
        { "a byte short", TABLE_LOG, shorten, -EILSEQ, "entry 33: its header is damaged" },
        { "nothing left", TABLE_LOG, to_nothing, -EILSEQ, "entry 33: its header is damaged" },
        { "what must be zero", TABLE_LOG, not_zero, -EILSEQ, "entry 33: its header is damaged" },
        { "the index", TABLE_LOG, flip_index, -EILSEQ,
          "entry 33: its header is that of another entry" },
        { "the time", TABLE_LOG, same_time, -EILSEQ,
          "entry 33: its time is not after that of the one before" },
        { "the leaf", TABLE_LEAF, flip_byte, -EILSEQ,
          "entry 33: its bytes do not hash to its leaf" },
        { "a short leaf", TABLE_LEAF, shorten, -EILSEQ, "entry 33: its leaf is damaged" },
};

START_TEST(a_changed_row_is_found_and_named)
{
        struct store_txn *txn = writing();
        struct finding finding;

        rewrite(txn, changes[_i].table, 33, changes[_i].change);
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_msg(verify(&finding) == changes[_i].answer, "%s", changes[_i].says);
        ck_assert_str_eq(finding.says, changes[_i].finding);
        ck_assert_uint_eq(finding.index, 33);
}
END_TEST

static void drop(enum table table, uint64_t index)
{
        struct store_txn *txn = writing();

        ck_assert_int_eq(store_del(txn, table, number_key(&index)), 0);
        ck_assert_int_eq(store_commit(txn), 0);
}

static void add(enum table table, uint64_t index)
{
        struct store_txn *txn = writing();

        force(txn, table, number_key(&index), text("12345678901234567890123456789012"));
        ck_assert_int_eq(store_commit(txn), 0);
}

START_TEST(rows_too_few_or_too_many_are_found)
{
        struct finding finding;

        drop(TABLE_LOG, 20);
        ck_assert_int_eq(verify(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "the tip says 60 entries, LOG has 59");
        add(TABLE_LOG, 90);
        ck_assert_int_eq(verify(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "entry 20: another stands in its place");
        add(TABLE_LEAF, 60);
        ck_assert_int_eq(verify(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "the tip says 60 entries, LEAF has 61");
}
END_TEST

static const struct {
        size_t at;
        const char *finding;
} tips[] = {
        { 8, "the tip has another time than the last entry" },
        { 20, "the leaves do not make the root of the tip" },
        { 60, "the leaves do not make the frontier of the tip" },
        { 48, "the tip cannot be read" },
};

START_TEST(a_changed_tip_is_found)
{
        struct store_txn *txn = writing();
        uint8_t record[TIP_RECORD_MAX];
        struct finding finding;
        struct bytes stored;

        ck_assert_int_eq(store_get(txn, TABLE_META, tip_key, &stored), 0);
        memcpy(record, stored.data, stored.size);
        record[tips[_i].at] ^= 1;
        force(txn, TABLE_META, tip_key, (struct bytes) { record, stored.size });
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_int_eq(verify(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, tips[_i].finding);
        if (_i > 0) {
                ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
                ck_assert_str_eq(finding.says, tips[_i].finding);
                ck_assert_int_eq(verify_tip(&finding), -EILSEQ);
                ck_assert_str_eq(finding.says, tips[_i].finding);
        }
}
END_TEST

/*
 * Of 60 leaves the nodes are numbered as they are completed: 0 over 0 and 1, 1 over 2 and 3, 2 over
 * those four; 31 is the first that leaf 33 completes, 55 the last of all.
 */
static const struct {
        const char *says;
        uint64_t number;
        void (*change)(uint8_t *row, size_t *size);
        const char *finding;
} nodes[] = {
        { "a node", 31, flip_byte, "the node over entries 32 to 33: it is not what they make" },
        { "the first", 0, flip_byte, "the node over entries 0 to 1: it is not what they make" },
        { "a high one", 2, flip_byte, "the node over entries 0 to 3: it is not what they make" },
        { "the highest", 30, flip_byte, "the node over entries 0 to 31: it is not what they make" },
        { "the last", 55, flip_byte, "the node over entries 56 to 59: it is not what they make" },
        { "a short one", 31, shorten, "the node over entries 32 to 33: it is not what they make" },
};

START_TEST(a_changed_node_is_found_and_named)
{
        own(hasher) struct hasher *hasher = NULL;
        own(store_txn) struct store_txn *txn = writing();
        struct finding finding;

        rewrite(txn, TABLE_TREE, nodes[_i].number, nodes[_i].change);
        ck_assert_int_eq(store_commit(give(txn)), 0);
        ck_assert_msg(verify_tree(&finding) == -EILSEQ, "%s", nodes[_i].says);
        ck_assert_str_eq(finding.says, nodes[_i].finding);
        ck_assert_int_eq(verify(&finding), 0);

        ck_assert_int_eq(hasher_new(&hasher), 0);
        txn = reading();
        ck_assert_int_eq(log_verify_range(txn, hasher, 0, ENTRIES, &finding), -EILSEQ);
        ck_assert_str_eq(finding.says, nodes[_i].finding);
}
END_TEST

START_TEST(nodes_too_few_too_many_or_misplaced_are_found)
{
        struct finding finding;

        drop(TABLE_TREE, 31);
        ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "60 entries make 56 nodes, TREE has 55");
        ck_assert_int_eq(verify_tip(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "60 entries make 56 nodes, TREE has 55");
        add(TABLE_TREE, 90);
        ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says,
                         "the node over entries 32 to 33: another stands in its place");
        add(TABLE_TREE, 31);
        ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "60 entries make 56 nodes, TREE has 57");
}
END_TEST

START_TEST(a_changed_leaf_is_found_by_the_tree_too)
{
        struct store_txn *txn = writing();
        struct finding finding;

        rewrite(txn, TABLE_LEAF, 33, flip_byte);
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says,
                         "the node over entries 32 to 33: it is not what they make");
        txn = writing();
        rewrite(txn, TABLE_LEAF, 33, shorten);
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_int_eq(verify_tree(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "entry 33: its leaf is damaged");
}
END_TEST

/* Steps of every length come to the whole, and one that meets the damage says so. */
START_TEST(steps_find_a_node_wherever_they_begin)
{
        own(hasher) struct hasher *hasher = NULL;
        own(store_txn) struct store_txn *txn = writing();
        uint64_t step = (uint64_t)_i + 1, at = 0;
        struct finding finding;
        int r = 0;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        for (; !r && at < ENTRIES; at += step)
                r = log_verify_range(txn, hasher, at, at + step < ENTRIES ? at + step : ENTRIES,
                                     &finding);
        ck_assert_msg(r == 0, "%s", finding.says);

        rewrite(txn, TABLE_TREE, 30, flip_byte);
        for (at = 0; !r && at < ENTRIES; at += step)
                r = log_verify_range(txn, hasher, at, at + step < ENTRIES ? at + step : ENTRIES,
                                     &finding);
        ck_assert_int_eq(r, -EILSEQ);
        ck_assert_str_eq(finding.says,
                         "the node over entries 0 to 31: it is not what they make");
}
END_TEST

/* History rewritten with care: every leaf fits its entry, and the tree still tells. */
START_TEST(a_consistent_lie_is_found_by_the_tree)
{
        own(hasher) struct hasher *hasher = NULL;
        uint8_t row[ENTRY_HEADER_SIZE + 5];
        struct entry_header header = { 1, 5, 33, 1033 };
        struct store_txn *txn = writing();
        struct finding finding;
        struct digest leaf;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        entry_header_write(&header, row);
        memcpy(row + ENTRY_HEADER_SIZE, "false", 5);
        leaf_hash(hasher, &BYTES_OF(row), 1, &leaf);
        force(txn, TABLE_LOG, number_key(&header.index), BYTES_OF(row));
        force(txn, TABLE_LEAF, number_key(&header.index), BYTES_OF(leaf.octets));
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_int_eq(verify(&finding), -EILSEQ);
        ck_assert_str_eq(finding.says, "the leaves do not make the frontier of the tip");
}
END_TEST

static const struct {
        uint64_t first, end;
        int answer;
} ranges[] = {
        { 0, 0, 0 },
        { 0, 33, 0 },
        { 0, 34, -EILSEQ },
        { 33, 34, -EILSEQ },
        { 34, 35, 0 },
        { 34, 60, 0 },
        { 59, 60, 0 },
        { 60, 60, 0 },
        { 40, 61, -EILSEQ },
        { 61, 62, -EILSEQ },
};

START_TEST(a_range_is_checked_alone)
{
        own(hasher) struct hasher *hasher = NULL;
        own(store_txn) struct store_txn *txn = writing();
        struct finding finding;

        ck_assert_int_eq(hasher_new(&hasher), 0);
        rewrite(txn, TABLE_LOG, 33, flip_byte);
        ck_assert_int_eq(log_verify_range(txn, hasher, ranges[_i].first, ranges[_i].end, &finding),
                         ranges[_i].answer);
        ck_assert_int_eq(finding.says[0] == '\0', ranges[_i].answer == 0);
}
END_TEST

static uint64_t seen_done, seen_of, calls;

static void watch(void *with, uint64_t done, uint64_t of)
{
        (void)with;
        ck_assert_uint_ge(done, seen_done);
        seen_done = done;
        seen_of = of;
        calls++;
}

START_TEST(progress_is_told_to_the_end)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = NULL;
        struct finding finding;

        commit_batch(log, 20000 - ENTRIES);
        txn = reading();
        ck_assert_int_eq(log_verify(txn, watch, NULL, &finding), 0);
        ck_assert_str_eq(finding.says, "");
        ck_assert_uint_eq(seen_done, 20000);
        ck_assert_uint_eq(seen_of, 20000);
        seen_done = 0;
        ck_assert_int_eq(tree_verify(txn, watch, NULL, &finding), 0);
        ck_assert_uint_eq(seen_done, 20000);
        ck_assert_uint_ge(calls, 3);
}
END_TEST

START_TEST(an_empty_ledger_verifies)
{
        struct finding finding;

        remove_top();
        memcpy(strrchr(top, '-') + 1, "XXXXXX", 6);
        make_ledger();
        ck_assert_int_eq(verify(&finding), 0);
        ck_assert_int_eq(verify_tree(&finding), 0);
        ck_assert_int_eq(verify_tip(&finding), 0);
}
END_TEST

/* ---- a byte of the file itself */

static char *slurp(const char *path, size_t *ret_size)
{
        FILE *file = fopen(path, "rb");
        char *data;

        ck_assert_ptr_nonnull(file);
        ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
        *ret_size = (size_t)ftell(file);
        rewind(file);
        data = malloc(*ret_size);
        ck_assert_uint_eq(fread(data, 1, *ret_size, file), *ret_size);
        fclose(file);
        return data;
}

static void spill(const char *path, const char *data, size_t size)
{
        FILE *file = fopen(path, "wb");

        ck_assert_ptr_nonnull(file);
        ck_assert_uint_eq(fwrite(data, 1, size, file), size);
        ck_assert_int_eq(fclose(file), 0);
}

/* Every place where the entry's bytes lie, old pages included; one of them is the living one. */
static int flip_everywhere(char *data, size_t size, struct bytes mark, size_t at)
{
        int places = 0;

        for (char *found = data;; found += mark.size, places++) {
                found = memmem(found, size - (size_t)(found - data), mark.data, mark.size);
                if (!found)
                        return places;
                found[at] ^= 4;
        }
}

START_TEST(one_bit_of_the_file_is_found)
{
        static const uint64_t victims[] = { 0, 1, 17, 42, 59 };
        char path[128], room[512];
        size_t size;
        char *data;

        snprintf(path, sizeof(path), "%s/data.mdb", folder);
        for (int i = 0; i < COUNT_OF(victims); i++) {
                struct bytes mark = sample(victims[i], room);
                struct finding finding;

                for (size_t at = 0; at < mark.size; at += 13) {
                        close_ledger();
                        data = slurp(path, &size);
                        ck_assert_int_ge(flip_everywhere(data, size, mark, at), 1);
                        spill(path, data, size);
                        open_ledger();
                        ck_assert_int_eq(verify(&finding), -EILSEQ);
                        ck_assert_uint_eq(finding.index, victims[i]);

                        close_ledger();
                        room[at] ^= 4;
                        flip_everywhere(data, size, mark, at);
                        room[at] ^= 4;
                        spill(path, data, size);
                        free(data);
                        open_ledger();
                        ck_assert_int_eq(verify(&finding), 0);
                }
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("verify");

        tcase_add_checked_fixture(tests, setup, remove_top);
        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, a_changed_row_is_found_and_named, 0, COUNT_OF(changes));
        tcase_add_test(tests, rows_too_few_or_too_many_are_found);
        tcase_add_loop_test(tests, a_changed_node_is_found_and_named, 0, COUNT_OF(nodes));
        tcase_add_test(tests, nodes_too_few_too_many_or_misplaced_are_found);
        tcase_add_test(tests, a_changed_leaf_is_found_by_the_tree_too);
        tcase_add_loop_test(tests, steps_find_a_node_wherever_they_begin, 0, ENTRIES);
        tcase_add_loop_test(tests, a_changed_tip_is_found, 0, COUNT_OF(tips));
        tcase_add_test(tests, a_consistent_lie_is_found_by_the_tree);
        tcase_add_loop_test(tests, a_range_is_checked_alone, 0, COUNT_OF(ranges));
        tcase_add_test(tests, progress_is_told_to_the_end);
        tcase_add_test(tests, an_empty_ledger_verifies);
        tcase_add_test(tests, one_bit_of_the_file_is_found);
        return run_case(tests, "store/verify");
}
