/* SPDX-License-Identifier: Apache-2.0 */
/* What a struct says after reading, beyond what writing it again would show. */
#include <string.h>

#include "core/own.h"
#include "tests/proto/assemble.h"
#include "tests/proto/run.h"
#include "tests/proto/samples.h"

static struct arena arena;
static struct sink sink;
static union message *message;

static void set_up(void)
{
        ck_assert_int_eq(arena_new(&arena, WIRE_ARENA_SIZE), 0);
        ck_assert_int_eq(sink_new(&sink, 64, 1 << 22), 0);
        message = malloc(sizeof(*message));
        memset(message, 0xee, sizeof(*message));        /* whatever was there must not be left */
}

static void tear_down(void)
{
        arena_free(&arena);
        sink_free(&sink);
        free(message);
}

static void read_sample(const char *says)
{
        const struct sample *sample;
        struct fault fault;

        for (size_t place = 0;; place++) {
                sample = sample_at(place);
                ck_assert_ptr_nonnull(sample);
                if (strcmp(sample->says, says) == 0)
                        break;
        }
        ck_assert_int_eq(message_write(sample->kind, sample->message, &sink), 0);
        ck_assert_int_eq(message_read(sample->kind, sink_bytes(&sink), &arena, message, &fault), 0);
}

static bool within(struct bytes span, const void *memory, size_t size)
{
        const uint8_t *first = memory, *at = span.data;

        return at >= first && at + span.size <= first + size;
}

START_TEST(spans_lie_in_the_frame_and_rows_in_the_arena)
{
        const struct submission *submission = &message->submission;

        read_sample("a submission with every event but a fact");
        ck_assert(bytes_equal(submission->frame, sink_bytes(&sink)));
        ck_assert(submission->frame.data == sink.data);
        ck_assert(within(submission->body, sink.data, sink.size));
        ck_assert(within(submission->signature, sink.data, sink.size));
        ck_assert_uint_eq(submission->signature.size, 64);
        ck_assert(within((struct bytes) { submission->events, sizeof(struct event) }, arena.data,
                         arena.size));
        ck_assert(within(submission->events[0].offer.terms, sink.data, sink.size));
        ck_assert(within(submission->events[0].offer.relayed.document, sink.data, sink.size));
        ck_assert(within(submission->events[3].termination.reason, sink.data, sink.size));
}
END_TEST

START_TEST(a_submission_in_a_frame_keeps_its_own_bytes)
{
        const struct submission *submission = &message->client_frame.submission;
        own(sink) struct sink again = { 0 };

        read_sample("a submission in its frame");
        ck_assert_int_eq(message->client_frame.kind, CLIENT_SUBMISSION);
        ck_assert(within(submission->frame, sink.data, sink.size));
        ck_assert_uint_lt(submission->frame.size, sink.size);
        ck_assert_int_eq(sink_new(&again, 64, 1 << 20), 0);
        ck_assert_int_eq(wire_write_submission_frame(&again, submission->frame), 0);
        ck_assert(bytes_equal(sink_bytes(&again), sink_bytes(&sink)));
}
END_TEST

START_TEST(a_fact_has_its_unit_and_what_is_absent_says_so)
{
        const struct event *events;

        read_sample("a submission with facts of every unit");
        events = message->submission.events;
        ck_assert_int_eq(events[0].fact.value.unit, UNIT_CENTS);
        ck_assert(events[0].fact.value.num == -MONEY_MAX);
        ck_assert(events[0].fact.value.den == 1);
        ck_assert_int_eq(events[0].fact.key.paid_through, 20500);
        ck_assert(events[0].fact.relayed.is);
        ck_assert_int_eq(events[1].fact.value.unit, UNIT_COUNT);
        ck_assert(events[1].fact.value.den == 1);
        ck_assert_int_eq(events[1].fact.key.paid_through, DATE_NONE);
        ck_assert(!events[1].fact.relayed.is);
        ck_assert(!events[1].fact.has_supersedes);
        ck_assert_int_eq(events[2].fact.value.unit, UNIT_RATE);
        ck_assert(events[2].fact.value.num == -3);
        ck_assert(events[2].fact.value.den == 1000);
        ck_assert_int_eq(events[3].fact.value.unit, UNIT_FLAG);
        ck_assert(events[3].fact.value.num == 0);
        ck_assert(events[3].fact.value.den == 1);
        ck_assert(events[3].fact.has_supersedes);
        ck_assert(events[4].fact.value.num == 1);
        ck_assert(contract_id_empty(&message->submission.contract));
        ck_assert(name_empty(&message->submission.on_behalf_of));
}
END_TEST

