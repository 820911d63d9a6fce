/* SPDX-License-Identifier: Apache-2.0 */
/* A side's own settlement figure: kept, and held against the hub's. */
#include "daemon/figure.h"

#include <errno.h>
#include <stdlib.h>

#include "core/check.h"
#include "core/lines.h"
#include "core/sentence.h"
#include "daemon/dispatch.h"
#include "daemon/members.h"

#define OTHER_VERSIONS_MAX 3            /* of the terms that are tried */
#define ALTERNATIVES_MAX (OTHER_VERSIONS_MAX + 2)

/* ---- as stated */

static struct figure_key key_of(const struct view *view, const struct figure *figure)
{
        return (struct figure_key) {
                .contract_no = view->contract.no, .side = view_side(view),
                .period = figure->period,
        };
}

int gather_figure(struct hub *hub, const struct submission *submission, const struct view *view,
                  uint32_t place, struct view_event *ret)
{
        const struct figure *figure = &submission->events[place].figure;
        const struct figure_key key = key_of(view, figure);
        uint32_t event;
        int r;

        ret->twice = gather_twice(view->seen, submission, place);
        r = view->contract.known ? gather_covered(hub, view, figure->period, ret) : 0;
        if (r)
                return r;
        r = state_figure(hub->txn, &key, UINT64_MAX, &ret->current, &event);
        ret->has_current = r == 0;
        return r == -ENOENT ? 0 : r;
}

int fold_figure(struct hub *hub, const struct view *view, const struct submission *submission,
                uint32_t place, const struct entry *entry)
{
        const struct figure_key key = key_of(view, &submission->events[place].figure);

        return state_figure_put(hub->txn, &key, entry->index, place);
}

/* ---- what it is held against */

struct comparing_figure {
        struct hub *hub;
        struct figure_key key;
        struct reading by;
        struct arena *arena;            /* of what is answered */
        struct arena said;              /* of the submission with the figure */
        const struct figure *figure;
        struct statement *statement;
        struct terms terms, other_terms;
        struct compare_work work;
        struct faults faults;
        struct statement made[ALTERNATIVES_MAX];
        struct compare_alternative alternatives[ALTERNATIVES_MAX];
        size_t count;
};

static void comparing_figure_cleanup(struct comparing_figure **c)
{
        if (*c)
                arena_free(&(*c)->said);
        free(*c);
}

static int read_figure(struct comparing_figure *c, uint64_t cut, uint64_t *ret_index)
{
        struct submission submission;
        struct log_entry entry;
        struct fault fault;
        uint32_t event;
        int r = state_figure(c->hub->txn, &c->key, cut, ret_index, &event);

        if (!r)
                r = arena_new(&c->said, WIRE_ARENA_SIZE);
        if (r)
                return r;
        r = log_read_proved(c->hub->txn, NULL, *ret_index, &entry);
        if (!r)
                r = wire_read_submission(entry.bytes, &c->said, &submission, &fault);
        if (r || event >= submission.event_count || submission.events[event].kind != EVENT_FIGURE)
                return r < 0 && r != -ENOENT ? r : -EILSEQ;
        c->figure = &submission.events[event].figure;
        return 0;
}

/* Of a period that no run was for: as one would be paid when the period is over. */
static int preview(struct comparing_figure *c, const struct contract_id *id, uint64_t cut)
{
        const struct run run = {
                .contract = *id, .period = c->key.period, .kind = RUN_PREVIEW,
                .payment = c->key.period.until,
                .cut = cut < hub_size(c->hub) ? cut : hub_size(c->hub) - 1,
        };

        c->statement = arena_take(c->arena, sizeof(*c->statement));
        return c->statement ? compute_run(&c->by, &run, c->key.contract_no, c->statement)
                            : -ENOMEM;
}

