/* SPDX-License-Identifier: Apache-2.0 */
/* Terms as a person reads them: what they cover, then every step with its parameters. */
#include "clients/terms-file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/arrangement.h"
#include "core/check.h"
#include "core/community.h"
#include "core/own.h"
#include "core/steps.h"
#include "clients/figure.h"
#include "clients/look.h"
#include "clients/page.h"
#include "clients/statement-print.h"
#include "clients/words.h"

#define POINTS_FROM 100

/* "next_period" as words. */
static const char *applies_says(enum applies applies)
{
        switch (applies) {
        case APPLIES_NEXT_PERIOD:
                return "the next period";
        case APPLIES_WHOLE_PERIOD:
                return "the whole period";
        case APPLIES_CUT_MONTH:
                return "the period from that month on, in two runs";
        }
        return "?";
}

/* Whether both sides are owned alike, which would make it 4C, terms cannot say. */
static void print_arrangement(FILE *to, const struct terms *terms)
{
        struct arrangement is;

        arrangement_of(terms, false, &is);
        fprintf(to, "kind       HCP-LAN %s, %s\n", lan_category_word(is.category),
                lan_category_says(is.category));
        for (size_t i = 0; i < is.stream_count; i++)
                if (is.streams[i].code)
                        fprintf(to, "stream     %s (VBPR), %s, of step %d\n", is.streams[i].code,
                                lan_category_word(is.streams[i].category), is.streams[i].step + 1);
}

static void print_heading(FILE *to, const struct terms *terms, const struct digest *digest)
{
        char contract[CONTRACT_ID_MAX + 1], text[LOOK_MAX], day[11], hex[DIGEST_TEXT_MAX + 1];
        struct text title = terms->title;

        contract_id_print(&terms->contract, contract);
        fprintf(to, "%s  version %" PRIu32 "  %s\n%s\n", contract, terms->version,
                word_of(standing_words, terms->standing), make_harmless(title.text));
        digest_print(digest, hex);
        fprintf(to, "digest     %s\n", hex);
        print_arrangement(to, terms);
        fprintf(to, "agreement  %s\n", look_period(terms->agreement, text));
        date_print(terms->signed_on, day);
        fprintf(to, "signed     %s, ", day);
        date_print(terms->effective, day);
        fprintf(to, "effective %s, applies to %s\n", day, applies_says(terms->applies));
        fprintf(to, "facts      may reach back %" PRIu32 " months, claims paid %" PRIu32
                " months after the period count\n", terms->lookback_months, terms->runout_months);
        fputs("periods   ", to);
        for (size_t i = 0; i < terms->period_count; i++)
                fprintf(to, " %s", look_period(terms->periods[i], text));
        fputc('\n', to);
        for (size_t i = 0; i < terms->segment_count; i++)
                fprintf(to, "segment    %s: %s, %s\n", terms->segments[i].name.text,
                        word_of(business_words, terms->segments[i].business),
                        terms->segments[i].insured ? "insured" : "self-insured");
}

/* How far apart the sides may be, and for how long. */
static void print_limits(FILE *to, const struct fact_rule *rule, const struct fact_kind_info *kind)
{
        const int64_t den = kind->unit == UNIT_RATE ? RATE_PART_MAX : 1;
        const struct value tolerance = { kind->unit, rule->tolerance, den };
        char text[FIGURE_TEXT_MAX], look[LOOK_MAX];

        if (rule->tolerance)
                fprintf(to, "; differences up to %s agree", value_print(&tolerance, text));
        if (rule->tolerance_share.num)
                fprintf(to, "; up to %s of it", rate_print(rule->tolerance_share, text));
        if (rule->tolerance_rows)
                fprintf(to, "; up to %" PRIu32 " member rows may differ", rule->tolerance_rows);
        if (rule->window_days)
                fprintf(to, "; %" PRIu32 " days to answer", rule->window_days);
        if (rule->materiality)
                fprintf(to, "; holds nothing below %s", look_money(rule->materiality, look));
        fputc('\n', to);
}

