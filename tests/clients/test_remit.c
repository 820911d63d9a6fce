/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payment instructions, and the words for payments.
 *
 *      test-data-remit                         the tests
 *      test-data-remit -w DIRECTORY            writes files for remit.sh to read by other means
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/payment-text.h"
#include "clients/remit.h"
#include "tests/clients/run.h"

static const struct remit_account payer = {
        .party = { "acme" }, .name = "Acme Health & Life <Plan>", .iban = "DE89370400440532013000",
        .bic = "COBADEFFXXX", .routing = "021000021", .number = "000123456789",
        .tin = "123456789", .company_id = "", .destination = "First Bank",
};
static const struct remit_account clinic = {
        .party = { "clinic" }, .name = "Cascade Clinic", .routing = "011401533",
        .number = "9988776655",
};
static const struct remit_account praxis = {
        .party = { "praxis" }, .name = "Praxis M\xc3\xbcller, \"Nord\"", .routing = "091000019",
        .number = "42", .savings = true,
};
static const struct remit_account abroad = {
        .party = { "abroad" }, .name = "Abroad", .iban = "GB82WEST12345698765432",
};

static const struct remit_account unbanked = { .name = "x" }, nameless = { .number = "1" };

#define PAYMENT(n, to, amount)                                                                    \
        { .trace = "accord-" #n, .contract = { { "acme" }, { #to }, { "tcoc" } },                 \
          .period = { 20089, 20454 }, .run = n, .cents = amount, .payee = &to }

static struct remit_payment list[] = {
        PAYMENT(17, clinic, 123456789), PAYMENT(18, praxis, 1), PAYMENT(1234567890, clinic, 50000),
};

static struct remit remit_of(size_t count)
{
        struct remit remit = { .id = "ACCORD-0123456789abcdef", .made = 1767229323000000,
                               .day = 20468, .description = "SETTLEMENT", .payer = &payer,
                               .list = list, .count = count };

        for (size_t i = 0; i < count; i++)
                remit.total += list[i].cents;
        return remit;
}

typedef const char *writer(FILE *to, const struct remit *remit, size_t *ret_at);

static char *written(writer *write, const struct remit *remit)
{
        char *text = NULL;
        size_t size, at;
        FILE *to = open_memstream(&text, &size);

        ck_assert_ptr_null(write(to, remit, &at));
        fclose(to);
        return text;
}

/* ---- traces and check digits */

START_TEST(a_trace_is_found_in_what_a_bank_prints)
{
        static const struct { const char *text; uint64_t run; const char *trace; } cases[] = {
                { "accord-17", 17, "accord-17" },
                { "ACCORD-17.2", 17, "ACCORD-17.2" },
                { "ACH CREDIT ACME ACCORD-123456 CCD", 123456, "ACCORD-123456" },
                { "TRN*1*accord-9.10*1123456789~", 9, "accord-9.10" },
                { "accord-9.", 9, "accord-9" },
                { "xaccord-17 accord-18", 18, "accord-18" },
                { "accord-", 0, NULL },
                { "accord-x", 0, NULL },
                { "accord-0", 0, NULL },
                { "according to 17", 0, NULL },
                { "accord-99999999999999999999", 0, NULL },
                { "", 0, NULL },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct bytes trace = { NULL, 0 };
                uint64_t run = 0;
                bool found = remit_trace_find(text_of(cases[i].text), &run, &trace);

                ck_assert_msg(found == (cases[i].trace != NULL), "%s", cases[i].text);
                if (!found)
                        continue;
                ck_assert_uint_eq(run, cases[i].run);
                ck_assert_msg(bytes_equal(trace, text_of(cases[i].trace)), "%s", cases[i].text);
        }
}
END_TEST

START_TEST(a_trace_made_is_a_trace_found)
{
        char text[48];
        struct bytes trace;
        uint64_t run;

        for (unsigned int nth = 1; nth < 4; nth++) {
                remit_trace(4711, nth, text);
                ck_assert(remit_trace_find(text_of(text), &run, &trace));
                ck_assert_uint_eq(run, 4711);
                ck_assert(bytes_equal(trace, text_of(text)));
        }
        ck_assert_str_eq(remit_trace(4711, 1, text), "accord-4711");
        ck_assert_str_eq(remit_trace(4711, 3, text), "accord-4711.3");
}
END_TEST

