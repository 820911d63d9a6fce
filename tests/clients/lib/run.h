/* SPDX-License-Identifier: Apache-2.0 */
/* One suite, run, its failures as the exit status. */
#ifndef ACCORD_TESTS_CLIENTS_LIB_RUN_H
#define ACCORD_TESTS_CLIENTS_LIB_RUN_H

#include <check.h>
#include <stdlib.h>

static inline int run_suite(Suite *suite)
{
        SRunner *runner = srunner_create(suite);
        int failed;

        srunner_run_all(runner, CK_ENV);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* A call of libaccord that must answer @code; says what it said instead. */
#define ck_call(call, want, error)                                                                \
        do {                                                                                      \
                int got_ = (call);                                                                \
                ck_assert_msg(got_ == (int)(want), "%s: %d instead of %d: %s", #call, got_,        \
                              (int)(want), got_ ? (error).text : "");                             \
        } while (0)

#endif
