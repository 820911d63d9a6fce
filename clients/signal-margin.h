/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What avoiding a dollar of care is worth to a provider, against what it earns on that dollar under
 * fee-for-service: reference formulas F10. The margin is the provider's own and never leaves its
 * machine; all else is in its signal.
 *
 *   rho of a payer    what one dollar less for each member pays, by these dollars, at the central
 *                     forecast; 0 where no contract of the payer pays for it
 *   rho               the mean over payers, weighted by their revenue
 */
#ifndef ACCORD_CLIENTS_SIGNAL_MARGIN_H
#define ACCORD_CLIENTS_SIGNAL_MARGIN_H

#include "core/signal_sum.h"

#define MARGIN_DECIMALS 9       /* that a part is rounded to, halves away from zero */

struct margin_payer {
        bool has;                       /* false: members are not known, so nor is rho */
        struct exact rho;
        bool has_share;
        struct exact share;             /* of all-source revenue; without it, of these payers' */
};

struct margin {
        struct margin_payer payers[SIGNAL_CONTRACTS_MAX];       /* as in signal_sum */
        bool has;                       /* there is a payer whose rho and revenue are known */
        bool of_all;                    /* shares are of all-source revenue */
        struct exact known;             /* part of that whose rho is known */
        struct exact rho;               /* mean over that part */
        struct exact least;             /* over all of it, the rest paying nothing for it */
};

void margin_of(const struct incentive_signal *signal, const struct signal_sum *sum,
               struct margin *ret);

enum margin_verdict {
        MARGIN_GAINS,           /* avoided care pays, whatever the unknown payers do */
        MARGIN_EVEN,            /* exactly even */
        MARGIN_LOSES,
        MARGIN_DEPENDS,         /* on payers of which it is not known */
};
enum margin_verdict margin_against(const struct margin *margin, struct exact own);

#endif