static void print_rules(FILE *to, const struct terms *terms)
{
        for (size_t i = 0; i < terms->rule_count; i++) {
                const struct fact_rule *rule = &terms->rules[i];
                const struct fact_kind_info *kind = fact_kind_info(rule->kind);

                fprintf(to, "who says   %s: the %s; the other side %s", kind->name,
                        word_of(side_words, rule->of_record),
                        rule->other == REPORT_NONE ? "does not report"
                                                   : word_of(duty_words, rule->other));
                if (rule->other == REPORT_MAY || rule->other == REPORT_MUST)
                        fputs(" report", to);
                print_limits(to, rule, kind);
        }
}

/* How what the sides do not agree on comes to an end. */
static void print_reconciling(FILE *to, const struct terms *terms)
{
        const struct reconciling *is = &terms->reconciling;
        char day[11];

        if (!is->is)
                return;
        if (is->dispute_days)
                fprintf(to, "disputes   a statement may be disputed for %" PRIu32 " days, then it "
                        "counts as accepted\n", is->dispute_days);
        else
                fputs("disputes   a statement may be disputed without end: both sides accept it\n",
                      to);
        if (is->decides == DECIDER_ARBITER)
                fprintf(to, "decides    %s, the arbiter, what both sides do not agree on\n",
                        is->arbiter.text);
        else if (is->decides == DECIDER_OF_RECORD)
                fputs("decides    the side of record, what both sides do not agree on\n", to);
        else
                fputs("decides    nobody but both sides together: what is in dispute stays held\n",
                      to);
        if (is->payment_days)
                fprintf(to, "overdue    %" PRIu32 " days after the planned day of payment\n",
                        is->payment_days);
        if (is->witness_days)
                fprintf(to, "witnesses  a statement is final when a witness of each side has seen "
                        "it, or after %" PRIu32 " days\n", is->witness_days);
        if (is->historical_until == DATE_NONE)
                return;
        date_print(is->historical_until - 1, day);
        fprintf(to, "historical periods that end by %s are compared, never posted\n", day);
}

static void print_presupposed(FILE *to, const struct terms *terms)
{
        for (size_t i = 0; i < terms->presupposed_count; i++) {
                const struct presupposed *is = &terms->presupposes[i];

                fprintf(to, "presumes   %s: ", capability_says(is->kind));
                if (is->has_step)
                        fprintf(to, "step %" PRIu32 ", %s@%" PRIu32 ", pays for it\n",
                                is->step + 1, terms->steps[is->step].kind.text,
                                terms->steps[is->step].version);
                else
                        fputs("nothing pays for it\n", to);
        }
}

/* "12.5 %", to the last decimal. */
static void look_share(int64_t billionths, char text[LOOK_MAX])
{
        char printed[FIGURE_TEXT_MAX];

        share_print(billionths, printed);
        snprintf(text, LOOK_MAX, "%.*s %%", (int)strlen(printed) - 1, printed);
}

/* Where a band ends that has no end says so. */
static const char *bound(enum band_axis axis, int64_t at, char text[LOOK_MAX])
{
        if (axis == AXIS_DATE && at >= DATE_FIRST && at <= DATE_LAST)
                date_print((date)at, text);
        else if (axis == AXIS_SHARE)
                look_share(at, text);
        else if (axis == AXIS_CENTS)
                look_money(at, text);
        else
                snprintf(text, LOOK_MAX, "%" PRId64, at);
        if ((axis == AXIS_SHARE && at == SHARE_MOST) || (axis == AXIS_CENTS && at == MONEY_MAX))
                snprintf(text, LOOK_MAX, "no end");
        return text;
}

/* Parameters that may be far above one are points, not shares. */
static const char *look_points(const struct param_info *known, struct rate rate,
                               char text[LOOK_MAX])
{
        static_assert(LOOK_MAX >= FIGURE_TEXT_MAX, "either prints into it");
        if (known && known->most >= POINTS_FROM)
                return rate_print(rate, text);
        return look_rate(exact_of_rate(rate), text);
}

