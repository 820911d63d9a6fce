/* SPDX-License-Identifier: Apache-2.0 */
/* The most of everything is taken, one more is not, and WIRE_ARENA_SIZE has room for it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/own.h"
#include "tests/proto/assemble.h"
#include "tests/proto/run.h"
#include "tests/proto/samples.h"

#define EVENT "9{9{1*16=ee}}"
#define ROLE "3{1:1 2:2}"
#define BAND "1{1:0 2:0 3{1:0 2:2} 4{1:0 2:2}}"
#define RULE "18{1:1 2:1 3:1}"
#define LINE "17{1:1 2:1 3:1 4\"1\"}"
#define USED "18{1:1 2:0 3:4 4:1 5:0 7:2 8:2}"
#define CARRIED "19{1:1 3\"1\" 4:5}"
#define FAULT "4{1:1 4\"s\"}"
#define CONTRACT_ROW "6{1\"a/b/c\" 2:1 3\"\" 4:0 5:0 6:1 8:0}"
#define FACT_ROW "8{1{1:1 2:4 5:0 6:2 8:2} 2:1 3:0 4:1 5:1}"
#define STATEMENT_ROW "9{1:1 2:1 3:1 4\"a/b/c\" 5:0 6:2 7:2 8:1 9:1 10:0 11:0 12:0}"
#define BLOCK_ROW "14{1{2:0 3:2 5:1 6:1 7:0 8*32=bb 9:1} 2:1 3:0 4:1 5:1 6:2025 7:1}"
#define SIGNAL_ROW "12{1:1 2:1 3\"\"}"
#define MATCH_ROW "15{1:4 4:0 5:2 6:1 7:1 8:1 13:0 14:0}"
#define RECON_ROW "16{1\"a/b/c\" 2:0 3:2 4:3 5:0 6:0 7:0 8:0 9:0 18:0}"
#define JOURNAL_ROW "17{1:1 2:1 3{1:1 2\"a/b/c\" 3:1 5\"\"} 4:1}"
#define BALANCE_ROW "18{1\"a/b/c\" 2\"a\" 3:1 4:0 5:0 6:0 7:0 8:0 9:0}"
#define PAYMENT_PARTS "5{1:1 2:2} 5{1:1 2:2} 5{1:1 2:2} 5{1:1 2:2} "
#define PAYMENT_ROW \
        "19{1\"t\" 2:1 3:1 4{1:1 2:1 3{1:1 2\"t\" 3:0 4:2 " PAYMENT_PARTS "}} 7\"\"}"
#define DISPUTE_ROW "20{1:1 2:1 3:1 4\"a/b\" 5:1 6:1}"
#define FIGURE_LINE "6{1:1 3\"1\"}"
#define PARTY_ROW "5{1{1\"a\" 2\"\" 4:0 5:0 6:0} 2:1 3:0}"
#define NODE_ROW "6{1{1\"a/b\" 2*32=0a 3*32=0b 4*32=0c 5:1 6:0} 2:1}"

#define TERMS "1:1 2\"a/b/c\" 3:1 4\"t\" 8:0 9:0 10:1 11:1 12:0 13:0 14:0 15:2 "
#define RULES \
        "9{1:5 2{1:2 2:4} 3:2 4{1:2 2:4} 5{1:2 2:4} 6:11 7:90 8:3 9:2 10:1000} 10{1:3 2:15} "
#define CHARTER "1:1 2:1 3\"t\" 4:14 5{1:2 2:4} " RULES
#define BODY "1{1:1 2*16=11 3\"a/b\" 6*16=22 7:1 8:9 "
#define RECORD "1{1:1 2*16=33 "
#define SIGNED "} 2*64=55"

/* @count rows between @before and @after. */
static const struct {
        const char *says;
        enum message_kind kind;
        const char *before, *row, *after;
        unsigned int most;
        const char *field;
} lists[] = {
        { "events", MESSAGE_SUBMISSION, BODY, EVENT, SIGNED, EVENTS_PER_SUBMISSION_MAX, "events" },
        { "categories of a block", MESSAGE_SUBMISSION,
          BODY "9{10{2:0 3:2 5:1 6:0 7:0 8*32=bb 9:1 ", "10\"a\"", "}}" SIGNED, CATEGORIES_MAX,
          "block.categories" },
        { "periods", MESSAGE_TERMS, TERMS, "16{1:0 2:2}", "", PERIODS_MAX, "periods" },
        { "segments", MESSAGE_TERMS, TERMS, "17{1\"s\" 2:1 3:1}", "", SEGMENTS_MAX, "segments" },
        { "rules", MESSAGE_TERMS, TERMS, RULE, "", FACT_RULES_MAX, "rules" },
        { "steps", MESSAGE_TERMS, TERMS, "19{1\"s\" 2:1}", "", STEPS_MAX, "steps" },
        { "parameters", MESSAGE_TERMS, TERMS "19{1\"s\" 2:1 ", "3{1\"p\" 2:1}", "}",
          PARAMS_PER_STEP_MAX, "steps.params" },
        { "rows of a table", MESSAGE_TERMS, TERMS "19{1\"s\" 2:1 3{1\"p\" 7{", BAND, "}}}",
          BANDS_PER_TERMS_MAX, "steps.params.bands.rows" },
        { "rows of the second table", MESSAGE_TERMS,
          TERMS "19{1\"s\" 2:1 3{1\"p\" 7{" BAND "}} 3{1\"q\" 7{", BAND, "}}}",
          BANDS_PER_TERMS_MAX - 1, "steps.params.bands.rows" },
        { "roles", MESSAGE_CONTROL_REQUEST, "1{1\"a\" 2\"A\" 4:1 5:0 6:0 ", ROLE, "}",
          ROLES_PER_PARTY_MAX, "admit_party.roles" },
        { "lines", MESSAGE_RECORD, RECORD "10{1:1 2\"a/b/c\" 3:0 4:2 5:3 6:1 7:4 8:1 9:1 10*32=77 "
          "11:3 12:0 13:2 ", LINE, "}" SIGNED, LINES_PER_STATEMENT_MAX, "statement.lines" },
        { "used facts", MESSAGE_RECORD, RECORD "10{1:1 2\"a/b/c\" 3:0 4:2 5:3 6:1 7:4 8:1 9:1 "
          "10*32=77 11:3 12:0 13:2 ", USED, "}" SIGNED, FACTS_PER_STATEMENT_MAX,
          "statement.facts" },
        { "carried figures", MESSAGE_RECORD, RECORD "10{1:1 2\"a/b/c\" 3:0 4:2 5:3 6:1 7:4 8:1 9:1 "
          "10*32=77 11:3 12:0 13:2 ", CARRIED, "}" SIGNED, CARRIED_PER_STATEMENT_MAX,
          "statement.carried" },
        { "legs", MESSAGE_RECORD, RECORD "11{1:1 2\"a/b/c\" 3:1 5\"s\" ", "4{1\"a\" 2:1 3:2}",
          "}" SIGNED, LEGS_MAX, "journal_entry.legs" },
        { "faults", MESSAGE_HUB_FRAME, "3{", FAULT, "}", REFUSALS_PER_ANSWER_MAX,
          "refusal.faults" },
        { "hashes of a proof", MESSAGE_HUB_FRAME, "2{1*16=22 2:1 3:1 4:1 5:1 6:2 7*32=99 8:1 ",
          "9*32=11 ", "10\"n\"}", WIRE_PROOF_MAX, "receipt.proof" },
        { "rows of contracts", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", CONTRACT_ROW, "}", WIRE_ROWS_MAX,
          "answer.contracts" },
        { "rows of facts", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", FACT_ROW, "}", WIRE_ROWS_MAX,
          "answer.facts" },
        { "rows of statements", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", STATEMENT_ROW, "}", WIRE_ROWS_MAX,
          "answer.statements" },
        { "rows of blocks", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", BLOCK_ROW, "}", WIRE_ROWS_MAX,
          "answer.blocks" },
        { "rows of signals", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", SIGNAL_ROW, "}", WIRE_ROWS_MAX,
          "answer.signals" },
        { "disputed lines", MESSAGE_SUBMISSION, BODY "9{12{1:1 2:2 ", "3{1:1 2\"1\"}",
          "4\"s\"}}" SIGNED, DISPUTED_LINES_MAX, "dispute.lines" },
        { "lines of a figure", MESSAGE_SUBMISSION, BODY "9{17{1:0 2:2 3:2 ", FIGURE_LINE,
          "}}" SIGNED, FIGURE_LINES_MAX, "figure.lines" },
        { "parts of a payment", MESSAGE_SUBMISSION, BODY "9{18{1:1 2\"t\" 3:0 4:2 ", "5{1:1 2:2}",
          "}}" SIGNED, PAYMENT_PARTS_MAX, "payment.parts" },
        { "figures that are decided", MESSAGE_DECISIONS, "1:1 2\"a/b/c\" ",
          "3{1:4 4:0 5:2 6:2}", "", DECISIONS_MAX, "facts" },
        { "disputes that are closed", MESSAGE_DECISIONS, "1:1 2\"a/b/c\" ", "4{1:1}", "",
          DECISIONS_MAX, "disputes" },
        { "disputed facts", MESSAGE_RECORD, RECORD "10{1:1 2\"a/b/c\" 3:0 4:2 5:3 6:1 7:4 8:1 9:1 "
          "10*32=77 11:3 12:0 13:2 ", "25{1:4 4:0 5:2 6:1 7:0 8:2 9:2 10:1 11:0 12:4 13:2}",
          "}" SIGNED, DISPUTED_PER_STATEMENT_MAX, "statement.disputed" },
        { "rows of matches", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", MATCH_ROW, "}", WIRE_RECON_ROWS_MAX,
          "answer.matches" },
        { "rows of recon", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", RECON_ROW, "}", WIRE_RECON_ROWS_MAX,
          "answer.recons" },
        { "rows of the journal", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", JOURNAL_ROW, "}",
          WIRE_RECON_ROWS_MAX, "answer.journal" },
        { "rows of balances", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", BALANCE_ROW, "}",
          WIRE_RECON_ROWS_MAX, "answer.balances" },
        { "rows of payments", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", PAYMENT_ROW, "}",
          WIRE_RECON_ROWS_MAX, "answer.payments" },
        { "rows of disputes", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", DISPUTE_ROW, "}", WIRE_DISPUTES_MAX,
          "answer.disputes" },
        { "rows about reconciling", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          MATCH_ROW RECON_ROW JOURNAL_ROW BALANCE_ROW PAYMENT_ROW, "}", WIRE_RECON_ROWS_MAX,
          "answer.matches" },
        { "lines that differ", MESSAGE_HUB_FRAME, "5{1:1 2:1 21{1:1 2:2 3:2 4{1:1 2\"a/b/c\" 3:0 "
          "4:2 5:3 6:1 7:4 8:1 9:1 10*32=77 11:3 12:0 13:2} 5:1 ",
          "6{1:1 2:0 3\"1\" 4\"2\" 5\"\"}", "}}", WIRE_DIFFERENCES_MAX,
          "answer.comparison.differences" },
        { "members that differ", MESSAGE_HUB_FRAME,
          "5{1:1 2:1 22{1:1 2:1 3:1 4:1 5:2 6:2 7:1 8:1 9:1 10:1 ", "11{1*16=aa 2:1 3:1}", "}}",
          ROSTER_DIFFERENCES_MAX, "answer.roster.differences" },
        { "rows of everything", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          CONTRACT_ROW FACT_ROW STATEMENT_ROW BLOCK_ROW SIGNAL_ROW,
          "10{1:1 2\"a/b/c\" 3:0 4:2 5:1 6:1 7:4 8:1 9:1 10*32=77 11:3 12:0 13:2}}", WIRE_ROWS_MAX,
          "answer.contracts" },
        { "classes of seats", MESSAGE_CHARTER, CHARTER, "6{1:1 2{1:2 2:4}}", "",
          CHARTER_CLASSES_MAX, "classes" },
        { "seats", MESSAGE_CHARTER, CHARTER, "7{1\"a\" 2:1}", "", CHARTER_SEATS_MAX, "seats" },
        { "specifications", MESSAGE_CHARTER, CHARTER, "8{1\"k\" 3\"c\" 6:1 7:0}", "",
          SPECIFICATIONS_MAX, "specifications" },
        { "parties whose terms are public", MESSAGE_CHARTER, CHARTER, "12{1\"a\"}", "",
          PUBLIC_PARTIES_MAX, "public_parties" },
        { "what terms presuppose", MESSAGE_TERMS, TERMS, "21{1:1}", "", PRESUPPOSED_MAX,
          "presupposes" },
        { "classes of a ballot", MESSAGE_RECORD,
          RECORD "21{1:1 2*32=c7 3:1 4:1 6:0 8\"\" ", "5{1:1 2:1 3:0 4:1 5:0 6:0 7:1}",
          "}" SIGNED, CHARTER_CLASSES_MAX, "ballot_result.classes" },
        { "figures of a release", MESSAGE_RECORD, RECORD "22{1:1 2:1 3:0 4:0 5:1 ",
          "6{1:1 5:2}", "}" SIGNED, RELEASE_FIGURES_MAX, "release.figures" },
        { "groups of a release", MESSAGE_RECORD, RECORD "22{1:1 2:1 3:0 4:0 5:1 ",
          "7{1:1 3*32=61 4:0}", "}" SIGNED, RELEASE_FIGURES_MAX, "release.groups" },
        { "contracts that reward", MESSAGE_SIGNAL_FRAME, "3{1\"a\" 2:1 3:1 10:0 ",
          "4{1\"a/b/c\" 2:1 3:1 4:0 5:0 7:0 8:0 12:0 13:0 14:0 15:0 16:0 17:0}", "}",
          SIGNAL_CONTRACTS_MAX, "incentive.contracts" },
        { "rewards", MESSAGE_SIGNAL_FRAME, "3{1\"a\" 2:1 3:1 10:0 ",
          "5{1:0 2:1 3\"c\" 6:1 12:0 13:0 14:0 16:0 21:0}", "}", SIGNAL_ROWS_MAX,
          "incentive.rows" },
        { "needs", MESSAGE_SIGNAL_FRAME, "3{1\"a\" 2:1 3:1 10:0 ", "9{1:0 2:1 3:0 4:1}", "}",
          SIGNAL_NEEDS_MAX, "incentive.needs" },
        { "rows of ballots", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          "32{1:1 2:1 3\"a\" 4:1 5\"c\" 6*32=c7 7:1 8:0 9\"w\"}", "}", WIRE_BALLOTS_MAX,
          "answer.ballots" },
        { "votes of a ballot", MESSAGE_HUB_FRAME,
          "5{1:1 2:1 32{1:1 2:1 3\"a\" 4:1 5\"c\" 6*32=c7 7:1 8:0 9\"w\" ",
          "11{1\"a\" 2:1 3:1}", "}}", CHARTER_SEATS_MAX, "answer.ballots.votes" },
        { "rows of releases", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", "33{1:1 2:1 3\"r\"}", "}",
          WIRE_BALLOTS_MAX, "answer.releases" },
        { "rows of conflicts", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          "34{1:1 2:1 3{1\"p\" 2:1 3\"a/p/c\" 4\"b/p/c\" 6:1 7:0}}", "}",
          WIRE_RECON_ROWS_MAX, "answer.conflicts" },
        { "rows of publications", MESSAGE_HUB_FRAME, "5{1:1 2:1 ", "35{1\"a/b/c\" 2:0}", "}",
          WIRE_RECON_ROWS_MAX, "answer.publications" },
        { "measures that are public", MESSAGE_HUB_FRAME, "5{1:1 2:1 35{1\"a/b/c\" 2:0 ",
          "3{1\"c\" 4:1 5:0}", "}}", INCENTIVES_MAX, "answer.publications.measures" },
        { "rows of benefits", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          "36{1\"a\" 2{1\"b\" 3:1 4:1 7:0} 3:1 4:1}", "}", WIRE_RECON_ROWS_MAX,
          "answer.benefits" },
        { "rows of capabilities", MESSAGE_HUB_FRAME, "5{1:1 2:1 ",
          "37{1{1:1 2:1 4:0} 2:1 3:1}", "}", WIRE_RECON_ROWS_MAX, "answer.capabilities" },
        { "rows of parties", MESSAGE_CONTROL_ANSWER, "", PARTY_ROW, "", WIRE_ROWS_MAX, "parties" },
        { "rows of parties and nodes", MESSAGE_CONTROL_ANSWER, "", PARTY_ROW NODE_ROW, "",
          WIRE_ROWS_MAX, "parties" },
};

