/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Matching: what both sides say of the same thing, held side by side by the terms' rules. A pure
 * function of both sides' current facts, of what was decided, and of which windows are over: in
 * whatever order figures of different keys came.
 *
 * Two facts are of the same thing when kind, segment, item and service period are the same. Of one
 * side's, claims paid through a later day count before earlier ones; else what was said last.
 *
 *   decided            both signed a resolution, or who decides by the terms has; it holds until
 *                      both sides have said the same value after it
 *   agreed             the same value, and paid through the same day where both say one
 *   within tolerance   not further apart than the greater of the rule's tolerance and its share of
 *                      the value of record; 0 apart where only the days paid through differ
 *   disputed           further apart; flags that differ at all
 *   bearer/earner only one side has said something; what was relayed for an absent party nobody
 *                      there said: it stands beside the other side's, and is never agreed
 *
 * A figure of the other side that came after its window was over, when it had said nothing before,
 * is late: the value of record stands. The result says how far apart they are, @late is set, and it
 * holds nothing.
 *
 * The value of record is that of the side of record; of neither, what was said last by either.
 */
#ifndef ACCORD_CORE_MATCH_H
#define ACCORD_CORE_MATCH_H

#include "core/fact.h"
#include "core/terms.h"

enum match_result {
        MATCH_AGREED = 1,
        MATCH_WITHIN = 2,
        MATCH_DISPUTED = 3,
        MATCH_BEARER_ONLY = 4,
        MATCH_EARNER_ONLY = 5,
        MATCH_DECIDED = 6,
};

struct match {
        const struct fact *bearer, *earner;     /* each side's current one; NULL: none */
        const struct fact *decided;             /* NULL: none, or no longer in force */
        const struct fact_rule *rule;           /* NULL: the terms have none for the kind */
        enum match_result result;
        enum side of_record;
        bool late;                              /* the other side's came after its window */
        bool window_over;                       /* it did not answer, or not in time */
};

/* What matching takes: all as of one cut, the caller's memory. */
struct match_inputs {
        const struct fact *facts;       /* current ones, both sides, any order */
        size_t fact_count;
        /*
         * .decided is set, .index is of the entry that decided. Of several of one key the last
         * counts. One that came to its end stays ended when the sides part again later: that is
         * history, so who keeps them leaves it out from then on.
         */
        const struct fact *decided;
        size_t decided_count;
        /* Windows that are over: of the fact of record at (index, event), in order of both. */
        const struct window_over {
                uint64_t index;
                uint32_t event;
                bool answered;          /* the other side had said something of the key by then */
                uint64_t by;            /* index of the DUE entry */
        } *over;
        size_t over_count;
};

/*
 * match_all() - every thing that a side has said something of, in order of kind, segment, item,
 * period
 * @ret: room for @inputs->fact_count rows, which point into @inputs and @terms
 *
 * Facts of no side (of the community, of a party as a whole) have nothing to be held against.
 *
 * Returns: how many there are.
 */
size_t match_all(const struct terms *terms, const struct match_inputs *inputs, struct match *ret);

/* A run is to be made with each side's version of it: disputed, in time, not decided. */
bool match_holds(const struct match *match);

/*
 * match_choose() - the facts a settlement takes, by @side's version of what holds
 * @side: SIDE_NEITHER: of record throughout
 * @ret:  room for @inputs->fact_count + @inputs->decided_count; facts of either side that are taken
 *        for the side of record stand there as of that side
 *
 * One fact at most for each match; what only the other side has said is not taken. Facts of no side
 * are passed on as they are.
 *
 * Returns: how many there are.
 */
size_t match_choose(const struct terms *terms, const struct match_inputs *inputs,
                    const struct match *matches, size_t count, enum side side, struct fact *ret);

/* The fact of the match that is of record; NULL: the side of record has said nothing. */
const struct fact *match_of_record(const struct match *match);

/* The rule for a kind; NULL: none. */
const struct fact_rule *terms_rule(const struct terms *terms, enum fact_kind kind);

#endif
