/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/torture/client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "core/own.h"
#include "proof/merkle.h"
#include "proto/limits.h"
#include "tests/world/must.h"

#define WINDOW 48                       /* frames under way */
#define FACTS_MAX 4                     /* in one of them */

/* ---- before */

static void agree(struct client *client)
{
        struct terms *terms = calloc(1, sizeof(*terms));
        own(sink) struct sink bytes = { 0 };
        struct desk payer, provider;

        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        desk_open(&payer, &client->payer, &client->accordd);
        desk_open(&provider, &client->provider, &client->accordd);
        terms_of_fee(terms, &client->contract, 500);
        desk_offer(&payer, terms, &bytes);
        desk_accept(&provider, &client->contract);
        desk_close(&payer);
        desk_close(&provider);
        free(terms);
}

static void make_hub(struct client *client, const char *program, const char *directory,
                     const char *settings)
{
        const char *before = getenv("TMPDIR");
        char *kept = before ? strdup(before) : NULL;

        if (directory)
                setenv("TMPDIR", directory, 1);
        accordd_make(&client->accordd, program, settings);
        if (kept)
                setenv("TMPDIR", kept, 1);
        else
                unsetenv("TMPDIR");
        free(kept);
}

void client_begin(struct client *client, const char *program, const char *directory,
                  const char *settings, uint64_t seed)
{
        struct accordd *accordd = &client->accordd;
        struct accord_error error = { 0 };

        memset(client, 0, sizeof(*client));
        client->seed = seed;
        make_hub(client, program, directory, settings);
        accordd_start(accordd, NULL);
        node_make(&client->payer, accordd, name_of("payer"), name_of("n0"), false);
        node_make(&client->provider, accordd, name_of("provider"), name_of("n0"), false);
        accordd_admit_party(accordd, &client->payer.path.party, ROLE_PAYER);
        accordd_admit_party(accordd, &client->provider.path.party, ROLE_PROVIDER);
        accordd_admit_node(accordd, &client->payer, RIGHTS_ALL);
        accordd_admit_node(accordd, &client->provider, RIGHTS_ALL);
        client->contract = (struct contract_id) { name_of("payer"), name_of("provider"),
                                                  name_of("c0") };
        agree(client);
        accordd_stop(accordd);
        must(arena_new(&client->arena, WIRE_ARENA_SIZE), "memory");
        must_do(hub_proof_init(&client->proof, accordd->keys.public.signing, &error), &error,
                "verifying");
        raw_stream_open(&client->stream, accordd, &client->payer);
        client->context = raw_context();
}

void client_end(struct client *client)
{
        client_disconnect(client);
        zmq_ctx_term(client->context);
        raw_stream_close(&client->stream);
        hub_proof_free(&client->proof);
        arena_free(&client->arena);
        for (size_t i = 0; i < client->count; i++) {
                free((void *)(uintptr_t)client->sent[i].frame.data);
                free((void *)(uintptr_t)client->sent[i].submission.data);
        }
        free(client->sent);
        free(client->heads);
        accordd_remove(&client->accordd);
}

void client_connect(struct client *client)
{
        client->socket = raw_connect(client->context, ZMQ_DEALER, client->accordd.intake,
                                     client->accordd.keys.public.transport, &client->payer.keys);
}

void client_disconnect(struct client *client)
{
        if (client->socket)
                zmq_close(client->socket);
        client->socket = NULL;
}

/* ---- what it says */

static void write_one(struct client *client)
{
        unsigned int count = draw_of(&client->seed, 1, FACTS_MAX);
        struct event events[FACTS_MAX];
        struct sent *sent;
        struct bytes bytes;
        uint8_t *copy;

        if (client->count == client->room) {
                client->room = 2 * client->room + 256;
                client->sent = realloc(client->sent, client->room * sizeof(*client->sent));
                must_be(client->sent != NULL, "memory");
        }
        for (unsigned int i = 0; i < count; i++) {
                char item[ITEM_MAX_LENGTH + 1];

                snprintf(item, sizeof(item), "f%zu.%u", client->count + 1, i);
                events[i] = fact_of(FACT_EXPENDITURE, item, (int64_t)client->count * 100 + i);
        }
        bytes = raw_submission(&client->stream, client->count + 1, &client->contract, events,
                               count, NULL);
        copy = malloc(bytes.size);
        must_be(copy != NULL, "memory");
        memcpy(copy, bytes.data, bytes.size);
        sent = &client->sent[client->count++];
        *sent = (struct sent) { .submission = { copy, bytes.size }, .frame = raw_frame(bytes) };
}

void client_write(struct client *client, unsigned int count)
{
        for (unsigned int i = 0; i < count; i++)
                write_one(client);
}

