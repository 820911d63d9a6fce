/* SPDX-License-Identifier: Apache-2.0 */
/* The public view for people. */
#include <stdio.h>
#include <string.h>

#include "clients/community-view.h"
#include "clients/look.h"
#include "clients/page.h"

static const char *share_of(const struct release_figure *figure, char ret[LOOK_MAX])
{
        if (!figure || !figure->has_value)
                return "not shown";
        if (figure_info(figure->figure)->unit == UNIT_COUNT)
                return look_count(figure->num, ret);
        look_rate(exact_ratio(figure->num, figure->den), ret);
        if (community_cut(figure))
                strncat(ret, community_cut(figure) > 0 ? " or more" : " or less", 10);
        return ret;
}

static void put_title(FILE *to, const char *title)
{
        fprintf(to, "\n%s\n", title);
}

/* Others' words in a sentence. */
static void put_sentence(FILE *to, char *text)
{
        fputs("  ", to);
        fold(to, make_harmless(text), 2);
}

static void print_head(FILE *to, const struct community_view *view)
{
        char text[600], from[11], through[11];

        if (!view->release.number) {
                fputs("Nothing has been released here yet.\n", to);
                return;
        }
        date_print(view->release.period.from, from);
        date_print(view->release.period.until - 1, through);
        snprintf(text, sizeof(text), "How care is paid here: release %u, of care in periods that "
                 "ended from %s through %s, by charter %u of the community.", view->release.number,
                 from, through, view->release.charter);
        fold(to, text, 0);
}

/* ---- categories */

static void print_categories(FILE *to, const struct community_view *view)
{
        const struct release_figure *known = community_figure(view, FIGURE_CATEGORY_SHARE, "");
        char text[LOOK_MAX], hidden[300] = "";
        bool any = false;

        put_title(to, "Of every dollar that these providers are paid");
        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *figure = &view->figures[i];
                enum lan_category category = community_category(figure->item.text);
                size_t used = strlen(hidden);

                if (figure->figure != FIGURE_CATEGORY_SHARE || category == LAN_COUNT)
                        continue;
                if (!figure->has_value)
                        snprintf(hidden + used, sizeof(hidden) - used, "%s%s", used ? ", " : "",
                                 lan_category_word(category));
                else if (figure->num > 0)
                        fprintf(to, "  %8s  %s (HCP-LAN %s)\n", share_of(figure, text),
                                community_says(category), lan_category_word(category));
                any |= figure->has_value;
        }
        if (any && known && known->has_value)
                fprintf(to, "  %8s  of it is known here; the rest comes from payers that are not\n",
                        share_of(known, text));
        if (hidden[0])
                fprintf(to, "  Not shown: %s.\n", any ? hidden : "any of it");
}

/* ---- measures */

static struct name name_of(const struct item *item)
{
        struct name name = { "" };

        memcpy(name.text, item->text, strnlen(item->text, NAME_MAX_LENGTH));
        return name;
}

static void print_measures(FILE *to, const struct community_view *view)
{
        char text[LOOK_MAX], line[600];

        put_title(to, "What good care is measured by, and who says that it pays for it");
        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *payers = &view->figures[i], *same;
                const struct name concept = name_of(&payers->item);
                int used;

                if (payers->figure != FIGURE_MEASURE_PAYERS || !payers->has_value)
                        continue;
                same = community_figure(view, FIGURE_DOMINANT, payers->item.text);
                used = snprintf(line, sizeof(line), "%s: %lld %s",
                                signal_title(&view->titles, &concept), (long long)payers->num,
                                payers->num == 1 ? "payer" : "payers");
                if (same && same->has_value)
                        snprintf(line + used, sizeof(line) - (size_t)used,
                                 "; %s of the dollars ask for the same", share_of(same, text));
                put_sentence(to, line);
        }
}

/* ---- how alike payers are */

static void print_threshold(FILE *to, const struct community_view *view,
                            const struct release_figure *figure)
{
        struct exact off;
        struct rate threshold;
        char is[LOOK_MAX], text[LOOK_MAX];
        bool least, reached;

        if (!figure->has_value || !community_threshold(view, figure->figure, &threshold, &least))
                return;
        off = exact_sub(exact_ratio(figure->num, figure->den), exact_of_rate(threshold));
        reached = least ? exact_sign(off) >= 0 : exact_sign(off) <= 0;
        if (exact_sign(off) < 0)
                off = exact_neg(off);
        fprintf(to, "                the community calls %s %s aligned: %s%s\n",
                look_rate(exact_of_rate(threshold), text), least ? "or more" : "or less",
                reached ? "reached" : look_rate(off, is), reached ? "" : " to go");
}

