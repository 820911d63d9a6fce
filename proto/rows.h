/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the rows of a layout are written: what and where, when it is there, what is special.
 *
 *         [5] = { DAY(run_request, period.from) },
 *         [8] = { WHOLE_S64(fact_event, value), TAG(UNIT_CENTS) },
 *
 * For the wire_*.c files and their tests.
 */
#ifndef ACCORD_PROTO_ROWS_H
#define ACCORD_PROTO_ROWS_H

#include "proto/accord.pb-c.h"
#include "proto/layout.h"
#include "proto/limits.h"

/* The offset, and an error when the member is of another type. */
#define AT_(type, where, t) \
        (uint32_t)(offsetof(struct t, where) + _Generic(&((struct t *)0)->where, type *: 0u))
#define SIZE_(t, where) (uint32_t)sizeof(((struct t *)0)->where)

#define BOOL(t, where)          .hold = HOLD_BOOL, .offset = AT_(bool, where, t)
#define U16(t, where)           .hold = HOLD_U16, .offset = AT_(uint16_t, where, t)
#define U32(t, where)           .hold = HOLD_U32, .offset = AT_(uint32_t, where, t)
#define KIND(t, where)          .hold = HOLD_KIND, .offset = AT_(enum fact_kind, where, t)
#define U64(t, where)           .hold = HOLD_U64, .offset = AT_(uint64_t, where, t)
#define I64(t, where)           .hold = HOLD_I64, .offset = AT_(int64_t, where, t)
#define S64(t, where)           .hold = HOLD_S64, .offset = AT_(int64_t, where, t)
#define DAY(t, where)           .hold = HOLD_DAY, .offset = AT_(date, where, t)
#define FORMAT                  .hold = HOLD_FORMAT
#define WHOLE_S64(t, where)     .hold = HOLD_WHOLE_S64, .offset = AT_(struct value, where, t)
#define WHOLE_BOOL(t, where)    .hold = HOLD_WHOLE_BOOL, .offset = AT_(struct value, where, t)
#define NAME(t, where)          .hold = HOLD_NAME, .offset = AT_(struct name, where, t)
#define ITEM(t, where)          .hold = HOLD_ITEM, .offset = AT_(struct item, where, t)
#define ITEM_AT(t, where, root, pool, pool_counter) \
        .hold = HOLD_ITEM_AT, .offset = AT_(uint16_t, where, t), \
        .value = AT_(struct item, pool[0], root), .pool_count = AT_(uint16_t, pool_counter, root), \
        .most_rows = SIZE_(root, pool) / SIZE_(root, pool[0])
#define CONTRACT(t, where)      .hold = HOLD_CONTRACT, .offset = AT_(struct contract_id, where, t)
#define NODE(t, where)          .hold = HOLD_NODE, .offset = AT_(struct node_path, where, t)
#define TEXT(t, where)          .hold = HOLD_TEXT, .offset = AT_(struct text, where, t), \
                                .most = TEXT_MAX_LENGTH
#define FRACTION(t, where)      .hold = HOLD_FRACTION, .offset = AT_(wide, where, t)
#define SPAN(t, where, limit)   .hold = HOLD_SPAN, .offset = AT_(struct bytes, where, t), \
                                .most = (limit)
#define LINES(t, where, limit)  .hold = HOLD_LINES, .offset = AT_(struct bytes, where, t), \
                                .most = (limit)
#define CONTRACT_SPAN(t, where) .hold = HOLD_CONTRACT_SPAN, .offset = AT_(struct bytes, where, t), \
                                .most = CONTRACT_ID_MAX
#define FIXED(t, where)         .hold = HOLD_FIXED, .offset = offsetof(struct t, where), \
                                .least = SIZE_(t, where), .most = SIZE_(t, where)
#define FIXED_SPAN(t, where, n) .hold = HOLD_SPAN, .offset = AT_(struct bytes, where, t), \
                                .least = (n), .most = (n)
#define INSIDE(t, where, l)     .hold = HOLD_INSIDE, .offset = offsetof(struct t, where), .of = &(l)
#define SAME_STRUCT(l)          .hold = HOLD_INSIDE, .offset = 0, .of = &(l)
#define POINTER(t, where, l)    .hold = HOLD_POINTER, .offset = offsetof(struct t, where), \
                                .of = &(l)

#define FIXED_LIST(t, where, counter, limit) \
        .hold = HOLD_FIXED, .list = LIST_ARENA, .least = SIZE_(t, where[0]), \
        .most = SIZE_(t, where[0]), ROWS_(t, where, counter, limit)
#define SPAN_LIST(t, where, counter, limit, size_limit) \
        .hold = HOLD_SPAN, .list = LIST_ARENA, .most = (size_limit), ROWS_(t, where, counter, limit)
