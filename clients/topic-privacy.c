/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees what, and what may be shown of many. */
#include "clients/help.h"

static const char parties_page[] =
        "Who sees what, and what is shown of many.\n\n"
        "WHAT IS YOURS\n"
        "  A contract, its terms, figures and statements are seen by its two sides, by an\n"
        "  arbiter whom both named, and by nobody else. To a stranger a contract that is not\n"
        "  theirs and one that does not exist look the same. Every look of the hub's staff at\n"
        "  what a party said is a record that the party can list: accord reads list.\n\n"
        "  A provider sees all of its own contracts together: accord signal show. A payer sees\n"
        "  its own contracts; of others only what these let be public.\n\n"
        "  A payer can let the measures of a contract and its method be public: accord contract\n"
        "  open. Targets, rates and amounts never are.\n\n"
        "  How many entries the log has, and when they came, everybody sees who checks it.\n\n";

static const char rules_page[] =
        "WHAT IS SHOWN OF MANY\n"
        "  On the days of the charter's calendar the hub releases figures of the community:\n"
        "  accord community show. Each goes through the same rules, with payers and with\n"
        "  providers as those who stand behind it; who is owned alike counts once:\n\n"
        "  contributors   at least so many (without a charter: 5)\n"
        "  share          none of them with more than this part (25 %)\n"
        "  dominance      the largest few not with more than this together (2, 85 %)\n"
        "  estimate       without the largest and the next two there is at least so much left,\n"
        "                 as a part of the largest (20 %): two who put together what they know\n"
        "                 cannot calculate a third any closer\n"
        "  cells          no count of people from 1 to 10: not of those counted, not of all, not\n"
        "                 of the others; nobody at all may be said\n"
        "  totals         what is hidden must not follow from what is shown, nor what is hidden\n"
        "                 together be one's own and another's\n"
        "  lag            of periods that ended so many days ago (92)\n"
        "  changes        what differs from any earlier release is held to the same rules; else\n"
        "                 the figure stays as it was, or is not shown. Corrections wait for the\n"
        "                 next release day\n"
        "  rounding       last, to a tenth of a percent or a thousand dollars; what says how\n"
        "                 alike terms are ends at 5 % and 95 %, and sums of squares go by 5\n"
        "                 hundredths\n\n"
        "  What a payer let be public, and a public programme that the charter names, hides\n"
        "  nobody: it is taken out before the rest is tested. Parts of a figure and what is left\n"
        "  of it are tested as the whole is. Of a figure that is not shown nobody is told by\n"
        "  which rule; that there is too little and that there is nothing look the same.\n\n";

static const char floor_page[] =
        "A FLOOR, NOT A SAFE HARBOUR\n"
        "  The numbers are those of the antitrust safety zone that the US Department of Justice\n"
        "  withdrew on 2023-02-03, and of CMS's policy on small cells. They are where a community\n"
        "  begins, and no legal advice: ask counsel. The council changes them by a ballot, down\n"
        "  to limits that no vote can pass, and a ballot that lowers a bar is announced.\n\n"
        "  The rules protect what a contributor brings, not that a group as a whole does well or\n"
        "  badly; nor against who learns of figures in another way.\n";

void print_privacy(FILE *to)
{
        fputs(parties_page, to);
        fputs(rules_page, to);
        fputs(floor_page, to);
}
