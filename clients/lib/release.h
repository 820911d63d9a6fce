/* SPDX-License-Identifier: Apache-2.0 */
/* What the hub released of the community. */
#ifndef ACCORD_CLIENTS_LIB_RELEASE_H
#define ACCORD_CLIENTS_LIB_RELEASE_H

#include "clients/lib/error.h"
#include "core/release.h"

struct accord_session;

/*
 * The newest release, the hub's signature verified. Its lists are valid until the session's next
 * call; number 0: there is none yet. Returns: as query.h.
 */
int accord_query_last_release(struct accord_session *session, struct release *ret,
                              struct accord_error *error);

/*
 * All of them, the newest first, each verified; @release's lists are valid during the visit. As the
 * walks of query.h.
 */
struct record_entry;
typedef int accord_release_visit(void *with, const struct record_entry *entry,
                                 const struct release *release);
int accord_query_releases(struct accord_session *session, accord_release_visit *visit, void *with,
                          struct accord_error *error);

#endif
