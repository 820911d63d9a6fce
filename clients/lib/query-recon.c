/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about reconciling. */
#include "clients/lib/fail.h"
#include "clients/lib/session-inside.h"

static int walk_of(struct accord_session *session, enum query_kind kind,
                   const struct contract_id *contract, hand_rows *hand, void *visit, void *with,
                   struct accord_error *error)
{
        struct query query = { .kind = kind };

        if (contract)
                query.contract = *contract;
        return query_walk(session, &query, hand, visit, with, error);
}

static int hand_matches(const struct answer *answer, void *visit, void *with)
{
        accord_match_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->match_count && !r; i++)
                r = (*hand)(with, &answer->matches[i]);
        return r;
}

int accord_query_matches(struct accord_session *session, const struct contract_id *contract,
                         const struct period *period, accord_match_visit *visit, void *with,
                         struct accord_error *error)
{
        struct query query = { .kind = QUERY_MATCHES, .contract = *contract };

        if (period) {
                query.has_period = true;
                query.period = *period;
        }
        return query_walk(session, &query, hand_matches, &visit, with, error);
}

static int hand_recons(const struct answer *answer, void *visit, void *with)
{
        accord_recon_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->recon_count && !r; i++)
                r = (*hand)(with, &answer->recons[i]);
        return r;
}

int accord_query_recon(struct accord_session *session, const struct contract_id *contract,
                       accord_recon_visit *visit, void *with, struct accord_error *error)
{
        return walk_of(session, QUERY_RECON, contract, hand_recons, &visit, with, error);
}

static int hand_journal(const struct answer *answer, void *visit, void *with)
{
        accord_journal_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->journal_count && !r; i++)
                r = (*hand)(with, &answer->journal[i]);
        return r;
}

int accord_query_journal(struct accord_session *session, const struct contract_id *contract,
                         accord_journal_visit *visit, void *with, struct accord_error *error)
{
        return walk_of(session, QUERY_JOURNAL, contract, hand_journal, &visit, with, error);
}

static int hand_balances(const struct answer *answer, void *visit, void *with)
{
        accord_balance_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->balance_count && !r; i++)
                r = (*hand)(with, &answer->balances[i]);
        return r;
}

int accord_query_balances(struct accord_session *session, const struct contract_id *contract,
                          accord_balance_visit *visit, void *with, struct accord_error *error)
{
        return walk_of(session, QUERY_BALANCES, contract, hand_balances, &visit, with, error);
}

static int hand_payments(const struct answer *answer, void *visit, void *with)
{
        accord_payment_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->payment_count && !r; i++)
                r = (*hand)(with, &answer->payments[i]);
        return r;
}

int accord_query_payments(struct accord_session *session, const struct contract_id *contract,
                          accord_payment_visit *visit, void *with, struct accord_error *error)
{
        return walk_of(session, QUERY_PAYMENTS, contract, hand_payments, &visit, with, error);
}

static int hand_disputes(const struct answer *answer, void *visit, void *with)
{
        accord_dispute_visit **hand = visit;
        int r = 0;

        for (uint32_t i = 0; i < answer->dispute_count && !r; i++)
                r = (*hand)(with, &answer->disputes[i]);
        return r;
}

int accord_query_disputes(struct accord_session *session, const struct contract_id *contract,
                          accord_dispute_visit *visit, void *with, struct accord_error *error)
{
        return walk_of(session, QUERY_DISPUTES, contract, hand_disputes, &visit, with, error);
}

int accord_query_compare(struct accord_session *session, const struct contract_id *contract,
                         struct period period, enum side side, const struct comparison **ret,
                         struct accord_error *error)
{
        struct query query = { .kind = QUERY_COMPARE, .contract = *contract, .period = period,
                               .side = (uint32_t)side };
        const struct answer *answer;
        int r = accord_ask(session, &query, &answer, error);

        if (r)
                return r;
        if (!answer->comparison)
                return fail_with(error, ACCORD_INTEGRITY, "the hub's answer holds no comparison");
        *ret = answer->comparison;
        return 0;
}
