/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/import-row.h"
#include "proof/keys.h"

void import_cleanup(struct import *import)
{
        member_table_cleanup(&import->table);
        free(import->spans);
        free(import->measures);
        secret_wipe(&import->last, sizeof(import->last));
}

struct taking {
        struct import *import;
        struct complaints *to;
};

static int on_row(const struct csv_row *row, void *data)
{
        static int (*const take[])(struct import *, const struct csv_row *, enum row_fate *) = {
                [CSV_CLAIMS] = import_claim,
                [CSV_ENROLMENT] = import_enrolment,
                [CSV_MEASURES] = import_measure,
        };
        struct taking *taking = data;
        struct import *import = taking->import;
        enum row_fate fate = ROW_TAKEN;
        int r;

        if (!row->header)
                return csv_map_fits(import->map, row, taking->to) ? 0 : REFUSAL_MALFORMED;
        import->totals.rows++;
        r = take[import->map->kind](import, row, &fate);
        import->totals.rejected += fate == ROW_REJECTED;
        import->totals.outside += fate == ROW_OUTSIDE;
        return r;
}

/* ---- categories by name, whatever order they came in */

static void sort_categories(struct member_table *table, uint8_t place[CATEGORIES_MAX])
{
        struct item sorted[CATEGORIES_MAX];

        memset(place, 0, CATEGORIES_MAX);
        for (uint32_t i = 0; i < table->category_count; i++)
                for (uint32_t k = 0; k < table->category_count; k++)
                        place[i] = (uint8_t)(place[i] + (strcmp(table->categories[k].text,
                                                                table->categories[i].text) < 0));
        for (uint32_t i = 0; i < table->category_count; i++)
                sorted[place[i]] = table->categories[i];
        memcpy(table->categories, sorted, table->category_count * sizeof(sorted[0]));
}

/* ---- claims: the rows of a member and month become one */

static int row_order(const void *a_, const void *b_)
{
        const struct member_row *a = a_, *b = b_;
        int r = memcmp(a->member, b->member, PSEUDONYM_SIZE);

        if (r || a->month != b->month)
                return r ? r : a->month < b->month ? -1 : 1;
        if (a->category != b->category || a->risk != b->risk)
                return a->category != b->category ? (a->category < b->category ? -1 : 1)
                                                  : (a->risk < b->risk ? -1 : 1);
        if (a->cents != b->cents)
                return a->cents < b->cents ? -1 : 1;
        return (a->line > b->line) - (a->line < b->line);
}

static bool same_month(const struct member_row *a, const struct member_row *b)
{
        return a->month == b->month && memcmp(a->member, b->member, PSEUDONYM_SIZE) == 0;
}

static void refuse_row(struct import *import, const struct member_row *row, const char *says)
{
        rejects_line(import->rejects, row->line, import->map->columns[MAP_MEMBER], says);
        import->totals.rejected++;
        import->totals.cents -= row->cents;
        import->totals.rejected_cents += row->cents;
}

static void merge_rows(struct import *import)
{
        struct member_table *table = &import->table;
        size_t kept = 0;

        if (table->count)
                qsort(table->rows, table->count, sizeof(*table->rows), row_order);
        for (size_t i = 0; i < table->count; i++) {
                struct member_row *row = &table->rows[i], *last = kept ? &table->rows[kept - 1]
                                                                       : NULL;

                if (i && same_month(row, row - 1) && row->category == row[-1].category &&
                    row->risk == row[-1].risk && row->cents == row[-1].cents)
                        import->totals.duplicates++;
                if (!last || !same_month(last, row)) {
                        struct member_row one = *row;

                        one.line = 1;
                        table->rows[kept++] = one;
                        continue;
                }
                if (last->category != row->category || last->risk != row->risk)
                        refuse_row(import, row, "has another category or risk in the same month");
                else if (last->cents + row->cents > ROW_CENTS_MAX ||
                         last->cents + row->cents < -ROW_CENTS_MAX)
                        refuse_row(import, row, "adds up to more than a row of a month can hold");
                else {
                        last->cents += row->cents;
                        import->totals.merged += last->line++ == 1;
                }
        }
        table->count = kept;
}

/* ---- enrolment: spans of a member become months, each once */

static int span_order(const void *a_, const void *b_)
{
        const struct import_span *a = a_, *b = b_;
        int r = memcmp(a->member, b->member, PSEUDONYM_SIZE);

        if (r)
                return r;
        return (a->line > b->line) - (a->line < b->line);
}

static int put_months(struct import *import, const struct import_span *span, uint64_t months)
{
        struct member_table *table = &import->table;
        struct member_row row = { .category = span->category, .risk = span->risk,
                                  .line = span->line };
        int first = block_month(import->period.from);

        memcpy(row.member, span->member, PSEUDONYM_SIZE);
        for (int i = 0; i < IMPORT_MONTHS_MAX; i++) {
                if (!(months >> i & 1))
                        continue;
                if (table->count == table->room)
                        return -E2BIG;
                row.month = (uint16_t)(first + i);
                table->rows[table->count++] = row;
        }
        return 0;
}