static int read_with(int list, unsigned int count, struct fault *ret_fault)
{
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink source = { 0 }, sink = { 0 };
        union message *message = calloc(1, sizeof(*message));
        int r;

        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&source, 64, 1 << 23), 0);
        ck_assert_int_eq(sink_new(&sink, 64, 1 << 23), 0);
        sink_put(&source, (struct bytes) { lists[list].before, strlen(lists[list].before) });
        while (count--)
                sink_put(&source, (struct bytes) { lists[list].row, strlen(lists[list].row) });
        sink_put(&source, (struct bytes) { lists[list].after, strlen(lists[list].after) + 1 });
        assemble((const char *)source.data, &sink);
        r = message_read(lists[list].kind, sink_bytes(&sink), &arena, message, ret_fault);
        free(message);
        return r;
}

static bool is_of_an_event(const char *field)
{
        static const char *const events[] = { "block.", "dispute.", "figure.", "payment." };

        for (int i = 0; i < COUNT_OF(events); i++)
                if (strncmp(field, events[i], strlen(events[i])) == 0)
                        return true;
        return false;
}

START_TEST(the_most_is_taken_and_one_more_is_not)
{
        struct fault fault = { .field = "", .says = "" };
        int r = read_with(_i, lists[_i].most, &fault);

        ck_assert_msg(r == 0, "%s: %d at \"%s\": %s", lists[_i].says, r, fault.field, fault.says);
        r = read_with(_i, lists[_i].most + 1, &fault);
        ck_assert_msg(r == REFUSAL_OVERSIZE, "%s: %d", lists[_i].says, r);
        ck_assert_msg(strcmp(fault.field, lists[_i].field) == 0, "%s: \"%s\"", lists[_i].says,
                      fault.field);
        ck_assert(fault.event == (is_of_an_event(fault.field) ? 0 : REFUSAL_WHOLE));
}
END_TEST

