/* SPDX-License-Identifier: Apache-2.0 */
/* The inner nodes that are kept: which, where, made again, and missing. */
#include "store/tree.h"
#include "tests/store/ledger.h"

#define MANY 1000

static struct hasher *hasher;
static struct digest leaves[MANY];

static void setup(void)
{
        make_ledger();
        ck_assert_int_eq(hasher_new(&hasher), 0);
        for (uint64_t i = 0; i < MANY; i++)
                leaf_hash(hasher, &(struct bytes) { &i, sizeof(i) }, 1, &leaves[i]);
}

static void teardown(void)
{
        hasher_free(hasher);
        remove_top();
}

/* The leaves and their tree, as appending makes them: [@from, @until). */
static void grow(struct store_txn *txn, struct frontier *frontier, uint64_t from, uint64_t until)
{
        for (uint64_t i = from; i < until; i++) {
                ck_assert_int_eq(store_put(txn, TABLE_LEAF, number_key(&i),
                                           BYTES_OF(leaves[i].octets)), 0);
                ck_assert_int_eq(tree_append(txn, frontier, hasher, &leaves[i]), 0);
        }
}

static struct digest root_of(const struct digest *of, uint64_t count)
{
        struct frontier frontier = { .size = 0 };
        struct digest root;

        for (uint64_t i = 0; i < count; i++)
                frontier_append(&frontier, hasher, &of[i]);
        frontier_root(&frontier, hasher, &root);
        return root;
}

/* All rows of the table, one after the other. */
static struct digest content(struct store_txn *txn)
{
        struct digest all = { { 0 } };
        uint64_t rows;

        ck_assert_int_eq(store_count(txn, TABLE_TREE, &rows), 0);
        for (uint64_t i = 0; i < rows; i++) {
                struct bytes spans[] = { BYTES_OF(all.octets), { NULL, 0 } };

                ck_assert_int_eq(store_get(txn, TABLE_TREE, number_key(&i), &spans[1]), 0);
                hash_spans(hasher, spans, 2, &all);
        }
        return all;
}

START_TEST(nodes_stand_in_the_order_in_which_they_are_completed)
{
        own(store_txn) struct store_txn *txn = writing();
        struct frontier frontier = { .size = 0 };
        uint64_t number = 0, rows;
        struct digest expected;
        struct bytes row;

        for (uint64_t size = 1; size <= 300; size++) {
                grow(txn, &frontier, size - 1, size);
                for (unsigned int level = 1; size % (UINT64_C(1) << level) == 0; level++) {
                        uint64_t under = UINT64_C(1) << level;

                        expected = root_of(&leaves[size - under], under);
                        ck_assert_int_eq(store_get(txn, TABLE_TREE, number_key(&number), &row), 0);
                        ck_assert_msg(bytes_equal(row, BYTES_OF(expected.octets)),
                                      "node %d, of level %u", (int)number, level);
                        number++;
                }
                ck_assert_uint_eq(tree_nodes(size), number);
                ck_assert_int_eq(store_count(txn, TABLE_TREE, &rows), 0);
                ck_assert_uint_eq(rows, number);
        }
}
END_TEST

START_TEST(every_node_of_every_level_is_found)
{
        own(store_txn) struct store_txn *txn = writing();
        const struct merkle_nodes nodes = tree_source(txn);
        struct frontier frontier = { .size = 0 };
        struct digest node, expected;

        grow(txn, &frontier, 0, MANY);
        for (unsigned int level = 0; (UINT64_C(1) << level) <= MANY; level++)
                for (uint64_t at = 0; (at + 1) << level <= MANY; at++) {
                        expected = root_of(&leaves[at << level], UINT64_C(1) << level);
                        ck_assert_int_eq(nodes.node(nodes.of, level, at, &node), 0);
                        ck_assert_msg(digest_equal(&node, &expected), "level %u at %d", level,
                                      (int)at);
                }
}
END_TEST