START_TEST(check_digits_are_checked)
{
        ck_assert(routing_valid("021000021"));
        ck_assert(routing_valid("011401533"));
        ck_assert(!routing_valid("021000022"));
        ck_assert(!routing_valid("120000021"));
        ck_assert(!routing_valid("02100002"));
        ck_assert(!routing_valid("0210000210"));
        ck_assert(!routing_valid("000000000"));
        ck_assert(!routing_valid("02100002x"));
        ck_assert(iban_valid("DE89370400440532013000"));
        ck_assert(iban_valid("GB82WEST12345698765432"));
        ck_assert(!iban_valid("DE89370400440532013001"));
        ck_assert(!iban_valid("ED89370400440532013000"));
        ck_assert(!iban_valid("DE8937040044"));
        ck_assert(!iban_valid("8937DE0400440532013000"));
}
END_TEST

/* ---- files */

START_TEST(a_nacha_file_has_records_of_94_in_blocks_of_ten)
{
        struct remit remit = remit_of(3);
        char *text = written(remit_write_nacha, &remit);

        ck_assert_uint_eq(strlen(text), 10 * 96);
        ck_assert_str_eq(text + 9 * 96 + 94, "\r\n");
        ck_assert_msg(strncmp(text, "101 0210000211123456789260101", 29) == 0, "%.94s", text);
        ck_assert_msg(strncmp(text + 29, "0102A094101FIRST BANK ", 22) == 0, "%.94s", text);
        ck_assert_ptr_nonnull(strstr(text, "TRN*1*accord-1234567890*1123456789~"));
        ck_assert_ptr_nonnull(strstr(text, "PRAXIS M LLER"));
        /* Sixteen characters do not fit into fifteen: the number alone. */
        ck_assert_ptr_nonnull(strstr(text, "00000500001234567890     CASCADE CLINIC"));
        free(text);
}
END_TEST

START_TEST(what_a_bank_needs_is_asked_for)
{
        static const struct {
                writer *write;
                const struct remit_account *payee;
                const char *trace, *says;
                int64_t cents;
        } cases[] = {
                { remit_write_nacha, &abroad, "accord-1", "no routing and account", 1 },
                { remit_write_nacha, &clinic, "accord-1", "more than an ACH entry", 10000000000 },
                { remit_write_nacha, &clinic, "accord-1234567890123456", "too long", 1 },
                { remit_write_pain, &unbanked, "accord-1",
                  "neither iban nor account", 1 },
                { remit_write_pain, &nameless, "accord-1",
                  "no name", 1 },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct remit_payment payments[2] = { PAYMENT(17, clinic, 1),
                                                     PAYMENT(18, clinic, 1) };
                struct remit remit = remit_of(0);
                FILE *to = fopen("/dev/null", "w");
                const char *says;
                size_t at = 9;

                payments[1].payee = cases[i].payee;
                payments[1].cents = cases[i].cents;
                strcpy(payments[1].trace, cases[i].trace);
                remit.list = payments;
                remit.count = 2;
                says = cases[i].write(to, &remit, &at);
                fclose(to);
                ck_assert_msg(says && strstr(says, cases[i].says), "%zu: %s", i, says);
                ck_assert_uint_eq(at, 1);
        }
}
END_TEST

START_TEST(who_pays_must_be_known_too)
{
        struct remit_account bare = { .party = { "acme" }, .name = "Acme", .routing = "021000021" };
        struct remit remit = remit_of(1);
        size_t at = 9;
        FILE *to = fopen("/dev/null", "w");
        const char *says;

        remit.payer = &bare;
        says = remit_write_nacha(to, &remit, &at);
        ck_assert_ptr_nonnull(strstr(says, "tin"));
        ck_assert_uint_eq(at, 1);
        says = remit_write_pain(to, &remit, &at);
        ck_assert_ptr_nonnull(strstr(says, "neither iban nor account"));
        ck_assert_uint_eq(at, 1);
        fclose(to);
}
END_TEST

