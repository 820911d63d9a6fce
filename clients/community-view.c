/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/community-view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/disclose.h"

static const char *const says[LAN_COUNT] = {
        [LAN_1] = "each visit and service is paid for, whatever the results",
        [LAN_2A] = "each service, and a fixed amount to build up better care",
        [LAN_2B] = "each service, and a bonus for reporting how good care is",
        [LAN_2C] = "each service, and a bonus for good results",
        [LAN_3N] = "savings are shared when care costs less, whatever its quality",
        [LAN_3A] = "savings are shared when good care costs less",
        [LAN_3B] = "savings are shared when good care costs less, and losses when it costs more",
        [LAN_4N] = "a fixed amount for each person, whatever the quality",
        [LAN_4A] = "a fixed amount for all care of one condition, by results",
        [LAN_4B] = "a fixed amount for all care of each person, by results",
        [LAN_4C] = "insurance and care by the same owner",
};

const char *const community_notes[] = {
        "A figure is shown only where enough payers and enough providers stand behind it, none of "
        "them has too much of it, and nobody's own figure could be worked out from it, from a "
        "total, or from an earlier release. Of a figure that is not shown nobody is told why: the "
        "reason would say something too.",
        "What changed by too few since a release keeps the figure of that release.",
        "These rules are a floor, not a safe harbour: the antitrust safety zone that they follow "
        "was withdrawn in 2023. Ask counsel.",
        "The council changes them by a ballot alone, and one that lowers a bar says so to all.",
        NULL
};

void community_view_cleanup(struct community_view *view)
{
        signal_titles_cleanup(&view->titles);
        free(view->figures);
        free(view->contracts);
}

const struct release_figure *community_figure(const struct community_view *view,
                                              enum figure_code code, const char *item)
{
        for (uint32_t i = 0; i < view->release.figure_count; i++)
                if (view->figures[i].figure == code &&
                    strcmp(view->figures[i].item.text, item) == 0)
                        return &view->figures[i];
        return NULL;
}

int community_cut(const struct release_figure *figure)
{
        switch (figure->figure) {
        case FIGURE_ALIGNMENT:
        case FIGURE_SHARED:
        case FIGURE_DOMINANT:
        case FIGURE_CONFLICT:
        case FIGURE_ALIGNED_DOLLARS:
                return disclose_is_cut((struct rate) { figure->num, figure->den });
        default:
                return 0;
        }
}

const char *community_says(enum lan_category category)
{
        return says[category];
}

enum lan_category community_category(const char *item)
{
        for (int i = 0; i < LAN_COUNT; i++)
                if (strcasecmp(lan_category_word((enum lan_category)i), item) == 0)
                        return (enum lan_category)i;
        return LAN_COUNT;
}

const struct disclosure_rules *community_rules(const struct community_view *view)
{
        return view->titles.charter ? &view->titles.charter->disclosure : &disclosure_default;
}

bool community_threshold(const struct community_view *view, enum figure_code code,
                         struct rate *ret, bool *ret_least)
{
        const struct charter *charter = view->titles.charter;

        if (!charter || !charter->thresholds.is)
                return false;
        *ret_least = code != FIGURE_CONFLICT;
        if (code == FIGURE_ALIGNMENT)
                *ret = charter->thresholds.alignment;
        else if (code == FIGURE_CONFLICT)
                *ret = charter->thresholds.conflict;
        else if (code == FIGURE_ALIGNED_DOLLARS)
                *ret = charter->thresholds.dominant_dollars;
        else
                return false;
        return true;
}
