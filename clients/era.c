/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/era.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/x12.h"
#include "core/limits.h"

struct reading {
        struct x12 x12;
        struct x12_segment segment;
        struct era *era;
        struct era_payment *payment;    /* the transaction that is open; NULL: none */
        char control[ERA_TEXT_MAX + 1]; /* ST02 */
        bool has_bpr, has_trn;
        struct complaints *to;
        int r;
};

void era_cleanup(struct era *era)
{
        free(era->payments);
        free(era->adjustments);
}

static void wrong(struct reading *reading, const char *says)
{
        char where[16];

        snprintf(where, sizeof(where), "%.*s", (int)reading->segment.id.size,
                 (const char *)reading->segment.id.data);
        complaints_add_at(reading->to, reading->segment.number, 0, where, "%s", says);
        reading->r = REFUSAL_MALFORMED;
}

/* What a reader is shown: one line of plain text, cut. */
static void take_text(struct bytes text, char ret[ERA_TEXT_MAX + 1])
{
        const char *at = text.data;
        size_t size = text.size < ERA_TEXT_MAX ? text.size : ERA_TEXT_MAX;

        for (size_t i = 0; i < size; i++)
                ret[i] = at[i] >= ' ' && at[i] <= '~' ? at[i] : '?';
        ret[size] = '\0';
}

static bool add_up(int64_t *sum, int64_t cents)
{
        return !__builtin_add_overflow(*sum, cents, sum) && *sum <= MONEY_MAX &&
               *sum >= -MONEY_MAX;
}

/* ---- segments */

static void begin(struct reading *reading)
{
        struct era *era = reading->era;

        if (reading->payment) {
                wrong(reading, "begins before the one before it has ended");
                return;
        }
        if (!bytes_equal(x12_element(&reading->segment, 1), (struct bytes) { "835", 3 })) {
                wrong(reading, "is no 835");
                return;
        }
        if (era->count == ERA_PAYMENTS_MAX) {
                wrong(reading, "is one payment more than is taken");
                return;
        }
        if (era->count == era->room) {
                size_t room = era->room ? 2 * era->room : 8;
                struct era_payment *more = reallocarray(era->payments, room, sizeof(*more));

                if (!more) {
                        reading->r = -ENOMEM;
                        return;
                }
                era->payments = more;
                era->room = room;
        }
        reading->payment = &era->payments[era->count];
        *reading->payment = (struct era_payment) { .segment = reading->segment.number,
                                                   .day = DATE_NONE,
                                                   .first = era->adjustment_count };
        take_text(x12_element(&reading->segment, 2), reading->control);
        reading->has_bpr = reading->has_trn = false;
}

static void take_bpr(struct reading *reading)
{
        const struct x12_segment *segment = &reading->segment;
        struct era_payment *payment = reading->payment;
        struct bytes day = x12_element(segment, 16), method = x12_element(segment, 4);

        if (reading->has_bpr)
                wrong(reading, "stands there twice");
        reading->has_bpr = true;
        if (!x12_money(x12_element(segment, 2), &payment->cents) || payment->cents < 0)
                wrong(reading, "has no amount in BPR02");
        if (bytes_equal(x12_element(segment, 3), (struct bytes) { "D", 1 }))
                payment->cents = -payment->cents;
        if (day.size && !x12_day(day, &payment->day))
                wrong(reading, "has no day in BPR16");
        if (method.size > 3)
                wrong(reading, "has no method in BPR04");
        else
                memcpy(payment->method, method.data, method.size);
}

static void take_trn(struct reading *reading)
{
        struct era_payment *payment = reading->payment;

        if (reading->has_trn)
                wrong(reading, "stands there twice");
        reading->has_trn = true;
        take_text(x12_element(&reading->segment, 2), payment->trace);
        take_text(x12_element(&reading->segment, 3), payment->originator);
        if (!*payment->trace)
                wrong(reading, "has no number in TRN02");
}

static void take_n1(struct reading *reading)
{
        const struct bytes who = x12_element(&reading->segment, 1);
        const struct bytes name = x12_element(&reading->segment, 2);

        if (bytes_equal(who, (struct bytes) { "PR", 2 }))
                take_text(name, reading->payment->payer);
        if (bytes_equal(who, (struct bytes) { "PE", 2 }))
                take_text(name, reading->payment->payee);
}

