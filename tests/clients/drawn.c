/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/clients/drawn.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/report_json.h"
#include "core/inputs.h"
#include "core/params.h"
#include "tests/core/usual.h"
#include "tests/draw.h"

static uint64_t state = 1;

void drawn_seed(uint64_t seed)
{
        state = xorshift_seeded(seed);
}

uint64_t drawn_below(uint64_t below)
{
        return xorshift_below(&state, below);
}

static int64_t between(int64_t least, int64_t most)
{
        return least + (int64_t)drawn_below((uint64_t)(most - least) + 1);
}

static bool coin(void)
{
        return drawn_below(2);
}

/* ---- terms */

static struct name name_is(const char *text)
{
        struct name name;

        ck_assert(name_parse((struct bytes) { text, strlen(text) }, &name));
        return name;
}

static struct rate draw_rate(int64_t least, int64_t most)
{
        static const int64_t dens[] = { 1, 2, 3, 7, 10, 20, 100, 1000, 10000 };
        int64_t den = dens[drawn_below(sizeof(dens) / sizeof(dens[0]))], span = most - least;

        /* Near the lower end, where rates of contracts lie; now and then at the very end. */
        span = span > 1 && drawn_below(8) ? 1 : span;
        return (struct rate) { least * den + between(0, (span < 100 ? span : 100) * den), den };
}

