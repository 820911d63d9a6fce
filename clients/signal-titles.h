/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What measures are called for people: by the community's crosswalk, else by a list of common keys,
 * else by their key.
 */
#ifndef ACCORD_CLIENTS_SIGNAL_TITLES_H
#define ACCORD_CLIENTS_SIGNAL_TITLES_H

#include "core/charter.h"
#include "clients/reach.h"

struct signal_titles {
        struct charter *charter;        /* owned; NULL: there is none, or it could not be had */
};

void signal_titles_cleanup(struct signal_titles *titles);

/* Asks the hub for the charter; that there is none is no fault. */
enum exit_code signal_titles_fetch(const struct reach *reach, struct signal_titles *ret);

/* @titles may be NULL. Valid as long as both are. Others' words: make_harmless() a copy. */
const char *signal_title(const struct signal_titles *titles, const struct name *concept);

#endif
