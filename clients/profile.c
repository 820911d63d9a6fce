/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/profile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/ident.h"
#include "core/own.h"

#define SUFFIX ".conf"

void profile_text_cleanup(char **text)
{
        free(*text);
}

static int print_path(char **ret, const char *a, const char *b, const char *c, const char *d)
{
        if (asprintf(ret, "%s%s%s%s", a, b, c, d) >= 0)
                return 0;
        *ret = NULL;
        return -ENOMEM;
}

/* $@variable/accord, else ~/@otherwise/accord. */
static int base_directory(const char *variable, const char *otherwise, char **ret)
{
        const char *base = getenv(variable), *home = getenv("HOME");

        if (base && *base == '/')
                return print_path(ret, base, "/accord", "", "");
        if (home && *home == '/')
                return print_path(ret, home, "/", otherwise, "/accord");
        return -ENOENT;
}

int profile_directory(char **ret)
{
        const char *given = getenv("ACCORD_CONFIG_DIR");

        if (given && *given)
                return print_path(ret, given, "", "", "");
        return base_directory("XDG_CONFIG_HOME", ".config", ret);
}

int profile_state_directory(char **ret)
{
        return base_directory("XDG_STATE_HOME", ".local/state", ret);
}

static bool name_fits(const char *text)
{
        struct name name;

        return name_parse((struct bytes) { text, strlen(text) }, &name);
}

int profile_path(const char *name, char **ret)
{
        own(profile_text) char *directory = NULL, *file = NULL;
        int r;

        if (!name_fits(name))
                return -EINVAL;
        r = profile_directory(&directory);
        if (!r)
                r = print_path(&file, "/profiles/", name, SUFFIX, "");
        return r ? r : print_path(ret, directory, file, "", "");
}

static int current_path(char **ret)
{
        own(profile_text) char *directory = NULL;
        int r = profile_directory(&directory);

        return r ? r : print_path(ret, directory, "/current", "", "");
}

int profile_current(char **ret)
{
        own(profile_text) char *path = NULL;
        char line[NAME_MAX_LENGTH + 2] = "";
        FILE *file;
        int r;

        *ret = NULL;
        r = current_path(&path);
        if (r)
                return r == -ENOENT ? 0 : r;
        file = fopen(path, "re");
        if (!file)
                return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
        if (fgets(line, sizeof(line), file))
                line[strcspn(line, "\n")] = '\0';
        fclose(file);
        if (!name_fits(line))
                return 0;
        *ret = strdup(line);
        return *ret ? 0 : -ENOMEM;
}

/* ---- reading */

struct reading {
        struct cli *cli;
        FILE *file;
        const char *path;
        enum origin origin;
        int line, fault;
};

/*
 * inih tells no line numbers and cuts long lines in two: so lines are counted, and long ones
 * refused, here.
 */
static char *next_line(char *text, int size, void *stream)
{
        struct reading *reading = stream;

        if (!fgets(text, size, reading->file))
                return NULL;
        reading->line++;
        if (!strchr(text, '\n') && !feof(reading->file)) {
                say_error("%s:%d: the line is too long", reading->path, reading->line);
                reading->fault = -EBADMSG;
                return NULL;
        }
        return text;
}

static int take_line(void *user, const char *section, const char *name, const char *value)
{
        struct reading *reading = user;
        enum setting setting = setting_by_name(name);

        if (*section) {
                say_error("%s:%d: [%s]: a profile has no sections", reading->path, reading->line,
                         section);
        } else if (setting == SETTING_COUNT) {
                say_error("%s:%d: there is no setting %s; see `accord help environment`",
                         reading->path, reading->line, name);
        } else {
                reading->fault = cli_set(reading->cli, setting, value, reading->origin);
                return reading->fault == 0;
        }
        reading->fault = -EBADMSG;
        return 0;
}

int profile_read(struct cli *cli, const char *path, enum origin origin)
{
        struct reading reading = { .cli = cli, .path = path, .origin = origin };
        int bad;

        reading.file = fopen(path, "re");
        if (!reading.file)
                return errno == ENOTDIR ? -ENOENT : -errno;
        bad = ini_parse_stream(next_line, &reading, take_line, &reading);
        fclose(reading.file);
        if (reading.fault)
                return reading.fault;
        if (bad < 0)
                return -ENOMEM;
        if (bad > 0) {
                say_error("%s:%d: a line is NAME = VALUE", path, bad);
                return -EBADMSG;
        }
        return 0;
}

