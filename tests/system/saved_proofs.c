/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a live hub says over the wire, saved for a verifier in another language:
 *
 *   saved-proofs ACCORDD PYTHON VERIFY.PY
 *
 * A node says things in bursts, keeps each receipt with what it sent, and after each burst asks for
 * proofs of all there is; at the end for entries and leaves. The verifier is given the hub's public
 * key, and must believe all of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include "tests/world/must.h"
#include "tests/world/raw.h"

#define BURSTS 8
#define ANSWER_MS 20000

static struct accordd accordd;
static struct node node;
static struct raw_stream stream;
static struct arena arena;
static void *socket;
static FILE *file;
static uint64_t said, signed_sizes[BURSTS + 1];
static uint32_t signed_count;
static const char *comma = "";

/* ---- JSON */

static void hex(const char *name, const void *data, size_t size)
{
        fprintf(file, "\"%s\":\"", name);
        for (size_t i = 0; i < size; i++)
                fprintf(file, "%02x", ((const uint8_t *)data)[i]);
        fputs("\"", file);
}

/* A note is printable but for its newlines. */
static void note(struct bytes text)
{
        fputs("\"checkpoint\":\"", file);
        for (size_t i = 0; i < text.size; i++) {
                char c = ((const char *)text.data)[i];

                if (c == '\n')
                        fputs("\\n", file);
                else
                        fputc(c, file);
        }
        fputs("\"", file);
}

static void digits(const uint8_t *octets)
{
        for (int i = 0; i < 32; i++)
                fprintf(file, "%02x", octets[i]);
}

static void hashes(const char *name, const struct sha256 *list, uint32_t count)
{
        fprintf(file, "\"%s\":[", name);
        for (uint32_t i = 0; i < count; i++) {
                fputs(i ? ",\"" : "\"", file);
                digits(list[i].octets);
                fputs("\"", file);
        }
        fputs("]", file);
}

static void paths(const char *name, const struct path *list, uint32_t count)
{
        fprintf(file, "\"%s\":[", name);
        for (uint32_t i = 0; i < count; i++) {
                fprintf(file, "%s{\"at\":%" PRIu64 ",", i ? "," : "", list[i].at);
                hex("leaf", list[i].leaf.octets, list[i].has_leaf ? 32 : 0);
                fputs(",", file);
                hashes("proof", list[i].proof, list[i].proof_count);
                fputs("}", file);
        }
        fputs("]", file);
}

/* ---- what is said, and its receipts */

static void save_receipt(const struct receipt *receipt, struct bytes submission)
{
        must_be(receipt->has_proof, "a receipt without proof");
        fprintf(file, "%s{\"index\":%" PRIu64 ",\"time\":%" PRId64 ",\"kind\":%u,\"tree_size\":%"
                PRIu64 ",", comma, receipt->index, receipt->time, receipt->entry_kind,
                receipt->tree_size);
        hex("leaf", receipt->leaf.octets, 32);
        fputs(",", file);
        hashes("proof", receipt->proof, receipt->proof_count);
        fputs(",", file);
        note(receipt->checkpoint);
        fputs(",", file);
        hex("submission", submission.data, submission.size);
        fputs("}", file);
        comma = ",\n";
        signed_sizes[signed_count - 1] = receipt->tree_size;
}

static void burst(unsigned int count)
{
        const struct contract_id none = { .bearer = { "" } };
        const struct event event = {
                .kind = EVENT_RELATION,
                .relation = { .kind = RELATION_PARTICIPATES_IN, .other = name_of("network"),
                              .from = 1, .until = DATE_NONE },
        };
        struct bytes frames[64];
        struct hub_frame answer;

        signed_count++;
        for (unsigned int i = 0; i < count; i++) {
                frames[i] = raw_frame(raw_submission(&stream, said + i + 1, &none, &event, 1,
                                                     NULL));
                must_be(zmq_send(socket, frames[i].data, frames[i].size, 0) >= 0, "sending");
                free((void *)frames[i].data);
        }
        for (unsigned int i = 0; i < count; i++) {
                must_be(raw_answer(socket, ANSWER_MS, &arena, &answer), "an answer");
                must_be(answer.kind == HUB_RECEIPT, "a receipt");
                must_be(answer.receipt.sequence == said + i + 1, "receipts in order");
                save_receipt(&answer.receipt,
                             raw_submission(&stream, said + i + 1, &none, &event, 1, NULL));
        }
        said += count;
}

/* ---- what is asked */

static const struct answer *ask(const struct query *query)
{
        static struct hub_frame frame;
        struct sink sink;

        must(sink_new(&sink, 4096, 65536), "memory");
        must(wire_write_query(&sink, query), "a query");
        must_be(zmq_send(socket, sink.data, sink.size, 0) >= 0, "sending");
        sink_free(&sink);
        must_be(raw_answer(socket, ANSWER_MS, &arena, &frame), "an answer");
        must_be(frame.kind == HUB_ANSWER && !frame.answer.refused, "an answer that says something");
        return &frame.answer;
}

