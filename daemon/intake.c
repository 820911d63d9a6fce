/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames from the bus and files from the operator:
 * who sent it, what is it, and off to where it is dealt with.
 */
#include <errno.h>

#include "core/check.h"
#include "daemon/condemn.h"
#include "daemon/hub_private.h"
#include "daemon/pipeline.h"

static int refuse_sender(struct hub *hub, const struct directory_node *node, uint64_t session)
{
        enum refusal code = node ? REFUSAL_REVOKED_NODE : REFUSAL_UNKNOWN_NODE;
        const struct fault fault = {
                .code = code, .event = REFUSAL_WHOLE, .field = "", .says = refusal_says(code),
        };

        return answer_fault(hub, &fault, session);
}

int hub_take(struct hub *hub, const uint8_t transport_key[32], struct bytes bytes, uint64_t session)
{
        return hub_take_ahead(hub, transport_key, bytes, session, NULL);
}

bool hub_signing_key(const struct hub *hub, const uint8_t transport_key[32], uint8_t ret[32])
{
        const struct directory_node *node = directory_by_key(hub->directory, transport_key);

        if (node)
                memcpy(ret, node->state.signing_key, 32);
        return node != NULL;
}

void hub_check_ahead(struct bytes frame, const uint8_t signing_key[32], struct scratch scratch,
                     struct hub_ahead *ret)
{
        struct signature signature;
        struct bytes found;
        int r;

        *ret = (struct hub_ahead) { .checked = false };
        if (!wire_find_signature(frame, &ret->body, &found) ||
            found.size != sizeof(signature.octets))
                return;
        memcpy(signature.octets, found.data, sizeof(signature.octets));
        memcpy(ret->signing_key, signing_key, sizeof(ret->signing_key));
        ret->signature = found.data;
        r = sign_verify(DOMAIN_SUBMISSION, &ret->body, 1, signing_key, &signature, scratch);
        ret->good = r == 0;
        ret->checked = r == 0 || r == -EKEYREJECTED;
}

static int answer_condemned(struct hub *hub, uint64_t session)
{
        const struct hub_frame frame = {
                .kind = HUB_BUSY,
                .busy = { .says = { CONDEMNED_SAYS, strlen(CONDEMNED_SAYS) },
                          .again_after_ms = CONDEMNED_AGAIN_MS },
        };

        return answer_frame(hub, &frame, session);
}

int hub_take_ahead(struct hub *hub, const uint8_t transport_key[32], struct bytes bytes,
                   uint64_t session, const struct hub_ahead *ahead)
{
        struct directory_node *node = directory_by_key(hub->directory, transport_key);
        struct client_frame frame;
        struct fault fault;
        int r;

        assert(hub->txn);
        if (!node || node->state.revoked)
                return refuse_sender(hub, node, session);
        arena_reset(&hub->arena);
        r = wire_read_client_frame(bytes, &hub->arena, &frame, &fault);
        if (r > 0)
                return answer_fault(hub, &fault, session);
        if (r)
                return r;
        switch (frame.kind) {
        case CLIENT_HELLO:
                return answer_hello(hub, node, &frame.hello, session);
        case CLIENT_SUBMISSION:
                if (hub->looking)
                        return answer_busy(hub, &frame.submission, CONDEMNED_SAYS,
                                           CONDEMNED_AGAIN_MS, session);
                return pipeline_run(hub, node, &frame.submission, ahead, session);
        case CLIENT_QUERY:
                return answer_query(hub, node, &frame.query, session);
        case CLIENT_COSIGN:
                if (hub->looking)
                        return answer_condemned(hub, session);
                return answer_cosign(hub, node, &frame.cosign, session);
        }
        return -EINVAL;
}

/* A file has no transport key: its sender's name is looked up, and the signature must prove it. */
int hub_ingest(struct hub *hub, struct bytes signed_submission, uint64_t session)
{
        struct directory_node *node;
        struct submission submission;
        struct fault fault;
        int r;

        assert(hub->txn);
        arena_reset(&hub->arena);
        r = wire_read_submission(signed_submission, &hub->arena, &submission, &fault);
        if (r > 0)
                return answer_fault(hub, &fault, session);
        if (r)
                return r;
        node = directory_by_path(hub->directory, &submission.sender);
        if (!node || node->state.revoked)
                return refuse_sender(hub, node, session);
        return pipeline_run(hub, node, &submission, NULL, session);
}
