/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A random walk over libhub: valid events mostly, of facts, statements, disputes, decisions,
 * figures, payments and time, all decided by one seed. After every commit the log is read on by a
 * model of its own (walk_model.c), which knows nothing of libhub; the books are held against it.
 */
#ifndef ACCORD_TESTS_SIM_WALK_H
#define ACCORD_TESTS_SIM_WALK_H

#include "tests/hub/books.h"
#include "tests/sim/sim.h"

#define WALK_PARTIES 5                  /* two payers, two networks, an arbiter */
#define WALK_ARBITER 4
#define WALK_CONTRACTS 4                /* of one generation */
#define WALK_PERIODS 2
#define WALK_KINDS 3
#define WALK_LIVES_MAX 512              /* statements of one contract */
#define WALK_CLAIMS_MAX 512
#define WALK_PAYMENTS_MAX 512

/* A statement, and what the books owe it. */
struct walk_life {
        uint64_t run, statement;
        unsigned int period;
        bool posts, stands;
        struct sha256 digest;           /* of its record */
        int64_t payable, by_bearer, by_earner;
        bool holds;
        uint32_t accepted;              /* bits: 1 bearer, 2 earner */
        int64_t posted, paid;
        instant since;                  /* when its window began */
};

struct walk_claim {
        uint64_t index, run;
        enum side side;
        int64_t claims;
        bool open;
};

/* A proposal; of what it would decide only what it closes matters to the books. */
struct walk_proposal {
        uint64_t index;                 /* 0: none yet */
        enum side side;
        struct sha256 digest;
        uint64_t closes;                /* dispute; 0: none */
        bool in_force;
};

struct walk_payment {
        unsigned int number;            /* of its trace */
        uint64_t run;
        enum side payer;
        uint64_t index[2];              /* sent, received: what was said last; 0: never */
        int64_t cents[2];
};

struct walk_said {
        uint64_t index;                 /* 0: never */
        int64_t value;
};

struct walk_contract {
        struct contract_id id;
        unsigned int number;            /* 0 .. WALK_CONTRACTS: whose, and by which terms */
        uint32_t version;
        struct walk_said facts[2][WALK_KINDS][WALK_PERIODS], figures[2][WALK_PERIODS];
        struct walk_life lives[WALK_LIVES_MAX];
        struct walk_claim claims[WALK_CLAIMS_MAX];
        struct walk_proposal proposal;  /* the last */
        struct walk_payment payments[WALK_PAYMENTS_MAX];
        unsigned int life_count, claim_count, payment_count;
};

struct walk {
        uint64_t seed;
        unsigned int step;
        struct random random;
        struct stage stage;
        struct books books;
        struct player players[WALK_PARTIES];
        uint64_t sequences[WALK_PARTIES];
        struct walk_contract *contracts;        /* of this generation */
        unsigned int generation;
        uint64_t next;                  /* entry of the log the model reads next */
        /* what it was made of */
        uint64_t recorded, refused, refusals[256], signals, decided, replaced, payments, kinds[64];
};

_Noreturn void walk_fails(const struct walk *walk, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

extern const enum fact_kind walk_kinds[WALK_KINDS];
struct period walk_period(unsigned int period);
/* By what terms the contracts of that number are. */
void walk_terms(const struct walk *walk, const struct walk_contract *contract,
                struct terms *ret);
uint32_t walk_dispute_days(unsigned int number);

/* One event of somebody, or time, or a crash; what runs there are is computed. */
void walk_step(struct walk *walk);
/* New contracts, agreed on. */
void walk_renew(struct walk *walk);

/* Posted and not paid, by all statements of the period; above 0 the bearer owes. */
int64_t walk_open(const struct walk_contract *contract, unsigned int period);

/* Reads the log on, and holds the books against what it says. */
void walk_look(struct walk *walk);

#endif
