/* SPDX-License-Identifier: Apache-2.0 */
/* Statements accepted, disputed, undisputed again. Each by itself: one changes what the next is. */
#include "core/admit.h"

#define CLAIMS_MAX (MONEY_MAX * SEGMENTS_MAX)           /* as much as a statement can say */

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

/* Who is no side of the contract has nothing to say of its statements: an arbiter decides. */
static bool by_a_side_alone(const struct judgement *j, uint32_t place)
{
        if (j->submission->event_count > 1)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "",
                      "what is said of a statement comes in a submission of its own");
        if (view_side(j->view) == SIDE_NEITHER)
                wrong(j, REFUSAL_NOT_PERMITTED, place, "", "only the sides of a contract say this");
        return view_side(j->view) != SIDE_NEITHER;
}

/* Is there anything to agree with, or not to? */
static bool admit_statement(const struct judgement *j, uint32_t place, const char *field,
                            const struct view_statement *statement)
{
        if (!statement->is)
                wrong(j, REFUSAL_NO_SUCH_THING, place, field, NULL);
        else if (!statement->is_calculated)
                wrong(j, REFUSAL_BAD_VALUE, place, field,
                      "nothing was calculated: the statement says what is missing");
        return statement->is && statement->is_calculated;
}

void admit_statement_acceptance(const struct judgement *j, uint32_t place,
                                const struct event *event, const struct view_event *seen)
{
        const struct statement_acceptance *said = &event->statement_acceptance;
        const struct view_statement *statement = &seen->statement;

        if (!by_a_side_alone(j, place) ||
            !admit_statement(j, place, "statement_acceptance.run", statement))
                return;
        if (memcmp(&said->statement_sha256, &statement->sha256, sizeof(statement->sha256)) != 0)
                wrong(j, REFUSAL_BAD_VALUE, place, "statement_acceptance.statement_sha256",
                      "the digest is not that of the run's statement");
        if (!statement->takes_acceptance)
                wrong(j, REFUSAL_STATEMENT_CLOSED, place, "statement_acceptance.run",
                      "it was accepted by this side already, or replaced, or is in dispute");
        else if (statement->has_spoken)
                wrong(j, REFUSAL_SECOND_NODE, place, "statement_acceptance", NULL);
}

static void admit_lines(const struct judgement *j, uint32_t place, const struct dispute *dispute,
                        uint32_t line_count)
{
        for (uint32_t i = 0; i < dispute->line_count; i++) {
                if (dispute->lines[i].line >= line_count)
                        wrong(j, REFUSAL_BAD_VALUE, place, "dispute.lines.line",
                              "the statement has no line at that place");
                if (i && dispute->lines[i].line <= dispute->lines[i - 1].line)
                        wrong(j, REFUSAL_BAD_VALUE, place, "dispute.lines.line",
                              "lines come in their order, each once");
        }
}

void admit_dispute(const struct judgement *j, uint32_t place, const struct event *event,
                   const struct view_event *seen)
{
        const struct view_statement *statement = &seen->statement;
        const struct dispute *dispute = &event->dispute;

        if (!by_a_side_alone(j, place) ||
            !admit_statement(j, place, "dispute.run", statement))
                return;
        if (dispute->claims > CLAIMS_MAX || dispute->claims < -CLAIMS_MAX)
                wrong(j, REFUSAL_BAD_VALUE, place, "dispute.claims",
                      "more than a statement can come to");
        admit_lines(j, place, dispute, statement->line_count);
        if (!dispute->says.size)
                wrong(j, REFUSAL_BAD_VALUE, place, "dispute.says",
                      "the other side has to know why");
        if (!statement->takes_dispute)
                wrong(j, REFUSAL_STATEMENT_CLOSED, place, "dispute.run",
                      "this side has accepted it, or it was posted or replaced");
        else if (statement->disputes_full)
                wrong(j, REFUSAL_STATEMENT_CLOSED, place, "dispute.run",
                      "it has as many open disputes as it may have: take one back first");
}

void admit_dispute_end(const struct judgement *j, uint32_t place, const struct event *event,
                       const struct view_event *seen)
{
        (void)event;
        if (by_a_side_alone(j, place) && !seen->has_dispute)
                wrong(j, REFUSAL_NO_SUCH_THING, place, "dispute_end.dispute",
                      "this side has no open dispute of that index");
}
