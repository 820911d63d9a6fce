/* SPDX-License-Identifier: Apache-2.0 */
/* The key that makes pseudonyms of members: the two parties of a contract have it, nobody else. */
#include "core/own.h"
#include "proof/memberkey.h"
#include "clients/member-key-file.h"
#include "clients/take.h"
#include "clients/verbs.h"

static enum exit_code new_run(struct call *call)
{
        static const struct column columns[] = {
                COLUMN("file", "file"),         COLUMN("contract", "contract"),
                COLUMN("generation", "generation"),
                COLUMNS_END
        };
        own(member_key) struct member_key key = { 0 };
        const char *path = call->words[0], *contract = call_value(call, "contract");
        struct contract_id id;
        uint64_t generation = 1;
        enum exit_code code;

        if (!contract_id_parse((struct bytes) { contract, strlen(contract) }, &id))
                return call_misused(call, "--contract %s is no contract: BEARER/EARNER/LABEL",
                                    contract);
        code = take_number_option(call, "generation", MEMBER_KEY_GENERATION_MAX, &generation);
        if (!code && generation == 0)
                code = call_misused(call, "--generation counts from 1");
        if (code)
                return code;
        member_key_new(&id, (uint32_t)generation, &key);
        code = member_key_file_new(path, &key);
        if (code)
                return code;
        out_record(call->out, "member-key", columns, (struct cell[]) {
                cell_text(path), cell_text(contract), cell_count((int64_t)generation) });
        say_note(call->cli, "give %s to the other party of the contract over a way you trust, and "
                            "to nobody else: with it members can be found out", path);
        return EXIT_DONE;
}

const struct verb verb_key_member_new = {
        .noun = "key",
        .name = "member new",
        .usage = "FILE",
        .says = "make the key of a contract's pseudonyms: a secret file, mode 0600",
        .more = "The hub never sees it. Both parties need the same one, so that what they say of a "
                "member can be compared. For a new period of the agreement make a new generation: "
                "members can then not be followed from one to the next.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "contract", "CONTRACT", "whose members they are", OPTION_NEEDED },
                { "generation", "NUMBER", "which of the contract's keys it is; 1 unless given", 0 },
        },
        .run = new_run,
};
