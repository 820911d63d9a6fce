/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of a payment, at the edges: a cent more or less, several statements, the other way
 * round, withdrawn, before anything is owed, after too much was paid. And, drawn: nothing is ever
 * cleared past what both sides say, or past what is owed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/payments_match.h"
#include "core/sentence.h"
#include "tests/core/run.h"
#include "tests/rounds.h"

#define PARTS 4
#define ROUNDS ROUNDS_OF(60000)

struct said {
        bool is;
        int64_t cents;
        struct payment_part parts[PARTS];
};

struct expected {
        const char *what;
        enum side payer;
        struct said sent, received;
        struct payment_open open[PARTS];
        enum payment_state state;
        bool clears;
        const char *says;
};

#define SAYS(cents, ...) { true, (cents), { __VA_ARGS__ } }
#define NOTHING_SAID { .is = false }

static const struct expected table[] = {
        { "all that is open", SIDE_BEARER, SAYS(10000, { 7, 10000 }), SAYS(10000, { 7, 10000 }),
          { { 7, 7, 10000 } }, PAYMENT_MATCHED, true,
          "both sides say 100.00: all that is open of what it is for" },
        { "one cent short of what is open", SIDE_BEARER, SAYS(9999, { 7, 9999 }),
          SAYS(9999, { 7, 9999 }), { { 7, 7, 10000 } }, PAYMENT_PARTIAL, true,
          "both sides say 99.99: 0.01 stay open of the statement of run 7" },
        { "one cent over what is open", SIDE_BEARER, SAYS(10001, { 7, 10001 }),
          SAYS(10001, { 7, 10001 }), { { 7, 7, 10000 } }, PAYMENT_NEEDS_REVIEW, false,
          "100.01 for the statement of run 7 is 0.01 more than is open of it; nothing is cleared" },
        { "received one cent short of what was sent", SIDE_BEARER, SAYS(10000, { 7, 10000 }),
          SAYS(9999, { 7, 9999 }), { { 7, 7, 10000 } }, PAYMENT_NEEDS_REVIEW, false,
          "the bearer says that it sent 100.00, the earner that it received 99.99: 0.01 less; "
          "nothing is cleared" },
        { "received one cent more than was sent", SIDE_EARNER, SAYS(9999, { 7, 9999 }),
          SAYS(10000, { 7, 10000 }), { { 7, 7, -10000 } }, PAYMENT_NEEDS_REVIEW, false,
          "the earner says that it sent 99.99, the bearer that it received 100.00: 0.01 more; "
          "nothing is cleared" },
        { "two statements in one payment", SIDE_BEARER,
          SAYS(30000, { 7, 10000 }, { 9, 20000 }), SAYS(30000, { 9, 20000 }, { 7, 10000 }),
          { { 7, 7, 10000 }, { 9, 9, 20000 } }, PAYMENT_MATCHED, true,
          "both sides say 300.00: all that is open of what it is for" },
        { "two statements, the second not in full", SIDE_BEARER,
          SAYS(29999, { 7, 10000 }, { 9, 19999 }), SAYS(29999, { 7, 10000 }, { 9, 19999 }),
          { { 7, 7, 10000 }, { 9, 9, 20000 } }, PAYMENT_PARTIAL, true,
          "both sides say 299.99: 0.01 stay open of the statement of run 9" },
        { "two statements, too much for the second", SIDE_BEARER,
          SAYS(30000, { 7, 9999 }, { 9, 20001 }), SAYS(30000, { 7, 9999 }, { 9, 20001 }),
          { { 7, 7, 10000 }, { 9, 9, 20000 } }, PAYMENT_NEEDS_REVIEW, false,
          "200.01 for the statement of run 9 is 0.01 more than is open of it; nothing is cleared" },
        { "equal totals, parts differ", SIDE_BEARER, SAYS(30000, { 7, 10000 }, { 9, 20000 }),
          SAYS(30000, { 7, 10001 }, { 9, 19999 }), { { 7, 7, 10000 }, { 9, 9, 20000 } },
          PAYMENT_NEEDS_REVIEW, false,
          "both sides say 300.00, but for the statement of run 7 the bearer has 100.00 of it, the "
          "earner 100.01; nothing is cleared" },
        { "equal totals, for other statements", SIDE_BEARER, SAYS(10000, { 7, 10000 }),
          SAYS(10000, { 9, 10000 }), { { 7, 7, 10000 }, { 9, 9, 10000 } },
          PAYMENT_NEEDS_REVIEW, false,
          "both sides say 100.00, but for the statement of run 7 the bearer has 100.00 of it, the "
          "earner 0.00; nothing is cleared" },
        { "the first of two payments on one day", SIDE_BEARER, SAYS(4000, { 7, 4000 }),
          SAYS(4000, { 7, 4000 }), { { 7, 7, 10000 } }, PAYMENT_PARTIAL, true,
          "both sides say 40.00: 60.00 stay open of the statement of run 7" },
        { "the rest of it", SIDE_BEARER, SAYS(6000, { 7, 6000 }), SAYS(6000, { 7, 6000 }),
          { { 7, 7, 6000 } }, PAYMENT_MATCHED, true,
          "both sides say 60.00: all that is open of what it is for" },
        { "the same again when all is paid", SIDE_BEARER, SAYS(6000, { 7, 6000 }),
          SAYS(6000, { 7, 6000 }), { { 7, 7, 0 } }, PAYMENT_NEEDS_REVIEW, false,
          "nothing is open of the statement of run 7 that the bearer would owe; nothing is "
          "cleared" },
        { "before the statement is posted", SIDE_BEARER, SAYS(10000, { 7, 10000 }),
          SAYS(10000, { 7, 10000 }), { { 7, 7, 0 } }, PAYMENT_NEEDS_REVIEW, false,
          "nothing is open of the statement of run 7 that the bearer would owe; nothing is "
          "cleared" },
        { "what was overpaid, back", SIDE_EARNER, SAYS(2000, { 9, 2000 }), SAYS(2000, { 9, 2000 }),
          { { 9, 7, -2000 } }, PAYMENT_MATCHED, true,
          "both sides say 20.00: all that is open of what it is for" },
        { "again in the direction that overpaid", SIDE_BEARER, SAYS(2000, { 9, 2000 }),
          SAYS(2000, { 9, 2000 }), { { 9, 7, -2000 } }, PAYMENT_NEEDS_REVIEW, false,
          "nothing is open of the statement of run 9 that the bearer would owe; nothing is "
          "cleared" },
        { "the earner pays what the bearer owes", SIDE_EARNER, SAYS(10000, { 7, 10000 }),
          SAYS(10000, { 7, 10000 }), { { 7, 7, 10000 } }, PAYMENT_NEEDS_REVIEW, false,
          "nothing is open of the statement of run 7 that the earner would owe; nothing is "
          "cleared" },
        { "for a run and the one that restated it, together", SIDE_BEARER,
          SAYS(12000, { 7, 10000 }, { 9, 2000 }), SAYS(12000, { 7, 10000 }, { 9, 2000 }),
          { { 7, 7, 12000 }, { 9, 7, 12000 } }, PAYMENT_MATCHED, true,
          "both sides say 120.00: all that is open of what it is for" },
        { "for a run and the one that restated it, too much together", SIDE_BEARER,
          SAYS(12001, { 7, 10000 }, { 9, 2001 }), SAYS(12001, { 7, 10000 }, { 9, 2001 }),
          { { 7, 7, 12000 }, { 9, 7, 12000 } }, PAYMENT_NEEDS_REVIEW, false,
          "120.01 for the statement of run 7 is 0.01 more than is open of it; nothing is "
          "cleared" },
        { "all of it, named by the newest run only", SIDE_BEARER, SAYS(12000, { 9, 12000 }),
          SAYS(12000, { 9, 12000 }), { { 9, 7, 12000 } }, PAYMENT_MATCHED, true,
          "both sides say 120.00: all that is open of what it is for" },
        { "sent, and nothing said of receiving it", SIDE_BEARER, SAYS(123456789, { 7, 123456789 }),
          NOTHING_SAID, { { 7, 7, 123456789 } }, PAYMENT_UNMATCHED, false,
          "the bearer says that it sent 1,234,567.89 on 2025-10-15; the earner has not said that "
          "it received it" },
        { "received, and nothing said of sending it", SIDE_BEARER, NOTHING_SAID,
          SAYS(1, { 7, 1 }), { { 7, 7, 1 } }, PAYMENT_UNMATCHED, false,
          "the earner says that it received 0.01 on 2025-10-15; the bearer has not said that it "
          "sent it" },
        { "received, and withdrawn that it was sent", SIDE_EARNER, SAYS(0, { 0, 0 }),
          SAYS(5, { 7, 5 }), { { 7, 7, -5 } }, PAYMENT_UNMATCHED, false,
          "the bearer says that it received 0.05 on 2025-10-15; the earner has withdrawn that it "
          "sent it" },
        { "sent, and withdrawn that it was received", SIDE_EARNER, SAYS(5, { 7, 5 }),
          SAYS(0, { 0, 0 }), { { 7, 7, -5 } }, PAYMENT_UNMATCHED, false,
          "the earner says that it sent 0.05 on 2025-10-15; the bearer has withdrawn that it "
          "received it" },
        { "withdrawn by the one who said it", SIDE_BEARER, SAYS(0, { 0, 0 }), NOTHING_SAID,
          { { 0 } }, PAYMENT_UNMATCHED, false,
          "withdrawn: nobody says any longer that it was paid" },
        { "withdrawn by both", SIDE_BEARER, SAYS(0, { 0, 0 }), SAYS(0, { 0, 0 }), { { 0 } },
          PAYMENT_UNMATCHED, false, "withdrawn: nobody says any longer that it was paid" },
        { "as much money as there is", SIDE_BEARER, SAYS(MONEY_MAX, { 7, MONEY_MAX }),
          SAYS(MONEY_MAX, { 7, MONEY_MAX }), { { 7, 7, MONEY_MAX } }, PAYMENT_MATCHED, true,
          "both sides say 10,000,000,000,000.00: all that is open of what it is for" },
};

