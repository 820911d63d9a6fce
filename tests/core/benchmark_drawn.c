/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/benchmark_drawn.h"

#include <check.h>
#include <string.h>

#include "core/inputs.h"
#include "tests/draw.h"

static uint64_t state = 1;

void draw_seed(uint64_t seed)
{
        state = xorshift_seeded(seed);
}

uint64_t draw_below(uint64_t below)
{
        return xorshift_below(&state, below);
}

static bool coin(void)
{
        return draw_below(2);
}

/* The terms as far as they are drawn. */
static struct drawing {
        struct terms *terms;
        bool by_category;
        int years;              /* base years; 0: another source */
        int candidates;
} d;

static struct step *add(const char *kind)
{
        struct step *step = with_step(d.terms, kind);

        if (d.by_category)
                with_word(step, "by", "category");
        if (coin())
                with_count(step, "decimals", 2 + (int64_t)draw_below(8));
        return step;
}

/* From @least to @most thousandths, or with all the decimals there are. */
static void rate(struct step *step, const char *name, int64_t least, int64_t most)
{
        int64_t thousandths = least + (int64_t)draw_below((uint64_t)(most - least) + 1);

        if (draw_below(4) || thousandths == most)
                with_rate(step, name, thousandths, 1000);
        else
                with_rate(step, name, thousandths * 1000000 + (int64_t)draw_below(1000000),
                          1000000000);
}

static void maybe_rate(struct step *step, const char *name, int64_t least, int64_t most)
{
        if (coin())
                rate(step, name, least, most);
}

static const char *one_of(const char *const *words, size_t count)
{
        return words[draw_below(count)];
}

#define ONE_OF(words) one_of(words, sizeof(words) / sizeof((words)[0]))

/* ---- baseline */

static void trend(struct step *step)
{
        static const char *const words[] = { "none", "national", "regional", "blend", "rate" };

        with_word(step, "trend", ONE_OF(words));
        rate(step, "rate", -100, 300);
}

static const int64_t hundredths[][4] = {
        { 100 }, { 60, 40 }, { 10, 30, 60 }, { 25, 25, 25, 25 }
};

static void base_years(void)
{
        bool alike = coin();

        for (int i = 0; i < d.years; i++) {
                struct step *step = add("baseline");

                with_count(step, "year", 2024 - d.years + i);
                if (alike)
                        with_rate(step, "weight", 1, d.years);
                else
                        with_rate(step, "weight", hundredths[d.years - 1][i], 100);
                if (i < d.years - 1)
                        trend(step);
                with_flag(step, "risk", coin());
        }
}

static void amount(void)
{
        static const char *const words[] = { "terms", "reported", "carried" };
        const char *source = ONE_OF(words);
        struct step *step = add("baseline");

        with_word(step, "source", source);
        if (strcmp(source, "terms") == 0 || coin())
                with_cents(step, "amount",
                           draw_below(8) ? (int64_t)draw_below(2000000) : MONEY_MAX);
        trend(step);
}

/* ---- adjustments */

static struct step *adjust(const char *kind)
{
        struct step *step = add("adjust");

        with_word(step, "kind", kind);
        return step;
}

static void caps(struct step *step)
{
        maybe_rate(step, "cap_up", 0, 100);
        maybe_rate(step, "cap_down", 0, 100);
}

static void maybe_candidate(struct step *step)
{
        if (coin())
                return;
        with_word(step, "apply", "candidate");
        d.candidates++;
}

static void region(void)
{
        struct step *step = adjust("regional");

        rate(step, "weight", 0, 1000);
        rate(step, "weight_dearer", 0, 1000);
        caps(step);
        maybe_candidate(step);
}

static void prior(void)
{
        struct step *step = adjust("prior_savings");

        rate(step, "scale", 0, 1000);
        caps(step);
        maybe_candidate(step);
}

static void per_capita(bool may_wait)
{
        struct step *step = adjust("per_capita");

        if (coin())
                with_word(step, "item", "equity");
        caps(step);
        if (may_wait)
                maybe_candidate(step);
}

static void other(void)
{
        switch (draw_below(d.by_category ? 3 : 4)) {
        case 0:
                rate(adjust("rate"), "rate", -100, 100);
                break;
        case 1:
                with_word(adjust("reference"), "item", "update");
                break;
        case 2:
                per_capita(false);
                break;
        default:
                with_word(adjust("budget"), "item", "shift");
        }
}

static void choose(bool among_region)
{
        static const char *const words[] = { "max", "sum", "first", "offset" };
        struct step *step = adjust("choose");

        with_word(step, "choose", one_of(words, among_region ? 4 : 3));
        maybe_rate(step, "cap_up", 0, 100);
}

static void adjustments(void)
{
        int waiting;

        if (coin())
                other();
        if (coin())
                per_capita(d.years > 0);
        if (d.years && coin())
                prior();
        waiting = d.candidates;
        if (d.years && coin())
                region();
        if (d.candidates)
                choose(d.candidates > waiting);
        if (coin())
                other();
}

/* ---- the update */

