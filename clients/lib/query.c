/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/session-inside.h"

#include <errno.h>
#include <string.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"

#define ROWS_AT_ONCE 256
#define SIGNALS_AT_ONCE 64

void accord_query_timeout(struct accord_session *session, int timeout_ms)
{
        session->ask_timeout = timeout_ms;
}

void accord_query_as_of(struct accord_session *session, const struct accord_as_of *as_of)
{
        session->as_of = as_of ? *as_of : (struct accord_as_of) { 0 };
}

/* ---- one question, one answer */

static int send_query(struct accord_session *session, const struct query *query,
                      struct accord_error *error)
{
        int64_t now = clock_ms();
        int r;

        if (now < session->ask_not_before)
                return 0;
        sink_reset(&session->out);
        r = wire_write_query(&session->out, query);
        if (!r)
                r = link_send(session->link, sink_bytes(&session->out));
        if (r == -EAGAIN)
                return 0;
        if (r)
                return fail_errno(error, r, "cannot ask the hub");
        session->ask_not_before = now + SILENCE_AGAIN_MS;
        return 0;
}

void ask_begin(struct accord_session *session, struct query *query)
{
        query->id = session->asked_id = ++session->ask_id;
        session->asking = true;
        session->ask_not_before = 0;
}

int ask_turn(struct accord_session *session, const struct query *query, bool *ret_answered,
             struct accord_error *error)
{
        int r = session_turn(session, NULL, NULL, error);

        *ret_answered = !r && session->answered;
        if (r)
                return r;
        if (!session->answered && !session->greeted)
                return session_greet(session, NULL, 0, error);
        if (!session->answered && !prove_is_ringed(session, NULL))
                return prove_ask_keys(session, error);
        if (!session->answered)
                return send_query(session, query, error);
        session->asking = false;
        return session->answer.refused ? fail_refused(error, &session->answer.fault,
                                                      "the hub does not answer that") : 0;
}

static int drive(struct accord_session *session, const struct query *query,
                 struct accord_error *error)
{
        int64_t until = clock_until(session->ask_timeout);
        bool answered;
        int r;

        for (;;) {
                r = ask_turn(session, query, &answered, error);
                if (r || answered)
                        return r;
                if (clock_left(until) == 0)
                        return session_timed_out(session, false, error);
                session_wait(session, until);
        }
}

int accord_ask(struct accord_session *session, const struct query *query, const struct answer **ret,
               struct accord_error *error)
{
        struct query asked = *query;
        int r;

        asked.has_as_of = session->as_of.has_index;
        asked.as_of = session->as_of.index;
        asked.as_of_time = session->as_of.time;
        ask_begin(session, &asked);
        r = drive(session, &asked, error);
        session->asking = false;
        *ret = r ? NULL : &session->answer;
        return r;
}

/* ---- walks */

/* A cursor outlives the answer it came in. */
struct cursor {
        uint8_t octets[512];
        size_t size;
        bool more;
};

static int cursor_move(struct cursor *cursor, const struct answer *answer,
                       struct accord_error *error)
{
        if (answer->next.size > sizeof(cursor->octets))
                return fail_with(error, ACCORD_FAILED, "the hub's cursor is too long");
        if (answer->next.size == cursor->size && cursor->size &&
            !memcmp(answer->next.data, cursor->octets, cursor->size))
                return fail_with(error, ACCORD_INTEGRITY, "the hub's answers go in a circle");
        cursor->more = answer->next.size > 0;
        cursor->size = answer->next.size;
        if (cursor->size)
                memcpy(cursor->octets, answer->next.data, cursor->size);
        return 0;
}

int query_walk(struct accord_session *session, struct query *query, hand_rows *hand, void *visit,
               void *with, struct accord_error *error)
{
        struct cursor cursor = { .more = true };
        const struct answer *answer;
        int r = 0;

        query->most = ROWS_AT_ONCE;
        while (!r && cursor.more) {
                query->after = (struct bytes) { cursor.octets, cursor.size };
                r = accord_ask(session, query, &answer, error);
                if (!r)
                        r = cursor_move(&cursor, answer, error);
                if (!r)
                        r = hand(answer, visit, with);
        }
        return r;
}

static int hand_contracts(const struct answer *answer, void *visit, void *with)
{
        accord_contract_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->contract_count && !r; i++)
                r = (*hand)(with, &answer->contracts[i]);
        return r;
}

int accord_query_contracts(struct accord_session *session, accord_contract_visit *visit, void *with,
                           struct accord_error *error)
{
        struct query query = { .kind = QUERY_CONTRACTS };

        return query_walk(session, &query, hand_contracts, &visit, with, error);
}

static int hand_facts(const struct answer *answer, void *visit, void *with)
{
        accord_fact_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->fact_count && !r; i++)
                r = (*hand)(with, &answer->facts[i]);
        return r;
}

