/* SPDX-License-Identifier: Apache-2.0 */
/* A template with settings for all that it asks for. */
#ifndef ACCORD_TESTS_CLIENTS_DRAWN_TEMPLATE_H
#define ACCORD_TESTS_CLIENTS_DRAWN_TEMPLATE_H

#include "clients/template.h"

#define SETTINGS_MAX 24

struct settings {
        struct template_setting list[SETTINGS_MAX];
        size_t count;
};

void settings_add(struct settings *settings, const char *key, const char *value);

/*
 * use_template() - terms from a template, adding to @settings what must be given and has no usual
 * value, and what else the terms turn out to want
 *
 * Returns: NULL, or what is wrong all the same, until the next call.
 */
const char *use_template(const struct template_info *info, int year, struct settings *settings,
                         struct terms *ret);

#endif
