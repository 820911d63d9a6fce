/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two worlds that differ only in a contract between two others, and all that a third party with a
 * valid key can try to find out in which it is. For Check; with tests/hub/pays.h.
 */
#ifndef ACCORD_TESTS_HUB_WORLDS_H
#define ACCORD_TESTS_HUB_WORLDS_H

#include "tests/hub/pays.h"

/* Where in the log of the first world what the others said of their contract lies. */
struct marks {
        uint64_t fact, run, dispute, resolution, figure, payment;
        struct sha256 statement, decisions;
};

/*
 * Everything that two sides can say of a contract of that label: settled, disputed, resolved, paid,
 * compared. @shifted: some of it earlier, so that other things lie where the marks are. The
 * stranger has a contract of its own. As many entries either way.
 */
void world_play(const char *label, bool shifted, struct marks *ret);

/* A question or a submission. */
struct try {
        const char *says;
        bool is_query;
        struct query query;
        struct event event;
        struct contract_id contract;
};

/* All tries about payer/network/LABEL and about what the marks name, until the next call. */
#define TRIES_MAX 256
size_t tries_make(const char *label, const struct marks *marks, struct try ret[TRIES_MAX]);

/* As the stranger would send it; to be freed. */
struct bytes try_frame(const struct try *try);
/* Handed to the hub, and answered by it. */
void try_it(const struct try *try);

#endif
