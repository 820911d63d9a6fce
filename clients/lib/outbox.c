/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/outbox-inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "clients/lib/proofs-inside.h"
#include "core/check.h"
#include "core/own.h"
#include "proof/keyfile.h"
#include "proof/random.h"
#include "proto/limits.h"

int outbox_failed(const struct accord_outbox *outbox, int r, const char *what,
                  struct accord_error *error)
{
        return fail_errno(error, r, "%s %s", what, outbox->path ? outbox->path : "the outbox");
}

int outbox_usable(const struct accord_outbox *outbox, struct accord_error *error)
{
        if (outbox->read_only)
                return fail_with(error, ACCORD_FAILED, "%s is open for reading only",
                                 outbox->path);
        if (outbox->broken)
                return fail_with(error, ACCORD_FAILED, "%s could not be synced before: close it "
                                 "and open it again", outbox->path ? outbox->path : "the outbox");
        return 0;
}

int outbox_sync(struct accord_outbox *outbox, struct accord_error *error)
{
        int r;

        if (!outbox->dirty)
                return 0;
        r = recfile_sync(outbox->file);
        if (r) {
                outbox->broken = true;
                return outbox_failed(outbox, r, "cannot sync", error);
        }
        outbox->dirty = false;
        return 0;
}

int outbox_begin_stream(struct accord_outbox *outbox, struct accord_error *error)
{
        struct stream_record stream = { .next_sequence = 1, .at = clock_now() };
        int r;

        random_stream_id(&stream.stream);
        stream.log_size = outbox->log_size;
        stream.received = outbox->received;
        stream.refused = outbox->refused;
        stream.abandoned = outbox->abandoned;
        r = recfile_identity(outbox->file, &stream.identity);
        if (!r)
                r = write_stream(outbox->file, &stream);
        if (r)
                return outbox_failed(outbox, r, "cannot write to", error);

        outbox->stream = stream.stream;
        outbox->next_sequence = 1;
        outbox->dirty = true;
        return outbox_sync(outbox, error);
}

int outbox_bytes(struct accord_outbox *outbox, const struct queued *queued,
                 struct sealed_record *ret, struct accord_error *error)
{
        struct record_at record;
        int r;

        r = recfile_read(outbox->file, queued->at, &outbox->own, &record);
        if (r)
                return outbox_failed(outbox, r, "cannot read from", error);
        if (record.type != RECORD_SEALED || !read_sealed(record.content, ret))
                return fail_with(error, ACCORD_INTEGRITY, "%s has changed under us",
                                 outbox->path ? outbox->path : "the outbox");
        return 0;
}

/* ---- opening and closing */

static int make_path(struct accord_outbox *outbox, const char *directory)
{
        if (!directory)
                return 0;
        if (!outbox->read_only && mkdir(directory, 0700) && errno != EEXIST)
                return -errno;
        if (asprintf(&outbox->path, "%s/outbox", directory) < 0) {
                outbox->path = NULL;
                return -ENOMEM;
        }
        return 0;
}

static int load_keys(struct accord_outbox *outbox, const struct accord_profile *profile,
                     struct accord_error *error)
{
        int r;

        outbox->keys = profile->keys;
        if (outbox->keys || outbox->read_only)
                return 0;
        if (!profile->key_file)
                return fail_with(error, ACCORD_USAGE, "the profile names no key file");
        r = keyfile_load(profile->key_file, &outbox->own_keys);
        if (r)
                return fail_errno(error, r, "cannot read the keys in %s", profile->key_file);
        outbox->keys = &outbox->own_keys;
        return 0;
}

static int open_file(struct accord_outbox *outbox, struct accord_error *error)
{
        int r = recfile_open(&outbox->file, outbox->path,
                             outbox->read_only ? RECFILE_READ : RECFILE_WRITE);

        if (r == -EWOULDBLOCK)
                return fail_with(error, ACCORD_CONFLICT, "another process has %s open",
                                 outbox->path);
        if (r == -ENOENT && outbox->read_only)
                return fail_with(error, ACCORD_NO_SUCH_THING, "there is no %s yet", outbox->path);
        if (r == -EBADMSG)
                return fail_with(error, ACCORD_FAILED, "%s is not an outbox", outbox->path);
        return r ? outbox_failed(outbox, r, "cannot open", error) : 0;
}

