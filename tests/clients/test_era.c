/* SPDX-License-Identifier: Apache-2.0 */
/* Remittance advices as they come, and what their payments are taken for. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "clients/era.h"
#include "clients/remit-match.h"
#include "clients/x12.h"
#include "tests/clients/run.h"

#define ISA                                                                                    \
        "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          *260115*1200*^"  \
        "*00501*000000001*0*P*:~"
#define BEGIN ISA "ST*835*0001~BPR*I*150.00*C*ACH*CCP*01*021000021*DA*1*1123456789**01*1*DA*2*" \
        "20260116~TRN*1*EFT-1*1123456789~"

static struct complaints complaints;

static int read_text(const char *text, struct era *era)
{
        memset(&complaints, 0, sizeof(complaints));
        *era = (struct era) { 0 };
        return era_read(text_of(text), era, &complaints);
}

START_TEST(an_advice_says_how_much_came_when_and_why)
{
        struct era era;
        const struct era_payment *payment;

        ck_assert_int_eq(read_text(BEGIN "N1*PR*ACME~N1*PE*CLINIC*XX*1234567893~"
                                   "CLP*C1*1*200*100.5**12*1~CLP*C2*1*9*-.5**12*2~"
                                   "PLB*1*20261231*LS:accord-17*-60*WO:r*10~SE*9*0001~", &era), 0);
        ck_assert_uint_eq(era.count, 1);
        payment = era.payments;
        ck_assert_int_eq(payment->cents, 15000);
        ck_assert_str_eq(payment->trace, "EFT-1");
        ck_assert_str_eq(payment->originator, "1123456789");
        ck_assert_str_eq(payment->method, "ACH");
        ck_assert_str_eq(payment->payer, "ACME");
        ck_assert_str_eq(payment->payee, "CLINIC");
        ck_assert_int_eq(payment->day, 20469);
        ck_assert_uint_eq(payment->claims, 2);
        ck_assert_int_eq(payment->claims_paid, 10000);
        ck_assert_int_eq(payment->adjusted, -5000);
        ck_assert(payment->balances);
        ck_assert_uint_eq(payment->count, 2);
        ck_assert_str_eq(era.adjustments[0].code, "LS");
        ck_assert_str_eq(era.adjustments[0].reference, "accord-17");
        ck_assert_str_eq(era_code_says("WO"), "recovery of an overpayment");
        ck_assert_ptr_null(era_code_says("ZZ"));
        era_cleanup(&era);
}
END_TEST

/* A positive adjustment lowers the payment: with the other sign it does not add up. */
START_TEST(an_advice_that_does_not_add_up_says_so)
{
        struct era era;

        ck_assert_int_eq(read_text(BEGIN "PLB*1*20261231*LS:x*150~SE*5*0001~", &era), 0);
        ck_assert(!era.payments[0].balances);
        era_cleanup(&era);
        ck_assert_int_eq(read_text(BEGIN "PLB*1*20261231*LS:x*-149.99~SE*5*0001~", &era), 0);
        ck_assert(!era.payments[0].balances);
        era_cleanup(&era);
}
END_TEST

START_TEST(the_separators_are_what_the_isa_says)
{
        static const char text[] =
                "\r\nISA|00|          |00|          |ZZ|PAYER          |ZZ|PAYEE          |260115|"
                "1200|^|00501|000000001|0|P|>\nST|835|1\nBPR|I|7|C|CHK\nTRN|1|x|1\n"
                "PLB|1|2|LS>a:b|-7\nSE|5|1\n"
                ISA "ST*835*2~BPR*I*0*C*NON~TRN*1*y*1~SE*4*2~";
        struct era era;

        ck_assert_int_eq(read_text(text, &era), 0);
        ck_assert_uint_eq(era.count, 2);
        ck_assert_str_eq(era.adjustments[0].reference, "a:b");
        ck_assert_str_eq(era.payments[1].trace, "y");
        era_cleanup(&era);
}
END_TEST

