/* SPDX-License-Identifier: Apache-2.0 */
/* Where payers ask for different things under one name: said plainly, and who asks for what. */
#include <inttypes.h>
#include <string.h>

#include "core/community.h"
#include "clients/look.h"
#include "clients/signal-view.h"

static const struct incentive_row *row_at(const struct signal_view *view,
                                          const struct signal_concept *concept, uint16_t at)
{
        return signal_row(view->sum, view->signal, concept, at);
}

static const char *bearer_of(const struct signal_view *view, const struct incentive_row *row)
{
        return view_contract(view, row)->contract.bearer.text;
}

static void say_directions(FILE *to, const struct signal_view *view,
                           const struct signal_concept *concept)
{
        struct names more, less;

        names_of_payers(view, concept, DIRECTION_MORE, &more);
        names_of_payers(view, concept, DIRECTION_LESS, &less);
        fputs(" They pull in opposite directions: ", to);
        names_say(to, &more);
        fprintf(to, " %s more of it, ", more.count == 1 ? "rewards" : "reward");
        names_say(to, &less);
        fputs(" less.", to);
}

static void say_targets(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept)
{
        char text[SIGNAL_WORDS_MAX];
        size_t said = 0;

        if (concept->targets == TARGETS_APART)
                fputs(" They do not ask for the same target: ", to);
        else if (concept->targets == TARGETS_NEAR)
                fputs(" Their targets are near each other: ", to);
        else
                fputs(" They ask for the same target, ", to);
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = row_at(view, concept, i);

                if (!row->is.has_target)
                        continue;
                words_percent(exact_of_rate(row->is.target), text);
                if (concept->targets == TARGETS_SAME) {
                        fputs(text, to);
                        break;
                }
                fprintf(to, "%s%s %s", said++ ? ", " : "", bearer_of(view, row), text);
        }
        fputs(concept->untargeted ? "; not all say one." : ".", to);
}

/* " LEAD: a WORD, b WORD, c does not say." */
static void say_words(FILE *to, const struct signal_view *view,
                      const struct signal_concept *concept, const char *lead,
                      const struct name *(*word)(const struct incentive *))
{
        fprintf(to, " %s: ", lead);
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = row_at(view, concept, i);
                const struct name *is = word(&row->is);

                fprintf(to, "%s%s %s", i ? ", " : "", bearer_of(view, row),
                        name_empty(is) ? "does not say" : is->text);
        }
        fputc('.', to);
}

static const struct name *version_of(const struct incentive *is)
{
        return &is->key.version;
}

static const struct name *population_of(const struct incentive *is)
{
        return &is->key.population;
}

static bool ends_with(const char *text, const char *end)
{
        size_t length = strlen(text), tail = strlen(end);

        return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* "dialysis" excludes dialysis patients; "hospice-patients" says itself who they are. */
static void say_excluded(FILE *to, const struct signal_view *view,
                         const struct signal_concept *concept)
{
        char text[NAME_MAX_LENGTH + 1];

        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = row_at(view, concept, i);

                if (name_empty(&row->is.excludes))
                        continue;
                memcpy(text, row->is.excludes.text, sizeof(text));
                for (char *at = text; *at; at++)
                        *at = *at == '-' || *at == '_' ? ' ' : *at;
                fprintf(to, " %s excludes %s%s.", bearer_of(view, row), text,
                        ends_with(text, "patients") || ends_with(text, "members") ||
                        ends_with(text, "people") ? "" : " patients");
        }
}

static void say_periods(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept)
{
        char period[LOOK_MAX];

        fputs(" Their periods differ: ", to);
        for (uint16_t i = 0; i < concept->count; i++) {
                const struct incentive_row *row = row_at(view, concept, i);

                fprintf(to, "%s%s %s", i ? ", " : "", bearer_of(view, row),
                        look_period(view_contract(view, row)->period, period));
        }
        fputc('.', to);
}

void signal_say_differs(FILE *to, const struct signal_view *view,
                        const struct signal_concept *concept)
{
        if (concept->differs & DIFFERS_DIRECTION)
                say_directions(to, view, concept);
        if (concept->targets == TARGETS_APART ||
            (view->detail && concept->targets != TARGETS_NONE))
                say_targets(to, view, concept);
        if (concept->differs & DIFFERS_VERSION)
                say_words(to, view, concept, "They measure it by different specifications",
                          version_of);
        if (concept->differs & DIFFERS_POPULATION)
                say_words(to, view, concept, "They count different people", population_of);
        say_excluded(to, view, concept);
        if (concept->differs & DIFFERS_PERIOD)
                say_periods(to, view, concept);
}

/* ---- capabilities */

static void needing(const struct signal_view *view, uint32_t kind, bool paid, struct names *ret)
{
        ret->count = 0;
        for (uint32_t i = 0; i < view->signal->need_count; i++) {
                const struct capability_need *need = &view->signal->needs[i];

                const struct incentive_contract *c = &view->signal->contracts[need->contract];

                if (need->kind == kind && need->paid == paid)
                        names_add(ret, c->contract.bearer.text);
        }
}

static const char *has_words(enum capability_said has)
{
        switch (has) {
        case CAPABILITY_HAS:
                return "you say that you have this";
        case CAPABILITY_HAS_NOT:
                return "you say that you do not have this";
        case CAPABILITY_NOT_SAID:
                break;
        }
        return "you have not said whether you have this";
}

void signal_say_need(FILE *to, const struct signal_view *view, const struct signal_need *need)
{
        struct names paying, unpaid;
        char kind[64];

        snprintf(kind, sizeof(kind), "kind %" PRIu32, need->kind);
        needing(view, need->kind, true, &paying);
        needing(view, need->kind, false, &unpaid);
        fprintf(to, "%s: ", capability_says(need->kind) ? capability_says(need->kind) : kind);
        if (paying.count) {
                names_say(to, &paying);
                fprintf(to, " %s this and %s for it", paying.count == 1 ? "presupposes" :
                                                                       "presuppose",
                        paying.count == 1 ? "pays" : "pay");
        }
        if (unpaid.count) {
                fputs(paying.count ? ", " : "", to);
                names_say(to, &unpaid);
                fprintf(to, " %s this without paying for it", unpaid.count == 1 ? "presupposes" :
                                                                               "presuppose");
        }
        fprintf(to, "; %s.", has_words(need->has));
}
