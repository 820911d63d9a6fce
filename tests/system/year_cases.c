/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients/csv_rows.h"
#include "clients/replay.h"
#include "tests/system/year.h"
#include "tests/world/must.h"

#define ROWS_MAX 1000
#define FILE_MAX (4u << 20)

struct reading {
        struct year *year;
        struct terms *terms;
        struct statement *statement;
        struct complaints *complaints;
        unsigned int most, replayed;
};

/* "2024-A1001" -> "2024-a1001": a row is a party. */
static struct name party_of(const char *case_id)
{
        char text[NAME_MAX_LENGTH + 1];
        size_t length = 0;

        while (case_id[length] && length < NAME_MAX_LENGTH) {
                text[length] = (char)tolower((unsigned char)case_id[length]);
                length++;
        }
        text[length] = '\0';
        return name_of(text);
}

/* As the replay decides it: a two-sided row whose rate is not that of its size chose another. */
static bool was_elected(struct reading *reading, const struct mssp_case *row)
{
        if (!row->two_sided)
                return false;
        must(mssp_terms(row, false, reading->terms, reading->complaints), row->case_id);
        settle(reading->terms, &row->run,
               &(struct settle_inputs) { .facts = row->facts, .fact_count = row->fact_count },
               reading->statement);
        return !mssp_same_rate(row, reading->statement);
}

static int64_t number_of(struct bytes text)
{
        char copy[32] = "";

        must_be(text.size > 0 && text.size < sizeof(copy), "computed_earned is no number");
        memcpy(copy, text.data, text.size);
        return strtoll(copy, NULL, 10);
}

/* The rate spans the row that is read, and is wanted when that is gone. */
static void keep_rate(struct year_case *one)
{
        must_be(one->row.msr.size <= sizeof(one->rate), "a rate of many digits");
        if (one->row.msr.size)
                memcpy(one->rate, one->row.msr.data, one->row.msr.size);
        one->row.msr.data = one->rate;
}

static int take_row(const struct csv_row *csv, void *with)
{
        struct reading *reading = with;
        struct year *year = reading->year;
        struct year_case *one = &year->cases[year->count];

        if (!csv->header || (reading->most && year->count == reading->most))
                return 0;
        must_be(year->count < ROWS_MAX, "more rows than a year has");
        must(mssp_read(csv, &one->row, reading->complaints), "reading a row");
        one->contract = (struct contract_id) {
                name_of("cms"), party_of(one->row.case_id), name_of("shared-savings"),
        };
        one->dollars = number_of(csv_field(csv, "computed_earned"));
        one->elected = was_elected(reading, &one->row);
        keep_rate(one);
        year->count++;
        return 0;
}

/*
 * Participants' revenue is not published. Where the replay has the published amount without it, the
 * limit that is taken of it did not bind: any revenue large enough says the same.
 */
static void add_revenue(struct year_case *one)
{
        const int64_t owed = one->dollars < 0 ? -one->dollars : one->dollars;

        must_be(one->row.fact_count < MSSP_FACTS_MAX, "facts");
        one->row.facts[one->row.fact_count++] = (struct fact) {
                .key = { .scope = SCOPE_CONTRACT, .kind = FACT_PARTICIPANT_REVENUE,
                         .period = one->row.run.period, .paid_through = DATE_NONE },
                .value = { UNIT_CENTS, owed * 100 * 100, 1 },
        };
}

static int take_replayed(const struct replay_row *row, void *with)
{
        struct reading *reading = with;
        struct year_case *one = &reading->year->cases[reading->replayed];

        if (reading->replayed == reading->year->count)
                return 0;
        reading->replayed++;
        one->calculable = row->status != REPLAY_UNVERIFIABLE;
        if (one->calculable && row->statement->status != STATEMENT_CALCULATED)
                add_revenue(one);
        return 0;
}

static struct bytes read_file(const char *path)
{
        FILE *file = fopen(path, "rb");
        char *text = malloc(FILE_MAX);
        size_t size;

