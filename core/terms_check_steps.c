/* SPDX-License-Identifier: Apache-2.0 */
/* Can these steps be carried out, one after the other? */
#include "core/check.h"
#include "core/inputs.h"
#include "core/params.h"
#include "core/terms_check.h"
#include "core/widths.h"
#include "core/working.h"

#define TEN(X, n) X(n##0) X(n##1) X(n##2) X(n##3) X(n##4) X(n##5) X(n##6) X(n##7) X(n##8) X(n##9)

const char *step_field(size_t place)
{
        static const char *const fields[] = {
#define X(n) "terms.steps[" #n "]",
                X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9)
                TEN(X, 1) TEN(X, 2) TEN(X, 3) TEN(X, 4) TEN(X, 5) TEN(X, 6) TEN(X, 7) TEN(X, 8)
                TEN(X, 9) TEN(X, 10) TEN(X, 11)
                X(120) X(121) X(122) X(123) X(124) X(125) X(126) X(127)
#undef X
        };

        static_assert(sizeof(fields) / sizeof(fields[0]) == STEPS_MAX, "every step has a name");
        assert(place < STEPS_MAX);
        return fields[place];
}

static void refuse(struct checking *c, size_t place, const char *says)
{
        faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, step_field(place), says);
}

/* Of a step whose parameter says so. */
struct condition {
        enum step_code step;
        const char *param, *word;
        enum product product;
};

#define X(owner, name, when, product) { STEP_##owner, #name, when, PRODUCT_##product },
static const struct condition needs[] = { PARAM_NEEDS(X) };
static const struct condition makes[] = { PARAM_MAKES(X) };
static const struct condition bars[] = { PARAM_BARS(X) };
#undef X

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t products_of(const struct step *step, enum step_code code,
                            const struct condition *list, size_t count)
{
        uint32_t all = 0;

        for (size_t i = 0; i < count; i++)
                if (list[i].step == code &&
                    step_when(step, code, list[i].param, list[i].word))
                        all |= 1u << list[i].product;
        return all;
}

static uint32_t made_by(const struct step *step, const struct step_info *info)
{
        return info->makes | products_of(step, info->code, makes, COUNT_OF(makes));
}

/*
 * What was made must be there; what would be undone must not; after recoupment only the result is
 * said.
 */
static void check_order(struct checking *c, size_t place, const struct step_info *info,
                        uint32_t *made)
{
        const struct step *step = &c->terms->steps[place];
        uint32_t missing = info->needs | products_of(step, info->code, needs, COUNT_OF(needs));
        uint32_t late = info->bars | products_of(step, info->code, bars, COUNT_OF(bars));

        late |= MADE(POSTED);
        if (info->code != STEP_POST && info->code != STEP_PAYEE)
                late |= MADE(RECOUPED);
        missing &= ~*made;
        late &= *made;
        for (unsigned int product = 0; product < PRODUCT_COUNT; product++) {
                if (missing & (1u << product))
                        refuse(c, place, product_missing((enum product)product));
                if (late & (1u << product))
                        refuse(c, place, product_late((enum product)product));
        }
        *made |= made_by(step, info);
}

typedef void widths_fn(const struct step *step, struct widths *ws);

static widths_fn *const widths[STEP_KIND_COUNT] = {
#define X(code, function, name, version, clause, needs, makes, bars, says) \
        [STEP_##code] = widths_##function,
        STEP_KINDS(X)
#undef X
};

/* How long figures get, and how many lines there are. */
static void check_widths(struct checking *c)
{
        struct widths ws;

        widths_begin(&ws, c->terms);
        for (size_t i = 0; i < c->terms->step_count; i++) {
                const struct step *step = &c->terms->steps[i];

                ws.info = step_info(&step->kind, step->version);
                widths_declare(&ws, step);
                widths[ws.info->code](step, &ws);
                if (ws.too_long) {
                        refuse(c, i, "exact figures would get longer than 128 bits here: "
                                     "use rates with fewer decimals, or round the share "
                                     "with its decimals");
                        return;
                }
                if (ws.lines > LINES_PER_STATEMENT_MAX) {
                        refuse(c, i, "a statement could have more lines than there is room for "
                                     "from here on: take fewer categories");
                        return;
                }
        }
}

static bool check_each(struct checking *c)
{
        uint32_t made = 0;
        bool sound = true;

        for (size_t i = 0; i < c->terms->step_count; i++) {
                const struct step *step = &c->terms->steps[i];
                const struct step_info *info = step_info(&step->kind, step->version);

                if (!info) {
                        refuse(c, i, "there is no step of that kind and version");
                        sound = false;
                } else if (!check_params(c, i, info)) {
                        sound = false;
                        made |= made_by(step, info);
                } else {
                        check_order(c, i, info, &made);
                }
        }
        if (sound && !(made & MADE(POSTED)))
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps",
                           "end with a post step: without it nothing is settled");
        return sound;
}

void check_steps(struct checking *c)
{
        if (c->terms->step_count == 0 || c->terms->step_count > STEPS_MAX) {
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.steps",
                           "has 1 to 128 steps");
                return;
        }
        if (c->terms->band_count > BANDS_PER_TERMS_MAX) {
                faults_add(c->faults, REFUSAL_BAD_TERMS, c->event, "terms.bands",
                           "has at most 512 rows");
                return;
        }
        if (!check_each(c) || !check_categories(c))
                return;
        check_widths(c);
        /* Its counts were judged with the rest of the terms; with wrong ones nothing is read. */
        if (c->terms->segment_count <= SEGMENTS_MAX && c->terms->rule_count <= FACT_RULES_MAX)
                check_reads(c);
}
