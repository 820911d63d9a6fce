/* SPDX-License-Identifier: Apache-2.0 */
#include "core/outcome.h"

#include <string.h>

#include "core/check.h"

static const struct row {
        unsigned int number;
        enum refusal_sequence sequence;
        const char *name, *says;
} rows[] = {
#define X(name, number, sequence, says) { number, REFUSAL_SEQUENCE_##sequence, #name, says },
        REFUSALS(X)
#undef X
};

static const struct row *row_of(unsigned int number)
{
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (rows[i].number == number)
                        return &rows[i];
        return NULL;
}

void faults_reset(struct faults *faults)
{
        faults->count = 0;
        faults->more = 0;
        faults->first = 0;
        faults->text_count = 0;
}

void faults_add(struct faults *faults, enum refusal code, uint32_t event, const char *field,
                const char *says)
{
        const struct row *row = row_of(code);

        assert(row);
        assert(field);
        if (!faults->first || code < faults->first)
                faults->first = code;
        if (faults->count == REFUSALS_PER_ANSWER_MAX) {
                faults->more++;
                return;
        }
        faults->list[faults->count++] = (struct fault) {
                .code = code,
                .event = event,
                .field = field,
                .says = says ? says : row->says,
        };
}

void faults_add_text(struct faults *faults, enum refusal code, uint32_t event, const char *field,
                     const char *text)
{
        char *copy = NULL;

        if (faults->text_count < FAULT_TEXTS_MAX && faults->count < REFUSALS_PER_ANSWER_MAX) {
                size_t length = strnlen(text, TEXT_MAX_LENGTH);

                copy = faults->texts[faults->text_count++];
                memcpy(copy, text, length);
                copy[length] = '\0';
        }
        faults_add(faults, code, event, field, copy);
}

const char *refusal_name(unsigned int number)
{
        const struct row *row = row_of(number);

        return row ? row->name : NULL;
}

const char *refusal_says(unsigned int number)
{
        const struct row *row = row_of(number);

        return row ? row->says : NULL;
}

bool refusal_takes_sequence(enum refusal code)
{
        const struct row *row = row_of(code);

        assert(row);
        return row->sequence == REFUSAL_SEQUENCE_TAKEN;
}
