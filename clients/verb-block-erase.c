/* SPDX-License-Identifier: Apache-2.0 */
/* The end of member-level rows at the hub: its operator destroys the key they lie under. */
#include <string.h>

#include "core/own.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code take_erasure(const struct call *call, struct block_erasure *ret)
{
        const char *reason = call_value(call, "reason");
        uint64_t year = 0;
        enum exit_code code = take_contract(call, 0, &ret->contract);

        if (!code)
                code = take_number_option(call, "year", 9999, &year);
        if (code)
                return code;
        if (strlen(reason) > TEXT_MAX_LENGTH)
                return call_misused(call, "--reason is longer than %d bytes", TEXT_MAX_LENGTH);
        memcpy(ret->reason.text, reason, strlen(reason));
        ret->year = (uint32_t)year;
        return EXIT_DONE;
}

static enum exit_code ask(struct call *call, const struct control_request *request,
                          uint64_t *ret_index)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_answer *answer = NULL;
        struct accord_error error = { 0 };

        if (accord_control_open(&control, cli_get(call->cli, SETTING_CONTROL), &error) ||
            accord_control_ask(control, request, call->cli->timeout_ms, &answer, &error))
                return reach_failed(&error);
        *ret_index = answer->has_index ? answer->index : 0;
        return EXIT_DONE;
}

static enum exit_code erase_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("erased", "erased"),     COLUMN("year", "year"),
                COLUMN("index", "entry"),
                COLUMNS_END
        };
        struct control_request request = { .kind = CONTROL_ERASE_BLOCKS };
        bool dry = call_has(call, "dry-run");
        uint64_t index = 0;
        enum exit_code code = take_erasure(call, &request.erase_blocks);

        if (code)
                return code;
        if (!call_agreed(call, "Erase the hub's member-level rows of %s, %s? They cannot be had "
                               "back, and nobody here can derive again what was settled by them.",
                         call->words[0], call_value(call, "year")))
                return EXIT_USAGE;
        if (!dry)
                code = ask(call, &request, &index);
        if (code)
                return code;
        out_record(call->out, "block-erasure", columns, (struct cell[]) {
                cell_text(call->words[0]), cell_id(request.erase_blocks.year),
                index ? cell_id(index) : cell_none() });
        return EXIT_DONE;
}

const struct verb verb_block_erase = {
        .noun = "block",
        .name = "erase",
        .usage = "CONTRACT",
        .says = "destroy the key of the hub's member-level rows; for the hub's operator",
        .more = "Of one year of the agreement, named by the calendar year in which it begins. The "
                "ledger still holds, and its statements stand; both parties are told.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .writes = true,
        .options = {
                { "year", "YEAR", "the agreement's year; accord block list has it", OPTION_NEEDED },
                { "reason", "TEXT", "for the record", OPTION_NEEDED },
                { "yes", NULL, "do not ask", 0 },
                { "dry-run", NULL, "check the call, erase nothing", 0 },
        },
        .run = erase_run,
};
