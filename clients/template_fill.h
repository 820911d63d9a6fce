/* SPDX-License-Identifier: Apache-2.0 */
/* Between clients/template.c and clients/template_fill.c: one use of a template. */
#ifndef ACCORD_CLIENTS_TEMPLATE_FILL_H
#define ACCORD_CLIENTS_TEMPLATE_FILL_H

#include "clients/template.h"

struct fill {
        const struct template_info *info;
        struct json_object *family;
        int year, starts; /* of performance; in which the agreement began */
        const struct template_setting *settings;
        size_t setting_count;
};

/* What the user set, else what the option is otherwise; NULL when that is nothing. */
const char *fill_setting(const struct fill *fill, const char *key);

/*
 * The member "steps": every "$name" replaced by its figure or setting, steps left out whose "if"
 * is not so.
 */
int fill_steps(const struct fill *fill, struct json_object *to, struct complaints *complaints);

#endif
