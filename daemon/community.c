/* SPDX-License-Identifier: Apache-2.0 */
/* What parties say of themselves: judged, folded, and held against what they signed. */
#include "daemon/community.h"

#include <errno.h>
#include <stdlib.h>

#include "core/own.h"
#include "daemon/asof.h"
#include "daemon/dispatch.h"
#include "daemon/query.h"
#include "daemon/state_relation.h"

#define CONTRACTS_LOOKED_AT 64u         /* of a payer with one provider */

/* ---- terms */

int community_terms(struct hub *hub, uint32_t contract_no, uint32_t version, struct terms *ret)
{
        size_t used = hub->arena.used;
        struct view_terms terms;
        struct fault fault;
        struct bytes bytes;
        int r = state_terms(hub->txn, contract_no, version, &terms);

        if (!r)
                r = offered_bytes(hub, &terms, &bytes);
        if (!r)
                r = wire_read_terms(bytes, ret, &fault);
        hub->arena.used = used;
        return r > 0 || r == -ENOENT ? -EILSEQ : r;
}

bool community_holds(const struct contract_state_row *contract, const struct view_terms *terms,
                     date day)
{
        return (contract->state == CONTRACT_IN_FORCE || contract->state == CONTRACT_RELAYED) &&
               terms->agreement.until > day;
}

/* ---- publications */

int gather_publication(struct hub *hub, const struct submission *submission,
                       const struct view *view, uint32_t place, struct view_event *ret)
{
        return gather_nothing(hub, submission, view, place, ret);
}

int fold_publication(struct hub *hub, const struct view *view, const struct submission *submission,
                     uint32_t place, const struct entry *entry)
{
        return state_publication_put(hub->txn, view->contract.no, entry->index, place,
                                     &submission->events[place].publication);
}

static bool is_named(const struct charter *charter, const struct name *party)
{
        for (unsigned int i = 0; charter && i < charter->public_count; i++)
                if (name_equal(&charter->public_parties[i], party))
                        return true;
        return false;
}

int community_public(struct store_txn *txn, const struct contract_state_row *contract,
                     const struct charter *charter, uint64_t cut, struct publication *ret)
{
        struct party_state bearer;
        int r = state_party(txn, &contract->id.bearer, &bearer);

        *ret = (struct publication) { .measures = false };
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        if (bearer.party.present)
                return community_publication(txn, contract->no, cut, ret);
        ret->measures = ret->methods = is_named(charter, &contract->id.bearer);
        return 0;
}

/* ---- benefits */

static int gather_named(struct hub *hub, const struct name *name, struct view_party *ret)
{
        struct party_state state;
        int r = state_party(hub->txn, name, &state);

        *ret = state.party;
        ret->name = *name;
        return r == -ENOENT ? 0 : r;
}

int gather_benefit(struct hub *hub, const struct submission *submission, const struct view *view,
                   uint32_t place, struct view_event *ret)
{
        (void)view;
        return gather_named(hub, &submission->events[place].benefit.provider, &ret->other);
}

int fold_benefit(struct hub *hub, const struct view *view, const struct submission *submission,
                 uint32_t place, const struct entry *entry)
{
        const struct benefit_state state = {
                .payer_no = view->speaking.no, .provider_no = view->events[place].other.no,
                .index = entry->index, .event = place,
                .benefit = submission->events[place].benefit,
        };

        return state_benefit_put(hub->txn, &state);
}

/* Its contracts as of a cut that hold on the day. Owns nothing. */
struct paid {
        struct hub *hub;
        uint64_t cut;
        date day;
        uint32_t count;
        struct benefit_contract rows[CONTRACTS_LOOKED_AT];
        struct terms *terms;            /* room for one */
};

static int add_paid(struct paid *paid, const struct contract_state_row *row)
{
        struct arrangement arrangement;
        struct view_terms terms;
        int r;

        if (!row->version_in_force)
                return 0;
        r = asof_state_terms(paid->hub->txn, row->no, row->version_in_force, paid->cut, &terms);
        if (r || !community_holds(row, &terms, paid->day))
                return r == -ENOENT ? 0 : r;
        r = community_terms(paid->hub, row->no, row->version_in_force, paid->terms);
        if (r)
                return r;
        arrangement_of(paid->terms, false, &arrangement);
        paid->rows[paid->count++] =
                (struct benefit_contract) { row->id, arrangement.category };
        return 0;
}

