/* SPDX-License-Identifier: Apache-2.0 */
/* What is no rotation of a node's keys, and no objection to a succession. */
#include <stdlib.h>
#include <string.h>

#include "core/admit.h"
#include "tests/core/run.h"

#define FITS { .is_possessed = true, .sealing_fits = true }

static const struct {
        const char *says;
        struct view_keys keys;
        const char *on_behalf_of;
        uint32_t events;
        enum refusal code;              /* 0: it is taken */
        const char *field;
} rotations[] = {
        { "new keys, shown to be held", FITS, "", 1, 0, "" },
        { "not shown to be held", { .sealing_fits = true }, "", 1, REFUSAL_BAD_VALUE,
          "key_rotation.possession" },
        { "a transport key of somebody else's",
          { .is_possessed = true, .sealing_fits = true, .transport_taken = true }, "", 1,
          REFUSAL_ALREADY_EXISTS, "key_rotation.transport_key" },
        { "a signing key that is, or was, somebody's",
          { .is_possessed = true, .sealing_fits = true, .signing_taken = true }, "", 1,
          REFUSAL_ALREADY_EXISTS, "key_rotation.signing_key" },
        { "a key to which nothing can be sealed", { .is_possessed = true }, "", 1,
          REFUSAL_BAD_VALUE, "key_rotation.sealing_key" },
        { "one key too many", { .is_possessed = true, .sealing_fits = true, .too_many = true }, "",
          1, REFUSAL_BAD_VALUE, "" },
        { "for another party", FITS, "other", 1, REFUSAL_NOT_PERMITTED, "on_behalf_of" },
        { "with something else", FITS, "", 2, REFUSAL_TWICE_IN_ONE, "" },
};

static void is_refused(const struct faults *faults, enum refusal code, const char *field,
                       const char *says)
{
        ck_assert_msg(faults->first == code, "%s: %u", says, (unsigned int)faults->first);
        ck_assert_msg(faults->count == (code != 0), "%s: %zu faults", says, faults->count);
        if (code)
                ck_assert_str_eq(faults->list[0].field, field);
}

static struct submission said_of(const struct event *events, uint32_t count, const char *for_party)
{
        struct submission submission = { .events = events, .event_count = count };

        strcpy(submission.on_behalf_of.text, for_party);
        return submission;
}

START_TEST(a_node_rotates_its_own_keys_to_its_own_new_ones)
{
        const struct event events[2] = { { .kind = EVENT_KEY_ROTATION },
                                         { .kind = EVENT_STREAM_CLOSE } };
        const struct submission submission =
                said_of(events, rotations[_i].events, rotations[_i].on_behalf_of);
        const struct view_event seen = { .keys = rotations[_i].keys };
        struct faults *faults = calloc(1, sizeof(*faults));
        struct view view = { 0 };

        admit_key_rotation(&(struct judgement) { &view, &submission, faults }, 0, &events[0],
                           &seen);
        is_refused(faults, rotations[_i].code, rotations[_i].field, rotations[_i].says);
        free(faults);
}
END_TEST

static const struct {
        const char *says;
        bool is_announced;
        const char *on_behalf_of;
        uint32_t events;
        enum refusal code;
        const char *field;
} objections[] = {
        { "to what is announced", true, "", 1, 0, "" },
        { "to what is not, or to another party", false, "", 1, REFUSAL_NO_SUCH_THING,
          "succession_objection.succession" },
        { "for another party", true, "other", 1, REFUSAL_NOT_PERMITTED, "on_behalf_of" },
        { "with something else", true, "", 2, REFUSAL_TWICE_IN_ONE, "" },
};

START_TEST(a_party_objects_to_its_own_succession)
{
        const struct event events[2] = { { .kind = EVENT_SUCCESSION_OBJECTION },
                                         { .kind = EVENT_STREAM_CLOSE } };
        const struct submission submission =
                said_of(events, objections[_i].events, objections[_i].on_behalf_of);
        const struct view_event seen = { .has_succession = objections[_i].is_announced };
        struct faults *faults = calloc(1, sizeof(*faults));
        struct view view = { 0 };

        admit_succession_objection(&(struct judgement) { &view, &submission, faults }, 0,
                                   &events[0], &seen);
        is_refused(faults, objections[_i].code, objections[_i].field, objections[_i].says);
        free(faults);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("keys");

        tcase_add_loop_test(tests, a_node_rotates_its_own_keys_to_its_own_new_ones, 0,
                            COUNT_OF(rotations));
        tcase_add_loop_test(tests, a_party_objects_to_its_own_succession, 0, COUNT_OF(objections));
        return run_case(tests, "core/keys");
}