START_TEST(texts_are_escaped_in_xml)
{
        struct remit remit = remit_of(1);
        char *text = written(remit_write_pain, &remit);

        ck_assert_ptr_nonnull(strstr(text, "<Nm>Acme Health &amp; Life &lt;Plan&gt;</Nm>"));
        ck_assert_ptr_null(strstr(text, "<Plan>"));
        ck_assert_ptr_nonnull(strstr(text, "<EndToEndId>accord-17</EndToEndId>"));
        ck_assert_ptr_nonnull(strstr(text, "<InstdAmt Ccy=\"USD\">1234567.89</InstdAmt>"));
        ck_assert_ptr_nonnull(strstr(text, "<CreDtTm>2026-01-01T01:02:03Z</CreDtTm>"));
        /* TINs are for the ACH addendum and stay out of what does not need them. */
        ck_assert_ptr_null(strstr(text, "123456789<"));
        free(text);
        text = written(remit_write_json, &remit);
        ck_assert_ptr_null(strstr(text, "\"123456789\""));
        free(text);
}
END_TEST

START_TEST(a_list_has_no_accounts_and_quotes_what_needs_it)
{
        struct remit remit = remit_of(2);
        char *text = written(remit_write_csv, &remit);

        ck_assert_ptr_nonnull(strstr(text, "accord-17,acme/clinic/tcoc,2025-01-01..2025-12-31,17,"
                                           "acme,Acme Health & Life <Plan>,clinic,Cascade Clinic,"
                                           "2026-01-15,1234567.89,USD\r\n"));
        ck_assert_ptr_nonnull(strstr(text, ",\"Praxis M\xc3\xbcller, \"\"Nord\"\"\","));
        ck_assert_ptr_null(strstr(text, "9988776655"));
        free(text);
}
END_TEST

/* ---- payments as words */

START_TEST(traces_are_kept_in_one_spelling)
{
        static const struct { const char *text, *trace; } cases[] = {
                { "ACH-2026.07", "ach-2026.07" }, { "  0012345 ", "0012345" },
                { "A B#C", "a-b-c" }, { "", NULL }, { "   ", NULL }, { "-1", NULL },
                { "123456789012345678901234567890123456789012345678", NULL },
                { "12345678901234567890123456789012345678901234567",
                  "12345678901234567890123456789012345678901234567" },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct item trace;
                bool good = trace_make(text_of(cases[i].text), &trace);

                ck_assert_msg(good == (cases[i].trace != NULL), "%s", cases[i].text);
                if (good)
                        ck_assert_str_eq(trace.text, cases[i].trace);
        }
}
END_TEST

START_TEST(parts_add_up_and_one_gets_the_rest)
{
        static const struct {
                const char *parts[3];
                int64_t cents;
                const char *says;
                int64_t first;
        } cases[] = {
                { { "7" }, 500, NULL, 500 },
                { { "7=5.00" }, 500, NULL, 500 },
                { { "7", "8=2.00" }, 500, NULL, 300 },
                { { "7=3.00", "8" }, 500, NULL, 300 },
                { { "7=3.00", "8=1.99" }, 500, "does not add up", 0 },
                { { "7", "8=5.00" }, 500, "leaves nothing", 0 },
                { { "7", "8" }, 500, "two amounts open", 0 },
                { { "7", "7=1.00" }, 500, "twice", 0 },
                { { "7=0.00" }, 0, "pays nothing", 0 },
                { { "7=-1.00" }, 500, "pays nothing", 0 },
                { { "=1.00" }, 500, "must be RUN", 0 },
                { { "0" }, 500, "must be RUN", 0 },
                { { NULL }, 500, "is missing", 0 },
                { { NULL }, 0, NULL, 0 },
                { { "7" }, 0, "takes the payment back", 0 },
        };

        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
                struct payment_parts parts = { 0 };
                const char *says = NULL;

                for (size_t k = 0; k < 3 && cases[i].parts[k] && !says; k++)
                        says = payment_part_add(text_of(cases[i].parts[k]), &parts);
                if (!says)
                        says = payment_parts_end(&parts, cases[i].cents);
                ck_assert_msg(!says == !cases[i].says && (!says || strstr(says, cases[i].says)),
                              "%zu: %s", i, says ? says : "nothing");
                if (!says && parts.count)
                        ck_assert_int_eq(parts.list[0].cents, cases[i].first);
        }
}
END_TEST

