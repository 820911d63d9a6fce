/* SPDX-License-Identifier: Apache-2.0 */
/* What nodes say of statements, of facts in dispute, of their own settlements and of payments. */
#include "tests/proto/samples.h"

static const struct disputed_line disputed_lines[] = {
        { 3, { -5, 7 } }, { 0, { 123, 1 } },
};
static const struct figure_line figure_lines[] = {
        { 9, { "dual" }, { 1, 2 } }, { 65535, { "" }, { 0, 1 } },
};
static const struct payment_part parts[] = { { 71, 499 }, { UINT64_MAX, 1 } };

#define PERIOD { 20089, 20454 }
static const struct event events[] = {
        { .kind = EVENT_STATEMENT_ACCEPTANCE,
          .statement_acceptance = { 71, { { O32(0x57) } } } },
        { .kind = EVENT_DISPUTE,
          .dispute = { .run = 71, .claims = -9, .lines = disputed_lines, .line_count = 2,
                       .says = SPAN_OF("Of our claims,\n\ttwo are missing."),
                       .has_evidence = true, .evidence_sha256 = { { O32(0xe1) } },
                       .evidence = SPAN_OF("remittance of 3 May") } },
        { .kind = EVENT_DISPUTE, .dispute = { .run = 0, .says = SPAN_OF("No.") } },
        { .kind = EVENT_DISPUTE_END, .dispute_end = { 80 } },
        { .kind = EVENT_RESOLUTION,
          .resolution = { SPAN_OF("decisions"), SPAN_OF("Let us meet in the middle.") } },
        { .kind = EVENT_RESOLUTION_ACCEPTANCE,
          .resolution_acceptance = { 81, { { O32(0xdc) } } } },
        { .kind = EVENT_DETERMINATION,
          .determination = { { octets_of_terms, sizeof(octets_of_terms) }, SPAN_OF("So it is.") } },
        { .kind = EVENT_FIGURE,
          .figure = { .period = PERIOD, .earned = -500, .has_payable = true, .payable = 0,
                      .terms_version = 2, .lines = figure_lines, .line_count = 2,
                      .has_supersedes = true, .supersedes = 0 } },
        { .kind = EVENT_FIGURE, .figure = { .period = PERIOD, .earned = 1 } },
        { .kind = EVENT_PAYMENT,
          .payment = { .direction = PAYMENT_SENT, .trace = { "ach-0042" }, .day = 20600,
                       .cents = 500, .parts = parts, .part_count = 2, .method = { "ach" },
                       .has_supersedes = true, .supersedes = 0 } },
        { .kind = EVENT_PAYMENT,
          .payment = { .direction = PAYMENT_RECEIVED, .trace = { "1" }, .day = -1 } },
        { .kind = EVENT_RUN_REQUEST,
          .run_request = { .period = PERIOD, .kind = RUN_FINAL, .payment = 20600, .has_plan = true,
                           .plan_sha256 = { { O32(0x9a) } } } },
};
static const struct submission said = {
        .format = 1, .hub = { { O16(0x11) } }, .sender = { { "a" }, { "b" } },
        .contract = CONTRACT_OF("a", "b", "c"), .stream = { { O16(0x22) } }, .sequence = 1,
        .made_at = 1, .events = events, .event_count = sizeof(events) / sizeof(events[0]),
};

static const struct decision decided[] = {
        { FACT_EXPENDITURE, { "ma-hmo" }, { "inpatient" }, PERIOD, { UNIT_CENTS, -7, 1 } },
        { FACT_MEMBER_MONTHS, { "" }, { "" }, PERIOD, { UNIT_COUNT, 12000, 1 } },
        { FACT_QUALITY_SCORE, { "" }, { "" }, PERIOD, { UNIT_RATE, 9, 10 } },
        { FACT_LOW_REVENUE, { "" }, { "" }, PERIOD, { UNIT_FLAG, 0, 1 } },
};
static const struct dispute_end closed[] = { { 80 }, { 0 } };
static const struct decisions decisions = {
        CONTRACT_OF("a", "b", "c"), decided, 4, closed, 2,
};
static const struct decisions no_decisions = { .contract = CONTRACT_OF("a", "b", "c") };

const struct sample samples_of_what_is_said[] = {
        { "a submission with what is said of statements and payments", MESSAGE_SUBMISSION, &said,
          "format=1 hub_id=16*11 sender=\"a/b\" contract=\"a/b/c\" stream=16*22 sequence=1 "
          "made_at=1 events{statement_acceptance{run=71 statement_sha256=32*57}} "
          "events{dispute{run=71 claims=-9 lines{line=3 exact=\"-5/7\"} lines{line=0 "
          "exact=\"123\"} says=\"Of our claims,\n\ttwo are missing.\" evidence_sha256=32*e1 "
          "evidence=\"remittance of 3 May\"}} events{dispute{run=0 claims=0 says=\"No.\"}} "
          "events{dispute_end{dispute=80}} events{resolution{decisions=\"decisions\" says=\"Let "
          "us meet in the middle.\"}} events{resolution_acceptance{resolution=81 "
          "decisions_sha256=32*dc}} events{determination{decisions=300*00 says=\"So it is.\"}} "
          "events{figure{period_from=20089 period_until=20454 earned=-500 payable=0 "
          "terms_version=2 lines{code=9 item=\"dual\" exact=\"1/2\"} lines{code=65535 "
          "exact=\"0\"} supersedes=0}} events{figure{period_from=20089 period_until=20454 "
          "earned=1}} events{payment{direction=PAYMENT_SENT trace=\"ach-0042\" day=20600 "
          "cents=500 parts{run=71 cents=499} parts{run=18446744073709551615 cents=1} "
          "method=\"ach\" supersedes=0}} events{payment{direction=PAYMENT_RECEIVED trace=\"1\" "
          "day=-1 cents=0}} events{run_request{period_from=20089 period_until=20454 "
          "kind=RUN_FINAL payment=20600 plan_sha256=32*9a}}" },
        { "decisions on facts of every unit and on disputes", MESSAGE_DECISIONS, &decisions,
          "format=1 contract=\"a/b/c\" facts{kind=4 segment=\"ma-hmo\" item=\"inpatient\" "
          "period_from=20089 period_until=20454 cents=-7} facts{kind=3 period_from=20089 "
          "period_until=20454 count=12000} facts{kind=10 period_from=20089 period_until=20454 "
          "rate{num=9 den=10}} facts{kind=16 period_from=20089 period_until=20454 flag=false} "
          "disputes{dispute=80} disputes{dispute=0}" },
        { "decisions on nothing", MESSAGE_DECISIONS, &no_decisions,
          "format=1 contract=\"a/b/c\"" },
        { 0 },
};