static int64_t draw_end(enum band_axis axis, int64_t from)
{
        switch (axis) {
        case AXIS_DATE:
                return from + between(1, 4000);
        case AXIS_SHARE:
                return from + between(1, 500) * (SHARE_ONE / 1000);
        case AXIS_CENTS:
                return from + between(1, 1000000) * 100;
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return from + between(1, 20000);
}

static int64_t last_end(enum band_axis axis)
{
        switch (axis) {
        case AXIS_DATE:
                return DATE_LAST;
        case AXIS_SHARE:
                return SHARE_MOST;
        case AXIS_CENTS:
                return MONEY_MAX;
        case AXIS_COUNT:
        case AXIS_NONE:
                break;
        }
        return COUNT_MAX;
}

static void draw_bands(struct terms *terms, const struct param_info *info, struct param *param)
{
        size_t count = (size_t)between(1, 4);
        int64_t from = info->axis == AXIS_DATE ? DATE_FIRST : 0;
        bool apart = info->axis == AXIS_COUNT || info->axis == AXIS_DATE, sloped = !drawn_below(3);

        param->bands.first = terms->band_count;
        param->bands.count = (uint16_t)count;
        for (size_t i = 0; i < count && terms->band_count < BANDS_PER_TERMS_MAX; i++) {
                struct band *band = &terms->bands[terms->band_count++];

                band->from = from;
                band->to = i + 1 < count ? draw_end(info->axis, from) : last_end(info->axis);
                band->at_from = band->at_to = draw_rate(info->least, info->most);
                if (sloped && i + 1 < count && info->axis != AXIS_DATE)
                        band->at_to = draw_rate(info->least, info->most);
                from = band->to + apart;
        }
}

/* Few names, so that one step speaks of what another declared. */
static struct name draw_word(const char *param, const char *words)
{
        static const char *const any[] = { "esrd", "aged" }, *const measures[] = { "a1c", "bp" };
        size_t count = 1, choice;
        char text[NAME_MAX_LENGTH + 1] = "";

        if (!words)
                return name_is((strstr(param, "measure") ? measures : any)[drawn_below(2)]);
        for (const char *c = words; *c; c++)
                count += *c == '|';
        for (choice = drawn_below(count); choice; choice--)
                words = strchr(words, '|') + 1;
        memcpy(text, words, strcspn(words, "|"));
        return name_is(text);
}

static void draw_param(struct terms *terms, struct step *step, const struct param_info *info)
{
        struct param *param = &step->params[step->param_count++];

        memset(param, 0, sizeof(*param));
        param->name = name_is(info->name);
        param->type = info->type;
        switch (info->type) {
        case PARAM_CENTS:
                param->cents = between(info->least, info->most < 5000000 ? info->most : 5000000);
                break;
        case PARAM_COUNT:
                param->count = between(info->least, info->most > 30000 ? 30000 : info->most);
                if (strcmp(info->name, "year") == 0)
                        param->count = between(2020, 2022);
                break;
        case PARAM_RATE:
                param->rate = draw_rate(info->least, info->most);
                break;
        case PARAM_FLAG:
                param->flag = coin();
                break;
        case PARAM_WORD:
                param->word = draw_word(info->name, info->words);
                break;
        case PARAM_BANDS:
                draw_bands(terms, info, param);
                break;
        }
}

static void draw_step(struct terms *terms, const struct step_info *kind)
{
        struct step *step = &terms->steps[terms->step_count++];
        uint64_t odds = 1 + drawn_below(4);
        const struct param_info *info;

        memset(step, 0, sizeof(*step));
        step->kind = name_is(kind->name);
        step->version = kind->version;
        for (size_t i = 0; (info = param_at(i)); i++)
                if (info->step == kind->code && step->param_count < PARAMS_PER_STEP_MAX &&
                    (info->need == PARAM_REQUIRED || drawn_below(5) < odds))
                        draw_param(terms, step, info);
}

/* "name=value": drawn parameters give way, in a place of their own where there was none. */
static void force(struct step *step, enum step_code code, const char *name, const char *value)
{
        const struct param_info *info = param_info(code, name);
        struct param *param = NULL;

        ck_assert_msg(info, "%s: no such parameter", name);
        for (size_t i = 0; i < step->param_count; i++)
                if (strcmp(step->params[i].name.text, name) == 0)
                        param = &step->params[i];
        if (!param)
                param = &step->params[step->param_count++];
        memset(param, 0, sizeof(*param));
        param->name = name_is(name);
        param->type = info->type;
        if (info->type == PARAM_WORD)
                param->word = name_is(value);
        else if (info->type == PARAM_RATE)
                ck_assert_ptr_null(rate_parse((struct bytes) { value, strlen(value) },
                                              &param->rate));
        else if (info->type == PARAM_FLAG)
                param->flag = strcmp(value, "yes") == 0;
        else
                param->count = atoll(value);
}

static void force_all(struct step *step, enum step_code code, const char *with)
{
        char text[256], *rest = NULL;

        snprintf(text, sizeof(text), "%s", with);
        /* Room for what is to be said: what was drawn last goes first. */
        for (char *one = strtok_r(text, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
                char *equals = strchr(one, '=');

                ck_assert_ptr_nonnull(equals);
                *equals = '\0';
                if (step->param_count == PARAMS_PER_STEP_MAX)
                        step->param_count--;
                force(step, code, one, equals + 1);
        }
}

/* Without a post step the one thing wrong may be that it lacks. */
static bool passes(const struct terms *terms, enum drawn_check check)
{
        static struct faults faults;

        if (check == DRAWN_UNCHECKED)
                return true;
        faults_reset(&faults);
        terms_check(terms, 0, &faults);
        if (check == DRAWN_WHOLE || faults.count + faults.more != 1)
                return faults.count == 0;
        return strcmp(faults.list[0].field, "terms.steps") == 0;
}

static bool try_step(struct terms *terms, const struct step_info *kind, const char *with,
                     enum drawn_check check)
{
        uint16_t steps = terms->step_count, bands = terms->band_count;

        draw_step(terms, kind);
        force_all(&terms->steps[steps], kind->code, with);
        if (passes(terms, check))
                return true;
        terms->step_count = steps;
        terms->band_count = bands;
        return false;
}

void drawn_begin(struct terms *terms)
{
        const struct period year = { date_of(2024, 1, 1), date_of(2025, 1, 1) };
        const struct period before = { date_of(2023, 1, 1), date_of(2024, 1, 1) };

        memset(terms, 0, sizeof(*terms));
        terms->contract = (struct contract_id) { name_is("plan"), name_is("clinic"), name_is("c") };
        terms->version = 1;
        terms->signed_on = date_of(2022, 12, 1);
        terms->effective = before.from;
        terms->applies = APPLIES_NEXT_PERIOD;
        terms->standing = STANDING_BINDING;
        terms->lookback_months = 60;
        terms->agreement = (struct period) { before.from, year.until };
        terms->period_count = 2;
        terms->periods[0] = before;
        terms->periods[1] = year;
}

bool drawn_step(struct terms *terms, const char *kind, const char *with, enum drawn_check check)
{
        const struct name name = name_is(kind);
        const struct step_info *info = step_info(&name, 1);

        ck_assert_msg(info, "there is no step %s", kind);
        for (int tries = 0; tries < 40; tries++)
                if (try_step(terms, info, with, check))
                        return true;
        return false;
}

static size_t kinds(const struct step_info **ret_post)
{
        const struct step_info *info;
        size_t count;

        for (count = 0; (info = step_at(count)); count++)
                if (strcmp(info->name, "post") == 0)
                        *ret_post = info;
        return count;
}

void drawn_terms(struct terms *ret, size_t steps)
{
        const struct step_info *post = NULL;
        size_t count = kinds(&post), goal = (size_t)between(1, (int64_t)steps), at;

        ck_assert_ptr_nonnull(post);
        while (true) {
                drawn_begin(ret);
                /* Onwards through the families more often than not: that is how terms are. */
                at = drawn_below(count / 3 + 1);
                for (int i = 0; i < 80 && ret->step_count < goal; i++) {
                        const struct step_info *kind = step_at(at);

                        for (int tries = 0; kind != post && tries < 4; tries++)
                                if (try_step(ret, kind, "", DRAWN_SO_FAR))
                                        break;
                        at = drawn_below(3) ? (at + 1) % count : drawn_below(count);
                }
                for (int i = 0; i < 4; i++)
                        if (try_step(ret, post, "", DRAWN_WHOLE))
                                return;
        }
}

/* ---- facts */

/* As large as it can be now and then. */
static struct value draw_value(const struct fact_kind_info *info)
{
        if (info->unit == UNIT_CENTS && !drawn_below(24))
                return (struct value) { UNIT_CENTS, info->most, 1 };
        return usual_value(info, drawn_below);
}

static void add_fact(const struct terms *terms, struct drawn *facts, enum fact_kind kind,
                     const struct item *item, struct period period)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)kind);
        struct fact *fact = &facts->facts[facts->count++];

        ck_assert_uint_le(facts->count, DRAWN_FACTS_MAX);
        *fact = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = kind,
                         .item = *item,
                         .period = period,
                         .paid_through = DATE_NONE },
                .value = draw_value(info),
                .index = 10 + facts->count,
                .side = terms_of_record(terms, kind),
        };
        ck_assert_msg(!fact_value_fault(kind, &fact->value), "%s: %s", info->name,
                      fact_value_fault(kind, &fact->value));
        for (size_t i = 0; i + 1 < facts->count; i++)
                if (fact_key_equal(&facts->facts[i].key, &fact->key)) {
                        facts->count--; /* it is there already */
                        return;
                }
}