START_TEST(what_is_no_advice_is_refused_and_says_where)
{
        static const struct { const char *text, *where, *says; } cases[] = {
                { "", "", "does not begin with ISA" },
                { "hello", "", "does not begin with ISA" },
                { "ISA*00*", "", "ends within its ISA" },
                { ISA, "", "no payment" },
                { ISA "ST*820*1~SE*2*1~", "ST", "is no 835" },
                { BEGIN, "", "ends within a payment" },
                { BEGIN "SE*4*0001", "", "ends within a segment" },
                { BEGIN "SE*5*0001~", "SE", "counts other segments" },
                { BEGIN "SE*3*0001~", "SE", "counts other segments" },
                { BEGIN "SE*4*0002~", "SE", "another transaction" },
                { BEGIN "ST*835*2~SE*2*2~", "ST", "before the one before it" },
                { BEGIN "BPR*I*1*C~SE*5*0001~", "BPR", "twice" },
                { BEGIN "TRN*1*z*1~SE*5*0001~", "TRN", "twice" },
                { ISA "ST*835*1~TRN*1*x*1~SE*3*1~", "SE", "without BPR" },
                { ISA "ST*835*1~BPR*I*x*C~", "BPR", "BPR02" },
                { ISA "ST*835*1~BPR*I*1.005*C~", "BPR", "BPR02" },
                { ISA "ST*835*1~BPR*I*99999999999999999999*C~", "BPR", "BPR02" },
                { ISA "ST*835*1~BPR*I*-1*C~", "BPR", "BPR02" },
                { ISA "TRN*1*x*1~", "TRN", "outside" },
                { BEGIN "CLP*1*1*1*x~", "CLP", "CLP04" },
                { BEGIN "PLB*1*2~", "PLB", "no adjustment" },
                { BEGIN "PLB*1*2*LS:x~", "PLB", "no adjustment" },
                { BEGIN "PLB*1*2*LONG:x*1~", "PLB", "without a code" },
                { BEGIN "PLB*1*2*LS:x*~", "PLB", "without a code" },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct era era;

                ck_assert_msg(read_text(cases[i].text, &era) == REFUSAL_MALFORMED, "%zu", i);
                ck_assert_msg(complained(&complaints, cases[i].where, cases[i].says),
                              "%zu: %s: %s", i, complaints.list[0].where,
                              complaints.list[0].says);
                era_cleanup(&era);
        }
}
END_TEST

START_TEST(money_is_read_as_the_standard_writes_it)
{
        static const struct { const char *text; bool good; int64_t cents; } cases[] = {
                { "0", true, 0 }, { "12", true, 1200 }, { "12.5", true, 1250 }, { ".5", true, 50 },
                { "-.05", true, -5 }, { "12.50", true, 1250 }, { "12.500", true, 1250 },
                { "12.505", false, 0 }, { "", false, 0 }, { "-", false, 0 }, { ".", false, 0 },
                { "1.2.3", false, 0 }, { "1,000", false, 0 }, { "+1", false, 0 },
                { "10000000000000", true, 1000000000000000 }, { "10000000000000.01", false, 0 },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                int64_t cents = 0;

                ck_assert_msg(x12_money(text_of(cases[i].text), &cents) == cases[i].good, "%s",
                              cases[i].text);
                if (cases[i].good)
                        ck_assert_msg(cents == cases[i].cents, "%s", cases[i].text);
        }
}
END_TEST

/* ---- what a payment is taken for */

#define OPEN 3
static const struct remit_owed all_open[OPEN] = { { 17, 10000 }, { 18, 5000 }, { 19, 5000 } };
static const struct remit_known all_known[] = {
        { .trace = { "sent-1" }, .has_sent = true, .sent = 10000, .part_count = 1,
          .parts = { { 17, 10000 } } },
        { .trace = { "sent-2" }, .has_sent = true, .sent = 15000, .part_count = 2,
          .parts = { { 17, 10000 }, { 18, 5000 } } },
        { .trace = { "both" }, .has_sent = true, .has_received = true, .sent = 7, .received = 7,
          .part_count = 1, .parts = { { 17, 7 } } },
        { .trace = { "taken-back" }, .has_sent = true, .sent = 0 },
};

