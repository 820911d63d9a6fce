/* SPDX-License-Identifier: Apache-2.0 */
/* The end of every test file: run what is in the case and say how it went. */
#ifndef ACCORD_TESTS_CLIENTS_RUN_H
#define ACCORD_TESTS_CLIENTS_RUN_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "clients/complaint.h"
#include "core/bytes.h"

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

static inline struct bytes text_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

/* Is there a complaint at that place that says so? */
static inline bool complained(const struct complaints *to, const char *where, const char *says)
{
        for (size_t i = 0; i < to->count; i++)
                if (strcmp(to->list[i].where, where) == 0 && strstr(to->list[i].says, says))
                        return true;
        return false;
}

#endif