static void take_clp(struct reading *reading)
{
        struct era_payment *payment = reading->payment;
        int64_t paid = 0;

        if (!x12_money(x12_element(&reading->segment, 4), &paid) ||
            !add_up(&payment->claims_paid, paid))
                wrong(reading, "has no amount in CLP04");
        payment->claims++;
}

static void add_adjustment(struct reading *reading, struct bytes what, struct bytes amount)
{
        struct era_payment *payment = reading->payment;
        struct era *era = reading->era;
        struct bytes code = x12_component(&reading->x12, what, 1);
        struct era_adjustment *one;

        if (era->adjustment_count == era->adjustment_room) {
                size_t room = era->adjustment_room ? 2 * era->adjustment_room : 32;
                struct era_adjustment *more = reallocarray(era->adjustments, room, sizeof(*more));

                if (!more) {
                        reading->r = -ENOMEM;
                        return;
                }
                era->adjustments = more;
                era->adjustment_room = room;
        }
        one = &era->adjustments[era->adjustment_count];
        *one = (struct era_adjustment) { .cents = 0 };
        if (code.size == 0 || code.size > 2 || !x12_money(amount, &one->cents) ||
            !add_up(&payment->adjusted, one->cents) ||
            era->adjustment_count == ERA_ADJUSTMENTS_MAX) {
                wrong(reading, "has an adjustment without a code or an amount");
                return;
        }
        for (size_t i = 0; i < code.size; i++) {
                char c = ((const char *)code.data)[i];

                one->code[i] = c >= ' ' && c <= '~' ? c : '?';
        }
        take_text(x12_component(&reading->x12, what, 2), one->reference);
        era->adjustment_count++;
        payment->count++;
}

/* Pairs of what and how much, up to six. */
static void take_plb(struct reading *reading)
{
        const struct x12_segment *segment = &reading->segment;

        if (segment->count < 4 || segment->count > 14)
                wrong(reading, "has no adjustment");
        for (size_t i = 3; i <= segment->count && i <= 13 && !reading->r; i += 2)
                add_adjustment(reading, x12_element(segment, i), x12_element(segment, i + 1));
}

static void finish(struct reading *reading)
{
        struct era_payment *payment = reading->payment;
        char control[ERA_TEXT_MAX + 1];
        uint64_t segments = 0;

        take_text(x12_element(&reading->segment, 2), control);
        if (!x12_count(x12_element(&reading->segment, 1), &segments) ||
            segments != reading->segment.number - payment->segment + 1)
                wrong(reading, "counts other segments than there are: something is lost");
        if (strcmp(control, reading->control) != 0)
                wrong(reading, "ends another transaction than began");
        if (!reading->has_bpr || !reading->has_trn)
                wrong(reading, "ends a payment without BPR or TRN");
        payment->balances = payment->claims_paid - payment->adjusted == payment->cents;
        if (!reading->r)
                reading->era->count++;
        reading->payment = NULL;
}

static void take(struct reading *reading)
{
        static const struct { const char *id; void (*take)(struct reading *reading); } rows[] = {
                { "BPR", take_bpr }, { "TRN", take_trn }, { "N1", take_n1 }, { "CLP", take_clp },
                { "PLB", take_plb }, { "SE", finish },
        };

        if (x12_is(&reading->segment, "ST")) {
                begin(reading);
                return;
        }
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
                if (!x12_is(&reading->segment, rows[i].id))
                        continue;
                if (reading->payment)
                        rows[i].take(reading);
                else
                        wrong(reading, "stands outside of a transaction");
                return;
        }
}

int era_read(struct bytes text, struct era *ret, struct complaints *to)
{
        struct reading reading = { .era = ret, .to = to };

        x12_open(text, &reading.x12);
        while (!reading.r && x12_next(&reading.x12, &reading.segment))
                take(&reading);
        if (reading.r)
                return reading.r;
        if (reading.x12.fault)
                complaints_add_at(to, reading.x12.number + 1, 0, "", "the file %s",
                                  reading.x12.fault);
        else if (reading.payment)
                complaints_add(to, "", "the file ends within a payment");
        else if (ret->count == 0)
                complaints_add(to, "", "the file has no payment: no 835");
        else
                return 0;
        return REFUSAL_MALFORMED;
}