#define ITEM_LIST(t, where, counter, limit) \
        .hold = HOLD_ITEM, .list = LIST_ARENA, ROWS_(t, where, counter, limit)
#define NODE_ARRAY(t, where, counter) \
        .hold = HOLD_NODE, .list = LIST_INSIDE, \
        ROWS_(t, where, counter, SIZE_(t, where) / SIZE_(t, where[0]))
#define ROWS_(t, where, counter, limit) \
        .offset = offsetof(struct t, where), .count = offsetof(struct t, counter), \
        .count_size = SIZE_(t, counter), .most_rows = (limit)
#define LIST(t, where, counter, limit, l) \
        .hold = HOLD_INSIDE, .list = LIST_ARENA, .of = &(l), ROWS_(t, where, counter, limit)
#define ARRAY(t, where, counter, l) \
        .hold = HOLD_INSIDE, .list = LIST_INSIDE, .of = &(l), \
        ROWS_(t, where, counter, SIZE_(t, where) / SIZE_(t, where[0]))
#define POOL(t, where, counter, root, pool, pool_counter, l) \
        .hold = HOLD_INSIDE, .list = LIST_POOL, .of = &(l), .offset = offsetof(struct root, pool), \
        .pool_count = AT_(uint16_t, pool_counter, root), .count = AT_(uint16_t, where, t), \
        .most_rows = SIZE_(root, pool) / SIZE_(root, pool[0])

#define IF_SET                  .given = GIVEN_IF_SET
#define IF_DAY                  .given = GIVEN_IF_DAY
#define IF_EVENT                .given = GIVEN_IF_EVENT
#define IF_RATE                 .given = GIVEN_IF_RATE
#define IF_OTHER(t, where, root, root_where) \
        .given = GIVEN_IF_OTHER, .flag = AT_(struct period, where, t), \
        .value = AT_(struct period, root_where, root)
#define IF_FLAG(t, where)       .given = GIVEN_IF_FLAG, .flag = AT_(bool, where, t)
#define TAG(number)             .given = GIVEN_IF_TAG, .value = (number)
#define WHEN(t, where, number)  .given = GIVEN_WHEN, .flag = AT_(uint32_t, where, t), \
                                .value = (number)

#define LAYOUT(message, t, rows) \
        .schema = &accord__v1__##message##__descriptor, .places = (rows), \
        .count = sizeof(rows) / sizeof((rows)[0]), .size = sizeof(struct t)
#define TAGGED(t, where)        .tag = offsetof(struct t, where), .tag_size = SIZE_(t, where)
#define KEEPS_ITSELF(t, where)  .keeps_itself = true, .own_bytes = AT_(struct bytes, where, t)

/* ---- messages that stand in more than one other */

extern const struct layout layout_rate, layout_relayed, layout_fact, layout_fact_row,
        layout_block, layout_block_erasure,
        layout_run_request, layout_signed_submission, layout_fault, layout_query, layout_answer,
        layout_party_admission, layout_node_admission, layout_node_revocation, layout_statement,
        layout_signal_entry, layout_journal_entry, layout_statement_acceptance, layout_dispute,
        layout_dispute_end, layout_decisions, layout_resolution, layout_resolution_acceptance,
        layout_determination, layout_figure, layout_payment, layout_match_row, layout_recon_row,
        layout_journal_row, layout_balance_row, layout_payment_row, layout_dispute_row,
        layout_comparison, layout_roster_match, layout_staff_read, layout_cosignature,
        layout_succession, layout_query_leaves, layout_entry_row, layout_leaves,
        layout_place_at, layout_proof, layout_read_row, layout_node_keys, layout_cosign,
        layout_cosigned, layout_proposal, layout_vote, layout_ballot_result, layout_charter_row,
        layout_ballot_row, layout_publication, layout_benefit, layout_capability,
        layout_departure, layout_conflict, layout_release, layout_conflict_row,
        layout_publication_row, layout_benefit_row, layout_capability_row,
        layout_incentive_signal;

/* ---- messages that stand in no other: what readers and writers begin with */

extern const struct layout layout_client_frame, layout_submission_body, layout_terms,
        layout_charter, layout_record_body, layout_signed_record, layout_hub_frame,
        layout_signal_frame, layout_control_request, layout_control_answer;

/* A message without fields, or one whose fields lie in the struct around it. */
extern const struct place no_places[1];

/*
 * After reading: what is not on the wire since something else has it (a used fact's unit, a period
 * that is the run's); and a line that names facts or figures which are not there is MALFORMED.
 */
int statement_finish(struct statement *statement, struct fault *ret_fault);

#endif