START_TEST(an_end_that_is_not_given_is_no_date)
{
        read_sample("a submission with every event but a fact");
        ck_assert_int_eq(message->submission.events[5].relation.until, 20000);
        ck_assert_int_eq(message->submission.events[6].relation.until, DATE_NONE);
        ck_assert(message->submission.events[1].offer.open_until == 0);
}
END_TEST

START_TEST(tables_lie_together_in_the_terms)
{
        const struct terms *terms = &message->terms;

        read_sample("terms with everything");
        ck_assert_int_eq(terms->band_count, 3);
        ck_assert_int_eq(terms->steps[0].params[0].bands.first, 0);
        ck_assert_int_eq(terms->steps[0].params[0].bands.count, 2);
        ck_assert_int_eq(terms->steps[2].params[4].bands.first, 2);
        ck_assert_int_eq(terms->steps[2].params[4].bands.count, 1);
        ck_assert(terms->bands[2].from == -1);
        ck_assert(terms->rules[1].tolerance_share.num == 0);
        ck_assert(terms->rules[1].tolerance_share.den == 1);
        ck_assert_int_eq(terms->steps[2].params[3].type, PARAM_FLAG);
        ck_assert(!terms->steps[2].params[3].flag);
}
END_TEST

START_TEST(a_used_fact_has_the_unit_of_its_kind)
{
        const struct statement *statement;

        read_sample("a statement");
        statement = message->record.statement;
        ck_assert(within((struct bytes) { statement, sizeof(*statement) }, arena.data, arena.size));
        ck_assert_int_eq(statement->facts[0].value.unit, UNIT_CENTS);
        ck_assert_int_eq(statement->facts[1].value.unit, UNIT_RATE);
        ck_assert_int_eq(statement->facts[2].value.unit, UNIT_FLAG);
        ck_assert(statement->lines[1].num == -5);
        ck_assert(statement->lines[1].den == 7);
        ck_assert_str_eq(statement->reason.text, "");
}
END_TEST

START_TEST(a_disputed_fact_has_the_unit_of_its_kind_on_both_sides)
{
        const struct statement *statement;

        read_sample("a statement");
        statement = message->record.statement;
        ck_assert_int_eq(statement->disputed[0].bearer.value.unit, UNIT_CENTS);
        ck_assert_int_eq(statement->disputed[0].earner.value.unit, UNIT_CENTS);
        ck_assert_int_eq(statement->disputed[1].bearer.value.unit, UNIT_RATE);
        ck_assert_int_eq(statement->disputed[1].earner.value.unit, UNIT_RATE);
}
END_TEST

START_TEST(a_statement_that_is_compared_is_as_whole_as_a_record)
{
        const struct statement *statement;

        read_sample("an answer with all about reconciling");
        statement = message->hub_frame.answer.comparison->statement;
        ck_assert_int_eq(statement->facts[0].value.unit, UNIT_CENTS);
        ck_assert_int_eq(statement->facts[0].period.from, 1);
        ck_assert_int_eq(statement->facts[0].period.until, 2);
}
END_TEST

START_TEST(what_a_side_did_not_say_of_a_roster_is_not_set)
{
        const struct roster_difference *rows;

        read_sample("an answer with all about reconciling");
        rows = message->hub_frame.answer.roster->differences;
        ck_assert(rows[0].has_bearer);
        ck_assert(!rows[0].has_earner);
        ck_assert(!rows[1].has_bearer);
        ck_assert(rows[1].has_earner);
        ck_assert(rows[2].has_bearer);
        ck_assert(rows[2].has_earner);
}
END_TEST

START_TEST(what_terms_do_not_say_of_disputes_is_not_set)
{
        read_sample("terms that say how disputes end, and nothing of it");
        ck_assert(message->terms.reconciling.is);
        ck_assert_int_eq(message->terms.reconciling.historical_until, DATE_NONE);
        ck_assert_int_eq(message->terms.reconciling.decides, DECIDER_NOBODY);
        sink_reset(&sink);
        read_sample("terms with the least");
        ck_assert(!message->terms.reconciling.is);
}
END_TEST

