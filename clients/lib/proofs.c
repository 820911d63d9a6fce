/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/lib/proofs-inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "clients/lib/clock.h"
#include "clients/lib/fail.h"
#include "core/own.h"
#include "proto/limits.h"

int proofs_failed(struct accord_proofs *proofs, int r, const char *what,
                  struct accord_error *error)
{
        return fail_errno(error, r, "%s %s", what, proofs->path ? proofs->path : "the proofs");
}

int proofs_usable(const struct accord_proofs *proofs, struct accord_error *error)
{
        if (proofs->read_only)
                return fail_with(error, ACCORD_FAILED, "%s is open for reading only",
                                 proofs->path);
        if (proofs->broken)
                return fail_with(error, ACCORD_FAILED, "%s could not be synced before: close it "
                                 "and open it again", proofs->path ? proofs->path : "the proofs");
        return 0;
}

uint32_t proofs_flags(struct accord_proofs *proofs)
{
        uint32_t flags = proofs->dirty ? 0 : PROOF_AFTER_SYNC;

        proofs->dirty = true;
        return flags;
}

int accord_proofs_sync(struct accord_proofs *proofs, struct accord_error *error)
{
        int r;

        if (!proofs->dirty)
                return 0;
        r = recfile_sync(proofs->file);
        if (r) {
                proofs->broken = true;
                return proofs_failed(proofs, r, "cannot sync", error);
        }
        proofs->dirty = false;
        return 0;
}

uint32_t proofs_epoch(const struct accord_proofs *proofs)
{
        return proofs->proof.has_ring ? hub_ring_number(&proofs->proof.ring) : 1;
}

/* ---- opening and closing */

static int make_path(struct accord_proofs *proofs, const char *directory)
{
        if (!directory)
                return 0;
        if (!proofs->read_only && mkdir(directory, 0700) && errno != EEXIST)
                return -errno;
        if (asprintf(&proofs->path, "%s/proofs", directory) < 0) {
                proofs->path = NULL;
                return -ENOMEM;
        }
        return 0;
}

static int open_file(struct accord_proofs *proofs, struct accord_error *error)
{
        int r = recfile_open(&proofs->file, proofs->path,
                             proofs->read_only ? RECFILE_READ : RECFILE_WRITE);

        if (r == -EWOULDBLOCK)
                return fail_with(error, ACCORD_CONFLICT, "another process has %s open",
                                 proofs->path);
        if (r == -ENOENT && proofs->read_only)
                return fail_with(error, ACCORD_NO_SUCH_THING, "there is no %s yet", proofs->path);
        if (r == -EBADMSG)
                return fail_with(error, ACCORD_FAILED, "%s is no file of proofs", proofs->path);
        return r ? proofs_failed(proofs, r, "cannot open", error) : 0;
}

static int open_proofs(struct accord_proofs **ret, const struct accord_profile *profile,
                       bool read_only, struct accord_error *error)
{
        own(accord_proofs) struct accord_proofs *proofs = calloc(1, sizeof(*proofs));
        int r;

        if (!proofs)
                return fail_with(error, ACCORD_FAILED, "out of memory");
        proofs->read_only = read_only;
        proofs->visit_from = RECFILE_FIRST;
        proofs->node = profile->node;
        r = hub_proof_init(&proofs->proof, profile->hub_signing_key, error);
        if (r)
                return r;
        r = arena_new(&proofs->arena, WIRE_ARENA_SIZE);
        if (!r)
                r = make_path(proofs, profile->directory);
        if (r)
                return fail_errno(error, r, "cannot make ready to keep proofs");
        r = open_file(proofs, error);
        if (!r)
                r = proofs_load(proofs, error);
        if (r)
                return r;
        *ret = give(proofs);
        return 0;
}

int accord_proofs_open(struct accord_proofs **ret, const struct accord_profile *profile,
                       struct accord_error *error)
{
        return open_proofs(ret, profile, false, error);
}

int accord_proofs_read(struct accord_proofs **ret, const struct accord_profile *profile,
                       struct accord_error *error)
{
        if (!profile->directory)
                return fail_with(error, ACCORD_NO_SUCH_THING, "the profile keeps no proofs");
        return open_proofs(ret, profile, true, error);
}

void accord_proofs_close(struct accord_proofs *proofs)
{
        if (!proofs)
                return;
        recfile_close(proofs->file);
        hub_proof_free(&proofs->proof);
        arena_free(&proofs->arena);
        recfile_buffer_free(&proofs->buffer);
        recfile_buffer_free(&proofs->notes[0]);
        recfile_buffer_free(&proofs->notes[1]);
        free(proofs->trees);
        free(proofs->leaves);
        free(proofs->path);
        free(proofs);
}

void accord_proofs_cleanup(struct accord_proofs **proofs)
{
        accord_proofs_close(*proofs);
}

/* ---- looking */

const struct hub_ring *accord_proofs_hub_ring(const struct accord_proofs *proofs)
{
        return proofs->proof.has_ring ? &proofs->proof.ring : NULL;
}

const uint8_t *accord_proofs_signer(const struct accord_proofs *proofs, uint64_t index)
{
        return hub_proof_signer(&proofs->proof, index);
}

const char *accord_contradiction_says(enum accord_contradiction_kind kind)
{
        switch (kind) {
#define X(name, number, says) case ACCORD_##name: return says;
        ACCORD_CONTRADICTIONS(X)
#undef X
        }
        return "a contradiction";
}

void accord_proofs_stat(const struct accord_proofs *proofs, struct accord_proofs_stat *ret)
{
        *ret = (struct accord_proofs_stat) {
                .receipts = proofs->leaf_count, .checkpoints = proofs->tree_count,
                .paths = proofs->paths, .contradictions = proofs->contradictions,
                .waiting = proofs_waiting(proofs, NULL, UINT32_MAX),
                .epoch = proofs_epoch(proofs),
                .bytes = recfile_size(proofs->file), .torn_bytes = proofs->torn_bytes,
                .damaged_at = proofs->damaged_at,
        };
        for (size_t i = 0; i < proofs->leaf_count; i++)
                ret->void_receipts += leaf_is_void(proofs, proofs->leaves[i].epoch,
                                                   proofs->leaves[i].index);
}
