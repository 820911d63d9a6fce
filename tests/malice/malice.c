/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hub that lies, case by case and each by name:
 *
 *   malice ACCORDD MALICIOUS ACCORD [CASE]...
 *
 * First all is honest: a payer and a network agree, state figures, have a statement, and keep what
 * proves it. Then the hub does what the case says, with its own keys and well signed, and the payer
 * goes on as always. Its verifier must notice, and say which it was: libaccord when it says or asks
 * something; where the tree itself is faultless, `accord verify`, which makes the statement again.
 * MALICIOUS "" leaves out the cases that need a daemon that lies.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clients/lib/proofs.h"
#include "proto/wire.h"
#include "tests/malice/forge.h"
#include "tests/malice/verify.h"
#include "tests/world/must.h"
#include "tests/world/node.h"

#define PROVE_MS 20000
#define KIND(kind) (1u << ACCORD_##kind)
#define MADE_AGAIN (1u << 31)           /* not by a contradiction: a statement came out otherwise */

static struct accordd accordd;
static struct node payer, network, stranger;
static struct contract_id contract;
static const char *honest, *malicious, *accord;

/* ---- what lies in the directory, put aside and put back */

static void shell(const char *format, const char *name)
{
        char command[1024];

        snprintf(command, sizeof(command), format, accordd.directory, name);
        must_be(system(command) == 0, command);
}

static void put_aside(const char *name)
{
        shell("cd '%1$s' && mkdir -p saved/%2$s && "
              "cp -r ledger* guard payer.* network.* saved/%2$s", name);
}

static void put_back(const char *name)
{
        shell("cd '%s' && rm -rf ledger* guard payer.* network.* && cp -r saved/%s/* .", name);
}

/* The ledger alone: what the hub forgets, others do not. */
static void put_back_ledger(const char *name)
{
        shell("cd '%s' && rm -rf ledger* && cp -r saved/%s/ledger* .", name);
}

/* ---- what is said */

static void say(const struct node *node, const char *item, int64_t cents)
{
        const struct event event = fact_of(FACT_EXPENDITURE, item, cents);
        struct desk desk;

        desk_open(&desk, node, &accordd);
        desk_say(&desk, &contract, &event, 1);
        desk_close(&desk);
}

/* Of no contract, by somebody who has no memory: so that the log goes on. */
static void stranger_says(unsigned int times)
{
        const struct contract_id none = { .bearer = { "" } };
        const struct event event = {
                .kind = EVENT_RELATION,
                .relation = { .kind = RELATION_PARTICIPATES_IN, .other = contract.earner,
                              .from = 1, .until = DATE_NONE },
        };
        struct desk desk;

        desk_open(&desk, &stranger, &accordd);
        for (unsigned int i = 0; i < times; i++)
                desk_say(&desk, &none, &event, 1);
        desk_close(&desk);
}

/* As `accord outbox flush` does it: 0 or an exit code; and why. */
static int prove(const struct node *node, struct accord_error *ret_error)
{
        struct desk desk;
        int r;

        desk_open(&desk, node, &accordd);
        r = accord_prove(desk.session, desk.outbox, PROVE_MS, NULL, NULL, &desk.error);
        *ret_error = desk.error;
        desk_close(&desk);
        return r;
}

static int try_fact(const struct node *node, const char *item, struct accord_error *ret_error)
{
        const struct event event = fact_of(FACT_EXPENDITURE, item, 700);
        struct desk desk;
        int r;

        desk_open(&desk, node, &accordd);
        r = desk_try(&desk, &contract, &event, 1);
        *ret_error = desk.error;
        desk_close(&desk);
        return r;
}

/* ---- all is honest */

static void agree(void)
{
        struct terms *terms = malloc(sizeof(*terms));
        struct sink bytes;
        struct desk desk;

        must_be(terms != NULL, "memory");
        must(sink_new(&bytes, 65536, WIRE_TERMS_MAX), "memory");
        terms_of_fee(terms, &contract, 500);
        desk_open(&desk, &payer, &accordd);
        desk_offer(&desk, terms, &bytes);
        desk_close(&desk);
        desk_open(&desk, &network, &accordd);
        desk_accept(&desk, &contract);
        desk_close(&desk);
        sink_free(&bytes);
        free(terms);
}

