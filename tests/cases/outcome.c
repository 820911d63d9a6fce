/* SPDX-License-Identifier: Apache-2.0 */
/* What came of a submission, and whether it is what should have. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/own.h"
#include "proof/hash.h"
#include "tests/cases/case.h"

static void read_faults(const struct refusal_answer *refusal, struct outcome *ret)
{
        struct hasher *hasher;

        ret->logged = refusal->logged;
        ret->index = refusal->index;
        ret->time = refusal->time;
        ret->fault_count = refusal->fault_count;
        for (uint32_t i = 0; i < refusal->fault_count && i < FAULTS_MAX; i++) {
                const struct wire_fault *fault = &refusal->faults[i];

                ret->faults[i].code = (enum refusal)fault->code;
                ret->faults[i].event = fault->event;
                snprintf(ret->faults[i].field, sizeof(ret->faults[i].field), "%.*s",
                         (int)fault->field.size, (const char *)fault->field.data);
                snprintf(ret->faults[i].says, sizeof(ret->faults[i].says), "%.*s",
                         (int)fault->says.size, (const char *)fault->says.data);
        }
        must(hasher_new(&hasher), "hasher_new");
        hash_spans(hasher, &refusal->record, 1, &ret->record);
        hasher_free(hasher);
}

static void read_outcome(struct play *play, const struct said *said, struct outcome *ret)
{
        struct hub_frame frame;

        memset(ret, 0, sizeof(*ret));
        stage_answer(&play->stage, said->session, &frame);
        ret->kind = frame.kind;
        if (frame.kind == HUB_REFUSAL)
                read_faults(&frame.refusal, ret);
        if (frame.kind == HUB_RECEIPT) {
                ret->logged = true;
                ret->index = frame.receipt.index;
                ret->time = frame.receipt.time;
                ret->leaf = frame.receipt.leaf;
        }
}

static const char *print(const struct outcome *outcome)
{
        static char text[2000];
        size_t used = 0;

        switch (outcome->kind) {
        case HUB_RECEIPT:
                snprintf(text, sizeof(text), "recorded at %llu",
                         (unsigned long long)outcome->index);
                return text;
        case HUB_BUSY:
                return "busy";
        case HUB_WELCOME:
        case HUB_ANSWER:
        case HUB_COSIGNED:
                return "no answer to a submission";
        case HUB_REFUSAL:
                break;
        }
        text[0] = '\0';
        for (uint32_t i = 0; i < outcome->fault_count && i < FAULTS_MAX && used < 1800; i++) {
                used += (size_t)snprintf(text + used, 200, "%s%s at %s", i ? ", " : "",
                                         refusal_name(outcome->faults[i].code),
                                         outcome->faults[i].field);
                if (outcome->faults[i].event != REFUSAL_WHOLE)
                        used += (size_t)snprintf(text + used, 40, " of %u",
                                                 outcome->faults[i].event);
        }
        return text;
}

static void check_fault(struct play *play, struct said *said, uint32_t i)
{
        const struct outcome *o = &said->outcome;
        const char *word = words_next(&said->words);
        enum refusal code;
        uint64_t event;

        if (!word || !read_refusal(word, &code))
                wrong_at(play, said->line, "'%s' is no refusal", word ? word : "");
        if (i >= o->fault_count || o->faults[i].code != code)
                wrong_at(play, said->line, "is %s", print(o));
        if (words_take(&said->words, "at")) {
                word = words_next(&said->words);
                if (!word || strcmp(word, o->faults[i].field) != 0)
                        wrong_at(play, said->line, "is %s", print(o));
        }
        if (words_take(&said->words, "of")) {
                word = words_next(&said->words);
                if (!word || !read_number(word, &event) || o->faults[i].event != event)
                        wrong_at(play, said->line, "is %s", print(o));
        }
        if (words_take(&said->words, "saying")) {
                word = words_next(&said->words);
                if (!word || strcmp(word, o->faults[i].says) != 0)
                        wrong_at(play, said->line, "says \"%s\"", o->faults[i].says);
        }
}

/* for CODE: of all that is wrong that is the lowest; what else there is does not matter */
static void check_reason(struct play *play, struct said *said)
{
        const struct outcome *o = &said->outcome;
        const char *word = words_next(&said->words);
        enum refusal code, lowest = (enum refusal)UINT32_MAX;

        if (!word || !read_refusal(word, &code))
                wrong_at(play, said->line, "'%s' is no refusal", word ? word : "");
        for (uint32_t i = 0; i < o->fault_count; i++)
                if (o->faults[i].code < lowest)
                        lowest = o->faults[i].code;
        if (o->kind != HUB_REFUSAL || lowest != code)
                wrong_at(play, said->line, "is %s", print(o));
        if (o->logged != refusal_takes_sequence(code))
                wrong_at(play, said->line, "%s logged", o->logged ? "is" : "is not");
}

