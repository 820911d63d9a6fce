/* SPDX-License-Identifier: Apache-2.0 */
/* From settings to a hub: the node's profile, its outbox, a session. */
#ifndef ACCORD_CLIENTS_REACH_H
#define ACCORD_CLIENTS_REACH_H

#include "clients/lib/accord.h"
#include "clients/verb.h"
#include "proof/keys.h"

/* own(reach) struct reach reach = { 0 }; and all of it is closed on every way out. */
struct reach {
        struct accord_profile profile;
        char *directory, *signals, *key_file;   /* the profile's, owned */
        struct keys keys;                       /* the profile's, where a program printed them */
        struct accord_outbox *outbox;
        struct accord_session *session;
};

void reach_cleanup(struct reach *reach);

/* Where the profile keeps what is its own: reach->directory. Needs no hub. */
enum exit_code reach_directory(const struct cli *cli, struct reach *reach);
/* What the settings say, checked; each later call does it first. */
enum exit_code reach_profile(const struct cli *cli, struct reach *reach);
/* The outbox, for this process alone. */
enum exit_code reach_outbox(const struct cli *cli, struct reach *reach);
/* A session; no network yet. */
enum exit_code reach_hub(const struct cli *cli, struct reach *reach);

/* Says what libaccord found wrong; the exit code. */
enum exit_code reach_failed(const struct accord_error *error);

/* The party that speaks: --on-behalf-of, else the node's own. */
const struct name *reach_party(const struct reach *reach, const struct accord_about *about);

#endif