/* What takes most memory for its octets: lines of figures, a submission full of them. */
START_TEST(the_arena_has_room_for_a_submission_full_of_lines)
{
        own(arena) struct arena arena = { 0 };
        own(sink) struct sink body = { 0 }, whole = { 0 };
        struct figure_line *lines = calloc(FIGURE_LINES_MAX, sizeof(*lines));
        struct event *events = calloc(EVENTS_PER_SUBMISSION_MAX, sizeof(*events));
        struct submission submission = { .format = 1, .sender = { { "a" }, { "b" } },
                                         .events = events }, read;
        struct fault fault = { .field = "", .says = "" };

        for (int i = 0; i < FIGURE_LINES_MAX; i++)
                lines[i].exact.den = 1;
        for (int i = 0; i < EVENTS_PER_SUBMISSION_MAX; i++)
                events[i] = (struct event) {
                        .kind = EVENT_FIGURE,
                        .figure = { .lines = lines, .line_count = FIGURE_LINES_MAX },
                };
        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&body, 64, 1 << 23), 0);
        ck_assert_int_eq(sink_new(&whole, 64, 1 << 23), 0);
        submission.event_count = (WIRE_SUBMISSION_MAX - 256) / (uint32_t)wire_event_size(events);
        ck_assert_int_eq(wire_write_submission_body(&body, &submission), 0);
        ck_assert_int_eq(wire_write_signed_submission(&whole, sink_bytes(&body),
                         (struct bytes) { (uint8_t[64]) { 0 }, 64 }), 0);
        ck_assert_uint_gt(whole.size, WIRE_SUBMISSION_MAX - 8192);
        ck_assert_int_eq(wire_read_submission(sink_bytes(&whole), &arena, &read, &fault), 0);
        ck_assert_uint_eq(read.event_count, submission.event_count);
        free(events);
        free(lines);
}
END_TEST

