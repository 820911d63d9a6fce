/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/words.h"

#include <stdio.h>

#include "core/statement.h"

const struct word applies_words[] = {
        { "next_period", APPLIES_NEXT_PERIOD },
        { "whole_period", APPLIES_WHOLE_PERIOD },
        { "cut_month", APPLIES_CUT_MONTH },
        { NULL, 0 },
};

const struct word standing_words[] = {
        { "shadow", STANDING_SHADOW },
        { "advisory", STANDING_ADVISORY },
        { "binding", STANDING_BINDING },
        { NULL, 0 },
};

const struct word business_words[] = {
        { "medicare", BUSINESS_MEDICARE },
        { "medicaid", BUSINESS_MEDICAID },
        { "commercial", BUSINESS_COMMERCIAL },
        { "medicare-advantage", BUSINESS_MEDICARE_ADVANTAGE },
        { "self-insured", BUSINESS_SELF_INSURED },
        { "other", BUSINESS_OTHER },
        { NULL, 0 },
};

const struct word side_words[] = {
        { "bearer", SIDE_BEARER },
        { "earner", SIDE_EARNER },
        { "neither", SIDE_NEITHER },
        { NULL, 0 },
};

const struct word duty_words[] = {
        { "none", REPORT_NONE },
        { "may", REPORT_MAY },
        { "must", REPORT_MUST },
        { NULL, 0 },
};

const struct word decider_words[] = {
        { "arbiter", DECIDER_ARBITER },
        { "of_record", DECIDER_OF_RECORD },
        { NULL, 0 },
};

const struct word run_kind_words[] = {
        { "preview", RUN_PREVIEW },
        { "interim", RUN_INTERIM },
        { "final", RUN_FINAL },
        { "restated", RUN_RESTATED },
        { NULL, 0 },
};

const struct word status_words[] = {
        { "calculated", STATEMENT_CALCULATED },
        { "not_calculable", STATEMENT_NOT_CALCULABLE },
        { NULL, 0 },
};

const char *word_of(const struct word *words, int means)
{
        for (; words->word; words++)
                if (words->means == means)
                        return words->word;
        return NULL;
}

bool word_parse(const struct word *words, struct bytes text, int *ret)
{
        for (; words->word; words++)
                if (bytes_equal(text, (struct bytes) { words->word, strlen(words->word) })) {
                        *ret = words->means;
                        return true;
                }
        return false;
}

char *words_list(const struct word *words, char ret[200])
{
        size_t at = 0;

        ret[0] = '\0';
        for (const struct word *w = words; w->word && at < 199; w++) {
                const char *before = w == words ? "" : w[1].word ? ", " : " or ";

                at += (size_t)snprintf(ret + at, 200 - at, "%s%s", before, w->word);
        }
        return ret;
}