static int find_statement(struct comparing_figure *c, uint64_t cut)
{
        own(past_runs) struct past_runs runs = { .rows = NULL };
        struct contract_state_row contract;
        const struct run_state *run;
        int r = state_contract(c->hub->txn, c->key.contract_no, &contract);

        if (!r)
                r = past_runs(c->hub->txn, c->key.contract_no, &runs);
        if (r)
                return r == -ENOENT ? -EILSEQ : r;
        run = past_counts(&runs, c->key.period, cut);
        return run ? past_statement(c->hub->txn, run, c->arena, &c->statement)
                   : preview(c, &contract.id, cut);
}

/* ---- the hub's run made otherwise */

/* What cannot be made explains nothing. */
static void add(struct comparing_figure *c, enum differs_by cause, int r)
{
        struct statement *made = &c->made[c->count];

        if (!r && made->status == STATEMENT_CALCULATED)
                c->alternatives[c->count++] = (struct compare_alternative) { cause, made };
}

static void try_version(struct comparing_figure *c, uint32_t version)
{
        struct view_terms terms;

        if (!version || version == c->statement->terms_version || c->count == OTHER_VERSIONS_MAX ||
            state_terms(c->hub->txn, c->key.contract_no, version, &terms))
                return;
        add(c, DIFFERS_BY_TERMS, compute_instead(&c->by, &c->statement->run, c->key.contract_no,
                                                 version, NULL, SIDE_NEITHER,
                                                 &c->made[c->count]));
}

/* The one it names; else those next to the statement's, as the likeliest to be mistaken for it. */
static void try_versions(struct comparing_figure *c)
{
        const uint32_t by = c->statement->terms_version;

        try_version(c, c->figure->terms_version);
        if (c->figure->terms_version && c->figure->terms_version != by)
                return;
        try_version(c, by - 1);
        try_version(c, by + 1);
}

static void try_order(struct comparing_figure *c)
{
        if (!compare_order(c->figure, c->statement, &c->terms, &c->work, &c->other_terms))
                return;
        faults_reset(&c->faults);
        terms_check(&c->other_terms, 0, &c->faults);
        if (c->faults.first)
                return;
        add(c, DIFFERS_BY_ORDER, compute_instead(&c->by, &c->statement->run, c->key.contract_no,
                                                 c->statement->terms_version, &c->other_terms,
                                                 SIDE_NEITHER, &c->made[c->count]));
}

static void try_otherwise(struct comparing_figure *c)
{
        try_versions(c);
        try_order(c);
        add(c, DIFFERS_BY_INPUT, compute_instead(&c->by, &c->statement->run, c->key.contract_no,
                                                 c->statement->terms_version, NULL, c->key.side,
                                                 &c->made[c->count]));
}

static void hold_against(struct comparing_figure *c, struct comparison *ret,
                         struct figure_difference *differences)
{
        const struct compare_inputs inputs = {
                .figure = c->figure, .statement = c->statement, .terms = &c->terms,
                .alternatives = c->alternatives, .alternative_count = c->count,
        };

        compare_figure(&inputs, &c->work, ret, differences);
}

static int compare(struct comparing_figure *c, uint64_t cut, struct comparison *ret)
{
        struct figure_difference *differences;
        int r = read_figure(c, cut, &ret->figure);

        if (!r)
                r = find_statement(c, cut);
        if (!r)
                r = c->statement->terms_version
                            ? compute_terms(c->hub->txn, c->key.contract_no,
                                            c->statement->terms_version, &c->terms) : 0;
        if (r)
                return r;
        differences = arena_take(c->arena, LINES_PER_STATEMENT_MAX * sizeof(*differences));
        if (!differences)
                return -ENOMEM;
        ret->statement = c->statement;
        hold_against(c, ret, differences);
        if (!ret->difference_count || !c->statement->terms_version)
                return 0;
        try_otherwise(c);
        hold_against(c, ret, differences);
        return 0;
}

int figure_compare(struct hub *hub, const struct figure_key *key, uint64_t cut,
                   struct arena *arena, struct comparison *ret)
{
        own(comparing_figure) struct comparing_figure *c = calloc(1, sizeof(*c));