static void print_bands(FILE *to, const struct terms *terms, const struct param *param,
                        const struct param_info *known)
{
        enum band_axis axis = known ? known->axis : AXIS_COUNT;
        char from[LOOK_MAX], through[LOOK_MAX], first[LOOK_MAX], last[LOOK_MAX];

        for (size_t i = 0; i < param->bands.count; i++) {
                const struct band *band = &terms->bands[param->bands.first + i];

                bound(axis, band->from, from);
                bound(axis, band->to, through);
                look_points(known, band->at_from, first);
                look_points(known, band->at_to, last);
                fprintf(to, "            %10s .. %-10s  %s", from, through, first);
                if (!band_flat(band))
                        fprintf(to, " to %s", last);
                fputc('\n', to);
        }
}

static const char *print_value(const struct param *param, const struct param_info *known,
                               char text[LOOK_MAX])
{
        switch (param->type) {
        case PARAM_CENTS:
                return look_money(param->cents, text);
        case PARAM_COUNT:
                return look_count(param->count, text);
        case PARAM_RATE:
                return look_points(known, param->rate, text);
        case PARAM_FLAG:
                return param->flag ? "yes" : "no";
        case PARAM_WORD:
                return param->word.text;
        case PARAM_BANDS:
                break;
        }
        return "a table";
}

static void print_param(FILE *to, const struct terms *terms, const struct step_info *info,
                        const struct param *param)
{
        const struct param_info *known = info ? param_info(info->code, param->name.text) : NULL;
        char text[LOOK_MAX], line[LOOK_MAX + 64];

        snprintf(line, sizeof(line), "%s = %s", param->name.text, print_value(param, known, text));
        fputs("        ", to);
        put_left(to, line, 27);
        fputc(' ', to);
        fold(to, known ? known->says : "", 36);
        if (param->type == PARAM_BANDS)
                print_bands(to, terms, param, known);
}

void step_params_print(FILE *to, const struct terms *terms, size_t place)
{
        const struct step *step = &terms->steps[place];
        const struct step_info *info = step_info(&step->kind, step->version);

        for (size_t i = 0; i < step->param_count; i++)
                print_param(to, terms, info, &step->params[i]);
}

static void print_steps(FILE *to, const struct terms *terms)
{
        fputs("\nSteps, in this order:\n", to);
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];
                const struct step_info *info = step_info(&step->kind, step->version);

                fprintf(to, "%3zu. %s@%" PRIu32 "  %s%s%s%s\n", i + 1, step->kind.text,
                        step->version, info ? info->says : "", info ? "  [" : "",
                        info ? info->clause : "", info ? "]" : "");
                step_params_print(to, terms, i);
        }
}

/* One row a step, for spreadsheets. */
static void print_rows(struct out *out, const struct terms *terms)
{
        static const struct column columns[] = {
                COLUMN("step", "STEP"),     COLUMN("kind", "KIND"), COLUMN("version", "VERSION"),
                COLUMN("clause", "CLAUSE"), COLUMN("says", "WHAT IT DOES"),
                COLUMNS_END
        };

        out_begin(out, "step", columns);
        for (size_t i = 0; i < terms->step_count; i++) {
                const struct step *step = &terms->steps[i];
                const struct step_info *info = step_info(&step->kind, step->version);

                out_row(out, (struct cell[]) {
                        cell_count((int64_t)i + 1), cell_text(step->kind.text),
                        cell_count(step->version), cell_text(info ? info->clause : NULL),
                        cell_text(info ? info->says : NULL) });
        }
        out_end(out);
}

enum exit_code terms_print(struct out *out, const struct terms *terms, struct bytes bytes,
                           const struct digest *digest)
{
        struct json_object *object = NULL;
        int r;

        switch (out_format(out)) {
        case FORMAT_JSON:
        case FORMAT_NDJSON:
                r = terms_to_json(terms, &object);
                if (r)
                        return say_failure(r, "the terms");
                out_document(out, "terms", object);
                break;
        case FORMAT_RAW:
                fwrite(bytes.data, 1, bytes.size, out_stream(out));
                break;
        case FORMAT_CSV:
                print_rows(out, terms);
                break;
        default:
                print_heading(out_stream(out), terms, digest);
                print_rules(out_stream(out), terms);
                print_reconciling(out_stream(out), terms);
                print_presupposed(out_stream(out), terms);
                print_steps(out_stream(out), terms);
        }
        return EXIT_DONE;
}
