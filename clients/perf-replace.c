/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/perf-replace.h"

#include <errno.h>
#include <stdlib.h>

#include "clients/publish.h"

struct replacing {
        struct report *report;
        enum side side;
        bool *same;             /* of each figure: stands already, with this value */
};

static bool value_equal(const struct value *a, const struct value *b)
{
        return a->unit == b->unit && a->num == b->num && a->den == b->den;
}

static int compare(void *with, const struct fact_row *row)
{
        const struct replacing *replacing = with;
        struct report *report = replacing->report;

        if (row->fact.side != replacing->side || !row->current)
                return 0;
        for (size_t i = 0; i < report->count; i++) {
                struct fact_event *figure = &report->figures[i];

                if (figure->has_supersedes || !fact_key_equal(&figure->key, &row->fact.key))
                        continue;
                replacing->same[i] = value_equal(&figure->value, &row->fact.value);
                figure->has_supersedes = true;
                figure->supersedes = row->fact.index;
        }
        return 0;
}

static void take_out(struct report *report, const bool *same, size_t *ret_same)
{
        size_t kept = 0;

        for (size_t i = 0; i < report->count; i++) {
                if (same[i])
                        continue;
                report->figures[kept] = report->figures[i];
                report->lines[kept++] = report->lines[i];
        }
        *ret_same = report->count - kept;
        report->count = kept;
}

enum exit_code perf_replace(struct call *call, struct reach *reach, struct report *report,
                            const struct relayed *relayed, size_t *ret_same)
{
        struct replacing replacing = { .report = report };
        struct accord_error error = { 0 };
        struct accord_about about;
        const struct name *party;
        enum exit_code code = publish_about(call, &report->contract, &about);

        *ret_same = 0;
        if (!code)
                code = reach_hub(call->cli, reach);
        if (code || contract_id_empty(&report->contract))
                return code;
        party = relayed->is ? &relayed->party : reach_party(reach, &about);
        replacing.side = name_equal(party, &report->contract.bearer) ? SIDE_BEARER : SIDE_EARNER;
        replacing.same = calloc(report->count, sizeof(bool));
        if (!replacing.same)
                return say_failure(-ENOMEM, "the report");
        if (accord_query_facts(reach->session, &report->contract, false, compare, &replacing,
                               &error))
                code = reach_failed(&error);
        if (!code)
                take_out(report, replacing.same, ret_same);
        free(replacing.same);
        return code;
}
