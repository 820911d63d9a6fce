/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of nodes and of the hub: what replaces them. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/check.h"
#include "daemon/dispatch.h"
#include "daemon/ring.h"
#include "daemon/state_admission.h"
#include "proof/possession.h"

/* ---- a node's */

/* Is it, or was it, a key of any node but, as its transport key now, of this one? */
static int is_taken(struct hub *hub, const uint8_t key[32], const struct node_state *self,
                    bool *ret)
{
        uint32_t no;
        int r = state_key_node(hub->txn, key, &no);

        *ret = !r && !(self && no == self->no && memcmp(key, self->transport_key, 32) == 0);
        return r == -ENOENT ? 0 : r;
}

static bool can_seal(const struct hub *hub, const uint8_t key[32])
{
        struct seal_key probe;
        int r = seal_key_prepare(key, hub->options.keys->secret.sealing, &probe);

        seal_key_wipe(&probe);
        return r == 0;
}

static int count_keys(struct hub *hub, uint32_t node_no, uint32_t *ret)
{
        uint64_t index = 0;
        int r;

        *ret = 0;
        while (!(r = state_node_keys_next(hub->txn, node_no, index, &index)))
                ++*ret;
        return r == -ENOENT ? 0 : r;
}

int gather_key_rotation(struct hub *hub, const struct submission *submission,
                        const struct view *view, uint32_t place, struct view_event *ret)
{
        const struct key_rotation *said = &submission->events[place].key_rotation;
        const struct directory_node *node = directory_by_no(hub->directory, view->node_no);
        struct view_keys *keys = &ret->keys;
        uint32_t count;
        int r;

        if (hub->refolding)
                return 0;
        keys->is_possessed = possesses_node(&hub->id, &view->node, said);
        keys->sealing_fits = can_seal(hub, said->sealing_key);
        r = is_taken(hub, said->transport_key, &node->state, &keys->transport_taken);
        if (!r)
                r = is_taken(hub, said->signing_key, NULL, &keys->signing_taken);
        if (!r)
                r = count_keys(hub, view->node_no, &count);
        keys->too_many = !r && count >= KEYS_PER_NODE_MAX;
        return r;
}

int fold_key_rotation(struct hub *hub, const struct view *view, const struct submission *submission,
                      uint32_t place, const struct entry *entry)
{
        const struct key_rotation *said = &submission->events[place].key_rotation;
        struct node_state node = directory_by_no(hub->directory, view->node_no)->state;
        int r = possesses_node(&hub->id, &node.path, said) ? 0 : -EILSEQ;

        memcpy(node.transport_key, said->transport_key, sizeof(node.transport_key));
        memcpy(node.signing_key, said->signing_key, sizeof(node.signing_key));
        memcpy(node.sealing_key, said->sealing_key, sizeof(node.sealing_key));
        if (!r)
                r = state_node_keys_put(hub->txn, node.no, entry->index);
        return r ? r : fold_put_node(hub, &node);
}

/* Sealed to the new key already: who has only the old one learns nothing more. */
int follow_key_rotation(struct hub *hub, const struct view *view,
                        const struct submission *submission, uint32_t place,
                        const struct entry *entry)
{
        const struct key_rotation *said = &submission->events[place].key_rotation;
        struct signal signal = { .kind = SIGNAL_KEY_ROTATED, .cause = entry->index };
        char fingerprint[FINGERPRINT_TEXT_MAX + 1];
        struct public_keys keys;

        memcpy(keys.transport, said->transport_key, sizeof(keys.transport));
        memcpy(keys.signing, said->signing_key, sizeof(keys.signing));
        memcpy(keys.sealing, said->sealing_key, sizeof(keys.sealing));
        fingerprint_print(&keys, fingerprint);
        snprintf(signal.says.text, sizeof(signal.says.text),
                 "node %s/%s has new keys, fingerprint %s", view->node.party.text,
                 view->node.node.text, fingerprint);
        return hub_signal(hub, &view->sender.name, &signal);
}

/* ---- the hub's */

int fold_hub_key(struct hub *hub, const struct record *record, const struct entry *entry)
{
        return ring_fold(hub, record, entry);
}

static int refused(const char *says, const char **ret_says)
{
        *ret_says = says;
        return REFUSAL_BAD_VALUE;
}

/* Only who signs changes: nodes know the other two from their profiles. */
static int next_fault(const struct hub *hub, const struct keys *next, const char **ret_says)
{
        const struct public_keys *now = &hub->options.keys->public;

        if (memcmp(next->public.transport, now->transport, 32) != 0 ||
            memcmp(next->public.sealing, now->sealing, 32) != 0)
                return refused("transport and sealing keys must stay what they are", ret_says);
        for (uint32_t i = 0; i < hub->ring.key_count; i++)
                if (memcmp(hub->ring.keys[i].public_key, next->public.signing, 32) == 0)
                        return refused("the hub has, or had, that signing key: make a new one",
                                       ret_says);
        return hub->ring.key_count < HUB_KEYS_MAX
                       ? 0 : refused("the hub has had as many keys as it may have", ret_says);
}

int hub_rotate_key(struct hub *hub, const struct keys *next, const struct text *reason,
                   uint32_t operator_uid, uint64_t *ret_index, const char **ret_says)
{
        struct record record = {
                .kind = ENTRY_HUB_KEY,
                .hub_key = { .reason = *reason, .operator_uid = operator_uid },
        };
        struct entry entry;
        int r;

        assert(hub->txn);
        r = next_fault(hub, next, ret_says);
        if (r)
                return r;
        possession_of_hub(&hub->id, next, &record.hub_key);
        r = hub_say(hub, &record, &entry, NULL);
        if (r)
                return r;
        *ret_index = entry.index;
        hub->options.previous = hub->options.keys;
        hub->options.keys = next;
        return ring_name_keys(hub);
}
