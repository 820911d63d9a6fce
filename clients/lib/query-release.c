/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/release.h"

#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"

static int read_release(struct accord_session *session, const struct record_entry *entry,
                        struct release *ret, struct accord_error *error)
{
        struct record record = { 0 };
        int r;

        arena_reset(&session->records);
        r = hub_proof_record(&session->proof, entry->index, entry->record, &session->records,
                             &record, error);
        if (r)
                return r;
        if (record.kind != ENTRY_RELEASE)
                return fail_with(error, ACCORD_INTEGRITY, "the hub answers with something else "
                                 "than a release");
        *ret = record.release;
        return 0;
}

int accord_query_last_release(struct accord_session *session, struct release *ret,
                              struct accord_error *error)
{
        struct query query = { .kind = QUERY_RELEASES, .most = 1 };
        const struct answer *answer;
        int r = accord_ask(session, &query, &answer, error);

        *ret = (struct release) { 0 };
        if (r || !answer->release_count)
                return r;
        return read_release(session, &answer->releases[0], ret, error);
}

struct release_walk {
        struct accord_session *session;
        accord_release_visit *visit;
        struct accord_error *error;
};

static int hand_releases(const struct answer *answer, void *visit, void *with)
{
        struct release_walk *walk = visit;
        struct release release;
        int r = 0;

        for (uint32_t i = 0; i < answer->release_count && !r; i++) {
                r = read_release(walk->session, &answer->releases[i], &release, walk->error);
                if (!r)
                        r = walk->visit(with, &answer->releases[i], &release);
        }
        return r;
}

int accord_query_releases(struct accord_session *session, accord_release_visit *visit, void *with,
                          struct accord_error *error)
{
        struct release_walk walk = { session, visit, error };
        struct query query = { .kind = QUERY_RELEASES };

        return query_walk(session, &query, hand_releases, &walk, with, error);
}
