/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A year of published results, settled through a running hub: a payer and, for each row, a
 * provider, every one a node with keys of its own that says its part over the bus.
 */
#ifndef ACCORD_TESTS_SYSTEM_YEAR_H
#define ACCORD_TESTS_SYSTEM_YEAR_H

#include <sys/types.h>

#include "clients/mssp.h"
#include "tests/world/node.h"

#define YEAR_SIGNALS 4          /* a party hears of a contract: offered, accepted, run, statement */

struct year_case {
        struct mssp_case row;
        char rate[16];          /* row.msr */
        struct contract_id contract;
        bool elected;           /* the published rate is not the table's: it was chosen */
        bool calculable;        /* as the replay of the same file has it */
        int64_t dollars;        /* what must be earned, computed elsewhere */
        size_t from_payer;      /* facts of record that are the payer's to state */
};

/* What came of it; in memory that all processes share. */
struct year_count {
        unsigned int listening;         /* providers that hear */
        unsigned int exact, nothing, not_calculable, payer_heard;
};

struct year {
        struct accordd accordd;
        struct node payer, *providers;
        struct year_case *cases;
        unsigned int count;
        struct year_count *counted;
};

/* ---- year_cases.c */

/* Reads the file; at most @most rows of it, 0: all. */
void year_read(struct year *year, const char *path, unsigned int most);
/* The row's terms, with the quality figures made the provider's to state. */
void year_terms(const struct year *year, unsigned int number, struct terms *ret);
/* What either side has to state: of record, and beside it a figure that must not be taken. */
size_t year_facts(const struct year *year, unsigned int number, enum side side,
                  struct event ret[2 * MSSP_FACTS_MAX]);

/* ---- processes of their own: never return */

_Noreturn void year_be_payer(struct year *year);
/* All providers whose number is @first, @first + @step, ... */
_Noreturn void year_be_providers(struct year *year, unsigned int first, unsigned int step);

/* ---- year_ears.c: what arrives at each node's key, looked at from outside */

struct year_ears;
struct year_heard {
        uint64_t frames, strays;
};

/* Each node's ear asks for its own, for everything, and for its neighbour's. */
struct year_ears *year_ears_open(const struct year *year);
/* Takes what has come; ends the test when something opens that must not, or does not that must. */
void year_ears_look(struct year_ears *ears);
/* Every ear must have heard each of its party's signals. */
struct year_heard year_ears_close(struct year_ears *ears);

#endif