START_TEST(the_root_of_every_size_there_was_can_be_told)
{
        own(store_txn) struct store_txn *txn = writing();
        struct frontier frontier = { .size = 0 }, before = { .size = 0 };
        struct digest root, expected;

        grow(txn, &frontier, 0, MANY);
        for (uint64_t size = 0; size <= MANY; size++) {
                frontier_root(&before, hasher, &expected);
                ck_assert_int_eq(tree_root(txn, hasher, size, &root), 0);
                ck_assert_msg(digest_equal(&root, &expected), "of %d leaves", (int)size);
                if (size < MANY)
                        frontier_append(&before, hasher, &leaves[size]);
        }
}
END_TEST

struct counted {
        struct merkle_nodes nodes;
        unsigned int reads;
};

static int count_node(void *of, unsigned int level, uint64_t at, struct digest *ret)
{
        struct counted *counted = of;

        counted->reads++;
        return counted->nodes.node(counted->nodes.of, level, at, ret);
}

START_TEST(a_proof_takes_as_many_reads_as_the_tree_is_high)
{
        own(store_txn) struct store_txn *txn = writing();
        struct counted counted = { .nodes = tree_source(txn) };
        const struct merkle_nodes nodes = { count_node, &counted };
        struct digest path[MERKLE_PROOF_MAX];
        struct frontier frontier = { .size = 0 };
        size_t count;

        grow(txn, &frontier, 0, MANY);
        for (uint64_t size = 1; size <= MANY; size += 37)
                for (uint64_t at = 0; at < size; at++) {
                        counted.reads = 0;
                        ck_assert_int_eq(merkle_inclusion(&nodes, hasher, at, size, path, &count),
                                         0);
                        ck_assert_uint_le(counted.reads, 2 * 10);
                        counted.reads = 0;
                        ck_assert_int_eq(merkle_consistency(&nodes, hasher, at + 1, size, path,
                                                            &count), 0);
                        ck_assert_uint_le(counted.reads, 2 * 10);
                }
}
END_TEST

START_TEST(made_again_it_is_what_appending_made)
{
        own(store_txn) struct store_txn *txn = writing();
        struct frontier frontier = { .size = 0 };
        struct digest before, after;

        for (uint64_t size = 0; size <= 130; size++) {
                before = content(txn);
                ck_assert_int_eq(tree_fill(txn, size), 0);
                after = content(txn);
                ck_assert_msg(digest_equal(&before, &after), "of %d leaves", (int)size);
                grow(txn, &frontier, size, size + 1);
        }
        grow(txn, &frontier, 131, MANY);
        before = content(txn);
        ck_assert_int_eq(tree_fill(txn, MANY), 0);
        after = content(txn);
        ck_assert(digest_equal(&before, &after));
}
END_TEST

START_TEST(it_cannot_be_made_from_leaves_that_are_not_there)
{
        own(store_txn) struct store_txn *txn = writing();
        struct frontier frontier = { .size = 0 };
        uint64_t gone = 7;

        grow(txn, &frontier, 0, 20);
        ck_assert_int_eq(store_del(txn, TABLE_LEAF, number_key(&gone)), 0);
        ck_assert_int_eq(tree_fill(txn, 20), -EILSEQ);
}
END_TEST

START_TEST(a_tree_that_does_not_end_where_the_log_does_takes_nothing)
{
        own(store_txn) struct store_txn *txn = writing();
        struct frontier frontier = { .size = 0 }, shorter;

        grow(txn, &frontier, 0, 5);
        shorter = frontier;
        grow(txn, &frontier, 5, 8);
        ck_assert_int_eq(tree_append(txn, &shorter, hasher, &leaves[5]), -EEXIST);
}
END_TEST

/* ---- damage: of twenty leaves */

static const struct {
        const char *says;
        bool drop;              /* else it is cut short */
        uint64_t number;        /* of the node */
} damages[] = {
        { "the first node is gone", true, 0 },
        { "the root of the first sixteen is gone", true, 14 },
        { "the last node is gone", true, 17 },
        { "the first node is too short", false, 0 },
        { "the root of the first sixteen is too short", false, 14 },
};