/* Those that come under any items: a few of them, each under its own. */
static void add_input(const struct terms *terms, const struct run *run, struct drawn *facts,
                      const struct input *input)
{
        size_t count = input->many ? drawn_below(4) : 1;

        for (size_t i = 0; i < count; i++) {
                struct item item = input->item;

                if (input->many)
                        snprintf(item.text, sizeof(item.text), "one-%zu", i);
                add_fact(terms, facts, input->kind, &item,
                         input->year ? calendar_year(input->year) : run->period);
        }
}

/* Half of what an earlier statement can hand on, under no item and under one. */
static void draw_carried(struct drawn *facts)
{
        static const enum carry all[] = {
#define X(code, name, line, number, says) CARRY_##code,
                CARRIES(X)
#undef X
        };

        facts->carried_count = 0;
        for (size_t i = 0; i < 2 * sizeof(all) / sizeof(all[0]); i++) {
                struct carried *carried = &facts->carried[facts->carried_count];

                if (coin() || facts->carried_count == DRAWN_CARRIED_MAX)
                        continue;
                *carried = (struct carried) { .what = all[i / 2], .run = 7 };
                if (i % 2)
                        memcpy(carried->item.text, coin() ? "a1c" : "esrd", 4);
                if (all[i / 2] == CARRY_BUDGET)
                        carried->figure = exact_of(between(900000000, 1100000000));
                else if (all[i / 2] >= CARRY_QUALITY_SCORE)
                        carried->figure = exact_ratio(between(0, 10000), 10000);
                else
                        carried->figure = exact_of(between(0, 5000000));
                facts->carried_count++;
        }
}

