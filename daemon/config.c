/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/config.h"

#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "daemon/config_value.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct row {
        struct setting says;
        struct value_bounds bounds;
        value_set_fn *set;
        size_t offset, size;
};

static const struct row rows[] = {
#define X(section_, key_, type_, least_, most_, value_, says_)                              \
        {                                                                                   \
                .says = { #section_, #key_, #type_, (value_), (says_) },                    \
                .bounds = { (least_), (most_) },                                            \
                .set = value_set_##type_,                                                   \
                .offset = offsetof(struct config, section_##_##key_),                       \
                .size = sizeof(((struct config *)NULL)->section_##_##key_),                 \
        },
        SETTINGS(X)
#undef X
};

/* One file being read. */
struct reading {
        struct config *config;
        struct config_faults *faults;
        const char *path;
        FILE *file;
        unsigned int line;
        bool torn;              /* the line before had no end */
        unsigned int last_fault;
        bool seen[COUNT(rows)];
};

bool config_setting(size_t i, struct setting *ret)
{
        if (i >= COUNT(rows))
                return false;
        *ret = rows[i].says;
        return true;
}

bool config_same(const struct config *a, const struct config *b, size_t i)
{
        assert(i < COUNT(rows));
        return memcmp((const char *)a + rows[i].offset, (const char *)b + rows[i].offset,
                      rows[i].size) == 0;
}

static const struct row *find(const char *section, const char *key)
{
        for (size_t i = 0; i < COUNT(rows); i++)
                if (strcmp(rows[i].says.section, section) == 0 &&
                    strcmp(rows[i].says.key, key) == 0)
                        return &rows[i];
        return NULL;
}

static bool is_section(const char *section)
{
        for (size_t i = 0; i < COUNT(rows); i++)
                if (strcmp(rows[i].says.section, section) == 0)
                        return true;
        return false;
}

int config_set(struct config *config, const char *section, const char *key, const char *value,
               char *ret_says, size_t size)
{
        const struct row *row = find(section, key);

        if (!row && !is_section(section))
                snprintf(ret_says, size, "there is no section [%s]", section);
        else if (!row)
                snprintf(ret_says, size, "section [%s] has no setting '%s'", section, key);
        else if (row->set((char *)config + row->offset, &row->bounds, value, ret_says, size))
                return 0;
        return -EINVAL;
}

void config_defaults(struct config *ret)
{
        char says[CONFIG_TEXT_MAX];

        memset(ret, 0, sizeof(*ret));
        for (size_t i = 0; i < COUNT(rows); i++) {
                int r = config_set(ret, rows[i].says.section, rows[i].says.key, rows[i].says.value,
                                   says, sizeof(says));
                assert(r == 0);
        }
}

__attribute__((format(printf, 3, 4)))
static void fault_add(struct reading *reading, unsigned int line, const char *format, ...)
{
        struct config_faults *faults = reading->faults;
        va_list arguments;
        int used;

        reading->last_fault = line;
        if (faults->count == CONFIG_FAULTS_MAX) {
                faults->more++;
                return;
        }
        used = snprintf(faults->text[faults->count], sizeof(faults->text[0]), "%s:%u: ",
                        reading->path, line);
        assert(used > 0);
        if ((size_t)used < sizeof(faults->text[0])) {
                va_start(arguments, format);
                vsnprintf(faults->text[faults->count] + used,
                          sizeof(faults->text[0]) - (size_t)used, format, arguments);
                va_end(arguments);
        }
        faults->count++;
}

/* A section without a setting never reaches take_value(), so that its name is looked at here. */
static void look_at_section(struct reading *reading, const char *line)
{
        char name[CONFIG_TEXT_MAX];
        size_t length;

        line += strspn(line, " \t");
        if (*line++ != '[')
                return;
        length = strcspn(line, "]");
        if (line[length] != ']' || length >= sizeof(name))
                return;         /* libinih says so itself */
        memcpy(name, line, length);
        name[length] = '\0';
        if (!is_section(name))
                fault_add(reading, reading->line, "there is no section [%s]", name);
}

/* libinih does not say which line it is at, so we count them. */
static char *read_line(char *ret_text, int size, void *reading_)
{
        struct reading *reading = reading_;
        size_t length;

        if (!fgets(ret_text, size, reading->file))
                return NULL;
        if (!reading->torn) {
                reading->line++;
                look_at_section(reading, ret_text);
        }
        length = strlen(ret_text);
        reading->torn = length > 0 && ret_text[length - 1] != '\n' && !feof(reading->file);
        if (reading->torn)
                fault_add(reading, reading->line, "the line is longer than %d characters",
                          size - 3);
        return ret_text;
}

static int take_value(void *reading_, const char *section, const char *key, const char *value)
{
        struct reading *reading = reading_;
        const struct row *row = find(section, key);
        char says[CONFIG_TEXT_MAX + 100];

        if (reading->last_fault == reading->line)
                return 1;       /* one sentence a line is enough */
        if (*section != '\0' && !is_section(section))
                return 1;       /* said where the section begins */
        if (row && reading->seen[row - rows])
                fault_add(reading, reading->line, "[%s] %s is set twice in this file", section,
                          key);
        else if (*section == '\0')
                fault_add(reading, reading->line, "'%s' stands before any [section]", key);
        else if (config_set(reading->config, section, key, value, says, sizeof(says)))
                fault_add(reading, reading->line, row ? "%s: %s" : "%s%s", row ? key : "", says);
        if (row)
                reading->seen[row - rows] = true;
        return 1;
}

static int read_file(struct config *config, const char *path, struct config_faults *faults)
{
        struct reading reading = { .config = config, .faults = faults, .path = path };
        int r;

        reading.file = fopen(path, "re");
        if (!reading.file)
                return -errno;
        r = ini_parse_stream(read_line, &reading, take_value, &reading);
        if (r > 0 && faults->count == 0)
                fault_add(&reading, (unsigned int)r,
                          "neither [section], nor setting = value, nor # comment");
        r = ferror(reading.file) ? -EIO : 0;
        fclose(reading.file);
        return r;
}

static int is_conf(const struct dirent *entry)
{
        size_t length = strlen(entry->d_name);

        return entry->d_name[0] != '.' && length > 5 &&
               strcmp(entry->d_name + length - 5, ".conf") == 0;
}

static int read_directory(struct config *config, const char *path, struct config_faults *faults)
{
        char folder[PATH_MAX], file[PATH_MAX + NAME_MAX + 2];
        struct dirent **names = NULL;
        int count, r = 0;

        snprintf(folder, sizeof(folder), "%s.d", path);
        count = scandir(folder, &names, is_conf, alphasort);
        if (count < 0)
                return errno == ENOENT ? 0 : -errno;
        for (int i = 0; i < count; i++) {
                snprintf(file, sizeof(file), "%s/%s", folder, names[i]->d_name);
                if (r == 0)
                        r = read_file(config, file, faults);
                free(names[i]);
        }
        free(names);
        return r;
}

int config_load(struct config *ret, const char *path, struct config_faults *ret_faults)
{
        int r;

        config_defaults(ret);
        ret_faults->count = ret_faults->more = 0;
        r = read_file(ret, path, ret_faults);
        if (r == 0)
                r = read_directory(ret, path, ret_faults);
        if (r == 0 && ret_faults->count > 0)
                r = -EINVAL;
        return r;
}

void config_print_defaults(FILE *out)
{
        const char *section = "";

        fputs("# accordd.conf(5): every setting at its default. What is not set stays at it.\n"
              "# Durations: us ms s min h d. Sizes: K M G T, by 1024.\n", out);
        for (size_t i = 0; i < COUNT(rows); i++) {
                const struct setting *row = &rows[i].says;

                if (strcmp(section, row->section) != 0)
                        fprintf(out, "\n[%s]\n", row->section);
                section = row->section;
                fprintf(out, "# %s\n", row->says);
                value_print_bounds(out, row->type, &rows[i].bounds);
                fprintf(out, "#%s =%s%s\n", row->key, *row->value ? " " : "", row->value);
        }
}
