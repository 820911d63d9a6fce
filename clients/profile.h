/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles: settings under a name, one file each, in $ACCORD_CONFIG_DIR/profiles, else
 * $XDG_CONFIG_HOME/accord/profiles, else ~/.config/accord/profiles. The file "current" beside that
 * directory holds the name of the one in use. A profile holds no secrets, only where they are.
 */
#ifndef ACCORD_CLIENTS_PROFILE_H
#define ACCORD_CLIENTS_PROFILE_H

#include "clients/cli.h"

void profile_text_cleanup(char **text);         /* for own(): free() */

/* The configuration directory, and the one above outboxes; owned by the caller. 0 or -errno. */
int profile_directory(char **ret);
int profile_state_directory(char **ret);

/* The file of a profile. -EINVAL when @name is no name. */
int profile_path(const char *name, char **ret);
/* The name of the profile in use; NULL when there is none. */
int profile_current(char **ret);

/*
 * profile_read() - take the settings of a file
 * Returns: 0; -ENOENT; -EBADMSG after it said file, line and what is wrong; other -errno.
 */
int profile_read(struct cli *cli, const char *path, enum origin origin);

/* Writes a new file with the settings of @cli that came from options. -EEXIST when there is one. */
int profile_write(const struct cli *cli, const char *name);

/* Uses the profile from now on; @name NULL: none. Removes one. */
int profile_use(const char *name);
int profile_remove(const char *name);

/* Names of all profiles, in order; the array ends with NULL; free with profile_names_cleanup(). */
int profile_names(char ***ret);
void profile_names_cleanup(char ***names);

/* Makes the directory and those above it, mode 0700. */
int profile_make_directory(const char *path);
/* The directory a file is to be in, made if it is not there. */
int profile_make_parent(const char *path);

#endif
