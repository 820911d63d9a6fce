/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may happen to a hub's disk, made to happen, and what must be true afterwards. Each part is a
 * function of its own file; torture.c runs one.
 */
#ifndef ACCORD_TESTS_TORTURE_TORTURE_H
#define ACCORD_TESTS_TORTURE_TORTURE_H

#include <stdbool.h>
#include <stdint.h>

struct torture {
        const char *accordd;            /* the program */
        const char *faults;             /* faults.c, built */
        bool lasting;                   /* the long form */
        bool few;                       /* less than the short one, where everything is slow */
        uint64_t seed;
};

typedef void torture_part(const struct torture *torture);

torture_part power_run, nosync_run;     /* power.c */
torture_part eio_run;                   /* eio.c */
torture_part space_run;                 /* space.c */
torture_part flip_run;                  /* flip.c */
torture_part meta_run, restore_run, guard_run;  /* guarded.c */

/* A row of the table in the end. */
__attribute__((format(printf, 2, 3)))
void torture_did(const char *part, const char *format, ...);

/*
 * The next daemon that is started gets faults.c put before it. @fault: as that has it; @under: the
 * directory it is about; @done: a file that says that it came, or NULL.
 */
void torture_set_fault(const struct torture *torture, const char *fault, const char *under,
                       const char *done);
void torture_clear_fault(void);

#endif
