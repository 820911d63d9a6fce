/* SPDX-License-Identifier: Apache-2.0 */
#include "core/release.h"

static const struct figure_info figures[] = {
#define X(code, number, name, unit, item, says)                                                   \
        { FIGURE_##code, (name), UNIT_##unit, FIGURE_OF_##item, (says) },
        FIGURES(X)
#undef X
};

#define COUNT (sizeof(figures) / sizeof(figures[0]))

const struct figure_info *figure_at(size_t place)
{
        return place < COUNT ? &figures[place] : NULL;
}

const struct figure_info *figure_info(unsigned int number)
{
        for (size_t i = 0; i < COUNT; i++)
                if (figures[i].code == number)
                        return &figures[i];
        return NULL;
}
