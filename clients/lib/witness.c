/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/witness.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"
#include "core/own.h"
#include "proof/cosignature.h"

struct accord_witness {
        struct accord_session *session;
        struct accord_proofs *proofs;
        uint64_t looked_at;
        struct accord_tree cosigned;    /* in this run */
        size_t size;                    /* of the note in hand */
        char note[WIRE_NOTE_MAX + COSIGNATURE_LINE_MAX];
};

void accord_witness_close(struct accord_witness *witness)
{
        if (!witness)
                return;
        accord_proofs_close(witness->proofs);
        free(witness);
}

void accord_witness_cleanup(struct accord_witness **witness)
{
        accord_witness_close(*witness);
}

int accord_witness_open(struct accord_witness **ret, struct accord_session *session,
                        const struct accord_profile *profile, uint64_t looked_at,
                        struct accord_error *error)
{
        own(accord_witness) struct accord_witness *witness = calloc(1, sizeof(*witness));
        int r;

        if (!witness)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        witness->session = session;
        witness->looked_at = looked_at;
        r = accord_proofs_open(&witness->proofs, profile, error);
        if (!r)
                *ret = give(witness);
        return r;
}

/* ---- looking */

/* What the hub says of its keys and epochs, before what they sign. */
static int look_at_keys(struct accord_witness *witness, struct accord_round *ret,
                        struct accord_error *error)
{
        const struct query query = { .kind = QUERY_KEYS };
        const struct answer *answer;
        int r = accord_ask(witness->session, &query, &answer, error);

        if (r)
                return r;
        return accord_proofs_ring(witness->proofs, answer->records, answer->record_count,
                                  &ret->new_epochs, error);
}

static int see(struct accord_witness *witness, const struct proof_answer *proof,
               struct accord_seen *ret, struct accord_error *error)
{
        int r;

        if (!proof->checkpoint.size || proof->checkpoint.size > WIRE_NOTE_MAX)
                return fail_with(error, ACCORD_INTEGRITY, "the hub shows no checkpoint");
        memcpy(witness->note, proof->checkpoint.data, proof->checkpoint.size);
        witness->size = proof->checkpoint.size;
        r = accord_proofs_see(witness->proofs, proof->checkpoint, ACCORD_SEEN_WITNESS, ret, error);
        if (r == ACCORD_NO_SUCH_THING)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's newest checkpoint is by a key "
                                 "or of an epoch that it has not told");
        return r;
}

/* The hub will not show that it goes on from there: is its tree smaller than what it signed? */
static int see_alone(struct accord_witness *witness, struct accord_tree last,
                     struct accord_seen *ret, struct accord_error *error)
{
        const struct accord_prove prove = { .grow_count = 0 };
        const struct proof_answer *proof;
        int r = accord_query_proof(witness->session, &prove, &proof, error);

        if (!r)
                r = see(witness, proof, ret, error);
        if (r)
                return r;
        if (ret->size < last.size)
                return accord_proofs_continue(witness->proofs, last,
                                              (struct accord_tree) { ret->epoch, ret->size }, NULL,
                                              0, error);
        return fail_with(error, ACCORD_INTEGRITY, "the hub refuses to show that its log goes on "
                         "from what it was at %" PRIu64 " entries", last.size);
}

static int see_grown(struct accord_witness *witness, struct accord_tree last,
                     struct accord_seen *ret, struct accord_error *error)
{
        const struct place_at from = { last.size };
        const struct accord_prove prove = { .grow = &from, .grow_count = 1 };
        const struct proof_answer *proof;
        struct accord_tree newest;
        int r = accord_query_proof(witness->session, &prove, &proof, error);

        if (r && error->refusal)
                return see_alone(witness, last, ret, error);
        if (!r)
                r = see(witness, proof, ret, error);
        if (r)
                return r;
        newest = (struct accord_tree) { ret->epoch, ret->size };
        if (newest.epoch == last.epoch && newest.size == last.size)
                return 0;
        return accord_proofs_continue(witness->proofs, last, newest, proof->grow[0].proof,
                                      proof->grow[0].proof_count, error);
}

static int look(struct accord_witness *witness, struct accord_round *ret,
                struct accord_error *error)
{
        const struct accord_prove prove = { .grow_count = 0 };
        const struct proof_answer *proof;
        struct accord_seen last, newest;
        struct accord_error other;
        int r, s;

