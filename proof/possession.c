/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/possession.h"

#include <string.h>

#include "core/check.h"

#define STATEMENT_MAX 256

static const char slash[] = "/";

/* Seven spans, which point into what is given. */
static void node_statement(const struct hub_id *hub, const struct node_path *node,
                           const struct key_rotation *r, struct bytes ret[7])
{
        ret[0] = BYTES_OF(hub->octets);
        ret[1] = name_bytes(&node->party);
        ret[2] = (struct bytes) { slash, 1 };
        ret[3] = name_bytes(&node->node);
        ret[3].size++;                          /* names are padded with NUL: with one of them */
        ret[4] = BYTES_OF(r->transport_key);
        ret[5] = BYTES_OF(r->signing_key);
        ret[6] = BYTES_OF(r->sealing_key);
}

static void sign(const char *domain, const struct bytes *spans, size_t count,
                 const struct keys *keys, uint8_t ret[SIGNATURE_SIZE])
{
        uint8_t room[STATEMENT_MAX];
        struct signature signature;
        int r = sign_spans(domain, spans, count, keys->secret.signing,
                           (struct scratch) { room, sizeof(room) }, &signature);

        assert(r == 0);
        memcpy(ret, signature.octets, SIGNATURE_SIZE);
}

static bool verify(const char *domain, const struct bytes *spans, size_t count,
                   const uint8_t key[SIGNING_PUBLIC_SIZE], const uint8_t said[SIGNATURE_SIZE])
{
        uint8_t room[STATEMENT_MAX];
        struct signature signature;

        memcpy(signature.octets, said, SIGNATURE_SIZE);
        return sign_verify(domain, spans, count, key, &signature,
                           (struct scratch) { room, sizeof(room) }) == 0;
}

void possession_of_node(const struct hub_id *hub, const struct node_path *node,
                        const struct keys *keys, struct key_rotation *ret)
{
        struct bytes spans[7];

        memcpy(ret->transport_key, keys->public.transport, sizeof(ret->transport_key));
        memcpy(ret->signing_key, keys->public.signing, sizeof(ret->signing_key));
        memcpy(ret->sealing_key, keys->public.sealing, sizeof(ret->sealing_key));
        node_statement(hub, node, ret, spans);
        sign(DOMAIN_ROTATION, spans, 7, keys, ret->possession);
}

bool possesses_node(const struct hub_id *hub, const struct node_path *node,
                    const struct key_rotation *rotation)
{
        struct bytes spans[7];

        node_statement(hub, node, rotation, spans);
        return verify(DOMAIN_ROTATION, spans, 7, rotation->signing_key, rotation->possession);
}

void possession_of_hub(const struct hub_id *hub, const struct keys *keys, struct hub_key *ret)
{
        const struct bytes spans[] = { BYTES_OF(hub->octets), BYTES_OF(ret->signing_key) };

        memcpy(ret->signing_key, keys->public.signing, sizeof(ret->signing_key));
        sign(DOMAIN_HUB_KEY, spans, 2, keys, ret->possession);
}

bool possesses_hub(const struct hub_id *hub, const struct hub_key *named)
{
        const struct bytes spans[] = { BYTES_OF(hub->octets), BYTES_OF(named->signing_key) };

        return verify(DOMAIN_HUB_KEY, spans, 2, named->signing_key, named->possession);
}
