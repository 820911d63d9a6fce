/* SPDX-License-Identifier: Apache-2.0 */
/* The nodes' side of the stage: keys, frames sent, answers and signals received. */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "tests/hub/stage.h"

static void seed_of(const struct node_path *path, const char *use, struct digest *ret)
{
        own(hasher) struct hasher *hasher = NULL;
        const struct bytes spans[] = {
                { use, strlen(use) }, BYTES_OF(path->party.text), BYTES_OF(path->node.text),
        };

        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, spans, 3, ret);
}

static struct name name_of(const char *text)
{
        struct name name;

        must(name_parse((struct bytes) { text, strlen(text) }, &name) ? 0 : -EINVAL, text);
        return name;
}

void player_make(struct player *ret, const char *party, const char *node)
{
        struct digest seed;

        memset(ret, 0, sizeof(*ret));
        ret->path = (struct node_path) { name_of(party), name_of(node) };
        ret->keys.kind = KEY_KIND_NODE;
        seed_of(&ret->path, "signing", &seed);
        sign_keypair_from_seed(seed.octets, ret->keys.public.signing, ret->keys.secret.signing);
        seed_of(&ret->path, "transport", &seed);
        crypto_box_seed_keypair(ret->keys.public.transport, ret->keys.secret.transport,
                                seed.octets);
        seed_of(&ret->path, "sealing", &seed);
        crypto_box_seed_keypair(ret->keys.public.sealing, ret->keys.secret.sealing, seed.octets);
}

int stage_admit_party(struct stage *stage, const char *party, enum role_kind role, bool present,
                      uint32_t two_nodes_for)
{
        struct party_admission admission = {
                .party = name_of(party), .role_count = 1, .present = present,
                .two_nodes_for = two_nodes_for,
                .roles = { { role, DATE_FIRST, DATE_NONE } },
        };
        const char *says = "";
        uint64_t index;

        snprintf(admission.title.text, sizeof(admission.title.text), "the party %s", party);
        return hub_admit_party(stage->hub, &admission, &index, &says);
}

int stage_admit_node(struct stage *stage, const struct player *player, uint32_t rights)
{
        struct node_admission admission = { .node = player->path, .rights = rights };
        const char *says = "";
        uint64_t index;

        memcpy(admission.transport_key, player->keys.public.transport, 32);
        memcpy(admission.signing_key, player->keys.public.signing, 32);
        memcpy(admission.sealing_key, player->keys.public.sealing, 32);
        return hub_admit_node(stage->hub, &admission, &index, &says);
}

static struct bytes copy_of(struct bytes bytes)
{
        void *copy = malloc(bytes.size ? bytes.size : 1);

        must(copy ? 0 : -ENOMEM, "malloc");
        memcpy(copy, bytes.data, bytes.size);
        return (struct bytes) { copy, bytes.size };
}

struct bytes stage_sign(struct stage *stage, const struct player *player,
                        const struct submission *submission)
{
        static const struct hub_id none;
        struct submission said = *submission;
        struct signature signature;
        struct scratch scratch;
        struct bytes body;

        if (memcmp(&said.hub, &none, sizeof(none)) == 0)
                said.hub = hub_id(stage->hub);
        sink_reset(&stage->sink);
        must(wire_write_submission_body(&stage->sink, &said), "wire_write_submission_body");
        body = sink_bytes(&stage->sink);
        scratch.size = sign_room(DOMAIN_SUBMISSION, body.size);
        scratch.data = malloc(scratch.size);
        must(scratch.data ? 0 : -ENOMEM, "malloc");
        must(sign_spans(DOMAIN_SUBMISSION, &body, 1, player->keys.secret.signing, scratch,
                        &signature),
             "sign_spans");
        free(scratch.data);
        sink_reset(&stage->frame);
        must(wire_write_signed_submission(&stage->frame, body, BYTES_OF(signature.octets)),
             "wire_write_signed_submission");
        must(wire_write_blocks(&stage->frame, submission->blocks, submission->block_count),
             "wire_write_blocks");
        return copy_of(sink_bytes(&stage->frame));
}

void stage_take(struct stage *stage, const struct player *player, struct bytes frame,
                uint64_t session)
{
        must(hub_take(stage->hub, player->keys.public.transport, frame, session), "hub_take");
}

void stage_take_submission(struct stage *stage, const struct player *player,
                           struct bytes signed_submission, uint64_t session)
{
        sink_reset(&stage->frame);
        must(wire_write_submission_frame(&stage->frame, signed_submission),
             "wire_write_submission_frame");
        stage_take(stage, player, sink_bytes(&stage->frame), session);
}

void stage_ask(struct stage *stage, const struct player *player, const struct query *query,
               uint64_t session)
{
        sink_reset(&stage->frame);
        must(wire_write_query(&stage->frame, query), "wire_write_query");
        stage_take(stage, player, sink_bytes(&stage->frame), session);
}

void stage_answer(struct stage *stage, uint64_t session, struct hub_frame *ret)
{
        struct effect effect;
        struct fault fault;
        unsigned int count = 0;

        for (size_t i = 0; hub_effect(stage->hub, i, &effect); i++) {
                if (effect.kind != EFFECT_REPLY || effect.session != session)
                        continue;
                arena_reset(&stage->arena);
                must(wire_read_hub_frame(effect.bytes, &stage->arena, ret, &fault),
                     "wire_read_hub_frame");
                count++;
        }
        must(count == 1 ? 0 : -EPROTO, "a frame has exactly one answer");
}

/* Whether the message is below the player's own topic; @ret_sealed is what follows it. */
static bool is_for(const struct player *player, struct bytes message, struct bytes *ret_sealed)
{
        char topic[2 * NAME_MAX_LENGTH + 16];
        int size = snprintf(topic, sizeof(topic), "party/%s/%s/", player->path.party.text,
                            player->path.node.text);

        if (message.size < (size_t)size || memcmp(message.data, topic, (size_t)size) != 0)
                return false;
        *ret_sealed = (struct bytes) {
                (const uint8_t *)message.data + size, message.size - (size_t)size,
        };
        return true;
}

static void read_signal(struct stage *stage, const struct player *player, struct bytes sealed,
                        struct signal_frame *ret, struct record *ret_record)
{
        struct seal_key key;
        struct fault fault;
        uint8_t *plain;
        size_t size;

        arena_reset(&stage->arena);
        plain = arena_take(&stage->arena, sealed.size);
        must(plain ? 0 : -ENOMEM, "arena_take");
        must(seal_key_prepare(stage->keys.public.sealing, player->keys.secret.sealing, &key),
             "seal_key_prepare");
        must(unseal(&key, sealed, plain, &size), "unseal");
        must(wire_read_signal_frame((struct bytes) { plain, size }, &stage->arena, ret, &fault),
             "wire_read_signal_frame");
        if (ret->kind == FRAME_ENTRY)
                must(wire_read_record(ret->entry.record, &stage->arena, ret_record, &fault),
                     "wire_read_record");
}

bool stage_heard(struct stage *stage, const struct player *player, size_t *at,
                 struct signal_frame *ret, struct record *ret_record)
{
        struct effect effect;
        struct bytes sealed;

        while (hub_effect(stage->hub, (*at)++, &effect)) {
                if (effect.kind != EFFECT_SIGNAL || !is_for(player, effect.bytes, &sealed))
                        continue;
                read_signal(stage, player, sealed, ret, ret_record);
                return true;
        }
        return false;
}
