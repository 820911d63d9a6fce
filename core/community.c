/* SPDX-License-Identifier: Apache-2.0 */
#include "core/community.h"

#include <string.h>

enum how { HAD, COUNTED };

static const struct {
        const char *word, *says;
        enum how how;
} kinds[] = {
#define X(name, number, how, word, says) [CAPABILITY_##name] = { word, says, how },
        CAPABILITIES(X)
#undef X
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *capability_word(unsigned int number)
{
        return number < KINDS ? kinds[number].word : NULL;
}

const char *capability_says(unsigned int number)
{
        return number < KINDS ? kinds[number].says : NULL;
}

bool capability_is_counted(unsigned int number)
{
        return number < KINDS && kinds[number].how == COUNTED;
}

unsigned int capability_of_word(struct bytes word)
{
        for (unsigned int i = 0; i < KINDS; i++)
                if (kinds[i].word && strlen(kinds[i].word) == word.size &&
                    memcmp(kinds[i].word, word.data, word.size) == 0)
                        return i;
        return 0;
}