        if (accord_proofs_last(witness->proofs, &last)) {
                ret->before = last.size;
                r = see_grown(witness, (struct accord_tree) { last.epoch, last.size }, &newest,
                              error);
        } else {
                r = accord_query_proof(witness->session, &prove, &proof, error);
                if (!r)
                        r = see(witness, proof, &newest, error);
        }
        s = accord_proofs_sync(witness->proofs, r ? &other : error);
        if (r || s)
                return r ? r : s;
        ret->epoch = newest.epoch;
        ret->size = newest.size;
        return 0;
}

/* ---- cosigning */

static int sign(struct accord_witness *witness, struct accord_error *error)
{
        const struct hub_ring *ring = accord_proofs_hub_ring(witness->proofs);
        const struct accord_session *session = witness->session;
        struct note_key key;

        if (!ring || cosigner_make((struct bytes) { ring->origin, strlen(ring->origin) },
                                   &session->node, session->keys->public.signing, &key))
                return fail_with(error, ACCORD_FAILED, "the hub's origin and the node's name come "
                                 "to no name of a witness: they are too long");
        witness->size = cosignature_add(witness->note, witness->size, clock_now() / 1000000, &key,
                                        session->keys->secret.signing);
        return 0;
}

static int send_note(struct accord_witness *witness, int64_t *at_ms, struct accord_error *error)
{
        struct accord_session *session = witness->session;
        const struct cosign cosign = { { witness->note, witness->size } };
        int64_t now = clock_ms();
        int r;

        if (now < session->ask_not_before || (*at_ms && now - *at_ms < SILENCE_AGAIN_MS))
                return 0;
        sink_reset(&session->out);
        r = wire_write_cosign(&session->out, &cosign);
        if (!r)
                r = link_send(session->link, sink_bytes(&session->out));
        if (!r)
                *at_ms = now;
        return !r || r == -EAGAIN ? 0 : fail_errno(error, r, "cannot tell the hub");
}

/* An answer that has less is to one that was sent before. */
static bool is_answered(const struct accord_session *session, uint64_t size)
{
        return session->answered && (session->cosigned.refused || session->cosigned.size >= size);
}

/* The same bytes until they are answered. */
static int tell(struct accord_witness *witness, uint64_t size, struct accord_error *error)
{
        struct accord_session *session = witness->session;
        int64_t until = clock_until(session->ask_timeout), at_ms = 0;
        int r = 0;

        session->cosigning = true;
        session->ask_not_before = 0;
        while (!r) {
                r = session_turn(session, NULL, NULL, error);
                if (r || is_answered(session, size))
                        break;
                if (!session->greeted)
                        r = session_greet(session, NULL, 0, error);
                else
                        r = send_note(witness, &at_ms, error);
                if (!r && clock_left(until) == 0)
                        r = session_timed_out(session, false, error);
                if (!r)
                        session_wait(session, until);
        }
        session->cosigning = false;
        if (r || !session->cosigned.refused)
                return r;
        return fail_refused(error, &session->cosigned.fault, "the hub does not take the "
                            "cosignature");
}

int accord_witness_round(struct accord_witness *witness, bool again, struct accord_round *ret,
                         struct accord_error *error)
{
        struct accord_proofs_stat stat;
        struct accord_tree newest;
        int r;

        *ret = (struct accord_round) { .epoch = 0 };
        *error = (struct accord_error) { .code = ACCORD_DONE };
        accord_proofs_stat(witness->proofs, &stat);
        if (stat.contradictions > witness->looked_at)
                return fail_with(error, ACCORD_INTEGRITY, "the hub contradicted itself, which is "
                                 "remembered (%" PRIu64 "): nothing is cosigned until somebody has "
                                 "looked at it", stat.contradictions);
        r = look_at_keys(witness, ret, error);
        if (!r)
                r = look(witness, ret, error);
        newest = (struct accord_tree) { ret->epoch, ret->size };
        if (r || (!again && newest.size == witness->cosigned.size &&
                  newest.epoch == witness->cosigned.epoch))
                return r;
        r = sign(witness, error);
        if (!r)
                r = tell(witness, newest.size, error);
        if (r)
                return r;
        witness->cosigned = newest;
        ret->cosigned = true;
        return 0;
}

/* ---- what the hub has */

static int hand_witnesses(const struct answer *answer, void *visit, void *with)
{
        accord_witness_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->witness_count && !r; i++)
                r = (*hand)(with, &answer->witnesses[i]);
        return r;
}

int accord_query_witnesses(struct accord_session *session, accord_witness_visit *visit, void *with,
                           struct accord_error *error)
{
        struct query query = { .kind = QUERY_WITNESSES };

        return query_walk(session, &query, hand_witnesses, &visit, with, error);
}
