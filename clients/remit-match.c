/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/remit-match.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/payment-text.h"
#include "clients/remit.h"

struct matching {
        const struct remit_received *received;
        struct remit_owed *owed;
        size_t owed_count;
        const struct remit_known *known;
        size_t known_count;
        int64_t tolerance;
        struct remit_result *result;
};

static void say(struct matching *matching, enum payment_state state, const char *says)
{
        struct remit_result *result = matching->result;

        result->state = state;
        snprintf(result->says.text, sizeof(result->says.text), "%s", says);
}

static struct remit_owed *owed_by(struct matching *matching, uint64_t run)
{
        for (size_t i = 0; i < matching->owed_count; i++)
                if (matching->owed[i].run == run)
                        return &matching->owed[i];
        return NULL;
}

static const struct remit_known *known_as(const struct matching *matching,
                                          const struct item *trace)
{
        for (size_t i = 0; *trace->text && i < matching->known_count; i++)
                if (item_equal(&matching->known[i].trace, trace))
                        return &matching->known[i];
        return NULL;
}

/* ---- how much, against how much is open */

/* "100.00 of 120.00" */
static void say_amounts(struct matching *matching, enum payment_state state, const char *what,
                        int64_t expected)
{
        char came[FIGURE_TEXT_MAX], should[FIGURE_TEXT_MAX], text[160];

        snprintf(text, sizeof(text), "%s: %s came, %s expected", what,
                 money_print(matching->result->cents, came), money_print(expected, should));
        say(matching, state, text);
}

static bool within(const struct matching *matching, int64_t a, int64_t b)
{
        int64_t differs = a > b ? a - b : b - a;

        return differs <= matching->tolerance;
}

static void weigh(struct matching *matching, int64_t expected)
{
        struct remit_result *result = matching->result;

        result->open = expected;
        if (result->cents == expected)
                say(matching, PAYMENT_MATCHED, "all that is open");
        else if (within(matching, result->cents, expected))
                say_amounts(matching, PAYMENT_MATCHED, "within the tolerance", expected);
        else if (result->cents < expected)
                say_amounts(matching, PAYMENT_PARTIAL, "less than is open", expected);
        else
                say_amounts(matching, PAYMENT_NEEDS_REVIEW, "more than is open", expected);
}

/* What was found is open no longer, or less. */
static void take_up(struct matching *matching)
{
        const struct remit_result *result = matching->result;

        for (uint32_t i = 0; i < result->part_count; i++) {
                struct remit_owed *owed = owed_by(matching, result->parts[i].run);

                if (owed)
                        owed->cents -= result->parts[i].cents;
        }
}

/* ---- ways to find what it is for */

/* The hub has it already, from either side. */
static bool by_statement(struct matching *matching)
{
        const struct remit_known *known = known_as(matching, &matching->result->trace);
        struct remit_result *result = matching->result;

        if (!known)
                return false;
        if (known->has_received && known->received) {
                result->stated = true;
                result->open = known->received;
                if (known->received == result->cents)
                        say(matching, PAYMENT_MATCHED, "stated as received already");
                else
                        say_amounts(matching, PAYMENT_NEEDS_REVIEW, "stated as received with "
                                    "another amount", known->received);
                return true;
        }
        if (!known->has_sent || known->sent == 0)
                return false;
        result->part_count = known->part_count;
        memcpy(result->parts, known->parts, sizeof(known->parts));
        result->open = known->sent;
        if (known->sent == result->cents)
                say(matching, PAYMENT_MATCHED, "as the payer stated it");
        else if (known->part_count != 1 || !within(matching, known->sent, result->cents))
                say_amounts(matching, PAYMENT_NEEDS_REVIEW, "not what the payer stated",
                            known->sent);
        else
                say_amounts(matching, PAYMENT_MATCHED, "within the tolerance of what the payer "
                            "stated", known->sent);
        if (known->part_count == 1)
                result->parts[0].cents = result->cents;
        return true;
}

