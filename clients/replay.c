/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/mssp.h"
#include "core/check.h"
#include "core/lines.h"

const char *replay_status_word(enum replay_status status)
{
        static const char *const words[] = {
#define X(code, word, says) [REPLAY_##code] = (word),
                REPLAY_STATUSES(X)
#undef X
        };

        assert(status < REPLAY_STATUS_COUNT);
        return words[status];
}

struct replay {
        replay_row_fn *call;
        void *data;
        struct replay_summary *summary;
        struct complaints *to;
        struct terms *terms;
        struct statement *statement;
};

/* What is earned; where a limit is missing, what it would be without. */
static bool amount_of(const struct statement *statement, int64_t *ret)
{
        *ret = statement->earned;
        if (statement->status == STATEMENT_CALCULATED)
                return true;
        for (size_t i = 0; i < statement->line_count; i++)
                if (statement->lines[i].code == LINE_AT_MOST) {
                        *ret = (int64_t)statement->lines[i].num;
                        return true;
                }
        return false;
}

static bool settle_case(const struct replay *replay, const struct mssp_case *one, int64_t *ret)
{
        settle(replay->terms, &one->run,
               &(struct settle_inputs) { .facts = one->facts, .fact_count = one->fact_count },
               replay->statement);
        return amount_of(replay->statement, ret);
}

/* By size, unless the published rate is another: then it was elected. */
static int make_terms(const struct replay *replay, const struct mssp_case *one)
{
        int64_t unused;
        int r = mssp_terms(one, false, replay->terms, replay->to);

        if (r || !one->two_sided)
                return r;
        settle_case(replay, one, &unused);
        if (mssp_same_rate(one, replay->statement))
                return 0;
        return mssp_terms(one, true, replay->terms, replay->to);
}

static void shift_quality(struct mssp_case *one, const struct rate *score, int direction)
{
        struct fact *fact = mssp_fact(one, FACT_QUALITY_SCORE);
        struct exact shifted;

        if (!fact)
                return;
        shifted = exact_mul(exact_of(direction), exact_of_rate(one->quality_step));
        shifted = exact_add(exact_of_rate(*score), shifted);
        shifted = exact_min(exact_of(1), exact_max(exact_of(0), shifted));
        fact->value.num = (int64_t)shifted.num;
        fact->value.den = (int64_t)shifted.den;
}

/*
 * Could the published amount come of inputs that print the same? The savings are published to the
 * dollar, the score to some digits: settle at the ends of both.
 */
static bool within_rounding(const struct replay *replay, struct mssp_case *one)
{
        struct fact *cost = mssp_fact(one, FACT_EXPENDITURE),
                    *quality = mssp_fact(one, FACT_QUALITY_SCORE);
        const int64_t spent = cost->value.num;
        const struct rate score = quality ? (struct rate) { quality->value.num, quality->value.den }
                                          : (struct rate) { 0, 1 };
        int64_t low = INT64_MAX, high = INT64_MIN, amount;

        for (int corner = 0; corner < 4; corner++) {
                cost->value.num = spent + (corner & 1 ? 50 : -50);
                shift_quality(one, &score, corner & 2 ? 1 : -1);
                if (!settle_case(replay, one, &amount))
                        continue;
                low = amount < low ? amount : low;
                high = amount > high ? amount : high;
        }
        cost->value.num = spent;
        shift_quality(one, &score, 0);
        return one->published >= low && one->published <= high;
}

static enum replay_status judge(const struct replay *replay, struct mssp_case *one, bool has_amount,
                                int64_t amount)
{
        const int64_t off =
                amount > one->published ? amount - one->published : one->published - amount;

        if (!has_amount || !one->has_published)
                return REPLAY_UNVERIFIABLE;
        if (off == 0)
                return REPLAY_EXACT;
        if (off <= 100)
                return REPLAY_WITHIN_1;
        if (replay->statement->status == STATEMENT_NOT_CALCULABLE)
                return REPLAY_UNVERIFIABLE;
        return within_rounding(replay, one) ? REPLAY_WITHIN_ROUNDING : REPLAY_DIFFERENT;
}

/* Columns without which no row can be read: a file that lacks one is something else. */
static int check_header(const struct csv_row *header, struct complaints *to)
{
        static const char *const needed[] = {
                "case_id", "performance_year", "track", "assigned_beneficiaries",
                "benchmark_total", "benchmark_minus_expenditure",
        };
        int r = 0;

        for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
                if (!csv_has(header, needed[i])) {
                        complaints_add_at(to, header->line, 0, needed[i], "is no column of it");
                        r = REFUSAL_MALFORMED;
                }
        return r;
}

static int on_row(const struct csv_row *csv, void *data)
{
        struct replay *replay = data;
        struct mssp_case one;
        struct replay_row row = { 0 };
        int r;

        if (!csv->header)
                return check_header(csv, replay->to);
        replay->summary->rows++;
        r = mssp_read(csv, &one, replay->to);
        if (!r)
                r = make_terms(replay, &one);
        if (r > 0) {
                replay->summary->rejected++;
                return 0;
        }
        if (r)
                return r;
        row.has_amount = settle_case(replay, &one, &row.computed);
        row.status = judge(replay, &one, row.has_amount, row.computed);
        settle_case(replay, &one, &row.computed); /* once more: judging tried other inputs */
        row.case_id = one.case_id;
        row.published = one.published;
        row.statement = replay->statement;
        replay->summary->counts[row.status]++;
        return replay->call(&row, replay->data);
}

int replay_mssp(struct bytes text, replay_row_fn *call, void *data, struct replay_summary *ret,
                struct complaints *to)
{
        struct replay replay = { .call = call, .data = data, .summary = ret, .to = to };
        int r = -ENOMEM;

        memset(ret, 0, sizeof(*ret));
        replay.terms = malloc(sizeof(*replay.terms));
        replay.statement = calloc(1, sizeof(*replay.statement));
        if (replay.terms && replay.statement)
                r = csv_rows(text, on_row, &replay, to);
        if (!r && ret->rows == 0) {
                complaints_add(to, "", "the file has no rows");
                r = REFUSAL_MALFORMED;
        }
        free(replay.terms);
        free(replay.statement);
        return r;
}
