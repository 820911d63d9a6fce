/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages of help that are about no verb. What they list comes from the tables that the program
 * works by.
 */
#include <string.h>

#include "clients/arguments.h"
#include "clients/help.h"
#include "clients/topics-money.h"

static void print_exit_codes(FILE *to)
{
        fputs("How accord ends. A script may rely on these numbers; one it does not know is a "
              "failure.\n\n", to);
#define X(code, number, means, script) fprintf(to, "  %3d  %s\n       %s\n", number, means, script);
        EXITS(X)
#undef X
        fputs("  130  interrupted (SIGINT); 143: ended (SIGTERM)\n", to);
}

static const char files_page[] =
        "$ACCORD_CONFIG_DIR, else $XDG_CONFIG_HOME/accord, else ~/.config/accord:\n"
        "  profiles/NAME.conf   a profile: lines NAME = VALUE, see accord help environment\n"
        "  current              the name of the profile in use\n"
        "\n"
        "state-dir, else $XDG_STATE_HOME/accord/PROFILE, else ~/.local/state/accord/PROFILE:\n"
        "  outbox               what was said and signed, until it has its answer; the answers\n"
        "  state                how far signals were heard\n"
        "  blocks/              our copies of member-level rows: accord block publish, keep\n"
        "\n"
        "/etc/accord/accord.conf   settings for everybody on this machine\n"
        "/run/accord/control.sock   the hub's control socket, on the hub's machine\n"
        "/run/accord/stat.json     the running hub's figures, renewed each second\n"
        "\n"
        "Files that are read and written:\n"
        "  terms        JSON, schema accord.terms.v1; accord contract new makes one\n"
        "  report       JSON, schema accord.report.v1, or CSV; accord perf template makes one\n"
        "  submission   the signed bytes that --to writes and accord hub ingest takes\n"
        "  rows         of members, CSV; accord block publish --help names the columns\n"
        "  keys         secret, mode 0600; accord key generate makes one, and the public .pub\n"
        "  member key   secret, mode 0600; accord key member new makes one, for both parties\n"
        "  payments     CSV; accord payment publish --help names the columns\n"
        "  accounts     of who is paid, mode 0600, kept by who pays: accord help remittance\n"
        "  map          how to read somebody's own CSV: accord help importing\n";

static void print_files(FILE *to)
{
        fputs(files_page, to);
}

static void print_environment(FILE *to)
{
        fputs("A setting comes from its option, else its variable, else the profile, else\n"
              "/etc/accord/accord.conf, else what is built in. In files: NAME = VALUE.\n\n", to);
        for (size_t i = 0; i < SETTING_COUNT; i++)
                fprintf(to, "  %-14s  --%s %s, %s\n      %s%s%s\n", settings[i].name,
                        settings[i].name, settings[i].value, settings[i].variable,
                        settings[i].says, settings[i].builtin ? "; unless set: " : "",
                        settings[i].builtin ? settings[i].builtin : "");
        fputs("\nBesides these:\n"
              "  ACCORD_PROFILE      the profile, as with -p\n"
              "  ACCORD_CONFIG_DIR   where profiles are, instead of ~/.config/accord\n"
              "  NO_COLOR            not empty: no colours\n"
              "  TERM=dumb           no colours\n", to);
}

static const char units_page[] =
        "money     US dollars and cents. In files and JSON \"1234.56\", never a JSON number:\n"
        "          programs take that for a binary fraction. Reckoned exactly, rounded once.\n"
        "rate      an exact fraction: \"0.025\", \"2.5%\" or \"1/3\". Shown as a percentage;\n"
        "          what decimals cannot say is marked \xe2\x89\x88, and -o wide has the fraction.\n"
        "count     whole things: people, member months.\n"
        "day       YYYY-MM-DD.\n"
        "period    2025, 2025Q3, 2025-07, or FIRST..LAST, both days being part of it:\n"
        "          2025-01-01..2025-10-31.\n"
        "moment    2025-01-31T08:00:00Z, always UTC; a day alone is its first moment.\n"
        "time      how long: 5s, 500ms, 2m.\n"
        "sign      a settlement above zero: the bearer pays the earner; below: the earner\n"
        "          owes.\n"
        "contract  BEARER/EARNER/LABEL. A node is PARTY/NODE. Names: a-z 0-9 - . _\n";