static int find_paid(struct paid *paid, uint32_t payer_no, const struct name *payer,
                     const struct name *provider)
{
        struct contract_state_row row = { .no = 0 };
        int r = 0;

        while (!r && paid->count < CONTRACTS_LOOKED_AT) {
                r = state_contract_next(paid->hub->txn, payer_no, row.no, &row.no);
                if (!r)
                        r = asof_contract(paid->hub->txn, row.no, paid->cut, &row);
                if (!r && name_equal(&row.id.bearer, payer) &&
                    name_equal(&row.id.earner, provider))
                        r = add_paid(paid, &row);
        }
        return r == -ENOENT ? 0 : r;
}

static void free_cleanup(void *at)
{
        free(*(void **)at);
}

int community_contradicts(struct hub *hub, const struct name *payer, uint32_t payer_no,
                          const struct benefit *benefit, date day, uint64_t cut,
                          enum benefit_finding *ret_finding, struct text *ret)
{
        own(free) struct paid *paid = calloc(1, sizeof(*paid));
        own(free) struct terms *terms = malloc(sizeof(*terms));
        int r;

        *ret_finding = BENEFIT_FITS;
        *ret = (struct text) { { 0 } };
        if (!paid || !terms)
                return -ENOMEM;
        if (benefit->until != DATE_NONE && benefit->until <= day)
                return 0;
        *paid = (struct paid) {
                .hub = hub, .cut = cut, .day = benefit->from > day ? benefit->from : day,
                .terms = terms,
        };
        r = find_paid(paid, payer_no, payer, &benefit->provider);
        if (!r)
                *ret_finding = benefit_check(benefit, paid->rows, paid->count, ret);
        return r;
}

/* Only what contradicts is worth a signal: what is to know stands in the list of benefits. */
static int tell_if_contradicts(struct hub *hub, const struct name *payer, uint32_t payer_no,
                               const struct benefit *benefit, const struct contract_id *contract,
                               uint64_t cause, date day)
{
        struct signal signal = { .kind = SIGNAL_BENEFIT_CONTRADICTS, .cause = cause };
        enum benefit_finding finding;
        int r = community_contradicts(hub, payer, payer_no, benefit, day, CUT_NONE, &finding,
                                      &signal.says);

        if (r || finding != BENEFIT_CONTRADICTION)
                return r;
        if (contract)
                signal.contract = *contract;
        return hub_signal(hub, payer, &signal);
}

int follow_benefit(struct hub *hub, const struct view *view, const struct submission *submission,
                   uint32_t place, const struct entry *entry)
{
        return tell_if_contradicts(hub, &view->speaking.name, view->speaking.no,
                                   &submission->events[place].benefit, NULL, entry->index,
                                   day_of_instant(entry->time));
}

int community_follow_terms(struct hub *hub, const struct view_contract *contract, uint64_t cause,
                           date day)
{
        struct benefit_state state, last;
        ROW(prefix);
        ROW(at);
        int r;

        row_u32(&prefix, contract->bearer.no);
        row_u32(&prefix, contract->earner.no);
        row_bytes(&at, prefix.data, prefix.size);
        while (!(r = state_benefit_next(hub->txn, &at, row_span(&prefix), &state, &at))) {
                r = state_benefit(hub->txn, state.payer_no, state.provider_no,
                                  &state.benefit.service, CUT_NONE, &last);
                if (r)
                        return r == -ENOENT ? -EILSEQ : r;
                if (last.index != state.index || last.event != state.event)
                        continue;
                state.benefit.provider = contract->id.earner;
                r = tell_if_contradicts(hub, &contract->id.bearer, contract->bearer.no,
                                        &state.benefit, &contract->id, cause, day);
                if (r)
                        return r;
        }
        return r == -ENOENT ? 0 : r;
}

/* ---- capabilities */

int gather_capability(struct hub *hub, const struct submission *submission,
                      const struct view *view, uint32_t place, struct view_event *ret)
{
        return gather_nothing(hub, submission, view, place, ret);
}

int fold_capability(struct hub *hub, const struct view *view, const struct submission *submission,
                    uint32_t place, const struct entry *entry)
{
        const struct capability_state state = {
                .party_no = view->speaking.no, .index = entry->index, .event = place,
                .capability = submission->events[place].capability,
        };

        return state_capability_put(hub->txn, &state);
}
