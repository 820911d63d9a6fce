/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LIB_STATE_H
#define ACCORD_CLIENTS_LIB_STATE_H

#include "core/message.h"

/* How far a node's program has come in hearing, kept as a few lines of text in DIRECTORY/state. */
struct state {
        struct hub_id hub;
        struct node_path node;
        uint64_t last_signal;           /* done with up to this number; 0: none yet */
};

/*
 * state_load() - @ret->hub and @ret->node say whose it must be
 *
 * Returns: 0, with last_signal 0 where there is no file yet; -EBADMSG when it is not a state file;
 * -EKEYREJECTED when it is of another node or hub; -errno.
 */
int state_load(const char *directory, struct state *ret);

/* Replaces the file at once and durably: after a crash it is the old or the new. 0; -errno. */
int state_keep(const char *directory, const struct state *state);

#endif
