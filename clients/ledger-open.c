/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/ledger-open.h"

#include <errno.h>

enum exit_code ledger_open(const struct cli *cli, struct hub **ret)
{
        const char *directory = cli_get(cli, SETTING_LEDGER);
        const struct hub_options options = { .directory = directory, .read_only = true };
        int r = hub_open(ret, &options);

        switch (r) {
        case 0:
                return EXIT_DONE;
        case -EWOULDBLOCK:
                say_error("%s is open in a running hub: stop it, or look at a backup", directory);
                return EXIT_CONFLICT;
        case -ENOENT:
                say_error("there is no ledger in %s; --ledger says where it is", directory);
                return EXIT_ABSENT;
        case -EACCES:
        case -EPERM:
                say_error("%s may not be read by this user: run it as the hub's user or group",
                          directory);
                return EXIT_RIGHTS;
        case -EILSEQ:
                say_error("%s does not prove: what is on the disk is not what was written",
                          directory);
                return EXIT_INTEGRITY;
        case -ESTALE:
                say_error("%s was written by an older version of accord: start its daemon once, "
                          "which makes its tables anew", directory);
                return EXIT_FAILED;
        case -EPROTO:
                say_error("%s was written by a newer version of accord", directory);
                return EXIT_FAILED;
        default:
                return say_failure(r, "%s", directory);
        }
}