START_TEST(a_line_has_the_place_of_its_item_and_what_it_was_read_from)
{
        const struct statement *s;

        read_sample("a statement");
        s = message->record.statement;
        ck_assert_uint_eq(s->item_count, 2);
        ck_assert_str_eq(line_item(s, &s->lines[0])->text, "esrd");
        ck_assert_str_eq(line_item(s, &s->lines[1])->text, "aged/dual");
        ck_assert_uint_eq(s->lines[2].item, s->lines[0].item);
        ck_assert_ptr_null(line_item(s, &s->lines[3]));
        ck_assert_uint_eq(s->lines[0].fact, 0);
        ck_assert_uint_eq(s->lines[0].facts, 3);
        ck_assert_uint_eq(s->lines[1].form, 3);
        ck_assert_str_eq(s->carried[s->lines[2].carried - 1].item.text, "a1c");
        ck_assert(s->lines[2].members && !s->lines[1].members);
        ck_assert_int_eq(s->facts[0].period.from, 20089);
        ck_assert_int_eq(s->facts[1].period.from, 19724);
        ck_assert_int_eq(s->facts[2].period.until, 20454);
        ck_assert(s->has_members);
        ck_assert_uint_eq(s->member_rows, 12000);
}
END_TEST

#define STATEMENT "1:1 2\"a/b/c\" 3:100 4:201 5:3 6:1 7:4 8:1 9:1 10*32=77 11:3 12:0 13:2 "
#define IN_RECORD(lines) "1{1:1 2*16=33 10{" STATEMENT lines "}} 2*64=55"
#define IN_ANSWER(lines) "5{1:1 2:1 10{" STATEMENT lines "}}"
#define OLD_LINE "17{1:1 2:1 3:1 4\"1\"} "
#define OLD_FACT "18{1:1 2:0 3:4 4:1 5:0 7:2 8:2} "

/* As hubs wrote them before lines said what they were read from. */
START_TEST(a_statement_without_what_came_later_is_read)
{
        const struct statement *s;
        struct fault fault;

        assemble(IN_RECORD(OLD_LINE OLD_FACT), &sink);
        ck_assert_int_eq(wire_read_record(sink_bytes(&sink), &arena, &message->record, &fault), 0);
        s = message->record.statement;
        ck_assert_int_eq(s->facts[0].period.from, 50);
        ck_assert_int_eq(s->facts[0].period.until, -101);
        ck_assert(period_equal(s->facts[0].period, s->run.period));
        ck_assert_uint_eq(s->lines[0].facts, 0);
        ck_assert_uint_eq(s->lines[0].carried, 0);
        ck_assert_ptr_null(line_item(s, &s->lines[0]));
        ck_assert_uint_eq(s->item_count, 0);
        ck_assert_uint_eq(s->carried_count, 0);
        ck_assert(!s->has_members);
}
END_TEST

static const struct {
        const char *record, *answer, *field;
} dangling[] = {
#define BOTH(lines, field) { IN_RECORD(lines), IN_ANSWER(lines), field }
        BOTH("17{1:1 2:1 3:1 4\"1\" 8:1} ", "lines.facts"),
        BOTH("17{1:1 2:1 3:1 4\"1\" 7:1 8:1} " OLD_FACT, "lines.facts"),
        BOTH("17{1:1 2:1 3:1 4\"1\" 7:65535 8:2} " OLD_FACT OLD_FACT, "lines.facts"),
        BOTH(OLD_LINE "17{1:1 2:1 3:1 4\"1\" 7:2} " OLD_FACT, "lines.facts"),
        BOTH("17{1:1 2:1 3:1 4\"1\" 9:1} ", "lines.carried"),
        BOTH("17{1:1 2:1 3:1 4\"1\" 9:2} 19{1:1 3\"1\" 4:5} ", "lines.carried"),
};