/* ---- writing */

int profile_make_directory(const char *path)
{
        own(profile_text) char *copy = strdup(path);

        if (!copy)
                return -ENOMEM;
        for (char *at = copy + 1;; at++) {
                char kept = *at;

                if (kept && kept != '/')
                        continue;
                *at = '\0';
                if (mkdir(copy, 0700) && errno != EEXIST)
                        return -errno;
                if (!kept)
                        return 0;
                *at = kept;
        }
}

int profile_make_parent(const char *path)
{
        const char *slash = strrchr(path, '/');
        own(profile_text) char *parent = NULL;

        if (!slash || slash == path)
                return 0;
        parent = strndup(path, (size_t)(slash - path));
        return parent ? profile_make_directory(parent) : -ENOMEM;
}

static int write_settings(const struct cli *cli, FILE *file)
{
        for (size_t i = 0; i < SETTING_COUNT; i++)
                if (i != SETTING_OUTPUT && cli->settings[i].value &&
                    cli->settings[i].origin == FROM_OPTION &&
                    fprintf(file, "%s = %s\n", settings[i].name, cli->settings[i].value) < 0)
                        return -errno;
        return fflush(file) || fsync(fileno(file)) ? -errno : 0;
}

int profile_write(const struct cli *cli, const char *name)
{
        own(profile_text) char *path = NULL;
        FILE *file;
        int r, fd;

        r = profile_path(name, &path);
        if (!r)
                r = profile_make_parent(path);
        if (r)
                return r;
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return -errno;
        file = fdopen(fd, "w");
        r = file ? write_settings(cli, file) : -errno;
        if (file)
                fclose(file);
        else
                close(fd);
        if (r)
                unlink(path);
        return r;
}

/* Under another name first, so that a crash leaves the old one or the new one. */
static int replace_with(const char *path, const char *text)
{
        own(profile_text) char *other = NULL;
        FILE *file;
        int r = print_path(&other, path, ".new", "", "");

        if (r)
                return r;
        file = fopen(other, "we");
        if (!file)
                return -errno;
        r = fprintf(file, "%s\n", text) < 0 || fflush(file) ? -errno : 0;
        if (fclose(file) && !r)
                r = -errno;
        if (!r && rename(other, path))
                r = -errno;
        if (r)
                unlink(other);
        return r;
}

int profile_use(const char *name)
{
        own(profile_text) char *path = NULL;
        int r = current_path(&path);

        if (r)
                return r;
        if (!name)
                return unlink(path) && errno != ENOENT ? -errno : 0;
        r = profile_make_parent(path);
        return r ? r : replace_with(path, name);
}

int profile_remove(const char *name)
{
        own(profile_text) char *path = NULL, *current = NULL;
        int r = profile_path(name, &path);

        if (!r)
                r = profile_current(&current);
        if (r)
                return r;
        if (unlink(path))
                return -errno;
        return current && strcmp(current, name) == 0 ? profile_use(NULL) : 0;
}

/* ---- all of them */

static int is_profile(const struct dirent *entry)
{
        size_t length = strlen(entry->d_name), suffix = strlen(SUFFIX);

        return length > suffix && strcmp(entry->d_name + length - suffix, SUFFIX) == 0;
}

/* strcmp, not strcoll: the same order for everybody. */
static int in_order(const struct dirent **a, const struct dirent **b)
{
        return strcmp((*a)->d_name, (*b)->d_name);
}

int profile_names(char ***ret)
{
        own(profile_text) char *directory = NULL, *path = NULL;
        struct dirent **entries = NULL;
        int count, r = profile_directory(&directory);

        if (!r)
                r = print_path(&path, directory, "/profiles", "", "");
        if (r)
                return r;
        count = scandir(path, &entries, is_profile, in_order);
        if (count < 0 && errno != ENOENT && errno != ENOTDIR)
                return -errno;
        count = count < 0 ? 0 : count;
        *ret = calloc((size_t)count + 1, sizeof(**ret));
        for (int i = 0; i < count; i++) {
                size_t length = strlen(entries[i]->d_name) - strlen(SUFFIX);

                if (*ret)
                        (*ret)[i] = strndup(entries[i]->d_name, length);
                free(entries[i]);
        }
        free(entries);
        return *ret ? 0 : -ENOMEM;
}

void profile_names_cleanup(char ***names)
{
        for (char **name = *names; name && *name; name++)
                free(*name);
        free(*names);
}
