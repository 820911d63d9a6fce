/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a batch may have changed of what contracts reward: noted while it is folded, for whoever
 * makes signals anew after its commit. More may be noted than has changed, never less; nothing of
 * it is state, and a replay notes nothing.
 */
#ifndef ACCORD_DAEMON_TOUCHED_H
#define ACCORD_DAEMON_TOUCHED_H

#include "daemon/hub_tell.h"

struct incentive_desk;

struct numbers {
        uint32_t *list;
        size_t count, room;
};

struct touched {
        struct numbers contracts, parties;
        bool all;                       /* the day turned, a charter began, somebody was bought */
        date day;                       /* of the last entry; 0: of none yet */
};

void touched_reset(struct touched *touched);
void touched_free(struct touched *touched);

struct view;
/* After the fold of one that was taken. */
void touch_submission(struct hub *hub, const struct view *view,
                      const struct submission *submission);
/* Rows that were lost came again with a submission that was taken before. */
void touch_again(struct hub *hub, const struct submission *submission);
/* After the fold of what the hub says itself. */
void touch_record(struct hub *hub, const struct record *record);
/* An entry of that moment was appended: with the day, what is in force on it changes. */
void touch_time(struct hub *hub, instant time);

#endif
