/* SPDX-License-Identifier: Apache-2.0 */
/* The simplex method in its tableau, in two phases; Bland's rule once it does not get on. */
#include "tests/disclosure/lp.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 1e-11L
#define FITS 1e-7L              /* of a row's own size */
#define TURNS 20000

struct tableau {
        size_t rows, columns, unknowns, artificial;     /* columns: without the right side */
        long double *at;                /* (rows + 1) x (columns + 1); the last row is the cost */
        size_t *basis;
};

void lp_begin(struct lp *lp, size_t unknowns)
{
        if (unknowns > LP_UNKNOWNS)
                abort();
        lp->unknowns = unknowns;
        lp->rows = 0;
}

long double *lp_add(struct lp *lp, enum lp_sense sense, long double right)
{
        struct lp_row *row = &lp->row[lp->rows];

        if (lp->rows++ == LP_ROWS) {
                fputs("lp: too many rows\n", stderr);
                abort();
        }
        memset(row, 0, sizeof(*row));
        row->sense = sense;
        row->right = right;
        return row->of;
}

static long double *cell(const struct tableau *t, size_t row, size_t column)
{
        return &t->at[row * (t->columns + 1) + column];
}

/* Rows are scaled to a largest coefficient of one, so that one measure of "nothing" fits all. */
static long double size_of(const struct lp_row *row, size_t unknowns)
{
        long double most = 0;

        for (size_t i = 0; i < unknowns; i++)
                most = fmaxl(most, fabsl(row->of[i]));
        return most > 0 ? most : 1;
}

static enum lp_sense turned(enum lp_sense sense)
{
        return sense == LP_EQUAL ? LP_EQUAL : sense == LP_AT_MOST ? LP_AT_LEAST : LP_AT_MOST;
}

static void put_row(struct tableau *t, const struct lp_row *row, size_t place, size_t *slack,
                    size_t *artificial)
{
        long double size = size_of(row, t->unknowns);
        long double sign = row->right < 0 ? -1 : 1;
        enum lp_sense sense = sign < 0 ? turned(row->sense) : row->sense;

        for (size_t i = 0; i < t->unknowns; i++)
                *cell(t, place, i) = sign * row->of[i] / size;
        *cell(t, place, t->columns) = sign * row->right / size;
        if (sense != LP_EQUAL) {
                *cell(t, place, *slack) = sense == LP_AT_MOST ? 1 : -1;
                t->basis[place] = (*slack)++;
        }
        if (sense != LP_AT_MOST) {
                *cell(t, place, *artificial) = 1;
                t->basis[place] = (*artificial)++;
        }
}

static void tableau_of(struct tableau *t, const struct lp *lp)
{
        size_t slack = lp->unknowns, artificial;

        t->rows = lp->rows;
        t->unknowns = lp->unknowns;
        t->artificial = artificial = lp->unknowns + lp->rows;
        t->columns = lp->unknowns + 2 * lp->rows;
        t->at = calloc((t->rows + 1) * (t->columns + 1), sizeof(*t->at));
        t->basis = calloc(t->rows + 1, sizeof(*t->basis));
        if (!t->at || !t->basis)
                abort();
        for (size_t i = 0; i < lp->rows; i++)
                put_row(t, &lp->row[i], i, &slack, &artificial);
}

static void tableau_free(struct tableau *t)
{
        free(t->at);
        free(t->basis);
}

static void take_from(struct tableau *t, size_t row, size_t from, long double times)
{
        for (size_t i = 0; i <= t->columns; i++)
                *cell(t, row, i) -= times * *cell(t, from, i);
}

static void pivot(struct tableau *t, size_t row, size_t column)
{
        long double by = *cell(t, row, column);

        for (size_t i = 0; i <= t->columns; i++)
                *cell(t, row, i) /= by;
        for (size_t i = 0; i <= t->rows; i++)
                if (i != row && *cell(t, i, column) != 0)
                        take_from(t, i, row, *cell(t, i, column));
        t->basis[row] = column;
}

