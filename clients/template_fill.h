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
        const struct element *element;  /* of the list a step is repeated for; NULL: none */
};

/* One of "adult:412.37,child:180.25"; without a colon there is a name alone. */
#define ELEMENTS_MAX 64
#define ELEMENT_TEXT_MAX 63

struct element {
        char name[ELEMENT_TEXT_MAX + 1], value[ELEMENT_TEXT_MAX + 1];
};

/* What the user set, else what the option is otherwise; NULL when that is nothing. */
const char *fill_setting(const struct fill *fill, const char *key);

/*
 * The member "steps": every "$name" replaced by its figure or setting, steps left out whose "if"
 * is not so, steps with "for_each" repeated for every element of that list. And "presupposes", of
 * steps that say so.
 */
int fill_steps(const struct fill *fill, struct json_object *to, struct complaints *complaints);

/* Every figure that has a row which fits: its first such row. */
void fill_figures(const struct fill *fill, template_figure_visit *visit, void *with);

#endif
