/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon under a wall clock that jumps: see shifted_clock.c. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/daemon/hub_process.h"
#include "tests/daemon/node.h"
#include "tests/daemon/run.h"

#define PATIENCE 10000

static struct hub_process hub;
static struct node payer, provider;
static char shift[128];

static void shift_clock(long seconds)
{
        FILE *out = fopen(shift, "w");

        fprintf(out, "%ld\n", seconds);
        fclose(out);
}

static void make(void)
{
        hub_process_make(&hub, "");
        snprintf(shift, sizeof(shift), "%s/shift", hub.directory);
        shift_clock(0);
        setenv("SHIFTED_CLOCK", shift, 1);
        setenv("LD_PRELOAD", getenv("SHIFTED_CLOCK_LIBRARY"), 1);
        hub_process_start(&hub, NULL);
        unsetenv("LD_PRELOAD");
        node_admit(&payer, &hub, "payer/one");
        node_admit(&provider, &hub, "provider/one");
        node_connect(&payer, &hub);
}

static void end(void)
{
        node_end(&payer);
        node_end(&provider);
        hub_process_end(&hub);
}

static enum hub_frame_kind answer_to_offer(unsigned int number)
{
        struct hub_frame frame;

        node_offer(&payer, &hub, "provider", number);
        ck_assert(node_hear(&payer, PATIENCE, &frame));
        if (frame.kind == HUB_BUSY) {
                ck_assert(frame.busy.has_stream);
                ck_assert_uint_eq(frame.busy.sequence, payer.sequence);
                payer.sequence--;       /* nothing was decided: it is still the next */
        }
        return frame.kind;
}

START_TEST(a_clock_that_jumps_ahead_stops_the_intake_until_it_is_right_again)
{
        struct control_request request = { .kind = CONTROL_ADMIT_PARTY };

        ck_assert_int_eq(answer_to_offer(1), HUB_RECEIPT);
        shift_clock(2 * 3600);
        ck_assert_int_eq(answer_to_offer(2), HUB_BUSY);
        ck_assert(hub_process_says(&hub, "the clock jumped ahead", 2000));
        request.admit_party = (struct party_admission) {
                .party = { "third" }, .title = { "a party" }, .role_count = 1,
                .roles = { { ROLE_PAYER, 10957, DATE_NONE } }, .present = true,
        };
        ck_assert_uint_eq(hub_process_ask(&hub, &request).code, REFUSAL_BUSY);
        request.kind = CONTROL_STAT;
        ck_assert_uint_eq(hub_process_ask(&hub, &request).code, 0);
        ck_assert_uint_eq(hub_process_stat(&hub, "busy"), 1);
        shift_clock(0);
        ck_assert_int_eq(answer_to_offer(2), HUB_RECEIPT);
        ck_assert(hub_process_says(&hub, "the clock is right again", 2000));
        ck_assert_uint_eq(hub_process_stat(&hub, "submissions"), 2);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(within_the_hour_it_is_believed)
{
        shift_clock(3000);
        ck_assert_int_eq(answer_to_offer(1), HUB_RECEIPT);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

START_TEST(a_clock_that_falls_back_stops_nothing)
{
        ck_assert_int_eq(answer_to_offer(1), HUB_RECEIPT);
        shift_clock(-864000);
        ck_assert_int_eq(answer_to_offer(2), HUB_RECEIPT);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        hub_process_start(&hub, NULL);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

/* Having looked at it, the operator starts the daemon again: then the time did pass. */
START_TEST(a_restart_believes_the_clock)
{
        shift_clock(2 * 3600);
        ck_assert_int_eq(answer_to_offer(1), HUB_BUSY);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
        setenv("LD_PRELOAD", getenv("SHIFTED_CLOCK_LIBRARY"), 1);
        hub_process_start(&hub, NULL);
        unsetenv("LD_PRELOAD");
        node_disconnect(&payer);
        node_connect(&payer, &hub);
        ck_assert_int_eq(answer_to_offer(1), HUB_RECEIPT);
        ck_assert_int_eq(hub_process_stop(&hub), 0);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("accordd-clock");

        if (!getenv("SHIFTED_CLOCK_LIBRARY"))
                return 77;
        tcase_add_checked_fixture(tests, make, end);
        tcase_add_test(tests, a_clock_that_jumps_ahead_stops_the_intake_until_it_is_right_again);
        tcase_add_test(tests, within_the_hour_it_is_believed);
        tcase_add_test(tests, a_clock_that_falls_back_stops_nothing);
        tcase_add_test(tests, a_restart_believes_the_clock);
        return run_case(tests, "accordd-clock", 60);
}
