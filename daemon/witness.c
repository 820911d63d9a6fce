/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cosignatures as they come, and as they are asked for. One is taken when it is by the node that
 * sent it, under a checkpoint of this hub's, over the tree that this log has at that size. It is no
 * entry (daemon/state_witness.h says why); what it makes of statements is: daemon/finality.h.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/finality.h"
#include "daemon/query.h"
#include "proof/cosignature.h"
#include "store/tree.h"

#define SECOND_US INT64_C(1000000)
#define AHEAD_MAX_S 3600                /* a witness's clock may be ahead of the hub's */
#define PARTIES_MAX 4096u               /* looked at for one answer */

/* ---- taking one */

static int refused(enum refusal code, const char *says, const char **ret_says)
{
        *ret_says = says;
        return (int)code;
}

/* The hub's own word, of the epoch that is, over the tree that the log has. */
static int check_tree(struct hub *hub, struct bytes note, struct checkpoint *ret,
                      const char **ret_says)
{
        static const char not_ours[] = "it is no checkpoint of this hub's";
        struct digest root;
        uint32_t epoch;
        int r = hub_ring_open(&hub->ring, note, ret, &epoch);

        if (r || epoch != hub_ring_number(&hub->ring))
                return refused(REFUSAL_BAD_SIGNATURE, not_ours, ret_says);
        if (ret->size == 0 || ret->size > hub_size(hub))
                return refused(REFUSAL_BAD_VALUE, "the log has not so many entries", ret_says);
        r = tree_root(hub->txn, hub->hasher, ret->size, &root);
        if (!r && !digest_equal(&root, &ret->root))
                return refused(REFUSAL_BAD_VALUE, "the log has another root at that size",
                               ret_says);
        return r;
}

static int check_line(struct hub *hub, const struct directory_node *node, struct bytes note,
                      int64_t *ret_seconds, const char **ret_says)
{
        const struct bytes origin = { hub->ring.origin, strlen(hub->ring.origin) };
        struct note_key key;

        if (cosigner_make(origin, &node->state.path, node->state.signing_key, &key) ||
            cosignature_open(note, &key, ret_seconds))
                return refused(REFUSAL_BAD_SIGNATURE, "it is not cosigned by the node that sent it",
                               ret_says);
        if (*ret_seconds > hub->now / SECOND_US + AHEAD_MAX_S)
                return refused(REFUSAL_BAD_VALUE, "its time is more than an hour ahead", ret_says);
        return 0;
}

/* What the hub has of this witness, if that is still of its log. */
static int last_of(struct hub *hub, const struct node_path *node, struct cosigned_row *ret)
{
        int r = state_cosigned(hub->txn, node, ret);

        if (!r && ret->size <= hub_size(hub))
                return 0;
        *ret = (struct cosigned_row) { .node = *node };
        return r == -ENOENT ? 0 : r;
}

/* 0 also for one that says nothing new; *ret_new: it does. */
static int judge(struct hub *hub, struct directory_node *node, struct bytes note,
                 const struct cosigned_row *last, struct cosigned_row *ret, bool *ret_new,
                 const char **ret_says)
{
        struct checkpoint tree;
        int r;

        *ret_new = false;
        *ret = (struct cosigned_row) { .node = node->state.path, .note = note };
        if (!node_has_room(hub, node))
                return refused(REFUSAL_BUSY, "window or rate of the node is used up", ret_says);
        if (!(node->state.rights & RIGHT_READ))
                return refused(REFUSAL_NOT_PERMITTED, refusal_says(REFUSAL_NOT_PERMITTED),
                               ret_says);
        if (note.size > COSIGNED_NOTE_MAX)
                return refused(REFUSAL_OVERSIZE, "it is longer than a checkpoint and a cosignature",
                               ret_says);
        r = check_tree(hub, note, &tree, ret_says);
        if (!r)
                r = check_line(hub, node, note, &ret->seconds, ret_says);
        if (r)
                return r;
        ret->size = tree.size;
        if (ret->size < last->size || (ret->size == last->size && ret->seconds <= last->seconds))
                return 0;
        if (ret->seconds < last->seconds)
                return refused(REFUSAL_BAD_VALUE, "its time is before that of this witness's last",
                               ret_says);
        *ret_new = true;
        return 0;
}

static int keep(struct hub *hub, const struct directory_node *node, const struct cosigned_row *row)
{
        const struct cosignature cosignature = {
                .node = row->node, .size = row->size, .time = row->seconds * SECOND_US,
                .note = row->note,
        };
        int r = state_cosigned_put(hub->txn, row);

        return r ? r : finality_cosigned(hub, node, &cosignature);
}

