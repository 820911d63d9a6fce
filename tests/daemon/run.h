/* SPDX-License-Identifier: Apache-2.0 */
/* The end of every test file: run what is in the case and say how it went. */
#ifndef ACCORD_TESTS_DAEMON_RUN_H
#define ACCORD_TESTS_DAEMON_RUN_H

#include <check.h>
#include <stdlib.h>

#include "proof/setup.h"

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

/* @seconds: the patience with one test of it. */
static inline int run_case(TCase *tests, const char *name, int seconds)
{
        Suite *suite = suite_create(name);
        SRunner *runner = srunner_create(suite);
        int failed;

        if (proof_setup())
                return EXIT_FAILURE;
        tcase_set_timeout(tests, seconds);
        suite_add_tcase(suite, tests);
        srunner_run_all(runner, CK_NORMAL);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
