/* SPDX-License-Identifier: Apache-2.0 */
/* The end of every test file: run what is in the case and say how it went. */
#ifndef ACCORD_TESTS_CORE_RUN_H
#define ACCORD_TESTS_CORE_RUN_H

#include <check.h>
#include <stdlib.h>

static inline int run_case(TCase *tests, const char *name)
{
        Suite *suite = suite_create(name);
        SRunner *runner = srunner_create(suite);
        int failed;

        suite_add_tcase(suite, tests);
        srunner_run_all(runner, CK_NORMAL);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof((array)[0])))

#endif
