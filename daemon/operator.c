/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/operator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/hub.h"
#include "daemon/log.h"
#include "proto/wire.h"

typedef int do_fn(struct hub *hub, struct control_request *request, struct operator_act *act,
                  const char **ret_says);

static int do_admit_party(struct hub *hub, struct control_request *request,
                          struct operator_act *act, const char **ret_says)
{
        request->admit_party.operator_uid = act->uid;
        snprintf(act->about, sizeof(act->about), "%s", request->admit_party.party.text);
        return hub_admit_party(hub, &request->admit_party, &act->answer.index, ret_says);
}

static int do_admit_node(struct hub *hub, struct control_request *request, struct operator_act *act,
                         const char **ret_says)
{
        request->admit_node.operator_uid = act->uid;
        snprintf(act->about, sizeof(act->about), "%s/%s", request->admit_node.node.party.text,
                 request->admit_node.node.node.text);
        return hub_admit_node(hub, &request->admit_node, &act->answer.index, ret_says);
}

static int do_revoke_node(struct hub *hub, struct control_request *request,
                          struct operator_act *act, const char **ret_says)
{
        request->revoke_node.operator_uid = act->uid;
        snprintf(act->about, sizeof(act->about), "%s/%s", request->revoke_node.node.party.text,
                 request->revoke_node.node.node.text);
        return hub_revoke_node(hub, &request->revoke_node, &act->answer.index, ret_says);
}

static int do_succession(struct hub *hub, struct control_request *request,
                         struct operator_act *act, const char **ret_says)
{
        struct node_admission *node = &request->succession.node;

        node->operator_uid = act->uid;
        snprintf(act->about, sizeof(act->about), "%s/%s", node->node.party.text,
                 node->node.node.text);
        return hub_announce_succession(hub, &request->succession, &act->answer.index, ret_says);
}

static int do_run(struct hub *hub, struct control_request *request, struct operator_act *act,
                  const char **ret_says)
{
        return hub_order_run(hub, &request->run.contract, &request->run.request,
                             &act->answer.index, ret_says);
}

static int do_erase(struct hub *hub, struct control_request *request, struct operator_act *act,
                    const char **ret_says)
{
        request->erase_blocks.operator_uid = act->uid;
        snprintf(act->about, sizeof(act->about), "%u", request->erase_blocks.year);
        return hub_erase_blocks(hub, &request->erase_blocks, &act->answer.index, ret_says);
}

static int do_ingest(struct hub *hub, struct control_request *request, struct operator_act *act,
                     const char **ret_says)
{
        (void)ret_says;
        return hub_ingest(hub, request->ingest, act->session);
}

static int do_read(struct hub *hub, struct control_request *request, struct operator_act *act,
                   const char **ret_says)
{
        const struct control_read *read = &request->read;
        int r = hub_read(hub, read, act->uid, STAFF_AUDITOR, &act->reading, ret_says);

        act->answer.has_index = !r && act->reading.has_entry;
        act->answer.index = act->answer.has_index ? act->reading.entry : 0;
        return r;
}

/* Who reads what parties said does not run the hub, and the other way round. */
#define OPERATOR STAFF_BIT(STAFF_OPERATOR)
#define AUDITOR STAFF_BIT(STAFF_AUDITOR)
#define EITHER (OPERATOR | AUDITOR)

struct handler {
        unsigned int rights;    /* one of these may ask it */
        do_fn *batch;           /* NULL: needs none, it is all in the answer */
        bool makes_entry;
        const char *says;       /* when it is done */
};

static const struct handler handlers[] = {
        [CONTROL_ADMIT_PARTY]  = { OPERATOR, do_admit_party, true, "the party is admitted" },
        [CONTROL_ADMIT_NODE]   = { OPERATOR, do_admit_node, true, "the node is admitted" },
        [CONTROL_REVOKE_NODE]  = { OPERATOR, do_revoke_node, true, "the node is revoked" },
        [CONTROL_INGEST]       = { OPERATOR, do_ingest, false, "" },
        [CONTROL_PARTICIPANTS] = { OPERATOR, NULL, false, "" },
        [CONTROL_RUN]          = { OPERATOR, do_run, true, "the run is ordered" },
        [CONTROL_STAT]         = { OPERATOR, NULL, false, "" },
        [CONTROL_ERASE_BLOCKS] = { OPERATOR, do_erase, true, "the blocks are erased" },
        [CONTROL_BACKUP]       = { OPERATOR, NULL, false, "" },
        [CONTROL_READ]         = { AUDITOR, do_read, false, "" },
        [CONTROL_LEAVES]       = { EITHER, NULL, false, "" },
        [CONTROL_SUCCESSION]   = { OPERATOR, do_succession, true, "the succession is announced" },
        [CONTROL_SCRUB]        = { OPERATOR, NULL, false, "" },
        [CONTROL_CHECKPOINT]   = { EITHER, NULL, false, "" },
};

static_assert(sizeof(handlers) / sizeof(handlers[0]) == CONTROL_KIND_COUNT,
              "a control request has no handler");

#define ONLY_AUDITORS "what parties said is read by those named as auditors, and by nobody else"
#define ONLY_OPERATORS "an auditor reads and does nothing else; this is the operator's"

static void refuse(struct operator_act *act, int code, const char *says)
{
        if (!says)
                says = refusal_says((unsigned int)code);
        act->answer = (struct control_answer) {
                .code = (uint32_t)code, .says = { says, says ? strlen(says) : 0 },
        };
}