static struct payment payment_of(const struct said *said, enum payment_direction direction)
{
        struct payment payment = {
                .direction = direction, .trace = { "t" }, .day = date_of(2025, 10, 15),
                .cents = said->cents, .parts = said->parts,
        };

        while (payment.part_count < PARTS && said->parts[payment.part_count].cents)
                payment.part_count++;
        return payment;
}

START_TEST(a_payment_is_matched_to_the_cent)
{
        const struct expected *e = &table[_i];
        const struct payment sent = payment_of(&e->sent, PAYMENT_SENT);
        const struct payment received = payment_of(&e->received, PAYMENT_RECEIVED);
        struct payment_outcome outcome;

        payment_match(e->payer, e->sent.is ? &sent : NULL, e->received.is ? &received : NULL,
                      e->open, PARTS, &outcome);
        ck_assert_msg(outcome.state == e->state, "%s: %d", e->what, (int)outcome.state);
        ck_assert_msg(outcome.clears == e->clears, "%s", e->what);
        ck_assert_str_eq(outcome.says.text, e->says);
}
END_TEST

/* ---- drawn */

static uint64_t seed = 20240229;

static int64_t draw(int64_t below)
{
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (int64_t)((seed >> 33) % (uint64_t)below);
}

static struct said draw_said(void)
{
        struct said said = { .is = true };
        int64_t count = draw(PARTS);

