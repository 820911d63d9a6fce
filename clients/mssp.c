/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/mssp.h"

#include <errno.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/template.h"
#include "core/check.h"
#include "core/lines.h"

struct reading {
        const struct csv_row *row;
        struct mssp_case *one;
        struct complaints *to;
        int r;
};

static void wrong(struct reading *reading, const char *column, const char *says)
{
        reading->r = complaints_add_at(reading->to, reading->row->line, 0, column, "%s", says);
}

static bool is_text(struct bytes text, const char *word)
{
        return bytes_equal(text, (struct bytes) { word, strlen(word) });
}

static void add_fact(struct reading *reading, enum fact_kind kind, int64_t num, int64_t den)
{
        struct mssp_case *one = reading->one;
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        struct fact *fact = &one->facts[one->fact_count];

        assert(one->fact_count < MSSP_FACTS_MAX);
        *fact = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .period = one->run.period,
                         .paid_through = DATE_NONE },
                .value = { info->unit, num, den },
                .event = (uint32_t)one->fact_count,
                .side = info->customary,
        };
        if (fact_value_fault(kind, &fact->value))
                wrong(reading, info->name, fact_value_fault(kind, &fact->value));
        one->fact_count++;
}

/* Whole dollars, in places with decimals. False when the column is empty. */
static bool money_column(struct reading *reading, const char *column, bool needed, int64_t *ret)
{
        const struct bytes text = csv_field(reading->row, column);
        const char *fault = NULL;

        *ret = 0;
        if (text.size)
                fault = money_parse(text, ret);
        else if (needed)
                fault = "is empty";
        if (fault)
                wrong(reading, column, fault);
        return text.size && !fault;
}

static int64_t number_column(struct reading *reading, const char *column, int64_t otherwise)
{
        const struct bytes text = csv_field(reading->row, column);
        int64_t number = otherwise;
        const char *fault = text.size ? count_parse(text, &number) : NULL;

        if (!text.size && otherwise < 0)
                fault = "is empty";
        if (fault)
                wrong(reading, column, fault);
        return number;
}

static bool flag_column(struct reading *reading, const char *column)
{
        return is_text(csv_field(reading->row, column), "1");
}

static void read_track(struct reading *reading)
{
        static const struct {
                const char *track, *template_name;
                bool two_sided;
        } tracks[] = {
                { "TRACK_1", "mssp-track-1", false }, { "TRACK_1_PLUS", "mssp-track-1-plus", true },
                { "TRACK_2", "mssp-track-2", true },  { "TRACK_3", "mssp-track-3", true },
                { "BASIC_A", "mssp-basic-a", false }, { "BASIC_B", "mssp-basic-b", false },
                { "BASIC_C", "mssp-basic-c", true },  { "BASIC_D", "mssp-basic-d", true },
                { "BASIC_E", "mssp-basic-e", true },  { "ENHANCED", "mssp-enhanced", true },
        };
        const struct bytes track = csv_field(reading->row, "track");

        for (size_t i = 0; i < sizeof(tracks) / sizeof(tracks[0]); i++)
                if (is_text(track, tracks[i].track)) {
                        reading->one->template_name = tracks[i].template_name;
                        reading->one->two_sided = tracks[i].two_sided;
                        return;
                }
        wrong(reading, "track", "is no track of the program");
}

/* "7/1/2019", "1/1/16 00:00": month and year are all that is asked. */
static bool start_parse(struct bytes text, int *ret_month, int *ret_year)
{
        char copy[32];
        int day, year;

        if (text.size == 0 || text.size >= sizeof(copy))
                return false;
        memcpy(copy, text.data, text.size);
        copy[text.size] = '\0';
        if (sscanf(copy, "%2d/%2d/%4d", ret_month, &day, &year) != 3 || *ret_month < 1 ||
            *ret_month > 12)
                return false;
        *ret_year = year < 100 ? 2000 + year : year;
        return *ret_year >= 2012 && *ret_year <= 2099;
}

