/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/asking.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clients/look.h"

enum exit_code take_as_of(const struct call *call, struct accord_as_of *ret)
{
        const char *given = call_value(call, "as-of");
        char *end;

        *ret = (struct accord_as_of) { 0 };
        if (!given)
                return EXIT_DONE;
        errno = 0;
        if (*given && strspn(given, "0123456789") == strlen(given)) {
                ret->index = strtoull(given, &end, 10);
                ret->has_index = true;
                if (!errno)
                        return EXIT_DONE;
        } else if (time_parse(given, &ret->time)) {
                return EXIT_DONE;
        }
        return call_misused(call, "--as-of %s is neither the number of an entry nor a moment: "
                            "2025-01-31T08:00:00Z, or a day", given);
}

enum exit_code reach_asking(const struct call *call, struct reach *reach)
{
        struct accord_as_of as_of;
        enum exit_code code = take_as_of(call, &as_of);

        if (!code)
                code = reach_hub(call->cli, reach);
        if (!code)
                accord_query_as_of(reach->session, &as_of);
        return code;
}

/* ---- a dispute among all contracts */

struct contracts {
        struct contract_id *list;       /* owned */
        size_t count;
};

static int keep_contract(void *with, const struct contract_row *row)
{
        struct contracts *contracts = with;
        struct contract_id *more = reallocarray(contracts->list, contracts->count + 1,
                                                sizeof(*more));

        if (!more)
                return -ENOMEM;
        contracts->list = more;
        more[contracts->count++] = row->contract;
        return 0;
}

struct seeking {
        uint64_t index;
        bool found;
        accord_dispute_visit *visit;
        void *with;
};

static int look_at(void *with, const struct dispute_row *row)
{
        struct seeking *seeking = with;

        if (row->index != seeking->index)
                return 0;
        seeking->found = true;
        return seeking->visit ? seeking->visit(seeking->with, row) : 0;
}

static enum exit_code failed(int r, const struct accord_error *error)
{
        return r < 0 ? say_failure(r, "the contracts") : reach_failed(error);
}

enum exit_code find_dispute(const struct reach *reach, uint64_t index,
                            struct contract_id *ret_contract, accord_dispute_visit *visit,
                            void *with)
{
        struct seeking seeking = { .index = index, .visit = visit, .with = with };
        struct contracts contracts = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = EXIT_DONE;
        int r = accord_query_contracts(reach->session, keep_contract, &contracts, &error);

        for (size_t i = 0; !r && !seeking.found && i < contracts.count; i++) {
                *ret_contract = contracts.list[i];
                r = accord_query_disputes(reach->session, ret_contract, look_at, &seeking, &error);
        }
        if (r)
                code = failed(r, &error);
        free(contracts.list);
        if (code || seeking.found)
                return code;
        say_error("entry %" PRIu64 " holds no dispute and no resolution that this party may see; "
                  "accord settle disputes CONTRACT lists them", index);
        return EXIT_ABSENT;
}