static size_t enters(const struct tableau *t, size_t columns, bool first)
{
        size_t best = columns;
        long double least = -SMALL;

        for (size_t i = 0; i < columns; i++) {
                long double cost = *cell(t, t->rows, i);

                if (cost < least) {
                        best = i;
                        least = cost;
                        if (first)
                                break;
                }
        }
        return best;
}

static size_t leaves(const struct tableau *t, size_t column)
{
        size_t best = t->rows;
        long double least = 0;

        for (size_t i = 0; i < t->rows; i++) {
                long double by = *cell(t, i, column), ratio;

                if (by <= SMALL)
                        continue;
                ratio = *cell(t, i, t->columns) / by;
                if (best == t->rows || ratio < least - SMALL ||
                    (ratio < least + SMALL && t->basis[i] < t->basis[best])) {
                        best = i;
                        least = ratio;
                }
        }
        return best;
}

enum end { END_FOUND, END_NONE, END_LOST };

/* Least of the cost row over the first @columns. */
static enum end go_down(struct tableau *t, size_t columns)
{
        for (int turn = 0; turn < TURNS; turn++) {
                size_t column = enters(t, columns, turn > TURNS / 4), row;

                if (column == columns)
                        return END_FOUND;
                row = leaves(t, column);
                if (row == t->rows)
                        return END_NONE;
                pivot(t, row, column);
        }
        return END_LOST;
}

/* The cost row of what is left of the artificial unknowns. */
static enum end begin(struct tableau *t)
{
        enum end end;

        for (size_t i = t->artificial; i < t->columns; i++)
                *cell(t, t->rows, i) = 1;
        for (size_t i = 0; i < t->rows; i++)
                if (t->basis[i] >= t->artificial)
                        take_from(t, t->rows, i, 1);
        end = go_down(t, t->columns);
        if (end != END_FOUND)
                return END_LOST;
        if (-*cell(t, t->rows, t->columns) > FITS)
                return END_NONE;
        for (size_t i = 0; i < t->rows; i++)
                for (size_t j = 0; t->basis[i] >= t->artificial && j < t->artificial; j++)
                        if (fabsl(*cell(t, i, j)) > 1e-9L)
                                pivot(t, i, j);
        return END_FOUND;
}

static bool fits(const struct lp *lp, const long double *x)
{
        for (size_t i = 0; i < lp->rows; i++) {
                const struct lp_row *row = &lp->row[i];
                long double sum = -row->right, size = fabsl(row->right);

                for (size_t j = 0; j < lp->unknowns; j++) {
                        sum += row->of[j] * x[j];
                        size = fmaxl(size, fabsl(row->of[j] * x[j]));
                }
                size = FITS * fmaxl(size, size_of(row, lp->unknowns));
                if ((row->sense != LP_AT_LEAST && sum > size) ||
                    (row->sense != LP_AT_MOST && sum < -size))
                        return false;
        }
        return true;
}

static enum lp_answer least_of(const struct lp *lp, const struct tableau *begun,
                               const long double *of, long double sign, long double *ret)
{
        size_t cells = (begun->rows + 1) * (begun->columns + 1);
        struct tableau t = *begun;
        long double x[LP_UNKNOWNS] = { 0 };
        enum end end;

        t.at = malloc(cells * sizeof(*t.at));
        t.basis = malloc((t.rows + 1) * sizeof(*t.basis));
        if (!t.at || !t.basis)
                abort();
        memcpy(t.at, begun->at, cells * sizeof(*t.at));
        memcpy(t.basis, begun->basis, t.rows * sizeof(*t.basis));
        for (size_t i = 0; i <= t.columns; i++)
                *cell(&t, t.rows, i) = i < t.unknowns ? sign * of[i] : 0;
        for (size_t i = 0; i < t.rows; i++)
                if (*cell(&t, t.rows, t.basis[i]) != 0)
                        take_from(&t, t.rows, i, *cell(&t, t.rows, t.basis[i]));
        end = go_down(&t, t.artificial);
        *ret = 0;
        for (size_t i = 0; i < t.rows; i++)
                if (t.basis[i] < t.unknowns)
                        x[t.basis[i]] = fmaxl(*cell(&t, i, t.columns), 0);
        for (size_t i = 0; i < t.unknowns; i++)
                *ret += of[i] * x[i];
        if (end == END_NONE)
                *ret = sign < 0 ? LP_INFINITE : -LP_INFINITE;
        tableau_free(&t);
        return end == END_LOST || !fits(lp, x) ? LP_FAILED : LP_FOUND;
}

