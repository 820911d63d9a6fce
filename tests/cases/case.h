/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A case: a story in text, played on libhub without sockets, with what is expected said in place.
 * tests/cases/README.md has the language. The first thing that is not as the story says ends the
 * program with its file and line.
 */
#ifndef ACCORD_TESTS_CASES_CASE_H
#define ACCORD_TESTS_CASES_CASE_H

#include "tests/cases/words.h"
#include "tests/hub/stage.h"

#define PLAYERS_MAX 96
#define STREAMS_MAX 80          /* of one player */
#define CONTRACTS_MAX 16
#define VERSIONS_MAX 16
#define TERMS_MAX 24
#define SAID_MAX 1024
#define BATCH_MAX 256
#define EVENTS_MAX 64
#define HEARD_MAX 4096
#define FAULTS_MAX 64

/* What came of a submission, kept to compare retries with. */
struct outcome {
        enum hub_frame_kind kind;
        bool logged;
        uint64_t index;
        instant time;
        struct sha256 leaf;
        uint32_t fault_count;
        struct { enum refusal code; uint32_t event; char field[80], says[256]; } faults[FAULTS_MAX];
        struct digest record;           /* of the refusal's own bytes */
};

struct case_stream {
        char name[32];
        struct stream_id id;
        uint64_t next;
};

/* A submission as sent. */
struct said {
        char label[32];                 /* "": has none */
        unsigned int line;
        struct player *player;          /* who sent it */
        bool by_file, lost;             /* lost: in a batch that a crash took */
        struct bytes bytes;             /* malloc'ed */
        const struct said *first;       /* what is sent again; NULL: it is said the first time */
        uint64_t session;
        struct case_stream *stream;
        uint64_t sequence;
        struct words words;             /* at what follows -> */
        struct outcome outcome;
};

struct case_player {
        struct player player;
        uint32_t rights;
        bool revoked;
        struct case_stream streams[STREAMS_MAX];
        unsigned int stream_count;
        struct said *last;              /* what it said last */
        uint64_t heard;                 /* number of the signal it heard last */
};

struct case_contract {
        char alias[32];
        struct contract_id id;
        uint32_t version;               /* offered last */
        struct sha256 digests[VERSIONS_MAX];
};

struct case_terms {
        char alias[32];
        struct terms *terms;
};

struct heard {
        bool taken;
        struct signal signal;
};

struct play {
        const char *file;
        bool rebuild;                   /* close, rebuild and compare before each expect */
        unsigned int rehearsals;
        struct stage stage;
        struct words *words;            /* of the line in hand */

        struct case_player players[PLAYERS_MAX];
        struct case_contract contracts[CONTRACTS_MAX];
        struct case_terms terms[TERMS_MAX];
        struct said *said[SAID_MAX];
        unsigned int player_count, contract_count, terms_count, said_count;

        bool together;                  /* between begin and commit */
        unsigned int batch_first;       /* of said[], in the batch */
        bool rests;                     /* the worker */
        uint64_t entries;               /* at the last "expect entries" */

        struct heard heard[HEARD_MAX];
        unsigned int heard_count;
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
struct case_player *want_player(struct play *play);
struct case_contract *want_contract(struct play *play);
enum run_kind want_run_kind(struct play *play);
const struct terms *want_terms(struct play *play);
/* Nothing may be left of the line. */
void want_end(struct play *play);

/* The run of the last statement of a contract and period, which must be there. */
uint64_t find_statement_run(struct play *play, const struct contract_id *contract,
                            struct period period);

/* NULL when there is none of that name. */
struct case_player *find_player(struct play *play, const char *path);
struct case_contract *find_contract(struct play *play, const char *alias);
struct said *find_said(struct play *play, const char *label);

/* Plays a file. Ends the program when something is wrong. */
void case_play(struct play *play, const char *file, bool rebuild);

/* ---- lines */

typedef void line_fn(struct play *play);

line_fn line_party, line_node, line_revoke, line_contract, line_terms, line_clock, line_run,
        line_worker, line_begin, line_commit, line_crash, line_skip, line_expect, line_hub;
line_fn expect_statement, expect_signal, expect_no_signal;
/* A line that begins with a node: what it says, asks or sends again. */
void line_said(struct play *play, struct case_player *player, const char *label);

/* What a line offers, if it does. */
struct offered {
        struct case_contract *contract;
        uint32_t version;
        struct sha256 digest;
};

/* The events of a line up to its manner; what they are about too. Returns how many. */
unsigned int read_events(struct play *play, struct case_player *player, struct event *events,
                         struct submission *submission, struct offered *offered);
struct case_stream *want_stream(struct play *play, struct case_player *player, const char *name);
void line_ask(struct play *play, struct case_player *player);

/* ---- batches */

void batch_begin(struct play *play);            /* unless the case opened one */
void batch_end(struct play *play);
/* Collects signals, lets the worker work. After a commit. */
void batch_after(struct play *play);

/* Takes what came of @said out of the last batch and holds it against what was expected. */
void said_check(struct play *play, struct said *said);
/* When it was alone in its batch: it changed nothing but what its outcome says. */
void said_check_tables(struct play *play, const struct said *said,
                       const struct stage_tables *before, const struct stage_tables *after);

#endif
