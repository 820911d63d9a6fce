/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An ACH file: records of 94 characters in blocks of ten. One batch of CCD credits, each with one
 * addendum of type 05 that has the reassociation trace number (CCD+).
 */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "clients/remit.h"

#define RECORD 94
#define BLOCKING 10
#define AMOUNT_MOST INT64_C(9999999999)         /* ten digits of cents */
#define ENTRIES_MOST 9999999u                   /* seven digits of an entry's number */
#define TOTAL_MOST INT64_C(999999999999)        /* twelve digits */

struct writing {
        FILE *to;
        const struct remit *remit;
        uint64_t records, hash;
        char originator[11], bank[9];           /* ten characters; eight digits */
};

/* Letters, digits and what banks take; each other character, of however many octets, is a blank. */
static char *capitals(const char *text, size_t most, char *ret)
{
        size_t at = 0;

        for (; *text && at < most; text++) {
                char c = *text;

                if ((c & 0xc0) == 0x80 && (c & 0x80))
                        continue;
                if (c >= 'a' && c <= 'z')
                        c = (char)(c - 'a' + 'A');
                ret[at++] = c >= ' ' && c <= '~' ? c : ' ';
        }
        ret[at] = '\0';
        return ret;
}

static void put_record(struct writing *writing, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* A record shorter than it must be is filled up with blanks: what is reserved stands at its end. */
static void put_record(struct writing *writing, const char *format, ...)
{
        char text[RECORD + 1];
        va_list values;

        va_start(values, format);
        vsnprintf(text, sizeof(text), format, values);
        va_end(values);
        fprintf(writing->to, "%-*s\r\n", RECORD, text);
        writing->records++;
}

/* YYMMDD */
static char *short_day(date day, char ret[7])
{
        char text[11];

        date_print(day, text);
        snprintf(ret, 7, "%.2s%.2s%.2s", text + 2, text + 5, text + 8);
        return ret;
}

static void put_file_header(struct writing *writing)
{
        const struct remit *remit = writing->remit;
        int64_t seconds = remit->made / 1000000;
        char day[7], bank[24], name[24], id[9];

        put_record(writing, "101 %.9s%10.10s%s%02d%02dA09410" "1%-23.23s%-23.23s%-8.8s",
                   remit->payer->routing, writing->originator,
                   short_day((date)(seconds / 86400), day), (int)(seconds % 86400 / 3600),
                   (int)(seconds % 3600 / 60), capitals(remit->payer->destination, 23, bank),
                   capitals(remit->payer->name, 23, name),
                   capitals(remit->id + strlen(remit->id) - 8, 8, id));
}

static void put_batch_header(struct writing *writing)
{
        const struct remit *remit = writing->remit;
        char name[17], description[REMIT_DESCRIPTION_MAX + 1], day[7];

        put_record(writing, "5220%-16.16s%20s%10.10sCCD%-10.10s%s%s%3s1%s%07d",
                   capitals(remit->payer->name, 16, name), "", writing->originator,
                   capitals(remit->description, REMIT_DESCRIPTION_MAX, description),
                   short_day(remit->day, day), day, "", writing->bank, 1);
}

/* The number that identifies the payment to who is paid: fifteen characters. */
static const char *short_trace(const struct remit_payment *one)
{
        return one->trace + (strlen(one->trace) > 15 ? strlen(REMIT_TRACE) : 0);
}

static void put_entry(struct writing *writing, const struct remit_payment *one, size_t number)
{
        const struct remit_account *payee = one->payee;
        char name[23], trace[48], information[81];

        put_record(writing, "6%s%.8s%c%-17.17s%010" PRId64 "%-15.15s%-22.22s  1%s%07zu",
                   payee->savings ? "32" : "22", payee->routing, payee->routing[8], payee->number,
                   one->cents, capitals(short_trace(one), 15, trace),
                   capitals(payee->name, 22, name), writing->bank, number);
        snprintf(information, sizeof(information), "TRN*1*%s*1%s~", one->trace,
                 writing->remit->payer->tin);
        put_record(writing, "705%-80.80s0001%07zu", information, number);
        for (int i = 0, part = 0; i < 8; i++) {
                part = part * 10 + (payee->routing[i] - '0');
                if (i == 7)
                        writing->hash += (uint64_t)part;
        }
}

/* The hash is the sum of the banks' numbers without their check digits: its last ten digits. */
static void put_controls(struct writing *writing)
{
        const struct remit *remit = writing->remit;
        uint64_t hash = writing->hash % UINT64_C(10000000000);
        uint64_t blocks = (writing->records + 2 + BLOCKING - 1) / BLOCKING;

        put_record(writing, "8220%06zu%010" PRIu64 "%012d%012" PRId64 "%10.10s%25s%s%07d",
                   2 * remit->count, hash, 0, remit->total, writing->originator, "",
                   writing->bank, 1);
        put_record(writing, "9000001%06" PRIu64 "%08zu%010" PRIu64 "%012d%012" PRId64, blocks,
                   2 * remit->count, hash, 0, remit->total);
        while (writing->records % BLOCKING) {
                char nines[RECORD + 1];

                memset(nines, '9', RECORD);
                nines[RECORD] = '\0';
                put_record(writing, "%s", nines);
        }
}

static const char *payer_lacks(const struct remit_account *payer)
{
        if (!*payer->name)
                return "has no name in the file of accounts";
        if (!*payer->routing)
                return "has no routing number of its bank in the file of accounts";
        if (strlen(payer->tin) != 9)
                return "has no tin in the file of accounts: the addendum needs it";
        return NULL;
}

static const char *payee_lacks(const struct remit_payment *one)
{
        const struct remit_account *payee = one->payee;

        if (!*payee->name)
                return "has no name in the file of accounts";
        if (!*payee->routing || !*payee->number)
                return "has no routing and account number in the file of accounts";
        if (strlen(payee->number) > 17)
                return "has an account number of more than 17 characters";
        if (one->cents > AMOUNT_MOST)
                return "is more than an ACH entry can hold: 99,999,999.99";
        return strlen(short_trace(one)) > 15 ? "has a run number too long for an ACH entry" : NULL;
}

static const char *check(const struct remit *remit, size_t *ret_at)
{
        const char *says = payer_lacks(remit->payer);

        *ret_at = remit->count;
        if (!says && (remit->total > TOTAL_MOST || remit->count > ENTRIES_MOST / 2))
                says = "is more than an ACH file can hold";
        for (size_t i = 0; !says && i < remit->count; i++) {
                says = payee_lacks(&remit->list[i]);
                if (says)
                        *ret_at = i;
        }
        return says;
}

const char *remit_write_nacha(FILE *to, const struct remit *remit, size_t *ret_at)
{
        struct writing writing = { .to = to, .remit = remit };
        const char *says = check(remit, ret_at);

        if (says)
                return says;
        if (*remit->payer->company_id)
                snprintf(writing.originator, sizeof(writing.originator), "%s",
                         remit->payer->company_id);
        else
                snprintf(writing.originator, sizeof(writing.originator), "1%s", remit->payer->tin);
        snprintf(writing.bank, sizeof(writing.bank), "%.8s", remit->payer->routing);
        put_file_header(&writing);
        put_batch_header(&writing);
        for (size_t i = 0; i < remit->count; i++)
                put_entry(&writing, &remit->list[i], i + 1);
        put_controls(&writing);
        return NULL;
}
