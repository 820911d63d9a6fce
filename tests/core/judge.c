/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/core/judge.h"

#include <check.h>
#include <string.h>

struct terms terms;
struct faults faults;

void good(void)
{
        arrange_mssp(&terms, (struct shape) { .track = FIXED_LOSS_50,
                                              .quality = GATED,
                                              .elected = true,
                                              .half_below = true,
                                              .guardrail = true,
                                              .advance = true });
}

void check(void)
{
        faults_reset(&faults);
        terms_check(&terms, 7, &faults);
}

enum refusal code_of(const char *field, const char *words)
{
        for (size_t i = 0; i < faults.count; i++)
                if (strcmp(faults.list[i].field, field) == 0 && strstr(faults.list[i].says, words))
                        return faults.list[i].code;
        return 0;
}

void check_spoilt(const struct spoilt *one)
{
        good();
        one->spoil();
        check();
        ck_assert_msg(code_of(one->field, one->says) == one->code, "%s: %s: have %s: %s",
                      one->field, one->says, faults.count ? faults.list[0].field : "nothing",
                      faults.count ? faults.list[0].says : "");
        ck_assert_uint_eq(faults.list[0].event, 7);
}
