/* SPDX-License-Identifier: Apache-2.0 */
/* The hub signs with another key: what bears which signature, and with which keys it opens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/hub_private.h"
#include "tests/hub/stage.h"
#include "tests/proof/run.h"

#define ORIGIN "accord.example/stage"

static struct stage stage;
static struct keys first, next, stranger;
static struct hub_ring old_ring, new_ring;
static uint64_t named;          /* index of the entry */

static void from_name(struct keys *ret, const char *name)
{
        struct player player;

        player_make(&player, "hub", name);
        *ret = stage.keys;
        memcpy(ret->public.signing, player.keys.public.signing, sizeof(ret->public.signing));
        memcpy(ret->secret.signing, player.keys.secret.signing, sizeof(ret->secret.signing));
}

static int rotate_to(const struct keys *keys)
{
        const struct text reason = { "a test" };
        const char *says = "";
        int r;

        stage_begin(&stage);
        r = hub_rotate_key(stage.hub, keys, &reason, 0, &named, &says);
        stage_commit(&stage);
        return r;
}

static void make(void)
{
        stage_set_up(&stage, NULL);
        first = stage.keys;
        from_name(&next, "next");
        from_name(&stranger, "stranger");
        must(hub_ring_begin(&old_ring, (struct bytes) { ORIGIN, strlen(ORIGIN) },
                            first.public.signing), "hub_ring_begin");
        new_ring = old_ring;
}

static void end(void)
{
        stage_tear_down(&stage);
}

static void add_entry(void)
{
        stage_begin(&stage);
        must(stage_admit_party(&stage, "payer", ROLE_PAYER, true, 0), "stage_admit_party");
        stage_commit(&stage);
}

/* By whom the newest checkpoint is signed: 1 who knows the first key, 2 who knows both. */
static int opens_to(void)
{
        struct bytes note = hub_checkpoint(stage.hub, NULL);
        struct checkpoint tree;

        return (hub_ring_open(&old_ring, note, &tree, NULL) == 0 ? 1 : 0) +
               (hub_ring_open(&new_ring, note, &tree, NULL) == 0 ? 2 : 0);
}

START_TEST(checkpoints_bear_both_signatures_while_both_keys_are_there)
{
        ck_assert_int_eq(rotate_to(&next), 0);
        must(hub_ring_key(&new_ring, named, next.public.signing), "hub_ring_key");
        ck_assert_int_eq(opens_to(), 3);

        stage.options.keys = &next;
        stage.options.previous = &first;
        stage_reopen(&stage);
        ck_assert_int_eq(opens_to(), 3);
        add_entry();
        ck_assert_int_eq(opens_to(), 3);

        stage.options.previous = NULL;
        stage_reopen(&stage);
        add_entry();
        ck_assert_int_eq(opens_to(), 2);
}
END_TEST

START_TEST(the_record_is_by_the_old_key_and_what_follows_by_the_new_one)
{
        const struct keys *by[] = { &first, &next };
        uint8_t room[4096];
        struct store_txn *txn;

        ck_assert_int_eq(rotate_to(&next), 0);
        stage.options.keys = &next;
        stage_reopen(&stage);
        add_entry();
        must(store_begin_read(stage.hub->env, &txn), "store_begin_read");
        for (uint64_t i = 0; i < 2; i++) {
                struct log_entry entry;
                struct record record;
                struct signature signature;
                struct fault fault;

                must(log_read(txn, named + i, &entry), "log_read");
                must(wire_read_record(entry.bytes, &stage.arena, &record, &fault), "a record");
                memcpy(signature.octets, record.signature.data, SIGNATURE_SIZE);
                for (int k = 0; k < 2; k++)
                        ck_assert_int_eq(sign_verify(DOMAIN_HUB, &record.body, 1,
                                                     by[k]->public.signing, &signature,
                                                     (struct scratch) { room, sizeof(room) }),
                                         (int)i == k ? 0 : -EKEYREJECTED);
        }
        store_abort(txn);
}
END_TEST

static const struct {
        const char *says;
        const struct keys *keys, *previous;
        int answer;
} opened[] = {
        { "with the key that is", &next, NULL, 0 },
        { "and with the one before", &next, &first, 0 },
        { "with the one before alone", &first, NULL, -EKEYREJECTED },
        { "the other way round", &first, &next, -EKEYREJECTED },
        { "with a stranger's for the one before", &next, &stranger, -EKEYREVOKED },
        { "with the same twice", &next, &next, -EKEYREVOKED },
        { "with a stranger's", &stranger, NULL, -EKEYREJECTED },
        { "with none, to look at", NULL, NULL, 0 },
};

START_TEST(it_opens_with_the_keys_that_the_ledger_names)
{
        int r;

        ck_assert_int_eq(rotate_to(&next), 0);
        hub_close(stage.hub);
        stage.hub = NULL;
        stage.options.keys = opened[_i].keys;
        stage.options.previous = opened[_i].previous;
        r = hub_open(&stage.hub, &stage.options);
        ck_assert_msg(r == opened[_i].answer, "%s: %d", opened[_i].says, r);
}
END_TEST

START_TEST(no_key_comes_back_and_no_other_key_changes)
{
        struct keys other;

        ck_assert_int_eq(rotate_to(&first), REFUSAL_BAD_VALUE);
        from_name(&other, "other");
        other.public.transport[0] ^= 1;
        ck_assert_int_eq(rotate_to(&other), REFUSAL_BAD_VALUE);
        from_name(&other, "other");
        other.public.sealing[0] ^= 1;
        ck_assert_int_eq(rotate_to(&other), REFUSAL_BAD_VALUE);
        ck_assert_int_eq(rotate_to(&next), 0);
        ck_assert_int_eq(rotate_to(&first), REFUSAL_BAD_VALUE);
}
END_TEST

START_TEST(the_hub_stays_who_it_is)
{
        const struct hub_id before = hub_id(stage.hub);
        struct hub_id after;

        ck_assert_int_eq(rotate_to(&next), 0);
        stage.options.keys = &next;
        stage_reopen(&stage);
        after = hub_id(stage.hub);
        ck_assert_mem_eq(&before, &after, sizeof(before));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("hub_key");

        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, checkpoints_bear_both_signatures_while_both_keys_are_there);
        tcase_add_test(tests, the_record_is_by_the_old_key_and_what_follows_by_the_new_one);
        tcase_add_loop_test(tests, it_opens_with_the_keys_that_the_ledger_names, 0,
                            COUNT_OF(opened));
        tcase_add_test(tests, no_key_comes_back_and_no_other_key_changes);
        tcase_add_test(tests, the_hub_stays_who_it_is);
        return run_case(tests, "hub/key");
}