static uint64_t mix(uint64_t sum, long double value)
{
        double is = (double)value;
        uint64_t bits;

        memcpy(&bits, &is, sizeof(bits));
        return (sum ^ bits) * UINT64_C(0x9e3779b97f4a7c15) ^ sum >> 29;
}

static void mix_all(const struct lp *lp, const long double *of, uint64_t *ret)
{
        for (size_t i = 0; i < lp->unknowns; i++)
                ret[i] = mix(1, of[i]);
        for (size_t i = 0; i < lp->rows; i++)
                for (size_t j = 0; j < lp->unknowns; j++)
                        ret[j] = mix(ret[j], lp->row[i].of[j]);
}

static bool is_alike(const struct lp *lp, const long double *of, size_t a, size_t b)
{
        if (of[a] != of[b])
                return false;
        for (size_t i = 0; i < lp->rows; i++)
                if (lp->row[i].of[a] != lp->row[i].of[b])
                        return false;
        return true;
}

/* Unknowns that nothing tells apart are one: a sum of them is all that can be known. */
static void put_together(const struct lp *lp, const long double *of, struct lp *ret,
                           long double *ret_of)
{
        size_t first[LP_UNKNOWNS], count = 0;
        uint64_t mixed[LP_UNKNOWNS];

        mix_all(lp, of, mixed);
        for (size_t i = 0; i < lp->unknowns; i++) {
                size_t place = 0;

                while (place < count && (mixed[first[place]] != mixed[i] ||
                                         !is_alike(lp, of, first[place], i)))
                        place++;
                if (place == count)
                        first[count++] = i;
        }
        lp_begin(ret, count);
        for (size_t i = 0; i < lp->rows; i++) {
                long double *row = lp_add(ret, lp->row[i].sense, lp->row[i].right);

                for (size_t j = 0; j < count; j++)
                        row[j] = lp->row[i].of[first[j]];
        }
        for (size_t j = 0; j < count; j++)
                ret_of[j] = of[first[j]];
}

static enum lp_answer range_of(const struct lp *lp, const long double *of, long double *ret_least,
                               long double *ret_most)
{
        enum lp_answer answer = LP_IMPOSSIBLE;
        struct tableau t;
        enum end end;

        *ret_least = *ret_most = 0;
        tableau_of(&t, lp);
        end = begin(&t);
        if (end == END_LOST)
                answer = LP_FAILED;
        if (end == END_FOUND)
                answer = least_of(lp, &t, of, 1, ret_least);
        if (answer == LP_FOUND)
                answer = least_of(lp, &t, of, -1, ret_most);
        tableau_free(&t);
        return answer;
}

enum lp_answer lp_range(const struct lp *lp, const long double *of, long double *ret_least,
                        long double *ret_most)
{
        struct lp *fewer = malloc(sizeof(*fewer));
        long double fewer_of[LP_UNKNOWNS];
        enum lp_answer answer;

        if (!fewer)
                abort();
        put_together(lp, of, fewer, fewer_of);
        answer = range_of(fewer, fewer_of, ret_least, ret_most);
        free(fewer);
        return answer;
}