START_TEST(a_line_names_nothing_that_is_not_there)
{
        struct fault fault = { .field = "" };

        assemble(dangling[_i].record, &sink);
        ck_assert_int_eq(wire_read_record(sink_bytes(&sink), &arena, &message->record, &fault),
                         REFUSAL_MALFORMED);
        ck_assert_str_eq(fault.field, dangling[_i].field);
        sink_reset(&sink);
        assemble(dangling[_i].answer, &sink);
        ck_assert_int_eq(wire_read_hub_frame(sink_bytes(&sink), &arena, &message->hub_frame,
                                             &fault), REFUSAL_MALFORMED);
        ck_assert_str_eq(fault.field, dangling[_i].field);
}
END_TEST

START_TEST(an_answer_says_who_a_fact_was_relayed_for)
{
        const struct answer *answer = &message->hub_frame.answer;

        read_sample("an answer with everything at once");
        ck_assert(answer->facts[0].fact.relayed);
        ck_assert(answer->facts[0].by.is);
        ck_assert_str_eq(answer->facts[0].by.party.text, "medicare");
        ck_assert(!answer->facts[1].fact.relayed);
        ck_assert(!answer->facts[1].by.is);
        ck_assert_int_eq(answer->facts[1].fact.key.paid_through, DATE_NONE);
        ck_assert_int_eq(answer->contracts[1].ends, DATE_NONE);
        ck_assert(!answer->refused);
        ck_assert(answer->has_last_signal);
        ck_assert(answer->terms->accepted_count == 2);
        ck_assert_str_eq(answer->terms->accepted_by[1].node.text, "two");
}
END_TEST

START_TEST(a_fault_of_the_whole_names_no_event)
{
        const struct refusal_answer *refusal = &message->hub_frame.refusal;

        read_sample("a refusal of what did not parse");
        ck_assert(refusal->faults[0].event == REFUSAL_WHOLE);
        ck_assert_uint_eq(refusal->faults[0].field.size, 0);
        ck_assert(!refusal->has_stream);
        ck_assert(!refusal->logged);
}
END_TEST

START_TEST(lists_whose_rows_stand_apart_are_whole)
{
        struct fault fault;
        const struct control_answer *answer = &message->control_answer;

        assemble("5{1{1\"a\" 2\"\" 4:0 5:0 6:0} 2:1 3:0} 2\"s\" "
                 "5{1{1\"b\" 2\"\" 4:0 5:0 6:0} 2:2 3:0} 3:7 "
                 "5{1{1\"c\" 2\"\" 4:0 5:0 6:0} 2:3 3:0}", &sink);
        ck_assert_int_eq(wire_read_control_answer(sink_bytes(&sink), &arena,
                                                  &message->control_answer, &fault), 0);
        ck_assert_uint_eq(answer->party_count, 3);
        ck_assert_str_eq(answer->parties[2].admission.party.text, "c");
        ck_assert(answer->has_index);
        ck_assert(answer->index == 7);
}
END_TEST

int main(void)
{
        TCase *tests = tcase_create("values");

        tcase_add_checked_fixture(tests, set_up, tear_down);
        tcase_add_test(tests, spans_lie_in_the_frame_and_rows_in_the_arena);
        tcase_add_test(tests, a_submission_in_a_frame_keeps_its_own_bytes);
        tcase_add_test(tests, a_fact_has_its_unit_and_what_is_absent_says_so);
        tcase_add_test(tests, an_end_that_is_not_given_is_no_date);
        tcase_add_test(tests, tables_lie_together_in_the_terms);
        tcase_add_test(tests, a_used_fact_has_the_unit_of_its_kind);
        tcase_add_test(tests, a_disputed_fact_has_the_unit_of_its_kind_on_both_sides);
        tcase_add_test(tests, a_statement_that_is_compared_is_as_whole_as_a_record);
        tcase_add_test(tests, what_a_side_did_not_say_of_a_roster_is_not_set);
        tcase_add_test(tests, what_terms_do_not_say_of_disputes_is_not_set);
        tcase_add_test(tests, a_line_has_the_place_of_its_item_and_what_it_was_read_from);
        tcase_add_test(tests, a_statement_without_what_came_later_is_read);
        tcase_add_loop_test(tests, a_line_names_nothing_that_is_not_there, 0, COUNT_OF(dangling));
        tcase_add_test(tests, an_answer_says_who_a_fact_was_relayed_for);
        tcase_add_test(tests, a_fault_of_the_whole_names_no_event);
        tcase_add_test(tests, lists_whose_rows_stand_apart_are_whole);
        return run_case(tests, "proto-values");
}
