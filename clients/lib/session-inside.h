/* SPDX-License-Identifier: Apache-2.0 */
/* The session as the library sees it. Inside the library only. */
#ifndef ACCORD_CLIENTS_LIB_SESSION_INSIDE_H
#define ACCORD_CLIENTS_LIB_SESSION_INSIDE_H

#include <stdbool.h>

#include "clients/lib/accord.h"
#include "clients/lib/hubproof.h"
#include "clients/lib/link.h"
#include "proof/keys.h"
#include "proto/arena.h"
#include "proto/wire.h"

#define HELLO_AGAIN_MS 1000     /* no welcome: say hello again */
#define SILENCE_AGAIN_MS 2000   /* nothing answered: hello, and what was sent once more */
#define LOOK_MS 100             /* in any case: a descriptor that says nothing proves nothing */
#define BUSY_MOST_MS 10000      /* the longest that a hub can tell us to wait */
#define TURN_FRAMES 256         /* received at once */
#define GROWING_MAX 256         /* trees in one question whether the newest continues them */
#define GROWING_MANY 128        /* that wait: ask while there is something to send */

struct accord_session {
        struct link *link;
        struct hub_proof proof;
        struct keys own_keys;           /* when read from a file */
        const struct keys *keys;
        struct node_path node;
        char *signals_endpoint, *directory, *program;
        uint8_t hub_transport_key[32], hub_sealing_key[32];
        int watched;                    /* an epoll on all links' descriptors */
        struct arena arena;             /* what a frame was decoded into */
        struct arena records;           /* records within it */
        struct sink out;

        /* Hello. */
        struct accord_hub hub;
        bool greeted;                   /* on this connection */
        bool greeted_stream;            /* naming @stream */
        struct stream_id stream;
        unsigned int hellos;            /* said and not answered */
        int64_t hello_ms, hello_not_before;
        instant hello_at;
        uint64_t hello_sequence;        /* the first number without an answer, when it was said */
        uint64_t connection;            /* of greeted: link_times_ready() */

        /* What is on its way, of the outbox last flushed. */
        const struct accord_outbox *flushing;
        bool idle;                      /* all of it was answered: where it goes on is known */
        uint64_t next;                  /* place of the next to send */
        int64_t heard_ms;               /* last answer, or when the first went out */
        int64_t hold_ms;                /* BUSY until; 0: not */
        int64_t gap_wait;               /* ms to wait after the next gap */
        struct accord_progress progress;
        struct wire_fault first_fault;  /* of the refusals; its spans are static or none */
        char first_says[256];

        /* The hub's keys and epochs, asked on each connection; and whether its tree goes on. */
        bool ringed;                    /* told on this connection, */
        const struct accord_outbox *ringed_outbox;      /* and taken over into its proofs */
        bool unjudged;                  /* a welcome waits for them */
        struct asked_once {
                uint64_t id;            /* of the query that is not answered yet; 0: none */
                int64_t at_ms;
        } keys_asked, growth_asked;
        struct accord_tree growing[GROWING_MAX];        /* the trees it is asked for */
        uint32_t growing_count;
        bool growing_alone;             /* the hub refused: only its newest is asked for */
        bool prove_wanted;              /* though all that was seen is joined */

        /* What is asked. */
        int ask_timeout;
        struct accord_as_of as_of;
        uint64_t ask_id;                /* last used */
        uint64_t asked_id;              /* of the question that is asked */
        bool asking, answered;
        int64_t ask_not_before;
        struct answer answer;           /* in arena */
        bool cosigning;                 /* a witness waits for its answer */
        struct cosigned cosigned;       /* the same */
};

/* ---- session.c */

/*
 * One turn: takes what came, sends what can go, waits for nothing.
 * @outbox, @watch: may be NULL. Returns: 0, codes as accord_flush().
 */
int session_turn(struct accord_session *session, struct accord_outbox *outbox,
                 const struct accord_watch *watch, struct accord_error *error);
/* Waits until something may have come, @until has passed (ms, < 0: never) or a turn is due. */
void session_wait(struct accord_session *session, int64_t until);
/* UNREACHABLE, or IN_DOUBT, and why as far as the connection shows. */
int session_timed_out(const struct accord_session *session, bool sent, struct accord_error *error);
/* Says hello when it is time to. @stream NULL: for no stream. 0; FAILED. */
int session_greet(struct accord_session *session, const struct stream_id *stream,
                  uint64_t first_open, struct accord_error *error);

/* ---- query.c: one question, without waiting */

/* Gives @query its id; what was asked before is forgotten. */
void ask_begin(struct accord_session *session, struct query *query);
/*
 * Asks when it is time to, and again; takes what came. The answer is session->answer until the next
 * turn. Returns: 0; codes as in query.h.
 */
int ask_turn(struct accord_session *session, const struct query *query, bool *ret_answered,
             struct accord_error *error);

/* Hands the rows of one answer to the visitor: what differs between the walks. */
typedef int hand_rows(const struct answer *answer, void *visit, void *with);

/* Asks until there is no more. The visitor's type is known to @hand alone; @visit points to it. */
int query_walk(struct accord_session *session, struct query *query, hand_rows *hand, void *visit,
               void *with, struct accord_error *error);

/* ---- prove.c: the hub's keys, and that its trees go on */

/* Were keys and epochs told on this connection, and taken over for @outbox (NULL: none)? */
bool prove_is_ringed(const struct accord_session *session, const struct accord_outbox *outbox);
/* Asks for them when it is time to. 0; FAILED. */
int prove_ask_keys(struct accord_session *session, struct accord_error *error);
/* Is there something to be shown, now that @waiting submissions wait? */
bool prove_is_due(const struct accord_session *session, const struct accord_outbox *outbox);
/* Asks whether the newest tree continues those that were seen, when it is due and time to. */
int prove_ask_growth(struct accord_session *session, const struct accord_outbox *outbox,
                     struct accord_error *error);
/* Is it an answer to one of these? Then takes it. 0; INTEGRITY; FAILED. */
bool prove_answers(const struct accord_session *session, const struct answer *answer);
int prove_take(struct accord_session *session, struct accord_outbox *outbox,
               const struct accord_watch *watch, const struct answer *answer,
               struct accord_error *error);
/* What was asked on a connection that is gone is asked again. */
void prove_forget(struct accord_session *session);

/* ---- signals.c */

/* Verifies a signal's record, and that it is for our party; decodes it. 0; INTEGRITY. */
int signal_prove(struct accord_session *session, const struct record_entry *entry,
                 struct accord_signal *ret, struct accord_error *error);

/* ---- flush.c */

int flush_receipt(struct accord_session *session, struct accord_outbox *outbox,
                  const struct accord_watch *watch, const struct receipt *receipt,
                  struct bytes frame, struct accord_error *error);
int flush_refusal(struct accord_session *session, struct accord_outbox *outbox,
                  const struct accord_watch *watch, const struct refusal_answer *refusal,
                  struct bytes frame, struct accord_error *error);
void flush_busy(struct accord_session *session, struct accord_outbox *outbox,
                const struct busy *busy);
/* The hub's view of the stream against ours. 0; INTEGRITY; FAILED. */
int flush_welcome(struct accord_session *session, struct accord_outbox *outbox,
                  const struct welcome *welcome, struct accord_error *error);
/* Greets for the stream and sends up to the window. 0; FAILED. */
int flush_send(struct accord_session *session, struct accord_outbox *outbox,
               struct accord_error *error);

#endif