START_TEST(each_payment_is_taken_for_what_it_is)
{
        static const struct {
                const char *trace, *memo;
                int64_t cents, tolerance;
                enum payment_state state;
                uint32_t parts;
                uint64_t run;
                const char *says;
        } cases[] = {
                { "accord-17", "", 10000, 0, PAYMENT_MATCHED, 1, 17, "all that is open" },
                { "ACCORD-17.2", "", 9999, 0, PAYMENT_PARTIAL, 1, 17, "99.99 came" },
                { "accord-17", "", 9999, 1, PAYMENT_MATCHED, 1, 17, "within the tolerance" },
                { "accord-17", "", 10001, 0, PAYMENT_NEEDS_REVIEW, 1, 17, "more than is open" },
                { "accord-17", "", 10001, 1, PAYMENT_MATCHED, 1, 17, "within the tolerance" },
                { "accord-17", "", 10002, 1, PAYMENT_NEEDS_REVIEW, 1, 17, "more than is open" },
                { "accord-99", "", 10000, 0, PAYMENT_NEEDS_REVIEW, 0, 0, "nothing is open" },
                { "x", "PAID ACCORD-18", 5000, 0, PAYMENT_MATCHED, 1, 18, "all that is open" },
                { "", "PAID ACCORD-18", 5000, 0, PAYMENT_MATCHED, 1, 18, "all that is open" },
                { "SENT-1", "", 10000, 0, PAYMENT_MATCHED, 1, 17, "as the payer stated" },
                { "sent-1", "", 9999, 0, PAYMENT_NEEDS_REVIEW, 1, 17, "not what the payer" },
                { "sent-1", "", 9999, 1, PAYMENT_MATCHED, 1, 17, "within the tolerance of what" },
                { "sent-2", "", 15000, 0, PAYMENT_MATCHED, 2, 17, "as the payer stated" },
                { "sent-2", "", 14999, 9, PAYMENT_NEEDS_REVIEW, 2, 17, "not what the payer" },
                { "both", "", 7, 0, PAYMENT_MATCHED, 0, 0, "already" },
                { "both", "", 8, 5, PAYMENT_NEEDS_REVIEW, 0, 0, "another amount" },
                { "taken-back", "", 10000, 0, PAYMENT_MATCHED, 1, 17, "by its amount" },
                { "x", "", 10000, 0, PAYMENT_MATCHED, 1, 17, "by its amount" },
                { "x", "", 9999, 1, PAYMENT_NEEDS_REVIEW, 0, 0, "an amount is near" },
                { "x", "", 5000, 0, PAYMENT_NEEDS_REVIEW, 0, 0, "several statements" },
                { "", "", 10000, 0, PAYMENT_NEEDS_REVIEW, 1, 17, "no number to state" },
                { "x", "", 123, 0, PAYMENT_UNMATCHED, 0, 0, "nothing that is open fits" },
                { "x", "", 0, 0, PAYMENT_UNMATCHED, 0, 0, "no money" },
                { "accord-17", "", -10000, 0, PAYMENT_NEEDS_REVIEW, 0, 0, "money that went" },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                const struct remit_received received = {
                        .trace = text_of(cases[i].trace), .memo = text_of(cases[i].memo),
                        .cents = cases[i].cents, .day = DATE_NONE,
                };
                struct remit_owed owed[OPEN];
                struct remit_result result;

                memcpy(owed, all_open, sizeof(owed));
                remit_match(&received, owed, OPEN, all_known, 4, cases[i].tolerance, &result);
                ck_assert_msg(result.state == cases[i].state, "%zu: %d: %s", i, (int)result.state,
                              result.says.text);
                ck_assert_msg(strstr(result.says.text, cases[i].says), "%zu: %s", i,
                              result.says.text);
                ck_assert_msg(result.part_count == cases[i].parts, "%zu: parts", i);
                if (cases[i].parts)
                        ck_assert_uint_eq(result.parts[0].run, cases[i].run);
                if (cases[i].parts == 1)
                        ck_assert_int_eq(result.parts[0].cents, cases[i].cents);
                ck_assert_int_eq(result.cents, cases[i].cents);
        }
}
END_TEST

