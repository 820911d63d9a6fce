/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/recon-words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients/look.h"
#include "clients/standing.h"

bool match_is_sound(const struct match_row *row)
{
        return (!row->has_bearer || row->bearer.den > 0) &&
               (!row->has_earner || row->earner.den > 0) &&
               (!row->has_decided || row->decided.den > 0);
}

bool match_apart(const struct match_row *row, struct exact *ret)
{
        const struct fact_kind_info *info = fact_kind_info(row->kind);

        if (!row->has_bearer || !row->has_earner || !info || info->unit == UNIT_FLAG ||
            !match_is_sound(row))
                return false;
        *ret = exact_sub(exact_ratio(row->bearer.num, row->bearer.den),
                         exact_ratio(row->earner.num, row->earner.den));
        return true;
}

static enum side other_of(enum side side)
{
        return side == SIDE_BEARER ? SIDE_EARNER : SIDE_BEARER;
}

static void say_disputed(const struct match_row *row, const char *record, const char *other,
                         char ret[TODO_MAX])
{
        if (row->held)
                snprintf(ret, TODO_MAX, "What depends on it is held until one of them restates its "
                         "figure (accord perf publish --replace), both agree on one (accord settle "
                         "resolve), or whom the terms name determines it.");
        else if (row->window_over)
                snprintf(ret, TODO_MAX, "%s answered after its time was over: the figure of %s "
                         "stands.", other, record);
        else
                snprintf(ret, TODO_MAX, "The figure of %s counts: the terms do not ask %s for one.",
                         record, other);
}

/* @row->result is that of one side alone. */
static void say_alone(const struct match_row *row, const char *record, const char *other,
                      char ret[TODO_MAX])
{
        bool has_record = row->of_record == SIDE_BEARER ? row->has_bearer : row->has_earner;
        char when[LOOK_MAX];

        if (!has_record)
                snprintf(ret, TODO_MAX, "%s has to state it: its figure is the one that counts.",
                         record);
        else if (row->other == REPORT_NONE)
                ret[0] = '\0';
        else if (row->window_over)
                snprintf(ret, TODO_MAX, "%s did not answer in time: the figure of %s stands.",
                         other, record);
        else
                snprintf(ret, TODO_MAX, "%s %s state its own%s%s.", other,
                         row->other == REPORT_MUST ? "has to" : "may",
                         row->answer_until ? " by " : "",
                         row->answer_until ? look_minute(row->answer_until, when) : "");
}

char *match_todo(const struct contract_id *contract, const struct match_row *row,
                 char ret[TODO_MAX])
{
        const char *record = side_name(contract, row->of_record);
        const char *other = side_name(contract, other_of(row->of_record));

        ret[0] = '\0';
        switch (row->result) {
        case MATCH_AGREED:
                break;
        case MATCH_WITHIN:
                snprintf(ret, TODO_MAX, "Near enough by the terms: the figure of %s counts.",
                         record);
                break;
        case MATCH_DISPUTED:
                say_disputed(row, record, other, ret);
                break;
        case MATCH_BEARER_ONLY:
        case MATCH_EARNER_ONLY:
                say_alone(row, record, other, ret);
                break;
        case MATCH_DECIDED:
                snprintf(ret, TODO_MAX, "Decided in entry %" PRIu64 ": holds until both sides, "
                         "after it, say the same.", row->decided.index);
                break;
        }
        return ret;
}

char *recon_next(const struct recon_row *row, char ret[TODO_MAX])
{
        char who[WHO_MAX], when[LOOK_MAX];

        ret[0] = '\0';
        if (row->due_for)
                snprintf(ret, TODO_MAX, "awaited: %s",
                         who_names(&row->contract, row->due_for, who));
        if (row->due_for & SIDE_BIT(SIDE_NEITHER))
                snprintf(ret + strlen(ret), TODO_MAX - strlen(ret),
                         ", unless both sides agree before");
        if (row->due)
                snprintf(ret + strlen(ret), TODO_MAX - strlen(ret), "%s%s: %s", *ret ? "; " : "",
                         look_minute(row->due_at, when), due_says(row->due));
        return ret;
}
