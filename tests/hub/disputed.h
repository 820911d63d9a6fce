/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tests of disputes begin with: half of all savings, the benchmark 1,000.00; what was spent of
 * it both sides may say, the payer is of record, 1.00 apart is within tolerance; and an arbiter
 * decides. For Check; anything unexpected fails the test.
 */
#ifndef ACCORD_TESTS_HUB_DISPUTED_H
#define ACCORD_TESTS_HUB_DISPUTED_H

#include "daemon/state_decided.h"
#include "daemon/state_life.h"
#include "tests/hub/play.h"

extern struct scene scene;
extern struct voice arbiter, second, other;     /* arbiter/a, payer/q, network/m */
extern struct statement *statement;             /* what was computed last */
extern uint64_t spent_at[2];                    /* entries of the figure by either side */

/* Terms are not agreed yet: scene.terms and rule() can be changed. */
void disputed_set_up(void);
/* The whole log proves, rebuilds and recomputes. */
void disputed_tear_down(void);
struct fact_rule *rule(void);

struct bytes words(const char *text);
struct name name_of(const char *text);
void voice_of(struct voice *voice, const char *party, const char *node);

/* ---- what is said */

void agree(void);
void spent(enum side side, int64_t cents);
/* Ordered, computed into @statement, and issued; the run. */
uint64_t settled(enum run_kind kind);
struct decision spent_is(int64_t cents);
struct decisions decide_spent(const struct decision *decision);
/* The first fault of the answer; 0: it was taken, and @ret_index (may be NULL) is its entry. */
enum refusal tell(struct voice *voice, const struct event *event, uint64_t *ret_index);
enum refusal propose(struct voice *voice, const struct decisions *decisions, uint64_t *ret_index);
enum refusal accept(struct voice *voice, uint64_t resolution, const struct decisions *decisions);
enum refusal determine(struct voice *voice, const struct decisions *decisions);
/* Both agree that it is @cents. */
void resolve(int64_t cents);
/* Days pass, and what is due by then takes effect. */
void pass(int days);

/* ---- what is heard, and what there is */

/* How many of that kind the player heard of the last batch, and the last one's words. */
int heard(const struct player *player, enum signal_kind kind, struct text *ret_says);
/* Of the last batch: signals that either side and the arbiter heard; the last one's words. */
void check_heard(enum signal_kind kind, int sides, int decider, const char *says);
uint64_t rows(enum table table);
void life_of(uint64_t run, struct life_state *ret);
/* What @statement says: with both versions, or with nothing in dispute. */
void check_says(int64_t payable, int64_t by_bearer, int64_t by_earner, enum side basis);
void check_plain(int64_t payable);
const struct used_fact *spent_used(void);

#endif
