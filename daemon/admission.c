/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the operator says on the hub's own machine: parties, nodes, runs.
 */
#include <errno.h>

#include "core/admit.h"
#include "core/check.h"
#include "daemon/hub_private.h"
#include "daemon/state_admission.h"

static int refused(enum refusal code, const char *says, const char **ret_says)
{
        *ret_says = says ? says : refusal_says(code);
        return (int)code;
}

static const char *party_fault(const struct party_admission *a)
{
        if (name_empty(&a->party))
                return "the party has no name";
        if (a->role_count == 0)
                return "the party has no role";
        if (a->two_nodes_for & ~(uint32_t)RIGHTS_ALL)
                return "two nodes are asked for a right that does not exist";
        for (uint32_t i = 0; i < a->role_count; i++) {
                const struct role *role = &a->roles[i];

                if (role->kind < ROLE_PAYER || role->kind > ROLE_OBSERVER)
                        return "there is no such role";
                if (!date_valid(role->from))
                        return "a role begins on a day from 1900 to 2100";
                if (role->until != DATE_NONE && role->until <= role->from)
                        return "a role ends after it begins";
        }
        return NULL;
}

int hub_admit_party(struct hub *hub, const struct party_admission *admission, uint64_t *ret_index,
                    const char **ret_says)
{
        struct record record = { .kind = ENTRY_PARTY_ADMISSION, .party_admission = *admission };
        const char *fault = party_fault(admission);
        struct party_state before;
        struct entry entry;
        int r;

        assert(hub->txn);
        if (fault)
                return refused(REFUSAL_BAD_VALUE, fault, ret_says);
        r = state_party(hub->txn, &admission->party, &before);
        if (r && r != -ENOENT)
                return r;
        if (!r && !admission->present && directory_of_party(hub->directory, before.party.no))
                return refused(REFUSAL_BAD_VALUE, "the party has nodes: it is not absent",
                               ret_says);
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                *ret_index = entry.index;
        return r;
}

/* 0: free; a refusal; -errno. Keys that a node had before count as well. */
static int key_fault(struct hub *hub, const uint8_t key[32], const char **ret_says)
{
        uint32_t no;
        int r = state_key_node(hub->txn, key, &no);

        if (r)
                return r == -ENOENT ? 0 : r;
        return refused(REFUSAL_ALREADY_EXISTS,
                       "a node has, or had, one of these keys: make new ones", ret_says);
}

static int sealing_fault(struct hub *hub, const struct node_admission *a, const char **ret_says)
{
        struct seal_key probe;
        int r = seal_key_prepare(a->sealing_key, hub->options.keys->secret.sealing, &probe);

        seal_key_wipe(&probe);
        return r ? refused(REFUSAL_BAD_VALUE, "the sealing key is not a usable key", ret_says) : 0;
}

int admission_fault(struct hub *hub, const struct node_admission *a, const char **ret_says)
{
        struct party_state party;
        int r = state_party(hub->txn, &a->node.party, &party);

        if (r == -ENOENT)
                return refused(REFUSAL_NO_SUCH_THING, "admit the party first", ret_says);
        if (r)
                return r;
        if (!party.party.present)
                return refused(REFUSAL_ABSENT_PARTY, "the party is absent: it has no nodes",
                               ret_says);
        if (!a->rights || (a->rights & ~(uint32_t)RIGHTS_ALL))
                return refused(REFUSAL_BAD_VALUE, "no rights, or unknown ones", ret_says);
        if (directory_by_path(hub->directory, &a->node))
                return refused(REFUSAL_ALREADY_EXISTS, "there is or was a node of that name",
                               ret_says);
        r = key_fault(hub, a->transport_key, ret_says);
        if (!r)
                r = key_fault(hub, a->signing_key, ret_says);
        return r ? r : sealing_fault(hub, a, ret_says);
}

int hub_admit_node(struct hub *hub, const struct node_admission *admission, uint64_t *ret_index,
                   const char **ret_says)
{
        struct record record = { .kind = ENTRY_NODE_ADMISSION, .node_admission = *admission };
        struct entry entry;
        int r;

        assert(hub->txn);
        r = admission_fault(hub, admission, ret_says);
        if (r)
                return r;
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                *ret_index = entry.index;
        return r;
}

int hub_revoke_node(struct hub *hub, const struct node_revocation *revocation, uint64_t *ret_index,
                    const char **ret_says)
{
        struct record record = { .kind = ENTRY_NODE_REVOCATION, .node_revocation = *revocation };
        const struct directory_node *node = directory_by_path(hub->directory, &revocation->node);
        struct entry entry;
        int r;

        assert(hub->txn);
        if (!node)
                return refused(REFUSAL_NO_SUCH_THING, "there is no such node", ret_says);
        if (node->state.revoked)
                return refused(REFUSAL_ALREADY_EXISTS, "the node was revoked before", ret_says);
        r = hub_say(hub, &record, &entry, NULL);
        if (!r)
                *ret_index = entry.index;
        return r;
}

/* Of all that is wrong, the lowest. */
static int refused_for_first(const struct faults *faults, const char **ret_says)
{
        size_t i = 0;

        while (i + 1 < faults->count && faults->list[i].code != faults->first)
                i++;
        return refused(faults->first, faults->list[i].says, ret_says);
}

/*
 * The operator's order is judged as a node's request is, but for rights:
 * the operator is asked for none.
 */
int hub_order_run(struct hub *hub, const struct contract_id *contract,
                  const struct run_request *request, uint64_t *ret_index, const char **ret_says)
{
        const struct event event = { .kind = EVENT_RUN_REQUEST, .run_request = *request };
        const struct submission order = {
                .contract = *contract, .events = &event, .event_count = 1,
        };
        struct contract_state_row row;
        struct view view;
        int r;

        assert(hub->txn);
        arena_reset(&hub->arena);
        faults_reset(hub->faults);
        r = gather(hub, NULL, &order, &view);
        if (r)
                return r;
        if (!view.contract.known)
                return refused(REFUSAL_NO_SUCH_THING, NULL, ret_says);
        admit_run_request(&(struct judgement) { &view, &order, hub->faults }, 0, &event,
                          view.events);
        if (hub->faults->first)
                return refused_for_first(hub->faults, ret_says);
        r = state_contract(hub->txn, view.contract.no, &row);
        return r ? r : follow_run(hub, &row, request, 0, ret_index);
}
