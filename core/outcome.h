/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three answers, one int, everywhere in accord:
 *
 *       0   done; every ret_ parameter is set
 *     < 0   -errno: the world or the daemon is hurt; forwarded unchanged
 *     > 0   enum refusal: an answer, not a fault
 *
 * The list is in order of precedence: of all that is wrong with a submission the lowest code
 * is what it is refused for, and what else is wrong is said with it. Codes are wire format and
 * stand in the log: never reused, never renumbered; gaps are room.
 */
#ifndef ACCORD_CORE_OUTCOME_H
#define ACCORD_CORE_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/limits.h"

/*
 * What happens to the sequence number:
 *   FREE   refused before the number is taken: nothing is logged, the same bytes may come again
 *   TAKEN  the refusal is itself an entry: the number is used up, the same bytes get the same
 *          answer for ever
 *
 * Each row: its name, its number, what happens to the sequence, and below it what it says.
 */
#define REFUSALS(X)                                                                        \
        X(OVERSIZE,            1, FREE,                                                    \
          "the message is larger than the hub takes")                                      \
        X(MALFORMED,           2, FREE,                                                    \
          "the message does not parse")                                                    \
        X(WRONG_FORMAT,        3, FREE,                                                    \
          "the message is of a format version the hub does not speak")                     \
        X(UNKNOWN_NODE,        4, FREE,                                                    \
          "the sender is no node of this hub")                                             \
        X(REVOKED_NODE,        5, FREE,                                                    \
          "the sender's node was revoked")                                                 \
        X(WRONG_HUB,           6, FREE,                                                    \
          "the message was signed for another hub")                                        \
        X(WRONG_SENDER,        7, FREE,                                                    \
          "the message names another node than the one that sent it")                      \
        X(BAD_SIGNATURE,       8, FREE,                                                    \
          "the signature does not fit the message and the node's key")                     \
        X(STREAM_CLOSED,       9, FREE,                                                    \
          "the stream was closed")                                                         \
        X(TOO_MANY_STREAMS,   10, FREE,                                                    \
          "the node has as many streams as it may have")                                   \
        X(SEQUENCE_GAP,       11, FREE,                                                    \
          "a sequence number before this one is missing")                                  \
        X(BUSY,               12, FREE,                                                    \
          "the hub takes no more from this node for the moment")                           \
        X(EQUIVOCATION,       13, FREE,                                                    \
          "this sequence number was used for other bytes")                                 \
        X(NO_SUCH_THING,      20, TAKEN,                                                   \
          "there is no such thing, or it is not yours to see")                             \
        X(NOT_PERMITTED,      21, TAKEN,                                                   \
          "the node has not the right to say this")                                        \
        X(NOT_DELEGATED,      22, TAKEN,                                                   \
          "no delegation in force lets the sender act for that party")                     \
        X(WRONG_SCOPE,        23, TAKEN,                                                   \
          "the event is not about what its submission is about")                           \
        X(ABSENT_PARTY,       24, TAKEN,                                                   \
          "the party is absent: its figures can only be relayed")                          \
        X(NOT_RELAYABLE,      25, TAKEN,                                                   \
          "only the counterparty of an absent party relays for it")                        \
        X(BAD_VALUE,          30, TAKEN,                                                   \
          "a value lies outside its field's domain")                                       \
        X(BAD_TERMS,          31, TAKEN,                                                   \
          "the terms cannot be carried out as they stand")                                 \
        X(ALREADY_EXISTS,     32, TAKEN,                                                   \
          "it is there already, with other content")                                       \
        X(TERMS_DIFFER,       33, TAKEN,                                                   \
          "the digest is not that of the terms on offer")                                  \
        X(OFFER_CLOSED,       34, TAKEN,                                                   \
          "the offer has lapsed, was replaced or was accepted already")                    \
        X(SECOND_NODE,        35, TAKEN,                                                   \
          "the party asks for two of its nodes, and this one has spoken")                  \
        X(NOT_IN_FORCE,       36, TAKEN,                                                   \
          "no terms that both sides signed are in force")                                  \
        X(PERIOD_NOT_COVERED, 37, TAKEN,                                                   \
          "the terms do not cover that period")                                            \
        X(UNKNOWN_SEGMENT,    38, TAKEN,                                                   \
          "the terms name no such segment")                                                \
        X(NOT_ASKED_FOR,      39, TAKEN,                                                   \
          "the terms do not ask for it")                                                   \
        X(NO_PREDECESSOR,     40, TAKEN,                                                   \
          "it must name the entry it supersedes, and names none")                          \
        X(STALE_PREDECESSOR,  41, TAKEN,                                                   \
          "it names another entry than the current one as superseded")                     \
        X(TWICE_IN_ONE,       42, TAKEN,                                                   \
          "the same key stands twice in one submission")                                   \
        X(RUN_PENDING,        43, TAKEN,                                                   \
          "a run of that kind for that period is not finished yet")                        \
        X(TOO_EARLY,          44, TAKEN,                                                   \
          "what it waits for has not ended yet")                                           \
        X(PLAN_STALE,         45, TAKEN,                                                   \
          "the run would not say what its plan says")                                      \
        X(STATEMENT_CLOSED,   46, TAKEN,                                                   \
          "the statement was replaced, or is accepted already")                            \
        X(BALLOT_CLOSED,      47, TAKEN,                                                   \
          "the ballot is closed: votes are counted already")                               \
        X(NO_SEAT,            48, TAKEN,                                                   \
          "only who has a seat in the council proposes and votes")                         \
        X(PARTY_LEFT,         49, TAKEN,                                                   \
          "the party has left: it says nothing new")

enum refusal_sequence { REFUSAL_SEQUENCE_FREE, REFUSAL_SEQUENCE_TAKEN };

enum refusal {
#define X(name, number, sequence, says) REFUSAL_##name = (number),
        REFUSALS(X)
#undef X
};

/* One thing that is wrong: where, and why. Text is static, or the faults' own. */
#define REFUSAL_WHOLE UINT32_MAX        /* not about one event: the envelope or header */

struct fault {
        enum refusal code;
        uint32_t event;         /* place in the submission, from 0; or REFUSAL_WHOLE */
        const char *field;      /* "fact.value.cents"; never NULL, may be "" */
        const char *says;       /* what is wrong with it and what would be right; never NULL */
};

/* Everything that is wrong, in order of place; what does not fit is counted. */
#define FAULT_TEXTS_MAX 64

struct faults {
        size_t count;           /* kept */
        size_t more;            /* not kept */
        enum refusal first;     /* the lowest code of all; 0 = nothing is wrong */
        struct fault list[REFUSALS_PER_ANSWER_MAX];
        size_t text_count;
        char texts[FAULT_TEXTS_MAX][TEXT_MAX_LENGTH + 1];
};

void faults_reset(struct faults *faults);
/* @says may be NULL: then the refusal's own sentence. */
void faults_add(struct faults *faults, enum refusal code, uint32_t event, const char *field,
                const char *says);

/*
 * As faults_add(), with words made for the occasion: copied, and kept until the next reset. When
 * there is no room for more of them the refusal's own sentence stands for them.
 */
void faults_add_text(struct faults *faults, enum refusal code, uint32_t event, const char *field,
                     const char *text);

/* NULL for a number that is no refusal. */
const char *refusal_name(unsigned int number);          /* "NOT_PERMITTED" */
const char *refusal_says(unsigned int number);
bool refusal_takes_sequence(enum refusal code);

#endif