static void risk(struct step *step)
{
        if (!d.years)
                with_count(step, "reference_year", 2020);
        maybe_rate(step, "cap_up", 0, 100);
        maybe_rate(step, "cap_down", 0, 100);
        if (!step_param(step, "cap_up") && !step_param(step, "cap_down"))
                return;
        with_flag(step, "demographic", coin());
        if (!d.by_category || coin())
                return;
        with_word(step, "scope", "aggregate");
        with_word(step, "mix", coin() ? "people" : "dollars");
        with_word(step, "beyond", coin() ? "each" : "scaled");
}

static void prices(struct step *step)
{
        static const char *const words[] = { "national", "regional", "blend", "three_way", "rate" };
        const char *kind = ONE_OF(words);

        with_word(step, "update", kind);
        rate(step, "rate", -100, 300);
        rate(step, "prospective_weight", 0, 1000);
        if (strcmp(kind, "three_way") != 0)
                return;
        maybe_rate(step, "guardrail_up", 0, 50);
        maybe_rate(step, "guardrail_down", 0, 50);
}

static void update(void)
{
        struct step *step = add("risk-update");
        bool risked = coin();

        with_flag(step, "risk", risked);
        if (risked)
                risk(step);
        if (!risked || coin())
                prices(step);
}

/* ---- the whole */

static void categories_counted(void)
{
        static const char *const names[] = { "esrd", "dis", "agdu", "agnd", "any" };
        size_t count = 1 + draw_below(5);

        for (size_t i = 0; i < count; i++) {
                struct step *step = with_step(d.terms, "attribute");

                with_word(step, "category", names[i]);
                with_word(step, "count", coin() ? "person_years" : "people");
        }
}

static void settlement(void)
{
        struct step *step = with_step(d.terms, "expenditure");

        step = add("target");
        with_word(step, "source", "baseline");
        with_word(step, "unit", d.by_category || coin() ? "per_capita" : "budget");
        with_step(d.terms, "savings");
        with_word(with_step(d.terms, "corridor-gate"), "minimum", "none");
        with_rate(with_step(d.terms, "share"), "up", 1, 2);
}

void draw_benchmark(struct terms *terms, bool settled)
{
        d = (struct drawing) { .terms = terms, .by_category = coin() };
        arrange_terms(terms);
        if (d.by_category)
                categories_counted();
        d.years = draw_below(4) ? 1 + (int)draw_below(4) : 0;
        if (d.years)
                base_years();
        else
                amount();
        adjustments();
        if (coin())
                update();
        if (settled)
                settlement();
        else
                with_cents(with_step(terms, "fee"), "flat", 100);
        with_step(terms, "post");
}

/* ---- facts at the ends */

static struct value extreme_rate(const struct fact_kind_info *info)
{
        static const int64_t dens[] = { 1, 3, 1000, 999999937, 1000000000 };
        int64_t den = dens[draw_below(5)], most = info->most > 1000 ? 1000 : info->most, num;

        if (draw_below(4) == 0)
                return (struct value) { UNIT_RATE, (int64_t)draw_below(2), den };
        num = most > RATE_PART_MAX / den ? RATE_PART_MAX : most * den;
        return (struct value) { UNIT_RATE, num - (int64_t)draw_below(2), den };
}

static struct value plain_rate(const struct fact_kind_info *info)
{
        if (info->most == 1)
                return (struct value) { UNIT_RATE, (int64_t)draw_below(11), 10 };
        return (struct value) { UNIT_RATE, 900000 + (int64_t)draw_below(250000), 1000000 };
}

static int64_t extreme_cents(const struct fact_kind_info *info)
{
        switch (draw_below(4)) {
        case 0:
                return info->least;
        case 1:
                return info->least < 0 ? -1 : 1;
        case 2:
                return info->most - 1;
        default:
                return info->most;
        }
}

static int64_t plain_cents(const struct fact_kind_info *info)
{
        if (info->least < 0)
                return (int64_t)draw_below(100000) - 50000;
        return 900000 + (int64_t)draw_below(300000);
}

static struct value value_of(const struct fact_kind_info *info, bool extreme)
{
        if (info->unit == UNIT_RATE)
                return extreme ? extreme_rate(info) : plain_rate(info);
        if (info->unit == UNIT_FLAG)
                return (struct value) { UNIT_FLAG, 1, 1 };
        if (info->unit == UNIT_COUNT)
                return (struct value) { UNIT_COUNT, extreme ? info->most : 5000, 1 };
        return (struct value) { UNIT_CENTS, extreme ? extreme_cents(info) : plain_cents(info), 1 };
}

void draw_facts(const struct terms *terms, struct facts *facts, uint64_t odds)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(terms, inputs);

        facts_begin(facts);
        ck_assert_uint_le(count, INPUTS_MAX);
        for (size_t i = 0; i < count; i++) {
                const struct fact_kind_info *info = fact_kind_info((unsigned int)inputs[i].kind);
                struct value value = value_of(info, odds && draw_below(odds) == 0);
                struct fact *fact;

                if (inputs[i].need == READ_IF_SO && coin())
                        continue;
                fact = fact_of(facts, inputs[i].kind, inputs[i].item.text, 0, 1);
                fact->value = value;
                fact->side = terms_of_record(terms, inputs[i].kind);
                ck_assert_msg(!fact_value_fault(inputs[i].kind, &value), "%s", info->name);
                if (inputs[i].year)
                        fact->key.period = calendar_year(inputs[i].year);
        }
}
