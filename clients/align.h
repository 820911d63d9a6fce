/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Alignment as a provider sees it over its own contracts, or a payer over the keys of its own and
 * of what others made public: a table of payers and measures, figures, gaps, conflicts, a picture.
 * All is worked out here, of what the party may read; nothing of it is sent anywhere.
 */
#ifndef ACCORD_CLIENTS_ALIGN_H
#define ACCORD_CLIENTS_ALIGN_H

#include <stdio.h>

#include "core/align_conflict.h"
#include "core/align_drift.h"
#include "core/align_signal.h"
#include "core/release.h"
#include "clients/output.h"
#include "clients/signal-titles.h"

#define ALIGN_WORDS_MAX 240
#define ALIGN_FIGURES_MAX 64    /* of the last release, those of the whole community */

/* What the picture is made of. */
struct align_view {
        struct name party;
        bool keys_only;                 /* a payer's: no dollars, no targets of others */
        uint64_t as_of;
        instant time;                   /* 0: not known */
        date paid_through;              /* the earliest; DATE_NONE: of no contract */
        struct align_signal *s;
        struct contract_id *contracts;  /* by align_row.contract; of a publication: its own */
        bool *relayed;                  /* likewise */
        uint32_t *category;             /* likewise: enum lan_category; LAN_COUNT: not known */
        uint32_t contract_count;
        struct rate full;               /* F11 */
        struct signal_titles titles;    /* with the charter, where there is one */
        bool has_drift;
        struct drift drift;
        int drift_year;
        bool has_release;
        uint32_t release;               /* number of the last */
        struct release_figure figures[ALIGN_FIGURES_MAX];
        uint32_t figure_count;
};

void align_view_cleanup(struct align_view *view);
/* Room for @contracts, and all that needs memory. 0 or -ENOMEM. */
int align_view_new(struct align_view *view, uint32_t contracts);
/* Takes a provider's signal; NULL, or what is wrong with it. @view is new. */
const char *align_view_signal(struct align_view *view, const struct incentive_signal *signal,
                              const struct align_owner *owners, size_t owner_count,
                              struct rate tolerance);

/* ---- from the hub: align-fetch.c, align-keys.c */

struct call;
struct reach;

/*
 * All that the verbs show, as the call asks for it. A party that is paid under contracts sees
 * these; one that pays, or that says --keys, sees keys.
 */
enum exit_code align_fetch(struct call *call, struct align_view *ret);
enum exit_code align_fetch_keys(const struct reach *reach, struct rate tolerance,
                                struct align_view *ret);

#define ALIGN_OPTIONS                                                                              \
        { "tolerance", "RATE", "targets no further apart are the same; 2%", 0 },                   \
        { "owner", "BEARER=OWNER", "the bearer belongs to the owner: one payer with all of its",   \
          OPTION_MANY },                                                                           \
        { "keys", NULL, "as a payer: keys of own contracts, and what others made public", 0 },     \
        AS_OF_OPTION

/* ---- words: align-words.c. Each writes into @ret and returns it. */

/* "Blood pressure", "Readmissions to hospital (version 2, adults)". */
char *align_title(const struct align_view *view, const struct measure_key *key,
                  char ret[ALIGN_WORDS_MAX]);
/* "cbp", "pcr@2/adults": the key in one word. */
char *align_key_word(const struct measure_key *key, char ret[ALIGN_WORDS_MAX]);
/* "39.4 %", to the nearest tenth. */
char *align_percent(struct exact share, char ret[ALIGN_WORDS_MAX]);
/* "70 %", "no target". */
char *align_target(const struct align_row *row, char ret[ALIGN_WORDS_MAX]);
/* An index as a cell: a percentage for people, six decimals for programs; nothing: none. */
struct cell align_cell(const struct out *out, const struct align_index *index,
                       char buffer[ALIGN_WORDS_MAX]);
bool align_for_people(const struct out *out);
/* "alignment index" for people, "alignment_index" for programs. */
const char *align_figure_name(const struct out *out, const char *figure,
                              char ret[ALIGN_WORDS_MAX]);
/* A paragraph, folded; nothing unless for people. */
void align_say(const struct out *out, FILE *to, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* Who, as of when, forecast or not, what is at stake, what part of the revenue is seen. */
void align_head(struct out *out, const struct align_view *view);

/* ---- what is compared: align-cells.c */

/* How a payer's contracts stand to what most dollars ask for. */
enum align_agrees {
        AGREES_ABSENT,          /* it does not pay for it */
        AGREES_UNPAID,          /* in a contract, without dollars at stake */
        AGREES_OTHER_WAY,       /* the opposite direction */
        AGREES_OTHER_DAYS,
        AGREES_OTHER_TARGET,
        AGREES_LIGHTER,         /* the same, at less than half of the weight of all payers */
        AGREES_HEAVIER,         /* the same, at more than double */
        AGREES_SAME,
        AGREES_ALONE,           /* nobody else pays for it */
};

struct align_cell {
        enum align_agrees agrees;
        const struct align_row *row;    /* the payer's with most dollars; NULL: none */
        int64_t dollars;
        struct align_index weight;      /* of the payer's own dollars */
};

void align_cell_of(const struct align_view *view, struct align_run run, uint32_t payer,
                   const struct align_measure *measure, struct align_cell *ret);
const char *align_agrees_word(enum align_agrees agrees);        /* for programs */
/* "same, 70 %, weight 40 %": what stands in the cell. */
char *align_cell_says(const struct align_cell *cell, char ret[ALIGN_WORDS_MAX]);

/* Measures by dollars, most first; then by key. Returns how many, at most @room. */
size_t align_ranked(const struct align_view *view, struct align_run *ret, size_t room);
/* The specification of the common set that is of the concept, or of the whole key; NULL: none. */
const struct specification *align_common(const struct align_view *view,
                                         const struct name *concept,
                                         const struct measure_key *key);

/* ---- what is shown */

void align_show_matrix(struct out *out, const struct align_view *view);
void align_show_score(struct out *out, const struct align_view *view);
void align_show_gaps(struct out *out, const struct align_view *view);
enum exit_code align_show_conflicts(struct out *out, const struct align_view *view);
enum exit_code align_show_simulated(struct out *out, const struct align_view *view,
                                    const struct name *payer);
/* The table of payers and measures as a document of its own. */
void align_svg(FILE *to, const struct align_view *view);

#endif
