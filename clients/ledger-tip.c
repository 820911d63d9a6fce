/* SPDX-License-Identifier: Apache-2.0 */
/* How the log stands, by the hub's signature; and proofs for others in the forms that they read. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "clients/ledger-open.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/take.h"
#include "clients/verbs.h"
#include "daemon/prove.h"
#include "proof/base64.h"

#define GROWTH_HEAD "accord-log-growth@v1"

struct standing_of {
        struct tip tip;                 /* its checkpoint is in @note */
        char note[CHECKPOINT_MAX + 1];
        char epoch[16];
};

static void take_note(struct standing_of *standing, struct bytes note)
{
        size_t size = note.size <= CHECKPOINT_MAX ? note.size : 0;

        if (size)
                memcpy(standing->note, note.data, size);
        standing->note[size] = '\0';
        standing->tip.checkpoint = (struct bytes) { standing->note, size };
}

/* ---- tip */

static enum exit_code tip_of_ledger(const struct cli *cli, struct standing_of *ret)
{
        own(hub) struct hub *hub = NULL;
        struct checkpoint tree;
        struct guard_mark mark;
        enum exit_code code = ledger_open(cli, &hub);

        if (code)
                return code;
        hub_mark(hub, &mark);
        ret->tip = (struct tip) { .size = mark.size, .time = mark.time, .epoch = mark.epoch };
        memcpy(ret->tip.root.octets, mark.root.octets, sizeof(ret->tip.root.octets));
        take_note(ret, hub_checkpoint(hub, &tree));
        return EXIT_DONE;
}

static enum exit_code tip_of_bus(const struct cli *cli, struct standing_of *ret)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(cli, &reach);

        if (code)
                return code;
        if (accord_query_tip(reach.session, &ret->tip, &error))
                return reach_failed(&error);
        take_note(ret, ret->tip.checkpoint);
        return EXIT_DONE;
}

/* On the hub's machine: what it has signed, by the file that it keeps there. */
static enum exit_code tip_of_control(const struct cli *cli, struct standing_of *ret)
{
        own(accord_control) struct accord_control *control = NULL;
        const struct control_request request = { .kind = CONTROL_CHECKPOINT };
        const struct control_answer *answer;
        struct accord_error error = { 0 };

        if (accord_control_open(&control, cli_get(cli, SETTING_CONTROL), &error) ||
            accord_control_ask(control, &request, cli->timeout_ms, &answer, &error))
                return reach_failed(&error);
        take_note(ret, answer->checkpoint);
        return EXIT_DONE;
}

static void read_note(struct standing_of *standing)
{
        struct checkpoint tree;

        if (!checkpoint_look(standing->tip.checkpoint, &tree))
                return;
        standing->tip.size = tree.size;
        memcpy(standing->tip.root.octets, tree.root.octets, sizeof(tree.root.octets));
}

static enum exit_code print_tip(struct call *call, const struct standing_of *standing)
{
        static const struct column columns[] = {
                COLUMN_RIGHT("size", "SIZE"),
                COLUMN("root", "ROOT"),
                COLUMN("time", "TIME"),
                COLUMN_RIGHT("epoch", "EPOCH"),
                COLUMN_WIDE("checkpoint", "CHECKPOINT"),
                COLUMNS_END
        };
        const struct tip *tip = &standing->tip;

        if (out_format(call->out) == FORMAT_RAW) {
                fwrite(standing->note, 1, tip->checkpoint.size, out_stream(call->out));
                return EXIT_DONE;
        }
        out_begin(call->out, "tip", columns);
        out_row(call->out, (struct cell[]) {
                cell_id(tip->size), cell_hex(tip->root.octets, sizeof(tip->root.octets)),
                cell_time(tip->time), cell_id(tip->epoch ? tip->epoch : 1),
                *standing->note ? cell_text(standing->note) : cell_none() });
        out_end(call->out);
        return EXIT_DONE;
}

static enum exit_code tip_run(struct call *call)
{
        struct standing_of standing = { .note = "" };
        enum exit_code code;

        if (call_has(call, "offline")) {
                code = tip_of_ledger(call->cli, &standing);
        } else if (cli_get(call->cli, SETTING_HUB)) {
                code = tip_of_bus(call->cli, &standing);
        } else {
                code = tip_of_control(call->cli, &standing);
                read_note(&standing);
        }
        if (!code && out_format(call->out) == FORMAT_RAW && !*standing.note) {
                say_error("there is no checkpoint: nothing has signed it");
                return EXIT_ABSENT;
        }
        return code ? code : print_tip(call, &standing);
}

const struct verb verb_ledger_tip = {
        .noun = "ledger",
        .name = "tip",
        .usage = "",
        .says = "show how the log stands: entries, root, and the hub's signed checkpoint of them",
        .more = "Of the hub that the profile names; without one, of the hub of this machine over "
                "its control socket. -o raw writes the checkpoint as the signed note that it is.",
        .prints = true,
        .unsettled = true,
        .options = {
                { "offline", NULL, "of this machine's ledger, while the hub is down", 0 },
        },
        .run = tip_run,
};

/* ---- proof */

struct proof_text {
        struct digest path[MERKLE_PROOF_MAX];
        size_t count;
        char note[CHECKPOINT_MAX + 1];
};