static void print_figures(FILE *to, const struct community_view *view)
{
        char text[LOOK_MAX];

        put_title(to, "How alike payers are");
        for (uint32_t i = 0; i < view->release.figure_count; i++) {
                const struct release_figure *figure = &view->figures[i];
                const struct figure_info *info = figure_info(figure->figure);

                if (!info || info->item != FIGURE_OF_NONE)
                        continue;
                fprintf(to, "  %12s  ", figure->decision == SHOWN_NOT_CALCULABLE
                                               ? "no figure" : share_of(figure, text));
                fold(to, info->says, 16);
                print_threshold(to, view, figure);
        }
}

/* ---- providers */

static bool is_first(const struct community_view *view, size_t place)
{
        for (size_t i = 0; i < place; i++)
                if (name_equal(&view->contracts[i].contract.earner,
                               &view->contracts[place].contract.earner))
                        return false;
        return true;
}

static void print_contract(FILE *to, const struct community_view *view,
                           const struct public_contract *one)
{
        char line[4096];
        int used = snprintf(line, sizeof(line), "%s pays", one->contract.bearer.text);

        if (one->has_category && one->category < LAN_COUNT)
                used += snprintf(line + used, sizeof(line) - (size_t)used, " by HCP-LAN %s (%s)",
                                 lan_category_word(one->category), community_says(one->category));
        for (uint32_t i = 0; i < one->measure_count && used < (int)sizeof(line) - 300; i++)
                used += snprintf(line + used, sizeof(line) - (size_t)used, "%s%s",
                                 i ? ", " : " for: ",
                                 signal_title(&view->titles, &one->concepts[i]));
        fputs("    ", to);
        fold(to, make_harmless(line), 4);
}

static void print_provider(FILE *to, const struct community_view *view, size_t place)
{
        const struct name *earner = &view->contracts[place].contract.earner;
        const struct release_figure *alike = community_figure(view, FIGURE_PROVIDER_ALIGNMENT,
                                                              earner->text);
        char text[LOOK_MAX];

        fprintf(to, "  %s", earner->text);
        if (alike && alike->has_value)
                fprintf(to, ": the measures of its payers are %s alike", share_of(alike, text));
        fputc('\n', to);
        for (size_t i = place; i < view->contract_count; i++)
                if (name_equal(&view->contracts[i].contract.earner, earner))
                        print_contract(to, view, &view->contracts[i]);
}

static void print_providers(FILE *to, const struct community_view *view)
{
        if (!view->contract_count)
                return;
        put_title(to, "By provider, as far as its payers let it be public");
        for (size_t i = 0; i < view->contract_count; i++)
                if (is_first(view, i))
                        print_provider(to, view, i);
}

/* ---- the rules */

static void print_rules(FILE *to, const struct community_view *view)
{
        const struct disclosure_rules *rules = community_rules(view);
        char share[LOOK_MAX], dominant[LOOK_MAX], estimate[LOOK_MAX], line[600];

        put_title(to, "What is not shown");
        for (const char *const *note = community_notes; *note; note++) {
                fputs("  ", to);
                fold(to, *note, 2);
        }
        snprintf(line, sizeof(line), "The rules in force%s: at least %u contributors, none with "
                 "more than %s, the largest %u together with at most %s, nobody's own figure "
                 "closer than %s, no count of people from 1 to %u, nothing younger than %u "
                 "days, changes of nobody or of %u at least.",
                 view->titles.charter ? "" : " where there is no charter", rules->contributors,
                 look_rate(exact_of_rate(rules->most_share), share), rules->dominant,
                 look_rate(exact_of_rate(rules->dominant_share), dominant),
                 look_rate(exact_of_rate(rules->estimate), estimate),
                 rules->least_cell ? rules->least_cell - 1 : 0, rules->lag_days,
                 rules->least_change);
        put_sentence(to, line);
}

void community_print(FILE *to, const struct community_view *view)
{
        print_head(to, view);
        if (view->release.number) {
                print_categories(to, view);
                print_measures(to, view);
                print_figures(to, view);
        }
        print_providers(to, view);
        print_rules(to, view);
}
