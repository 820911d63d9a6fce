/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about what parties say of themselves, and about conflicts. */
#include "clients/lib/session-inside.h"

static int walk(struct accord_session *session, enum query_kind kind, hand_rows *hand,
                void *visit, void *with, struct accord_error *error)
{
        struct query query = { .kind = kind };

        return query_walk(session, &query, hand, visit, with, error);
}

static int hand_publications(const struct answer *answer, void *visit, void *with)
{
        accord_publication_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->publication_count && !r; i++)
                r = (*hand)(with, &answer->publications[i]);
        return r;
}

int accord_query_publications(struct accord_session *session, accord_publication_visit *visit,
                              void *with, struct accord_error *error)
{
        return walk(session, QUERY_PUBLICATIONS, hand_publications, &visit, with, error);
}

static int hand_benefits(const struct answer *answer, void *visit, void *with)
{
        accord_benefit_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->benefit_count && !r; i++)
                r = (*hand)(with, &answer->benefits[i]);
        return r;
}

int accord_query_benefits(struct accord_session *session, accord_benefit_visit *visit, void *with,
                          struct accord_error *error)
{
        return walk(session, QUERY_BENEFITS, hand_benefits, &visit, with, error);
}

static int hand_capabilities(const struct answer *answer, void *visit, void *with)
{
        accord_capability_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->capability_count && !r; i++)
                r = (*hand)(with, &answer->capabilities[i]);
        return r;
}

int accord_query_capabilities(struct accord_session *session, accord_capability_visit *visit,
                              void *with, struct accord_error *error)
{
        return walk(session, QUERY_CAPABILITIES, hand_capabilities, &visit, with, error);
}

static int hand_conflicts(const struct answer *answer, void *visit, void *with)
{
        accord_conflict_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->conflict_count && !r; i++)
                r = (*hand)(with, &answer->conflicts[i]);
        return r;
}

int accord_query_conflicts(struct accord_session *session, accord_conflict_visit *visit,
                           void *with, struct accord_error *error)
{
        return walk(session, QUERY_CONFLICTS, hand_conflicts, &visit, with, error);
}