static void keep_path(struct proof_text *text, const struct path *path)
{
        text->count = path->proof_count < MERKLE_PROOF_MAX ? path->proof_count : MERKLE_PROOF_MAX;
        for (size_t i = 0; i < text->count; i++)
                memcpy(text->path[i].octets, path->proof[i].octets, DIGEST_SIZE);
}

static enum exit_code proof_of_bus(const struct cli *cli, uint64_t at, bool grow,
                                   struct proof_text *ret)
{
        own(reach) struct reach reach = { 0 };
        const struct place_at place = { .at = at };
        const struct accord_prove prove = {
                .include = &place, .include_count = !grow, .grow = &place, .grow_count = grow,
        };
        const struct proof_answer *proof;
        struct accord_error error = { 0 };
        enum exit_code code = reach_hub(cli, &reach);

        if (code)
                return code;
        if (accord_query_proof(reach.session, &prove, &proof, &error))
                return reach_failed(&error);
        keep_path(ret, grow ? &proof->grow[0] : &proof->include[0]);
        snprintf(ret->note, sizeof(ret->note), "%.*s", (int)proof->checkpoint.size,
                 (const char *)proof->checkpoint.data);
        return EXIT_DONE;
}

static enum exit_code proof_of_ledger(const struct cli *cli, uint64_t at, bool grow,
                                      struct proof_text *ret)
{
        own(hub) struct hub *hub = NULL;
        enum exit_code code = ledger_open(cli, &hub);
        struct bytes note;
        int r;

        if (code)
                return code;
        r = grow ? prove_growth(hub, at, ret->path, &ret->count)
                 : prove_entry(hub, at, ret->path, &ret->count);
        if (r == -ENOENT) {
                say_error("the log has no %" PRIu64 " entries%s", grow ? at : at + 1,
                          grow ? ", or none is too few" : "");
                return EXIT_ABSENT;
        }
        if (r == -EILSEQ)
                return ledger_refused(cli_get(cli, SETTING_LEDGER), r);
        note = hub_checkpoint(hub, NULL);
        snprintf(ret->note, sizeof(ret->note), "%.*s", (int)note.size, (const char *)note.data);
        return r ? say_failure(r, "the proof") : EXIT_DONE;
}

static void write_proof(FILE *to, uint64_t at, bool grow, const struct proof_text *text)
{
        char line[BASE64_SIZE(DIGEST_SIZE) + 1];

        if (grow)
                fprintf(to, GROWTH_HEAD "\nfrom %" PRIu64 "\n", at);
        else
                fprintf(to, "c2sp.org/tlog-proof@v1\nindex %" PRIu64 "\n", at);
        for (size_t i = 0; i < text->count; i++) {
                base64_print(BYTES_OF(text->path[i].octets), line);
                fprintf(to, "%s\n", line);
        }
        fprintf(to, "\n%s", text->note);
}

/* The text is what it is; as a table nobody could use it. */
static enum exit_code print_proof(struct call *call, uint64_t at, bool grow,
                                  const struct proof_text *text)
{
        static const struct column columns[] = {
                COLUMN("of", "OF"), COLUMN_RIGHT("at", "AT"), COLUMN("proof", "PROOF"), COLUMNS_END
        };
        enum format format = out_format(call->out);
        char *whole = NULL;
        size_t size;
        FILE *to;

        if (format == FORMAT_TABLE || format == FORMAT_WIDE || format == FORMAT_RAW) {
                write_proof(out_stream(call->out), at, grow, text);
                return EXIT_DONE;
        }
        to = open_memstream(&whole, &size);
        if (!to)
                return say_failure(-errno, "the proof");
        write_proof(to, at, grow, text);
        fclose(to);
        out_begin(call->out, "proof", columns);
        out_row(call->out, (struct cell[]) {
                cell_text(grow ? "growth" : "entry"), cell_id(at), cell_text(whole) });
        out_end(call->out);
        free(whole);
        return EXIT_DONE;
}

static enum exit_code proof_run(struct call *call)
{
        struct proof_text text = { .count = 0 };
        bool grow = call_has(call, "from");
        enum exit_code code;
        uint64_t at = 0;

        if (grow == (call->word_count > 0))
                return call_misused(call, "one of both: INDEX of an entry, or --from SIZE");
        code = grow ? take_number_option(call, "from", MERKLE_SIZE_MAX, &at)
                    : take_number(call, 0, &at);
        if (!code)
                code = call_has(call, "offline") ? proof_of_ledger(call->cli, at, grow, &text)
                                                 : proof_of_bus(call->cli, at, grow, &text);
        if (code)
                return code;
        if (!*text.note) {
                say_error("there is no checkpoint that it could be proved against");
                return EXIT_ABSENT;
        }
        return print_proof(call, at, grow, &text);
}

const struct verb verb_ledger_proof = {
        .noun = "ledger",
        .name = "proof",
        .usage = "[INDEX]",
        .says = "write the proof that an entry is in the log, or that the log only grew",
        .more = "Of an entry, by its index: a tlog-proof as C2SP has it, the line `index N`, the "
                "inclusion proof in base64 and, behind an empty line, the checkpoint it leads to. "
                "With --from: `" GROWTH_HEAD "`, the line `from SIZE`, the consistency proof of "
                "RFC 6962 from the tree of that size to that of the checkpoint, likewise.",
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .options = {
                { "from", "SIZE", "that the log continues the tree of so many entries", 0 },
                { "offline", NULL, "of this machine's ledger, while the hub is down", 0 },
        },
        .run = proof_run,
};