int accord_query_facts(struct accord_session *session, const struct contract_id *contract,
                       bool history, accord_fact_visit *visit, void *with,
                       struct accord_error *error)
{
        struct query query = { .kind = QUERY_FACTS, .contract = *contract, .history = history };

        return query_walk(session, &query, hand_facts, &visit, with, error);
}

static int hand_blocks(const struct answer *answer, void *visit, void *with)
{
        accord_block_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->block_count && !r; i++)
                r = (*hand)(with, &answer->blocks[i]);
        return r;
}

int accord_query_blocks(struct accord_session *session, const struct contract_id *contract,
                        bool history, accord_block_visit *visit, void *with,
                        struct accord_error *error)
{
        struct query query = { .kind = QUERY_BLOCKS, .contract = *contract, .history = history };

        return query_walk(session, &query, hand_blocks, &visit, with, error);
}

static int hand_statements(const struct answer *answer, void *visit, void *with)
{
        accord_statement_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->statement_count && !r; i++)
                r = (*hand)(with, &answer->statements[i]);
        return r;
}

int accord_query_statements(struct accord_session *session, const struct contract_id *contract,
                            accord_statement_visit *visit, void *with, struct accord_error *error)
{
        struct query query = { .kind = QUERY_STATEMENTS };

        if (contract)
                query.contract = *contract;
        return query_walk(session, &query, hand_statements, &visit, with, error);
}

/* ---- single things */

static int missing(struct accord_error *error, const char *what)
{
        return fail_with(error, ACCORD_INTEGRITY, "the hub's answer holds no %s", what);
}

int accord_query_tip(struct accord_session *session, struct tip *ret, struct accord_error *error)
{
        struct query query = { .kind = QUERY_TIP };
        const struct answer *answer;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->tip)
                return missing(error, "tip");
        *ret = *answer->tip;
        return 0;
}

int accord_query_terms(struct accord_session *session, const struct contract_id *contract,
                       uint32_t version, const struct terms_row **ret, struct accord_error *error)
{
        struct query query = { .kind = QUERY_TERMS, .contract = *contract, .version = version };
        const struct answer *answer;
        struct digest digest;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->terms)
                return missing(error, "terms");
        hash_spans(session->proof.hasher, &answer->terms->terms, 1, &digest);
        if (memcmp(digest.octets, answer->terms->terms_sha256.octets, DIGEST_SIZE))
                return fail_with(error, ACCORD_INTEGRITY, "the terms are not those of their "
                                 "digest");
        *ret = answer->terms;
        return 0;
}

int accord_query_statement(struct accord_session *session, uint64_t run,
                           struct accord_statement *ret, struct accord_error *error)
{
        struct query query = { .kind = QUERY_STATEMENT, .run = run };
        const struct answer *answer;
        struct record record = { 0 };
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->statement)
                return missing(error, "statement");
        arena_reset(&session->records);
        r = hub_proof_record(&session->proof, answer->statement->index,
                             answer->statement->record, &session->records,
                             &record, error);
        if (r)
                return r;
        if (record.kind != ENTRY_STATEMENT || record.statement->run.cut != run)
                return fail_with(error, ACCORD_INTEGRITY, "the hub answers with another "
                                 "statement");
        *ret = (struct accord_statement) { .statement = record.statement,
                                           .index = answer->statement->index,
                                           .time = answer->statement->time,
                                           .as_of = answer->as_of,
                                           .record = answer->statement->record };
        return 0;
}

int accord_query_preview(struct accord_session *session, const struct contract_id *contract,
                         struct period period, date payment, enum run_kind kind,
                         struct accord_statement *ret, struct accord_error *error)
{
        struct query query = { .kind = QUERY_PREVIEW, .contract = *contract, .period = period,
                               .payment = payment, .run_kind = kind };
        const struct answer *answer;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->preview)
                return missing(error, "preview");
        *ret = (struct accord_statement) { .statement = answer->preview, .as_of = answer->as_of };
        return 0;
}

/* ---- signals */

int accord_query_signals(struct accord_session *session, uint64_t since, accord_signal_visit *visit,
                         void *with, struct accord_error *error)
{
        struct query query = { .kind = QUERY_SIGNALS, .most = SIGNALS_AT_ONCE };
        const struct answer *answer;
        struct accord_signal signal;
        int r;

        for (;;) {
                query.since = since;
                r = accord_ask(session, &query, &answer, error);
                if (r)
                        return r;
                for (uint32_t i = 0; i < answer->signal_count; i++) {
                        r = signal_prove(session, &answer->signals[i], &signal, error);
                        if (r)
                                return r;
                        if (signal.signal.number != since + 1)
                                return fail_with(error, ACCORD_INTEGRITY, "the hub's signals have "
                                                 "a hole");
                        since++;
                        r = visit(with, &signal);
                        if (r)
                                return r;
                }
                if (!answer->signal_count || answer->last_signal <= since)
                        return 0;
        }
}
