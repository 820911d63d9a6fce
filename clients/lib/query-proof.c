/* SPDX-License-Identifier: Apache-2.0 */
/* Questions by which the hub is checked. Whether its answers prove is for hubproof.h. */
#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"

static int astray(struct accord_error *error)
{
        return fail_with(error, ACCORD_INTEGRITY, "the hub answers with proofs of something else");
}

/* A path for each that was asked, in that order, as far as there is one. */
static bool follows(const struct path *paths, uint32_t path_count, const struct place_at *places,
                    uint32_t count)
{
        if (path_count > count)
                return false;
        for (uint32_t i = 0; i < path_count; i++)
                if (paths[i].at != places[i].at)
                        return false;
        return true;
}

int accord_query_proof(struct accord_session *session, const struct accord_prove *prove,
                       const struct proof_answer **ret, struct accord_error *error)
{
        struct query query = {
                .kind = QUERY_PROOF, .include = prove->include,
                .include_count = prove->include_count, .grow = prove->grow,
                .grow_count = prove->grow_count, .has_size = prove->size > 0, .size = prove->size,
        };
        const struct answer *answer;
        const struct proof_answer *proof;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        proof = answer->proof;
        if (!proof || proof->include_count != prove->include_count ||
            proof->grow_count != prove->grow_count ||
            !follows(proof->include, proof->include_count, prove->include, prove->include_count) ||
            !follows(proof->grow, proof->grow_count, prove->grow, prove->grow_count) ||
            (prove->size && proof->size != prove->size))
                return astray(error);
        *ret = proof;
        return 0;
}

/* Of one answer; it holds as many of those asked for as there was room for, but one at least. */
static int hand_entries(const struct answer *answer, const struct place_at *places, uint32_t count,
                        accord_entry_visit *visit, void *with, struct accord_error *error)
{
        const struct proof_answer *proof = answer->proof;
        int r = 0;

        if (!proof || answer->entry_count == 0 || proof->include_count != answer->entry_count ||
            !follows(proof->include, proof->include_count, places, count))
                return astray(error);
        for (uint32_t i = 0; i < answer->entry_count && !r; i++) {
                if (answer->entries[i].index != places[i].at)
                        return astray(error);
                r = visit(with, &answer->entries[i], &proof->include[i], proof);
        }
        return r;
}

int accord_query_entries(struct accord_session *session, const struct place_at *entries,
                         uint32_t count, accord_entry_visit *visit, void *with,
                         struct accord_error *error)
{
        const struct answer *answer;
        uint32_t done = 0;
        int r = 0;

        while (!r && done < count) {
                struct query query = {
                        .kind = QUERY_ENTRIES, .include = entries + done,
                        .include_count = count - done,
                };

                if (query.include_count > WIRE_PROOFS_MAX)
                        query.include_count = WIRE_PROOFS_MAX;
                r = accord_ask(session, &query, &answer, error);
                if (!r)
                        r = hand_entries(answer, query.include, query.include_count, visit, with,
                                         error);
                if (!r)
                        done += answer->entry_count;
        }
        return r;
}

int accord_query_leaves(struct accord_session *session, uint64_t from, uint64_t until,
                        accord_leaves_visit *visit, void *with, struct accord_error *error)
{
        const struct answer *answer;
        int r = 0;

        while (!r && from < until) {
                struct query query = { .kind = QUERY_LEAVES, .from = from };
                uint64_t left = until - from, count;

                query.most = left < WIRE_LEAVES_MAX ? (uint32_t)left : WIRE_LEAVES_MAX;
                r = accord_ask(session, &query, &answer, error);
                if (r)
                        return r;
                count = answer->leaves ? answer->leaves->leaves.size / 32 : 0;
                if (!count || count > left || answer->leaves->leaves.size % 32 ||
                    answer->leaves->from != from)
                        return astray(error);
                r = visit(with, answer->leaves);
                from += count;
        }
        return r;
}

/* ---- what the staff read */

static int hand_reads(const struct answer *answer, void *visit, void *with)
{
        accord_read_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->read_count && !r; i++)
                r = (*hand)(with, &answer->reads[i]);
        return r;
}

int accord_query_reads(struct accord_session *session, accord_read_visit *visit, void *with,
                       struct accord_error *error)
{
        struct query query = { .kind = QUERY_READS };

        return query_walk(session, &query, hand_reads, &visit, with, error);
}