static const struct {
        enum message_kind kind;
        size_t most;
} sizes[] = {
        { MESSAGE_CLIENT_FRAME, WIRE_CLIENT_FRAME_MAX },
        { MESSAGE_SUBMISSION, WIRE_SUBMISSION_MAX },
        { MESSAGE_TERMS, WIRE_TERMS_MAX },
        { MESSAGE_RECORD, WIRE_RECORD_MAX },
        { MESSAGE_HUB_FRAME, WIRE_HUB_FRAME_MAX },
        { MESSAGE_CONTROL_REQUEST, WIRE_CONTROL_MAX },
        { MESSAGE_CONTROL_ANSWER, WIRE_CONTROL_MAX },
        { MESSAGE_CHARTER, WIRE_CHARTER_MAX },
        { MESSAGE_DECISIONS, WIRE_DECISIONS_MAX },
};

START_TEST(the_whole_is_too_large)
{
        own(arena) struct arena arena = { 0 };
        union message *message = calloc(1, sizeof(*message));
        uint8_t *zeros = calloc(1, sizes[_i].most + 1);
        struct fault fault = { 0 };

        ck_assert_int_eq(arena_new(&arena, 64), 0);
        for (size_t more = 0; more < 2; more++) {
                struct bytes bytes = { zeros, sizes[_i].most + more };
                int r = message_read(sizes[_i].kind, bytes, &arena, message, &fault);

                ck_assert_int_eq(r, more ? REFUSAL_OVERSIZE : REFUSAL_MALFORMED);
                ck_assert_str_eq(fault.field, "");
                ck_assert(fault.event == REFUSAL_WHOLE);
        }
        free(zeros);
        free(message);
}
END_TEST

