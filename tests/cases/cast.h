/* SPDX-License-Identifier: Apache-2.0 */
/* Who and what a case is about: nodes, contracts, terms, what was said and what came of it. */
#ifndef ACCORD_TESTS_CASES_CAST_H
#define ACCORD_TESTS_CASES_CAST_H

#include "tests/cases/words.h"
#include "tests/hub/books.h"
#include "tests/hub/stage.h"

#define PLAYERS_MAX 96
#define PLAYER_STREAMS_MAX 80          /* of one player */
#define CONTRACTS_MAX 16
#define VERSIONS_MAX 16
#define TERMS_MAX 24
#define PLANS_MAX 8
#define SAID_MAX 1024
#define CHARTERS_MAX 12
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
        struct sha256 decisions;        /* of a resolution: what whoever agrees to it signs */
        struct player *rotates;         /* who has other keys once it is recorded; NULL: nobody */
        struct keys becomes;
        struct outcome outcome;
};

struct case_player {
        struct player player;
        uint32_t rights;
        bool revoked;
        struct case_stream streams[PLAYER_STREAMS_MAX];
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

struct case_charter {
        char name[32];
        struct charter *charter;
};

/* The digest of a preview that was looked at: what a run may be bound to. */
struct case_plan {
        char name[32];
        struct sha256 digest;
};

struct heard {
        bool taken;
        struct signal signal;
};

#endif
