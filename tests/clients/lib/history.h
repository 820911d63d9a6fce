/* SPDX-License-Identifier: Apache-2.0 */
/* A log of a hub as its signed tree heads show it, in a test: honest, or another one. */
#ifndef ACCORD_TESTS_CLIENTS_LIB_HISTORY_H
#define ACCORD_TESTS_CLIENTS_LIB_HISTORY_H

#include "clients/lib/accord.h"
#include "proof/checkpoint.h"
#include "proof/merkle.h"
#include "tests/clients/lib/stage.h"

#define HISTORY_MAX 256
#define HISTORY_ORIGIN "test.example.org"

struct history {
        const struct stage *stage;
        struct hasher *hasher;
        struct digest leaves[HISTORY_MAX];
        char origin[NOTE_NAME_MAX + 1];         /* of what is signed from now on */
};

void history_begin(struct history *history, const struct stage *stage);
void history_end(struct history *history);
/* Leaves from @from on are others than those of a history that was begun. */
void history_change(struct history *history, uint64_t from, uint8_t mark);

/* The signed head of the first @size leaves. @ret: room for CHECKPOINT_MAX; it lies there. */
struct bytes history_note(const struct history *history, uint64_t size, char *ret);
/* @ret: room for MERKLE_PROOF_MAX; how many. */
uint32_t history_path(const struct history *history, uint64_t first, uint64_t second,
                      struct sha256 *ret);
/* A receipt for the leaf at @index against the tree of @size; room for both is the caller's. */
struct receipt history_receipt(const struct history *history, uint64_t index, uint64_t size,
                               char *note, struct sha256 *path);

/* A record signed by @secret, in @ret of 4096 octets. */
struct bytes history_record(const struct history *history, struct record *record,
                            const uint8_t *secret, uint8_t *ret);
/* The genesis, and an epoch that keeps @index entries of a log that had @end of them. */
struct record_entry history_genesis(const struct history *history, uint8_t *ret);
struct record_entry history_epoch(const struct history *history, uint32_t number, uint64_t index,
                                  uint64_t end, uint8_t *ret);

#endif
