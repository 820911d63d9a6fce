/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a participant can check by itself of what the hub signed: the parts of accord verify. Each
 * check adds a row; what holds is said in words at the end, and so is what nobody can say.
 */
#ifndef ACCORD_CLIENTS_VERIFY_H
#define ACCORD_CLIENTS_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "clients/lib/hubproof.h"
#include "clients/reach.h"
#include "clients/verb.h"
#include "clients/verify-bundle.h"

enum holds { HOLDS_YES, HOLDS_NO, HOLDS_OPEN };         /* open: nobody can say, or not yet */

#define VERDICT_MAX 2000

struct verify {
        struct call *call;
        struct reach *reach;
        struct accord_proofs *proofs;   /* open for reading; NULL: the caller knows the tree */
        struct accord_outbox *outbox;   /* likewise; NULL: there is none */
        struct hub_proof proof;         /* with the store's keys and epochs */
        bool failed, any;
        char proved[VERDICT_MAX], open[VERDICT_MAX];
        char wrong[VERDICT_MAX];        /* the first thing that does not hold */
};

/* The table, and its end: what is proved and what is not. @code, or EXIT_INTEGRITY. */
void verify_begin(struct verify *v);
enum exit_code verify_end(struct verify *v, enum exit_code code);

/* A row of the table; HOLDS_NO makes the whole fail. */
void verify_row(struct verify *v, const char *what, enum holds holds, uint64_t count,
                const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds to the last line: what is proved, what is not. */
void verify_proved(struct verify *v, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
void verify_open(struct verify *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- verify-store.c: everything in the store again, from its bytes */
enum exit_code verify_store(struct verify *v);

/* ---- verify-statement.c: one statement, its facts, and what it comes to */
enum exit_code verify_statement(struct verify *v, uint64_t run);

/* The statement of bundle->run from entries that were checked, and what it comes to. */
enum exit_code verify_made_again(struct verify *v, const struct bundle *bundle);

/* What is known of one statement while it is checked. */
struct stated {
        const struct bundle *bundle;
        char what[40];                  /* "statement 41" */
        struct statement *statement;    /* in @arena */
        struct terms *terms;            /* owned; NULL: there are none */
        struct fact *facts;             /* owned: used, or in dispute, as their entries say them */
        size_t fact_count;
        uint64_t missing;               /* of them: not this party's to read */
        struct arena arena, work;       /* of the statement; of one entry after the other */
        bool failed;                    /* something does not hold */
        bool open;                      /* something cannot be said */
};

/* The statement of @run, from the checked entries of the bundle; in @arena, reset. NULL: none. */
struct statement *statement_of_run(struct verify *v, struct stated *stated, struct arena *arena,
                                   uint64_t run);

/* ---- verify-entries.c: the entries of a bundle, and who signed them */
void verify_entries(struct verify *v, struct stated *stated);

/* ---- verify-facts.c: facts against the entries that say them */
enum exit_code verify_facts(struct verify *v, struct stated *stated);
/* As the entry has it, with the side that says it; 0; -ENOENT: no bytes; -EBADMSG: no such fact. */
int fact_of_event(const struct contract_id *contract, const struct submission *submission,
                  uint64_t index, uint32_t event, struct fact *ret);

/* ---- verify-settle.c: the same figures again by the same core; nothing of one's own left out */
enum exit_code verify_settle(struct verify *v, struct stated *stated);
enum exit_code verify_own(struct verify *v, struct stated *stated);

/* ---- verify-fetch.c */

/* Collects what is needed for the runs, or for all of the party's statements. */
enum exit_code verify_fetch(struct call *call, struct reach *reach, const uint64_t *runs,
                            size_t count);

#endif
