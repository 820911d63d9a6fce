/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tip.h"
#include "tests/store/ledger.h"

static struct hasher *hasher;

static void setup(void)
{
        make_ledger();
        ck_assert_int_eq(hasher_new(&hasher), 0);
}

static void teardown(void)
{
        hasher_free(hasher);
        remove_top();
}

/* The root made again from nothing but the samples: kind 1, times 1000, 1001, ... */
static struct digest expected_root(uint64_t size)
{
        struct frontier frontier = { .size = 0 };
        struct digest leaf, root;
        char room[512];

        for (uint64_t i = 0; i < size; i++) {
                struct bytes bytes = sample(i, room);
                struct entry_header header = { 1, (uint32_t)bytes.size, i, 1000 + (int64_t)i };

                entry_leaf(hasher, &header, bytes, &leaf);
                frontier_append(&frontier, hasher, &leaf);
        }
        frontier_root(&frontier, hasher, &root);
        return root;
}

START_TEST(an_empty_ledger_is_a_log_of_nothing)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = reading();
        struct digest root = expected_root(0);
        struct log_entry entry;

        ck_assert_uint_eq(log_tip(log).size, 0);
        ck_assert_int_eq(log_tip(log).time, 0);
        ck_assert(has_root(log, &root));
        ck_assert_int_eq(log_read(txn, 0, &entry), -ENOENT);
        ck_assert_int_eq(log_leaf(txn, 0, &root), -ENOENT);
        ck_assert_int_eq(log_time(log, -5), -5);
}
END_TEST

START_TEST(what_is_appended_is_read_after_reopening)
{
        own(store_txn) struct store_txn *txn = NULL;
        struct store_log *log = load(LOG_TAIL);
        struct digest root = expected_root(50);
        struct log_entry entry;
        char room[512];

        commit_batch(log, 1);
        commit_batch(log, 7);
        commit_batch(log, 42);
        ck_assert_uint_eq(log_tip(log).size, 50);
        ck_assert(has_root(log, &root));
        log_free(log);

        close_ledger();
        open_ledger();
        log = load(UINT64_MAX);
        ck_assert_uint_eq(log_tip(log).size, 50);
        ck_assert_int_eq(log_tip(log).time, 1049);
        ck_assert(has_root(log, &root));
        txn = reading();
        for (uint64_t i = 0; i < 50; i++) {
                ck_assert_int_eq(log_read_proved(txn, hasher, i, &entry), 0);
                ck_assert(bytes_equal(entry.bytes, sample(i, room)));
                ck_assert_uint_eq(entry.header.index, i);
                ck_assert_int_eq(entry.header.time, 1000 + (int64_t)i);
                ck_assert_uint_eq(entry.header.kind, 1);
        }
        ck_assert_int_eq(log_read(txn, 50, &entry), -ENOENT);
        log_free(log);
}
END_TEST

START_TEST(spans_are_written_as_one)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = writing();
        struct bytes spans[] = { text("one"), { NULL, 0 }, text("two") };
        struct entry_header header;
        struct log_entry entry;

        ck_assert_int_eq(log_begin(log, txn), 0);
        ck_assert_int_eq(log_append(log, txn, 7, 5, spans, 3, &header), 0);
        ck_assert_uint_eq(header.kind, 7);
        ck_assert_uint_eq(header.length, 6);
        ck_assert_int_eq(header.time, 5);
        ck_assert_int_eq(log_append(log, txn, 255, 5, NULL, 0, &header), 0);
        ck_assert_uint_eq(header.length, 0);
        ck_assert_int_eq(log_read_proved(txn, hasher, 0, &entry), 0);
        ck_assert(bytes_equal(entry.bytes, text("onetwo")));
        ck_assert_int_eq(log_read_proved(txn, hasher, 1, &entry), 0);
        ck_assert_uint_eq(entry.bytes.size, 0);
        log_aborted(log);
}
END_TEST

