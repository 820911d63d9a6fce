/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a session asks beside what it is told to: the hub's keys and epochs, on each connection,
 * for a daemon that was started anew may have others; and whether the newest tree continues all
 * those that were seen. Both go on within turns, beside what is being sent.
 */
#include "clients/lib/session-inside.h"

#include <errno.h>
#include <inttypes.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "clients/lib/outbox-inside.h"
#include "clients/lib/proofs-inside.h"

void prove_forget(struct accord_session *session)
{
        session->ringed = session->unjudged = session->growing_alone = false;
        session->ringed_outbox = NULL;
        session->keys_asked = session->growth_asked = (struct asked_once) { 0 };
}

bool prove_answers(const struct accord_session *session, const struct answer *answer)
{
        return answer->id && (answer->id == session->keys_asked.id ||
                              answer->id == session->growth_asked.id);
}

/* The same question goes out again when nothing came for a while. */
static int ask(struct accord_session *session, struct asked_once *asked, struct query *query,
               struct accord_error *error)
{
        int64_t now = clock_ms();
        int r;

        if (asked->id && now - asked->at_ms < SILENCE_AGAIN_MS)
                return 0;
        query->id = ++session->ask_id;
        sink_reset(&session->out);
        r = wire_write_query(&session->out, query);
        if (!r)
                r = link_send(session->link, sink_bytes(&session->out));
        if (r == -EAGAIN)
                return 0;
        if (r)
                return fail_errno(error, r, "cannot ask the hub");
        *asked = (struct asked_once) { query->id, now };
        return 0;
}

/* ---- keys and epochs */

bool prove_is_ringed(const struct accord_session *session, const struct accord_outbox *outbox)
{
        return session->ringed && (!outbox || session->ringed_outbox == outbox);
}

int prove_ask_keys(struct accord_session *session, struct accord_error *error)
{
        struct query query = { .kind = QUERY_KEYS };

        return ask(session, &session->keys_asked, &query, error);
}

/* The session's own view, from the genesis on: what it hears is verified by it. */
static int take_ring(struct accord_session *session, const struct answer *answer,
                     struct accord_error *error)
{
        bool epoch;
        int r = 0;

        session->proof.has_ring = session->proof.by_record = false;
        for (uint32_t i = 0; i < answer->record_count && !r; i++) {
                arena_reset(&session->records);
                r = hub_proof_ring(&session->proof, &answer->records[i], &session->records, &epoch,
                                   error);
        }
        return r;
}

static int take_outbox_ring(struct accord_session *session, struct accord_outbox *outbox,
                            const struct accord_watch *watch, const struct answer *answer,
                            struct accord_error *error)
{
        struct accord_lost lost = { 0 };
        int r;

        r = accord_proofs_ring(outbox->proofs, answer->records, answer->record_count, NULL, error);
        if (!r)
                r = outbox_take_ring(outbox, &lost, error);
        if (r)
                return r;
        session->ringed_outbox = outbox;
        if (lost.epoch && watch && watch->lost)
                watch->lost(watch->with, &lost);
        if (lost.epoch)
                session->greeted = false;
        else if (session->unjudged)
                r = flush_welcome(session, outbox, &session->hub.welcome, error);
        session->unjudged = false;
        return r;
}

/* A hub that does not know the question has one key and one epoch. */
static int take_keys(struct accord_session *session, struct accord_outbox *outbox,
                     const struct accord_watch *watch, const struct answer *answer,
                     struct accord_error *error)
{
        struct answer none = { .id = answer->id };
        int r;

        session->keys_asked = (struct asked_once) { 0 };
        if (answer->refused)
                answer = &none;
        r = take_ring(session, answer, error);
        if (!r && outbox)
                r = take_outbox_ring(session, outbox, watch, answer, error);
        session->ringed = !r;
        return r;
}

/* ---- that the tree goes on */

bool prove_is_due(const struct accord_session *session, const struct accord_outbox *outbox)
{
        return session->prove_wanted || proofs_waiting_count(outbox->proofs) > 0;
}

/* The last that is known to be of the history, then those that wait. */
static void choose_growing(struct accord_session *session, const struct accord_outbox *outbox)
{
        const struct known_tree *last = known_last(outbox->proofs);
        struct accord_tree *list = session->growing;

        session->growing_count = 0;
        if (last)
                list[session->growing_count++] = last->tree;
        session->growing_count += proofs_waiting(outbox->proofs, list + session->growing_count,
                                                 GROWING_MAX - session->growing_count);
}

