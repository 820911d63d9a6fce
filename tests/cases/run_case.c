/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_case FILE...: plays each case twice, straight and with everything rebuilt before each
 * expectation. Silent when all is as the stories say.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/cases/case.h"

int main(int argc, char **argv)
{
        struct play *play = malloc(sizeof(*play));

        if (!play || argc < 2)
                return EXIT_FAILURE;
        for (int i = 1; i < argc; i++) {
                case_play(play, argv[i], false);
                case_play(play, argv[i], true);
                printf("%s: as told, and rebuilt %u times\n", argv[i], play->rehearsals);
        }
        free(play);
        return EXIT_SUCCESS;
}
