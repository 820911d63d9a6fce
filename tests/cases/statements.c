/* SPDX-License-Identifier: Apache-2.0 */
/* What a run came to, as the log has it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lines.h"
#include "tests/cases/reading.h"

struct search {
        struct play *play;
        struct contract_id contract;
        struct period period;
        enum run_kind kind;             /* 0: any */
        bool found;
        struct statement *statement;    /* the last that fits */
        struct sha256 digest;           /* of its signed record */
};

static int look_at(void *with, const struct log_row *row)
{
        struct search *search = with;
        struct arena *arena = &search->play->stage.arena;
        const struct statement *s;
        struct record record;
        struct fault fault;

        if (row->kind != ENTRY_STATEMENT)
                return 0;
        arena_reset(arena);
        must(wire_read_record(row->bytes, arena, &record, &fault), "wire_read_record");
        s = record.statement;
        if (!contract_id_equal(&s->run.contract, &search->contract) ||
            !period_equal(s->run.period, search->period) ||
            (search->kind && s->run.kind != search->kind))
                return 0;
        search->found = true;
        *search->statement = *s;
        search->digest = sha256_of(row->bytes);
        return 0;
}

static void expect_money(struct play *play, const char *what, int64_t is)
{
        if (want_money(play) != is)
                wrong(play, "%s is %lld cents", what, (long long)is);
}

/* line NAME VALUE: exactly, among the lines of that name */
static void expect_line(struct play *play, const struct statement *s)
{
        const char *name = want(play, "a line"), *word = want(play, "its value");
        const struct line *is = NULL;
        struct value value;

        for (unsigned int i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];
                const struct line_info *info = line_info(line->code);

                if (!info || strcmp(info->name, name) != 0)
                        continue;
                is = line;
                if (!read_value(word, line->unit, &value))
                        wrong(play, "'%s' is no value of '%s'", word, name);
                if (line->num * value.den == line->den * value.num)
                        return;
        }
        if (!is)
                wrong(play, "the statement has no line '%s'", name);
        wrong(play, "%s is %lld/%lld", name, (long long)is->num, (long long)is->den);
}

/* carries NAME VALUE: exactly, among the figures that it read of an earlier statement */
static void expect_carried(struct play *play, const struct statement *s)
{
        const char *name = want(play, "a carried figure"), *word = want(play, "its value");
        const struct carried *is = NULL;

        for (unsigned int i = 0; i < s->line_count; i++) {
                const struct line *line = &s->lines[i];
                struct value value;

                if (!line->carried || !carry_name(s->carried[line->carried - 1].what) ||
                    strcmp(carry_name(s->carried[line->carried - 1].what), name) != 0)
                        continue;
                is = &s->carried[line->carried - 1];
                if (!read_value(word, line->unit, &value))
                        wrong(play, "'%s' is no value of '%s'", word, name);
                if (is->figure.num * value.den == is->figure.den * value.num)
                        return;
        }
        if (!is)
                wrong(play, "it carries no '%s'", name);
        wrong(play, "%s is %lld/%lld", name, (long long)is->figure.num, (long long)is->figure.den);
}

static void expect_nothing_carried(struct play *play, const struct statement *s)
{
        if (s->carried_count)
                wrong(play, "it carries %u figures", s->carried_count);
}

static void expect_standing(struct play *play, const struct statement *s, enum standing standing)
{
        if (s->standing != standing)
                wrong(play, "its standing is %d", (int)s->standing);
}

static void expect_relayed(struct play *play, const struct statement *s)
{
        if (!s->relayed)
                wrong(play, "it rests on nothing relayed");
}

static void expect_number(struct play *play, const char *what, uint64_t is)
{
        if (want_number(play) != is)
                wrong(play, "its %s is %llu", what, (unsigned long long)is);
}

