/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement figure. */
#include "core/admit.h"

#include "core/lines.h"

#define WIDE_MAX ((wide)(~(uwide)0 >> 1))       /* the number below its negative has no opposite */

static void wrong(const struct judgement *j, enum refusal code, uint32_t place, const char *field,
                  const char *says)
{
        faults_add(j->faults, code, place, field, says);
}

static bool is_money(int64_t cents)
{
        return cents >= -MONEY_MAX && cents <= MONEY_MAX;
}

static void admit_amounts(const struct judgement *j, uint32_t place, const struct figure *figure)
{
        static const char says[] = "beyond ten trillion dollars, either way";

        if (!is_money(figure->earned))
                wrong(j, REFUSAL_BAD_VALUE, place, "figure.earned", says);
        if (figure->has_payable && !is_money(figure->payable))
                wrong(j, REFUSAL_BAD_VALUE, place, "figure.payable", says);
        if (figure->terms_version > j->view->contract.version_last)
                wrong(j, REFUSAL_BAD_VALUE, place, "figure.terms_version",
                      "the contract has no such version of its terms");
}

static void admit_lines(const struct judgement *j, uint32_t place, const struct figure *figure)
{
        for (uint32_t i = 0; i < figure->line_count; i++)
                if (!line_info(figure->lines[i].code)) {
                        wrong(j, REFUSAL_BAD_VALUE, place, "figure.lines.code",
                              "there is no such line");
                        return;
                }
        for (uint32_t i = 0; i < figure->line_count; i++)
                if (figure->lines[i].exact.num < -WIDE_MAX) {
                        wrong(j, REFUSAL_BAD_VALUE, place, "figure.lines.exact",
                              "is longer than 128 bits");
                        return;
                }
}

/* A period that a run could be for: there has to be something to hold it against. */
static void admit_period(const struct judgement *j, uint32_t place, const struct figure *figure,
                         const struct view_event *seen)
{
        if (!period_valid(figure->period))
                wrong(j, REFUSAL_BAD_VALUE, place, "figure.period",
                      "must be days from 1900 to 2100, the end after the beginning");
        else if (!seen->period_covered)
                wrong(j, REFUSAL_PERIOD_NOT_COVERED, place, "figure.period", seen->period_says);
}

static void admit_version(const struct judgement *j, uint32_t place, const struct figure *figure,
                          const struct view_event *seen)
{
        if (seen->twice)
                wrong(j, REFUSAL_TWICE_IN_ONE, place, "figure", NULL);
        if (seen->has_current && !figure->has_supersedes)
                wrong(j, REFUSAL_NO_PREDECESSOR, place, "figure.supersedes", NULL);
        if (figure->has_supersedes && (!seen->has_current || seen->current != figure->supersedes))
                wrong(j, REFUSAL_STALE_PREDECESSOR, place, "figure.supersedes", NULL);
}

void admit_figure(const struct judgement *j, uint32_t place, const struct event *event,
                  const struct view_event *seen)
{
        const struct figure *figure = &event->figure;

        admit_period(j, place, figure, seen);
        admit_amounts(j, place, figure);
        admit_lines(j, place, figure);
        admit_version(j, place, figure, seen);
}
