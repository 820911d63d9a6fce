/* SPDX-License-Identifier: Apache-2.0 */
/* Both sides' member rows, as the hub matches them; and whose they are, as only we know. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "core/own.h"
#include "proof/hex.h"
#include "clients/asking.h"
#include "clients/member-key-file.h"
#include "clients/reveal.h"
#include "clients/look.h"
#include "clients/take.h"
#include "clients/verbs.h"

/* own(compared) struct compared compared = { 0 }: an answer, kept past its session. */
struct compared {
        struct contract_id contract;
        struct roster_match match;
        struct roster_difference *list;
        struct reveal names;
        uint64_t as_of;
};

static void compared_cleanup(struct compared *compared)
{
        free(compared->list);
        reveal_cleanup(&compared->names);
}

static const struct word result_words[] = {
        { "agreed", MATCH_AGREED },             { "within", MATCH_WITHIN },
        { "disputed", MATCH_DISPUTED },         { "bearer_only", MATCH_BEARER_ONLY },
        { "earner_only", MATCH_EARNER_ONLY },   { "decided", MATCH_DECIDED },
        { NULL, 0 },
};

/* ---- asking: nothing that is ours alone is read until the session is closed */

static enum exit_code keep(const struct answer *answer, struct compared *ret)
{
        const struct roster_match *match = answer->roster;
        size_t size;

        if (!match) {
                say_error("the hub's answer holds no roster");
                return EXIT_INTEGRITY;
        }
        size = match->difference_count * sizeof(*ret->list);
        ret->match = *match;
        ret->as_of = answer->as_of;
        ret->list = malloc(size + 1);
        if (!ret->list)
                return say_failure(-ENOMEM, "the roster");
        if (size)
                memcpy(ret->list, match->differences, size);
        ret->match.differences = ret->list;
        return EXIT_DONE;
}

static enum exit_code ask(struct call *call, struct query *query, struct compared *ret)
{
        own(reach) struct reach reach = { 0 };
        struct accord_error error = { 0 };
        const struct answer *answer;
        enum exit_code code = reach_asking(call, &reach);

        if (code)
                return code;
        if (accord_ask(reach.session, query, &answer, &error))
                return reach_failed(&error);
        return keep(answer, ret);
}

static enum exit_code reveal(const struct call *call, struct compared *compared)
{
        own(member_key) struct member_key key = { 0 };
        const char *path = call_value(call, "reveal"), *key_path = call_value(call, "key");
        enum exit_code code = EXIT_DONE;

        if (!path)
                return EXIT_DONE;
        if (key_path)
                code = member_key_file(key_path, &compared->contract, &key);
        return code ? code : reveal_read(path, key_path ? &key : NULL, &compared->names);
}

/* ---- showing */

static const struct column totals_columns[] = {
        COLUMN("contract", "contract"),
        COLUMN("result", "result"),
        COLUMN("both", "member-months alike"),
        COLUMN("differ", "with other values"),
        COLUMN("bearer_only", "of the bearer only"),
        COLUMN("earner_only", "of the earner only"),
        COLUMN("members_both", "members of both"),
        COLUMN("members_bearer_only", "of the bearer only"),
        COLUMN("members_earner_only", "of the earner only"),
        COLUMN("bearer_allowed", "allowed, by the bearer"),
        COLUMN("earner_allowed", "allowed, by the earner"),
        COLUMNS_END
};

static const struct column difference_columns[] = {
        COLUMN("member", "MEMBER"),
        COLUMN("month", "MONTH"),
        COLUMN("what", "WHAT"),
        COLUMN_RIGHT("bearer_allowed", "BEARER"),
        COLUMN_RIGHT("earner_allowed", "EARNER"),
        COLUMN_RIGHT("bearer_risk", "RISK BY BEARER"),
        COLUMN_RIGHT("earner_risk", "RISK BY EARNER"),
        COLUMN_WIDE("bearer_category", "CATEGORY BY BEARER"),
        COLUMN_WIDE("earner_category", "CATEGORY BY EARNER"),
        COLUMN_WIDE("pseudonym", "PSEUDONYM"),
        COLUMNS_END
};

#define TOTALS_COUNT (sizeof(totals_columns) / sizeof(totals_columns[0]) - 1)

static void totals_cells(const struct compared *compared, char contract[CONTRACT_ID_MAX + 1],
                         struct cell ret[TOTALS_COUNT])
{
        const struct roster_match *match = &compared->match;
        const struct cell cells[TOTALS_COUNT] = {
                cell_text(contract), cell_text(word_of(result_words, match->result)),
                cell_count((int64_t)match->both), cell_count((int64_t)match->differ),
                cell_count((int64_t)match->bearer_only), cell_count((int64_t)match->earner_only),
                cell_count((int64_t)match->members_both),
                cell_count((int64_t)match->members_bearer_only),
                cell_count((int64_t)match->members_earner_only),
                cell_money(match->bearer_cents), cell_money(match->earner_cents),
        };

