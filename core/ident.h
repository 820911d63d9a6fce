/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of things as values: fixed, NUL-padded, compared whole, so they serve as keys.
 *
 * A name (party, node, segment, label) is one word: a-z, 0-9, '-', '.', '_', the first a letter or
 * a digit, 1..NAME_MAX_LENGTH characters. A contract is BEARER/EARNER/LABEL, so that no stranger
 * can occupy or probe for the name of a contract between two others. A node is PARTY/NODE where a
 * person writes it.
 */
#ifndef ACCORD_CORE_IDENT_H
#define ACCORD_CORE_IDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/bytes.h"
#include "core/limits.h"

struct name {
        char text[NAME_MAX_LENGTH + 1];
};

/* What a fact is about besides its kind: a category, a measure key; empty means the total. */
struct item {
        char text[ITEM_MAX_LENGTH + 1];
};

#define CONTRACT_ID_MAX (3 * NAME_MAX_LENGTH + 2)

struct contract_id {
        struct name bearer, earner, label;
};

/* Sixteen random bytes; a stream is one outbox of one node. */
struct stream_id {
        uint8_t octets[16];
};

struct hub_id {
        uint8_t octets[16];
};

/* Each answers false, leaving *ret zeroed, when the text is not well formed. */
bool name_parse(struct bytes text, struct name *ret);
bool item_parse(struct bytes text, struct item *ret);           /* empty is well formed */
bool contract_id_parse(struct bytes text, struct contract_id *ret);
bool node_path_parse(struct bytes text, struct name *ret_party, struct name *ret_node);

/* The text form; @ret_text has room for CONTRACT_ID_MAX + 1. Returns the length. */
size_t contract_id_print(const struct contract_id *id, char ret_text[CONTRACT_ID_MAX + 1]);

bool name_equal(const struct name *a, const struct name *b);
bool name_empty(const struct name *name);
bool item_equal(const struct item *a, const struct item *b);
bool contract_id_equal(const struct contract_id *a, const struct contract_id *b);
bool contract_id_empty(const struct contract_id *id);

static inline struct bytes name_bytes(const struct name *name)
{
        return (struct bytes) { name->text, strlen(name->text) };
}

static inline struct bytes item_bytes(const struct item *item)
{
        return (struct bytes) { item->text, strlen(item->text) };
}

#endif
