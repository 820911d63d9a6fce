/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How care is paid here, as anybody may see it: the newest release, the rules it was made by, and
 * what payers let be public. In words that a patient understands, and as JSON.
 *
 * Schema accord.community.v1 (stable: members are added, none is changed or taken away):
 *   release    null before the first; number, index (a string), period {from, through}, charter
 *   charter    null without one; version, title
 *   rules      as in a charter's disclosure
 *   figures    every figure of the release: figure, item (null: none), says, value (a decimal
 *              string; null: not shown), bound (null; "or-more", "or-less": cut off at 95 % and
 *              5 %), decision ("shown", "not-shown", "not-calculable"),
 *              coverage (a decimal string or null), threshold and at_least where the charter has it
 *   categories category ("3A"), says, share, decision
 *   measures   concept, title, common, payers, same_signal, decision
 *   providers  party, alignment, categories, measures (concepts); by what is public
 *   notes      sentences: what is not shown and why, the floor, how rules are lowered
 */
#ifndef ACCORD_CLIENTS_COMMUNITY_VIEW_H
#define ACCORD_CLIENTS_COMMUNITY_VIEW_H

#include "core/arrangement.h"
#include "core/release.h"
#include "clients/output.h"
#include "clients/signal-titles.h"

/* One contract's public part. */
struct public_contract {
        struct contract_id contract;
        bool has_category;
        uint32_t category;
        uint32_t measure_count;
        struct name concepts[INCENTIVES_MAX];
};

/* A value: { .contracts = NULL }; free with community_view_cleanup(). */
struct community_view {
        struct signal_titles titles;    /* with the charter in force */
        uint64_t index;                 /* of the release's entry */
        struct release release;         /* number 0: there is none */
        struct release_figure *figures; /* copied */
        struct public_contract *contracts;
        size_t contract_count, room;
};

void community_view_cleanup(struct community_view *view);

/* NULL: the release has no such figure. */
const struct release_figure *community_figure(const struct community_view *view,
                                              enum figure_code code, const char *item);
/* 1: so much or more, -1: or less; 0: the figure itself. */
int community_cut(const struct release_figure *figure);
/* What terms of this category are, for who has never heard of them. */
const char *community_says(enum lan_category category);
/* As items of a release spell it: "3a"; LAN_COUNT: none. */
enum lan_category community_category(const char *item);

/* The rules in force: the charter's, else those that hold without one. */
const struct disclosure_rules *community_rules(const struct community_view *view);
/* What the charter calls aligned; false: nothing of this figure. @ret_least: at least, at most. */
bool community_threshold(const struct community_view *view, enum figure_code code,
                         struct rate *ret, bool *ret_least);

extern const char *const community_notes[];     /* NULL ends */

void community_print(FILE *to, const struct community_view *view);
struct json_object *community_json(const struct community_view *view);

#endif