START_TEST(an_aborted_batch_leaves_log_and_frontier_as_they_were)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        struct digest root = expected_root(9);
        struct frontier frontier;

        commit_batch(log, 5);
        frontier = *log_frontier(log);
        for (int prepared = 0; prepared < 2; prepared++) {
                own(store_txn) struct store_txn *txn = writing();
                struct log_tip tip;

                ck_assert_int_eq(log_begin(log, txn), 0);
                append(log, txn, 3);
                ck_assert_uint_eq(log_staged(log), 3);
                ck_assert_int_eq(log_time(log, 0), 1008);
                if (prepared) {
                        ck_assert_int_eq(log_prepare_commit(log, txn, &tip), 0);
                        ck_assert_uint_eq(tip.size, 8);
                        ck_assert_uint_eq(log_tip(log).size, 5);
                }
                store_abort(give(txn));
                log_aborted(log);
                ck_assert_uint_eq(log_tip(log).size, 5);
                ck_assert_uint_eq(log_staged(log), 0);
                ck_assert_mem_eq(log_frontier(log), &frontier, sizeof(frontier));
        }
        commit_batch(log, 4);
        ck_assert(has_root(log, &root));
}
END_TEST

START_TEST(an_empty_batch_changes_nothing)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        struct log_tip before, after;

        commit_batch(log, 0);
        ck_assert_uint_eq(log_tip(log).size, 0);
        commit_batch(log, 3);
        before = log_tip(log);
        commit_batch(log, 0);
        after = log_tip(log);
        ck_assert_mem_eq(&before, &after, sizeof(before));
}
END_TEST

static const struct {
        const char *says;
        int64_t now, time;
} times[] = {
        { "the first entry takes the clock's time", 5000, 5000 },
        { "a clock that stands still", 5000, 5001 },
        { "a clock that goes back", 4000, 5002 },
        { "a clock far back", INT64_MIN, 5003 },
        { "a clock just ahead", 5004, 5004 },
        { "a clock well ahead", 9000, 9000 },
};

/* Within one batch, and with a batch for each. */
START_TEST(time_only_grows)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = writing();
        struct entry_header header;

        ck_assert_int_eq(log_begin(log, txn), 0);
        for (int i = 0; i < COUNT_OF(times); i++) {
                ck_assert_int_eq(log_append(log, txn, 1, times[i].now, NULL, 0, &header), 0);
                ck_assert_msg(header.time == times[i].time, "%s", times[i].says);
                if (_i == 0)
                        continue;
                ck_assert_int_eq(log_prepare_commit(log, txn, NULL), 0);
                ck_assert_int_eq(store_commit(give(txn)), 0);
                log_committed(log);
                txn = writing();
                ck_assert_int_eq(log_begin(log, txn), 0);
        }
        log_aborted(log);
}
END_TEST

START_TEST(an_entry_has_a_bound)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = writing();
        char *much = calloc(1, ENTRY_LENGTH_MAX);
        struct bytes spans[] = { { much, ENTRY_LENGTH_MAX }, { much, 1 } };
        struct entry_header header;

        ck_assert_int_eq(log_begin(log, txn), 0);
        ck_assert_int_eq(log_append(log, txn, 1, 0, spans, 2, &header), -EMSGSIZE);
        ck_assert_uint_eq(log_staged(log), 0);
        ck_assert_int_eq(log_append(log, txn, 1, 0, spans, 1, &header), 0);
        ck_assert_uint_eq(header.index, 0);
        log_aborted(log);
        free(much);
}
END_TEST

START_TEST(a_tip_that_somebody_else_wrote_is_noticed)
{
        own(store_log) struct store_log *log = load(LOG_TAIL), *other = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = NULL;

        commit_batch(log, 2);
        txn = writing();
        ck_assert_int_eq(log_begin(other, txn), -EILSEQ);
        ck_assert_int_eq(log_begin(log, txn), 0);
        ck_assert_int_eq(store_del(txn, TABLE_META, tip_key), 0);
        ck_assert_int_eq(store_commit(give(txn)), 0);
        log_aborted(log);
        txn = writing();
        ck_assert_int_eq(log_begin(log, txn), -EILSEQ);
}
END_TEST

/* ---- damage that a start finds: the ledger has 20 entries, and the tail is 8 */

static void flip_tip(struct store_txn *txn, size_t at)
{
        uint8_t record[TIP_RECORD_MAX];
        struct bytes stored;

        ck_assert_int_eq(store_get(txn, TABLE_META, tip_key, &stored), 0);
        memcpy(record, stored.data, stored.size);
        record[at] ^= 1;
        force(txn, TABLE_META, tip_key, (struct bytes) { record, stored.size });
}

static void flip_row(struct store_txn *txn, enum table table, uint64_t index, size_t at)
{
        uint8_t copy[1024];
        struct bytes stored;

        ck_assert_int_eq(store_get(txn, table, number_key(&index), &stored), 0);
        memcpy(copy, stored.data, stored.size);
        copy[at] ^= 1;
        force(txn, table, number_key(&index), (struct bytes) { copy, stored.size });
}

