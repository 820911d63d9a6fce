/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a fact does to what the other side says of the same thing: it opens the window in which that
 * is awaited, or answers in one; and it can bring a decision to its end.
 *
 * Windows are of facts of record by rules that let the other side report and give it so many days,
 * while it is there and has said nothing of the thing. A figure of record that takes the place of
 * another opens a new one. What nobody awaits has no row, and costs nothing.
 */
#ifndef ACCORD_DAEMON_WINDOW_H
#define ACCORD_DAEMON_WINDOW_H

#include "daemon/hub_private.h"
#include "daemon/state_decided.h"

/* Before the fact is put into its table: what stands there is what was said before. */
int window_fold_fact(struct hub *hub, const struct view *view, const struct fact_state *said,
                     const struct entry *entry);

/* After it is. */
int window_end_decided(struct hub *hub, const struct view *view, const struct fact_state *said);

/* Tells of what the facts of a submission bring into dispute, and of what no longer is. */
int window_follow_facts(struct hub *hub, const struct view *view,
                        const struct submission *submission, const struct entry *entry);

/* "1,234.56", "12", "3/4", "yes": in the unit of its kind. */
void window_add_value(struct text *text, const struct value *value);
/* "expenditure of hospital in ppo for 2024-01-01 to 2024-12-31" */
void window_add_thing(struct text *text, const struct fact_key *key);

#endif