        contract_id_print(&compared->contract, contract);
        memcpy(ret, cells, sizeof(cells));
}

/* "risk, allowed" */
static char *print_what(uint32_t what, char ret[80])
{
        static const struct { uint32_t bit; const char *word; } words[] = {
                { ROSTER_BEARER_ONLY, "bearer_only" }, { ROSTER_EARNER_ONLY, "earner_only" },
                { ROSTER_CATEGORY, "category" }, { ROSTER_RISK, "risk" },
                { ROSTER_CENTS, "allowed" },
        };
        size_t used = 0;

        ret[0] = '\0';
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                if (what & words[i].bit)
                        used += (size_t)snprintf(ret + used, 80 - used, "%s%s", used ? ", " : "",
                                                 words[i].word);
        return ret;
}

static void show_difference(struct out *out, const struct compared *compared,
                            const struct roster_difference *one)
{
        const char *number = reveal_number(&compared->names, one->member);
        bool bearer = one->has_bearer, earner = one->has_earner;
        char what[80], month[16], hex[2 * PSEUDONYM_SIZE + 1];

        hex_print((struct bytes) { one->member, PSEUDONYM_SIZE }, hex);
        snprintf(month, sizeof(month), "%04u-%02u", 1970 + one->month / 12, 1 + one->month % 12);
        out_row(out, (struct cell[]) {
                cell_text(number ? number : hex), cell_text(month),
                cell_text(print_what(one->what, what)),
                bearer ? cell_money(one->bearer_cents) : cell_none(),
                earner ? cell_money(one->earner_cents) : cell_none(),
                bearer ? cell_rate(one->bearer_risk, RISK_ONE) : cell_none(),
                earner ? cell_rate(one->earner_risk, RISK_ONE) : cell_none(),
                bearer ? cell_count(one->bearer_category) : cell_none(),
                earner ? cell_count(one->earner_category) : cell_none(), cell_text(hex) });
}

/* Lists are for programs that read rows: for those, the totals are said beside them. */
static void show(const struct call *call, const struct compared *compared)
{
        char contract[CONTRACT_ID_MAX + 1];
        struct cell totals[TOTALS_COUNT];
        bool page = out_format(call->out) == FORMAT_TABLE || out_format(call->out) == FORMAT_WIDE;

        totals_cells(compared, contract, totals);
        if (page || call_has(call, "totals"))
                out_record(call->out, "roster-match", totals_columns, totals);
        if (call_has(call, "totals") || (page && !compared->match.difference_count))
                return;
        out_begin(call->out, "roster-difference", difference_columns);
        for (uint32_t i = 0; i < compared->match.difference_count; i++)
                show_difference(call->out, compared, &compared->list[i]);
        out_end(call->out);
}

static enum exit_code diff_run(struct call *call)
{
        own(compared) struct compared compared = { 0 };
        struct query query = { .kind = QUERY_ROSTER, .most = 100 };
        const char *period = call->words[1];
        uint64_t most = 100;
        enum exit_code code = take_contract(call, 0, &query.contract);

        if (!code && !period_parse(period, &query.period))
                code = call_misused(call, "%s is no period: 2025, 2025Q3, 2025-07 or FIRST..LAST",
                                    period);
        if (!code)
                code = take_name_option(call, "segment", &query.segment);
        if (!code)
                code = take_number_option(call, "most", ROSTER_DIFFERENCES_MAX, &most);
        query.most = (uint32_t)most;
        compared.contract = query.contract;
        if (!code)
                code = ask(call, &query, &compared);
        if (!code)
                code = reveal(call, &compared);
        if (code)
                return code;
        show(call, &compared);
        if (compared.match.difference_count == query.most)
                say_note(call->cli, "these are the first %u differences; there may be more: --most",
                         query.most);
        return EXIT_DONE;
}

const struct verb verb_roster_diff = {
        .noun = "roster",
        .name = "diff",
        .usage = "CONTRACT PERIOD",
        .says = "what the two sides' member rows differ in: totals, and the first differences",
        .more = "Members stand under their pseudonyms; --reveal puts a party's own numbers in "
                "their place, on this machine and after the hub has answered: nothing of that "
                "list leaves it. For json and csv the rows alone are printed; --totals: the "
                "totals alone.",
        .words_least = 2,
        .words_most = 2,
        .prints = true,
        .options = {
                { "segment", "NAME", "the segment; the contract as a whole unless given", 0 },
                { "most", "COUNT", "so many differences at most; 100 unless given, up to 1024",
                  0 },
                { "totals", NULL, "the totals, without the differences", 0 },
                { "reveal", "FILE", "our own members: CSV with member, and pseudonym or --key",
                  0 },
                { "key", "FILE", "the member key that makes the pseudonyms of --reveal", 0 },
                AS_OF_OPTION,
        },
        .run = diff_run,
};