static void tip_format(struct store_txn *txn)
{
        uint8_t record[TIP_RECORD_MAX] = { TIP_FORMAT + 1 };

        force(txn, TABLE_META, tip_key, BYTES_OF(record));
}

static void tip_short(struct store_txn *txn)
{
        force(txn, TABLE_META, tip_key, text("\001"));
}

static void tip_gone(struct store_txn *txn)
{
        ck_assert_int_eq(store_del(txn, TABLE_META, tip_key), 0);
}

static void tip_time(struct store_txn *txn)
{
        flip_tip(txn, 8);
}

static void tip_root(struct store_txn *txn)
{
        flip_tip(txn, 40);
}

static void tip_size(struct store_txn *txn)
{
        flip_tip(txn, 48);              /* 20 becomes 21: one subtree more than there is */
}

static void tip_frontier(struct store_txn *txn)
{
        flip_tip(txn, 49);
}

static void last_entry_gone(struct store_txn *txn)
{
        uint64_t last = 19;

        ck_assert_int_eq(store_del(txn, TABLE_LOG, number_key(&last)), 0);
}

static void last_leaf_gone(struct store_txn *txn)
{
        uint64_t last = 19;

        ck_assert_int_eq(store_del(txn, TABLE_LEAF, number_key(&last)), 0);
}

static void one_entry_more(struct store_txn *txn)
{
        uint64_t next = 20;

        force(txn, TABLE_LOG, number_key(&next), text("more"));
}

static void last_is_elsewhere(struct store_txn *txn)
{
        uint64_t beyond = 25;

        last_entry_gone(txn);
        force(txn, TABLE_LOG, number_key(&beyond), text("more"));
}

static void tail_byte(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 12, 30);
}

static void tail_kind(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 19, 1);
}

static void tail_format(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 19, 0);
}

static void tail_length(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 15, 7);
}

static void tail_leaf(struct store_txn *txn)
{
        flip_row(txn, TABLE_LEAF, 14, 0);
}

static void tail_hole(struct store_txn *txn)
{
        uint64_t hole = 15, other = 1000;

        ck_assert_int_eq(store_del(txn, TABLE_LOG, number_key(&hole)), 0);
        force(txn, TABLE_LOG, number_key(&other), text("in its place"));
}

/* Entry and leaf agree with each other, and with nothing else. */
static void tail_rewritten(struct store_txn *txn)
{
        uint8_t row[ENTRY_HEADER_SIZE + 5];
        struct entry_header header = { 1, 5, 18, 1018 };
        uint64_t index = 18;
        struct digest leaf;

        entry_header_write(&header, row);
        memcpy(row + ENTRY_HEADER_SIZE, "false", 5);
        leaf_hash(hasher, &BYTES_OF(row), 1, &leaf);
        force(txn, TABLE_LOG, number_key(&index), BYTES_OF(row));
        force(txn, TABLE_LEAF, number_key(&index), BYTES_OF(leaf.octets));
}

static void before_the_tail(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 3, 30);
}

static const struct {
        const char *says;
        void (*damage)(struct store_txn *txn);
        int quick, whole;       /* what log_load() answers for a tail of 8, and for all */
} damages[] = {
        { "the tip is of a newer format", tip_format, -EPROTONOSUPPORT, -EPROTONOSUPPORT },
        { "the tip is too short", tip_short, -EILSEQ, -EILSEQ },
        { "the tip is gone and the entries are not", tip_gone, -EILSEQ, -EILSEQ },
        { "the tip has another time", tip_time, -EILSEQ, -EILSEQ },
        { "the tip has another root", tip_root, -EILSEQ, -EILSEQ },
        { "the tip has another size", tip_size, -EILSEQ, -EILSEQ },
        { "the tip has another frontier", tip_frontier, -EILSEQ, -EILSEQ },
        { "the last entry is gone", last_entry_gone, -EILSEQ, -EILSEQ },
        { "the last leaf is gone", last_leaf_gone, -EILSEQ, -EILSEQ },
        { "there is an entry more than the tip says", one_entry_more, -EILSEQ, -EILSEQ },
        { "the last entry has another index", last_is_elsewhere, -EILSEQ, -EILSEQ },
        { "a byte of the tail", tail_byte, -EILSEQ, -EILSEQ },
        { "the kind of an entry", tail_kind, -EILSEQ, -EILSEQ },
        { "the format of an entry", tail_format, -EILSEQ, -EILSEQ },
        { "the length of an entry", tail_length, -EILSEQ, -EILSEQ },
        { "a leaf of the tail", tail_leaf, -EILSEQ, -EILSEQ },
        { "an entry of the tail is gone", tail_hole, -EILSEQ, -EILSEQ },
        { "entry and leaf were rewritten together", tail_rewritten, -EILSEQ, -EILSEQ },
        { "a byte before the tail is for the whole check", before_the_tail, 0, -EILSEQ },
};

