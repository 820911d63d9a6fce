/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about charters and ballots. What is voted on is held against its digest. */
#include <string.h>

#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"
#include "proof/hash.h"

static bool is_of(struct accord_session *session, struct bytes bytes, const struct sha256 *said)
{
        struct digest digest;

        hash_spans(session->proof.hasher, &bytes, 1, &digest);
        return memcmp(digest.octets, said->octets, DIGEST_SIZE) == 0;
}

int accord_query_charter(struct accord_session *session, uint32_t version,
                         const struct charter_row **ret, struct accord_error *error)
{
        struct query query = { .kind = QUERY_CHARTER, .version = version };
        const struct answer *answer;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        *ret = answer->charter;
        if (!*ret || !is_of(session, (*ret)->charter, &(*ret)->charter_sha256))
                return fail_with(error, ACCORD_INTEGRITY,
                                 "the charter is not that of its digest");
        return 0;
}

struct ballots {
        struct accord_session *session;
        accord_ballot_visit *visit;
        bool differs;
};

static int hand_ballots(const struct answer *answer, void *visit, void *with)
{
        struct ballots *ballots = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->ballot_count && !r; i++) {
                const struct ballot_row *row = &answer->ballots[i];

                ballots->differs |= !is_of(ballots->session, row->charter, &row->charter_sha256);
                r = ballots->differs ? 1 : ballots->visit(with, row);
        }
        return r;
}

int accord_query_ballots(struct accord_session *session, accord_ballot_visit *visit, void *with,
                         struct accord_error *error)
{
        struct query query = { .kind = QUERY_BALLOTS };
        struct ballots ballots = { session, visit, false };
        int r = query_walk(session, &query, hand_ballots, &ballots, with, error);

        return ballots.differs ? fail_with(error, ACCORD_INTEGRITY, "a proposed charter is not "
                                           "that of its digest") : r;
}
