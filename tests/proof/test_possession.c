/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <string.h>

#include "proof/possession.h"
#include "tests/proof/run.h"

static const struct hub_id hub = { { 1, 2, 3 } };
static const struct node_path node = { { "acme" }, { "main" } };

START_TEST(who_names_keys_for_a_node_has_the_signing_one)
{
        static const size_t parts[] = {
                offsetof(struct key_rotation, transport_key),
                offsetof(struct key_rotation, signing_key),
                offsetof(struct key_rotation, sealing_key),
                offsetof(struct key_rotation, possession),
        };
        struct key_rotation said, other;
        struct keys keys, old;

        keys_generate(KEY_KIND_NODE, &keys);
        keys_generate(KEY_KIND_NODE, &old);
        possession_of_node(&hub, &node, &keys, &said);
        ck_assert(possesses_node(&hub, &node, &said));
        for (int i = 0; i < COUNT_OF(parts); i++) {
                other = said;
                ((uint8_t *)&other)[parts[i]] ^= 1;
                ck_assert_msg(!possesses_node(&hub, &node, &other), "part %d", i);
        }
        possession_of_node(&hub, &node, &old, &other);
        memcpy(other.signing_key, said.signing_key, sizeof(said.signing_key));
        ck_assert(!possesses_node(&hub, &node, &other));
}
END_TEST

/* As the protocol has it, octet for octet. */
START_TEST(the_statement_is_the_one_that_is_written_down)
{
        uint8_t text[17 + 19 + 10 + 96 + 64] = "accord/rotation/v1";
        struct signature signature;
        struct key_rotation said;
        struct keys keys;
        size_t size = sizeof("accord/rotation/v1");

        keys_generate(KEY_KIND_NODE, &keys);
        possession_of_node(&hub, &node, &keys, &said);
        memcpy(text + size, hub.octets, 16);
        memcpy(text + size + 16, "acme/main", 10);      /* its NUL, too */
        memcpy(text + size + 26, said.transport_key, 32);
        memcpy(text + size + 58, said.signing_key, 32);
        memcpy(text + size + 90, said.sealing_key, 32);
        memcpy(signature.octets, said.possession, SIGNATURE_SIZE);
        ck_assert_int_eq(sign_verify_bare((struct bytes) { text, size + 122 }, said.signing_key,
                                          &signature), 0);
}
END_TEST

START_TEST(it_is_said_of_one_node_at_one_hub)
{
        static const struct node_path others[] = {
                { { "acme" }, { "mai" } }, { { "acm" }, { "main" } }, { { "acmem" }, { "ain" } },
        };
        static const struct hub_id elsewhere = { { 1, 2, 4 } };
        struct key_rotation said;
        struct keys keys;

        keys_generate(KEY_KIND_NODE, &keys);
        possession_of_node(&hub, &node, &keys, &said);
        ck_assert(!possesses_node(&elsewhere, &node, &said));
        for (int i = 0; i < COUNT_OF(others); i++)
                ck_assert(!possesses_node(&hub, &others[i], &said));
}
END_TEST

START_TEST(the_hub_that_names_a_key_has_it)
{
        static const struct hub_id elsewhere = { { 1, 2, 4 } };
        struct hub_key said, other;
        struct keys keys, old;

        keys_generate(KEY_KIND_HUB, &keys);
        keys_generate(KEY_KIND_HUB, &old);
        possession_of_hub(&hub, &keys, &said);
        ck_assert(possesses_hub(&hub, &said));
        ck_assert(!possesses_hub(&elsewhere, &said));
        possession_of_hub(&hub, &old, &other);
        memcpy(other.signing_key, said.signing_key, sizeof(said.signing_key));
        ck_assert(!possesses_hub(&hub, &other));
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("possession");

        tcase_add_test(tests, who_names_keys_for_a_node_has_the_signing_one);
        tcase_add_test(tests, the_statement_is_the_one_that_is_written_down);
        tcase_add_test(tests, it_is_said_of_one_node_at_one_hub);
        tcase_add_test(tests, the_hub_that_names_a_key_has_it);
        return run_case(tests, "proof/possession");
}
