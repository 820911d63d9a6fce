/* SPDX-License-Identifier: Apache-2.0 */
/* Who uses a step, and what holds it to its rule. */
#ifndef ACCORD_DOCS_GEN_USES_H
#define ACCORD_DOCS_GEN_USES_H

/* Prints the families of templates with the step "share@1", and the tests that name it. */
void print_templates(const char *name, unsigned int version);
void print_tests(const char *name, char *const *tests);

#endif
