/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/clients/drawn_template.h"

#include <string.h>

static const char *setting_of(const char *key)
{
        static const struct template_setting usual[] = {
                { "bearer", "plan" }, { "earner", "clinic" }, { "legal_basis", "charter-1" },
        };

        for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
                if (strcmp(key, usual[i].key) == 0)
                        return usual[i].value;
        return "2";
}

/* The option that a complaint is about: the longest that it names, for one may contain another. */
static const char *wanted_option(const struct template_info *info, const char *says)
{
        struct template_option option;
        const char *wanted = "";

        for (size_t i = 0; template_option_at(info, i, &option); i++)
                if (strstr(says, option.key) && strlen(option.key) > strlen(wanted))
                        wanted = option.key;
        return *wanted ? wanted : NULL;
}

void settings_add(struct settings *settings, const char *key, const char *value)
{
        if (settings->count < SETTINGS_MAX)
                settings->list[settings->count++] = (struct template_setting) { key, value };
}

const char *use_template(const struct template_info *info, int year, struct settings *settings,
                         struct terms *ret)
{
        struct template_option option;
        static struct complaints to;

        for (size_t i = 0; template_option_at(info, i, &option); i++)
                if (!option.otherwise)
                        settings_add(settings, option.key, setting_of(option.key));
        while (settings->count < SETTINGS_MAX) {
                const char *more;

                memset(&to, 0, sizeof(to));
                if (template_terms(info->name, year, settings->list, settings->count, ret,
                                   &to) == 0)
                        return NULL;
                more = wanted_option(info, to.list[0].says);
                if (!more)
                        break;
                settings_add(settings, more, setting_of(more));
        }
        return to.list[0].says;
}