START_TEST(a_start_finds_damage)
{
        struct store_log *log = load(LOG_TAIL);
        own(store_txn) struct store_txn *txn = NULL;
        int r;

        commit_batch(log, 20);
        log_free(log);
        txn = writing();
        damages[_i].damage(txn);
        ck_assert_int_eq(store_commit(give(txn)), 0);
        close_ledger();
        open_ledger();

        txn = reading();
        log = NULL;
        r = log_load(txn, 8, &log);
        ck_assert_msg(r == damages[_i].quick, "%s: %d", damages[_i].says, r);
        log_free(log);
        log = NULL;
        r = log_load(txn, UINT64_MAX, &log);
        ck_assert_msg(r == damages[_i].whole, "%s: %d", damages[_i].says, r);
}
END_TEST

/* What is staged, once it is written: other octets, another leaf, both of them at once. */
static void staged_bytes(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 21, 30);
}

static void staged_header(struct store_txn *txn)
{
        flip_row(txn, TABLE_LOG, 22, 9);
}

static void staged_leaf(struct store_txn *txn)
{
        flip_row(txn, TABLE_LEAF, 20, 5);
}

static void staged_rewritten(struct store_txn *txn)
{
        uint8_t row[ENTRY_HEADER_SIZE + 5];
        struct entry_header header = { 1, 5, 22, 1022 };
        uint64_t index = 22;
        struct digest leaf;

        entry_header_write(&header, row);
        memcpy(row + ENTRY_HEADER_SIZE, "false", 5);
        leaf_hash(hasher, &BYTES_OF(row), 1, &leaf);
        force(txn, TABLE_LOG, number_key(&index), BYTES_OF(row));
        force(txn, TABLE_LEAF, number_key(&index), BYTES_OF(leaf.octets));
}

static void (*const staged[])(struct store_txn *txn) = {
        staged_bytes, staged_header, staged_leaf, staged_rewritten,
};

START_TEST(what_is_not_as_it_was_appended_is_not_signed)
{
        own(store_log) struct store_log *log = load(LOG_TAIL);
        struct store_txn *txn;

        commit_batch(log, 20);
        txn = writing();
        ck_assert_int_eq(log_begin(log, txn), 0);
        append(log, txn, 3);
        staged[_i](txn);
        ck_assert_int_eq(log_prepare_commit(log, txn, NULL), -EILSEQ);
        store_abort(txn);
        log_aborted(log);
        commit_batch(log, 1);
        ck_assert_uint_eq(log_tip(log).size, 21);
}
END_TEST

START_TEST(every_size_is_taken_up_again)
{
        for (uint64_t size = 1; size <= 40; size++) {
                own(store_log) struct store_log *log = load(size % 7);
                struct digest root = expected_root(size);

                commit_batch(log, 1);
                ck_assert_uint_eq(log_tip(log).size, size);
                ck_assert(has_root(log, &root));
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("log");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, an_empty_ledger_is_a_log_of_nothing);
        tcase_add_test(tests, what_is_appended_is_read_after_reopening);
        tcase_add_test(tests, spans_are_written_as_one);
        tcase_add_test(tests, an_aborted_batch_leaves_log_and_frontier_as_they_were);
        tcase_add_test(tests, an_empty_batch_changes_nothing);
        tcase_add_loop_test(tests, time_only_grows, 0, 2);
        tcase_add_test(tests, an_entry_has_a_bound);
        tcase_add_test(tests, a_tip_that_somebody_else_wrote_is_noticed);
        tcase_add_loop_test(tests, a_start_finds_damage, 0, COUNT_OF(damages));
        tcase_add_loop_test(tests, what_is_not_as_it_was_appended_is_not_signed, 0,
                            COUNT_OF(staged));
        tcase_add_test(tests, every_size_is_taken_up_again);
        return run_case(tests, "store/log");
}