        must_be(file && text, path);
        size = fread(text, 1, FILE_MAX, file);
        must_be(size > 0 && size < FILE_MAX && !ferror(file), path);
        fclose(file);
        return (struct bytes) { text, size };
}

void year_read(struct year *year, const char *path, unsigned int most)
{
        struct complaints complaints = { 0 };
        struct replay_summary summary;
        struct bytes text = read_file(path);
        struct reading reading = {
                .year = year, .most = most, .complaints = &complaints,
                .terms = malloc(sizeof(*reading.terms)),
                .statement = calloc(1, sizeof(*reading.statement)),
        };

        year->cases = calloc(ROWS_MAX, sizeof(*year->cases));
        must_be(reading.terms && reading.statement && year->cases, "memory");
        must(csv_rows(text, take_row, &reading, &complaints), path);
        must(replay_mssp(text, take_replayed, &reading, &summary, &complaints), path);
        must_be(summary.rejected == 0 && reading.replayed == year->count, "rows that do not read");
        free((void *)(uintptr_t)text.data);
        free(reading.terms);
        free(reading.statement);
}

#define RULE(kind_of, side) \
        { .kind = (kind_of), .of_record = (side), .other = REPORT_NONE, \
          .tolerance_share = { 0, 1 } }

static const struct fact_rule rules[] = {
        RULE(FACT_QUALITY_SCORE, SIDE_EARNER),
        RULE(FACT_QUALITY_STANDARD_MET, SIDE_EARNER),
        RULE(FACT_ALTERNATIVE_STANDARD_MET, SIDE_EARNER),
        RULE(FACT_QUALITY_REPORTING_ONLY, SIDE_EARNER),
        RULE(FACT_EXPENDITURE, SIDE_BEARER),
};

/* In place of the template's rule for that kind, or beside them. */
static void set_rule(struct terms *terms, const struct fact_rule *rule)
{
        uint16_t place = 0;

        while (place < terms->rule_count && terms->rules[place].kind != rule->kind)
                place++;
        must_be(place < FACT_RULES_MAX, "rules");
        terms->rules[place] = *rule;
        if (place == terms->rule_count)
                terms->rule_count++;
}

void year_terms(const struct year *year, unsigned int number, struct terms *ret)
{
        const struct year_case *one = &year->cases[number];
        struct complaints complaints = { 0 };

        must(mssp_terms(&one->row, one->elected, ret, &complaints), one->row.case_id);
        ret->contract = one->contract;
        ret->standing = STANDING_BINDING;
        for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
                set_rule(ret, &rules[i]);
}

static enum side side_of(enum fact_kind kind)
{
        for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
                if (rules[i].kind == kind)
                        return rules[i].of_record;
        return SIDE_BEARER;
}

static struct event event_of(const struct fact *fact)
{
        return (struct event) { .kind = EVENT_FACT,
                                .fact = { .key = fact->key, .value = fact->value } };
}

/* What the side that is not of record says of it: something else. */
static bool decoy_of(const struct fact *fact, struct event *ret)
{
        *ret = event_of(fact);
        if (fact->key.kind == FACT_EXPENDITURE)
                ret->fact.value.num += 100000000;
        else if (fact->key.kind == FACT_QUALITY_SCORE)
                ret->fact.value = (struct value) { UNIT_RATE, 1, 3 };
        else
                return false;
        return true;
}

size_t year_facts(const struct year *year, unsigned int number, enum side side,
                  struct event ret[2 * MSSP_FACTS_MAX])
{
        const struct mssp_case *row = &year->cases[number].row;
        size_t count = 0;

        for (size_t i = 0; i < row->fact_count; i++) {
                const struct fact *fact = &row->facts[i];

                if (side_of(fact->key.kind) == side)
                        ret[count++] = event_of(fact);
                else if (decoy_of(fact, &ret[count]))
                        count++;
        }
        return count;
}
