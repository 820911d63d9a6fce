/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints what `accord align` shows of made-up contracts, without a hub: align.sh holds it against
 * the golden files.
 *
 *   test-cli-align VERB FORMAT [none|keys|charter]
 *
 * The contracts are those of the reference, section 8.3, at a clinic, with what the figures there
 * leave out: a fourth payer that is relayed, gates, people left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/align.h"

static struct incentive_contract contracts[5];
static struct incentive_row rows[16];
static struct incentive_signal signal = { .party = { "clinic" }, .as_of = 1234,
                                          .contracts = contracts, .rows = rows,
                                          .has_revenue = true, .all_source_revenue = 125000000 };

static void contract(const char *bearer, int64_t revenue, enum lan_category category,
                     uint64_t members)
{
        struct incentive_contract *c = &contracts[signal.contract_count++];

        *c = (struct incentive_contract) {
                .version = 1, .standing = STANDING_BINDING, .share = { 1, 1 },
                .period = { date_of(2026, 1, 1), date_of(2027, 1, 1) },
                .paid_through = date_of(2026, 8, 31), .payment = date_of(2027, 10, 1),
                .has_revenue = revenue > 0, .revenue = revenue, .category = category,
                .has_members = true, .members = members };
        snprintf(c->contract.bearer.text, sizeof(c->contract.bearer.text), "%s", bearer);
        snprintf(c->contract.earner.text, sizeof(c->contract.earner.text), "clinic");
        snprintf(c->contract.label.text, sizeof(c->contract.label.text), "aco");
}

static struct incentive *row(const char *concept, const char *version, int64_t stake, int target)
{
        struct incentive_row *r = &rows[signal.row_count++];

        *r = (struct incentive_row) { .contract = signal.contract_count - 1 };
        r->is = (struct incentive) { .of = INCENTIVE_MEASURE, .stake = stake * 100,
                                     .key = { .direction = DIRECTION_MORE },
                                     .has_target = target > 0, .target = { target, 100 } };
        snprintf(r->is.key.concept.text, sizeof(r->is.key.concept.text), "%s", concept);
        snprintf(r->is.key.version.text, sizeof(r->is.key.version.text), "%s", version);
        return &r->is;
}

static void total_cost(int64_t stake, int64_t point)
{
        struct incentive *is = row(CONCEPT_TOTAL_COST, "", stake, 0);

        is->of = INCENTIVE_TOTAL_COST;
        is->key.direction = DIRECTION_LESS;
        is->point[FORECAST_CENTRAL] = point;
}

static void make_signal(bool whole)
{
        contract("apex", 40000000, LAN_3B, 600);
        row("cbp", "", 60000, 70);
        row("hbd", "", 40000, 0);
        row("pcr", "1", 50000, 0)->key.direction = DIRECTION_LESS;
        contract("beacon", 25000000, LAN_2C, 900);
        row("cbp", "", 20000, 70);
        row("hbd", "", 30000, 0);
        row("bcs", "", 10000, 0);
        contract("crown", 35000000, LAN_3A, 1500);
        row("cbp", "", 50000, 62);
        row("bcs", "", 50000, 0);
        row("pcr", "2", 20000, 0)->key.direction = DIRECTION_LESS;
        if (!whole)
                return;
        rows[0].is.gate = true;
        snprintf(rows[3].is.excludes.text, sizeof(rows[3].is.excludes.text), "dialysis");
        contract("delta", 10000000, LAN_3A, 300);
        contracts[3].relayed = true;
        contracts[3].period.from = date_of(2025, 7, 1);
        contracts[3].period.until = date_of(2026, 7, 1);
        total_cost(90000, 300 * 40);
        row("hbd", "", 15000, 0);
        row("awv", "", 0, 50);
}

/* The common set: blood pressure, blood sugar, readmissions by the second specification. */
static struct charter *make_charter(void)
{
        static const struct { const char *concept, *version; } set[] = { { "cbp", "" },
                                                                         { "hbd", "" },
                                                                         { "pcr", "2" } };
        struct charter *charter = calloc(1, sizeof(*charter));

        if (!charter)
                abort();
        for (size_t i = 0; i < 3; i++) {
                struct specification *s = &charter->specifications[charter->specification_count++];

                s->common = true;
                s->is.direction = i == 2 ? DIRECTION_LESS : DIRECTION_MORE;
                snprintf(s->is.concept.text, sizeof(s->is.concept.text), "%s", set[i].concept);
                snprintf(s->is.version.text, sizeof(s->is.version.text), "%s", set[i].version);
        }
        charter->thresholds = (struct thresholds) { true, { 3, 5 }, { 2, 3 }, { 4, 5 }, { 1, 20 } };
        return charter;
}

static void add_beside(struct align_view *v)
{
        v->titles.charter = make_charter();
        v->has_drift = true;
        v->drift_year = 2026;
        v->drift = (struct drift) { .pairs = 12, .to_bearer = 7, .to_earner = 3, .amounts = 5,
                                    .bearer_cents = 412300, .earner_cents = 90000 };
        v->has_release = true;
        v->release = 4;
        v->figure_count = 2;
        v->figures[0] = (struct release_figure) { .figure = FIGURE_ALIGNMENT, .has_value = true,
                                                  .num = 41, .den = 100, .decision = SHOWN };
        v->figures[1] = (struct release_figure) { .figure = FIGURE_CONFLICT,
                                                  .decision = SHOWN_NOT };
}

static void keys_of(struct align_view *v)
{
        v->keys_only = true;
        v->party = v->s->payers[0].name;
        for (uint32_t i = 0; i < v->s->align.row_count; i++) {
                v->s->rows[i].dollars = 0;
                v->s->rows[i].has_target = false;
        }
}

static int show(struct out *out, const char *verb, const struct align_view *v)
{
        static const struct name who = { "apex" };

        if (!strcmp(verb, "matrix"))
                align_show_matrix(out, v);
        else if (!strcmp(verb, "score"))
                align_show_score(out, v);
        else if (!strcmp(verb, "gaps"))
                align_show_gaps(out, v);
        else if (!strcmp(verb, "conflicts"))
                return (int)align_show_conflicts(out, v);
        else if (!strcmp(verb, "simulate"))
                return (int)align_show_simulated(out, v, &who);
        else
                align_svg(stdout, v);
        return 0;
}

int main(int argc, char **argv)
{
        struct cli cli = { .format = FORMAT_TABLE };
        struct align_view view = { 0 };
        struct out *out = NULL;
        const char *with = argc > 3 ? argv[3] : "none", *wrong;
        int code;

        if (argc < 3)
                return 2;
        while (cli.format < FORMAT_COUNT && strcmp(format_names[cli.format], argv[2]))
                cli.format++;
        make_signal(strcmp(with, "none") != 0);
        if (align_view_new(&view, signal.contract_count) || out_new(&out, &cli, stdout))
                return 1;
        wrong = align_view_signal(&view, &signal, NULL, 0, align_tolerance);
        if (wrong) {
                fprintf(stderr, "%s\n", wrong);
                return 1;
        }
        if (strcmp(with, "none"))
                add_beside(&view);
        if (!strcmp(with, "keys"))
                keys_of(&view);
        code = show(out, argv[1], &view);
        out_finish(out);
        out_cleanup(&out);
        align_view_cleanup(&view);
        return code;
}
