/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of reconciling, and the answers. */
#include "tests/proto/samples.h"

#define ABC CONTRACT_OF("a", "b", "c")
#define ASKS(...) { .kind = CLIENT_QUERY, .query = { __VA_ARGS__ } }
static const struct client_frame queries[] = {
        ASKS(.id = 12, .kind = QUERY_MATCHES, .contract = ABC),
        ASKS(.id = 13, .kind = QUERY_MATCHES, .contract = ABC, .has_period = true,
             .period = { 0, 0 }, .after = SPAN_OF("cursor"), .most = 6),
        ASKS(.id = 14, .kind = QUERY_RECON),
        ASKS(.id = 15, .kind = QUERY_RECON, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 7),
        ASKS(.id = 16, .kind = QUERY_JOURNAL, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 8),
        ASKS(.id = 17, .kind = QUERY_BALANCES, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 9),
        ASKS(.id = 18, .kind = QUERY_PAYMENTS, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 10),
        ASKS(.id = 19, .kind = QUERY_DISPUTES, .contract = ABC, .after = SPAN_OF("cursor"),
             .most = 11),
        ASKS(.id = 20, .kind = QUERY_COMPARE, .contract = ABC, .period = { 1, 2 },
             .side = SIDE_EARNER),
        ASKS(.id = 21, .kind = QUERY_ROSTER, .contract = ABC, .period = { 1, 2 },
             .segment = { "s" }, .after = SPAN_OF("cursor"), .most = 12),
        ASKS(.id = 22, .kind = QUERY_PREVIEW, .contract = ABC, .period = { 1, 2 }, .payment = 3,
             .run_kind = RUN_FINAL, .has_as_of = true, .as_of = 0, .as_of_time = -1),
};

/* ---- answers */

static const struct match_row matches[] = {
        { FACT_EXPENDITURE, { "s" }, { "i" }, { 1, 2 }, MATCH_DISPUTED, SIDE_BEARER, REPORT_MUST,
          true, true, true, { 55, 4, 1700000000000001, -9, 1, 3, true },
          { 56, 0, 1700000000000002, -8, 1, DATE_NONE, false },
          { 57, 1, -3, 1, 2, DATE_NONE, false }, 1700000000000003, false, true },
        { .kind = FACT_HEAD_COUNT, .period = { 1, 2 }, .result = MATCH_EARNER_ONLY,
          .of_record = SIDE_BEARER, .other = REPORT_NONE, .has_earner = true,
          .earner = { .den = 1, .paid_through = DATE_NONE }, .window_over = true },
};
static const struct recon_row recons[] = {
        { ABC, { 1, 2 }, STANDING_BINDING, 1, 2, 3, 4, 5, 71, RUN_RESTATED, LIFE_DISPUTED, true,
          -6, 7, -8, DUE_PAYMENT_OVERDUE, 1700000000000004, 7, STALE_FACTS,
          WITNESSING_AWAITED, 2 },
        { .contract = ABC, .period = { 2, 3 }, .standing = STANDING_SHADOW },
};
static const struct journal_row journal[] = {
        { 73, 1700000000000005,
          { 71, ABC, JOURNAL_PENDING, 2, { { { "a" }, ACCOUNT_HELD_PAYABLE, -5 },
            { { "b" }, ACCOUNT_HELD_RECEIVABLE, 5 } }, { "held" }, PURPOSE_HOLD, 72, 70, { "t" } },
          JOURNAL_VOIDED, 90, 1700000000000006, { "the dispute was withdrawn" } },
        { .index = 74, .time = 1, .entry = { .contract = ABC, .state = JOURNAL_POSTED },
          .state = JOURNAL_POSTED },
};
static const struct balance_row balances[] = {
        { ABC, { "a" }, ACCOUNT_SETTLEMENT_PAYABLE, 1, 2, 3, 4, 5, 6 },
};
static const struct payment_part parts[] = { { 71, 5 } };
static const struct payment_row payments[] = {
        { { "ach-1" }, SIDE_EARNER, PAYMENT_PARTIAL, true, true,
          { 91, 1700000000000007, { PAYMENT_SENT, { "ach-1" }, 3, 5, parts, 1, { "ach" }, true,
            0 } },
          { 92, 1700000000000008, { .direction = PAYMENT_RECEIVED, .trace = { "ach-1" },
            .day = 4, .cents = 5 } },
          93, { "5 of 6 cents" } },
        { .trace = { "2" }, .payer = SIDE_BEARER, .state = PAYMENT_UNMATCHED,
          .says = { "not received" } },
};
static const struct disputed_line disputed_lines[] = { { 3, { -5, 7 } } };
static const struct decision decided[] = {
        { FACT_QUALITY_SCORE, { "" }, { "" }, { 1, 2 }, { UNIT_RATE, 9, 10 } },
};
static const struct dispute_end closed[] = { { 80 } };
static const struct dispute_row disputes[] = {
        { .what = DISPUTE_OF_STATEMENT, .index = 80, .time = 1700000000000009,
          .by = { { "b" }, { "one" } }, .side = SIDE_EARNER, .state = DISPUTE_ENDED,
          .has_dispute = true,
          .dispute = { .run = 71, .claims = 9, .lines = disputed_lines, .line_count = 1,
                       .says = SPAN_OF("no") }, .ended = 81 },
        { .what = DISPUTE_DETERMINATION, .index = 81, .time = 1, .by = { { "judge" }, { "one" } },
          .side = SIDE_NEITHER, .state = DISPUTE_IN_FORCE, .has_decisions = true,
          .decisions = { ABC, decided, 1, closed, 1 }, .says = SPAN_OF("So it\nis.") },
};
static const struct statement compared = {
        .run = { ABC, { 1, 2 }, RUN_FINAL, 1, 3, 71 },
        .terms_version = 1, .standing = STANDING_BINDING, .status = STATEMENT_CALCULATED,
        .fact_count = 1,
        .facts = { { .index = 5, .kind = FACT_EXPENDITURE, .side = SIDE_BEARER, .decided = true,
                     .period = { 1, 2 }, .value = { UNIT_CENTS, -9, 1 } } },
};
static const struct figure_difference differences[] = {
        { DIFFERS_BY_ROUNDING, 4, { 1, 2 }, { -1, 3 }, { "rounded up" } },
        { DIFFERS_BY_SILENCE, 5, { 0, 1 }, { 0, 1 }, { "not said" } },
};
static const struct comparison comparison = { 95, -1, 2, &compared, 3, differences, 2 };
static const struct roster_difference roster_differences[] = {
        { { O16(0xaa) }, 660, ROSTER_BEARER_ONLY, true, false, -5, 0, 1000000, 0, 2, 0 },
        { { O16(0xab) }, 661, ROSTER_EARNER_ONLY, false, true, 0, 6, 0, 1, 0, 0 },
        { { O16(0xac) }, 662, ROSTER_RISK | ROSTER_CENTS, true, true, 1, 2, 3, 4, 0, 0 },
};
static const struct roster_match roster = {
        1, 2, 3, 4, -5, 6, 7, 8, 9, MATCH_WITHIN, roster_differences, 3,
};
static const struct statement_row statements[] = {
        { 71, 72, 1700000000000006, ABC, { 1, 2 }, RUN_FINAL, 1, STATEMENT_CALCULATED, -8, 8,
          false, 0, LIFE_ISSUED, 2, 1700000000000010, true, 0, WITNESSING_SEEN, 3 },
};
static const struct hub_frame answer = {
        .kind = HUB_ANSWER,
        .answer = { .id = 12, .as_of = 99, .matches = matches, .match_count = 2, .recons = recons,
                    .recon_count = 2, .journal = journal, .journal_count = 2,
                    .balances = balances, .balance_count = 1, .payments = payments,
                    .payment_count = 2, .disputes = disputes, .dispute_count = 2,
                    .comparison = &comparison, .roster = &roster, .statements = statements,
                    .statement_count = 1 },
};

