/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/recon-why.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "clients/json.h"
#include "clients/page.h"
#include "clients/statement-json.h"

#define NAME_COLUMNS 14

void recon_why_cleanup(struct recon_why *why)
{
        free(why->bits);
}

static void fact_of(const struct match_row *row, const struct match_side *side, enum side who,
                    struct fact *ret)
{
        const struct fact_kind_info *info = fact_kind_info((unsigned int)row->kind);

        *ret = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT,
                         .kind = row->kind,
                         .segment = row->segment,
                         .item = row->item,
                         .period = row->period,
                         .paid_through = side->paid_through },
                .value = { info->unit, side->num, side->den },
                .index = side->index,
                .event = side->event,
                .side = who,
                .relayed = side->relayed,
        };
}

static void match_of(const struct match_row *row, struct fact pair[2], struct match *ret)
{
        fact_of(row, &row->bearer, SIDE_BEARER, &pair[0]);
        fact_of(row, &row->earner, SIDE_EARNER, &pair[1]);
        *ret = (struct match) {
                .bearer = row->has_bearer ? &pair[0] : NULL,
                .earner = row->has_earner ? &pair[1] : NULL,
                .result = row->result,
                .of_record = row->of_record,
        };
}

/* A kind that this client does not know, or a row that nobody stands behind, explains nothing. */
static bool is_known(const struct match_row *row)
{
        return fact_kind_info((unsigned int)row->kind) && (row->has_bearer || row->has_earner) &&
               (!row->has_bearer || row->bearer.den > 0) &&
               (!row->has_earner || row->earner.den > 0);
}

struct looking {
        struct fact (*pairs)[2];
        struct match *matches;
        uint32_t *bits;
};

static void looking_cleanup(struct looking *looking)
{
        free(looking->pairs);
        free(looking->matches);
        free(looking->bits);
}

int recon_why_of(const struct match_row *rows, size_t count, struct recon_why *ret)
{
        own(looking) struct looking at = { .pairs = calloc(count + 1, sizeof(*at.pairs)),
                                           .matches = calloc(count + 1, sizeof(*at.matches)),
                                           .bits = calloc(count + 1, sizeof(*at.bits)) };
        struct cause_inputs in = { .matches = at.matches,
                                   .rows_paid_through = { DATE_NONE, DATE_NONE } };

        ret->bits = calloc(count + 1, sizeof(*ret->bits));
        if (!at.pairs || !at.matches || !at.bits || !ret->bits)
                return -ENOMEM;
        for (size_t i = 0; i < count; i++)
                if (is_known(&rows[i])) {
                        match_of(&rows[i], at.pairs[i], &at.matches[in.match_count]);
                        in.match_count++;
                }
        ret->count = cause_find(&in, at.bits, ret->found);
        for (size_t i = 0, known = 0; i < count; i++)
                if (is_known(&rows[i]))
                        ret->bits[i] = at.bits[known++];
        return 0;
}

char *recon_why_words(uint32_t bits, char ret[WHY_MAX])
{
        size_t used = 0;

        ret[0] = '\0';
        for (unsigned int cause = CAUSE_ROSTER; cause <= CAUSE_LAST; cause++)
                if (bits & CAUSE_BIT(cause))
                        used += (size_t)snprintf(ret + used, WHY_MAX - used, "%s%s",
                                                 used ? ", " : "", cause_info(cause)->name);
        return ret;
}

void recon_why_print(FILE *to, const struct recon_why *why)
{
        for (size_t i = 0; i < why->count; i++) {
                const struct cause_info *info = cause_info((unsigned int)why->found[i].cause);

                fputs(i ? "" : "\nWHY, by what the figures show:\n", to);
                put_left(to, info->name, NAME_COLUMNS);
                fold(to, info->says, NAME_COLUMNS);
                fprintf(to, "%*s", NAME_COLUMNS, "");
                fold(to, info->look, NAME_COLUMNS);
        }
}

struct json_object *recon_why_names(uint32_t bits)
{
        struct json_object *list = json_object_new_array();

        for (unsigned int cause = CAUSE_ROSTER; cause <= CAUSE_LAST; cause++)
                if (bits & CAUSE_BIT(cause))
                        json_object_array_add(list,
                                              json_object_new_string(cause_info(cause)->name));
        return list;
}

struct json_object *recon_why_list(const struct recon_why *why)
{
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < why->count; i++) {
                const struct cause_info *info = cause_info((unsigned int)why->found[i].cause);
                struct json_object *object = json_object_new_object();

                put_text(object, "cause", info->name);
                put_text(object, "says", info->says);
                put_text(object, "look", info->look);
                json_object_object_add(object, "facts",
                                       json_object_new_int64(why->found[i].matches));
                json_object_array_add(list, object);
        }
        return list;
}
