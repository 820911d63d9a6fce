/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Published results, settled again from their published inputs through the same templates and steps
 * as any contract: the proof that anybody can run.
 */
#ifndef ACCORD_CLIENTS_REPLAY_H
#define ACCORD_CLIENTS_REPLAY_H

#include "clients/complaint.h"
#include "core/bytes.h"
#include "core/statement.h"

/*        code, word, what it means */
#define REPLAY_STATUSES(X)                                                                         \
        X(EXACT, "exact", "the published amount")                                                  \
        X(WITHIN_1, "within-1",                                                                    \
          "one off in the last place published (a dollar, a cent), as rounded inputs make it")     \
        X(WITHIN_ROUNDING, "within-rounding",                                                      \
          "the published amount lies within what the published digits of the inputs allow")        \
        X(UNVERIFIABLE, "unverifiable",                                                            \
          "an input was not published: this is the amount without it, or there is none")           \
        X(DIFFERENT, "different", "another amount than the published one")

enum replay_status {
#define X(code, word, says) REPLAY_##code,
        REPLAY_STATUSES(X)
#undef X
        REPLAY_STATUS_COUNT,
};

const char *replay_status_word(enum replay_status status);

struct replay_row {
        const char *case_id;
        bool has_amount;
        int64_t computed, published;            /* cents; published is 0 where there is none */
        enum replay_status status;
        const struct statement *statement;
};

struct replay_summary {
        size_t rows, rejected, counts[REPLAY_STATUS_COUNT];
};

/* Called once a row; a non-zero answer ends the replay and is passed on. */
typedef int replay_row_fn(const struct replay_row *row, void *data);

/*
 * 0; REFUSAL_MALFORMED when the text is no such file; -ENOMEM. Rows that cannot be read are
 * complained of and counted as rejected.
 */
typedef int replay_fn(struct bytes text, replay_row_fn *call, void *data,
                      struct replay_summary *ret, struct complaints *to);
replay_fn replay_mssp, replay_reach, replay_kcc;

#endif
