/* SPDX-License-Identifier: Apache-2.0 */
#include "core/disclose_table.h"

#include <string.h>

#include "core/check.h"

#define WITHOUT_BOUND INT64_MAX
#define PLACE_NONE SIZE_MAX

/* ---- lines: rows, then columns */

static size_t line_count(const struct disclosed_table *table)
{
        return (size_t)table->rows + table->columns;
}

static size_t line_length(const struct disclosed_table *table, size_t line)
{
        return line < table->rows ? table->columns : table->rows;
}

static size_t place_in(const struct disclosed_table *table, size_t line, size_t i)
{
        return line < table->rows ? line * table->columns + i
                                  : i * table->columns + (line - table->rows);
}

/* ---- what a hidden cell can be */

/*
 * Lines are nodes; a hidden cell joins its row and its column. More of it must be taken from others
 * in its lines, as far as they are not nothing, and so on until it comes round. Lines without a
 * total take and give what they like: they are one node, the last.
 */
struct network {
        const struct disclosed_table *table;
        size_t nodes, without;          /* the cell that is asked of */
        int64_t value[DISCLOSE_LINES_MAX * DISCLOSE_LINES_MAX / 4];
};

static size_t node_of(const struct disclosed_table *table, size_t line)
{
        return table->total[line] ? line : line_count(table);
}

static size_t row_node(const struct disclosed_table *table, size_t place)
{
        return node_of(table, place / table->columns);
}

static size_t column_node(const struct disclosed_table *table, size_t place)
{
        return node_of(table, table->rows + place % table->columns);
}

struct way {
        bool reached[DISCLOSE_LINES_MAX + 1];
        size_t by[DISCLOSE_LINES_MAX + 1];      /* the cell by which it was reached */
        bool grows[DISCLOSE_LINES_MAX + 1];     /* and whether that gets more or less */
        size_t queue[DISCLOSE_LINES_MAX + 1];
};

static void reach(struct way *way, size_t *queued, size_t node, size_t place, bool grows)
{
        if (way->reached[node])
                return;
        way->reached[node] = true;
        way->by[node] = place;
        way->grows[node] = grows;
        way->queue[(*queued)++] = node;
}

/* Breadth first, so that the number of ways is bounded whatever the amounts are. */
static bool find_way(const struct network *net, size_t from, size_t to, struct way *way)
{
        const struct disclosed_table *table = net->table;
        size_t cells = (size_t)table->rows * table->columns, queued = 0;

        memset(way, 0, sizeof(*way));
        reach(way, &queued, from, PLACE_NONE, false);
        for (size_t i = 0; i < queued && !way->reached[to]; i++)
                for (size_t place = 0; place < cells; place++) {
                        size_t row = row_node(table, place), column = column_node(table, place);

                        if (!table->cells[place].hidden || place == net->without)
                                continue;
                        if (row == way->queue[i])
                                reach(way, &queued, column, place, true);
                        if (column == way->queue[i] && net->value[place] > 0)
                                reach(way, &queued, row, place, false);
                }
        return way->reached[to];
}

static size_t node_before(const struct network *net, const struct way *way, size_t node)
{
        return way->grows[node] ? row_node(net->table, way->by[node])
                                : column_node(net->table, way->by[node]);
}

/* Along the way, as much as its narrowest cell allows. */
static int64_t use_way(struct network *net, const struct way *way, size_t from, size_t to,
                       int64_t most)
{
        int64_t amount = most;

        for (size_t node = to; node != from; node = node_before(net, way, node))
                if (!way->grows[node] && net->value[way->by[node]] < amount)
                        amount = net->value[way->by[node]];
        if (amount == WITHOUT_BOUND)
                return amount;
        for (size_t node = to; node != from; node = node_before(net, way, node))
                net->value[way->by[node]] += way->grows[node] ? amount : -amount;
        return amount;
}