void client_send(struct client *client)
{
        unsigned int sent = 0;

        for (size_t i = client->first_open; i < client->count && sent < WINDOW; i++) {
                const struct bytes frame = client->sent[i].frame;

                if (client->sent[i].answered)
                        continue;
                if (zmq_send(client->socket, frame.data, frame.size, ZMQ_DONTWAIT) < 0)
                        return;
                sent++;
        }
}

/* ---- what it hears */

bool client_proves(struct client *client, const struct receipt *receipt, struct bytes submission,
                   struct checkpoint *ret)
{
        struct hub_proof *proof = &client->proof;
        struct digest path[MERKLE_PROOF_MAX], leaf;
        struct accord_error error = { 0 };
        uint32_t epoch;

        if (!receipt->has_proof || receipt->proof_count > MERKLE_PROOF_MAX ||
            hub_proof_leaf(proof, receipt, submission, &error) ||
            hub_proof_checkpoint(proof, receipt->checkpoint, ret, &epoch) ||
            ret->size != receipt->tree_size)
                return false;
        memcpy(leaf.octets, receipt->leaf.octets, DIGEST_SIZE);
        for (uint32_t i = 0; i < receipt->proof_count; i++)
                memcpy(path[i].octets, receipt->proof[i].octets, DIGEST_SIZE);
        return merkle_includes(proof->hasher, &ret->root, ret->size, &leaf, receipt->index, path,
                               receipt->proof_count);
}

static void keep_head(struct client *client, const struct checkpoint *head)
{
        if (client->head_count && client->heads[client->head_count - 1].size == head->size) {
                must_be(digest_equal(&client->heads[client->head_count - 1].root, &head->root),
                        "two roots were signed for one size");
                return;
        }
        if (client->head_count == client->head_room) {
                client->head_room = 2 * client->head_room + 256;
                client->heads = realloc(client->heads,
                                        client->head_room * sizeof(*client->heads));
                must_be(client->heads != NULL, "memory");
        }
        client->heads[client->head_count++] = *head;
}

static void take_receipt(struct client *client, const struct receipt *receipt)
{
        struct checkpoint head;
        struct sent *sent;

        must_be(memcmp(&receipt->stream, &client->stream.stream, sizeof(receipt->stream)) == 0 &&
                receipt->sequence >= 1 && receipt->sequence <= client->count,
                "a receipt for what nobody sent");
        sent = &client->sent[receipt->sequence - 1];
        must_be(client_proves(client, receipt, sent->submission, &head),
                "a receipt does not prove");
        keep_head(client, &head);
        if (sent->answered) {
                must_be(sent->index == receipt->index &&
                        memcmp(&sent->leaf, &receipt->leaf, sizeof(sent->leaf)) == 0,
                        "two receipts for one submission name two entries");
                return;
        }
        sent->answered = true;
        sent->index = receipt->index;
        sent->leaf = receipt->leaf;
        client->answered++;
        while (client->first_open < client->count && client->sent[client->first_open].answered)
                client->first_open++;
}

/*
 * A gap is what a hub must answer that takes up a stream behind the first frames of it, which come
 * again; every other refusal is one that nothing here deserves.
 */
static void check_refusal(const struct refusal_answer *refusal)
{
        for (uint32_t i = 0; i < refusal->fault_count; i++)
                if (refusal->faults[i].code != REFUSAL_SEQUENCE_GAP)
                        die("refused: %s: %.*s", refusal_name(refusal->faults[i].code),
                            (int)refusal->faults[i].says.size,
                            (const char *)refusal->faults[i].says.data);
}

unsigned int client_take(struct client *client, int ms)
{
        struct hub_frame frame;
        unsigned int count = 0;

        while (raw_answer(client->socket, ms, &client->arena, &frame)) {
                if (frame.kind == HUB_RECEIPT) {
                        take_receipt(client, &frame.receipt);
                        count++;
                } else if (frame.kind == HUB_BUSY) {
                        client->busy++;
                } else if (frame.kind == HUB_REFUSAL) {
                        check_refusal(&frame.refusal);
                } else {
                        die("answer %d to a submission", frame.kind);
                }
        }
        return count;
}

void client_live(struct client *client, unsigned int ms)
{
        double until = now_s() + ms / 1e3;

        while (now_s() < until) {
                if (client->answered == client->count)
                        client_write(client, draw_of(&client->seed, 1, WINDOW));
                client_send(client);
                do {
                        client_take(client, 2);
                } while (client->answered < client->count && now_s() < until);
        }
}

bool client_drain(struct client *client, int ms)
{
        double until = now_s() + ms / 1e3;

        while (client->answered < client->count && now_s() < until) {
                client_send(client);
                while (client_take(client, 5) > 0)
                        ;
        }
        return client->answered == client->count;
}
