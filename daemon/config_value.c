/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/config_value.h"

#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/types.h>
#include <syslog.h>

#include "daemon/config.h"
#include "daemon/units.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef void print_fn(uint64_t value, char ret_text[UNITS_TEXT_MAX]);

static bool copy_text(char *field, const char *text, char *ret_says, size_t size)
{
        if (strlen(text) > CONFIG_TEXT_MAX) {
                snprintf(ret_says, size, "it is longer than %d characters", CONFIG_TEXT_MAX);
                return false;
        }
        strncpy(field, text, CONFIG_TEXT_MAX + 1); /* to its end, so that fields compare whole */
        return true;
}

bool value_set_PATH(void *field, const struct value_bounds *bounds, const char *text,
                    char *ret_says, size_t size)
{
        if (*text == '\0' ? bounds->least > 0 : *text != '/') {
                snprintf(ret_says, size, "'%s' is no path that begins with /", text);
                return false;
        }
        return copy_text(field, text, ret_says, size);
}

bool value_set_ENDPOINT(void *field, const struct value_bounds *bounds, const char *text,
                        char *ret_says, size_t size)
{
        const char *port = strrchr(text, ':');
        uint64_t number = 0;

        (void)bounds;
        if (strncmp(text, "tcp://", 6) != 0 || port <= text + 6 ||
            (strcmp(port, ":*") != 0 &&
             (!count_parse(port + 1, &number) || number == 0 || number > 65535))) {
                snprintf(ret_says, size, "'%s' is not tcp://ADDRESS:PORT", text);
                return false;
        }
        return copy_text(field, text, ret_says, size);
}

static bool within(uint64_t *field, uint64_t value, const struct value_bounds *bounds,
                   print_fn *print, char *ret_says, size_t size)
{
        char least[UNITS_TEXT_MAX], most[UNITS_TEXT_MAX];

        if (value >= bounds->least && value <= bounds->most) {
                *field = value;
                return true;
        }
        print(bounds->least, least);
        print(bounds->most, most);
        snprintf(ret_says, size, "it must lie between %s and %s", least, most);
        return false;
}

bool value_set_COUNT(void *field, const struct value_bounds *bounds, const char *text,
                     char *ret_says, size_t size)
{
        uint64_t value = 0;

        if (count_parse(text, &value))
                return within(field, value, bounds, count_print, ret_says, size);
        snprintf(ret_says, size, "'%s' is no whole number", text);
        return false;
}

bool value_set_SIZE(void *field, const struct value_bounds *bounds, const char *text,
                    char *ret_says, size_t size)
{
        uint64_t value = 0;

        if (size_parse(text, &value))
                return within(field, value, bounds, size_print, ret_says, size);
        snprintf(ret_says, size, "'%s' is no size: a whole number, then K, M, G, T or nothing",
                 text);
        return false;
}

bool value_set_DURATION(void *field, const struct value_bounds *bounds, const char *text,
                        char *ret_says, size_t size)
{
        uint64_t value = 0;

        if (duration_parse(text, &value))
                return within(field, value, bounds, duration_print, ret_says, size);
        snprintf(ret_says, size, "'%s' is no duration: a whole number, then us, ms, s, min, h or d",
                 text);
        return false;
}

struct word {
        const char *text;
        unsigned int value;
};

static bool set_word(void *field, const struct word *words, size_t count, const char *text,
                     char *ret_says, size_t size)
{
        size_t used;

        for (size_t i = 0; i < count; i++) {
                if (strcmp(words[i].text, text) == 0) {
                        memcpy(field, &words[i].value, sizeof(words[i].value));
                        return true;
                }
        }
        used = (size_t)snprintf(ret_says, size, "'%s' is none of", text);
        for (size_t i = 0; i < count && used < size; i++)
                used += (size_t)snprintf(ret_says + used, size - used, " %s", words[i].text);
        return false;
}

bool value_set_LEVEL(void *field, const struct value_bounds *bounds, const char *text,
                     char *ret_says, size_t size)
{
        static const struct word levels[] = {
                { "error", LOG_ERR }, { "warning", LOG_WARNING }, { "notice", LOG_NOTICE },
                { "info", LOG_INFO }, { "debug", LOG_DEBUG },
        };

        (void)bounds;
        return set_word(field, levels, COUNT(levels), text, ret_says, size);
}

bool value_set_TARGET(void *field, const struct value_bounds *bounds, const char *text,
                      char *ret_says, size_t size)
{
        static const struct word targets[] = {
                { "auto", CONFIG_TARGET_AUTO }, { "journal", CONFIG_TARGET_JOURNAL },
                { "plain", CONFIG_TARGET_PLAIN },
        };

        (void)bounds;
        return set_word(field, targets, COUNT(targets), text, ret_says, size);
}

static bool user_number(const char *name, uint64_t *ret)
{
        const struct passwd *user = getpwnam(name);

        if (user)
                *ret = user->pw_uid;
        return user != NULL;
}

static bool group_number(const char *name, uint64_t *ret)
{
        const struct group *group = getgrnam(name);

        if (group)
                *ret = group->gr_gid;
        return group != NULL;
}

/* Names or numbers, with commas or blanks between them. */
static bool set_ids(struct config_ids *field, bool (*number_of)(const char *, uint64_t *),
                    const char *text, char *ret_says, size_t size)
{
        char copy[CONFIG_TEXT_MAX + 1], *rest = NULL;
        struct config_ids ids = { .count = 0 };

        if (!copy_text(copy, text, ret_says, size))
                return false;
        for (char *word = strtok_r(copy, ", \t", &rest); word;
             word = strtok_r(NULL, ", \t", &rest)) {
                uint64_t number = 0;

                if ((!count_parse(word, &number) && !number_of(word, &number)) ||
                    number >= UINT32_MAX) {
                        snprintf(ret_says, size, "there is no '%s' on this machine", word);
                        return false;
                }
                if (ids.count == CONFIG_IDS_MAX) {
                        snprintf(ret_says, size, "there are more than %d", CONFIG_IDS_MAX);
                        return false;
                }
                ids.ids[ids.count++] = (uint32_t)number;
        }
        *field = ids;
        return true;
}

bool value_set_USERS(void *field, const struct value_bounds *bounds, const char *text,
                     char *ret_says, size_t size)
{
        (void)bounds;
        return set_ids(field, user_number, text, ret_says, size);
}

bool value_set_GROUPS(void *field, const struct value_bounds *bounds, const char *text,
                      char *ret_says, size_t size)
{
        (void)bounds;
        return set_ids(field, group_number, text, ret_says, size);
}

void value_print_bounds(FILE *out, const char *type, const struct value_bounds *bounds)
{
        static const struct {
                const char *type;
                print_fn *print;
        } printed[] = {
                { "COUNT", count_print }, { "SIZE", size_print }, { "DURATION", duration_print },
        };
        char least[UNITS_TEXT_MAX], most[UNITS_TEXT_MAX];

        for (size_t i = 0; i < COUNT(printed); i++) {
                if (strcmp(printed[i].type, type) != 0)
                        continue;
                printed[i].print(bounds->least, least);
                printed[i].print(bounds->most, most);
                fprintf(out, "# %s to %s.\n", least, most);
        }
}
