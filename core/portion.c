/* SPDX-License-Identifier: Apache-2.0 */
#include "core/portion.h"

#include <string.h>

#include "core/check.h"

#define GIVEN (-1)      /* the rest of one that got a cent more */

static wide sum_of_weights(const struct portion *list, size_t count)
{
        wide sum = 0;

        for (size_t i = 0; i < count; i++) {
                assert(list[i].weight >= 0);
                assert(list[i].weight <= PORTION_WEIGHT_MAX);
                sum += list[i].weight;
        }
        return sum;
}

static bool before(const struct portion *a, const struct portion *b)
{
        if (a->rest != b->rest)
                return a->rest > b->rest;
        return strcmp(a->who->text, b->who->text) < 0;
}

static struct portion *next_of(struct portion *list, size_t count)
{
        struct portion *next = list;

        for (size_t i = 1; i < count; i++)
                if (before(&list[i], next))
                        next = &list[i];
        assert(next->rest > 0);
        return next;
}

void portions_divide(wide total, struct portion *list, size_t count)
{
        wide size = total < 0 ? -total : total, sum = sum_of_weights(list, count), left = size;

        assert(size <= PORTION_TOTAL_MAX);
        assert(sum > 0 || size == 0);
        for (size_t i = 0; i < count; i++) {
                list[i].part = sum ? size * list[i].weight / sum : 0;
                list[i].rest = sum ? size * list[i].weight % sum : 0;
                left -= list[i].part;
        }
        for (; left > 0; left--) {
                struct portion *next = next_of(list, count);

                next->part++;
                next->rest = GIVEN;
        }
        for (size_t i = 0; total < 0 && i < count; i++)
                list[i].part = -list[i].part;
}
