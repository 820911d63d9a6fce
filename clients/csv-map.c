/* SPDX-License-Identifier: Apache-2.0 */
#include "clients/csv-map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/cli.h"
#include "clients/figure.h"
#include "clients/files.h"
#include "clients/ini-file.h"
#include "clients/terms-file.h"
#include "clients/words.h"
#include "core/own.h"

#define FILE_SIZE_MOST (1u << 20)
#define MONEY_TEXT_MAX 40

static const struct word kind_words[] = {
        { "bank", CSV_BANK }, { "claims", CSV_CLAIMS }, { "enrolment", CSV_ENROLMENT },
        { "measures", CSV_MEASURES }, { NULL, 0 },
};

static const struct word rule_words[] = {
        { "first", MONTH_FIRST }, { "fifteenth", MONTH_FIFTEENTH }, { "any", MONTH_ANY },
        { NULL, 0 },
};

static const struct word money_words[] = {
        { "1234.56", MONEY_PLAIN }, { "1,234.56", MONEY_COMMAS }, { "1.234,56", MONEY_POINTS },
        { "cents", MONEY_CENTS }, { NULL, 0 },
};

static const struct word delimiter_words[] = {
        { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' }, { "pipe", '|' }, { NULL, 0 },
};

static const char *const column_names[] = {
#define X(code, name) name,
        MAP_COLUMNS(X)
#undef X
};

static const char *const state_names[] = {
#define X(code, name) name,
        MAP_STATES(X)
#undef X
};

#define BIT(column) (1u << MAP_##column)

/* What a kind of file may have and must have, and what can be stated of it. */
static const struct { unsigned int may, must, states; } kinds_have[] = {
        [CSV_BANK] = { BIT(DAY) | BIT(AMOUNT) | BIT(TRACE) | BIT(MEMO), BIT(AMOUNT), 0 },
        [CSV_CLAIMS] = { BIT(MEMBER) | BIT(DAY) | BIT(MONTH) | BIT(AMOUNT) | BIT(CATEGORY) |
                         BIT(RISK), BIT(MEMBER) | BIT(AMOUNT),
                         STATE_BLOCKS | STATE_EXPENDITURE },
        [CSV_ENROLMENT] = { BIT(MEMBER) | BIT(FROM) | BIT(THROUGH) | BIT(MONTH) | BIT(CATEGORY) |
                            BIT(RISK), BIT(MEMBER),
                            STATE_BLOCKS | STATE_MEMBER_MONTHS | STATE_HEAD_COUNT },
        [CSV_MEASURES] = { BIT(MEASURE) | BIT(NUMERATOR) | BIT(DENOMINATOR),
                           BIT(MEASURE) | BIT(NUMERATOR) | BIT(DENOMINATOR), 0 },
};

const char *map_column_name(enum map_column column)
{
        return column_names[column];
}

static struct bytes bytes_of(const char *text)
{
        return (struct bytes) { text, strlen(text) };
}

/* ---- reading the map */

static void wrong(struct complaints *to, const struct ini_setting *setting, const char *says)
{
        complaints_add_at(to, setting->line, 0, setting->name, "%s", says);
}

static void take_word(struct complaints *to, const struct ini_setting *setting,
                      const struct word *words, int *ret)
{
        char list[200];

        if (!word_parse(words, bytes_of(setting->value), ret))
                complaints_add_at(to, setting->line, 0, setting->name, "must be %s",
                                  words_list(words, list));
}

static void take_states(struct csv_map *map, const struct ini_setting *setting,
                        struct complaints *to)
{
        const char *at = setting->value;

        while (*at) {
                size_t size = strcspn(at, ", "), i = 0;
                const size_t count = sizeof(state_names) / sizeof(state_names[0]);

                while (i < count && !bytes_equal((struct bytes) { at, size },
                                                 bytes_of(state_names[i])))
                        i++;
                if (size && i == count)
                        wrong(to, setting, "must be of blocks, member_months, head_count, "
                                           "expenditure");
                if (size && i < count)
                        map->states |= 1u << i;
                at += size + (at[size] != '\0');
        }
}

static void take_date(struct csv_map *map, const struct ini_setting *setting,
                      struct complaints *to)
{
        size_t size = strlen(setting->value);

        if (size < sizeof(map->date) && strstr(setting->value, "YYYY") &&
            strchr(setting->value, 'M'))
                memcpy(map->date, setting->value, size + 1);
        else
                wrong(to, setting, "must be a pattern such as YYYY-MM-DD or M/D/YYYY");
}

static void take_file(struct csv_map *map, const struct ini_setting *setting,
                      struct complaints *to)
{
        int value = 0;

        if (strcmp(setting->name, "kind") == 0) {
                take_word(to, setting, kind_words, &value);
                map->kind = (enum csv_kind)value;
        } else if (strcmp(setting->name, "delimiter") == 0) {
                take_word(to, setting, delimiter_words, &value);
                map->delimiter = (char)value;
        } else if (strcmp(setting->name, "money") == 0) {
                take_word(to, setting, money_words, &value);
                map->money = (enum money_form)value;
        } else if (strcmp(setting->name, "month-rule") == 0) {
                take_word(to, setting, rule_words, &value);
                map->rule = (enum month_rule)value;
        } else if (strcmp(setting->name, "date") == 0) {
                take_date(map, setting, to);
        } else if (strcmp(setting->name, "state") == 0) {
                take_states(map, setting, to);
        } else {
                wrong(to, setting, "is not known in [file]: kind, delimiter, date, money, "
                                   "month-rule, state");
        }
}

static void take_column(struct csv_map *map, const struct ini_setting *setting,
                        struct complaints *to)
{
        size_t size = strlen(setting->value);

        for (size_t i = 0; i < MAP_COLUMN_COUNT; i++) {
                if (strcmp(setting->name, column_names[i]) != 0)
                        continue;
                if (size == 0 || size > MAP_TEXT_MAX)
                        wrong(to, setting, "must name a column, of at most 64 characters");
                else if (*map->columns[i])
                        wrong(to, setting, "stands there twice");
                else
                        memcpy(map->columns[i], setting->value, size + 1);
                return;
        }
        wrong(to, setting, "is no column that is known here");
}

static void take_value(struct map_values *values, const struct ini_setting *setting,
                       struct complaints *to)
{
        struct map_value *value = &values->list[values->count];

        if (values->count == MAP_VALUES_MAX)
                wrong(to, setting, "is one value too many: at most 256");
        else if (strlen(setting->name) > MAP_TEXT_MAX)
                wrong(to, setting, "is longer than 64 characters");
        else if (!*setting->value || !item_parse(bytes_of(setting->value), &value->ours))
                wrong(to, setting, "must stand for a word of a-z 0-9 - . _ / :");
        else
                memcpy(values->list[values->count++].theirs, setting->name,
                       strlen(setting->name) + 1);
}

static int on_setting(void *with, const struct ini_setting *setting, struct complaints *to)
{
        struct csv_map *map = with;

        if (strcmp(setting->section, "file") == 0)
                take_file(map, setting, to);
        else if (strcmp(setting->section, "columns") == 0)
                take_column(map, setting, to);
        else if (strcmp(setting->section, "category") == 0)
                take_value(&map->categories, setting, to);
        else if (strcmp(setting->section, "measure") == 0)
                take_value(&map->measures, setting, to);
        else
                wrong(to, setting, "stands in none of [file], [columns], [category], [measure]");
        return 0;
}

/* Is it enough, and not too much? */
static void check(const struct csv_map *map, unsigned int kinds, struct complaints *to)
{
        unsigned int has = 0;

        if (!map->kind || !(kinds & 1u << map->kind)) {
                complaints_add(to, "[file] kind", "is missing, or not one for this verb");
                return;
        }
        for (unsigned int i = 0; i < MAP_COLUMN_COUNT; i++) {
                has |= *map->columns[i] ? 1u << i : 0;
                if (*map->columns[i] && !(kinds_have[map->kind].may & 1u << i))
                        complaints_add(to, "[columns]", "%s is nothing that this kind of file "
                                       "has", column_names[i]);
                if (!*map->columns[i] && (kinds_have[map->kind].must & 1u << i))
                        complaints_add(to, "[columns]", "%s is needed for this kind of file",
                                       column_names[i]);
        }
        if (map->kind == CSV_CLAIMS && !(has & BIT(DAY)) == !(has & BIT(MONTH)))
                complaints_add(to, "[columns]", "claims need day or month, one of them");
        if (map->kind == CSV_ENROLMENT && !(has & BIT(FROM)) == !(has & BIT(MONTH)))
                complaints_add(to, "[columns]", "enrolment needs from, and through where it ends, "
                               "or month: one of them");
        if (map->kind == CSV_ENROLMENT && (has & BIT(FROM)) && !map->rule)
                complaints_add(to, "[file] month-rule", "must say what a member month is: "
                               "enrolled on the first, on the fifteenth, or on any day of it");
        if (map->states & ~kinds_have[map->kind].states)
                complaints_add(to, "[file] state", "names what this kind of file cannot say");
}

enum exit_code csv_map_read(const char *path, unsigned int kinds, struct csv_map *ret)
{
        own(complaints) struct complaints *complaints = calloc(1, sizeof(*complaints));
        own(file) struct file file = { 0 };
        enum exit_code code = complaints ? file_read(path, FILE_SIZE_MOST, &file)
                                         : say_failure(-ENOMEM, "%s", path);
        int r;

        if (code)
                return code;
        *ret = (struct csv_map) { .delimiter = ',', .date = "YYYY-MM-DD", .money = MONEY_PLAIN };
        r = ini_read(file_bytes(&file), on_setting, ret, complaints);
        if (r < 0)
                return say_failure(r, "%s", path);
        if (!r && !complaints->count)
                check(ret, kinds, complaints);
        complaints_print(complaints, path, stderr);
        return r || complaints->count ? EXIT_REFUSED : EXIT_DONE;
}

/* ---- a row */

bool csv_map_fits(const struct csv_map *map, const struct csv_row *header, struct complaints *to)
{
        bool fits = true;

        for (size_t i = 0; i < MAP_COLUMN_COUNT; i++)
                if (*map->columns[i] && !csv_has(header, map->columns[i])) {
                        complaints_add_at(to, header->line, 0, map->columns[i],
                                          "is a column that the header lacks: the map has it as "
                                          "%s", column_names[i]);
                        fits = false;
                }
        return fits;
}

static struct bytes trimmed(struct bytes text)
{
        const char *at = text.data;

        while (text.size && at[text.size - 1] == ' ')
                text.size--;
        while (text.size && *at == ' ') {
                at++;
                text.size--;
        }
        return (struct bytes) { at, text.size };
}

struct bytes csv_map_field(const struct csv_map *map, const struct csv_row *row,
                           enum map_column column)
{
        return *map->columns[column] ? trimmed(csv_field(row, map->columns[column]))
                                     : (struct bytes) { "", 0 };
}

/* As many digits as the pattern has letters; a single letter takes one or two. */
static bool take_digits(const char **pattern, const char **at, const char *end, int *ret)
{
        const char letter = **pattern;
        size_t letters = 0, digits = 0;

        while (**pattern == letter) {
                (*pattern)++;
                letters++;
        }
        *ret = 0;
        while (*at < end && digits < (letters == 1 ? 2 : letters) && **at >= '0' && **at <= '9') {
                *ret = *ret * 10 + (*(*at)++ - '0');
                digits++;
        }
        return digits > 0 && (letters == 1 || digits == letters);
}

const char *csv_map_day(const struct csv_map *map, struct bytes text, date *ret)
{
        static const char says[] = "is no day as the map's date says";
        const char *pattern = map->date, *at = text.data, *end = at + text.size;
        int year = 0, month = 0, day = 1;
        char plain[40];

        while (*pattern) {
                int *part = *pattern == 'Y' ? &year : *pattern == 'M' ? &month
                          : *pattern == 'D' ? &day : NULL;

                if (part ? !take_digits(&pattern, &at, end, part)
                         : at == end || *at++ != *pattern++)
                        return says;
        }
        if (at != end || year > 9999 || month > 99 || day > 99)
                return says;
        snprintf(plain, sizeof(plain), "%04d-%02d-%02d", year, month, day);
        return date_parse(bytes_of(plain), ret) ? NULL : says;
}

/* Takes out what only groups digits, a currency sign, and writes the sign in front. */
static bool plain_money(enum money_form form, struct bytes text, char ret[MONEY_TEXT_MAX + 2])
{
        const char group = form == MONEY_POINTS ? '.' : ',';
        const char point = form == MONEY_POINTS ? ',' : '.';
        const char *at = text.data, *end = at + text.size;
        bool negative = false;
        size_t size = 1;

        if (end - at >= 2 && *at == '(' && end[-1] == ')') {
                negative = true;
                at++;
                end--;
        }
        for (; at < end; at++) {
                if (*at == '-' && !negative && size == 1)
                        negative = true;
                else if (size == MONEY_TEXT_MAX)
                        return false;
                else if (*at >= '0' && *at <= '9')
                        ret[size++] = *at;
                else if (*at == point)
                        ret[size++] = '.';
                else if (*at != group && !(*at == '$' && size == 1))
                        return false;
        }
        ret[0] = negative ? '-' : '0';
        ret[size] = '\0';
        return size > 1;
}

const char *csv_map_money(const struct csv_map *map, struct bytes text, int64_t *ret_cents)
{
        static const char says[] = "is no money as the map says";
        char plain[MONEY_TEXT_MAX + 2];

        if (map->money == MONEY_PLAIN)
                return text.size ? money_parse(text, ret_cents) : says;
        if (map->money == MONEY_CENTS)
                return text.size && !count_parse(text, ret_cents) && *ret_cents <= MONEY_MAX &&
                       *ret_cents >= -MONEY_MAX ? NULL : says;
        if (!plain_money(map->money, text, plain))
                return says;
        return money_parse(bytes_of(*plain == '-' ? plain : plain + 1), ret_cents);
}

const char *csv_map_word(const struct map_values *values, struct bytes text, struct item *ret)
{
        char small[ITEM_MAX_LENGTH];

        for (size_t i = 0; i < values->count; i++)
                if (bytes_equal(text, bytes_of(values->list[i].theirs))) {
                        *ret = values->list[i].ours;
                        return NULL;
                }
        if (text.size == 0 || text.size > sizeof(small))
                return "is empty or too long, and the map does not say what it stands for";
        for (size_t i = 0; i < text.size; i++) {
                char c = ((const char *)text.data)[i];

                small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        return item_parse((struct bytes) { small, text.size }, ret) ? NULL
               : "is no word of a-z 0-9 - . _ / :, and the map does not say what it stands for";
}
