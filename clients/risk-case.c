/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/risk-case.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/csv_rows.h"
#include "clients/figure.h"
#include "clients/files.h"
#include "clients/progress.h"
#include "clients/report_json.h"
#include "clients/take.h"
#include "clients/terms-file.h"

void played_cleanup(struct played *played)
{
        free(played->terms);
        free(played->facts);
        free(played->payments);
}

enum exit_code risk_take_rate(const struct call *call, const char *option, struct rate *ret)
{
        const char *value = call_value(call, option), *says;

        if (!value)
                return EXIT_DONE;
        says = rate_parse((struct bytes) { value, strlen(value) }, ret);
        return says ? call_misused(call, "--%s %s: %s", option, value, says) : EXIT_DONE;
}

enum exit_code risk_take_money(const struct call *call, const char *option, int64_t *ret)
{
        const char *value = call_value(call, option), *says;

        if (!value)
                return EXIT_DONE;
        says = money_parse((struct bytes) { value, strlen(value) }, ret);
        return says ? call_misused(call, "--%s %s: %s", option, value, says) : EXIT_DONE;
}

static double as_double(struct rate rate)
{
        return (double)rate.num / (double)rate.den;
}

enum exit_code risk_take_model(const struct call *call, struct risk_model *ret)
{
        struct rate cv = { 23, 10 }, truncation = { 99, 100 }, error = { 1, 100 };
        uint64_t trials = 20000, seed = 42;
        enum exit_code code = take_number_option(call, "trials", RISK_TRIALS_MAX, &trials);

        if (!code)
                code = take_number_option(call, "seed", UINT64_MAX, &seed);
        if (!code)
                code = risk_take_rate(call, "cv", &cv);
        if (!code)
                code = risk_take_rate(call, "truncation", &truncation);
        if (!code)
                code = risk_take_rate(call, "benchmark-error", &error);
        if (code)
                return code;
        if (trials < 100)
                return call_misused(call, "fewer than 100 trials say nothing");
        if (cv.num <= 0 || truncation.num <= 0 || truncation.num > truncation.den ||
            error.num < 0 || error.num >= error.den)
                return call_misused(call, "--cv is above 0, --truncation above 0 and at most 1, "
                                    "--benchmark-error from 0 to less than 1");
        *ret = (struct risk_model) { seed, (uint32_t)trials, as_double(cv), as_double(truncation),
                                     as_double(error) };
        return EXIT_DONE;
}

enum exit_code risk_take_run(const struct call *call, const struct terms *terms, struct run *ret)
{
        struct period period = terms->periods[0];
        enum exit_code code = take_period_option(call, "period", &period);

        if (code)
                return code;
        if (!terms_period(terms, period)) {
                say_error("%s is no period of these terms", call_value(call, "period"));
                return EXIT_REFUSED;
        }
        *ret = (struct run) { .contract = terms->contract, .period = period, .kind = RUN_PREVIEW,
                              .number = 1, .payment = date_add_months(period.until, 9) };
        return EXIT_DONE;
}

static struct fact fact_of(const struct fact_event *figure, const struct terms *terms, size_t at)
{
        return (struct fact) { .key = figure->key, .value = figure->value, .index = at + 1,
                               .side = terms_of_record(terms, figure->key.kind) };
}

static enum exit_code facts_of(const struct report *report, struct played *to)
{
        to->facts = calloc(report->count + 1, sizeof(*to->facts));
        if (!to->facts)
                return say_failure(-ENOMEM, "the report");
        for (size_t i = 0; i < report->count; i++)
                to->facts[i] = fact_of(&report->figures[i], to->terms, i);
        to->fact_count = report->count;
        return EXIT_DONE;
}

enum exit_code risk_read_facts(const char *path, struct played *to)
{
        own(file) struct file file = { 0 };
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        struct report report = { 0 };
        enum exit_code code = file_read(path, CSV_SIZE_MAX, &file);
        int r;

        if (!complaints)
                return say_failure(-ENOMEM, "%s", path);
        if (code)
                return code;
        r = report_from_text(file_bytes(&file), &report, complaints);
        complaints_print(complaints, path, stderr);
        if (r || report.rejected)
                code = r < 0 ? say_failure(r, "%s", path) : EXIT_REFUSED;
        else
                code = facts_of(&report, to);
        report_free(&report);
        return code;
}

static bool has(const struct played *played, const struct fact *fact)
{
        for (size_t i = 0; i < played->fact_count; i++) {
                const struct fact_key *key = &played->facts[i].key;

                if (key->kind == fact->key.kind && item_equal(&key->item, &fact->key.item) &&
                    period_equal(key->period, fact->key.period))
                        return true;
        }
        return false;
}

enum exit_code risk_complete(const struct assumptions *with, struct played *to)
{
        struct fact *more = realloc(to->facts, (to->fact_count + INPUTS_MAX) * sizeof(*more));
        struct fact *assumed = calloc(INPUTS_MAX, sizeof(*assumed));
        size_t count, reported = to->fact_count;

        if (more)
                to->facts = more;
        if (!more || !assumed) {
                free(assumed);
                return say_failure(-ENOMEM, "the forecast");
        }
        count = assume_facts(to->terms, to->c.run.period, with, assumed);
        for (size_t i = 0; i < count; i++)
                if (!has(to, &assumed[i]))
                        to->facts[to->fact_count++] = assumed[i];
        free(assumed);
        to->assumed = to->fact_count - reported;
        return EXIT_DONE;
}

int64_t risk_panel(const struct played *played, int64_t otherwise)
{
        int64_t whole = 0, parts = 0;

        for (size_t i = 0; i < played->fact_count; i++) {
                const struct fact *fact = &played->facts[i];

                if (fact->key.kind != FACT_HEAD_COUNT ||
                    !period_equal(fact->key.period, played->c.run.period))
                        continue;
                if (fact->key.item.text[0])
                        parts += fact->value.num;
                else
                        whole += fact->value.num;
        }
        if (whole || parts)
                return whole ? whole : parts;
        return otherwise;
}

static void show(void *with, uint32_t done, uint32_t of)
{
        struct progress *progress = with;

        progress_show(progress, done, of);
}

enum exit_code risk_play_out(const struct call *call, const struct risk_model *model,
                             struct played *played, uint64_t which)
{
        struct progress progress = { .cli = call->cli, .what = "trials" };
        char reason[TEXT_MAX_LENGTH + 1] = "";
        int r;

        played->payments = calloc(model->trials, sizeof(*played->payments));
        if (!played->payments)
                return say_failure(-ENOMEM, "the trials");
        played->c.terms = played->terms;
        played->c.facts = played->facts;
        played->c.fact_count = played->fact_count;
        r = risk_play(model, &played->c, which, played->payments, reason, show, &progress);
        progress_end(&progress);
        if (r != -EDOM)
                return r ? say_failure(r, "the trials") : EXIT_DONE;
        say_error("it is not calculable: %s", reason);
        return EXIT_REFUSED;
}