/* CODE [at FIELD] [of PLACE] [saying "words"], ...: all of them, in order */
static void check_faults(struct play *play, struct said *said)
{
        const struct outcome *o = &said->outcome;
        uint32_t count = 0;

        if (o->kind != HUB_REFUSAL)
                wrong_at(play, said->line, "is %s", print(o));
        do {
                check_fault(play, said, count++);
        } while (words_take(&said->words, ","));
        if (count != o->fault_count)
                wrong_at(play, said->line, "is %s", print(o));
        for (uint32_t i = 0; i < count; i++)
                if (o->logged != refusal_takes_sequence(o->faults[i].code))
                        wrong_at(play, said->line, "%s logged", o->logged ? "is" : "is not");
}

/* The same answer as the first time, in every bit. */
static void check_as_before(struct play *play, const struct said *said)
{
        const struct outcome *a = &said->first->outcome, *b = &said->outcome;
        char before[2000];

        snprintf(before, sizeof(before), "%s", print(a));
        if (a->kind != b->kind || a->index != b->index || a->time != b->time ||
            a->fault_count != b->fault_count || memcmp(&a->leaf, &b->leaf, sizeof(a->leaf)) != 0 ||
            memcmp(a->faults, b->faults, sizeof(a->faults)) != 0 ||
            memcmp(&a->record, &b->record, sizeof(a->record)) != 0)
                wrong_at(play, said->line, "is %s, before it was %s", print(b), before);
}

static int same_bytes(void *with, const struct log_row *row)
{
        const struct said *said = with;

        return bytes_equal(row->bytes, said->bytes) && row->kind == ENTRY_SUBMISSION &&
               row->index == said->outcome.index && row->time == said->outcome.time &&
               memcmp(&row->leaf, &said->outcome.leaf, sizeof(row->leaf)) == 0 ? 1 : 2;
}

static void check_recorded(struct play *play, struct said *said)
{
        if (said->outcome.kind != HUB_RECEIPT)
                wrong_at(play, said->line, "is %s", print(&said->outcome));
        if (hub_visit_log(play->stage.hub, said->outcome.index, same_bytes, said) != 1)
                wrong_at(play, said->line, "the receipt is not that of the entry");
}

void said_check(struct play *play, struct said *said)
{
        read_outcome(play, said, &said->outcome);
        if (words_take(&said->words, "recorded")) {
                check_recorded(play, said);
        } else if (words_take(&said->words, "busy")) {
                if (said->outcome.kind != HUB_BUSY)
                        wrong_at(play, said->line, "is %s", print(&said->outcome));
        } else if (words_take(&said->words, "for")) {
                check_reason(play, said);
        } else if (!words_take(&said->words, "as")) {
                check_faults(play, said);
        } else if (!said->first || !words_take(&said->words, "before")) {
                wrong_at(play, said->line, "'as before' is said of what is sent again");
        } else {
                check_as_before(play, said);
        }
        if (words_peek(&said->words))
                wrong_at(play, said->line, "'%s' says nothing here", words_peek(&said->words));
}

static void may_change(struct play *play, const struct said *said,
                       const struct stage_tables *before, const struct stage_tables *after,
                       const enum table *tables)
{
        enum table table = stage_changed(before, after, tables);

        if (table != TABLE_COUNT)
                wrong_at(play, said->line, "is %s, and changed table %s", print(&said->outcome),
                         table_name(table));
}

void said_check_tables(struct play *play, const struct said *said,
                       const struct stage_tables *before, const struct stage_tables *after)
{
        static const enum table nothing[] = { TABLE_COUNT };
        static const enum table one_refusal[] = {
                TABLE_LOG, TABLE_LEAF, TABLE_TREE, TABLE_META, TABLE_SEQ, TABLE_STREAM,
                TABLE_COUNTER, TABLE_COUNT,
        };
        static const enum table evidence[] = {
                TABLE_LOG, TABLE_LEAF, TABLE_TREE, TABLE_META, TABLE_EVIDENCE, TABLE_COUNT,
        };
        const struct outcome *o = &said->outcome;
        uint64_t grown = after->rows[TABLE_LOG] - before->rows[TABLE_LOG];
        bool new = o->logged && o->index >= before->rows[TABLE_LOG];

        if (o->kind == HUB_RECEIPT && new)
                return;
        if (o->kind == HUB_REFUSAL && new)
                may_change(play, said, before, after, one_refusal);
        else if (o->kind == HUB_REFUSAL && o->faults[0].code == REFUSAL_EQUIVOCATION)
                may_change(play, said, before, after, evidence);
        else
                may_change(play, said, before, after, nothing);
        if (grown > 1 || (new && grown != 1))
                wrong_at(play, said->line, "made %llu entries", (unsigned long long)grown);
}
