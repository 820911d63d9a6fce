/* SPDX-License-Identifier: Apache-2.0 */
/* A hub's keys, a node's keys, an empty directory, and events to say. */
#ifndef ACCORD_TESTS_CLIENTS_LIB_STAGE_H
#define ACCORD_TESTS_CLIENTS_LIB_STAGE_H

#include "clients/lib/accord.h"
#include "proof/keys.h"

struct stage {
        char directory[128];            /* removed at the end */
        char outbox[160];               /* DIRECTORY/node/outbox */
        char node_directory[144];
        struct keys hub, node;
        struct accord_profile profile;  /* intake and signals: by the fake hub */
};

void stage_begin(struct stage *stage);
void stage_end(struct stage *stage);

/* A fact with this number as its value; a bad one is refused by the fake hub. */
struct event stage_fact(uint64_t number, bool bad);
extern const struct accord_about stage_about;

/* Adds facts number @first and on, tagged with their numbers, and seals them as one. */
void stage_seal(struct accord_outbox *outbox, uint64_t first, size_t count);

size_t stage_file_size(const char *path);
/* The whole file in malloc'ed memory. */
void *stage_read(const char *path, size_t *ret_size);
void stage_write(const char *path, const void *data, size_t size);

#endif
