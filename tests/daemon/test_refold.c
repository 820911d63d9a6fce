/* SPDX-License-Identifier: Apache-2.0 */
/* State tables carry a format: older ones are made anew from the log, newer ones refused. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/hub_private.h"
#include "daemon/refold.h"
#include "daemon/row.h"
#include "proof/setup.h"

static char directory[] = "/tmp/accord-refold.XXXXXX";
static struct keys keys;
static struct hub_options options;

static void admit(struct hub *hub, const char *name)
{
        struct party_admission admission = {
                .title = { "a party" }, .role_count = 1, .present = true,
                .roles = { { ROLE_PAYER, date_of(2020, 1, 1), DATE_NONE } },
        };
        const char *says;
        uint64_t index;

        strcpy(admission.party.text, name);
        ck_assert_int_eq(hub_begin(hub, 1000000), 0);
        ck_assert_int_eq(hub_admit_party(hub, &admission, &index, &says), 0);
        ck_assert_int_eq(hub_commit(hub), 0);
}

static struct hub *open_hub(void)
{
        struct hub *hub = NULL;

        ck_assert_int_eq(hub_open(&hub, &options), 0);
        return hub;
}

static void make_ledger(void)
{
        struct hub *hub;

        strcpy(directory, "/tmp/accord-refold.XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(directory));
        ck_assert_int_eq(proof_setup(), 0);
        keys_generate(KEY_KIND_HUB, &keys);
        options = (struct hub_options) { .directory = directory, .keys = &keys };
        ck_assert_int_eq(hub_create(&options, "test", "test.example/accord", 1), 0);
        hub = open_hub();
        admit(hub, "first");
        admit(hub, "second");
        hub_close(hub);
}

static void drop_ledger(void)
{
        char command[64];

        snprintf(command, sizeof(command), "rm -rf -- %s", directory);
        ck_assert_int_eq(system(command), 0);
}

/* Another format noted, and a table emptied, as if an older program had never filled it. */
static void note(uint32_t format)
{
        struct hub *hub = open_hub();
        ROW(value);

        row_u32(&value, format);
        ck_assert_int_eq(hub_begin(hub, 1), 0);
        ck_assert_int_eq(store_clear(hub->txn, TABLE_PARTY), 0);
        ck_assert_int_eq(store_put(hub->txn, TABLE_META, (struct bytes) { "state-format", 12 },
                                   row_span(&value)), 0);
        ck_assert_int_eq(hub_commit(hub), 0);
        hub_close(hub);
}

static int count(void *with, const struct party_row *row)
{
        (void)row;
        ++*(int *)with;
        return 0;
}

START_TEST(tables_of_an_older_format_are_made_anew_from_the_log)
{
        struct hub *hub;
        int parties = 0;

        note(STATE_FORMAT - 1);
        hub = open_hub();
        ck_assert_int_eq(hub_visit_parties(hub, count, &parties), 0);
        ck_assert_int_eq(parties, 2);
        admit(hub, "third");
        hub_close(hub);
}
END_TEST

START_TEST(tables_of_an_older_format_are_not_read_as_if_they_were_new)
{
        struct hub *hub = NULL;

        note(STATE_FORMAT - 1);
        options.read_only = true;
        ck_assert_int_eq(hub_open(&hub, &options), -ESTALE);
}
END_TEST

START_TEST(tables_of_a_newer_format_are_refused)
{
        struct hub *hub = NULL;

        note(STATE_FORMAT + 1);
        ck_assert_int_eq(hub_open(&hub, &options), -EPROTO);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("refold");
        TCase *tests = tcase_create("state format");
        SRunner *runner;
        int failed;

        tcase_add_checked_fixture(tests, make_ledger, drop_ledger);
        tcase_add_test(tests, tables_of_an_older_format_are_made_anew_from_the_log);
        tcase_add_test(tests, tables_of_an_older_format_are_not_read_as_if_they_were_new);
        tcase_add_test(tests, tables_of_a_newer_format_are_refused);
        suite_add_tcase(suite, tests);
        runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