static void print_units(FILE *to)
{
        fputs(units_page, to);
}

static const char formats_page[] =
        "What -o makes of the same data, with every verb that prints any:\n\n"
        "  table    lined up for people; the default\n"
        "  wide     the same with more columns, and exact fractions\n"
        "  json     one document with \"schema\": \"accord.THING.v1\"; that of a list is\n"
        "           \"accord.THING-list.v1\", with its rows in \"items\"\n"
        "  ndjson   one document a line, as rows come\n"
        "  csv      RFC 4180 with a heading\n"
        "  raw      values only, tabs between them; terms, statements and log entries as\n"
        "           their own bytes, for protoc --decode\n"
        "  prometheus  of accord ledger stat only: text for node_exporter's textfile collector\n"
        "  svg      of accord settle explain only: the waterfall as a picture\n"
        "\n"
        "Money is {\"amount\": \"1234.56\", \"currency\": \"USD\"}; what names something is a\n"
        "string; moments are RFC 3339 in UTC. Nothing to show is an empty list and ends\n"
        "with 0.\n";

static void print_formats(FILE *to)
{
        fputs(formats_page, to);
}

static const char formulas_page[] =
        "How a figure of a statement was made, in `accord settle explain`: \"by\" and a formula\n"
        "over the lines above it.\n\n"
        "  name             the latest line above of that name, or that is it from here on: in\n"
        "                   a line with an item one with the same item, else one without; what\n"
        "                   no line is yet counts as said behind \"where\"\n"
        "  terms.name       a parameter of the step, as given or what stands for it\n"
        "  run.payment      the planned day of payment; run.months: whole months of the period\n"
        "  + - * /          exactly, never rounded; min(a, b), max(a, b), floor(a), isqrt(a)\n"
        "  cents(a)         to the cent, halves away from zero; dollars(a), decimals(a, n)\n"
        "  rounded(a, u, m) to the unit and in the way that two parameters say\n"
        "  >= <= > < =      yes or no; and, or, not\n"
        "  sum(a)           of a, over all items that its first name has lines of\n"
        "  table(a, t)      the rate at a in the table terms.t, on the straight line of its band\n"
        "  bands(a, t)      of a, what falls into each band of the table, at the band's rate;\n"
        "                   bands(a, b, t): the bands' ends are shares of b\n"
        "  portion(a, w)    this item's part of a by the weights w: largest remainder, ties to\n"
        "                   the item that sorts first\n\n"
        "Below it the same with the numbers put in, each with its line in brackets. A figure that\n"
        "had to be rounded to be shown has a mark, \xe2\x89\x88, and its fraction behind it.\n";

static void print_formulas(FILE *to)
{
        fputs(formulas_page, to);
}

static void print_options(FILE *to)
{
        for (const struct option_row *row = switches; row->name; row++)
                fprintf(to, "  --%s%s%s\n      %s\n", row->name, row->value ? " " : "",
                        row->value ? row->value : "", row->says);
        for (size_t i = 0; i < SETTING_COUNT; i++)
                fprintf(to, "  --%s %s%s\n      %s\n", settings[i].name, settings[i].value,
                        i == SETTING_OUTPUT ? " (-o)" : "", settings[i].says);
}

const struct topic topics[] = {
        { "exit-codes", "how it ends, for scripts", print_exit_codes },
        { "environment", "settings, and the variables they come from", print_environment },
        { "files", "what lies where", print_files },
        { "formats", "what -o does", print_formats },
        { "formulas", "how settle explain says what figures are made of", print_formulas },
        { "importing", "how extracts of one's own are read", print_importing },
        { "options", "options that every verb takes", print_options },
        { "payments", "money that was sent and received, and how it matches", print_payments },
        { "privacy", "who sees what, and what is shown of many", print_privacy },
        { "reconciling", "how both sides come to one figure, and who decides", print_reconciling },
        { "remittance", "files for banks, and from them", print_remittance },
        { "units", "money, rates, days, periods: how they are written", print_units },
        { NULL, NULL, NULL },
};
