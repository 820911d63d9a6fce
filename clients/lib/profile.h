/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCORD_CLIENTS_LIB_PROFILE_H
#define ACCORD_CLIENTS_LIB_PROFILE_H

#include <stdint.h>

#include "core/message.h"

struct keys;                         /* proof/keys.h */

/* Whom to talk to, and as whom. The strings are the caller's; calls that keep them say so. */
struct accord_profile {
        const char *intake;             /* "tcp://hub.example.org:7801" */
        const char *signals;            /* "tcp://hub.example.org:7802"; NULL: never listens */
        uint8_t hub_transport_key[32];  /* CURVE */
        uint8_t hub_signing_key[32];    /* Ed25519; the hub's identity is derived from it */
        uint8_t hub_sealing_key[32];    /* X25519 */
        struct node_path node;          /* who we are */
        const char *key_file;           /* the node's own keys */
        const struct keys *keys;        /* instead of key_file; must live on; or NULL */
        const char *directory;          /* of "outbox" and "state"; NULL: in memory only */
        const char *program;            /* "accord 0.1.0", told to the hub's operator; NULL: none */
};

#endif
