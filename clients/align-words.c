/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/align.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "core/check.h"
#include "core/exact_long.h"
#include "clients/look.h"
#include "clients/page.h"

#define MILLION 1000000
#define PER_MILLE 1000

char *align_title(const struct align_view *view, const struct measure_key *key,
                  char ret[ALIGN_WORDS_MAX])
{
        const char *version = key->version.text, *population = key->population.text;

        snprintf(ret, ALIGN_WORDS_MAX, "%s%s%s%s%s%s%s", signal_title(&view->titles, &key->concept),
                 *version || *population ? " (" : "", *version ? "version " : "", version,
                 *version && *population ? ", " : "", population,
                 *version || *population ? ")" : "");
        return make_harmless(ret);
}

char *align_key_word(const struct measure_key *key, char ret[ALIGN_WORDS_MAX])
{
        snprintf(ret, ALIGN_WORDS_MAX, "%s%s%s%s%s", key->concept.text,
                 *key->version.text ? "@" : "", key->version.text,
                 *key->population.text ? "/" : "", key->population.text);
        return ret;
}

char *align_percent(struct exact share, char ret[ALIGN_WORDS_MAX])
{
        struct exact tenths;
        bool fits = exact_mul_decimals(share, exact_of(PER_MILLE), 0, &tenths);
        long long size;

        assert(fits);
        size = (long long)(tenths.num < 0 ? -tenths.num : tenths.num);
        snprintf(ret, ALIGN_WORDS_MAX, "%s%lld.%lld %%", tenths.num < 0 ? "-" : "", size / 10,
                 size % 10);
        return ret;
}

char *align_target(const struct align_row *row, char ret[ALIGN_WORDS_MAX])
{
        char rate[LOOK_MAX];

        if (row->has_target)
                snprintf(ret, ALIGN_WORDS_MAX, "%s", look_rate(exact_of_rate(row->target), rate));
        else
                snprintf(ret, ALIGN_WORDS_MAX, "no target");
        return ret;
}

bool align_for_people(const struct out *out)
{
        return out_format(out) == FORMAT_TABLE || out_format(out) == FORMAT_WIDE;
}

struct cell align_cell(const struct out *out, const struct align_index *index,
                       char buffer[ALIGN_WORDS_MAX])
{
        if (!index->calculable)
                return cell_none();
        if (align_for_people(out))
                return cell_text(align_percent(index->value, buffer));
        return cell_rate(align_ppm(index), MILLION);
}

const char *align_figure_name(const struct out *out, const char *figure, char ret[ALIGN_WORDS_MAX])
{
        snprintf(ret, ALIGN_WORDS_MAX, "%s", figure);
        for (char *at = ret; align_for_people(out) && (at = strchr(at, '_')) != NULL;)
                *at = ' ';
        return ret;
}

void align_say(const struct out *out, FILE *to, const char *format, ...)
{
        char text[1024];
        va_list list;

        if (!align_for_people(out))
                return;
        va_start(list, format);
        vsnprintf(text, sizeof(text), format, list);
        va_end(list);
        fold(to, make_harmless(text), 0);
}

/* ---- the head of each page */

static void say_when(struct out *out, const struct align_view *v, FILE *to)
{
        char entry[LOOK_MAX], at[LOOK_MAX] = "", paid[64] = "", through[11];

        if (v->time)
                look_minute(v->time, at);
        if (v->paid_through != DATE_NONE) {
                date_print(v->paid_through, through);
                snprintf(paid, sizeof(paid), ", from claims paid to %s", through);
        }
        look_count((int64_t)v->as_of, entry);
        if (v->keys_only)
                align_say(out, to, "%s, as of entry %s. Keys of measures only: no dollars and no "
                          "targets.", v->party.text, entry);
        else
                align_say(out, to, "%s, as of entry %s%s%s. All dollars are a forecast%s.",
                          v->party.text, entry, *at ? ", " : "", at, paid);
}

static void say_stake(struct out *out, const struct align_view *v, FILE *to)
{
        const struct align_coverage *c = &v->s->coverage;
        struct align_index share = align_part(align_dollars(&v->s->align), c->present + c->relayed);
        char stake[LOOK_MAX], paid[LOOK_MAX], part[ALIGN_WORDS_MAX];

        look_money(align_dollars(&v->s->align), stake);
        look_money(c->present + c->relayed, paid);
        if (share.calculable)
                align_say(out, to, "At stake on measures and total cost: %s, %s of the %s that "
                          "these payers pay.", stake, align_percent(share.value, part), paid);
        else
                align_say(out, to, "At stake on measures and total cost: %s. What part of payments "
                          "that is cannot be said: %s.", stake,
                          c->present + c->relayed ? share.reason
                                                  : "no payer's revenue was stated");
}

static void say_coverage(struct out *out, const struct align_view *v, FILE *to)
{
        const struct align_coverage *c = &v->s->coverage;
        struct align_index present = align_covered(c, c->present);
        struct align_index relayed = align_covered(c, c->relayed), unknown = align_unknown(c);
        char one[ALIGN_WORDS_MAX], two[ALIGN_WORDS_MAX], three[ALIGN_WORDS_MAX];

        if (present.calculable && relayed.calculable && unknown.calculable)
                align_say(out, to, "Of your revenue from all sources, %s comes from payers that "
                          "are here, %s from payers that are not and whose contracts are relayed; "
                          "of %s nothing is known.", align_percent(present.value, one),
                          align_percent(relayed.value, two), align_percent(unknown.value, three));
        else
                align_say(out, to, "What part of your revenue this covers cannot be said: %s.",
                          unknown.reason ? unknown.reason : present.reason);
        if (c->without_revenue)
                align_say(out, to, "Of %" PRIu32 " payer%s no revenue was stated: %s left out of "
                          "what is weighted by revenue.", c->without_revenue,
                          c->without_revenue == 1 ? "" : "s",
                          c->without_revenue == 1 ? "it is" : "they are");
        if (c->not_calculable)
                align_say(out, to, "Of %" PRIu32 " contract%s the dollars cannot be calculated "
                          "yet: see accord signal show.", c->not_calculable,
                          c->not_calculable == 1 ? "" : "s");
}

void align_head(struct out *out, const struct align_view *view)
{
        FILE *to = out_stream(out);

        if (!align_for_people(out))
                return;
        say_when(out, view, to);
        if (!view->keys_only) {
                say_stake(out, view, to);
                say_coverage(out, view, to);
        }
        fputc('\n', to);
}
