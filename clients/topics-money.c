/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of help about money that moves, and about files of one's own. */
#include "clients/help.h"
#include "clients/topics-money.h"

static const char payments_page[] =
        "The hub moves no money. It is told of it by both sides: who pays states what was sent,\n"
        "who is paid what was received, under the trace that both know it by.\n\n"
        "  accord payment sent CONTRACT --trace T --day DAY --amount A --for RUN\n"
        "  accord payment received CONTRACT --trace T --day DAY --amount A --for RUN\n"
        "  accord payment publish FILE         many of them, CSV\n"
        "  accord payment list CONTRACT        how they match, and why\n"
        "  accord payment overdue              what is posted, not paid, and past its day\n\n"
        "  matched        both say the same cents for the same statements: it clears what is\n"
        "                 owed, and that is all of it\n"
        "  partial        the same, and less than is owed; the rest stays open\n"
        "  unmatched      one side only has stated it\n"
        "  needs_review   they differ, if by a cent, or it is more than is owed: nothing clears\n"
        "                 until one of them states a new version, --supersedes ENTRY\n\n"
        "A payment may be for several statements: --for RUN=AMOUNT for each; one of them may go\n"
        "without an amount and gets the rest. --amount 0 takes a payment back. Traces are kept in\n"
        "small letters, and what cannot be in a name is a hyphen.\n";

void print_payments(FILE *to)
{
        fputs(payments_page, to);
}

static const char remittance_page[] =
        "From what is owed to a bank, and back again.\n\n"
        "  accord remit export CONTRACT... --format csv|json|pain.001|nacha -O FILE\n"
        "  accord remit match FILE.835 --contract CONTRACT [--publish]\n"
        "  accord remit match BANK.csv --map MAP --contract CONTRACT [--publish]\n\n"
        "Each payment's number is accord-RUN, RUN being that of its statement; the next for the\n"
        "same run is accord-RUN.2. It is the EndToEndId of pain.001, and TRN02 of the addendum of\n"
        "an ACH entry; in an 835 it is found in TRN02 or in the reference of a PLB, and in a\n"
        "bank's CSV in the trace or the memo.\n\n"
        "Names and accounts stand in a file that you keep, mode 0600; no word of it goes to the\n"
        "hub, and what is printed shows the last four characters. A section for each party:\n\n"
        "  [acme]\n"
        "  name = Acme Health Plan\n"
        "  routing = 021000021          the bank's ABA number, for nacha\n"
        "  account = 1234567\n"
        "  type = checking              or savings\n"
        "  iban = DE89 3704 ...         instead, for pain.001; bic if need be\n"
        "  tin = 12-3456789             of who pays, for the addendum\n"
        "  company-id = 1123456789      of who pays, at its bank; else 1 and the tin\n"
        "  destination = First Bank     name of who pays' bank\n\n"
        "The batch of an ACH file is described as SETTLEMENT. HCCLAIMPMT is for payments that go\n"
        "with an 835 of claims: give it with --description where yours do.\n\n"
        "In an 835 a positive PLB lowers the payment, and what claims were paid less all PLBs\n"
        "must be what BPR02 pays; where it is not, nothing is taken from it.\n";

void print_remittance(FILE *to)
{
        fputs(remittance_page, to);
}

static const char importing_page[] =
        "Extracts as your own systems write them are read by a map; accord-map(5) has it all.\n"
        "\n"
        "  accord import csv FILE --map MAP --contract CONTRACT --period 2025 --key KEY\n"
        "                [--rejects FILE] [--publish]\n\n"
        "  [file]\n"
        "  kind = enrolment              or claims, measures; bank: of accord remit match\n"
        "  delimiter = comma             or semicolon, tab, pipe\n"
        "  date = MM/DD/YYYY             YYYY, MM, DD in any order; M and D: one digit too\n"
        "  money = 1,234.56              or 1234.56, 1.234,56, cents\n"
        "  month-rule = fifteenth        or first, any: enrolled on which day of a month?\n"
        "  state = member_months, blocks what is stated of it: also head_count, expenditure\n"
        "  [columns]\n"
        "  member = Member ID            ours = theirs\n"
        "  from = Eff Date\n"
        "  through = Term Date           empty: enrolled still\n"
        "  [category]\n"
        "  Aged Non-Dual = aged          theirs = ours\n\n"
        "Nothing is sent without --publish. What is printed is there to be held against the\n"
        "source: rows, rows refused, rows of other days, rows alike, members, member months,\n"
        "the amount of what was taken and of what was refused. The same file, map and key come\n"
        "to the same figures and the same blocks, in whatever order its rows are.\n";

void print_importing(FILE *to)
{
        fputs(importing_page, to);
}