static void draw_members(struct drawn *facts)
{
        static const char *const items[DRAWN_FIGURES_MAX] = { "", "esrd", "aged" };

        facts->members = (struct members) { .figures = facts->figures, .rows = 1000 };
        facts->members.count = drawn_below(3) ? 0 : DRAWN_FIGURES_MAX;
        for (size_t i = 0; i < DRAWN_FIGURES_MAX; i++) {
                struct member_figures *figures = &facts->figures[i];

                *figures = (struct member_figures) {
                        .head_count = between(1000, 9000),
                        .member_months = between(12000, 100000),
                        .expenditure = exact_ratio(between(900000000, 1100000000), between(1, 12)),
                        .truncated = exact_of(between(0, 1000000)),
                        .stoploss = exact_ratio(between(0, 1000000), 7),
                        .risk = exact_ratio(between(900, 1100), 1000),
                };
                memcpy(figures->item.text, items[i], strlen(items[i]));
        }
}

static void first_facts(const struct terms *terms, const struct run *run, struct drawn *facts)
{
        static struct input inputs[INPUTS_MAX];
        size_t count = terms_inputs(terms, inputs);

        facts->count = 0;
        if (!facts->plain) {
                draw_carried(facts);
                draw_members(facts);
        }
        for (size_t i = 0; i < count && i < INPUTS_MAX; i++)
                if (inputs[i].need == READ_IF_SO ? coin() : drawn_below(30) > 0)
                        add_input(terms, run, facts, &inputs[i]);
}

/* "no KIND[ of ITEM] for 2024-01-01 to 2024-12-31: ..." */
static bool read_missing(const char *reason, enum fact_kind *kind, struct item *item,
                         struct period *period)
{
        const char *at = reason + 3, *end;
        const struct fact_kind_info *info;

        if (strncmp(reason, "no ", 3) != 0)
                return false;
        end = strchr(at, ' ');
        info = end ? fact_kind_by_name((struct bytes) { at, (size_t)(end - at) }) : NULL;
        if (!info)
                return false;
        *kind = info->kind;
        memset(item, 0, sizeof(*item));
        if (strncmp(end, " of ", 4) == 0) {
                at = end + 4;
                end = strchr(at, ' ');
                if (!end || !item_parse((struct bytes) { at, (size_t)(end - at) }, item))
                        return false;
        }
        if (strncmp(end, " for ", 5) != 0 || strlen(end) < 29 ||
            !date_parse((struct bytes) { end + 5, 10 }, &period->from) ||
            !date_parse((struct bytes) { end + 19, 10 }, &period->until))
                return false;
        period->until++;
        return true;
}

bool drawn_statement(const struct terms *terms, const struct run *run, struct drawn *facts,
                    struct statement *ret)
{
        first_facts(terms, run, facts);
        for (int i = 0; i < 600; i++) {
                const struct settle_inputs inputs = {
                        .facts = facts->facts, .fact_count = facts->count,
                        .carried = facts->carried, .carried_count = facts->carried_count,
                        .members = facts->members.count ? &facts->members : NULL,
                };
                enum fact_kind kind;
                struct period period;
                struct item item;

                settle(terms, run, &inputs, ret);
                if (ret->status == STATEMENT_CALCULATED)
                        return true;
                if (!read_missing(ret->reason.text, &kind, &item, &period))
                        return false;
                add_fact(terms, facts, kind, &item, period);
        }
        return false;
}

void drawn_print(const struct terms *terms, const struct drawn *facts, FILE *to)
{
        char contract[CONTRACT_ID_MAX + 1], from[11], through[11];

        contract_id_print(&terms->contract, contract);
        fputs(report_csv_header(), to);
        for (size_t i = 0; i < facts->count; i++) {
                const struct fact *fact = &facts->facts[i];
                char value[FIGURE_TEXT_MAX];

                date_print(fact->key.period.from, from);
                date_print(fact->key.period.until - 1, through);
                fprintf(to, "%s,,%s,%s,%s,%s,,%s,\n", contract,
                        fact_kind_info((unsigned int)fact->key.kind)->name, fact->key.item.text,
                        from, through, value_print(&fact->value, value));
        }
}
