/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both sides' figures of a contract as of a cut, held side by side by the terms that hold for each
 * of its periods. For the answers about them.
 */
#ifndef ACCORD_DAEMON_QUERY_MATCH_H
#define ACCORD_DAEMON_QUERY_MATCH_H

#include "daemon/matching.h"
#include "daemon/query.h"

/* Owns what it holds; free with matched_cleanup(), also when loading failed. */
struct matched {
        const struct asked *asked;
        uint32_t contract_no;
        struct past_terms past;
        struct timeline timeline;       /* of that */
        struct matching matching;
        struct terms *terms;            /* by which it was matched */
        uint32_t version;               /* of those; 0: of none yet */
};

int matched_load(const struct asked *asked, uint32_t contract_no, struct matched *ret);
void matched_cleanup(struct matched *matched);

/*
 * The part of the contract's time that a figure of @period belongs to: the one its first day lies
 * in, or the next; behind the last: the last. False: no terms hold.
 */
bool matched_part(const struct matched *matched, struct period period, struct part *ret);

/* matched->matching by that version of the terms. The order of matches is always the same. */
int matched_by(struct matched *matched, uint32_t version);

/* Of any one of a match's facts. */
const struct fact_key *match_key(const struct match *match);

/* When the window of the side that has not answered ends; 0: none is open. 0 or -errno. */
int match_answer_until(const struct asked *asked, const struct contract_state_row *contract,
                       const struct match *match, instant *ret);

#endif
