/* SPDX-License-Identifier: Apache-2.0 */
/* The hub's answers, as what the verbs of alignment look at. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/align.h"
#include "clients/asking.h"
#include "clients/figure.h"
#include "clients/lib/incentive.h"
#include "clients/lib/release.h"

#define OWNERS_MOST 64

/* ---- options */

static enum exit_code take_tolerance(const struct call *call, struct rate *ret)
{
        const char *given = call_value(call, "tolerance"), *wrong;

        *ret = align_tolerance;
        if (!given)
                return EXIT_DONE;
        wrong = rate_parse((struct bytes) { given, strlen(given) }, ret);
        if (!wrong && ret->num < 0)
                wrong = "it is not below 0";
        return wrong ? call_misused(call, "--tolerance %s: %s", given, wrong) : EXIT_DONE;
}

static bool owner_parse(const char *given, struct align_owner *ret)
{
        const char *equals = strchr(given, '=');

        return equals &&
               name_parse((struct bytes) { given, (size_t)(equals - given) }, &ret->bearer) &&
               name_parse((struct bytes) { equals + 1, strlen(equals + 1) }, &ret->as);
}

static enum exit_code take_owners(const struct call *call, struct align_owner ret[OWNERS_MOST],
                                  size_t *ret_count)
{
        const char *given;
        size_t at = 0;

        *ret_count = 0;
        while ((given = call_next(call, "owner", &at)) != NULL) {
                if (*ret_count == OWNERS_MOST)
                        return call_misused(call, "--owner more than %d times", OWNERS_MOST);
                if (!owner_parse(given, &ret[(*ret_count)++]))
                        return call_misused(call, "--owner %s is not BEARER=OWNER", given);
        }
        return EXIT_DONE;
}

/* ---- what stands beside */

/* Figures of the whole community: those of one measure or provider are not of this one. */
static enum exit_code fetch_release(const struct reach *reach, struct align_view *v)
{
        struct accord_error error = { 0 };
        struct release release;

        if (accord_query_last_release(reach->session, &release, &error))
                return error.code == ACCORD_NO_SUCH_THING ? EXIT_DONE : reach_failed(&error);
        v->has_release = release.number > 0;
        v->release = release.number;
        for (uint32_t i = 0; i < release.figure_count && v->figure_count < ALIGN_FIGURES_MAX; i++)
                if (!*release.figures[i].item.text)
                        v->figures[v->figure_count++] = release.figures[i];
        return EXIT_DONE;
}

static int year_of(date day)
{
        int year, month, of_month;

        date_split(day, &year, &month, &of_month);
        return year;
}

static bool is_sane(const struct match_row *row)
{
        const struct match_side *sides[] = { &row->bearer, &row->earner };

        for (size_t i = 0; i < 2; i++)
                if (sides[i]->den <= 0 || sides[i]->num > MONEY_MAX || sides[i]->num < -MONEY_MAX)
                        return false;
        return row->result == MATCH_WITHIN && row->has_bearer && row->has_earner &&
               fact_kind_info((unsigned int)row->kind) != NULL &&
               (row->of_record == SIDE_BEARER || row->of_record == SIDE_EARNER);
}

static int note_match(void *with, const struct match_row *row)
{
        struct align_view *v = with;

        if (is_sane(row) && year_of(row->period.from) == v->drift_year) {
                enum unit unit = fact_kind_info((unsigned int)row->kind)->unit;
                const struct drift_pair pair = {
                        .kind = row->kind,
                        .of_record = row->of_record,
                        .bearer = { unit, row->bearer.num, row->bearer.den },
                        .earner = { unit, row->earner.num, row->earner.den },
                };

                drift_add(&v->drift, &pair);
        }
        return 0;
}

/* Of the contracts that the party signed itself, in the year of the newest period. */
static enum exit_code fetch_drift(const struct reach *reach, const struct incentive_signal *signal,
                                  struct align_view *v)
{
        struct accord_error error = { 0 };

        for (uint32_t i = 0; i < signal->contract_count; i++) {
                int year = year_of(signal->contracts[i].period.from);

                v->drift_year = year > v->drift_year ? year : v->drift_year;
        }
        for (uint32_t i = 0; i < signal->contract_count; i++) {
                if (signal->contracts[i].through)
                        continue;
                if (accord_query_matches(reach->session, &signal->contracts[i].contract, NULL,
                                         note_match, v, &error) &&
                    error.code != ACCORD_NO_SUCH_THING)
                        return reach_failed(&error);
        }
        v->has_drift = true;
        return EXIT_DONE;
}

/* ---- the whole */

static enum exit_code fetch_signal(const struct call *call, const struct reach *reach,
                                   struct rate tolerance, struct align_view *ret, bool *ret_none)
{
        own(accord_incentive) struct accord_incentive *incentive = NULL;
        struct align_owner owners[OWNERS_MOST];
        struct accord_error error = { 0 };
        size_t owner_count;
        const char *wrong;
        enum exit_code code = take_owners(call, owners, &owner_count);

        if (code)
                return code;
        if (accord_query_incentive(reach->session, &incentive, &error)) {
                *ret_none = error.code == ACCORD_NO_SUCH_THING;
                return *ret_none ? EXIT_DONE : reach_failed(&error);
        }
        *ret_none = !incentive->signal.contract_count;
        if (*ret_none)
                return EXIT_DONE;
        if (align_view_new(ret, incentive->signal.contract_count))
                return say_failure(-ENOMEM, "the signal");
        wrong = align_view_signal(ret, &incentive->signal, owners, owner_count, tolerance);
        if (wrong) {
                say_error("the hub's signal cannot be: %s", wrong);
                return EXIT_INTEGRITY;
        }
        return strcmp(call->verb->name, "score") ? EXIT_DONE
                                                 : fetch_drift(reach, &incentive->signal, ret);
}

enum exit_code align_fetch(struct call *call, struct align_view *ret)
{
        own(reach) struct reach reach = { 0 };
        bool none = call_has(call, "keys");
        struct rate tolerance;
        enum exit_code code = take_tolerance(call, &tolerance);

        if (!code)
                code = reach_asking(call, &reach);
        if (!code)
                code = signal_titles_fetch(&reach, &ret->titles);
        if (!code && !none)
                code = fetch_signal(call, &reach, tolerance, ret, &none);
        if (!code && none)
                code = align_fetch_keys(&reach, tolerance, ret);
        if (!code && !strcmp(call->verb->name, "score"))
                code = fetch_release(&reach, ret);
        return code;
}
