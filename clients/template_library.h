/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What clients/templates/embed.py makes of the template files. Only clients/template.c asks for
 * it.
 */
#ifndef ACCORD_CLIENTS_TEMPLATE_LIBRARY_H
#define ACCORD_CLIENTS_TEMPLATE_LIBRARY_H

#include "clients/template.h"

struct template_family {
        struct bytes text;                     /* the file */
        const struct template_option *options; /* ends with a NULL key */
};

struct template_row {
        struct template_info info;
        size_t family;
};

extern const struct template_family template_families[];
extern const struct template_row template_rows[];
extern const size_t template_row_count;

#endif