static uint32_t places(uint64_t from, uint64_t until, struct place_at ret[WIRE_PROOFS_MAX])
{
        uint32_t count = 0;

        for (uint64_t i = from; i < until && count < WIRE_PROOFS_MAX; i++)
                ret[count++].at = i;
        return count;
}

static void save_proof(void)
{
        static struct place_at all[WIRE_PROOFS_MAX], sizes[BURSTS + 1];
        struct query query = { .id = 1, .kind = QUERY_PROOF, .include = all, .grow = sizes };
        const struct proof_answer *proof;

        query.include_count = places(0, signed_sizes[signed_count - 1], all);
        for (uint32_t i = 0; i < signed_count; i++)
                sizes[i].at = signed_sizes[i];
        query.grow_count = signed_count;
        proof = ask(&query)->proof;
        fprintf(file, "%s{\"size\":%" PRIu64 ",", comma, proof->size);
        note(proof->checkpoint);
        fputs(",", file);
        paths("include", proof->include, proof->include_count);
        fputs(",", file);
        paths("grow", proof->grow, proof->grow_count);
        fputs("}", file);
        comma = ",\n";
}

static uint64_t save_leaves(void)
{
        struct query query = { .id = 2, .kind = QUERY_LEAVES, .most = 50 };
        const struct leaves *leaves;

        fputs("],\n\"leaves\":[", file);
        comma = "";
        for (;;) {
                leaves = ask(&query)->leaves;
                if (!leaves->leaves.size)
                        return query.from;
                for (size_t i = 0; i < leaves->leaves.size; i += 32) {
                        fprintf(file, "%s\"", comma);
                        digits((const uint8_t *)leaves->leaves.data + i);
                        fputs("\"", file);
                        comma = ",";
                }
                query.from += leaves->leaves.size / 32;
        }
}

static void save_entries(uint64_t size)
{
        static struct place_at some[WIRE_PROOFS_MAX];
        struct query query = { .id = 3, .kind = QUERY_ENTRIES, .include = some };
        const struct answer *answer;

        fputs("],\n\"entries\":[", file);
        comma = "";
        for (uint64_t from = 0; from < size; from += answer->entry_count) {
                query.include_count = places(from, size, some);
                answer = ask(&query);
                must_be(answer->entry_count > 0, "an entry");
                for (uint32_t i = 0; i < answer->entry_count; i++) {
                        const struct entry_row *row = &answer->entries[i];

                        fprintf(file, "%s{\"index\":%" PRIu64 ",\"time\":%" PRId64 ",\"kind\":%u,",
                                comma, row->index, row->time, row->kind);
                        hex("leaf", row->leaf.octets, 32);
                        fputs(",", file);
                        hex("bytes", row->bytes.data, row->bytes.size);
                        fputs("}", file);
                        comma = ",\n";
                }
        }
}

static void save_all(const char *path)
{
        static const unsigned int bursts[BURSTS] = { 1, 2, 7, 1, 30, 3, 1, 20 };

        file = fopen(path, "w");
        must_be(file != NULL, path);
        fputs("{\"origin\":\"hub.example/accord\",", file);
        hex("signing_key", accordd.keys.public.signing, 32);
        fputs(",\n\"receipts\":[", file);
        for (int i = 0; i < BURSTS; i++)
                burst(bursts[i]);
        fputs("],\n\"proofs\":[", file);
        comma = "";
        save_proof();
        save_entries((save_leaves()));
        fputs("]}\n", file);
        must_be(fclose(file) == 0, path);
}

static int verified(const char *python, const char *verifier, const char *path)
{
        pid_t pid = child_fork();
        int status;

        if (!pid) {
                execlp(python, python, "-B", verifier, "saved", path, (char *)NULL);
                _exit(127);
        }
        status = child_wait(pid, 60000);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
        struct name payer = name_of("payer"), network = name_of("network");
        char path[256];
        void *context;
        int r;

        must_be(argc == 4, "saved-proofs ACCORDD PYTHON VERIFY.PY");
        must(arena_new(&arena, WIRE_ARENA_SIZE), "memory");
        accordd_make(&accordd, argv[1], "");
        accordd_start(&accordd, NULL);
        accordd_admit_party(&accordd, &payer, ROLE_PAYER);
        accordd_admit_party(&accordd, &network, ROLE_NETWORK);
        node_make(&node, &accordd, payer, name_of("p"), false);
        accordd_admit_node(&accordd, &node, RIGHTS_ALL);
        context = raw_context();
        socket = raw_connect(context, ZMQ_DEALER, accordd.intake, accordd.keys.public.transport,
                             &node.keys);
        raw_stream_open(&stream, &accordd, &node);
        snprintf(path, sizeof(path), "%s/saved.json", accordd.directory);
        save_all(path);
        zmq_close(socket);
        zmq_ctx_term(context);
        accordd_stop(&accordd);
        r = verified(argv[2], argv[3], path);
        raw_stream_close(&stream);
        arena_free(&arena);
        accordd_remove(&accordd);
        return r;
}