/* ---- memory that is too small */

START_TEST(a_small_arena_is_said)
{
        const struct sample *sample = sample_at((size_t)_i);
        own(sink) struct sink sink = { 0 };
        own(arena) struct arena arena = { 0 };
        union message *message = calloc(1, sizeof(*message));
        struct fault fault;
        size_t needed;

        ck_assert_int_eq(sink_new(&sink, 64, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(message_write(sample->kind, sample->message, &sink), 0);
        ck_assert_int_eq(message_read(sample->kind, sink_bytes(&sink), &arena, message, &fault), 0);
        needed = arena.used;
        for (size_t size = 0; size < needed; size += 16) {
                struct arena less = { .data = arena.data, .size = size };
                int r = message_read(sample->kind, sink_bytes(&sink), &less, message, &fault);

                ck_assert_msg(r == -ENOMEM, "%s: %d with %zu of %zu", sample->says, r, size,
                              needed);
        }
        free(message);
}
END_TEST

START_TEST(a_small_sink_stays_as_it_was)
{
        const struct sample *sample = sample_at((size_t)_i);
        own(sink) struct sink sink = { 0 };
        uint8_t *room = malloc(1 << 16);

        ck_assert_int_eq(sink_new(&sink, 64, WIRE_HUB_FRAME_MAX), 0);
        ck_assert_int_eq(message_write(sample->kind, sample->message, &sink), 0);
        for (size_t size = 0; size <= sink.size; size++) {
                struct sink small = sink_on(room, size + 3);
                int r;

                sink_put(&small, (struct bytes) { "abc", 3 });
                r = message_write(sample->kind, sample->message, &small);
                ck_assert_msg(r == (size < sink.size ? -ENOBUFS : 0), "%s: %d", sample->says, r);
                ck_assert(small.size == 3 + (r ? 0 : size));
                ck_assert_int_eq(memcmp(room, "abc", 3), 0);
        }
        free(room);
}
END_TEST

/* ---- what a reader would refuse is not written */

START_TEST(what_is_too_long_is_not_written)
{
        static uint8_t octets[WIRE_TERMS_MAX + 1];
        const struct event events[] = {
                { .kind = EVENT_TERMINATION,
                  .termination = { 1, { octets, TEXT_MAX_LENGTH + 1 } } },
                { .kind = EVENT_OFFER, .offer = { .terms = { octets, WIRE_TERMS_MAX + 1 } } },
        };
        struct submission submission = { .sender = { { "a" }, { "b" } }, .event_count = 1 };
        own(sink) struct sink sink = { 0 };

        ck_assert_int_eq(sink_new(&sink, 64, 1 << 22), 0);
        for (int i = 0; i < COUNT_OF(events); i++) {
                submission.events = &events[i];
                ck_assert_int_eq(wire_write_submission_body(&sink, &submission), -EMSGSIZE);
        }
        submission.event_count = EVENTS_PER_SUBMISSION_MAX + 1;
        ck_assert_int_eq(wire_write_submission_body(&sink, &submission), -EMSGSIZE);
        ck_assert_int_eq(wire_write_signed_submission(&sink, BYTES_OF("body"), BYTES_OF("short")),
                         -EMSGSIZE);
        ck_assert_int_eq((int)sink.size, 0);
}
END_TEST

/* ---- the largest statement there can be */

/* Every list full, every text and figure as long as it gets, no two items the same. */
static void make_largest(struct statement *s)
{
        const wide most = (wide)(~(uwide)0 >> 1);

        *s = (struct statement) {
                .run = { CONTRACT_OF("a", "b", "c"), { 1, 2 }, RUN_FINAL, 1, 3, UINT64_MAX },
                .status = STATEMENT_CALCULATED, .earned = INT64_MIN, .payable = INT64_MIN,
                .has_members = true, .member_rows = UINT64_MAX,
                .line_count = LINES_PER_STATEMENT_MAX, .fact_count = FACTS_PER_STATEMENT_MAX,
                .item_count = LINES_PER_STATEMENT_MAX, .carried_count = CARRIED_PER_STATEMENT_MAX,
                .has_versions = true, .by_bearer = INT64_MIN, .by_earner = INT64_MIN,
                .basis = UINT32_MAX, .disputed_count = DISPUTED_PER_STATEMENT_MAX,
                .disputed_more = UINT32_MAX,
        };
        memset(s->reason.text, 'r', TEXT_MAX_LENGTH);
        for (int i = 0; i < LINES_PER_STATEMENT_MAX; i++) {
                snprintf(s->items[i].text, sizeof(s->items[i].text), "%047d", i);
                s->lines[i] = (struct line) {
                        .step = UINT16_MAX, .code = UINT16_MAX, .item = (uint16_t)(i + 1),
                        .form = UINT16_MAX, .fact = FACTS_PER_STATEMENT_MAX / 2,
                        .facts = FACTS_PER_STATEMENT_MAX / 2,
                        .carried = CARRIED_PER_STATEMENT_MAX, .members = true, .unit = UINT32_MAX,
                        .num = -most - 1, .den = most,
                };
        }
        for (int i = 0; i < FACTS_PER_STATEMENT_MAX; i++)
                s->facts[i] = (struct used_fact) {
                        .index = UINT64_MAX, .event = UINT32_MAX, .kind = FACT_QUALITY_SCORE,
                        .side = UINT32_MAX, .relayed = true, .decided = true, .item = s->items[i],
                        .period = { DATE_NONE + 1, INT32_MAX },
                        .value = { UNIT_RATE, INT64_MIN, INT64_MIN },
                };
        for (int i = 0; i < CARRIED_PER_STATEMENT_MAX; i++)
                s->carried[i] = (struct carried) {
                        .what = UINT32_MAX, .item = s->items[i], .figure = { -most - 1, most },
                        .run = UINT64_MAX,
                };
        for (int i = 0; i < DISPUTED_PER_STATEMENT_MAX; i++) {
                const struct said_value said = {
                        UINT64_MAX, UINT32_MAX, { UNIT_RATE, INT64_MIN, INT64_MIN },
                };

                s->disputed[i] = (struct disputed_fact) {
                        .kind = FACT_QUALITY_SCORE, .item = s->items[i],
                        .period = { DATE_NONE + 1, INT32_MAX }, .bearer = said, .earner = said,
                };
                memset(s->disputed[i].segment.text, 's', NAME_MAX_LENGTH);
        }
}

START_TEST(the_largest_statement_is_within_the_limits_and_comes_back_whole)
{
        struct statement *largest = calloc(1, sizeof(*largest));
        struct record record = { .kind = ENTRY_STATEMENT, .format = 1, .statement = largest }, read;
        const struct bytes signature = { "0123456789012345678901234567890123456789012345678901"
                                         "234567890123", 64 };
        own(sink) struct sink body = { 0 }, signed_record = { 0 };
        own(arena) struct arena arena = { 0 };
        struct fault fault = { .field = "", .says = "" };
        int r;

        make_largest(largest);
        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&body, 64, WIRE_RECORD_MAX), 0);
        ck_assert_int_eq(sink_new(&signed_record, 64, WIRE_RECORD_MAX), 0);
        ck_assert_int_eq(wire_write_record_body(&body, &record), 0);
        ck_assert_int_eq(wire_write_signed_record(&signed_record, sink_bytes(&body), signature), 0);
        ck_assert_msg(signed_record.size <= WIRE_STATEMENT_MAX, "%zu octets", signed_record.size);
        r = wire_read_record(sink_bytes(&signed_record), &arena, &read, &fault);
        ck_assert_msg(r == 0, "%d at %s: %s", r, fault.field, fault.says);
        for (int i = 0; i < LINES_PER_STATEMENT_MAX; i++)
                read.statement->lines[i].unit = UINT32_MAX;
        ck_assert_int_eq(memcmp(read.statement, largest, sizeof(*largest)), 0);
        free(largest);
}
END_TEST

