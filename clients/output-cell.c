/* SPDX-License-Identifier: Apache-2.0 */
/* A cell in its three shapes: for people, plain, and JSON. */
#include "clients/output-writers.h"

#include <inttypes.h>
#include <string.h>

#include "clients/figure.h"
#include "clients/look.h"
#include "proof/hex.h"

static const char *hex(const struct cell *cell, char buffer[CELL_TEXT_MAX])
{
        struct bytes part = cell->hex;

        if (part.size > CELL_TEXT_MAX / 2 - 1)
                part.size = CELL_TEXT_MAX / 2 - 1;
        hex_print(part, buffer);
        return buffer;
}

/* What looks the same for people and programs. */
static const char *common(const struct cell *cell, char buffer[CELL_TEXT_MAX])
{
        switch (cell->type) {
        case CELL_TEXT:
                return cell->text;
        case CELL_JSON:
                return cell->json.text;
        case CELL_ID:
                snprintf(buffer, CELL_TEXT_MAX, "%" PRIu64, cell->id);
                return buffer;
        case CELL_DAY:
                date_print(cell->day, buffer);
                return buffer;
        case CELL_TIME:
                return look_time(cell->time, buffer);
        case CELL_FLAG:
                return cell->flag ? "yes" : "no";
        case CELL_HEX:
                return hex(cell, buffer);
        case CELL_NONE:
        case CELL_COUNT:
        case CELL_MONEY:
        case CELL_RATE:
                break;
        }
        return "";
}

const char *cell_look(const struct cell *cell, char buffer[CELL_TEXT_MAX])
{
        switch (cell->type) {
        case CELL_COUNT:
                return look_count(cell->number, buffer);
        case CELL_MONEY:
                return look_money(cell->number, buffer);
        case CELL_RATE:
                return look_rate(exact_ratio(cell->rate.num, cell->rate.den), buffer);
        default:
                return common(cell, buffer);
        }
}

const char *cell_plain(const struct cell *cell, char buffer[CELL_TEXT_MAX])
{
        switch (cell->type) {
        case CELL_COUNT:
                snprintf(buffer, CELL_TEXT_MAX, "%" PRId64, cell->number);
                return buffer;
        case CELL_MONEY:
                return money_print(cell->number, buffer);
        case CELL_RATE:
                return rate_print((struct rate) { cell->rate.num, cell->rate.den }, buffer);
        default:
                return common(cell, buffer);
        }
}

struct json_object *cell_object(const struct cell *cell)
{
        char buffer[CELL_TEXT_MAX];

        switch (cell->type) {
        case CELL_NONE:
                return NULL;
        case CELL_COUNT:
                return json_object_new_int64(cell->number);
        case CELL_FLAG:
                return json_object_new_boolean(cell->flag);
        case CELL_JSON:
                return json_object_get(cell->json.object);
        case CELL_MONEY: {
                struct json_object *object = json_object_new_object();

                json_object_object_add(object, "amount",
                                       json_object_new_string(cell_plain(cell, buffer)));
                json_object_object_add(object, "currency", json_object_new_string("USD"));
                return object;
        }
        default:
                return json_object_new_string(cell_plain(cell, buffer));
        }
}
