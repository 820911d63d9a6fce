/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library of known arrangements: programmes and common contracts as dated data
 * (clients/templates), built into the program. A template, a year and some settings make terms.
 */
#ifndef ACCORD_CLIENTS_TEMPLATE_H
#define ACCORD_CLIENTS_TEMPLATE_H

#include "clients/json.h"
#include "core/terms.h"

struct template_info {
        const char *name;   /* "mssp-basic-e" */
        const char *family; /* "mssp" */
        const char *title;
        const char *says;
        const char *known; /* how well its figures are: "confirmed", "partly from memory", ... */
        int first_year, last_year; /* of performance */
};

/* One value a user gives: "bearer" = "medicare". */
struct template_setting {
        const char *key, *value;
};

/* What may be set, for help texts: template_option_at() walks to false. */
struct template_option {
        const char *key, *says,
                *otherwise; /* otherwise: NULL when it must be given, "" = left out */
        const char *example; /* what a template's own example sets; NULL: nothing */
};

/* NULL when there is none; template_at() walks the library to NULL. */
const struct template_info *template_at(size_t place);
const struct template_info *template_find(const char *name);
bool template_option_at(const struct template_info *info, size_t place,
                        struct template_option *ret);

/*
 * template_instantiate() - terms from a template
 * @year:      the performance year; its figures are taken from the template's dated rows
 * @settings:  every option that has no default must be given; unknown ones are refused
 * @ret:       a document of schema accord.terms.v1, the caller's
 *
 * Returns: 0; REFUSAL_NO_SUCH_THING for an unknown template, REFUSAL_BAD_VALUE with complaints;
 * -ENOMEM.
 */
int template_instantiate(const char *name, int year, const struct template_setting *settings,
                         size_t count, struct json_object **ret, struct complaints *to);

/* The same as terms, checked. */
int template_terms(const char *name, int year, const struct template_setting *settings,
                   size_t count, struct terms *ret, struct complaints *to);

/* Terms by the template's defaults and examples between "bearer" and "earner". Codes as above. */
int template_example(const char *name, int year, struct terms *ret, struct complaints *to);

/* A figure of a programme as it holds in a year. The strings are valid during the visit. */
struct template_figure {
        const char *name;
        const char *value; /* as JSON; "$key" where a setting decides */
        const char *source;
        bool confirmed;
};

typedef void template_figure_visit(void *with, const struct template_figure *figure);

/* Those that hold with the defaults, in the order of the file. Codes as template_instantiate(). */
int template_figures(const char *name, int year, template_figure_visit *visit, void *with,
                     struct complaints *to);

#endif
