/* SPDX-License-Identifier: Apache-2.0 */
/* How two sides come to one figure, for who has to do it. */
#include "clients/help.h"

static const char facts_page[] =
        "How a payer and a provider come to one figure, and what happens when they do not.\n\n"
        "THE LIFE OF A FACT\n"
        "  The terms say for each kind of fact whose figure counts (the side of record) and\n"
        "  whether the other side must, may or does not state its own. `accord recon show` has\n"
        "  both, side by side:\n\n"
        "  agreed        both say the same\n"
        "  within        not further apart than the terms allow; the figure of record counts\n"
        "  disputed      further apart\n"
        "  bearer_only   only the bearer has said something; or earner_only\n"
        "  decided       both agreed on a figure, or whoever decides by the terms did; it holds\n"
        "                until both sides, after it, say the same other figure\n\n"
        "  Each may restate its own figure at any time: accord perf publish --replace. The\n"
        "  newer version counts from then on, and --as-of shows what counted before. The other\n"
        "  side has so many days to answer a figure of record (window_days); who answers later\n"
        "  is heard, but the figure of record stands. A restated figure opens a new window.\n";

static const char statements_page[] =
        "\nA DISPUTE FREEZES NOTHING\n"
        "  While facts are in dispute a run is made by both sides' figures. What both results\n"
        "  have in common is payable; the rest is held. Where one says that the bearer pays\n"
        "  and the other that the earner does, nothing is payable yet. Differences below the\n"
        "  materiality of the terms hold nothing. accord settle explain says it in sentences.\n\n"
        "THE LIFE OF A STATEMENT\n"
        "  issued        pending. Both accept it (accord settle accept RUN), or one disputes it\n"
        "  disputed      a side claims another result (accord settle dispute RUN); what the\n"
        "                two have in common is posted, the rest held. accord settle withdraw\n"
        "                takes it back\n"
        "  accepted      by both: posted, to be paid\n"
        "  lapsed        nobody disputed it within dispute_days: posted, too\n"
        "  replaced      a later run for the same days has come; it posts only the difference\n\n"
        "  Only final and restated runs of binding terms post. Shadow and advisory terms, and\n"
        "  periods before the books begin (historical_until), are run and compared alike.\n"
        "  Where the terms say witness_days a statement is final when a witness of each side\n"
        "  has seen it, or after so many days (accord witness); money does not wait for that.\n"
        "  A final run waits until claims have run out (runout_months). accord settle plan\n"
        "  writes a run down to be reviewed; settle run --plan makes that one or none.\n";

static const char decisions_page[] =
        "\nWHO DECIDES\n"
        "  both          accord settle resolve proposes figures, the other side's accord settle\n"
        "                agree makes them hold\n"
        "  the arbiter   whom the terms name: accord settle determine; it sees what is in\n"
        "                dispute, and nothing else\n"
        "  of record     where the terms say so, the side of record: that its figure stands\n"
        "  nobody        where the terms name nobody: what is held stays held until both agree\n\n"
        "  What is decided settles the periods it touches anew, by itself, and the difference\n"
        "  is posted when that statement is accepted.\n\n"
        "THE BOOKS, AND THE MONEY\n"
        "  accord ledger balance and journal show what is posted, pending and held; nothing in\n"
        "  them is ever changed, only added. accord ledger export writes them for hledger.\n"
        "  Payments clear what is posted only where both sides say the same of them.\n\n"
        "WHERE DO WE STAND?\n"
        "  accord recon status: for every contract and period what is agreed, missing and\n"
        "  disputed, what comes next, when, and whose turn it is.\n";

void print_reconciling(FILE *to)
{
        fputs(facts_page, to);
        fputs(statements_page, to);
        fputs(decisions_page, to);
}
