/* SPDX-License-Identifier: Apache-2.0 */
/* Key files: who may read them, and how they come to be. Their form is in proof/keys.h. */
#ifndef ACCORD_PROOF_KEYFILE_H
#define ACCORD_PROOF_KEYFILE_H

#include "proof/keys.h"

/*
 * keyfile_write() - write the keys to a new file of mode 0600
 *
 * The file is complete and on the disk when it appears under its name; a crash leaves either
 * all of it or nothing there. It never replaces a file.
 *
 * Returns: 0; -EEXIST when there is something of that name; -errno.
 */
int keyfile_write(const char *path, const struct keys *keys);

/*
 * keyfile_write_public() - the public form, mode 0644, otherwise the same
 */
int keyfile_write_public(const char *path, const struct public_keys *keys);

/*
 * keyfile_load() - read the keys from a file that nobody but its reader can read
 * @ret: wiped on failure; the caller wipes it in the end
 *
 * Refused is a file that its group or others may read or write. Where an access control list
 * names the readers instead (so are credentials handed to a service), the list may name
 * nobody but the caller's user.
 *
 * Returns: 0; -EPERM when others may read or write it; -EBADMSG when it is not a key file, or no
 * regular file; -errno as open(2) and read(2) put it.
 */
int keyfile_load(const char *path, struct keys *ret);

/*
 * keyfile_replace() - PATH.next in the place of PATH, which is kept as PATH.until-MOMENT
 * @now: us since 1970; two within one second get two names
 *
 * The old file has both names until the new one takes its place: at no moment is there none.
 * -ENOENT when there is no PATH.next; -errno.
 */
int keyfile_replace(const char *path, int64_t now, char *ret_kept, size_t size);

/* Any mode is fine. Returns: 0; -EBADMSG; -errno. */
int keyfile_load_public(const char *path, struct public_keys *ret);

/*
 * Any secret text under the same rules: written as keyfile_write() does, read as keyfile_load()
 * does. The caller wipes it. -EBADMSG when it is longer than @room.
 */
int keyfile_write_secret(const char *path, struct bytes text);
int keyfile_load_secret(const char *path, char *text, size_t room, size_t *ret_size);

#endif
