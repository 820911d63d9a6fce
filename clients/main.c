/* SPDX-License-Identifier: Apache-2.0 */
/* accord: the command line of a node, and of the hub's operator. */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/setup.h"
#include "clients/arguments.h"
#include "clients/help.h"

/*
 * Tables need to know what a character is; without a locale that does, what others wrote comes
 * out escaped.
 */
static void choose_locale(void)
{
        setlocale(LC_CTYPE, "");
        if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
                setlocale(LC_CTYPE, "C.UTF-8");
}

static enum exit_code without_verb(const struct arguments *arguments, const struct cli *cli)
{
        if (arguments->help && !arguments->noun)
                return help_all(stdout);
        if (arguments->noun && help_noun(arguments->help ? stdout : stderr, arguments->noun))
                return arguments->help ? EXIT_DONE : EXIT_USAGE;
        if (arguments->noun)
                say_error("there is no verb %s; see accord help", arguments->noun);
        else if (!cli->quiet)
                help_all(stderr);
        return EXIT_USAGE;
}

static enum exit_code run(struct call *call, const struct arguments *arguments)
{
        own(out) struct out *out = NULL;
        enum exit_code code, finished;
        int r;

        code = cli_settle(call->cli, arguments->profile);
        if (code && (code == EXIT_USAGE || !call->verb->unsettled))
                return code;
        if (call->cli->format == FORMAT_PROMETHEUS && !call->verb->prometheus)
                return call_misused(call, "-o prometheus is for accord ledger stat");
        if (call->cli->format == FORMAT_SVG && !call->verb->pictures)
                return call_misused(call, "-o svg is for verbs with a picture: settle explain");
        r = proof_setup();
        if (r)
                return say_failure(r, "the source of randomness");
        r = out_new(&out, call->cli, stdout);
        if (r)
                return say_failure(r, "the answer");
        call->out = out;
        code = call->verb->run(call);
        finished = out_finish(out);
        return code ? code : finished;
}

int main(int argc, char **argv)
{
        static struct call call;
        own(cli) struct cli cli = { 0 };
        struct arguments arguments = { .call = &call };
        enum exit_code code;

        choose_locale();
        signal(SIGPIPE, SIG_IGN);
        call.cli = &cli;
        code = arguments_read(argc, argv, &arguments);
        if (code)
                return code;
        if (!call.verb)
                return without_verb(&arguments, &cli);
        if (arguments.help) {
                help_verb(stdout, call.verb);
                return EXIT_DONE;
        }
        return run(&call, &arguments);
}