/* An advice that names runs says how much is for each. */
static bool by_named_parts(struct matching *matching)
{
        const struct remit_received *received = matching->received;
        struct remit_result *result = matching->result;
        int64_t expected = 0;

        if (received->named_count == 0)
                return false;
        for (uint32_t i = 0; i < received->named_count; i++) {
                const struct payment_part *part = &received->named[i];
                const struct remit_owed *owed = owed_by(matching, part->run);
                char text[80];

                result->parts[i] = *part;
                if (!owed || owed->cents <= 0 || part->cents <= 0) {
                        snprintf(text, sizeof(text), "run %" PRIu64 " has nothing open to us",
                                 part->run);
                        say(matching, PAYMENT_NEEDS_REVIEW, text);
                        return true;
                }
                expected += owed->cents;
                if (part->cents > owed->cents && !within(matching, part->cents, owed->cents)) {
                        snprintf(text, sizeof(text), "more than is open of run %" PRIu64,
                                 part->run);
                        say(matching, PAYMENT_NEEDS_REVIEW, text);
                        return true;
                }
        }
        result->part_count = received->named_count;
        weigh(matching, expected);
        return true;
}

static bool for_run(struct matching *matching, uint64_t run)
{
        const struct remit_owed *owed = owed_by(matching, run);
        struct remit_result *result = matching->result;
        char text[100];

        if (!owed || owed->cents <= 0) {
                snprintf(text, sizeof(text), "names run %" PRIu64 ", of which nothing is open to "
                         "us", run);
                say(matching, PAYMENT_NEEDS_REVIEW, text);
                return true;
        }
        result->parts[0] = (struct payment_part) { run, result->cents };
        result->part_count = 1;
        weigh(matching, owed->cents);
        return true;
}

static bool by_run(struct matching *matching)
{
        const struct remit_received *received = matching->received;
        struct bytes found;
        uint64_t run;

        if (received->rest)
                return false;
        return (remit_trace_find(received->trace, &run, &found) ||
                remit_trace_find(received->memo, &run, &found)) && for_run(matching, run);
}

/* One amount and nothing else: only to the cent, and only when a single statement has it. */
static bool by_amount(struct matching *matching)
{
        struct remit_result *result = matching->result;
        size_t exact = 0, near = 0;
        uint64_t run = 0;

        for (size_t i = 0; !matching->received->rest && i < matching->owed_count; i++) {
                const struct remit_owed *owed = &matching->owed[i];

                if (owed->cents <= 0)
                        continue;
                if (owed->cents == result->cents) {
                        run = owed->run;
                        exact++;
                }
                near += within(matching, owed->cents, result->cents);
        }
        if (exact == 1 && near == 1) {
                for_run(matching, run);
                say(matching, PAYMENT_MATCHED, "by its amount, which one statement has");
                return true;
        }
        if (near)
                say(matching, PAYMENT_NEEDS_REVIEW, near > 1
                    ? "several statements have that amount, and no number says which"
                    : "an amount is near, and no number says that it is meant");
        return near > 0;
}

/* ---- one payment */

static bool doubted(struct matching *matching)
{
        const struct remit_received *received = matching->received;

        if (received->fault)
                say(matching, PAYMENT_NEEDS_REVIEW, received->fault);
        else if (received->cents < 0)
                say(matching, PAYMENT_NEEDS_REVIEW, "money that went, not money that came");
        else if (received->cents == 0)
                say(matching, PAYMENT_UNMATCHED, "no money came with it");
        else
                return false;
        return true;
}

void remit_match(const struct remit_received *received, struct remit_owed *owed, size_t owed_count,
                 const struct remit_known *known, size_t known_count, int64_t tolerance,
                 struct remit_result *ret)
{
        struct matching matching = { received, owed, owed_count, known, known_count, tolerance,
                                     ret };
        struct bytes trace;
        uint64_t run;

        memset(ret, 0, sizeof(*ret));
        ret->cents = received->cents;
        if (!trace_make(received->trace, &ret->trace) &&
            remit_trace_find(received->memo, &run, &trace))
                trace_make(trace, &ret->trace);
        if (doubted(&matching))
                return;
        if (!by_statement(&matching) && !by_named_parts(&matching) && !by_run(&matching) &&
            !by_amount(&matching))
                say(&matching, PAYMENT_UNMATCHED, "nothing that is open fits");
        if (!ret->stated && (ret->state == PAYMENT_MATCHED || ret->state == PAYMENT_PARTIAL)) {
                take_up(&matching);
                if (!*ret->trace.text)
                        say(&matching, PAYMENT_NEEDS_REVIEW, "it fits, but it has no number to "
                                                             "state it by");
        }
}