int answer_cosign(struct hub *hub, struct directory_node *node, const struct cosign *cosign,
                  uint64_t session)
{
        struct hub_frame frame = { .kind = HUB_COSIGNED };
        const char *says = "";
        struct cosigned_row last, row;
        bool is_new;
        int r = last_of(hub, &node->state.path, &last);

        if (r)
                return r;
        frame.cosigned.size = last.size;
        r = judge(hub, node, cosign->note, &last, &row, &is_new, &says);
        if (r > 0) {
                frame.cosigned.refused = true;
                frame.cosigned.fault = (struct wire_fault) {
                        .code = (enum refusal)r, .event = REFUSAL_WHOLE,
                        .field = { "cosign.note", 11 }, .says = { says, strlen(says) },
                };
        } else if (!r && is_new) {
                frame.cosigned.size = row.size;
                r = keep(hub, node, &row);
        }
        return r < 0 ? r : answer_frame(hub, &frame, session);
}

/* ---- whose are there: of the parties one has contracts with, and of who acts for these */

struct parties {
        uint32_t *numbers;
        uint32_t count;
};

static int by_number(const void *a, const void *b)
{
        const uint32_t *x = a, *y = b;

        return (*x > *y) - (*x < *y);
}

static void add(struct parties *parties, uint32_t no)
{
        if (parties->count < PARTIES_MAX)
                parties->numbers[parties->count++] = no;
}

/* In order, and each once. */
static void tidy(struct parties *parties)
{
        uint32_t kept = 0;

        qsort(parties->numbers, parties->count, sizeof(parties->numbers[0]), by_number);
        for (uint32_t i = 0; i < parties->count; i++)
                if (!kept || parties->numbers[kept - 1] != parties->numbers[i])
                        parties->numbers[kept++] = parties->numbers[i];
        parties->count = kept;
}

static int add_delegates(struct hub *hub, struct parties *parties)
{
        const uint32_t count = parties->count;
        uint32_t to;
        int r;

        for (uint32_t i = 0; i < count; i++) {
                const uint32_t from = parties->numbers[i];

                to = 0;
                while (!(r = state_delegation_next(hub->txn, from, to, &to))) {
                        r = finality_acts_for(hub->txn, from, to);
                        if (!r)
                                add(parties, to);
                        else if (r != -ENOENT)
                                return r;
                }
                if (r != -ENOENT)
                        return r;
        }
        tidy(parties);
        return 0;
}

static int parties_of(struct asked *asked, struct parties *ret)
{
        struct contract_state_row contract = { .no = 0 };
        int r = 0;

        *ret = (struct parties) { rows_new(asked, PARTIES_MAX, sizeof(ret->numbers[0])), 0 };
        if (!ret->numbers)
                return -ENOMEM;
        add(ret, asked->node->state.party_no);
        while (ret->count + 2 <= PARTIES_MAX &&
               !(r = next_contract(asked, contract.no, &contract))) {
                add(ret, contract.bearer_no);
                add(ret, contract.earner_no);
        }
        if (r && r != -ENOENT)
                return r;
        tidy(ret);
        return add_delegates(asked->hub, ret);
}

static bool shows(const struct asked *asked, const struct parties *parties,
                  const struct cosigned_row *row)
{
        const struct directory_node *node = directory_by_path(asked->hub->directory, &row->node);

        return node && row->size <= hub_size(asked->hub) &&
               bsearch(&node->state.party_no, parties->numbers, parties->count,
                       sizeof(parties->numbers[0]), by_number);
}

static struct node_path cursor_of(const struct query *query)
{
        struct node_path ret;

        memset(&ret, 0, sizeof(ret));
        if (query->after.size == sizeof(ret.party.text) + sizeof(ret.node.text)) {
                memcpy(ret.party.text, query->after.data, sizeof(ret.party.text));
                memcpy(ret.node.text, (const char *)query->after.data + sizeof(ret.party.text),
                       sizeof(ret.node.text));
        }
        return ret;
}

static void next_page(struct asked *asked, const struct node_path *after)
{
        uint8_t cursor[sizeof(after->party.text) + sizeof(after->node.text)];

        memcpy(cursor, after->party.text, sizeof(after->party.text));
        memcpy(cursor + sizeof(after->party.text), after->node.text, sizeof(after->node.text));
        go_on_after(asked, BYTES_OF(cursor));
}

int ask_witnesses(struct asked *asked)
{
        struct cosigned_row row = { .node = cursor_of(asked->query) };
        struct answer *answer = asked->answer;
        struct cosignature *rows = rows_new(asked, WIRE_WITNESSES_MAX, sizeof(*rows));
        struct parties parties;
        int r = rows ? parties_of(asked, &parties) : -ENOMEM;

        answer->witnesses = rows;
        while (!r && !(r = state_cosigned_next(asked->hub->txn, &row.node, &row))) {
                if (!shows(asked, &parties, &row))
                        continue;
                rows[answer->witness_count++] = (struct cosignature) {
                        .node = row.node, .size = row.size, .time = row.seconds * SECOND_US,
                        .note = row.note,
                };
                if (answer->witness_count == WIRE_WITNESSES_MAX) {
                        next_page(asked, &row.node);
                        return 0;
                }
        }
        return r == -ENOENT ? 0 : r;
}
