/* SPDX-License-Identifier: Apache-2.0 */
/* Payments as both sides state them: of what, how much, and for which statements. */
#include "core/admit.h"

#define SENT_OR_RECEIVED(direction) \
        ((direction) == PAYMENT_SENT || (direction) == PAYMENT_RECEIVED)

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static void admit_itself(const struct judgement *j, uint32_t place, const struct payment *payment)
{
        if (!SENT_OR_RECEIVED(payment->direction))
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.direction", "must be sent or received");
        if (!payment->trace.text[0])
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.trace",
                      "must be the number that both sides know it by");
        if (!date_valid(payment->day))
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.day", "not a day from 1900 to 2100");
        if (payment->cents < 0 || payment->cents > MONEY_MAX)
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.cents",
                      "must be from nothing to ten trillion dollars: who sent it says which way");
        if (payment->cents == 0 && !payment->has_supersedes)
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.cents",
                      "nothing was paid: 0 is there to withdraw what was said before");
}

static bool stood_before(const struct payment *payment, uint32_t part)
{
        for (uint32_t i = 0; i < part; i++)
                if (payment->parts[i].run == payment->parts[part].run)
                        return true;
        return false;
}

/* A run of another contract is as if it were not there. */
static void admit_run(const struct judgement *j, uint32_t place, const struct payment *payment,
                      uint32_t part, const struct view_event *seen)
{
        uint64_t bit = UINT64_C(1) << part;

        if (!(seen->parts_known & bit))
                wrong(j, REFUSAL_NO_SUCH_THING, place, "payment.parts.run",
                      "the contract has no such run");
        else if (!(seen->parts_posting & bit))
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.parts.run",
                      "the run has no statement that posts anything: there is nothing to pay");
        if (stood_before(payment, part))
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.parts.run",
                      "names a run twice: state one part for it");
}

static void admit_parts(const struct judgement *j, uint32_t place, const struct payment *payment,
                        const struct view_event *seen)
{
        int64_t left = payment->cents;
        bool good = true;

        for (uint32_t i = 0; i < payment->part_count; i++) {
                int64_t cents = payment->parts[i].cents;

                if (cents <= 0 || cents > MONEY_MAX) {
                        wrong(j, REFUSAL_BAD_VALUE, place, "payment.parts.cents",
                              "must be above nothing, at most ten trillion dollars");
                        good = false;
                } else if (good) {
                        left -= cents;
                }
                admit_run(j, place, payment, i, seen);
        }
        if (good && left != 0)
                wrong(j, REFUSAL_BAD_VALUE, place, "payment.parts",
                      "do not add up to what was paid: say for which statements all of it is");
}

static void admit_version(const struct judgement *j, uint32_t place, const struct payment *payment,
                          const struct view_event *seen)
{
        if (seen->twice)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "payment", NULL);
        if (seen->has_current && !payment->has_supersedes)
                wrong(j, REFUSAL_NO_PREDECESSOR, place, "payment.supersedes", NULL);
        if (payment->has_supersedes && (!seen->has_current || seen->current != payment->supersedes))
                wrong(j, REFUSAL_STALE_PREDECESSOR, place, "payment.supersedes", NULL);
}

void admit_payment(const struct judgement *j, uint32_t place, const struct event *event,
                   const struct view_event *seen)
{
        admit_itself(j, place, &event->payment);
        admit_parts(j, place, &event->payment, seen);
        admit_version(j, place, &event->payment, seen);
}
