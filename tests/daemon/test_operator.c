/* SPDX-License-Identifier: Apache-2.0 */
/* Which right each request over the control socket needs: an auditor's are not an operator's. */
#include <check.h>
#include <string.h>

#include "core/check.h"
#include "daemon/operator.h"
#include "daemon/staff.h"
#include "proto/wire.h"
#include "tests/proof/run.h"

#define OPERATOR STAFF_BIT(STAFF_OPERATOR)
#define AUDITOR STAFF_BIT(STAFF_AUDITOR)
#define BOTH (OPERATOR | AUDITOR)

static const struct {
        enum control_kind kind;
        unsigned int rights;            /* any of these will do */
} table[] = {
        { CONTROL_ADMIT_PARTY, OPERATOR },
        { CONTROL_ADMIT_NODE, OPERATOR },
        { CONTROL_REVOKE_NODE, OPERATOR },
        { CONTROL_INGEST, OPERATOR },
        { CONTROL_PARTICIPANTS, OPERATOR },
        { CONTROL_RUN, OPERATOR },
        { CONTROL_STAT, OPERATOR },
        { CONTROL_ERASE_BLOCKS, OPERATOR },
        { CONTROL_BACKUP, OPERATOR },
        { CONTROL_READ, AUDITOR },
        { CONTROL_LEAVES, BOTH },
        { CONTROL_SUCCESSION, OPERATOR },
        { CONTROL_SCRUB, OPERATOR },
        { CONTROL_CHECKPOINT, BOTH },
};

static_assert(sizeof(table) / sizeof(table[0]) == CONTROL_KIND_COUNT - 1,
              "a request of the control socket has no row");

/* Filled in so far that it can be written and read. */
static void write_request(enum control_kind kind, struct sink *sink)
{
        struct control_request request = { .kind = kind };
        const struct name name = { "a" };
        const struct contract_id contract = { { "a" }, { "b" }, { "c" } };

        switch (kind) {
        case CONTROL_ADMIT_PARTY:
                request.admit_party.party = name;
                break;
        case CONTROL_ADMIT_NODE:
                request.admit_node.node = (struct node_path) { name, name };
                break;
        case CONTROL_REVOKE_NODE:
                request.revoke_node.node = (struct node_path) { name, name };
                break;
        case CONTROL_INGEST:
                request.ingest = (struct bytes) { "x", 1 };
                break;
        case CONTROL_RUN:
                request.run.contract = contract;
                request.run.request.kind = RUN_FINAL;
                break;
        case CONTROL_ERASE_BLOCKS:
                request.erase_blocks.contract = contract;
                break;
        case CONTROL_READ:
                request.read.contract = contract;
                break;
        case CONTROL_SUCCESSION:
                request.succession.node.node = (struct node_path) { name, name };
                break;
        default:
                break;
        }
        ck_assert_int_eq(wire_write_control_request(sink, &request), 0);
}

/* Of a hub that is not there: what is permitted and needs one is answered BUSY. */
static uint32_t code_of(enum control_kind kind, unsigned int rights)
{
        static uint8_t room[4096];
        struct sink sink = sink_on(room, sizeof(room));
        struct control_ask ask = { .operator_uid = 7, .rights = rights };
        struct operator_act act;
        struct arena arena;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        write_request(kind, &sink);
        ask.request = sink_bytes(&sink);
        ck_assert_int_eq(operator_do(NULL, &arena, &ask, "busy", &act), 0);
        arena_free(&arena);
        return act.answer.code;
}

START_TEST(each_needs_the_right_of_its_row)
{
        for (unsigned int rights = 0; rights <= BOTH; rights++) {
                bool is_refused = code_of(table[_i].kind, rights) == REFUSAL_NOT_PERMITTED;

                ck_assert_msg(is_refused == !(table[_i].rights & rights),
                              "request %d with rights %u is %s", (int)table[_i].kind, rights,
                              is_refused ? "refused" : "not refused");
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("operator");

        tcase_add_loop_test(tests, each_needs_the_right_of_its_row, 0, CONTROL_KIND_COUNT - 1);
        return run_case(tests, "operator");
}