/* ---- the packer's question */

START_TEST(an_event_has_the_size_it_takes)
{
        const struct submission *all = sample_at(3 + (size_t)_i)->message;
        own(sink) struct sink sink = { 0 };
        size_t before = 0;

        ck_assert_int_eq(sink_new(&sink, 64, 1 << 20), 0);
        for (uint32_t count = 0; count <= all->event_count; count++) {
                struct submission some = *all;

                some.event_count = count;
                sink_reset(&sink);
                ck_assert_int_eq(wire_write_submission_body(&sink, &some), 0);
                if (count)
                        ck_assert_uint_eq(sink.size - before,
                                          wire_event_size(&all->events[count - 1]));
                before = sink.size;
        }
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("limits");
        int count = (int)sample_count();

        tcase_add_loop_test(tests, the_most_is_taken_and_one_more_is_not, 0, COUNT_OF(lists));
        tcase_add_test(tests, the_arena_has_room_for_a_submission_full_of_lines);
        tcase_add_loop_test(tests, the_whole_is_too_large, 0, COUNT_OF(sizes));
        tcase_add_loop_test(tests, a_small_arena_is_said, 0, count);
        tcase_add_loop_test(tests, a_small_sink_stays_as_it_was, 0, count);
        tcase_add_test(tests, what_is_too_long_is_not_written);
        tcase_add_test(tests, the_largest_statement_is_within_the_limits_and_comes_back_whole);
        tcase_add_loop_test(tests, an_event_has_the_size_it_takes, 0, 2);
        return run_case(tests, "proto-limits");
}
