/* SPDX-License-Identifier: Apache-2.0 */
#include "core/payments_match.h"

#include "core/check.h"
#include "core/sentence.h"

static const char *party(enum side side)
{
        return side == SIDE_BEARER ? "the bearer" : "the earner";
}

static enum side other(enum side side)
{
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

/* Said, and not withdrawn. */
static bool stands(const struct payment *payment)
{
        return payment && payment->cents > 0;
}

static int64_t part_of(const struct payment *payment, uint64_t run)
{
        for (uint32_t i = 0; i < payment->part_count; i++)
                if (payment->parts[i].run == run)
                        return payment->parts[i].cents;
        return 0;
}

/* The first run of @a for which @b has other cents; NULL: none. */
static const struct payment_part *differs(const struct payment *a, const struct payment *b)
{
        for (uint32_t i = 0; i < a->part_count; i++)
                if (part_of(b, a->parts[i].run) != a->parts[i].cents)
                        return &a->parts[i];
        return NULL;
}

bool payment_alike(const struct payment *a, const struct payment *b)
{
        return a->cents == b->cents && !differs(a, b) && !differs(b, a);
}

/* ---- one side only */

static void one_side(enum side payer, const struct payment *sent, const struct payment *received,
                     struct payment_outcome *ret)
{
        const struct payment *said = stands(sent) ? sent : received;
        const struct payment *unsaid = said == sent ? received : sent;

        ret->state = PAYMENT_UNMATCHED;
        if (!stands(said)) {
                sentence_add(&ret->says, "withdrawn: nobody says any longer that it was paid");
                return;
        }
        sentence_add(&ret->says, party(said == sent ? payer : other(payer)));
        sentence_add(&ret->says, said == sent ? " says that it sent " : " says that it received ");
        sentence_add_cents(&ret->says, said->cents);
        sentence_add(&ret->says, " on ");
        sentence_add_date(&ret->says, said->day);
        sentence_add(&ret->says, "; ");
        sentence_add(&ret->says, party(said == sent ? other(payer) : payer));
        sentence_add(&ret->says, unsaid ? " has withdrawn that it " : " has not said that it ");
        sentence_add(&ret->says, said == sent ? "received it" : "sent it");
}

/* ---- both, and not alike */

static void other_cents(enum side payer, const struct payment *sent,
                        const struct payment *received, struct text *says)
{
        int64_t less = sent->cents - received->cents;

        sentence_add(says, party(payer));
        sentence_add(says, " says that it sent ");
        sentence_add_cents(says, sent->cents);
        sentence_add(says, ", ");
        sentence_add(says, party(other(payer)));
        sentence_add(says, " that it received ");
        sentence_add_cents(says, received->cents);
        sentence_add(says, ": ");
        sentence_add_cents(says, less > 0 ? less : -less);
        sentence_add(says, less > 0 ? " less; nothing is cleared" : " more; nothing is cleared");
}

static void other_parts(enum side payer, const struct payment *sent,
                        const struct payment *received, struct text *says)
{
        const struct payment_part *part = differs(sent, received);

        if (!part)
                part = differs(received, sent);
        sentence_add(says, "both sides say ");
        sentence_add_cents(says, sent->cents);
        sentence_add(says, ", but for the statement of run ");
        sentence_add_number(says, part->run);
        sentence_add(says, " ");
        sentence_add(says, party(payer));
        sentence_add(says, " has ");
        sentence_add_cents(says, part_of(sent, part->run));
        sentence_add(says, " of it, ");
        sentence_add(says, party(other(payer)));
        sentence_add(says, " ");
        sentence_add_cents(says, part_of(received, part->run));
        sentence_add(says, "; nothing is cleared");
}

/* ---- both, and alike */

static const struct payment_open *open_of(uint64_t run, const struct payment_open *open,
                                          size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (open[i].run == run)
                        return &open[i];
        assert(false);
        return NULL;
}

/* All that the payment has for the days of @of. */
static int64_t for_days(const struct payment *payment, const struct payment_open *of,
                        const struct payment_open *open, size_t count)
{
        int64_t cents = 0;

        for (uint32_t i = 0; i < payment->part_count; i++)
                if (open_of(payment->parts[i].run, open, count)->days == of->days)
                        cents += payment->parts[i].cents;
        return cents;
}

static void too_much(enum side payer, const struct payment_open *of, int64_t owed, int64_t paid,
                     struct text *says)
{
        if (owed > 0) {
                sentence_add_cents(says, paid);
                sentence_add(says, " for the statement of run ");
                sentence_add_number(says, of->run);
                sentence_add(says, " is ");
                sentence_add_cents(says, paid - owed);
                sentence_add(says, " more than is open of it; nothing is cleared");
                return;
        }
        sentence_add(says, "nothing is open of the statement of run ");
        sentence_add_number(says, of->run);
        sentence_add(says, " that ");
        sentence_add(says, party(payer));
        sentence_add(says, " would owe; nothing is cleared");
}

static void all_or_less(const struct payment *payment, const struct payment_open *short_of,
                        int64_t left, struct payment_outcome *ret)
{
        ret->clears = true;
        ret->state = short_of ? PAYMENT_PARTIAL : PAYMENT_MATCHED;
        sentence_add(&ret->says, "both sides say ");
        sentence_add_cents(&ret->says, payment->cents);
        if (!short_of) {
                sentence_add(&ret->says, ": all that is open of what it is for");
                return;
        }
        sentence_add(&ret->says, ": ");
        sentence_add_cents(&ret->says, left);
        sentence_add(&ret->says, " stay open of the statement of run ");
        sentence_add_number(&ret->says, short_of->run);
}

static void against_open(enum side payer, const struct payment *payment,
                         const struct payment_open *open, size_t count,
                         struct payment_outcome *ret)
{
        const struct payment_open *short_of = NULL;
        int64_t left = 0;

        for (uint32_t i = 0; i < payment->part_count; i++) {
                const struct payment_open *of = open_of(payment->parts[i].run, open, count);
                int64_t owed = payer == SIDE_BEARER ? of->open : -of->open;
                int64_t paid = for_days(payment, of, open, count);

                if (paid > owed) {
                        too_much(payer, of, owed, paid, &ret->says);
                        return;
                }
                if (paid < owed && !short_of) {
                        short_of = of;
                        left = owed - paid;
                }
        }
        all_or_less(payment, short_of, left, ret);
}

void payment_match(enum side payer, const struct payment *sent, const struct payment *received,
                   const struct payment_open *open, size_t count, struct payment_outcome *ret)
{
        assert(payer == SIDE_BEARER || payer == SIDE_EARNER);
        assert(sent || received);
        *ret = (struct payment_outcome) { .state = PAYMENT_NEEDS_REVIEW };
        sentence_begin(&ret->says);
        if (!stands(sent) || !stands(received))
                one_side(payer, sent, received, ret);
        else if (sent->cents != received->cents)
                other_cents(payer, sent, received, &ret->says);
        else if (!payment_alike(sent, received))
                other_parts(payer, sent, received, &ret->says);
        else
                against_open(payer, sent, open, count, ret);
}
