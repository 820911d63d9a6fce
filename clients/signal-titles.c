/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/signal-titles.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "proto/wire.h"

static const struct {
        const char *concept, *title;
} known[] = {
        { "acp", "Advance care planning" },
        { "amr", "Asthma medication" },
        { "awv", "Annual wellness visits" },
        { "bcs", "Breast cancer screening" },
        { "cahps", "Patients' experience" },
        { "cbp", "Blood pressure" },
        { "ccs", "Cervical cancer screening" },
        { "chl", "Chlamydia screening" },
        { "cis", "Childhood immunizations" },
        { "col", "Colorectal cancer screening" },
        { "dep-screen", "Depression screening" },
        { "dsf", "Depression screening and follow-up" },
        { "ed-visits", "Emergency department visits" },
        { "eed", "Eye exams in diabetes" },
        { "fuh-30", "Follow-up within 30 days after a stay for mental illness" },
        { "fuh-7", "Follow-up within 7 days after a stay for mental illness" },
        { "hba1c", "Blood sugar in diabetes" },
        { "hbd", "Blood sugar in diabetes" },
        { "ima", "Immunizations for adolescents" },
        { "ked", "Kidney evaluation in diabetes" },
        { "pcr", "Readmissions to hospital" },
        { "ppc", "Prenatal and postpartum care" },
        { "spc", "Statins in cardiovascular disease" },
        { "tobacco", "Tobacco screening and help to quit" },
        { "trc", "Transitions of care" },
        { "w30", "Well-child visits in the first 30 months" },
        { "wcv", "Well-child visits" },
        { CONCEPT_QUALITY_SCORE, "Quality score" },
        { CONCEPT_TOTAL_COST, "Total cost of care" },
};

void signal_titles_cleanup(struct signal_titles *titles)
{
        free(titles->charter);
}

static enum exit_code read_charter(struct bytes bytes, struct signal_titles *ret)
{
        struct fault fault;

        ret->charter = calloc(1, sizeof(*ret->charter));
        if (!ret->charter)
                return say_failure(-ENOMEM, "the charter");
        if (!wire_read_charter(bytes, ret->charter, &fault))
                return EXIT_DONE;
        free(ret->charter);
        ret->charter = NULL;
        return EXIT_DONE;
}

enum exit_code signal_titles_fetch(const struct reach *reach, struct signal_titles *ret)
{
        struct query query = { .kind = QUERY_CHARTER };
        struct accord_error error = { 0 };
        const struct answer *answer;
        int r = accord_ask(reach->session, &query, &answer, &error);

        *ret = (struct signal_titles) { 0 };
        if (r == ACCORD_NO_SUCH_THING)
                return EXIT_DONE;
        if (r)
                return reach_failed(&error);
        return answer->charter ? read_charter(answer->charter->charter, ret) : EXIT_DONE;
}

static const char *by_charter(const struct charter *charter, const struct name *concept)
{
        for (uint16_t i = 0; i < charter->specification_count; i++) {
                const struct specification *s = &charter->specifications[i];

                if (name_equal(&s->is.concept, concept) && *s->title.text)
                        return s->title.text;
        }
        return NULL;
}

const char *signal_title(const struct signal_titles *titles, const struct name *concept)
{
        const char *title = titles && titles->charter ? by_charter(titles->charter, concept) : NULL;

        for (size_t i = 0; !title && i < sizeof(known) / sizeof(known[0]); i++)
                if (strcmp(known[i].concept, concept->text) == 0)
                        title = known[i].title;
        return title ? title : concept->text;
}