        *ret = (struct comparison) { .statement = NULL };
        if (!c)
                return -ENOMEM;
        c->hub = hub;
        c->key = *key;
        c->arena = arena;
        c->by = (struct reading) {
                .hub = hub, .txn = hub->txn, .of_batch = true, .rows_most = QUERY_ROWS_MAX,
        };
        return compare(c, cut, ret);
}

/* ---- word of it */

static void say_first(const struct comparison *comparison, const struct name *party,
                      struct text *says)
{
        const struct figure_difference *first = compare_first(comparison);
        const struct statement *s = comparison->statement;
        const struct line *line;

        sentence_begin(says);
        sentence_add(says, "the figure of ");
        sentence_add(says, party->text);
        sentence_add(says, " differs");
        if (!first)
                return;
        line = &s->lines[first->line];
        sentence_add(says, " first in ");
        sentence_add(says, line_info(line->code) ? line_info(line->code)->name : "a line");
        if (line->item) {
                sentence_add(says, " of ");
                sentence_add(says, line_item(s, line)->text);
        }
        sentence_add(says, " (");
        sentence_add(says, differs_by_name(first->cause));
        sentence_add(says, "): ");
        sentence_add(says, first->says.text);
}

/* Nothing to say where it agrees, or where there is nothing to hold it against. */
static int tell(struct hub *hub, const struct contract_id *contract, const struct figure_key *key,
                const struct run_state *run, uint64_t cause)
{
        struct signal signal = { .kind = SIGNAL_FIGURE_DIFFERS, .cause = cause };
        own(arena) struct arena arena = { 0 };
        struct comparison comparison;
        int r = arena_new(&arena, WIRE_ARENA_SIZE);

        if (!r)
                r = figure_compare(hub, key, UINT64_MAX, &arena, &comparison);

        if (r == -ENOENT || r == -ENOKEY || r == -ENODATA)
                return 0;
        if (r || comparison.difference_count == 0 ||
            comparison.statement->status != STATEMENT_CALCULATED)
                return r;
        if (run)
                signal = signal_of_run(run, SIGNAL_FIGURE_DIFFERS, cause);
        say_first(&comparison, key->side == SIDE_BEARER ? &contract->bearer : &contract->earner,
                  &signal.says);
        return signal_both(hub, contract, &signal);
}

static int counting_run(struct hub *hub, const struct figure_key *key, struct run_state *ret,
                        bool *ret_is)
{
        own(past_runs) struct past_runs runs = { .rows = NULL };
        const struct run_state *run;
        int r = past_runs(hub->txn, key->contract_no, &runs);

        run = r ? NULL : past_counts(&runs, key->period, UINT64_MAX);
        *ret_is = run != NULL;
        if (run)
                *ret = *run;
        return r;
}

int follow_figure(struct hub *hub, const struct view *view, const struct submission *submission,
                  uint32_t place, const struct entry *entry)
{
        const struct figure_key key = key_of(view, &submission->events[place].figure);
        struct run_state run;
        bool is;
        int r = counting_run(hub, &key, &run, &is);

        return r ? r : tell(hub, &view->contract.id, &key, is ? &run : NULL, entry->index);
}

int figures_again(struct hub *hub, const struct run_state *run, uint64_t cause)
{
        struct figure_key key = { .contract_no = run->contract_no, .period = run->run.period };
        struct run_state counts;
        uint64_t index;
        uint32_t event;
        bool is;
        int r = 0;

        for (key.side = SIDE_BEARER; !r && key.side <= SIDE_EARNER; key.side++) {
                r = state_figure(hub->txn, &key, UINT64_MAX, &index, &event);
                if (!r)
                        r = counting_run(hub, &key, &counts, &is);
                if (!r && is && counts.index == run->index)
                        r = tell(hub, &run->run.contract, &key, run, cause);
                r = r == -ENOENT ? 0 : r;
        }
        return r;
}