static void payer_says(const struct event *event)
{
        struct desk desk;

        desk_open(&desk, &payer, &accordd);
        desk_say(&desk, &contract, event, 1);
        desk_close(&desk);
}

static void have_statement(void)
{
        const struct event run = run_of(RUN_FINAL);

        payer_says(&run);
        accordd_await_figure(&accordd, "statements", 1, PROVE_MS);
}

static void admit(struct node *node, const char *party, enum role_kind role, bool durable)
{
        const struct name name = name_of(party);

        accordd_admit_party(&accordd, &name, role);
        node_make(node, &accordd, name, name_of("one"), durable);
        accordd_admit_node(&accordd, node, RIGHTS_ALL);
}

static void must_prove(const struct node *node)
{
        struct accord_error error;

        must_do(prove(node, &error), &error, "an honest hub");
}

static void put_aside_stopped(const char *name)
{
        must_prove(&payer);
        must_prove(&network);
        accordd_stop(&accordd);
        put_aside(name);
}

/* Moments of an honest hub: "agreed", "early" with a statement, "late" with more of it. */
static void be_honest(void)
{
        const struct event months = fact_of(FACT_MEMBER_MONTHS, "", 1200);

        accordd_start(&accordd, NULL);
        admit(&payer, "payer", ROLE_PAYER, true);
        admit(&network, "network", ROLE_NETWORK, true);
        admit(&stranger, "stranger", ROLE_PAYER, false);
        contract = (struct contract_id) {
                payer.path.party, network.path.party, name_of("contract"),
        };
        agree();
        payer_says(&months);
        put_aside_stopped("agreed");
        accordd_start(&accordd, NULL);
        have_statement();
        put_aside_stopped("early");
        accordd_start(&accordd, NULL);
        say(&payer, "a", 100);
        say(&network, "b", 200);
        say(&payer, "c", 300);
        put_aside_stopped("late");
}

/* ---- and then it is not */

static void nothing(void)
{
}

static void before_the_statement(void)
{
        put_back("agreed");
}

static void rollback(void)
{
        put_back_ledger("early");
}

static void drop(void)
{
        forge(&accordd, FORGE_DROP);
}

static void reorder(void)
{
        forge(&accordd, FORGE_REORDER);
}

static void alter_amount(void)
{
        forge(&accordd, FORGE_AMOUNT);
}

static void alter_statement(void)
{
        forge(&accordd, FORGE_STATEMENT);
}

static int goes_on(struct accord_error *ret_error)
{
        return prove(&payer, ret_error);
}

/* Others have added so much that the tree is larger than what the payer saw. */
static int goes_on_later(struct accord_error *ret_error)
{
        stranger_says(8);
        return prove(&payer, ret_error);
}

static int says_and_goes_on(struct accord_error *ret_error)
{
        int r = prove(&payer, ret_error);

        if (!r)
                r = try_fact(&payer, "d", ret_error);
        return r ? r : prove(&payer, ret_error);
}

/* As `accord verify --fetch` has it, when there is nothing else to notice. */
static int verifies(struct accord_error *ret_error)
{
        int r = says_and_goes_on(ret_error);

        return r ? r : verify_fetch(accord, &accordd, &payer, ret_error->text,
                                    sizeof(ret_error->text));
}

static int settles_and_verifies(struct accord_error *ret_error)
{
        have_statement();
        return verifies(ret_error);
}

