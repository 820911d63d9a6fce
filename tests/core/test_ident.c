/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/ident.h"
#include "core/outcome.h"
#include "tests/core/run.h"

static struct bytes text(const char *t)
{
        return (struct bytes) { t, strlen(t) };
}

static const struct {
        const char *text;
        bool name, item;
} words[] = {
        { "medicare", true, true },
        { "a", true, true },
        { "7", true, true },
        { "a-b.c_d9", true, true },
        { "abcdefghijklmnopqrstuvwxyz01234", true, true },
        { "abcdefghijklmnopqrstuvwxyz012345", false, true },
        { "abcdefghijklmnopqrstuvwxyz01234567890123456789x", false, true },
        { "abcdefghijklmnopqrstuvwxyz01234567890123456789xx", false, false },
        { "", false, true },
        { "-a", false, false },
        { ".a", false, false },
        { "_a", false, false },
        { "A", false, false },
        { "a b", false, false },
        { "a/b", false, true },
        { "a:b", false, true },
        { "/a", false, false },
        { "caf\xc3\xa9", false, false },
        { "a\n", false, false },
};

START_TEST(words_are_plain)
{
        struct name name;
        struct item item;

        memset(&name, 0xff, sizeof(name));
        memset(&item, 0xff, sizeof(item));
        ck_assert_msg(name_parse(text(words[_i].text), &name) == words[_i].name, "%s",
                      words[_i].text);
        ck_assert_msg(item_parse(text(words[_i].text), &item) == words[_i].item, "%s",
                      words[_i].text);
        ck_assert_str_eq(name.text, words[_i].name ? words[_i].text : "");
        ck_assert_str_eq(item.text, words[_i].item ? words[_i].text : "");
        for (size_t i = strlen(name.text); i < sizeof(name.text); i++)
                ck_assert_int_eq(name.text[i], '\0');
}
END_TEST

START_TEST(a_nul_is_no_part_of_a_name)
{
        struct name name;

        ck_assert(!name_parse((struct bytes) { "a\0b", 3 }, &name));
}
END_TEST

static const struct {
        const char *text;
        bool good;
} contracts[] = {
        { "plan/clinic/2024", true },
        { "plan/clinic", false },
        { "plan/clinic/", false },
        { "/clinic/2024", false },
        { "plan//2024", false },
        { "plan/clinic/2024/x", false },
        { "plan/clinic/2024/", false },
        { "", false },
        { "//", false },
        { "Plan/clinic/2024", false },
};

START_TEST(a_contract_has_three_words)
{
        struct contract_id id;
        char printed[CONTRACT_ID_MAX + 1];

        ck_assert_msg(contract_id_parse(text(contracts[_i].text), &id) == contracts[_i].good, "%s",
                      contracts[_i].text);
        ck_assert_int_eq(contract_id_empty(&id), !contracts[_i].good);
        if (!contracts[_i].good)
                return;
        ck_assert_uint_eq(contract_id_print(&id, printed), strlen(contracts[_i].text));
        ck_assert_str_eq(printed, contracts[_i].text);
        ck_assert(contract_id_equal(&id, &id));
}
END_TEST

START_TEST(a_node_has_two)
{
        struct name party, node;

        ck_assert(node_path_parse(text("plan/n1"), &party, &node));
        ck_assert_str_eq(party.text, "plan");
        ck_assert_str_eq(node.text, "n1");
        ck_assert(!node_path_parse(text("plan"), &party, &node));
        ck_assert(!node_path_parse(text("plan/"), &party, &node));
        ck_assert(!node_path_parse(text("plan/n1/x"), &party, &node));
        ck_assert(!node_path_parse(text("/n1"), &party, &node));
}
END_TEST

START_TEST(faults_are_kept_and_counted)
{
        static struct faults faults;

        faults_reset(&faults);
        faults_add(&faults, REFUSAL_BAD_TERMS, 0, "b", NULL);
        faults_add(&faults, REFUSAL_BAD_VALUE, 1, "a", "says");
        faults_add(&faults, REFUSAL_BAD_TERMS, 2, "c", "more");
        ck_assert_int_eq(faults.first, REFUSAL_BAD_VALUE);
        ck_assert_str_eq(faults.list[0].says, refusal_says(REFUSAL_BAD_TERMS));
        ck_assert_str_eq(faults.list[1].says, "says");
        for (int i = 3; i < REFUSALS_PER_ANSWER_MAX + 5; i++)
                faults_add(&faults, REFUSAL_BAD_TERMS, 2, "c", "more");
        ck_assert_uint_eq(faults.count, REFUSALS_PER_ANSWER_MAX);
        ck_assert_uint_eq(faults.more, 5);
        ck_assert_str_eq(refusal_name(REFUSAL_BAD_TERMS), "BAD_TERMS");
        ck_assert_ptr_null(refusal_name(0));
        ck_assert_ptr_null(refusal_says(99));
        ck_assert(refusal_takes_sequence(REFUSAL_BAD_TERMS));
        ck_assert(!refusal_takes_sequence(REFUSAL_BUSY));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("ident");

        tcase_add_loop_test(tests, words_are_plain, 0, COUNT_OF(words));
        tcase_add_test(tests, a_nul_is_no_part_of_a_name);
        tcase_add_loop_test(tests, a_contract_has_three_words, 0, COUNT_OF(contracts));
        tcase_add_test(tests, a_node_has_two);
        tcase_add_test(tests, faults_are_kept_and_counted);
        return run_case(tests, "ident");
}
