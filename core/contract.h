/* SPDX-License-Identifier: Apache-2.0 */
/* The states a contract and a version of its terms can be in. Numbers are wire format. */
#ifndef ACCORD_CORE_CONTRACT_H
#define ACCORD_CORE_CONTRACT_H

enum contract_state {
        CONTRACT_OFFERED = 1,
        CONTRACT_IN_FORCE = 2,
        CONTRACT_TERMINATED = 3,
        CONTRACT_RELAYED = 4,
        CONTRACT_LAPSED = 5,
};

enum terms_state {
        TERMS_ON_OFFER = 1,
        TERMS_ACCEPTED = 2,
        TERMS_REPLACED = 3,
        TERMS_LAPSED = 4,
        TERMS_RELAYED = 5,
};

#define ACCEPTANCES_MAX 8       /* of one version of the terms */

#endif
