/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payments matched three ways: what who pays says it sent, what who is paid says it received, and
 * what is open of the statements that both say it is for. Money clears only as both say it, to the
 * cent, and never more of it than is owed: what differs, and what is too much, is for people.
 *
 *   unmatched      one side has said it, or nobody any longer: it was withdrawn
 *   needs review   both have, with other amounts or for other statements; or it is more than is
 *                  open of a statement, or what is open there goes the other way
 *   partial        both have, alike, and it is less than is open of one of its statements
 *   matched        both have, alike, and it is all of what is open of each
 *
 * On which day and by what means it went is not compared: a transfer takes days, and each side has
 * its own name for the way.
 */
#ifndef ACCORD_CORE_PAYMENTS_MATCH_H
#define ACCORD_CORE_PAYMENTS_MATCH_H

#include "core/recon.h"

/*
 * What is posted and not paid, by a statement that a payment names. Statements for the same days
 * share what is open of them: the later one posts the difference only, and whichever of them a
 * payment names, it pays for the days.
 */
struct payment_open {
        uint64_t run;                   /* as the payment names it */
        uint64_t days;                  /* the same number: of the same days */
        int64_t open;                   /* cents, of those days; above 0 the bearer owes */
};

struct payment_outcome {
        enum payment_state state;
        bool clears;                    /* each of its parts, as both sides say it */
        struct text says;               /* why */
};

/*
 * payment_match() - what has become of one payment
 * @payer:    the side that pays
 * @sent:     as whom pays says it; NULL: it has said nothing. 0 cents: it has withdrawn it
 * @received: as who is paid says it, likewise; not both NULL
 * @open:     one row for each run that either names, without what this payment itself has cleared
 * @count:    of them
 */
void payment_match(enum side payer, const struct payment *sent, const struct payment *received,
                   const struct payment_open *open, size_t count, struct payment_outcome *ret);

/* The same cents for the same runs, in whatever order. */
bool payment_alike(const struct payment *a, const struct payment *b);

#endif
