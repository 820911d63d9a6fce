/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/member-key-file.h"

#include <errno.h>

#include "clients/cli.h"
#include "clients/profile.h"

enum exit_code member_key_file_read(const char *path, struct member_key *ret)
{
        int r = member_key_load(path, ret);

        if (r == -EPERM) {
                say_error("%s can be read by others: chmod 600 it, and think of a new key", path);
                return EXIT_FAILED;
        }
        if (r == -EBADMSG) {
                say_error("%s is no member key; accord key member new makes one", path);
                return EXIT_REFUSED;
        }
        if (r == -ENOENT) {
                say_error("there is no %s; accord key member new makes one", path);
                return EXIT_ABSENT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}

enum exit_code member_key_file(const char *path, const struct contract_id *contract,
                               struct member_key *ret)
{
        char is[CONTRACT_ID_MAX + 1];
        enum exit_code code = member_key_file_read(path, ret);

        if (code || contract_id_equal(&ret->contract, contract))
                return code;
        contract_id_print(&ret->contract, is);
        say_error("%s is the member key of %s", path, is);
        return EXIT_CONFLICT;
}

enum exit_code member_key_file_new(const char *path, const struct member_key *key)
{
        int r = profile_make_parent(path);

        if (!r)
                r = member_key_write(path, key);
        if (r == -EEXIST) {
                say_error("%s is there already, and is left alone: choose another name", path);
                return EXIT_CONFLICT;
        }
        return r ? say_failure(r, "%s", path) : EXIT_DONE;
}
