/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where releases are made: figures drawn, each decided by core/disclose, against every release
 * before in which it was shown. What those rested on is derived again from their cuts, once for as
 * long as the desk is there: it stands nowhere else, least of all in a release.
 *
 * A figure that differs from an earlier one by too little keeps what the last release said of it,
 * else it is not shown: a correction waits until enough others have changed with it.
 *
 * Groups. A release says by a digest of whom a shown figure is, so that equal groups can be told
 * from others and nobody named. The digest begins with what only who has the ledger knows: the
 * bytes of the entry by which the first release was due, the hub's signature in it. That entry is
 * given to nobody (daemon/released.c). So a replay needs no key, and no participant can try names.
 */
#ifndef ACCORD_DAEMON_RELEASE_DESK_H
#define ACCORD_DAEMON_RELEASE_DESK_H

#include "daemon/release_figures.h"

/* Contributions of a figure in one earlier release. */
struct remembered {
        uint32_t number;                /* of the release */
        uint32_t figure;
        struct item item;
        struct contributions sets[FIGURE_SETS];
};

struct release_desk {
        struct gather_work *work;
        struct charter charter;
        uint32_t made;                  /* releases so far */
        struct release_draft *last;     /* the newest of them */
        struct remembered *memory;
        size_t count, room;
        bool has_salt;
        struct digest salt;
};

/* A figure on its way: what was drawn, what comes of it. */
struct deciding {
        const struct release_desk *desk;
        const struct release_at *at;
        struct drawn_figures *drawn;
        enum disclosure_rule *rules;    /* of each figure */
        bool *kept;                     /* it says what the last release said */
        struct release_draft *draft;
};

/* Fills draft->figures and draft->decided. 0 or -ENOMEM. */
int release_decide(struct deciding *d);

#endif