/* versions BEARERS EARNERS [basis bearer|earner] */
static void expect_versions(struct play *play, const struct statement *s)
{
        if (!s->has_versions)
                wrong(play, "it has one version only");
        expect_money(play, "the bearer's version", s->by_bearer);
        expect_money(play, "the earner's version", s->by_earner);
        if (words_take(play->words, "basis") && want_side(play) != s->basis)
                wrong(play, "its lines are by the other side's version");
}

static void expect_one_version(struct play *play, const struct statement *s)
{
        if (s->has_versions)
                wrong(play, "it has two versions");
}

static void expect_particulars(struct play *play, const struct statement *s)
{
        struct words *words = play->words;

        while (words_peek(words)) {
                if (words_take(words, "earned"))
                        expect_money(play, "earned", s->earned);
                else if (words_take(words, "payable"))
                        expect_money(play, "payable", s->payable);
                else if (words_take(words, "line"))
                        expect_line(play, s);
                else if (words_take(words, "carries"))
                        expect_carried(play, s);
                else if (words_take(words, "carries-nothing"))
                        expect_nothing_carried(play, s);
                else if (words_take(words, "binding"))
                        expect_standing(play, s, STANDING_BINDING);
                else if (words_take(words, "shadow"))
                        expect_standing(play, s, STANDING_SHADOW);
                else if (words_take(words, "advisory"))
                        expect_standing(play, s, STANDING_ADVISORY);
                else if (words_take(words, "relayed"))
                        expect_relayed(play, s);
                else if (words_take(words, "versions"))
                        expect_versions(play, s);
                else if (words_take(words, "one-version"))
                        expect_one_version(play, s);
                else if (words_take(words, "disputed"))
                        expect_number(play, "count of disputed facts", s->disputed_count);
                else if (words_take(words, "number"))
                        expect_number(play, "number", s->run.number);
                else if (words_take(words, "version"))
                        expect_number(play, "version", s->terms_version);
                else
                        return;
        }
}

struct statement *find_statement(struct play *play, const struct contract_id *contract,
                                 struct period period, enum run_kind kind,
                                 struct sha256 *ret_digest)
{
        struct search search = {
                .play = play, .contract = *contract, .period = period, .kind = kind,
                .statement = calloc(1, sizeof(struct statement)),
        };

        must(search.statement ? 0 : -1, "calloc");
        must(hub_visit_log(play->stage.hub, 0, look_at, &search), "hub_visit_log");
        if (!search.found)
                wrong(play, "there is no such statement");
        if (ret_digest)
                *ret_digest = search.digest;
        return search.statement;
}

uint64_t find_statement_run(struct play *play, const struct contract_id *contract,
                            struct period period, enum run_kind kind)
{
        struct statement *s = find_statement(play, contract, period, kind, NULL);
        uint64_t run = s->run.cut;

        free(s);
        return run;
}

uint64_t want_run(struct play *play, const struct contract_id *contract)
{
        struct period period = want_period(play);
        enum run_kind kind = words_take(play->words, "of-run") ? want_run_kind(play) : 0;

        return find_statement_run(play, contract, period, kind);
}

/* expect statement CONTRACT PERIOD [of-run KIND] [not-calculable "words"] [earned X] ... */
void expect_statement(struct play *play)
{
        const struct contract_id contract = want_contract(play)->id;
        struct period period = want_period(play);
        enum run_kind kind = words_take(play->words, "of-run") ? want_run_kind(play) : 0;
        struct statement *s = find_statement(play, &contract, period, kind, NULL);
        const char *reason;

        if (words_take(play->words, "not-calculable")) {
                reason = want(play, "a reason");
                if (s->status != STATEMENT_NOT_CALCULABLE || !strstr(s->reason.text, reason))
                        wrong(play, "it is %s: %s",
                              s->status == STATEMENT_CALCULATED ? "calculated" : "not calculable",
                              s->reason.text);
        } else if (s->status != STATEMENT_CALCULATED) {
                wrong(play, "it is not calculable: %s", s->reason.text);
        }
        expect_particulars(play, s);
        free(s);
}