START_TEST(what_was_found_once_is_not_open_for_the_next)
{
        const struct remit_received received = { .trace = text_of("accord-17"), .cents = 6000 };
        struct remit_owed owed[OPEN];
        struct remit_result result;

        memcpy(owed, all_open, sizeof(owed));
        remit_match(&received, owed, OPEN, NULL, 0, 0, &result);
        ck_assert_int_eq(result.state, PAYMENT_PARTIAL);
        ck_assert_int_eq(owed[0].cents, 4000);
        remit_match(&received, owed, OPEN, NULL, 0, 0, &result);
        ck_assert_int_eq(result.state, PAYMENT_NEEDS_REVIEW);
        ck_assert_int_eq(owed[0].cents, 4000);
}
END_TEST

START_TEST(an_advice_that_names_runs_says_how_much_for_each)
{
        static const struct {
                struct payment_part named[2];
                uint32_t count;
                enum payment_state state;
        } cases[] = {
                { { { 17, 10000 }, { 18, 5000 } }, 2, PAYMENT_MATCHED },
                { { { 17, 10000 }, { 18, 4000 } }, 2, PAYMENT_PARTIAL },
                /* Together as much as is open, and of one too much: nothing is made up for. */
                { { { 17, 9000 }, { 18, 6000 } }, 2, PAYMENT_NEEDS_REVIEW },
                { { { 17, -1 } }, 1, PAYMENT_NEEDS_REVIEW },
                { { { 20, 1 } }, 1, PAYMENT_NEEDS_REVIEW },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct remit_received received = {
                        .trace = text_of("EFT"), .named = cases[i].named,
                        .named_count = cases[i].count,
                };
                struct remit_owed owed[OPEN];
                struct remit_result result;

                for (uint32_t k = 0; k < cases[i].count; k++)
                        received.cents += cases[i].named[k].cents;
                memcpy(owed, all_open, sizeof(owed));
                remit_match(&received, owed, OPEN, NULL, 0, 0, &result);
                ck_assert_msg(result.state == cases[i].state, "%zu: %s", i, result.says.text);
        }
}
END_TEST

START_TEST(what_holds_other_money_or_does_not_add_up_is_not_guessed_at)
{
        struct remit_received received = { .trace = text_of("accord-17"), .cents = 10000,
                                           .rest = true };
        struct remit_owed owed[OPEN];
        struct remit_result result;

        memcpy(owed, all_open, sizeof(owed));
        remit_match(&received, owed, OPEN, NULL, 0, 0, &result);
        ck_assert_int_eq(result.state, PAYMENT_UNMATCHED);
        received.rest = false;
        received.fault = "it does not add up";
        remit_match(&received, owed, OPEN, NULL, 0, 0, &result);
        ck_assert_int_eq(result.state, PAYMENT_NEEDS_REVIEW);
        ck_assert_int_eq(owed[0].cents, 10000);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("era");

        tcase_add_test(tests, an_advice_says_how_much_came_when_and_why);
        tcase_add_test(tests, an_advice_that_does_not_add_up_says_so);
        tcase_add_test(tests, the_separators_are_what_the_isa_says);
        tcase_add_test(tests, what_is_no_advice_is_refused_and_says_where);
        tcase_add_test(tests, money_is_read_as_the_standard_writes_it);
        tcase_add_test(tests, each_payment_is_taken_for_what_it_is);
        tcase_add_test(tests, what_was_found_once_is_not_open_for_the_next);
        tcase_add_test(tests, an_advice_that_names_runs_says_how_much_for_each);
        tcase_add_test(tests, what_holds_other_money_or_does_not_add_up_is_not_guessed_at);
        return run_case(tests, "era");
}