const struct sample samples_of_recon[] = {
        { "query matches, the least", MESSAGE_CLIENT_FRAME, &queries[0],
          "query{id=12 matches{contract=\"a/b/c\"}}" },
        { "query matches of a period", MESSAGE_CLIENT_FRAME, &queries[1],
          "query{id=13 matches{contract=\"a/b/c\" period_from=0 period_until=0 after=\"cursor\" "
          "most=6}}" },
        { "query recon, the least", MESSAGE_CLIENT_FRAME, &queries[2],
          "query{id=14 recon{}}" },
        { "query recon", MESSAGE_CLIENT_FRAME, &queries[3],
          "query{id=15 recon{contract=\"a/b/c\" after=\"cursor\" most=7}}" },
        { "query journal", MESSAGE_CLIENT_FRAME, &queries[4],
          "query{id=16 journal{contract=\"a/b/c\" after=\"cursor\" most=8}}" },
        { "query balances", MESSAGE_CLIENT_FRAME, &queries[5],
          "query{id=17 balances{contract=\"a/b/c\" after=\"cursor\" most=9}}" },
        { "query payments", MESSAGE_CLIENT_FRAME, &queries[6],
          "query{id=18 payments{contract=\"a/b/c\" after=\"cursor\" most=10}}" },
        { "query disputes", MESSAGE_CLIENT_FRAME, &queries[7],
          "query{id=19 disputes{contract=\"a/b/c\" after=\"cursor\" most=11}}" },
        { "query compare", MESSAGE_CLIENT_FRAME, &queries[8],
          "query{id=20 compare{contract=\"a/b/c\" period_from=1 period_until=2 side=2}}" },
        { "query roster", MESSAGE_CLIENT_FRAME, &queries[9],
          "query{id=21 roster{contract=\"a/b/c\" period_from=1 period_until=2 segment=\"s\" "
          "most=12 after=\"cursor\"}}" },
        { "a query as of then", MESSAGE_CLIENT_FRAME, &queries[10],
          "query{id=22 preview{contract=\"a/b/c\" period_from=1 period_until=2 payment=3 "
          "kind=RUN_FINAL} as_of=0 as_of_time=-1}" },
        { "an answer with all about reconciling", MESSAGE_HUB_FRAME, &answer,
          "answer{id=12 as_of=99 statements{run=71 index=72 time=1700000000000006 "
          "contract=\"a/b/c\" period_from=1 period_until=2 kind=RUN_FINAL number=1 "
          "status=CALCULATED earned=-8 payable=8 relayed=false life=1 accepted_by=2 "
          "answer_until=1700000000000010 held=0 witness=2 witness_sides=3} matches{kind=4 "
          "segment=\"s\" item=\"i\" "
          "period_from=1 period_until=2 result=3 of_record=1 other=3 bearer{index=55 event=4 "
          "time=1700000000000001 num=-9 den=1 paid_through=3 relayed=true} earner{index=56 "
          "event=0 time=1700000000000002 num=-8 den=1 relayed=false} decided{index=57 event=1 "
          "time=-3 num=1 den=2 relayed=false} answer_until=1700000000000003 window_over=false "
          "held=true} matches{kind=1 period_from=1 period_until=2 result=5 of_record=1 other=1 "
          "earner{index=0 event=0 time=0 num=0 den=1 relayed=false} window_over=true held=false} "
          "recons{contract=\"a/b/c\" period_from=1 period_until=2 standing=3 agreed=1 "
          "missing_bearer=2 missing_earner=3 one_sided=4 disputed=5 run=71 run_kind=RUN_RESTATED "
          "life=2 payable=-6 held=7 open=-8 due=7 due_at=1700000000000004 due_for=7 stale=1 "
          "witness=1 witness_sides=2} recons{contract=\"a/b/c\" period_from=2 period_until=3 "
          "standing=1 agreed=0 "
          "missing_bearer=0 missing_earner=0 one_sided=0 disputed=0 due_for=0} journal{index=73 "
          "time=1700000000000005 entry{run=71 contract=\"a/b/c\" state=1 legs{party=\"a\" "
          "account=3 cents=-5} legs{party=\"b\" account=4 cents=5} says=\"held\" purpose=2 "
          "cause=72 reverses=70 trace=\"t\"} state=3 changed=90 changed_at=1700000000000006 "
          "changed_says=\"the dispute was withdrawn\"} journal{index=74 time=1 entry{run=0 "
          "contract=\"a/b/c\" state=2 says=\"\"} state=2} balances{contract=\"a/b/c\" "
          "party=\"a\" account=1 debits_pending=1 credits_pending=2 debits_posted=3 "
          "credits_posted=4 debits_voided=5 credits_voided=6} payments{trace=\"ach-1\" payer=2 "
          "state=2 sent{index=91 time=1700000000000007 payment{direction=PAYMENT_SENT "
          "trace=\"ach-1\" day=3 cents=5 parts{run=71 cents=5} method=\"ach\" supersedes=0}} "
          "received{index=92 time=1700000000000008 payment{direction=PAYMENT_RECEIVED "
          "trace=\"ach-1\" day=4 cents=5}} entry=93 says=\"5 of 6 cents\"} payments{trace=\"2\" "
          "payer=1 state=3 says=\"not received\"} disputes{what=1 index=80 time=1700000000000009 "
          "by=\"b/one\" side=2 state=3 dispute{run=71 claims=9 lines{line=3 exact=\"-5/7\"} "
          "says=\"no\"} ended=81} disputes{what=3 index=81 time=1 by=\"judge/one\" side=3 "
          "state=2 decisions{format=1 contract=\"a/b/c\" facts{kind=10 period_from=1 "
          "period_until=2 rate{num=9 den=10}} disputes{dispute=80}} says=\"So it\nis.\"} "
          "comparison{figure=95 earned=-1 payable=2 statement{run=71 contract=\"a/b/c\" "
          "period_from=1 period_until=2 kind=RUN_FINAL number=1 payment=3 terms_version=1 "
          "terms_index=0 terms_sha256=32*00 standing=3 relayed=false status=CALCULATED earned=0 "
          "payable=0 facts{index=5 event=0 kind=4 side=1 relayed=false num=-9 den=1 "
          "decided=true}} lines_agreed=3 differences{cause=4 line=4 hub=\"1/2\" theirs=\"-1/3\" "
          "says=\"rounded up\"} differences{cause=7 line=5 hub=\"0\" theirs=\"0\" says=\"not "
          "said\"}} roster{both=1 differ=2 bearer_only=3 earner_only=4 bearer_cents=-5 "
          "earner_cents=6 members_both=7 members_bearer_only=8 members_earner_only=9 result=2 "
          "differences{member=16*aa month=660 what=1 bearer_cents=-5 bearer_risk=1000000 "
          "bearer_category=2} differences{member=16*ab month=661 what=2 earner_cents=6 "
          "earner_risk=1 earner_category=0} differences{member=16*ac month=662 what=24 "
          "bearer_cents=1 earner_cents=2 bearer_risk=3 earner_risk=4 bearer_category=0 "
          "earner_category=0}}}" },
        { 0 },
};
