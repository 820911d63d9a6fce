/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures checked ahead. The ingest thread waits for the disk in every commit; in that time
 * another thread can check the signatures of the frames that came in meanwhile. It decides nothing:
 * what it found out is handed to hub_take() with the key it was checked with, and counts only if
 * that is still the node's key then.
 *
 * An item is claimed once, by that thread or by the ingest thread that finds it unclaimed.
 */
#ifndef ACCORD_DAEMON_AHEAD_H
#define ACCORD_DAEMON_AHEAD_H

#include <stdatomic.h>

#include "daemon/hub.h"

#define AHEAD_MAX 1024          /* items at a time; a power of two */

struct ahead_item {
        struct bytes frame;             /* must stay where it is until the item is released */
        bool known;                     /* the key below is a node's; else nothing is checked */
        uint8_t signing_key[32];
        struct hub_ahead found;
        atomic_int state;               /* of ahead.c */
};

struct ahead;

/* 0; -ENOMEM, -EAGAIN when there is no thread to be had. */
int ahead_start(struct ahead **ret);
/* The thread is gone when it returns. NULL is fine. */
void ahead_stop(struct ahead *ahead);

/* A new item, which nobody has claimed. */
void ahead_hold(struct ahead_item *item);

/* Puts it behind the others, to be checked; at most AHEAD_MAX may be there. */
void ahead_put(struct ahead *ahead, struct ahead_item *item);
/* Lets the thread see what was put. */
void ahead_wake(struct ahead *ahead);

/* Checks the item here and now, unless somebody is at it or has: false then. */
bool ahead_help(struct ahead_item *item, struct scratch scratch);

/* The item is wanted now, unchecked: true when nobody has looked, and then nobody will. */
bool ahead_claim(struct ahead_item *item);

/* Has it been checked? Never waits. */
bool ahead_ready(const struct ahead_item *item);

#endif