static int open_outbox(struct accord_outbox **ret, const struct accord_profile *profile,
                       bool read_only, struct accord_error *error)
{
        own(accord_outbox) struct accord_outbox *outbox = calloc(1, sizeof(*outbox));
        int r;

        if (!outbox)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        outbox->read_only = read_only;
        outbox->node = profile->node;
        outbox->events_most = EVENTS_PER_SUBMISSION_MAX;
        outbox->bytes_most = WIRE_SUBMISSION_MAX;
        outbox->compact_above = COMPACT_ABOVE;
        outbox->visit_from = RECFILE_FIRST;
        outbox->epoch = 1;

        r = hub_proof_init(&outbox->proof, profile->hub_signing_key, error);
        if (r)
                return r;
        r = load_keys(outbox, profile, error);
        if (r)
                return r;
        r = make_path(outbox, profile->directory);
        if (r)
                return fail_errno(error, r, "cannot make %s", profile->directory);
        r = open_file(outbox, error);
        if (!r)
                r = outbox_load(outbox, error);
        if (!r && !read_only)
                r = accord_proofs_open(&outbox->proofs, profile, error);
        if (r)
                return r;
        if (outbox->proofs)
                hub_proof_copy_ring(&outbox->proof, &outbox->proofs->proof);
        *ret = give(outbox);
        return 0;
}

int accord_outbox_open(struct accord_outbox **ret, const struct accord_profile *profile,
                       struct accord_error *error)
{
        return open_outbox(ret, profile, false, error);
}

int accord_outbox_read(struct accord_outbox **ret, const struct accord_profile *profile,
                       struct accord_error *error)
{
        if (!profile->directory)
                return fail_with(error, ACCORD_NO_SUCH_THING, "the profile keeps no outbox");
        return open_outbox(ret, profile, true, error);
}

void accord_outbox_close(struct accord_outbox *outbox)
{
        if (!outbox)
                return;
        outbox_drop_packs(outbox);
        recfile_close(outbox->file);
        accord_proofs_close(outbox->proofs);
        hub_proof_free(&outbox->proof);
        keys_wipe(&outbox->own_keys);
        queue_free(&outbox->queue);
        sink_free(&outbox->body);
        sink_free(&outbox->signed_bytes);
        recfile_buffer_free(&outbox->own);
        recfile_buffer_free(&outbox->said);
        arena_free(&outbox->answers);
        arena_free(&outbox->events);
        free(outbox->path);
        free(outbox);
}

void accord_outbox_cleanup(struct accord_outbox **outbox)
{
        accord_outbox_close(*outbox);
}

struct accord_proofs *accord_outbox_proofs(struct accord_outbox *outbox)
{
        return outbox->proofs;
}

void accord_outbox_stat(const struct accord_outbox *outbox, struct accord_outbox_stat *ret)
{
        *ret = (struct accord_outbox_stat) {
                .stream = outbox->stream,
                .next_sequence = outbox->next_sequence,
                .received = outbox->received,
                .refused = outbox->refused,
                .abandoned = outbox->abandoned,
                .bytes = recfile_size(outbox->file),
                .torn_bytes = outbox->torn_bytes,
                .moved = outbox->moved,
        };
        for (uint64_t at = queue_head(&outbox->queue); at < queue_tail(&outbox->queue); at++)
                ret->sealed += !queue_at(&outbox->queue, at)->answered;
        for (size_t i = 0; i < PACKS_MAX; i++)
                ret->unsealed_events += outbox->packs[i].count;
}

static int abandon_one(struct accord_outbox *outbox, struct queued *queued)
{
        struct answer_record answer = { .stream = queued->stream, .sequence = queued->sequence,
                                        .at = clock_now() };
        int r = write_answer(outbox->file, RECORD_ABANDONED, &answer);

        if (r)
                return r;
        outbox->dirty = true;
        outbox->abandoned++;
        queue_answered(&outbox->queue, queued);
        return 0;
}

int accord_outbox_abandon(struct accord_outbox *outbox, struct accord_error *error)
{
        int r = outbox_usable(outbox, error);

        if (r)
                return r;
        for (uint64_t at = queue_head(&outbox->queue); at < queue_tail(&outbox->queue); at++) {
                struct queued *queued = queue_at(&outbox->queue, at);

                if (queued->answered)
                        continue;
                r = abandon_one(outbox, queued);
                if (r)
                        return outbox_failed(outbox, r, "cannot write to", error);
        }
        return outbox_begin_stream(outbox, error);
}