static void read_period(struct reading *reading)
{
        struct mssp_case *one = reading->one;
        const int64_t year = number_column(reading, "performance_year", -1);
        const int64_t months = number_column(reading, "months", 12);
        int month = 1;

        if (year < 2012 || year > 2098 || (months != 12 && months != 6)) {
                wrong(reading, "performance_year", "year or months are none of the program's");
                one->run.period = (struct period) { date_of(2012, 1, 1), date_of(2013, 1, 1) };
                return;
        }
        one->year = (int)year;
        one->starts = one->year;
        if (!start_parse(csv_field(reading->row, "start_date"), &month, &one->starts))
                month = 1;
        one->half = months == 6;
        one->second_half = one->half && one->starts == one->year && month == 7;
        if (one->starts > one->year)
                one->starts = one->year;
        one->run = (struct run) {
                .period = { date_of(one->year, one->second_half ? 7 : 1, 1),
                            one->half && !one->second_half ? date_of(one->year, 7, 1)
                                                           : date_of(one->year + 1, 1, 1) },
                .kind = RUN_PREVIEW,
                .number = 1,
                /* Results come out and are paid in the autumn after the year. */
                .payment = date_of(one->year + 1, 10, 15),
        };
}

/* The difference is what was published to the dollar; the two totals may miss it by one. */
static void read_money(struct reading *reading)
{
        int64_t benchmark, difference, relief;

        money_column(reading, "benchmark_total", true, &benchmark);
        money_column(reading, "benchmark_minus_expenditure", true, &difference);
        add_fact(reading, FACT_BENCHMARK, benchmark, 1);
        add_fact(reading, FACT_EXPENDITURE, benchmark - difference, 1);
        if (money_column(reading, "disaster_adjustment", false, &relief) && relief)
                add_fact(reading, FACT_DISASTER_RELIEF, relief < 0 ? -relief : relief, 1);
}

static int decimals_of(struct bytes text)
{
        const char *point = memchr(text.data, '.', text.size);

        return point ? (int)(text.size - 1 - (size_t)(point - (const char *)text.data)) : 0;
}

/* A percentage in a column of its own, as a fraction. */
static bool percent_parse(struct bytes text, struct rate *ret)
{
        char copy[32];

        if (text.size == 0 || text.size > 24)
                return false;
        memcpy(copy, text.data, text.size);
        copy[text.size] = '%';
        return !rate_parse((struct bytes) { copy, text.size + 1 }, ret);
}

static void read_quality(struct reading *reading)
{
        struct mssp_case *one = reading->one;
        const struct bytes text = csv_field(reading->row, "quality_score_pct");
        const bool failed = is_text(csv_field(reading->row, "met_qps"), "0");
        struct rate score;

        add_fact(reading, FACT_QUALITY_STANDARD_MET, !failed, 1);
        if (flag_column(reading, "met_alt_qps"))
                add_fact(reading, FACT_ALTERNATIVE_STANDARD_MET, 1, 1);
        if (is_text(text, "P4R")) {
                add_fact(reading, FACT_QUALITY_REPORTING_ONLY, 1, 1);
                return;
        }
        if (text.size == 0)
                return;
        if (!percent_parse(text, &score)) {
                wrong(reading, "quality_score_pct", "is no percentage");
                return;
        }
        add_fact(reading, FACT_QUALITY_SCORE, score.num, score.den);
        one->has_quality = true;
        one->quality_step = (struct rate) { 1, 20000 }; /* of 0.01% */
        for (int i = 2; i < decimals_of(text) && i < 6; i++)
                one->quality_step.den *= 10;
}

static void read_flags(struct reading *reading)
{
        if (flag_column(reading, "revenue_loss_limit_flag"))
                add_fact(reading, FACT_REVENUE_LIMIT_APPLIES, 1, 1);
        if (flag_column(reading, "guardrail_flag"))
                add_fact(reading, FACT_GUARDRAIL_APPLIES, 1, 1);
        add_fact(reading, FACT_LOW_REVENUE,
                 is_text(csv_field(reading->row, "revenue_category"), "Low Revenue"), 1);
}