START_TEST(what_is_not_there_or_no_digest_is_damage)
{
        own(store_txn) struct store_txn *txn = writing();
        const struct merkle_nodes nodes = tree_source(txn);
        struct frontier frontier = { .size = 0 };
        uint64_t number = damages[_i].number;
        struct digest path[MERKLE_PROOF_MAX], root;
        bool found = false;
        size_t count;
        int r;

        grow(txn, &frontier, 0, 20);
        if (damages[_i].drop)
                ck_assert_int_eq(store_del(txn, TABLE_TREE, number_key(&number)), 0);
        else
                force(txn, TABLE_TREE, number_key(&number), text("short"));
        for (uint64_t at = 0; at < 20; at++) {
                r = merkle_inclusion(&nodes, hasher, at, 20, path, &count);
                ck_assert_msg(r == 0 || r == -EILSEQ, "%s: %d", damages[_i].says, r);
                found = found || r;
                r = tree_root(txn, hasher, at + 1, &root);
                ck_assert_msg(r == 0 || r == -EILSEQ, "%s: %d", damages[_i].says, r);
        }
        ck_assert_msg(found, "%s: nobody noticed", damages[_i].says);
}
END_TEST

/* ---- a ledger from before there was such a table */

static void forget_tree(void)
{
        struct store_txn *txn = writing();

        ck_assert_int_eq(store_clear(txn, TABLE_TREE), 0);
        ck_assert_int_eq(store_commit(txn), 0);
}

static int loaded(void)
{
        own(store_txn) struct store_txn *txn = reading();
        own(store_log) struct store_log *log = NULL;

        return log_load(txn, LOG_TAIL, &log);
}

static struct digest committed(void)
{
        own(store_txn) struct store_txn *txn = reading();

        return content(txn);
}

START_TEST(an_older_ledger_is_brought_up_to_date)
{
        struct store_log *log = load(LOG_TAIL);
        struct digest before, after;

        commit_batch(log, 99);
        log_free(log);
        before = committed();
        ck_assert_int_eq(log_upgrade(env), 0);
        forget_tree();
        ck_assert_int_eq(loaded(), -ESTALE);
        ck_assert_int_eq(log_upgrade(env), 0);
        ck_assert_int_eq(loaded(), 0);
        after = committed();
        ck_assert(digest_equal(&before, &after));

        log = load(UINT64_MAX);
        commit_batch(log, 30);
        log_free(log);
        ck_assert_int_eq(loaded(), 0);
}
END_TEST

START_TEST(an_older_ledger_without_inner_nodes_needs_none)
{
        struct store_log *log = load(LOG_TAIL);

        ck_assert_int_eq(log_upgrade(env), 0);
        commit_batch(log, 1);
        log_free(log);
        forget_tree();
        ck_assert_int_eq(loaded(), 0);
        ck_assert_int_eq(log_upgrade(env), 0);
        ck_assert_int_eq(loaded(), 0);
}
END_TEST

START_TEST(an_older_ledger_that_lost_a_leaf_is_not)
{
        struct store_log *log = load(LOG_TAIL);
        struct store_txn *txn;
        uint64_t gone = 3;

        commit_batch(log, 20);
        log_free(log);
        forget_tree();
        txn = writing();
        ck_assert_int_eq(store_del(txn, TABLE_LEAF, number_key(&gone)), 0);
        ck_assert_int_eq(store_commit(txn), 0);
        ck_assert_int_eq(log_upgrade(env), -EILSEQ);
        ck_assert_int_eq(loaded(), -ESTALE);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("tree");

        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, nodes_stand_in_the_order_in_which_they_are_completed);
        tcase_add_test(tests, every_node_of_every_level_is_found);
        tcase_add_test(tests, the_root_of_every_size_there_was_can_be_told);
        tcase_add_test(tests, a_proof_takes_as_many_reads_as_the_tree_is_high);
        tcase_add_test(tests, made_again_it_is_what_appending_made);
        tcase_add_test(tests, it_cannot_be_made_from_leaves_that_are_not_there);
        tcase_add_test(tests, a_tree_that_does_not_end_where_the_log_does_takes_nothing);
        tcase_add_loop_test(tests, what_is_not_there_or_no_digest_is_damage, 0,
                            COUNT_OF(damages));
        tcase_add_test(tests, an_older_ledger_is_brought_up_to_date);
        tcase_add_test(tests, an_older_ledger_without_inner_nodes_needs_none);
        tcase_add_test(tests, an_older_ledger_that_lost_a_leaf_is_not);
        return run_case(tests, "store/tree");
}