int operator_do(struct hub *hub, struct arena *arena, const struct control_ask *ask,
                const char *busy, struct operator_act *ret)
{
        struct control_request request;
        const struct handler *handler;
        const char *says = NULL;
        struct fault fault;
        int r;

        *ret = (struct operator_act) { .session = ask->session, .uid = ask->operator_uid };
        arena_reset(arena);
        r = wire_read_control_request(ask->request, arena, &request, &fault);
        if (r) {
                refuse(ret, r > 0 ? r : REFUSAL_OVERSIZE, r > 0 ? fault.says : NULL);
                return 0;
        }
        ret->kind = request.kind;
        handler = &handlers[request.kind];
        if (!(handler->rights & ask->rights)) {
                refuse(ret, REFUSAL_NOT_PERMITTED, handler->rights & AUDITOR ? ONLY_AUDITORS
                                                                             : ONLY_OPERATORS);
                return 0;
        }
        if (handler->batch && !hub) {
                refuse(ret, REFUSAL_BUSY, busy);
                return 0;
        }
        if (request.kind == CONTROL_LEAVES) {
                ret->leaves.from = request.leaves.from;
                ret->leaves.most = request.leaves.most;
        }
        r = handler->batch ? handler->batch(hub, &request, ret, &says) : 0;
        if (r > 0) {
                refuse(ret, r, says);
        } else {
                ret->answer.says = (struct bytes) { handler->says, strlen(handler->says) };
                if (handler->makes_entry)
                        ret->answer.has_index = true;
        }
        return r < 0 ? r : 0;
}

/* Rows as they are visited; the one list that says how much memory it has. */
struct rows {
        size_t count, room, size;
        void *data;
};

static int rows_add(struct rows *rows, const void *row)
{
        if (rows->count == rows->room) {
                size_t room = rows->room ? rows->room * 2 : 32;
                void *data = reallocarray(rows->data, room, rows->size);

                if (!data)
                        return -ENOMEM;
                rows->data = data;
                rows->room = room;
        }
        memcpy((char *)rows->data + rows->count++ * rows->size, row, rows->size);
        return 0;
}

static int visit_party(void *rows, const struct party_row *row)
{
        return rows_add(rows, row);
}

static int visit_node(void *rows, const struct node_row *row)
{
        return rows_add(rows, row);
}

static int write_participants(const struct hub *hub, struct control_answer *answer,
                              struct sink *sink)
{
        struct rows parties = { .size = sizeof(struct party_row) };
        struct rows nodes = { .size = sizeof(struct node_row) };
        int r;

        r = hub_visit_parties(hub, visit_party, &parties);
        if (!r)
                r = hub_visit_nodes(hub, visit_node, &nodes);
        answer->parties = parties.data;
        answer->party_count = (uint32_t)parties.count;
        answer->nodes = nodes.data;
        answer->node_count = (uint32_t)nodes.count;
        if (!r)
                r = wire_write_control_answer(sink, answer);
        free(parties.data);
        free(nodes.data);
        answer->parties = NULL;
        answer->nodes = NULL;
        return r;
}

int operator_answer(const struct hub *hub, struct operator_act *act, struct bytes stat,
                    struct sink *sink)
{
        if (act->answer.code == 0 && act->kind == CONTROL_PARTICIPANTS)
                return write_participants(hub, &act->answer, sink);
        if (act->answer.code == 0 && act->kind == CONTROL_READ)
                return hub_show(hub, &act->reading, &act->answer, sink);
        if (act->answer.code == 0 && act->kind == CONTROL_LEAVES)
                return hub_show_leaves(hub, act->leaves.from, act->leaves.most, &act->answer,
                                       sink);
        if (act->answer.code == 0 && act->kind == CONTROL_CHECKPOINT)
                act->answer.checkpoint = hub_checkpoint(hub, NULL);
        if (act->answer.code == 0 && act->kind == CONTROL_STAT)
                act->answer.stat = stat;
        return wire_write_control_answer(sink, &act->answer);
}

void operator_log(struct log *log, const struct operator_act *act)
{
        const struct log_about about = {
                .node = *act->about ? act->about : NULL,
                .has_index = true,
                .index = act->answer.index,
        };

        if (act->answer.code != 0)
                return;
        if (act->kind == CONTROL_ADMIT_PARTY || act->kind == CONTROL_ADMIT_NODE)
                log_say(log, MESSAGE_ADMITTED, &about, "%s by uid %u", act->about, act->uid);
        else if (act->kind == CONTROL_REVOKE_NODE)
                log_say(log, MESSAGE_REVOKED, &about, "%s by uid %u", act->about, act->uid);
        else if (act->kind == CONTROL_SUCCESSION)
                log_say(log, MESSAGE_SUCCESSION, &about, "%s by uid %u", act->about, act->uid);
        else if (act->kind == CONTROL_RUN)
                log_say(log, MESSAGE_RUN_ORDERED, &about, "by uid %u", act->uid);
        else if (act->kind == CONTROL_READ && act->reading.has_entry)
                log_say(log, MESSAGE_CONTENT_READ, &about, "%u entries by uid %u",
                        act->reading.count, act->uid);
        else if (act->kind == CONTROL_ERASE_BLOCKS)
                log_say(log, MESSAGE_BLOCKS_ERASED, NULL, "year %s of a contract, entry %llu, by "
                        "uid %u", act->about, (unsigned long long)act->answer.index, act->uid);
}