/* What was said of one member: each of these said a month that none before it had. */
struct said {
        size_t count;
        struct { uint64_t months; uint32_t risk; uint8_t category; } list[IMPORT_MONTHS_MAX];
};

/*
 * Of a month that two spans say with other values, the second is refused; one that says the same
 * months again, alike, is a duplicate. Returns the months of @span that are new.
 */
static uint64_t new_months(struct import *import, struct said *said, const struct import_span *span)
{
        uint64_t new = span->months;

        for (size_t i = 0; i < said->count; i++) {
                uint64_t both = said->list[i].months & span->months;

                if (both && (said->list[i].category != span->category ||
                             said->list[i].risk != span->risk)) {
                        rejects_line(import->rejects, span->line,
                                     import->map->columns[MAP_MEMBER],
                                     "has another category or risk in a month said before");
                        import->totals.rejected++;
                        return 0;
                }
        }
        for (size_t i = 0; i < said->count; i++) {
                import->totals.merged += (uint64_t)__builtin_popcountll(said->list[i].months & new);
                import->totals.duplicates += said->list[i].months == span->months;
                new &= ~said->list[i].months;
        }
        if (new) {
                said->list[said->count].months = span->months;
                said->list[said->count].category = span->category;
                said->list[said->count++].risk = span->risk;
        }
        return new;
}

/* Room for every month that a span says. */
static size_t months_in(const struct import *import)
{
        size_t count = 0;

        for (size_t i = 0; i < import->span_count; i++)
                count += (size_t)__builtin_popcountll(import->spans[i].months);
        return count;
}

static int by_member_month(const void *a_, const void *b_)
{
        const struct member_row *a = a_, *b = b_;
        int r = memcmp(a->member, b->member, PSEUDONYM_SIZE);

        return r ? r : (a->month > b->month) - (a->month < b->month);
}

static int merge_spans(struct import *import)
{
        struct member_table *table = &import->table;
        struct said said = { .count = 0 };
        size_t first = 0, begun = 0;
        uint64_t months;
        int r = 0;

        if (!import->span_count)
                return 0;
        qsort(import->spans, import->span_count, sizeof(*import->spans), span_order);
        table->room = import->rows ? months_in(import) : 0;
        table->rows = import->rows ? reallocarray(NULL, table->room, sizeof(*table->rows)) : NULL;
        if (import->rows && !table->rows)
                return -ENOMEM;
        for (size_t i = 0; !r && i < import->span_count; i++) {
                const struct import_span *span = &import->spans[i];

                if (memcmp(span->member, import->spans[first].member, PSEUDONYM_SIZE) != 0) {
                        first = i;
                        begun = table->count;
                        said.count = 0;
                }
                months = new_months(import, &said, span);
                import->totals.members += months && said.count == 1;
                import->totals.member_months += (uint64_t)__builtin_popcountll(months);
                if (import->rows)
                        r = put_months(import, span, months);
                if (import->rows && i > first)
                        qsort(table->rows + begun, table->count - begun, sizeof(*table->rows),
                              by_member_month);
        }
        free(import->spans);
        import->spans = NULL;
        import->span_count = import->span_room = 0;
        return r;
}

/* ---- all of it */

/* Numbers of categories, from the order they came in to that of their names. */
static void number_categories(struct member_table *table)
{
        uint8_t place[CATEGORIES_MAX];

        sort_categories(table, place);
        for (size_t i = 0; table->category_count && i < table->count; i++)
                table->rows[i].category = place[table->rows[i].category];
}

static void count_members(struct import *import)
{
        const struct member_table *table = &import->table;

        import->totals.member_months = table->count;
        for (size_t i = 0; i < table->count; i++)
                import->totals.members += i == 0 || memcmp(table->rows[i].member,
                                                           table->rows[i - 1].member,
                                                           PSEUDONYM_SIZE) != 0;
}

/* No month is shorter than 28 days. */
static void list_months(struct import *import)
{
        const date last = import->period.until - 1;
        date day = import->period.from;
        int month = block_month(day);

        while (block_month(day - 1) == month)
                day--;
        import->month_count = block_month(last) - month + 1;
        for (int i = 0; i <= import->month_count; i++) {
                import->firsts[i] = day;
                for (day += 28; block_month(day) == month + i; day++)
                        ;
        }
}

int import_read(struct import *import, int fd, struct complaints *to)
{
        struct taking taking = { import, to };
        int r;

        list_months(import);
        r = csv_file(fd, import->map->delimiter, on_row, &taking, to);
        if (r)
                return r;
        if (import->map->kind == CSV_CLAIMS) {
                merge_rows(import);
                count_members(import);
        }
        if (import->map->kind == CSV_ENROLMENT)
                r = merge_spans(import);
        number_categories(&import->table);
        return r;
}