        for (int64_t i = 0; i < count; i++) {
                said.parts[i] = (struct payment_part) { (uint64_t)(7 + i), 1 + draw(3) };
                said.cents += said.parts[i].cents;
        }
        return said;
}

static int64_t owed(enum side payer, const struct payment_open *open)
{
        return payer == SIDE_BEARER ? open->open : -open->open;
}

/* By hand, for runs of days of their own. */
static enum payment_state by_hand(enum side payer, const struct said *sent,
                                  const struct said *received, const struct payment_open *open)
{
        bool all = true;

        if (!sent->cents || !received->cents)
                return PAYMENT_UNMATCHED;
        for (int i = 0; i < PARTS; i++) {
                int64_t cents = sent->parts[i].cents;

                if (cents != received->parts[i].cents ||
                    (cents && cents > owed(payer, &open[i])))
                        return PAYMENT_NEEDS_REVIEW;
                all = all && (!cents || cents == owed(payer, &open[i]));
        }
        return all ? PAYMENT_MATCHED : PAYMENT_PARTIAL;
}

START_TEST(nothing_clears_past_what_both_say_and_what_is_owed)
{
        int seen[PAYMENT_NEEDS_REVIEW + 1] = { 0 };

        for (int round = 0; round < ROUNDS; round++) {
                const struct said said = draw_said(), again = draw(2) ? said : draw_said();
                const struct payment sent = payment_of(&said, PAYMENT_SENT);
                const struct payment received = payment_of(&again, PAYMENT_RECEIVED);
                enum side payer = draw(2) ? SIDE_BEARER : SIDE_EARNER;
                struct payment_open open[PARTS];
                struct payment_outcome outcome;

                for (int i = 0; i < PARTS; i++)
                        open[i] = (struct payment_open) { (uint64_t)(7 + i), (uint64_t)i,
                                                          draw(7) - 3 };
                payment_match(payer, &sent, &received, open, PARTS, &outcome);
                ck_assert_int_eq(outcome.state, by_hand(payer, &said, &again, open));
                ck_assert_int_eq(outcome.clears, outcome.state == PAYMENT_MATCHED ||
                                                 outcome.state == PAYMENT_PARTIAL);
                ck_assert_uint_gt(strlen(outcome.says.text), 10);
                seen[outcome.state]++;
        }
        for (int state = PAYMENT_MATCHED; state <= PAYMENT_NEEDS_REVIEW; state++)
                ck_assert_int_gt(seen[state], ROUNDS / 200);
}
END_TEST

static const struct { int64_t cents; const char *says; } amounts[] = {
        { 0, "0.00" }, { 1, "0.01" }, { -7, "-0.07" }, { 99, "0.99" }, { 100, "1.00" },
        { 99999, "999.99" }, { 100000, "1,000.00" }, { -123456789, "-1,234,567.89" },
        { INT64_MAX, "92,233,720,368,547,758.07" }, { INT64_MIN, "-92,233,720,368,547,758.08" },
};

START_TEST(cents_are_said_as_dollars)
{
        struct text text;

        sentence_begin(&text);
        sentence_add_cents(&text, amounts[_i].cents);
        ck_assert_str_eq(text.text, amounts[_i].says);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("payments_match");

        tcase_set_timeout(tests, 60);
        tcase_add_loop_test(tests, a_payment_is_matched_to_the_cent, 0, COUNT_OF(table));
        tcase_add_test(tests, nothing_clears_past_what_both_say_and_what_is_owed);
        tcase_add_loop_test(tests, cents_are_said_as_dollars, 0, COUNT_OF(amounts));
        return run_case(tests, "payments_match");
}