/* How much can go from one node to the other beside the cell that is asked of; at most @most. */
static int64_t flow(const struct disclosed_table *table, size_t without, size_t from, size_t to,
                    int64_t most)
{
        size_t cells = (size_t)table->rows * table->columns;
        struct network net = { .table = table, .without = without };
        struct way way;
        int64_t sum = 0, amount;

        if (from == to)
                return most;
        for (size_t place = 0; place < cells; place++)
                net.value[place] = table->cells[place].value;
        while (sum < most && find_way(&net, from, to, &way)) {
                amount = use_way(&net, &way, from, to, most == WITHOUT_BOUND ? most : most - sum);
                if (amount == WITHOUT_BOUND)
                        return amount;
                sum += amount;
        }
        return sum;
}

struct disclosed_range disclose_range(const struct disclosed_table *table, size_t place)
{
        int64_t value = table->cells[place].value;
        size_t row = row_node(table, place), column = column_node(table, place);
        int64_t more = flow(table, place, column, row, WITHOUT_BOUND);
        int64_t less = flow(table, place, row, column, value);

        assert(table->cells[place].hidden);
        return (struct disclosed_range) {
                .least = value - less,
                .bounded = more != WITHOUT_BOUND,
                .most = more != WITHOUT_BOUND ? value + more : 0,
        };
}

bool disclose_range_wide(const struct disclosure_rules *rules, const struct disclosed_range *range,
                         int64_t value)
{
        struct rate p = (rules ? rules : &disclosure_default)->estimate;
        wide needed = (wide)value * p.num;

        if (value == 0)
                return p.num == 0 || !range->bounded || range->most > 0;
        if (range->bounded && (wide)(range->most - value) * p.den < needed)
                return false;
        return range->least == 0 || (wide)(value - range->least) * p.den >= needed;
}

/* ---- hiding */

static size_t hidden_in(const struct disclosed_table *table, size_t line)
{
        size_t count = 0;

        for (size_t i = 0; i < line_length(table, line); i++)
                count += table->cells[place_in(table, line, i)].hidden;
        return count;
}

/* The smallest cell of the line that is shown and not nothing. */
static size_t smallest_in(const struct disclosed_table *table, size_t line)
{
        size_t found = PLACE_NONE;

        for (size_t i = 0; i < line_length(table, line); i++) {
                size_t place = place_in(table, line, i);
                const struct disclosed_cell *cell = &table->cells[place];

                if (!cell->hidden && cell->value > 0 &&
                    (found == PLACE_NONE || cell->value < table->cells[found].value))
                        found = place;
        }
        return found;
}

/* One cell more of the line; where there is none, its total. Returns cells. */
static size_t hide_in(struct disclosed_table *table, size_t line)
{
        size_t place = smallest_in(table, line);

        if (place == PLACE_NONE)
                table->total[line] = false;
        else
                table->cells[place].hidden = true;
        return place != PLACE_NONE;
}

static bool complete_lines(struct disclosed_table *table, size_t *hidden)
{
        bool changed = false;

        for (size_t line = 0; line < line_count(table); line++)
                if (table->total[line] && hidden_in(table, line) == 1) {
                        *hidden += hide_in(table, line);
                        changed = true;
                }
        return changed;
}

/* The line of a cell in which something can still be hidden: with a total, the row first. */
static size_t line_to_hide_in(const struct disclosed_table *table, size_t place)
{
        size_t row = place / table->columns, column = table->rows + place % table->columns;
        bool in_row = table->total[row], in_column = table->total[column];

        if (in_row && (smallest_in(table, row) != PLACE_NONE || !in_column))
                return row;
        return in_column ? column : row;
}

static bool audit(const struct disclosure_rules *rules, struct disclosed_table *table,
                  size_t *hidden)
{
        for (size_t place = 0; place < (size_t)table->rows * table->columns; place++) {
                struct disclosed_range range;

                if (!table->cells[place].hidden)
                        continue;
                range = disclose_range(table, place);
                if (disclose_range_wide(rules, &range, table->cells[place].value))
                        continue;
                *hidden += hide_in(table, line_to_hide_in(table, place));
                return true;
        }
        return false;
}

size_t disclose_table(const struct disclosure_rules *rules, struct disclosed_table *table)
{
        size_t hidden = 0;

        assert(line_count(table) <= DISCLOSE_LINES_MAX && table->rows && table->columns);
        /* Each round hides a cell or a total: there are not more rounds than these. */
        while (complete_lines(table, &hidden) || audit(rules, table, &hidden))
                ;
        return hidden;
}
