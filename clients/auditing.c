/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/auditing.h"

#include <string.h>

#include "clients/reach.h"
#include "core/own.h"

enum exit_code auditing_open(const struct call *call, struct accord_control **ret)
{
        struct accord_error error = { 0 };

        return accord_control_open(ret, cli_get(call->cli, SETTING_CONTROL), &error)
                       ? reach_failed(&error) : EXIT_DONE;
}

/* Where the log grows while it is read, by the entries about the reading too, it ends. */
enum exit_code auditing_read(const struct call *call, struct accord_control *control,
                             struct control_read *read, auditing_visit *visit, void *with,
                             uint32_t *ret_records)
{
        struct control_request request = { .kind = CONTROL_READ, .read = *read };
        const struct control_answer *answer;
        struct accord_error error = { 0 };
        uint64_t left = read->most ? read->most : UINT64_MAX, until = UINT64_MAX;
        enum exit_code code = EXIT_DONE;

        *ret_records = 0;
        do {
                request.read.most = left < UINT32_MAX ? (uint32_t)left : 0;
                if (accord_control_ask(control, &request, call->cli->timeout_ms, &answer, &error))
                        return reach_failed(&error);
                for (uint32_t i = 0; i < answer->entry_count && !code; i++)
                        code = visit(with, &answer->entries[i]);
                left -= answer->entry_count < left ? answer->entry_count : left;
                *ret_records += answer->has_index;
                if (answer->has_index && until == UINT64_MAX)
                        until = answer->index;
                request.read.from = answer->next;
        } while (!code && answer->has_next && answer->next < until && left > 0);
        return code;
}

enum exit_code auditing_leaves(const struct call *call, struct accord_control *control,
                               auditing_leaves_visit *visit, void *with)
{
        struct control_request request = { .kind = CONTROL_LEAVES };
        const struct control_answer *answer;
        struct accord_error error = { 0 };
        enum exit_code code;

        do {
                if (accord_control_ask(control, &request, call->cli->timeout_ms, &answer, &error))
                        return reach_failed(&error);
                if (!answer->leaves || answer->leaves->leaves.size % 32 ||
                    answer->leaves->from != request.leaves.from ||
                    (answer->has_next && answer->next <= request.leaves.from)) {
                        say_error("the hub answers with other leaves than were asked for");
                        return EXIT_INTEGRITY;
                }
                code = visit(with, answer->leaves->leaves, answer->checkpoint);
                request.leaves.from = answer->next;
        } while (!code && answer->has_next);
        return code;
}

enum exit_code take_reason(const struct call *call, struct text *ret)
{
        const char *text = call_value(call, "because");

        if (!text || !*text)
                return call_misused(call, "--because is missing: the parties see who read what "
                                    "of theirs, and why");
        if (strlen(text) > TEXT_MAX_LENGTH)
                return call_misused(call, "--because is longer than %d bytes", TEXT_MAX_LENGTH);
        memcpy(ret->text, text, strlen(text));
        return EXIT_DONE;
}

enum exit_code take_subject(const struct call *call, const char *word, struct control_read *ret)
{
        struct bytes bytes = { word, strlen(word) };

        if (strchr(word, '/') ? contract_id_parse(bytes, &ret->contract)
                              : name_parse(bytes, &ret->party))
                return EXIT_DONE;
        return call_misused(call, "%s is neither a contract, BEARER/EARNER/LABEL, nor a party",
                            word);
}