int prove_ask_growth(struct accord_session *session, const struct accord_outbox *outbox,
                     struct accord_error *error)
{
        struct place_at places[GROWING_MAX];
        struct query query = { .kind = QUERY_PROOF, .grow = places };

        if (!prove_is_due(session, outbox) ||
            (queue_head(&outbox->queue) < queue_tail(&outbox->queue) &&
             proofs_waiting_count(outbox->proofs) < GROWING_MANY))
                return 0;
        if (!session->growth_asked.id)
                choose_growing(session, outbox);
        for (uint32_t i = 0; i < session->growing_count; i++)
                places[i].at = session->growing[i].size;
        query.grow_count = session->growing_alone ? 0 : session->growing_count;
        return ask(session, &session->growth_asked, &query, error);
}

/* Refused: is its newest tree smaller than one that it signed? */
static int take_alone(struct accord_session *session, struct accord_proofs *proofs,
                      const struct accord_seen *newest, struct accord_error *error)
{
        struct accord_tree to = { newest->epoch, newest->size };

        session->growing_alone = false;
        for (uint32_t i = 0; i < session->growing_count; i++)
                if (session->growing[i].size > to.size)
                        return accord_proofs_continue(proofs, session->growing[i], to, NULL, 0,
                                                      error);
        return fail_with(error, ACCORD_INTEGRITY, "the hub refuses to show that its log goes on "
                         "from what it was");
}

/* What holds is joined, though something else does not. The first answer that is not 0. */
static int take_paths(struct accord_session *session, struct accord_proofs *proofs,
                      const struct proof_answer *proof, struct accord_tree to,
                      struct accord_error *error)
{
        struct accord_error other;
        int result = 0, r;

        for (uint32_t i = 0; i < proof->grow_count; i++) {
                const struct path *path = &proof->grow[i];

                r = path->at != session->growing[i].size ?
                    fail_with(result ? &other : error, ACCORD_INTEGRITY, "the hub answers with "
                              "proofs of something else") :
                    accord_proofs_continue(proofs, session->growing[i], to, path->proof,
                                           path->proof_count, result ? &other : error);
                result = result ? result : r;
        }
        return result;
}

static int take_growth(struct accord_session *session, struct accord_proofs *proofs,
                       const struct answer *answer, struct accord_error *error)
{
        const struct proof_answer *proof = answer->proof;
        struct accord_seen newest;
        int r, s;

        session->growth_asked = (struct asked_once) { 0 };
        if (answer->refused && !session->growing_alone && session->growing_count) {
                session->growing_alone = true;
                return 0;
        }
        if (answer->refused || !proof || !proof->checkpoint.size)
                return fail_with(error, ACCORD_INTEGRITY, "the hub does not show that its log goes "
                                 "on from what it was");
        r = accord_proofs_see(proofs, proof->checkpoint, ACCORD_SEEN_ANSWER, &newest, error);
        if (r == ACCORD_NO_SUCH_THING)
                r = fail_with(error, ACCORD_INTEGRITY, "the hub's newest checkpoint is by a key or "
                              "of an epoch that it has not told");
        if (r)
                return r;
        if (session->growing_alone && session->growing_count)
                return take_alone(session, proofs, &newest, error);
        if (proof->size != newest.size || proof->grow_count != session->growing_count)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's answer does not prove what "
                                 "was asked");
        session->prove_wanted = false;
        r = take_paths(session, proofs, proof, (struct accord_tree) { newest.epoch, newest.size },
                       error);
        s = accord_proofs_sync(proofs, r ? NULL : error);
        return r ? r : s;
}

int prove_take(struct accord_session *session, struct accord_outbox *outbox,
               const struct accord_watch *watch, const struct answer *answer,
               struct accord_error *error)
{
        if (answer->id == session->keys_asked.id)
                return take_keys(session, outbox, watch, answer, error);
        /* Nobody here to take it: it is asked again. */
        if (!outbox || session->flushing != outbox) {
                session->growth_asked = (struct asked_once) { 0 };
                return 0;
        }
        return take_growth(session, outbox->proofs, answer, error);
}
