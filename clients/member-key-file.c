/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/member-key-file.h"

#include <errno.h>

#include "clients/cli.h"

enum exit_code member_key_file(const char *path, const struct contract_id *contract,
                               struct member_key *ret)
{
        char is[CONTRACT_ID_MAX + 1];
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
        if (r)
                return say_failure(r, "%s", path);
        if (contract_id_equal(&ret->contract, contract))
                return EXIT_DONE;
        contract_id_print(&ret->contract, is);
        say_error("%s is the member key of %s", path, is);
        return EXIT_CONFLICT;
}