static void read_advances(struct reading *reading)
{
        int64_t balance, older;
        bool has_balance = money_column(reading, "aip_balance", false, &balance);
        bool has_older = money_column(reading, "advance_pay_amount", false, &older);

        if (!has_balance && !has_older)
                return;
        reading->one->advance = true;
        add_fact(reading, FACT_ADVANCE_BALANCE, has_balance ? balance : older, 1);
}

static void read_names(struct reading *reading)
{
        const struct bytes id = csv_field(reading->row, "case_id");

        if (id.size == 0 || id.size >= sizeof(reading->one->case_id))
                wrong(reading, "case_id", "is empty, or longer than 63 bytes");
        else
                memcpy(reading->one->case_id, id.data, id.size);
        reading->one->msr = csv_field(reading->row, "msr_pct");
}

int mssp_read(const struct csv_row *row, struct mssp_case *ret, struct complaints *to)
{
        struct reading reading = { .row = row, .one = ret, .to = to };

        memset(ret, 0, sizeof(*ret));
        read_names(&reading);
        read_track(&reading);
        read_period(&reading);
        add_fact(&reading, FACT_HEAD_COUNT, number_column(&reading, "assigned_beneficiaries", -1),
                 1);
        read_money(&reading);
        read_quality(&reading);
        read_flags(&reading);
        read_advances(&reading);
        ret->has_published = money_column(&reading, "earned", false, &ret->published);
        return reading.r;
}

struct fact *mssp_fact(struct mssp_case *one, enum fact_kind kind)
{
        for (size_t i = 0; i < one->fact_count; i++)
                if (one->facts[i].key.kind == kind)
                        return &one->facts[i];
        return NULL;
}

int mssp_terms(const struct mssp_case *one, bool elected, struct terms *ret, struct complaints *to)
{
        char starts[16], rate[64];
        struct template_setting settings[10] = {
                { "bearer", "cms" },           { "earner", "aco" },  { "label", "replay" },
                { "agreement_start", starts }, { "unit", "dollar" },
        };
        size_t count = 5;

        snprintf(starts, sizeof(starts), "%d", one->starts);
        if (one->half)
                settings[count++] =
                        (struct template_setting) { "half", one->second_half ? "second" : "first" };
        if (one->advance)
                settings[count++] = (struct template_setting) { "advance", "yes" };
        if (elected) {
                /* What was published is what was elected, whatever the size. */
                snprintf(rate, sizeof(rate), "%.*s%%", (int)one->msr.size,
                         (const char *)one->msr.data);
                settings[count++] = (struct template_setting) { "msr", rate };
                settings[count++] = (struct template_setting) { "flat_least_panel", "0" };
        }
        assert(count <= sizeof(settings) / sizeof(settings[0]));
        return template_terms(one->template_name, one->year, settings, count, ret, to);
}

bool mssp_same_rate(const struct mssp_case *one, const struct statement *statement)
{
        int decimals = decimals_of(one->msr);
        struct rate published;
        struct exact rate, percent;

        if (!percent_parse(one->msr, &published))
                return true; /* nothing else to go by than the size */
        if (decimals < 2)
                decimals = 2; /* "3" is 3.00 in some years' files */
        for (size_t i = 0; i < statement->line_count; i++) {
                if (statement->lines[i].code != LINE_MINIMUM_RATE)
                        continue;
                rate = (struct exact) { statement->lines[i].num, statement->lines[i].den };
                percent = exact_round_decimals(exact_mul(rate, exact_of(100)), decimals,
                                               ROUND_HALF_AWAY);
                return exact_cmp(percent, exact_mul(exact_of_rate(published), exact_of(100))) == 0;
        }
        return true;
}