static const struct malice {
        const char *name;
        void (*before)(void);           /* with the ledger, before the hub starts */
        const char *lies;               /* ACCORD_MALICE; NULL: it need not lie now */
        int (*then)(struct accord_error *ret_error);
        unsigned int expected;          /* KIND()s, any of which says it; 0: it is honest */
} malices[] = {
        { "honest", nothing, NULL, verifies, 0 },
        { "honest-anew", before_the_statement, NULL, settles_and_verifies, 0 },
        { "rollback", rollback, NULL, goes_on, KIND(SHRANK) },
        { "fork", rollback, NULL, goes_on_later, KIND(NOT_CONTINUED) },
        { "drop", drop, NULL, goes_on_later, KIND(NOT_CONTINUED) },
        { "reorder", reorder, NULL, goes_on, KIND(TWO_ROOTS) },
        { "reorder-and-go-on", reorder, NULL, goes_on_later, KIND(NOT_CONTINUED) },
        { "alter-amount", alter_amount, NULL, goes_on, KIND(TWO_ROOTS) },
        { "alter-statement", alter_statement, NULL, goes_on_later, KIND(NOT_CONTINUED) },
        { "alter-statement-as-issued", before_the_statement, "alter-statement",
          settles_and_verifies, MADE_AGAIN },
        { "replay-checkpoint", nothing, "replay-checkpoint", says_and_goes_on, KIND(SHRANK) },
        { "receipt-without-commit", nothing, "receipt-without-commit", says_and_goes_on,
          KIND(SHRANK) | KIND(TWO_ROOTS) | KIND(NOT_CONTINUED) },
        { "two-checkpoints", nothing, "two-checkpoints", goes_on, KIND(TWO_ROOTS) },
};

/* ---- was it noticed? */

static int note_kind(void *with, const struct accord_contradiction *found)
{
        *(unsigned int *)with |= 1u << found->kind;
        return 0;
}

/* The kinds of contradictions that the node keeps. */
static unsigned int kept(const struct node *node)
{
        const struct accord_profile profile = node_profile(node, &accordd);
        unsigned int kinds = 0;
        const struct accord_proofs_visitor visitor = { .contradiction = note_kind, .with = &kinds };
        struct accord_proofs *proofs;
        struct accord_error error;

        must_do(accord_proofs_read(&proofs, &profile, &error), &error, "the proofs");
        must_do(accord_proofs_visit(proofs, &visitor, &error), &error, "the proofs");
        accord_proofs_close(proofs);
        return kinds;
}

static bool check(const struct malice *malice, int r, const struct accord_error *error)
{
        unsigned int kinds = kept(&payer);
        bool is = r == (malice->expected ? ACCORD_INTEGRITY : 0);

        if (malice->expected & ~MADE_AGAIN)
                is = is && kinds & malice->expected;
        else
                is = is && !kinds;
        if (malice->expected & MADE_AGAIN)
                is = is && strstr(error->text, "made again");
        printf("%-25s %s%s\n", malice->name, is ? "" : "NOT NOTICED AS SUCH: ", error->text);
        return is;
}

static bool run(const struct malice *malice)
{
        struct accord_error error = { 0 };
        int r;

        put_back("late");
        malice->before();
        forge_guard(&accordd);
        if (malice->lies)
                setenv("ACCORD_MALICE", malice->lies, 1);
        accordd.program = malice->lies ? malicious : honest;
        accordd_start(&accordd, NULL);
        unsetenv("ACCORD_MALICE");
        r = malice->then(&error);
        accordd_kill(&accordd);
        return check(malice, r, &error);
}

static bool is_wanted(const struct malice *malice, char **names)
{
        if (malice->lies && !*malicious) {
                printf("%-25s skipped: no hub lies here (meson's option malice)\n", malice->name);
                return false;
        }
        if (!*names)
                return true;
        for (; *names; names++)
                if (strcmp(*names, malice->name) == 0)
                        return true;
        return false;
}

int main(int argc, char **argv)
{
        bool all = true;

        must_be(argc >= 4, "malice ACCORDD MALICIOUS ACCORD [CASE]...");
        honest = argv[1];
        malicious = argv[2];
        accord = argv[3];
        accordd_make(&accordd, honest, "");
        be_honest();
        for (size_t i = 0; i < sizeof(malices) / sizeof(malices[0]); i++)
                if (is_wanted(&malices[i], argv + 4))
                        all = run(&malices[i]) && all;
        accordd_remove(&accordd);
        return all ? EXIT_SUCCESS : EXIT_FAILURE;
}