START_TEST(a_file_of_payments_is_read_and_its_bad_rows_are_named)
{
        static const char text[] =
                "direction,trace,day,amount,for,method,supersedes,contract\n"
                "sent,ACH-1,2026-07-01,150.00,17=100.00;18,ACH,,acme/clinic/tcoc\n"
                "lent,ACH-2,2026-07-01,1.00,17,,,\n"
                "received,,2026-07-01,1.00,17,,,\n"
                "received,x,2026-07-32,1.00,17,,,\n"
                "received,x,2026-07-01,-1.00,17,,,\n"
                "received,x,2026-07-01,1.00,17=2.00,,,\n"
                "received,x,2026-07-01,1.00,17,,x,\n"
                "received,x,2026-07-01,1.00,17,,,acme/other/tcoc\n"
                "received,x,2026-07-01,0,,,41,\n";
        static struct complaints to;
        struct payment_file file = { 0 };

        memset(&to, 0, sizeof(to));
        ck_assert_int_eq(payment_file_read(text_of(text), &file, &to), 0);
        ck_assert_uint_eq(file.count, 2);
        ck_assert_uint_eq(file.rejected, 7);
        ck_assert_str_eq(file.lines[0].payment.trace.text, "ach-1");
        ck_assert_str_eq(file.lines[0].payment.method.text, "ach");
        ck_assert_uint_eq(file.lines[0].payment.part_count, 2);
        ck_assert_int_eq(file.lines[0].payment.parts[1].cents, 5000);
        ck_assert_uint_eq(file.lines[1].payment.supersedes, 41);
        ck_assert(complained(&to, "direction", "sent or received"));
        ck_assert(complained(&to, "trace", "47"));
        ck_assert(complained(&to, "day", "YYYY"));
        ck_assert(complained(&to, "amount", "0 or more"));
        ck_assert(complained(&to, "for", "add up"));
        ck_assert(complained(&to, "supersedes", "log entry"));
        ck_assert(complained(&to, "contract", "another contract"));
        payment_file_cleanup(&file);
}
END_TEST

static int write_files(const char *directory)
{
        static const struct { const char *name; writer *write; size_t count; } files[] = {
                { "pain-1.xml", remit_write_pain, 1 }, { "pain-4.xml", remit_write_pain, 4 },
                { "nacha-1.ach", remit_write_nacha, 1 }, { "nacha-3.ach", remit_write_nacha, 3 },
                { "nacha-8.ach", remit_write_nacha, 8 }, { "list.json", remit_write_json, 3 },
        };
        static struct remit_payment four[] = {
                PAYMENT(17, clinic, 123456789), PAYMENT(18, praxis, 1),
                PAYMENT(1234567890, clinic, 50000), PAYMENT(5, abroad, 99999999999),
        };
        static struct remit_payment eight[] = {
                PAYMENT(1, clinic, 9999999999), PAYMENT(2, praxis, 1), PAYMENT(3, clinic, 1),
                PAYMENT(4, praxis, 1), PAYMENT(5, clinic, 1), PAYMENT(6, praxis, 1),
                PAYMENT(7, clinic, 1), PAYMENT(8, praxis, 9999999999),
        };

        for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
                struct remit remit = remit_of(0);
                char path[4096];
                size_t at;
                FILE *to;

                remit.list = files[i].count == 8 ? eight : four;
                remit.count = files[i].count;
                for (size_t k = 0; k < remit.count; k++)
                        remit.total += remit.list[k].cents;
                snprintf(path, sizeof(path), "%s/%s", directory, files[i].name);
                to = fopen(path, "w");
                if (!to || files[i].write(to, &remit, &at) || fclose(to))
                        return EXIT_FAILURE;
        }
        return EXIT_SUCCESS;
}

int main(int count, char **arguments)
{
        TCase *tests = tcase_create("remit");

        if (count == 3 && strcmp(arguments[1], "-w") == 0)
                return write_files(arguments[2]);
        tcase_add_test(tests, a_trace_is_found_in_what_a_bank_prints);
        tcase_add_test(tests, a_trace_made_is_a_trace_found);
        tcase_add_test(tests, check_digits_are_checked);
        tcase_add_test(tests, a_nacha_file_has_records_of_94_in_blocks_of_ten);
        tcase_add_test(tests, what_a_bank_needs_is_asked_for);
        tcase_add_test(tests, who_pays_must_be_known_too);
        tcase_add_test(tests, texts_are_escaped_in_xml);
        tcase_add_test(tests, a_list_has_no_accounts_and_quotes_what_needs_it);
        tcase_add_test(tests, traces_are_kept_in_one_spelling);
        tcase_add_test(tests, parts_add_up_and_one_gets_the_rest);
        tcase_add_test(tests, a_file_of_payments_is_read_and_its_bad_rows_are_named);
        return run_case(tests, "remit");
}
