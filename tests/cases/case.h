/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A case: a story in text, played on libhub without sockets, with what is expected said in place.
 * tests/cases/README.md has the language. The first thing that is not as the story says ends the
 * program with its file and line.
 */
#ifndef ACCORD_TESTS_CASES_CASE_H
#define ACCORD_TESTS_CASES_CASE_H

#include "tests/cases/cast.h"

#define HUB_KEYS 4

struct play {
        const char *file;
        bool rebuild;                   /* close, rebuild and compare before each expect */
        unsigned int rehearsals;
        struct stage stage;
        struct words *words;            /* of the line in hand */

        struct case_player players[PLAYERS_MAX];
        struct case_contract contracts[CONTRACTS_MAX];
        struct case_terms terms[TERMS_MAX];
        struct case_plan plans[PLANS_MAX];
        struct case_charter charters[CHARTERS_MAX];
        unsigned int charter_count;
        struct said *said[SAID_MAX];
        unsigned int player_count, contract_count, terms_count, plan_count, said_count;

        bool together;                  /* between begin and commit */
        unsigned int batch_first;       /* of said[], in the batch */
        bool rests;                     /* the worker */
        uint64_t entries;               /* at the last "expect entries" */
        uint64_t succession;            /* announced last */
        struct keys hub_keys[HUB_KEYS]; /* that the hub has had, besides the first */
        unsigned int hub_key_count;

        struct heard heard[HEARD_MAX];
        unsigned int heard_count;

        struct books books;             /* kept again from the log, after each commit */
        bool has_as_of;                 /* of the expectation in hand: as the log was then */
        uint64_t as_of;
};

_Noreturn void wrong(const struct play *play, const char *format, ...)
        __attribute__((format(printf, 2, 3)));
_Noreturn void wrong_at(const struct play *play, unsigned int line, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* The next word of the line, which must be there; @what says what should be. */
const char *want(struct play *play, const char *what);
struct name want_name(struct play *play);
date want_day(struct play *play);
instant want_moment(struct play *play);
uint64_t want_number(struct play *play);
struct period want_period(struct play *play);
int64_t want_money(struct play *play);
struct item want_item(struct play *play);
/* Of what a label stands for, or a number as it is. */
uint64_t want_index(struct play *play);
struct case_player *want_player(struct play *play);
struct case_contract *want_contract(struct play *play);
enum run_kind want_run_kind(struct play *play);
enum capability_kind want_capability(struct play *play);
enum side want_side(struct play *play);         /* bearer, earner */
const struct terms *want_terms(struct play *play);
/* Nothing may be left of the line. */
void want_end(struct play *play);

const struct case_plan *want_plan(struct play *play);

/*
 * The last statement of a contract and period, which must be there.
 * @kind: of that kind of run; 0: of any
 * @ret_digest: of its signed record; may be NULL
 *
 * Returns: what the caller frees.
 */
struct statement *find_statement(struct play *play, const struct contract_id *contract,
                                 struct period period, enum run_kind kind,
                                 struct sha256 *ret_digest);
/* Its run. */
uint64_t find_statement_run(struct play *play, const struct contract_id *contract,
                            struct period period, enum run_kind kind);
/* PERIOD [of-run KIND]: the run of that statement. */
uint64_t want_run(struct play *play, const struct contract_id *contract);

/* NULL when there is none of that name. */
struct case_player *player_named(struct play *play, const char *path);
struct case_contract *contract_named(struct play *play, const char *alias);
struct said *said_as(struct play *play, const char *label);

/* Plays a file. Ends the program when something is wrong. */
void case_play(struct play *play, const char *file, bool rebuild);

/* ---- lines */

typedef void line_fn(struct play *play);

line_fn line_party, line_node, line_revoke, line_contract, line_terms, line_clock, line_run,
        line_worker, line_succeed, line_begin, line_commit, line_crash, line_skip, line_expect,
        line_hub, line_charter;
line_fn expect_statement, expect_signal, expect_no_signal, expect_balance,
        expect_journal, expect_match, expect_life, expect_recon, expect_payment, expect_dispute,
        expect_compare, expect_witnessing, expect_charter, expect_ballot, expect_conflict,
        expect_benefit, expect_capability, expect_publication;
/* A line that begins with a node: what it says, asks or sends again. */
void line_said(struct play *play, struct case_player *player, const char *label);

/* What a line offers or proposes, if it does. */
struct offered {
        struct case_contract *contract;
        uint32_t version;
        struct sha256 digest;
        struct sha256 decisions;
        const struct keys *becomes;     /* of a rotation; NULL: none */
};

/* The events of a line up to its manner; what they are about too. Returns how many. */
unsigned int read_events(struct play *play, struct case_player *player, struct event *events,
                         struct submission *submission, struct offered *offered);
struct case_stream *want_stream(struct play *play, struct case_player *player, const char *name);
void line_ask(struct play *play, struct case_player *player);
/* plans NAME CONTRACT KIND PERIOD payment DAY: previews a run, and keeps what was seen. */
void line_plan(struct play *play, struct case_player *player);
/* cosigns [another-root] [as NODE] [ahead SECONDS] -> taken | REFUSAL: the newest checkpoint. */
void line_cosign(struct play *play, struct case_player *player);

/*
 * Asks as @player and gives the answer, which lies in the stage's arena; a refusal of the query is
 * an answer that is refused.
 */
void ask_hub(struct play *play, struct case_player *player, struct query *query,
             struct answer *ret);
/* As a side of a contract, of whom somebody may read; as of play->as_of. @contract may be NULL. */
void ask_as_side(struct play *play, const struct contract_id *contract, enum side side,
                 struct query *query, struct answer *ret);
/* as-of LABEL|INDEX, if that is what follows. */
bool take_as_of(struct play *play, uint64_t *ret);

/* ---- batches */

void batch_begin(struct play *play);            /* unless the case opened one */
void batch_end(struct play *play);
/* Collects signals, lets the worker work. After a commit. */
void batch_after(struct play *play);

/* "-> CODE [saying "words"]" when the operator is to be refused; nothing when it is to be done. */
void come_to(struct play *play, int r, const char *says);

/* Takes what came of @said out of the last batch and holds it against what was expected. */
void said_check(struct play *play, struct said *said);
/* When it was alone in its batch: it changed nothing but what its outcome says. */
void said_check_tables(struct play *play, const struct said *said,
                       const struct stage_tables *before, const struct stage_tables *after);

#endif
