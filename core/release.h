/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the community shows of many, by its calendar: a hub record, numbered, with each figure or
 * that it is not shown. The rules that decide are core/disclose.h; what is suppressed stands
 * nowhere.
 */
#ifndef ACCORD_CORE_RELEASE_H
#define ACCORD_CORE_RELEASE_H

#include "core/bytes.h"
#include "core/date.h"
#include "core/fact.h"
#include "core/moment.h"
#include "core/terms.h"

/*
 * The figures: code, number (wire format), name, unit, what it is for a reader. Items: MEASURE a
 * concept, CATEGORY an HCP-LAN category, PROVIDER a party's name, NONE.
 */
#define FIGURES(X)                                                                                \
        X(ALIGNMENT,        1, "alignment_index",      RATE,  NONE,                               \
          "how alike payers pay for the same things; 1: all in the same proportion")              \
        X(SHARED,           2, "shared_dollar_ratio",  RATE,  NONE,                               \
          "part of the dollars at stake on measures that two payers or more pay for")             \
        X(DOMINANT,         3, "dominant_signal_share", RATE, MEASURE,                            \
          "part of a measure's dollars that ask for the same target in the same direction")       \
        X(CONFLICT,         4, "conflict_share",       RATE,  NONE,                               \
          "part of the dollars at stake outside of each measure's largest agreeing group")        \
        X(STAKE_SHARE,      5, "stake_share",          RATE,  NONE,                               \
          "dollars at stake as a part of payments")                                               \
        X(CATEGORY_SHARE,   6, "category_share",       RATE,  CATEGORY,                           \
          "part of all payments by HCP-LAN category; without one: all that is known")             \
        X(MEASURE_PAYERS,   7, "measure_payers",       COUNT, MEASURE,                            \
          "payers that pay for the measure, by what they let be public")                          \
        X(CONCENTRATION,    8, "payer_concentration",  RATE,  NONE,                               \
          "sum of the squares of payers' shares of payments")                                     \
        X(ALIGNED_DOLLARS,  9, "aligned_dollars",      RATE,  NONE,                               \
          "part of the dollars on measures whose dominant-signal share reaches the threshold")    \
        X(PROVIDER_ALIGNMENT, 10, "provider_alignment", RATE, PROVIDER,                           \
          "how alike the measures are that a provider's payers let be public, by pairs of them")  \
        X(POOLED_CREDIBILITY, 11, "pooled_credibility", RATE, NONE,                               \
          "credibility of the payers' panels of a provider together, the mean over providers")    \
        X(DAYS_TO_FINAL,   12, "days_to_final",        COUNT, NONE,                               \
          "days from the end of a period to its final statement, the median")                     \
        X(DISPUTED_SHARE,  13, "disputed_share",       RATE,  NONE,                               \
          "part of the facts that both sides stated on which they do not agree")

enum figure_code {
#define X(code, number, name, unit, item, says) FIGURE_##code = (number),
        FIGURES(X)
#undef X
};

enum figure_item { FIGURE_OF_NONE, FIGURE_OF_MEASURE, FIGURE_OF_CATEGORY, FIGURE_OF_PROVIDER };

struct figure_info {
        enum figure_code code;
        const char *name;
        enum unit unit;
        enum figure_item item;
        const char *says;
};

/* NULL when there is no such figure; places walk the table to NULL. */
const struct figure_info *figure_info(unsigned int number);
const struct figure_info *figure_at(size_t place);

enum shown { SHOWN = 1, SHOWN_NOT = 2, SHOWN_NOT_CALCULABLE = 3 };

struct release_figure {
        uint32_t figure;                /* enum figure_code */
        struct item item;
        bool has_value;
        int64_t num, den;
        enum shown decision;
        bool has_coverage;
        struct rate coverage;
};

struct release_group {
        uint32_t figure;
        struct item item;
        struct sha256 members_sha256;
        uint32_t changed;
};

struct release {
        uint32_t number;
        uint64_t cut;
        struct period period;
        uint32_t charter;
        const struct release_figure *figures;
        uint32_t figure_count;
        const struct release_group *groups;
        uint32_t group_count;
};

#endif
